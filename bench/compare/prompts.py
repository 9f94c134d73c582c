"""Reads the prompts of a survey as tokens, the same for every peer."""

import json


def read_items(path, count, encode):
    """The first `count` prompts of `path` (None: all), with the tokens of prompt and labels.

    `encode` turns text into token ids: "ids" of the prompt, and of each label in "labels" the one
    that follows the prompt where the label is appended to it.
    """
    with open(path, encoding="utf-8") as file:
        items = json.load(file)[:count]
    for item in items:
        item["ids"] = encode(item["prompt"])
        item["labels"] = [encode(item["prompt"] + label)[len(item["ids"])]
                          for label in item["labels"]]
    return items
