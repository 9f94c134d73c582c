"""Checks an adapter that canvass wrote: does PEFT read it, and do the predictions agree?

    python tools/oracle/check_adapter.py MODEL_DIR ADAPTER_DIR SURVEY.jsonl PREDICTIONS.jsonl

MODEL_DIR is a model that `canvass init` made, PREDICTIONS.jsonl what `canvass predict --precision
fp32` said with the adapter about SURVEY.jsonl. Nothing of canvass runs here: prompts are written
anew after the template's wording, tokenized by SentencePiece, the model is loaded by transformers
in float32 and the adapter by PEFT. Exits 1 where a logit of an option differs by more than 1e-4,
or a tensor of the adapter is left over.
"""

import argparse
import json
import sys
import warnings
from pathlib import Path

import sentencepiece
import torch
from peft import PeftModel, get_peft_model_state_dict
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM
from transformers.utils.logging import disable_progress_bar

TOLERANCE = 1e-4

TEMPLATES = {
    "paper": "How would {phrase} answer the following question:\n\n{text} \nHere are the options: \n"
    "{options} If had to select one of the options, my answer would be (",
    "question-first": "{text}\nHere are the options:\n{options}\nHow would {phrase} answer this "
    "question? They would answer (",
}


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def load_adapted(model_folder, adapter_folder):
    """The model with its adapter; fails unless PEFT took over every tensor of the file, and
    found every tensor it wanted there."""
    base = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # PEFT only warns of missing tensors
        model = PeftModel.from_pretrained(base, adapter_folder)
    loaded = get_peft_model_state_dict(model)
    stored = load_file(adapter_folder / "adapter_model.safetensors")
    if loaded.keys() != stored.keys():
        sys.exit(f"PEFT and the file differ in: {sorted(loaded.keys() ^ stored.keys())}")
    for name, tensor in stored.items():
        if not torch.equal(loaded[name], tensor):
            sys.exit(f"PEFT changed {name}")
    return model.eval()


def greatest_difference(model, tokenizer, survey, predictions):
    questions = {line["question"]["id"]: line["question"] for line in survey if "question" in line}
    people = {line["population"]["id"]: line["population"] for line in survey if "population" in line}
    template = TEMPLATES[predictions[0]["template"]]
    greatest = 0.0
    for prediction in predictions[1:]:
        question = questions[prediction["question"]]
        options = ", ".join(f"({option['label']}){option['text']}" for option in question["options"])
        prompt = template.format(phrase=people[prediction["population"]]["phrase"],
                                 text=question["text"], options=options)
        tokens = tokenizer.encode(prompt)
        labels = [tokenizer.encode(prompt + label)[len(tokens)] for label in prediction["labels"]]
        ids = torch.tensor([[tokenizer.bos_id(), *tokens]])
        with torch.no_grad():
            logits = model(ids).logits[0, -1, labels]
        difference = (logits - torch.tensor(prediction["logits"])).abs().max().item()
        greatest = max(greatest, difference)
    return greatest


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("model", "adapter", "survey", "predictions"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    disable_progress_bar()
    model = load_adapted(arguments.model, arguments.adapter)
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(arguments.model / "tokenizer.model"))
    predictions = read_lines(arguments.predictions)
    difference = greatest_difference(model, tokenizer, read_lines(arguments.survey), predictions)
    print(f"{len(predictions) - 1} predictions, greatest difference of a logit {difference:.2e}")
    if difference > TOLERANCE:
        sys.exit(f"more than {TOLERANCE}")


if __name__ == "__main__":
    main()
