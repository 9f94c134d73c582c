#!/usr/bin/env python3
"""Makes data/demo/survey.jsonl: country percentages of the World Values Survey under our wording.

wording.json gives each question of ours and the number of the survey's question it rewords; the
percentages come from train.json and valid.json of the folder --percentages. With --check nothing
is written: it is an error where the file differs from what would be made.
"""

import argparse
import json
import pathlib
import re
import string
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUTPUT = ROOT / "data/demo/survey.jsonl"
UNITS = 10**5  # shares are written with five decimals
COUNTRY = re.compile(r"How would someone from (.+) answer the following question:\s*")


def read_percentages(folder):
    """{(question number, country): percentages in the order of the options}"""
    percentages = {}
    for name in ("train.json", "valid.json"):
        for record in json.loads((folder / name).read_text(encoding="utf-8")):
            country = COUNTRY.fullmatch(record["instruction"]).group(1)
            labels = [re.match(r"\((\w)\)", option).group(1) for option in record["options"]]
            key = int(record["id"]), country
            if key in percentages or sorted(labels) != sorted(record["options_dist"]):
                sys.exit(f"{name}, question {key[0]}, {country}: a second record or other labels")
            percentages[key] = [record["options_dist"][label] for label in labels]
    return percentages


def shares(percentages):
    """Five-decimal shares that sum to 1: what rounding leaves over goes to the largest."""
    units = [round(UNITS * percent / sum(percentages)) for percent in percentages]
    units[units.index(max(units))] += UNITS - sum(units)
    return [unit / UNITS for unit in units]


def options(question):
    texts = question.get("options") or [str(number) for number in range(1, 11)]
    if "ends" in question:
        texts[0] = f"1 ({question['ends'][0]})"
        texts[-1] = f"10 ({question['ends'][1]})"
    made = [{"label": label, "text": text} for label, text in zip(string.ascii_uppercase, texts)]
    if question["scale"] == "interval":
        for value, option in enumerate(made, start=1):
            option["value"] = value
    return made


def question_line(question):
    kept = {key: question[key] for key in ("id", "text", "topic", "scale")}
    return {"question": kept | {"options": options(question)}}


def population_line(country, phrases):
    return {"population": {"id": identifier(country), "name": country,
                           "phrase": phrases.get(country, f"someone from {country}"),
                           "attributes": {"country": country}}}


def identifier(country):
    return country.lower().replace(" ", "-")


def item_line(question, country, percentages):
    if len(percentages) != len(options(question)):
        sys.exit(f"{question['id']}: {len(options(question))} options for {len(percentages)} shares")
    return {"item": {"question": question["id"], "population": identifier(country),
                     "distribution": shares(percentages)}}


def survey_lines(wording, percentages):
    questions = wording["questions"]
    countries = sorted({country for _, country in percentages})
    yield {"canvass": "survey", "version": 1, "name": wording["name"],
           "source": wording["source"], "language": "en"}
    yield from map(question_line, questions)
    yield from (population_line(country, wording["phrases"]) for country in countries)
    for question in questions:
        for country in countries:
            if (question["wvs"], country) in percentages:
                yield item_line(question, country, percentages[question["wvs"], country])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--percentages", type=pathlib.Path, default=ROOT / "../shared/data/wvs7")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    wording = json.loads((HERE / "wording.json").read_text(encoding="utf-8"))
    lines = survey_lines(wording, read_percentages(arguments.percentages))
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
                   for line in lines)
    if arguments.check:
        if OUTPUT.read_text(encoding="utf-8") != text:
            sys.exit(f"{OUTPUT} is not what this tool makes; run it without --check")
    else:
        OUTPUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
