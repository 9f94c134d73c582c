"""Checks that canvass's token ids equal those of Hugging Face tokenizers.

    python tools/oracle/check_tokenizers.py BRIDGE MODEL... [--like FOLDER] [--data ../shared/data]

BRIDGE is the program that bridge.py names; each MODEL is a GGUF file, which transformers reads
itself, or a folder with a tokenizer.json. --like compares with the tokenizer.json of another folder.
Each text, 10,000 random ones of many scripts and kinds and all of the surveys, is read twice: with
special tokens where it spells them, and as text only. Exits 1 if any differ, and shows the first.
Where the vocabulary lacks a byte, the reference leaves it out; canvass must then refuse the text.
"""

import argparse
import json
import random
import sys
from pathlib import Path

import transformers
from gguf import GGUFReader
from tokenizers import Tokenizer, normalizers, pre_tokenizers

from bridge import Bridge, Refusal

# Code points of scripts, first and last.
SCRIPTS = {
    "ASCII": [(0x20, 0x7E)],
    "European": [(0x61, 0x7A), (0xC0, 0x24F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1FFF)],
    "CJK": [(0x4E00, 0x9FFF), (0x3040, 0x30FF), (0xAC00, 0xD7A3), (0x3000, 0x303F), (0xFF00, 0xFFEF)],
    "Arabic and Hebrew": [(0x600, 0x6FF), (0x750, 0x77F), (0x590, 0x5FF), (0xFB50, 0xFDFF)],
    "Indic": [(0x900, 0x97F), (0x980, 0x9FF), (0xB80, 0xBFF), (0xD00, 0xD7F), (0xE00, 0xE7F)],
    "marks": [(0x300, 0x36F), (0x61, 0x7A), (0x20D0, 0x20F0), (0xFE00, 0xFE0F)],
    "symbols": [(0x2000, 0x206F), (0x2190, 0x23FF), (0x1F300, 0x1F6FF), (0x1F900, 0x1F9FF)],
    "controls": [(0x0, 0x1F), (0x7F, 0x9F), (0x200B, 0x200F), (0x2028, 0x202F)],
    "rare": [(0x10000, 0x1FFFF), (0xE000, 0xF8FF), (0x2F800, 0x2FA1F), (0xE0000, 0xE007F)],
}
PIECES = {
    "spaces": [" ", "  ", "   ", "    ", "\t", "\t\t", "\n", "\n\n", "\n\n\n", "\r\n", "\r", "\u00a0",
               "\u2003", "\u3000", "\u2028", "\u0085", "\x0b", "\x0c", "\ufeff", " \n ", "\n  \n"],
    "digits": ["0", "7", "12", "345", "6789", "1234567890", "3.14", "1,000", "-5", "10%", "٣٤", "१२",
               "²", "½", "Ⅷ", "①"],
    "words": ["the", " the", "The", " Survey", "don't", "WE'LL", "I'M", "it’s", "straße", "naïve",
              "日本", "국가", "(A)", " (B", "answer", "e\u0301", "ﬁ", "İstanbul", "ǅ", "ẞ"],
    "code": ["def f(x):\n    return x**2\n", "#include <vector>", "{\"a\": [1, null]}", "</div>",
             "a_b->c[0] != 'x';", "```python\n", "\\n\\t", "SELECT * FROM t;", "//", "&amp;", "x+=1"],
    "emoji": ["👩‍👩‍👧", "👍🏽", "🇯🇵", "🏳️‍🌈", "❤️", "😀", "👩🏿‍🚀", "1️⃣", "🇯", "\u200d"],
    "special": ["<|im_start|>", "<|im_end|>", "<|endoftext|>", "<s>", "</s>", "<bos>", "<eos>",
                "<start_of_turn>", "<end_of_turn>", "<unk>", "<pad>", "<|fim_prefix|>", "<think>",
                "<0x0A>", "<|im_", "im_end|>", "<tool_call>", "<mask>", "[INST]", "<unused1>",
                "<repo_name>", "<file_sep>", "<h1>", "\u2581", "Ġ", "Ċ"],
    "broken": ["\ufffd", "\ufffd\ufffd", "Ã©", "â€™", "\ufffe", "\uffff", "\U0010ffff", "\u0000"],
}


def random_atom(draw):
    kind = draw.choice(list(SCRIPTS) + list(PIECES))
    if kind in PIECES:
        return draw.choice(PIECES[kind])
    first, last = draw.choice(SCRIPTS[kind])
    return "".join(chr(draw.randint(first, last)) for _ in range(draw.randint(1, 6)))


def random_texts(count):
    draw = random.Random(20)
    return ["".join(random_atom(draw) for _ in range(draw.randint(1, 20))) for _ in range(count)]


def survey_texts(data):
    texts = set()
    for path in sorted(data.glob("*/*.json")):
        records = json.loads(path.read_text(encoding="utf-8"))
        for record in records if isinstance(records, list) else []:
            texts.update((record["instruction"], record["input"], *record["options"]))
    return sorted(texts)


def reference_of(model, like):
    if like or model.is_dir():
        # As it stands: transformers 5 makes tokenizers of Llama anew, which read spaces differently.
        tokenizer = Tokenizer.from_file(str((like or model) / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer
    tokenizer = transformers.AutoTokenizer.from_pretrained(model.parent, gguf_file=model.name)
    return as_published(tokenizer.backend_tokenizer, model)


def as_published(tokenizer, model):
    """With what transformers leaves out as it reads a GGUF file, but tokenizer.json of the model
    has: Qwen composes characters, SmolLM reads digits one by one."""
    kind = GGUFReader(model).get_field("tokenizer.ggml.pre")
    kind = kind.contents() if kind else ""
    if kind == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    elif kind == "smollm":
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True),
             pre_tokenizers.ByteLevel(add_prefix_space=False)])
    return tokenizer


def reference_ids(reference, texts, special):
    reference.encode_special_tokens = not special
    return [encoded.ids for encoded in reference.encode_batch(texts, add_special_tokens=special)]


def own_ids(bridge, text, special):
    """None if canvass refuses it."""
    try:
        return bridge.encode([text], special)[0]
    except Refusal:
        return None


def loses_bytes(reference, text):
    """Whether a byte of the text has no token: the reference leaves it out, canvass refuses it."""
    normal = reference.normalizer.normalize_str(text) if reference.normalizer else text
    return any(reference.token_to_id(stand_in) is None
               for word, _ in reference.pre_tokenizer.pre_tokenize_str(normal) for stand_in in word)


def mismatches(bridge, reference, texts):
    """Texts whose tokens differ, with both; and how many were refused for a byte without a token."""
    found, refused = [], 0
    for special in (False, True):
        expected = reference_ids(reference, texts, special)
        for text, ids in zip(texts, expected):
            own = own_ids(bridge, text, special)
            if own is None and loses_bytes(reference, text):
                refused += 1
            elif own != ids:
                found.append((text, own, ids, special))
    return found, refused


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bridge", type=Path)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--like", type=Path)
    parser.add_argument("--data", type=Path,
                        default=Path(__file__).resolve().parents[3] / "shared" / "data")
    parser.add_argument("--strings", type=int, default=10_000)
    arguments = parser.parse_args()
    bridge = Bridge(arguments.bridge)
    kinds = {"random": random_texts(arguments.strings), "survey": survey_texts(arguments.data)}
    differ = 0
    for model in arguments.models:
        bridge.open(model)
        reference = reference_of(model, arguments.like)
        for kind, texts in kinds.items():
            found, refused = mismatches(bridge, reference, texts)
            differ += len(found)
            print(f"{model}: {len(texts)} {kind} texts read twice, {len(found)} differ, "
                  f"{refused} refused", flush=True)
            for text, own, ids, special in found[:5]:
                print(f"  special {special}: {text!r}\n    canvass   {own}\n    reference {ids}")
    sys.exit(differ > 0)


if __name__ == "__main__":
    main()
