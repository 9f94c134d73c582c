"""Times transformers on the prompts of a survey, as its users run it.

    python bench/compare/peers.py WAY TASK MODEL_DIR PROMPTS.json [--items N] [--threads N]
        [--precision bf16|fp32] [--device cpu|cuda] [--valid PROMPTS.json] [--epochs N]
        [--learning-rate F]

WAY  padded  as the reference code of arXiv 2502.07068 does: every prompt padded to 256 tokens,
             batches of 8 in file order, logits of every position
     expert  scaled-dot-product attention, sorted by length, padded to the longest of the batch,
             logits of the last position only
TASK score, or train: LoRA of rank 8 on q_proj and v_proj, kl on the option letters, AdamW,
     16 items an update; with --valid the mean loss on those prompts after each epoch

On a GPU the expert's batches are larger, and one batch warms it up before the clock starts; the
peak is that of the GPU's memory.

PROMPTS.json is a list of {"prompt", "labels", "shares"}. Prints one JSON line: items, seconds of
computing (without loading and tokenizing) and the tokens that were computed; of scoring also
"distributions" in the prompts' order; with --valid also "history": seconds of training so far and
the validation loss, epoch by epoch.
"""

import argparse
import json
import resource
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

from prompts import read_items

PAD = 256
PRECISIONS = {"bf16": torch.bfloat16, "fp32": torch.float32}


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=["padded", "expert"])
    parser.add_argument("task", choices=["score", "train"])
    parser.add_argument("model")
    parser.add_argument("prompts")
    parser.add_argument("--items", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", choices=["bf16", "fp32"], default="bf16")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--valid")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--learning-rate", type=float, default=1e-4)
    return parser.parse_args()


def batches(items, size, way):
    if way == "expert":
        items = sorted(items, key=lambda item: len(item["ids"]))
    for start in range(0, len(items), size):
        yield items[start : start + size]


def option_logits(model, batch, way):
    """[items, options] of a batch padded on the left, and the tokens it took."""
    length = PAD if way == "padded" else max(len(item["ids"]) for item in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, item in enumerate(batch):
        ids[row, length - len(item["ids"]) :] = torch.tensor(item["ids"])
        mask[row, length - len(item["ids"]) :] = 1
    keep = {} if way == "padded" else {"logits_to_keep": 1}
    logits = model(input_ids=ids.to(model.device), attention_mask=mask.to(model.device),
                   use_cache=False, **keep).logits[:, -1]
    return [logits[row, item["labels"]].float() for row, item in enumerate(batch)], ids.numel()


def score(model, items, way):
    tokens = 0
    expert = 32 if model.device.type == "cpu" else 128
    with torch.no_grad():
        for batch in batches(items, 8 if way == "padded" else expert, way):
            rows, count = option_logits(model, batch, way)
            for row, item in zip(rows, batch):
                item["predicted"] = row.softmax(0).tolist()
            tokens += count
    return tokens


def divergences(rows, items):
    return [torch.nn.functional.kl_div(
        row.log_softmax(0), torch.tensor(item["shares"], device=row.device), reduction="sum")
        for row, item in zip(rows, items)]


def train_epoch(model, items, way, optimizer):
    tokens = 0
    size = 8 if model.device.type == "cpu" else 16
    model.train()
    for batch in batches(items, 16, way):
        for start in range(0, len(batch), size):
            part = batch[start : start + size]
            rows, count = option_logits(model, part, way)
            tokens += count
            (sum(divergences(rows, part)) / len(batch)).backward()
        optimizer.step()
        optimizer.zero_grad()
    return tokens


def mean_loss(model, items, way):
    model.eval()
    losses = []
    with torch.no_grad():
        for batch in batches(items, 16, way):
            losses += divergences(option_logits(model, batch, way)[0], batch)
    return float(sum(losses)) / len(items)


def train(model, items, valid, arguments):
    """The tokens it took, and the history where there is something to validate on."""
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad],
                                  lr=arguments.learning_rate)
    tokens, seconds, history = 0, 0.0, []
    for _ in range(arguments.epochs):
        start = now(arguments.device)
        tokens += train_epoch(model, items, arguments.way, optimizer)
        seconds += now(arguments.device) - start
        if valid:
            history.append({"seconds": seconds,
                            "valid_loss": mean_loss(model, valid, arguments.way)})
    return tokens, history


def now(device):
    """The time when the device has done all that it was asked for."""
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


def peak_mb(device):
    if device == "cuda":
        return torch.cuda.max_memory_allocated() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    arguments = parse()
    torch.set_num_threads(arguments.threads)
    tokenizer = AutoTokenizer.from_pretrained(arguments.model)
    items = read_items(arguments.prompts, arguments.items, tokenizer.encode)
    model = AutoModelForCausalLM.from_pretrained(
        arguments.model, dtype=PRECISIONS[arguments.precision],
        attn_implementation="sdpa").to(arguments.device)
    if arguments.task == "train" or arguments.way == "padded":
        model = get_peft_model(model, LoraConfig(
            r=8, lora_alpha=32, lora_dropout=0.05, target_modules=["q_proj", "v_proj"]))
    valid = read_items(arguments.valid, None, tokenizer.encode) if arguments.valid else []
    history, distributions = [], []
    if arguments.device == "cuda":
        score(model, items[:8], arguments.way)
    start = now(arguments.device)
    if arguments.task == "score":
        tokens = score(model, items, arguments.way)
        distributions = [item["predicted"] for item in items]
    else:
        tokens, history = train(model, items, valid, arguments)
    seconds = now(arguments.device) - start
    print(json.dumps({"items": len(items), "seconds": seconds, "tokens": tokens,
                      "history": history, "distributions": distributions,
                      "peak_mb": peak_mb(arguments.device)}))


if __name__ == "__main__":
    main()
