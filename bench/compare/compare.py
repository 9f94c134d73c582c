"""canvass and its peers side by side: same machine, model, prompts and threads, one run.

    python bench/compare/compare.py --canvass build/release/src/cli/canvass --model MODEL_DIR \
        --survey SURVEY.jsonl [--repeat 3] [--peer-items 64] [--tasks score,train]

Takes the ways in turn, --repeat times, and prints the medians of items a second with the ratios
over each peer. Loading and tokenizing are left out everywhere. The peers are slow: they get the
first --peer-items items, canvass all of them. Python needs what tools/oracle/requirements.txt
lists.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TUNED_MALLOC = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "100000000000"}
TEMPLATES = {
    "paper": "How would {phrase} answer the following question:\n\n{text} \nHere are the options: \n"
    "{options} If had to select one of the options, my answer would be (",
    "question-first": "{text}\nHere are the options:\n{options}\nHow would {phrase} answer this "
    "question? They would answer (",
}


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--canvass", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--survey", type=Path, required=True)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peer-items", type=int, default=64)
    parser.add_argument("--tasks", default="score,train")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    return parser.parse_args()


def write_prompts(survey, template, path):
    lines = [json.loads(line) for line in survey.read_text(encoding="utf-8").splitlines()]
    questions = {line["question"]["id"]: line["question"] for line in lines if "question" in line}
    people = {line["population"]["id"]: line["population"] for line in lines if "population" in line}
    prompts = []
    for line in lines:
        if "item" not in line:
            continue
        item, question = line["item"], questions[line["item"]["question"]]
        options = ", ".join(f"({option['label']}){option['text']}" for option in question["options"])
        prompts.append({
            "prompt": TEMPLATES[template].format(phrase=people[item["population"]]["phrase"],
                                                 text=question["text"], options=options),
            "labels": [option["label"] for option in question["options"]],
            "shares": item["distribution"]})
    path.write_text(json.dumps(prompts), encoding="utf-8")


def run(command, extra=None):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                            env={**os.environ, **(extra or {})})
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stderr}")
    return json.loads(result.stdout.strip().splitlines()[-1] if result.stdout.count("\n") == 1
                      else result.stdout)


def canvass(arguments, task, template, folder):
    common = ["--model", arguments.model, "--chat", "none", "--survey", arguments.survey,
              "--template", template, "--threads", arguments.threads, "--json", "-o"]
    if task == "score":
        work = run([arguments.canvass, "predict", *common, folder / "predictions.jsonl"])["work"]
        return {"items": work["items"], "seconds": work["compute_seconds"],
                "tokens": work["computed_tokens"], "peak_mb": work["peak_memory_mb"]}
    record = run([arguments.canvass, "train", *common, folder / "adapter", "--epochs", "1",
                  "--batch-size", "64", "--run-length", "16"])
    history = json.loads((folder / "adapter" / "history.jsonl").read_text().splitlines()[0])
    return {"items": record["result"]["trained_items"], "seconds": history["seconds"],
            "tokens": None, "peak_mb": record["result"]["peak_memory_mb"]}


def peer(way, arguments, task, prompts, tuned):
    command = [sys.executable, HERE / "peers.py", way, task, arguments.model, prompts, "--items",
               arguments.peer_items, "--threads", arguments.threads]
    return run(command, TUNED_MALLOC if tuned else None)


def main():
    arguments = parse()
    rows = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for template in TEMPLATES:
            write_prompts(arguments.survey, template, folder / f"{template}.json")
        for _ in range(arguments.repeat):
            for task in arguments.tasks.split(","):
                for template in TEMPLATES:
                    results = {
                        "canvass": canvass(arguments, task, template, folder),
                        "A padded to 256": peer("padded", arguments, task, folder / "paper.json", True),
                        "B expert": peer("expert", arguments, task, folder / f"{template}.json", True),
                    }
                    for way, result in results.items():
                        rows.setdefault((task, template), {}).setdefault(way, []).append(result)
    print("| task | template | way | items/s | peak MB | canvass is faster by |")
    print("|---|---|---|---|---|---|")
    for (task, template), ways in rows.items():
        rate = {way: statistics.median(r["items"] / r["seconds"] for r in results)
                for way, results in ways.items()}
        for way, results in ways.items():
            peak = statistics.median(r["peak_mb"] for r in results)
            ratio = "" if way == "canvass" else f"{rate['canvass'] / rate[way]:.1f}"
            print(f"| {task} | {template} | {way} | {rate[way]:.2f} | {peak:.0f} | {ratio} |")


if __name__ == "__main__":
    main()
