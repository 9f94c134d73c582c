"""Times llama.cpp on the prompts of a survey, through llama-cpp-python.

    python bench/compare/llamacpp.py FILE.gguf MODEL_DIR PROMPTS.json [--sequences N]
        [--batch-tokens N] [--items N] [--threads N]

FILE.gguf is the model in any type; MODEL_DIR has its tokenizer.json.

Prompts are taken in the order of their tokens, and what one shares with those before it is not
computed again. With --sequences 1 that is one evaluation a prompt, as a careful user runs it: the
shared prefix stays in the cache of keys and values. With more, llama.cpp is at its best: an
evaluation takes up to that many prompts, each a sequence of its own, and up to --batch-tokens new
tokens. The prefix that the prompts share with the last of the evaluation before is copied between
the sequences, and a token that several prompts of an evaluation share belongs to all of their
sequences. Logits are those of the last positions only. Flash attention is on: it is the quicker way
here.

Prints one JSON line as peers.py does, with llama.cpp's word on the model and on its build.
"""

import argparse
import ctypes
import json
import resource
import time
from pathlib import Path

import llama_cpp
import numpy
from tokenizers import Tokenizer

from prompts import read_items


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("prompts")
    parser.add_argument("--sequences", type=int, default=1)
    parser.add_argument("--batch-tokens", type=int, default=512)
    parser.add_argument("--items", type=int)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def shared(left, right):
    """How many first tokens are equal."""
    count = 0
    for one, other in zip(left, right):
        if one != other:
            break
        count += 1
    return count


def groups(prompts, sequences, budget):
    """Runs of sorted prompts: up to `sequences` prompts and `budget` new tokens in each."""
    group, tokens = [], 0
    for prompt in prompts:
        new = len(prompt["ids"]) - (shared(group[-1]["ids"], prompt["ids"]) if group else 0)
        if group and (len(group) == sequences or tokens + new > budget):
            yield group
            group, tokens, new = [], 0, len(prompt["ids"])
        group.append(prompt)
        tokens += new
    if group:
        yield group


@llama_cpp.llama_log_callback
def say_nothing(level, text, data):
    pass


class Evaluator:
    """A model, with a cache for prompts of up to `longest` tokens and a batch after them."""

    def __init__(self, arguments, longest):
        llama_cpp.llama_log_set(say_nothing, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        self.model = llama_cpp.llama_model_load_from_file(
            str(arguments.file).encode(), llama_cpp.llama_model_default_params())
        self.tokens = max(longest, arguments.batch_tokens if arguments.sequences > 1 else 0)
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = self.tokens + (longest if arguments.sequences > 1 else 0)
        settings.n_batch = settings.n_ubatch = self.tokens
        settings.n_seq_max = arguments.sequences
        settings.kv_unified = True
        settings.n_threads = settings.n_threads_batch = arguments.threads
        settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED
        self.context = llama_cpp.llama_init_from_model(self.model, settings)
        self.memory = llama_cpp.llama_get_memory(self.context)
        self.vocabulary = llama_cpp.llama_vocab_n_tokens(
            llama_cpp.llama_model_get_vocab(self.model))
        self.batch = llama_cpp.llama_batch_init(self.tokens, 0, arguments.sequences)
        self.sequences = arguments.sequences
        self.last = []  # the tokens of sequence 0
        self.warm_up()

    def warm_up(self):
        """Weights are mapped, and reading them from the file is part of loading."""
        self.evaluate([{"ids": [0], "labels": [0]}])
        llama_cpp.llama_memory_clear(self.memory, True)
        self.last = []

    def keep(self, group):
        """Leaves in each sequence what the whole group shares with the last prompt; its length."""
        count = min([shared(self.last, prompt["ids"]) for prompt in (group[0], group[-1])]
                    + [len(prompt["ids"]) - 1 for prompt in group])
        llama_cpp.llama_memory_seq_rm(self.memory, 0, count, -1)
        for sequence in range(1, self.sequences):
            llama_cpp.llama_memory_seq_rm(self.memory, sequence, -1, -1)
            if sequence < len(group) and count > 0:
                llama_cpp.llama_memory_seq_cp(self.memory, 0, sequence, 0, count)
        return count

    def add(self, token, position, sequences, wanted):
        batch, row = self.batch, self.batch.n_tokens
        batch.token[row], batch.pos[row], batch.logits[row] = token, position, wanted
        batch.n_seq_id[row] = len(sequences)
        for place, sequence in enumerate(sequences):
            batch.seq_id[row][place] = sequence
        batch.n_tokens = row + 1

    def fill(self, group, kept):
        """Puts the group's new tokens into the batch, shared ones once: the rows of the answers."""
        # The last prompt is sequence 0, which keeps it for the next group.
        number = {place: (place + 1) % len(group) for place in range(len(group))}
        rows, start = [], kept
        self.batch.n_tokens = 0
        for place, prompt in enumerate(group):
            ids = prompt["ids"]
            if place > 0:
                start = max(kept, shared(group[place - 1]["ids"], ids))
            with_later = [shared(ids, later["ids"]) for later in group[place + 1 :]]
            for position in range(start, len(ids)):
                sharing = [number[place]] + [number[place + 1 + index] for index, count
                                             in enumerate(with_later) if count > position]
                self.add(ids[position], position, sharing, position == len(ids) - 1)
            rows.append(self.batch.n_tokens - 1)
        return rows

    def evaluate(self, group):
        """Puts each prompt's distribution into it; returns the number of tokens computed."""
        rows = self.fill(group, self.keep(group))
        if llama_cpp.llama_decode(self.context, self.batch) != 0:
            raise RuntimeError("llama.cpp could not evaluate a batch")
        for prompt, row in zip(group, rows):
            logits = numpy.ctypeslib.as_array(
                llama_cpp.llama_get_logits_ith(self.context, row), (self.vocabulary,))
            shares = numpy.exp(logits[prompt["labels"]] - logits[prompt["labels"]].max())
            prompt["predicted"] = (shares / shares.sum()).tolist()
        self.last = group[-1]["ids"]
        return self.batch.n_tokens

    def describe(self):
        text = ctypes.create_string_buffer(256)
        llama_cpp.llama_model_desc(self.model, text, len(text))
        return f"{text.value.decode()}; {llama_cpp.llama_print_system_info().decode()}"


def main():
    arguments = parse()
    # Not transformers' tokenizer, which is the same but brings torch into the memory measured.
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    items = read_items(arguments.prompts, arguments.items, lambda text: tokenizer.encode(text).ids)
    evaluator = Evaluator(arguments, max(len(item["ids"]) for item in items))
    start = time.perf_counter()
    ordered = sorted(items, key=lambda item: item["ids"])
    tokens = sum(evaluator.evaluate(group)
                 for group in groups(ordered, arguments.sequences, evaluator.tokens))
    seconds = time.perf_counter() - start
    print(json.dumps({"items": len(items), "seconds": seconds, "tokens": tokens,
                      "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                      "distributions": [item["predicted"] for item in items],
                      "build": evaluator.describe()}))


if __name__ == "__main__":
    main()
