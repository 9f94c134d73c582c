"""What transformers writes, greedily and with its key-value cache, after the golden sequences of
every checkpoint of tests/golden/models: tests/golden/generation.json. Run it after checkpoints.py.
"""

import json
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "golden"
NEW_TOKENS = 16


def write_on(model, sequence):
    written = model.generate(
        torch.tensor([sequence]),
        attention_mask=torch.ones(1, len(sequence), dtype=torch.long),
        max_new_tokens=NEW_TOKENS,
        min_new_tokens=NEW_TOKENS,
        do_sample=False,
        pad_token_id=0,
    )
    return written[0, len(sequence) :].tolist()


def main():
    golden = {}
    for folder in sorted((GOLDEN / "models").iterdir()):
        model = AutoModelForCausalLM.from_pretrained(
            folder, torch_dtype=torch.float32, attn_implementation="eager"
        ).eval()
        model.generation_config.eos_token_id = None
        sequences = json.loads((folder / "golden.json").read_text())["sequences"]
        with torch.no_grad():
            golden[folder.name] = [write_on(model, sequence) for sequence in sequences]
    (GOLDEN / "generation.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
