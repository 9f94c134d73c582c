"""canvass and its peers side by side: same machine, model, prompts and threads, one run.

    python bench/compare/compare.py --canvass build/release/src/cli/canvass --model MODEL_DIR \
        --survey SURVEY.jsonl [--repeat 3] [--peer-items 64] [--tasks score,train] \
        [--peers A,B,L,V] [--gguf FILE.gguf...] [--precision bf16|fp32] [--device cpu|cuda]

Takes the ways in turn, --repeat times, and prints the medians of items a second with the ratios
over each peer. Loading and tokenizing are left out everywhere. The peers A and B are slow: they get
the first --peer-items items. canvass, llama.cpp and vLLM, the peers L and V of scoring, get all of
them: what they save by sharing prefixes depends on how many there are. L runs on the processor and
V on a GPU.

On a GPU the peers are warmed up before the clock starts. canvass is not, so that its seconds have
the GPU's first use in them; nor does it say how much of the GPU's memory it took.

No way may be quick by computing something else: the last column is the mean js_similarity of its
distributions to canvass's, 1 where they are equal. A file of a few bits rounds what it multiplies,
and so does bf16, so that such ways stay a little below 1.

Where the device has no bf16 products, all ways but llama.cpp compute in fp32. Files for
llama.cpp are those of --gguf, each in the type that it has, or else the bf16.gguf and q8_0.gguf in
MODEL_DIR that make_gguf.py writes; dense.py writes the MODEL_DIR of a file that is there already.
Python needs what tools/oracle/requirements.txt lists, and for llama.cpp what make_gguf.py says.
"""

import argparse
import math
import os
import statistics
import tempfile
from functools import partial
from pathlib import Path

from machine import describe_machine, multiplies_bfloat16
from prompts import TEMPLATES, write_prompts
from ways import canvass, llama_cpp, transformers, vllm


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--canvass", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--survey", type=Path, required=True)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peer-items", type=int, default=64)
    parser.add_argument("--tasks", default="score,train")
    parser.add_argument("--peers", default="A,B,L,V")
    parser.add_argument("--gguf", type=Path, nargs="+")
    parser.add_argument("--sequences", type=int, default=32,
                        help="prompts that llama.cpp evaluates together in its second way")
    parser.add_argument("--batch-size", type=int, default=64,
                        help="items of one update of canvass; the peers take 16")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--precision", choices=["bf16", "fp32"])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    if arguments.precision is None:
        multiplies = arguments.device == "cuda" or multiplies_bfloat16()
        arguments.precision = "bf16" if multiplies else "fp32"
    if arguments.gguf is None:
        arguments.gguf = [file for file in (arguments.model / "bf16.gguf",
                                            arguments.model / "q8_0.gguf") if file.exists()]
    return arguments


def llama_cpp_ways(arguments, prompts):
    ways = {}
    for file in arguments.gguf:
        ways[f"L llama.cpp {file.stem}"] = partial(llama_cpp, 1, file, arguments, prompts)
        ways[f"L llama.cpp {file.stem}, {arguments.sequences} at once"] = partial(
            llama_cpp, arguments.sequences, file, arguments, prompts)
    return ways


def peers(arguments, task, template, folder):
    """What to run for each peer asked for. A runs on the text of `paper` in every row."""
    prompts = folder / f"{template}.json"
    ways = {
        "A padded to 256": partial(transformers, "padded", arguments, task, folder / "paper.json"),
        "B expert": partial(transformers, "expert", arguments, task, prompts),
    }
    if task == "score" and arguments.device == "cpu":
        ways.update(llama_cpp_ways(arguments, prompts))
    elif task == "score":
        ways["V vLLM"] = partial(vllm, arguments, prompts)
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


def js_similarity(left, right):
    def divergence_from_mean(shares):
        return sum(share * math.log(2 * share / (one + other))
                   for share, one, other in zip(shares, left, right) if share > 0)
    divergence = (divergence_from_mean(left) + divergence_from_mean(right)) / 2
    return 1 - math.sqrt(max(divergence, 0.0))


def likeness(own, other):
    """Mean js_similarity of the items that both predicted; None of training."""
    pairs = zip(own.get("distributions", []), other.get("distributions", []))
    similarities = [js_similarity(left, right) for left, right in pairs]
    return statistics.mean(similarities) if similarities else None


def median(results, value):
    return statistics.median(value(result) for result in results)


def median_peak(results):
    """Empty where a way does not say."""
    if any(result["peak_mb"] is None for result in results):
        return ""
    return f"{median(results, lambda r: r['peak_mb']):.0f}"


def same_text(rows, task, template, way):
    """canvass's result on the prompts that the way ran on."""
    return rows[task, "paper" if way.startswith("A") else template]["canvass"][0]


def print_table(rows):
    print("| task | template | way | items/s | peak MB | canvass is faster by | like canvass's |")
    print("|---|---|---|---|---|---|---|")
    for (task, template), ways in rows.items():
        rate = {way: median(results, lambda r: r["items"] / r["seconds"])
                for way, results in ways.items() if None not in results}
        for way, results in ways.items():
            row = f"| {task} | {template} | {way} |"
            if way not in rate:
                print(f"{row} not installed | | | |")
                continue
            peak = median_peak(results)
            alike = likeness(same_text(rows, task, template, way), results[0])
            ratio = "" if way == "canvass" else f"{rate['canvass'] / rate[way]:.2f}"
            alike = "" if way == "canvass" or alike is None else f"{alike:.4f}"
            print(f"{row} {rate[way]:.2f} | {peak} | {ratio} | {alike} |")


def print_builds(rows):
    """What llama.cpp says about its build: without the processor's own instructions it is slow."""
    said = {result["build"] for ways in rows.values() for results in ways.values()
            for result in results if result and "build" in result}
    for build in sorted(said):
        print(f"\nllama.cpp: {build}")


def main():
    arguments = parse()
    print(f"## {describe_machine(arguments.threads, arguments.device)}\n\n{arguments.model.name}, "
          f"{arguments.precision}, {arguments.survey.name}, medians of {arguments.repeat}\n",
          flush=True)
    rows = measure(arguments)
    print_table(rows)
    print_builds(rows)


if __name__ == "__main__":
    main()
