"""canvass and its peers side by side: same machine, model, prompts and threads, one run.

    python bench/compare/compare.py --canvass build/release/src/cli/canvass --model MODEL_DIR \
        --survey SURVEY.jsonl [--repeat 3] [--peer-items 64] [--tasks score,train] [--peers A,B,L]

Takes the ways in turn, --repeat times, and prints the medians of items a second with the ratios
over each peer. Loading and tokenizing are left out everywhere. The peers A and B are slow: they get
the first --peer-items items. canvass and llama.cpp, peer L of scoring, get all of them: what they
save by sharing prefixes depends on how many there are. Python needs what
tools/oracle/requirements.txt lists, and for llama.cpp what make_gguf.py says.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from functools import partial
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
    parser.add_argument("--peers", default="A,B,L")
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
    common = ["--model", arguments.model, "--chat", "none", "--template", template,
              "--threads", arguments.threads, "--json"]
    if task == "score":
        work = run([arguments.canvass, "predict", *common, "--items", arguments.survey,
                    "-o", folder / "predictions.jsonl"])["work"]
        return {"items": work["items"], "seconds": work["compute_seconds"],
                "tokens": work["computed_tokens"], "peak_mb": work["peak_memory_mb"]}
    record = run([arguments.canvass, "train", *common, "--survey", arguments.survey, "-o",
                  folder / "adapter", "--epochs", "1", "--batch-size", "64", "--run-length", "16"])
    history = json.loads((folder / "adapter" / "history.jsonl").read_text().splitlines()[0])
    return {"items": record["result"]["trained_items"], "seconds": history["seconds"],
            "tokens": None, "peak_mb": record["result"]["peak_memory_mb"]}


def transformers(way, arguments, task, prompts):
    return run([sys.executable, HERE / "peers.py", way, task, arguments.model, prompts, "--items",
                arguments.peer_items, "--threads", arguments.threads], TUNED_MALLOC)


def llama_cpp(precision, arguments, prompts):
    """None where llama.cpp is not installed: the comparison does not need it."""
    if importlib.util.find_spec("llama_cpp") is None:
        return None
    return run([sys.executable, HERE / "llamacpp.py", precision, arguments.model, prompts,
                "--threads", arguments.threads])


def peers(arguments, task, template, folder):
    """What to run for each peer asked for. A runs on the text of `paper` in every row."""
    prompts = folder / f"{template}.json"
    ways = {
        "A padded to 256": partial(transformers, "padded", arguments, task, folder / "paper.json"),
        "B expert": partial(transformers, "expert", arguments, task, prompts),
    }
    if task == "score":
        ways["L llama.cpp BF16"] = partial(llama_cpp, "bf16", arguments, prompts)
        ways["L llama.cpp Q8_0"] = partial(llama_cpp, "q8_0", arguments, prompts)
    return {name: way for name, way in ways.items() if name[0] in arguments.peers.split(",")}


def measure(arguments):
    """The results of every repetition: those of a way, by name, of a task with a template."""
    rows = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for template in TEMPLATES:
            write_prompts(arguments.survey, template, folder / f"{template}.json")
        for _ in range(arguments.repeat):
            for task in arguments.tasks.split(","):
                for template in TEMPLATES:
                    ways = {"canvass": partial(canvass, arguments, task, template, folder),
                            **peers(arguments, task, template, folder)}
                    for way, call in ways.items():
                        rows.setdefault((task, template), {}).setdefault(way, []).append(call())
    return rows


def median(results, value):
    return statistics.median(value(result) for result in results)


def print_table(rows):
    print("| task | template | way | items/s | peak MB | canvass is faster by |")
    print("|---|---|---|---|---|---|")
    for (task, template), ways in rows.items():
        rate = {way: median(results, lambda r: r["items"] / r["seconds"])
                for way, results in ways.items() if None not in results}
        for way, results in ways.items():
            row = f"| {task} | {template} | {way} |"
            if way not in rate:
                print(f"{row} not installed | | |")
                continue
            peak = median(results, lambda r: r["peak_mb"])
            ratio = "" if way == "canvass" else f"{rate['canvass'] / rate[way]:.1f}"
            print(f"{row} {rate[way]:.2f} | {peak:.0f} | {ratio} |")


def print_builds(rows):
    """What llama.cpp says about its build: without the processor's own instructions it is slow."""
    said = {result["build"] for ways in rows.values() for results in ways.values()
            for result in results if result and "build" in result}
    for build in sorted(said):
        print(f"\nllama.cpp: {build}")


def main():
    rows = measure(parse())
    print_table(rows)
    print_builds(rows)


if __name__ == "__main__":
    main()
