"""Seconds of training until a validation loss is reached: speed that learns less is no speed.

    python bench/compare/time_to_loss.py --canvass build/release/src/cli/canvass --model MODEL_DIR \
        --train TRAIN.jsonl --valid VALID.jsonl [--epochs 4] [--learning-rate 1e-3]

Trains the same LoRA adapter by canvass and by both peers of compare.py with the same learning rate
and 16 items an update, validates after every epoch, and takes as the goal the least loss that all of
them reach. Seconds are those of training alone, up to the end of the first epoch at or below the
goal. Losses of the two templates are not the same task: each has its own goal.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from machine import multiplies_bfloat16
from prompts import TEMPLATES, write_prompts
from ways import HERE, TUNED_MALLOC, run


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--canvass", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--valid", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--precision", choices=["bf16", "fp32"],
                        default="bf16" if multiplies_bfloat16() else "fp32")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    return parser.parse_args()


def canvass(arguments, template, folder):
    run([arguments.canvass, "train", "--model", arguments.model, "--chat", "none",
         "--survey", arguments.train, "--valid", arguments.valid, "--template", template,
         "--epochs", arguments.epochs, "--learning-rate", arguments.learning_rate,
         "--schedule", "constant", "--precision", arguments.precision,
         "--threads", arguments.threads, "--json", "-o", folder])
    seconds, history = 0.0, []
    for line in (folder / "history.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        seconds += record["seconds"]
        history.append({"seconds": seconds, "valid_loss": record["valid_loss"]})
    return history


def peer(way, arguments, template, folder):
    prompts = {}
    for name, survey in (("train", arguments.train), ("valid", arguments.valid)):
        prompts[name] = folder / f"{template}-{name}.json"
        write_prompts(survey, template, prompts[name])
    return run([sys.executable, HERE / "peers.py", way, "train", arguments.model, prompts["train"],
                "--valid", prompts["valid"], "--epochs", arguments.epochs, "--learning-rate",
                arguments.learning_rate, "--precision", arguments.precision,
                "--threads", arguments.threads], TUNED_MALLOC)["history"]


def seconds_to(goal, history):
    return next(epoch["seconds"] for epoch in history if epoch["valid_loss"] <= goal)


def main():
    arguments = parse()
    print("| template | way | losses, epoch by epoch | seconds to the goal | canvass is faster by |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for template in TEMPLATES:
            ways = {"canvass": canvass(arguments, template, folder / template),
                    "B expert": peer("expert", arguments, template, folder)}
            if template == "paper":
                ways["A padded to 256"] = peer("padded", arguments, template, folder)
            goal = max(min(epoch["valid_loss"] for epoch in history) for history in ways.values())
            own = seconds_to(goal, ways["canvass"])
            for way, history in ways.items():
                losses = ", ".join(f"{epoch['valid_loss']:.3f}" for epoch in history)
                seconds = seconds_to(goal, history)
                ratio = "" if way == "canvass" else f"{seconds / own:.1f}"
                print(f"| {template} | {way} | {losses} | {seconds:.1f} | {ratio} |", flush=True)


if __name__ == "__main__":
    main()
