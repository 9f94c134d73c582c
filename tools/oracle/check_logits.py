"""Checks canvass's option logits of a real model against those of transformers.

    python tools/oracle/check_logits.py MODEL SURVEY.jsonl PREDICTIONS.jsonl

MODEL is a Hugging Face folder, or a GGUF file, which transformers dequantizes itself.

PREDICTIONS.jsonl is what `canvass predict --precision fp32 --chat none` said about items of
SURVEY.jsonl with the template paper or question-first. Nothing of canvass runs here: prompts are
written anew after the template's wording, and transformers tokenizes them and computes in float32.
Exits 1 where a logit of an option, or the share of the probability on all options, differs by more
than 1e-3.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils.logging import disable_progress_bar

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench" / "compare"))
from prompts import write_prompt  # noqa: E402

TOLERANCE = 1e-3


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def load(path):
    """Tokenizer and model, in float32."""
    where = (path.parent, {"gguf_file": path.name}) if path.is_file() else (path, {})
    tokenizer = AutoTokenizer.from_pretrained(where[0], **where[1])
    model = AutoModelForCausalLM.from_pretrained(where[0], dtype=torch.float32, **where[1])
    return tokenizer, model.eval()


def differences(model, tokenizer, prompt, prediction):
    """Of the logits, the greatest, and of the share on the options; and that share."""
    tokens = tokenizer.encode(prompt)
    labels = [tokenizer.encode(prompt + label)[len(tokens)] for label in prediction["labels"]]
    with torch.no_grad():
        logits = model(torch.tensor([tokens])).logits[0, -1]
    mass = logits.softmax(0)[labels].sum().item()
    of_logits = (logits[labels] - torch.tensor(prediction["logits"])).abs().max().item()
    return of_logits, abs(mass - prediction["option_mass"]), mass


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("model", "survey", "predictions"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    disable_progress_bar()
    header, *predictions = read_lines(arguments.predictions)
    survey = read_lines(arguments.survey)
    questions = {line["question"]["id"]: line["question"] for line in survey if "question" in line}
    people = {line["population"]["id"]: line["population"] for line in survey if "population" in line}
    tokenizer, model = load(arguments.model)
    rows = [differences(model, tokenizer,
                        write_prompt(header["template"], people[prediction["population"]],
                                     questions[prediction["question"]]), prediction)
            for prediction in predictions]
    of_logits, of_masses, masses = zip(*rows)
    print(f"{len(rows)} predictions: logits differ by at most {max(of_logits):.1e}, the share on "
          f"the options by {max(of_masses):.1e}; mean of it {sum(masses) / len(masses):.2f}")
    if max(*of_logits, *of_masses) > TOLERANCE:
        sys.exit(f"more than {TOLERANCE}")


if __name__ == "__main__":
    main()
