"""Times llama.cpp on the prompts of a survey, through llama-cpp-python, as a careful user runs it.

    python bench/compare/llamacpp.py PRECISION MODEL_DIR PROMPTS.json [--items N] [--threads N]

PRECISION bf16 or q8_0: which of the files that bench/compare/make_gguf.py wrote to MODEL_DIR

One evaluation a prompt, in the order of the prompts' tokens: what a prompt shares with the one
before it stays in the cache of keys and values, the rest is evaluated, with logits of the last
position only. Flash attention is on: it is the quicker way here. Give it all items of a survey: the
more there are, the more they share.

Prints one JSON line as peers.py does, with llama.cpp's word on what its build uses.
"""

import argparse
import json
import resource
import time
from pathlib import Path

import numpy
from llama_cpp import Llama, llama_get_logits_ith, llama_print_system_info
from tokenizers import Tokenizer

from prompts import read_items


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("precision", choices=["bf16", "q8_0"])
    parser.add_argument("model", type=Path)
    parser.add_argument("prompts")
    parser.add_argument("--items", type=int)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def load(path, longest, threads):
    """The model, with room for prompts of up to `longest` tokens, each evaluated in one batch."""
    model = Llama(str(path), n_ctx=longest, n_batch=longest, n_ubatch=longest, n_threads=threads,
                  n_threads_batch=threads, flash_attn=True, verbose=False)
    model.eval([0])  # The weights are mapped: reading them from the file is part of loading.
    model.reset()
    return model


def option_logits(model, item):
    """The options' logits, and the tokens it took: those that the prompt before did not share."""
    ids = item["ids"]
    before = model.input_ids[: model.n_tokens].tolist()
    model.n_tokens = min(Llama.longest_token_prefix(before, ids), len(ids) - 1)
    rest = ids[model.n_tokens :]
    model.eval(rest)
    logits = numpy.ctypeslib.as_array(llama_get_logits_ith(model.ctx, -1), (model.n_vocab(),))
    return logits[item["labels"]], len(rest)


def score(model, items):
    tokens = 0
    for item in sorted(items, key=lambda item: item["ids"]):
        logits, count = option_logits(model, item)
        shares = numpy.exp(logits - logits.max())
        shares /= shares.sum()
        tokens += count
    return tokens


def main():
    arguments = parse()
    # Not transformers' tokenizer, which is the same but brings torch into the memory measured.
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    items = read_items(arguments.prompts, arguments.items, lambda text: tokenizer.encode(text).ids)
    longest = max(len(item["ids"]) for item in items)
    model = load(arguments.model / f"{arguments.precision}.gguf", longest, arguments.threads)
    start = time.perf_counter()
    tokens = score(model, items)
    seconds = time.perf_counter() - start
    print(json.dumps({"items": len(items), "seconds": seconds, "tokens": tokens,
                      "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                      "build": llama_print_system_info().decode()}))


if __name__ == "__main__":
    main()
