"""Checks an adapter that canvass wrote: does PEFT read it, and do the logits agree?

    python tools/oracle/check_adapter.py MODEL_DIR ADAPTER_DIR PREDICTIONS.json

PREDICTIONS.json holds {"sequences": [[token ids]...], "labels": [[token ids]...],
"logits": [[...]...]}: for each sequence the logits of its label tokens at its last position,
as canvass computed them with the adapter. The model is loaded by transformers in float32, the
adapter by PEFT. Exits 1 where a logit differs by more than 1e-4, or a tensor is left over.
"""

import argparse
import json
import sys
import warnings
from pathlib import Path

import torch
from peft import PeftModel, get_peft_model_state_dict
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM
from transformers.utils.logging import disable_progress_bar

from model_golden import forward

TOLERANCE = 1e-4


def load_adapted(model_folder, adapter_folder):
    """The model with its adapter; fails unless PEFT took over every tensor of the file, and
    found every tensor it wanted there."""
    model = AutoModelForCausalLM.from_pretrained(
        model_folder, dtype=torch.float32, attn_implementation="eager"
    )
    adapted = PeftModel.from_pretrained(model, adapter_folder).eval()
    stored = load_file(Path(adapter_folder) / "adapter_model.safetensors")
    loaded = get_peft_model_state_dict(adapted, save_embedding_layers=False)
    if stored.keys() != loaded.keys():
        sys.exit(f"PEFT and the file differ in {sorted(stored.keys() ^ loaded.keys())}")
    for name, tensor in stored.items():
        if not torch.equal(tensor.float(), loaded[name].float()):
            sys.exit(f"PEFT holds other values than the file for {name}")
    return adapted


def greatest_difference(model, predictions):
    """Over all sequences and labels; NaN anywhere counts as infinitely different."""
    sequences, labels, logits = (predictions[key] for key in ("sequences", "labels", "logits"))
    if not sequences or not len(sequences) == len(labels) == len(logits):
        sys.exit("sequences, labels and logits must be as many as each other, and at least one")
    greatest = 0.0
    with torch.no_grad():
        for sequence, tokens, values in zip(sequences, labels, logits):
            if not tokens or len(tokens) != len(values):
                sys.exit(f"{len(tokens)} labels but {len(values)} logits in one entry")
            difference = (forward(model, sequence)[-1][tokens] - torch.tensor(values)).abs()
            greatest = max(greatest, difference.nan_to_num(nan=torch.inf).max().item())
    return greatest


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model_folder")
    parser.add_argument("adapter_folder")
    parser.add_argument("predictions", type=Path)
    arguments = parser.parse_args()
    disable_progress_bar()
    warnings.simplefilter("ignore", FutureWarning)  # PEFT's calls, not ours
    adapted = load_adapted(arguments.model_folder, arguments.adapter_folder)
    greatest = greatest_difference(adapted, json.loads(arguments.predictions.read_text()))
    print(f"greatest difference of a logit: {greatest:.3g} (at most {TOLERANCE:g} allowed)")
    sys.exit(1 if greatest > TOLERANCE else 0)


if __name__ == "__main__":
    main()
