"""Writes small random checkpoints with golden values: tests/golden/models/<name>/.

    python tools/oracle/checkpoints.py [NAME...] [--output FOLDER]

See README.md beside this file for what each folder holds.
"""

import argparse
import json
import shutil
import warnings
import zlib
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM
from transformers.utils.logging import disable_progress_bar

from model_families import CHECKPOINTS, VOCABULARY, Checkpoint
from model_golden import Examples, full_golden, gradients_of, lora_golden, with_random_lora

REPOSITORY = Path(__file__).resolve().parents[2]


def generator_for(name, purpose):
    """A random stream of its own for each purpose: adding a checkpoint changes no other."""
    return torch.Generator().manual_seed(zlib.crc32(f"{name}/{purpose}".encode()))


def write_json(path, content):
    path.write_text(json.dumps(content, indent=2) + "\n")


def write_golden_json(path, content):
    """One key a line: the lists are long."""
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def randomise(model, generator):
    """Draws every parameter, norms and biases too, large enough that each one matters."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if "norm" in name:
            value = 1.0 + 0.3 * noise
        elif name.endswith("bias"):
            value = 0.3 * noise
        elif "embed_tokens" in name or "lm_head" in name:
            value = 0.5 * noise
        else:
            value = 0.3 * noise
        parameter.data.copy_(value)


def write_checkpoint(checkpoint: Checkpoint, folder: Path):
    """config.json and the weights as save_pretrained writes them."""
    write_json(folder / "config.json", checkpoint.config)
    config = AutoConfig.from_pretrained(folder)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    randomise(model, generator_for(checkpoint.name, "weights"))
    model.to(getattr(torch, checkpoint.config["torch_dtype"]))
    model.save_pretrained(folder, max_shard_size=checkpoint.max_shard_size)
    (folder / "generation_config.json").unlink(missing_ok=True)
    if not checkpoint.new_style_config:
        write_json(folder / "config.json", checkpoint.config)


def load(folder, **config_changes):
    """The checkpoint in float32; fails where a weight is missing, unexpected or misshapen."""
    config = AutoConfig.from_pretrained(folder)
    if config_changes:
        content = json.loads((folder / "config.json").read_text()) | config_changes
        config = type(config).from_dict(content)
    model, report = AutoModelForCausalLM.from_pretrained(
        folder,
        config=config,
        dtype=torch.float32,
        attn_implementation="eager",
        output_loading_info=True,
    )
    faults = {key: value for key, value in report.items() if value}
    assert not faults, f"{folder}: {faults}"
    return model.eval()


def assert_options_matter(checkpoint, folder, examples, model):
    """Each override of the config must change some last logit visibly."""
    expected, _ = examples.logits(model, all_positions=False)
    for changes in checkpoint.must_matter:
        found, _ = examples.logits(load(folder, **changes), all_positions=False)
        change = max((a[-1] - b[-1]).abs().max().item() for a, b in zip(expected, found))
        assert change > 1e-2, f"{checkpoint.name}: {changes} changes the logits by {change} only"


def assert_gradients_matter(checkpoint, gradients):
    for name, gradient in gradients.items():
        assert gradient.norm() > 1e-4, f"{checkpoint.name}: {name} has next to no gradient"


def write_adapter(checkpoint, folder, examples):
    """The adapter folder as PEFT saves it; returns the logits with it applied."""
    chosen = checkpoint.adapter
    adapted = with_random_lora(
        load(folder),
        generator_for(checkpoint.name, "adapter"),
        chosen.rank,
        chosen.alpha,
        chosen.targets,
        chosen.use_rslora,
    )
    target = folder / "adapter"
    adapted.save_pretrained(target, save_embedding_layers=False)
    (target / "README.md").unlink(missing_ok=True)
    settings = json.loads((target / "adapter_config.json").read_text())
    settings["target_modules"].sort()  # PEFT keeps a set, whose order changes between runs
    write_json(target / "adapter_config.json", settings)
    return examples.logits(adapted, all_positions=False)[0]


def write_golden(checkpoint: Checkpoint, folder: Path):
    """golden.json and golden.safetensors, from the checkpoint as it was stored."""
    model = load(folder)
    examples = Examples(generator_for(checkpoint.name, "examples"), VOCABULARY)
    assert_options_matter(checkpoint, folder, examples, model)
    logits, starts = examples.logits(model, checkpoint.all_positions)
    with torch.no_grad():
        losses = {key: value.item() for key, value in examples.mean_losses(model).items()}
    gradients = gradients_of(model, examples)
    assert_gradients_matter(checkpoint, gradients)

    golden = {
        "sequences": examples.sequences,
        "labels": examples.labels,
        "targets": examples.targets,
        "logits_from": starts,
        "losses": losses,
    }
    tensors = {f"logits.{i}": rows for i, rows in enumerate(logits)}
    tensors |= {f"grad.{name}": gradient for name, gradient in gradients.items()}
    golden["lora"], lora_tensors = lora_golden(
        load(folder), examples, generator_for(checkpoint.name, "lora")
    )
    tensors |= lora_tensors
    if checkpoint.full_fine_tuning:
        golden["full"], full_tensors = full_golden(load(folder), examples)
        tensors |= full_tensors
    if checkpoint.adapter:
        adapted = write_adapter(checkpoint, folder, examples)
        golden["adapter_logits_from"] = [len(s) - len(a) for s, a in zip(examples.sequences, adapted)]
        tensors |= {f"adapter.logits.{i}": rows for i, rows in enumerate(adapted)}
    write_golden_json(folder / "golden.json", golden)
    save_file({k: v.contiguous() for k, v in tensors.items()}, folder / "golden.safetensors")


def size_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="checkpoints to write; all where none is named")
    parser.add_argument("--output", type=Path, default=REPOSITORY / "tests/golden/models")
    arguments = parser.parse_args()
    known = [checkpoint.name for checkpoint in CHECKPOINTS]
    for name in arguments.names:
        if name not in known:
            parser.error(f"no checkpoint named {name}; there are {', '.join(known)}")

    disable_progress_bar()
    warnings.simplefilter("error", UserWarning)
    warnings.simplefilter("ignore", FutureWarning)  # PEFT's calls, not ours
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for checkpoint in CHECKPOINTS:
        if arguments.names and checkpoint.name not in arguments.names:
            continue
        folder = arguments.output / checkpoint.name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write_checkpoint(checkpoint, folder)
        write_golden(checkpoint, folder)
        print(f"{checkpoint.name:24} {size_of(folder) / 1e3:8.0f} kB")
    print(f"{'in all':24} {size_of(arguments.output) / 1e3:8.0f} kB")


if __name__ == "__main__":
    main()
