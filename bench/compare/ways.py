"""The ways of a comparison: each scores or trains in a process of its own and returns its result.

A result has "items", "seconds" of computing without loading and tokenizing, "peak_mb" (None where
nobody says), and of scoring "distributions" in the items' order.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TUNED_MALLOC = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "100000000000"}


def run(command, extra=None):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                            env={**os.environ, **(extra or {})})
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stderr}")
    return json.loads(result.stdout.strip().splitlines()[-1] if result.stdout.count("\n") == 1
                      else result.stdout)


def canvass(arguments, task, template, folder):
    common = ["--model", arguments.model, "--chat", "none", "--template", template, "--precision",
              arguments.precision, "--threads", arguments.threads, "--device", arguments.device,
              "--json"]
    if task == "score":
        return canvass_scores(arguments, common, folder / "predictions.jsonl")
    record = run([arguments.canvass, "train", *common, "--survey", arguments.survey, "-o",
                  folder / "adapter", "--epochs", "1", "--batch-size", arguments.batch_size,
                  "--run-length", min(arguments.batch_size, 16)])
    history = json.loads((folder / "adapter" / "history.jsonl").read_text().splitlines()[0])
    return {"items": record["result"]["trained_items"], "seconds": history["seconds"],
            "peak_mb": peak_of_canvass(arguments, record["result"])}


def canvass_scores(arguments, common, predictions):
    work = run([arguments.canvass, "predict", *common, "--items", arguments.survey, "-o",
                predictions])["work"]
    lines = predictions.read_text(encoding="utf-8").splitlines()[1:]
    return {"items": work["items"], "seconds": work["compute_seconds"],
            "peak_mb": peak_of_canvass(arguments, work),
            "distributions": [json.loads(line)["probabilities"] for line in lines]}


def peak_of_canvass(arguments, result):
    """It reports the processor's memory only."""
    return result["peak_memory_mb"] if arguments.device == "cpu" else None


def transformers(way, arguments, task, prompts):
    return run([sys.executable, HERE / "peers.py", way, task, arguments.model, prompts, "--items",
                arguments.peer_items, "--precision", arguments.precision, "--threads",
                arguments.threads, "--device", arguments.device], TUNED_MALLOC)


def llama_cpp(sequences, file, arguments, prompts):
    """None where llama.cpp is not installed: the comparison does not need it."""
    if importlib.util.find_spec("llama_cpp") is None:
        return None
    return run([sys.executable, HERE / "llamacpp.py", file, arguments.model, prompts,
                "--sequences", sequences, "--threads", arguments.threads])


def vllm(arguments, prompts):
    """None where vLLM is not installed."""
    if importlib.util.find_spec("vllm") is None:
        return None
    return run([sys.executable, HERE / "vllm_scores.py", arguments.model, prompts, "--precision",
                arguments.precision])
