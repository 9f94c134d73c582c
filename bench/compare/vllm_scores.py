"""Times vLLM on the prompts of a survey, on a GPU.

    python bench/compare/vllm_scores.py MODEL_DIR PROMPTS.json [--items N] [--precision bf16|fp32]

One request a prompt, all handed over at once in the order of their tokens, with prefix caching: one
token is generated, and the log-probabilities of the option labels are asked for in its place. The
vLLM must be one whose SamplingParams know logprob_token_ids.

Prints one JSON line as peers.py does, without the peak: vLLM reserves a fixed share of the GPU's
memory, whatever it needs.
"""

import argparse
import json
import math
import os
import time
from pathlib import Path

from tokenizers import Tokenizer

from prompts import read_items

PRECISIONS = {"bf16": "bfloat16", "fp32": "float32"}


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("prompts")
    parser.add_argument("--items", type=int)
    parser.add_argument("--precision", choices=["bf16", "fp32"], default="bf16")
    return parser.parse_args()


def own_output():
    """The standard output for us alone: what vLLM and its processes print goes to the errors."""
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return output


def load(arguments, items):
    from vllm import LLM  # which prints as soon as it is imported

    longest = max(len(item["ids"]) for item in items)
    return LLM(model=str(arguments.model), dtype=PRECISIONS[arguments.precision],
               max_model_len=longest + 1, enable_prefix_caching=True)


def shares(logprobs):
    weights = [math.exp(value - max(logprobs)) for value in logprobs]
    return [weight / sum(weights) for weight in weights]


def score(model, items):
    """Puts each item's distribution into it; returns the number of tokens computed."""
    from vllm import SamplingParams

    asked = [SamplingParams(max_tokens=1, temperature=0, detokenize=False,
                            logprobs=len(item["labels"]), logprob_token_ids=item["labels"])
             for item in items]
    outputs = model.generate([{"prompt_token_ids": item["ids"]} for item in items], asked,
                             use_tqdm=False)
    for item, output in zip(items, outputs):
        found = output.outputs[0].logprobs[0]
        item["predicted"] = shares([found[label].logprob for label in item["labels"]])
    return sum(len(item["ids"]) - (output.num_cached_tokens or 0)
               for item, output in zip(items, outputs))


def main():
    arguments = parse()
    output = own_output()
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    items = read_items(arguments.prompts, arguments.items, lambda text: tokenizer.encode(text).ids)
    model = load(arguments, items)
    # Compiles what is compiled at its first use, and shares no prefix with a prompt.
    score(model, [{"ids": [0], "labels": items[0]["labels"]}])
    start = time.perf_counter()
    tokens = score(model, sorted(items, key=lambda item: item["ids"]))
    seconds = time.perf_counter() - start
    print(json.dumps({"items": len(items), "seconds": seconds, "tokens": tokens, "peak_mb": None,
                      "distributions": [item["predicted"] for item in items]}), file=output)


if __name__ == "__main__":
    main()
