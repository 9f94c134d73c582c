"""Checks that canvass renders conversations as Jinja2 does the way transformers sets it up.

    python tools/oracle/check_chats.py BRIDGE SOURCE... [--conversations 300]

BRIDGE is the program that bridge.py names. Each SOURCE is a Jinja file, a GGUF file, a
tokenizer_config.json, a Python file with templates among its texts, or a folder in which all of
these are looked for: other projects' templates are read where they are installed and kept nowhere
here. The conversations that canvass makes, and
random ones, are rendered with and without the turn to be answered. What Python refuses canvass must
refuse too. Exits 1 if any differ, and shows the first of each template.
"""

import argparse
import ast
import datetime
import json
import random
import sys
from pathlib import Path

from gguf import GGUFReader
from transformers.utils import chat_template_utils

from bridge import Bridge, Refusal
from check_tokenizers import random_atom

CLOCK = 1_767_323_045
TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}

QUESTION = {"role": "user", "content": "Is family important?\n(A)Yes, (B)No "}
SYSTEM = {"role": "system", "content": " Answer as someone from Japan would.\n"}
ANSWER = {"role": "assistant", "content": "A"}
OWN = [[QUESTION], [SYSTEM, QUESTION], [QUESTION, ANSWER, QUESTION],
       [SYSTEM, QUESTION, ANSWER, QUESTION], [SYSTEM, QUESTION, ANSWER]]


class FixedClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(CLOCK, datetime.timezone.utc)


def random_conversation(draw):
    turns = [{"role": "system", "content": ""}] if draw.random() < 0.5 else []
    for turn in range(draw.randint(1, 6)):
        roles = ("user", "assistant") if draw.random() < 0.95 else ("system", "tool", "assistant")
        turns.append({"role": roles[turn % len(roles)]})
    for turn in turns:
        atoms = [random_atom(draw) for _ in range(draw.randint(0, 8))]
        if turn["role"] == "assistant" and draw.random() < 0.3:
            atoms.insert(0, draw.choice(["<think>\nhm\n</think>\n\n", "<think>", "</think>"]))
        turn["content"] = draw.choice(["", " ", "\n"]) + "".join(atoms) + draw.choice(["", " ", "\n"])
    return turns


def conversations(count):
    draw = random.Random(30)
    made = OWN + [random_conversation(draw) for _ in range(count)]
    return [(turns, prompt) for turns in made for prompt in (True, False)]


def templates_in_json(path):
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return
    template = content.get("chat_template") if isinstance(content, dict) else None
    if isinstance(template, str):
        yield str(path), template
    for one in template if isinstance(template, list) else []:
        yield f"{path} {one['name']}", one["template"]


def templates_in_python(path):
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and "{%" in text and "messages" in text and "{{" in text:
            yield f"{path}:{node.lineno}", text


def templates_of(path):
    """Names and texts."""
    if path.is_dir():
        for pattern in ("*.jinja", "*.jinja2", "*.gguf", "tokenizer_config.json", "*.py"):
            for found in sorted(path.rglob(pattern)):
                yield from templates_of(found)
    elif path.suffix == ".gguf":
        field = GGUFReader(path).get_field("tokenizer.chat_template")
        if field:
            yield str(path), field.contents()
    elif path.suffix == ".py":
        yield from templates_in_python(path)
    elif path.suffix == ".json":
        yield from templates_in_json(path)
    else:
        yield str(path), path.read_text(encoding="utf-8")


def expected_text(template, turns, prompt):
    """None where Python refuses."""
    try:
        compiled = chat_template_utils._compile_jinja_template(template)
        return compiled.render(messages=turns, tools=None, documents=None,
                               add_generation_prompt=prompt, **TOKENS)
    except Exception:  # whatever Python refuses, canvass must refuse
        return None


def own_text(bridge, template, turns, prompt):
    """And the message if canvass refuses."""
    try:
        return bridge.render(turns, prompt, source=template, clock=CLOCK, **TOKENS), ""
    except Refusal as refusal:
        return None, str(refusal)


def compare(bridge, template, cases):
    """The cases that differ, with both texts, and how many both refuse."""
    differ, refused = [], 0
    for turns, prompt in cases:
        expected = expected_text(template, turns, prompt)
        own, message = own_text(bridge, template, turns, prompt)
        refused += expected is None and own is None
        if own != expected:
            differ.append((turns, prompt, message or own, expected))
    return differ, refused


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bridge", type=Path)
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("--conversations", type=int, default=300)
    arguments = parser.parse_args()
    chat_template_utils.datetime = FixedClock
    bridge = Bridge(arguments.bridge)
    cases = conversations(arguments.conversations)
    seen, faults = set(), 0
    for source in arguments.sources:
        for name, template in templates_of(source):
            if template in seen:
                continue
            seen.add(template)
            differ, refused = compare(bridge, template, cases)
            faults += len(differ)
            print(f"{name}: {len(cases)} conversations, {refused} refused by both, "
                  f"{len(differ)} differ", flush=True)
            for turns, prompt, own, expected in differ[:1]:
                print(f"  {turns} {prompt}\n    canvass {own!r}\n    Jinja2  {expected!r}")
    print(f"{len(seen)} templates, {len(cases)} conversations each, {faults} differ")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
