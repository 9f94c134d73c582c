#!/usr/bin/env python3
"""Golden values for tests/import/python_literal_test.cc: random Python values as repr() writes them,
and texts that ast.literal_eval refuses.

    tools/oracle/python_literals.py > tests/import/golden/python_literals.json
"""

import ast
import json
import random
import warnings
from collections import defaultdict

TEXTS = ["", "Angola", "It's", 'a "b"', "both ' and \"", "back\\slash", "line\nend", "tab\t", "\x00\x7f",
         "é", "日本", "\u200b", "\U0001f600", "{[(", "}])", "nan", "None", "a, b: c", "\xa0", "\u2028"]


def number(rng):
    kind = rng.randrange(4)
    if kind == 0:
        return rng.randrange(-100, 1000)
    if kind == 1:
        return rng.uniform(0, 1)
    if kind == 2:
        return rng.uniform(-1, 1) * 10.0 ** rng.randrange(-30, 30)
    return float(rng.randrange(100))


def scalar(rng):
    return rng.choice([lambda: rng.choice(TEXTS), lambda: number(rng), lambda: None,
                       lambda: rng.random() < 0.5])()


def value(rng, depth):
    if depth == 0 or rng.random() < 0.3:
        return scalar(rng)
    elements = [value(rng, depth - 1) for _ in range(rng.randrange(4))]
    kind = rng.randrange(4)
    if kind == 0:
        return elements
    if kind == 1:
        return tuple(elements)
    table = defaultdict(list) if kind == 2 else {}
    for element in elements:
        table[scalar(rng)] = element
    return table


def encode(one):
    """JSON that keeps kinds apart: lists, tuples and dicts are objects of one key."""
    if isinstance(one, dict):
        return {"dict": [[encode(key), encode(element)] for key, element in one.items()]}
    if isinstance(one, tuple):
        return {"tuple": [encode(element) for element in one]}
    if isinstance(one, list):
        return {"list": [encode(element) for element in one]}
    return one


def is_refused(text):
    try:
        ast.literal_eval(text)
        return False
    except (ValueError, SyntaxError, TypeError):
        return True


def broken(rng, text):
    """The text with one character lost, doubled or replaced."""
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(["", text[at] * 2, rng.choice("'\"[](){},:\\1x ")]) + text[at + 1:]


def main():
    warnings.simplefilter("ignore")
    rng = random.Random(20)
    good = [value(rng, 4) for _ in range(300)]
    bad = set()
    while len(bad) < 300:
        text = broken(rng, repr(rng.choice(good)) or "x")
        if not text.startswith("defaultdict") and "defaultdict" not in text and is_refused(text):
            bad.add(text)
    literals = ",\n".join(json.dumps({"text": repr(one), "value": encode(one)}) for one in good)
    refused = ",\n".join(json.dumps(text) for text in sorted(bad))
    print(f'{{"literals": [\n{literals}\n],\n"refused": [\n{refused}\n]}}')


if __name__ == "__main__":
    main()
