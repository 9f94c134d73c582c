"""A large sweep, killed on the way and taken up again: 1,000 questions x 60 populations.

    python3 bench/sweep.py --canvass build/release/src/cli/canvass --data data/demo/survey.jsonl

Makes a small new model, kills its prediction twice without warning (SIGKILL) and lets it end;
then predicts again in one go. Says how many items each run found finished, checks that every
line is whole, that no item was computed twice and that both ways give the same predictions, and
prints seconds and peak memory. A check that fails ends it with exit status 1.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QUESTIONS, POPULATIONS = 1000, 60


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--canvass", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    return parser.parse_args()


def write_sweep(source, path):
    """The survey's questions over and over, each time with another number before its words."""
    lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    questions = [line["question"] for line in lines if "question" in line]
    names = [line["population"]["name"] for line in lines if "population" in line][:POPULATIONS]
    names += [f"North {name}" for name in names[: POPULATIONS - len(names)]]
    with path.open("w", encoding="utf-8") as file:
        def write(row):
            file.write(json.dumps(row) + "\n")
        write(next(line for line in lines if "canvass" in line))
        for name in names:
            write({"population": {"id": name, "name": name, "phrase": f"someone from {name}"}})
        for index in range(QUESTIONS):
            question = questions[index % len(questions)]
            write({"question": {**question, "id": f"{index}",
                                "text": f"{index}. {question['text']}"}})
        for index in range(QUESTIONS):
            for name in names:
                write({"item": {"question": f"{index}", "population": name}})


def command(arguments, model, survey, output):
    return [str(part) for part in (arguments.canvass, "predict", "--model", model, "--items",
                                   survey, "--template", "paper", "--json", "-o", output)]


def killed_after(lines, call, journal):
    """Starts the prediction and kills it once its journal has so many lines more."""
    before = count_lines(journal)
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and count_lines(journal) < before + lines:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return count_lines(journal)


def count_lines(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


def finished(call):
    start = time.perf_counter()
    result = subprocess.run(call, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(result.stderr)
    return json.loads(result.stdout)["work"], time.perf_counter() - start


def predictions(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {(row["question"], row["population"]): row["probabilities"] for row in rows}, len(rows)


def main():
    arguments = parse()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        survey, model = folder / "survey.jsonl", folder / "model"
        write_sweep(arguments.data, survey)
        subprocess.run([str(arguments.canvass), "init", "--survey", str(arguments.data), "--size",
                        "tiny", "-o", str(model)], check=True, capture_output=True)
        broken, whole = folder / "broken.jsonl", folder / "whole.jsonl"
        call = command(arguments, model, survey, broken)
        journal = folder / "broken.jsonl.partial"
        for _ in range(2):
            print(f"killed with {killed_after(10000, call, journal):,} lines on disk")
        work, seconds = finished(call)
        print(f"taken up: {work['items']:,} items in {seconds:.1f} s, "
              f"{work['peak_memory_mb']:.0f} MB")
        work, seconds = finished(command(arguments, model, survey, whole))
        print(f"in one go: {work['items']:,} items in {seconds:.1f} s, "
              f"{work['peak_memory_mb']:.0f} MB")
        one, rows = predictions(broken)
        other, _ = predictions(whole)
        if rows != QUESTIONS * POPULATIONS or one.keys() != other.keys():
            sys.exit(f"{rows} lines for {len(one)} items where {len(other)} were asked")
        greatest = max(abs(a - b) for key in one for a, b in zip(one[key], other[key]))
        print(f"{rows:,} whole lines, each item once; greatest difference {greatest:.1e}")
        if greatest > 1e-5:
            sys.exit("the two runs differ")


if __name__ == "__main__":
    main()
