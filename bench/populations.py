"""What one more population of a question costs: tokens, time and memory for 1, 10, 46, 200 of them.

    python3 bench/populations.py --canvass build/release/src/cli/canvass --model MODEL_DIR \
        --survey SURVEY.jsonl [--template question-first]

Takes the first question of the survey and asks it of so many populations: the survey's own, and
invented names of as many words where those run out. Prints a Markdown table; a token's seconds
follow from the last two rows.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

COUNTS = (1, 10, 46, 200)


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--canvass", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--survey", type=Path, required=True)
    parser.add_argument("--template", default="question-first")
    return parser.parse_args()


def names_of(lines):
    names = [line["population"]["name"] for line in lines if "population" in line]
    return names + [f"North {name}" for name in names] + [f"South {name}" for name in names] \
        + [f"East {name}" for name in names] + [f"West {name}" for name in names]


def write_survey(lines, count, path):
    question = next(line["question"] for line in lines if "question" in line)
    names = names_of(lines)
    if len(names) < count:
        sys.exit(f"the survey has too few populations to make {count} names")
    rows = [next(line for line in lines if "canvass" in line), {"question": question}]
    rows += [{"population": {"id": name, "name": name, "phrase": f"someone from {name}"}}
             for name in names[:count]]
    rows += [{"item": {"question": question["id"], "population": name}} for name in names[:count]]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")


def predict(arguments, survey, output):
    command = [arguments.canvass, "predict", "--model", arguments.model, "--chat", "none",
               "--items", survey, "--template", arguments.template, "--json", "-o", output]
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(result.stderr)
    return json.loads(result.stdout)["work"]


def main():
    arguments = parse()
    lines = [json.loads(line)
             for line in arguments.survey.read_text(encoding="utf-8").splitlines()]
    print("| populations | tokens of prompts | tokens computed | a further one | seconds | peak MB |")
    print("|---|---|---|---|---|---|")
    before = None
    with tempfile.TemporaryDirectory() as name:
        for count in COUNTS:
            survey = Path(name) / f"{count}.jsonl"
            write_survey(lines, count, survey)
            work = predict(arguments, survey, Path(name) / f"{count}-predictions.jsonl")
            further = "" if before is None else \
                f"{(work['computed_tokens'] - before[1]) / (count - before[0]):.1f}"
            print(f"| {count} | {work['prompt_tokens']} | {work['computed_tokens']} | {further} | "
                  f"{work['compute_seconds']:.2f} | {work['peak_memory_mb']:.0f} |")
            before = (count, work["computed_tokens"])


if __name__ == "__main__":
    main()
