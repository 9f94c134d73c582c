"""Writes what transformers makes of prompts with a real model, read from its GGUF file:
tests/golden/gguf/NAME.json.

    python tools/oracle/real_models.py NAME FILE.gguf

Each prompt with its tokens and the logits of the last position for a few tokens. Prompts have the
template question-first, of questions made up here; digits of numbers are tokens of their own.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

PROMPTS = [
    f"{question}\nHere are the options:\n(A)A great deal, (B)A fair amount, (C)Not much\n"
    f"How would someone from {country} answer this question? They would answer ("
    for question in ("How much do friends matter in your life?",
                     "On a scale from 1 to 10, how happy are you? 你好, naïve café - 2022!")
    for country in ("Japan", "Nigeria", "Côte d'Ivoire")
]


def main():
    name, path = sys.argv[1], Path(sys.argv[2])
    tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
    model = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, dtype=torch.float32)
    chosen = [tokenizer.encode("(" + letter)[-1] for letter in "ABC"] + [0, 1000, 40000]
    records = []
    for prompt in PROMPTS:
        tokens = tokenizer.encode(prompt)
        with torch.no_grad():
            logits = model(torch.tensor([tokens])).logits[0, -1, chosen]
        records.append({"prompt": prompt, "tokens": tokens, "logits": logits.tolist()})
    target = Path(__file__).resolve().parents[2] / "tests/golden/gguf" / f"{name}.json"
    target.write_text(json.dumps({"chosen": chosen, "prompts": records}, ensure_ascii=False) + "\n",
                      encoding="utf-8")


if __name__ == "__main__":
    main()
