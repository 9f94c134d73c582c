"""The prompts of a survey: written as text, and read as tokens, the same for every peer."""

import json

TEMPLATES = {
    "paper": "How would {phrase} answer the following question:\n\n{text} \nHere are the options: \n"
    "{options} If had to select one of the options, my answer would be (",
    "question-first": "{text}\nHere are the options:\n{options}\nHow would {phrase} answer this "
    "question? They would answer (",
}


def write_prompt(template, population, question):
    options = ", ".join(f"({option['label']}){option['text']}" for option in question["options"])
    return TEMPLATES[template].format(phrase=population["phrase"], text=question["text"],
                                      options=options)


def write_prompts(survey, template, path):
    lines = [json.loads(line) for line in survey.read_text(encoding="utf-8").splitlines()]
    questions = {line["question"]["id"]: line["question"] for line in lines if "question" in line}
    people = {line["population"]["id"]: line["population"] for line in lines if "population" in line}
    prompts = []
    for item in (line["item"] for line in lines if "item" in line):
        question = questions[item["question"]]
        prompts.append({"prompt": write_prompt(template, people[item["population"]], question),
                        "labels": [option["label"] for option in question["options"]],
                        "shares": item["distribution"]})
    path.write_text(json.dumps(prompts), encoding="utf-8")


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
