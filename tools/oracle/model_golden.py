"""Golden values of one checkpoint: logits, losses, gradients, LoRA and full fine-tuning.

Everything runs in float32 with eager attention, one sequence at a time, so that no padding
and no batching can hide a fault.
"""

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict

LAST_POSITIONS = 8

OPTIMIZER = {"betas": [0.9, 0.999], "eps": 1e-8, "weight_decay": 0.01}
GRADIENT_CLIP_NORM = 1.0


def draw_sequences(generator, vocabulary):
    """Seven token sequences of 5 to 40 tokens that share prefixes in all the ways a prompt
    forest meets: a group with a long prefix in common, one that is a prefix of another, a
    pair that differs by one token in the middle, and one alone."""

    def draw(length):
        return torch.randint(3, vocabulary, (length,), generator=generator).tolist()

    shared = draw(24)
    second_tail = draw(9)
    pair = draw(17)
    other = list(pair)
    other[8] = 3 + (pair[8] - 3 + 1) % (vocabulary - 3)
    return [
        shared + draw(4),
        shared + second_tail,
        shared + draw(16),
        shared + second_tail[:2],
        pair,
        other,
        draw(5),
    ]


def draw_labels_and_targets(generator, vocabulary, sequences):
    """Two to six different label tokens a sequence, and a distribution over them; with four
    options and more, one of them has probability zero."""
    labels, targets = [], []
    for index in range(len(sequences)):
        options = 2 + index % 5
        labels.append((3 + torch.randperm(vocabulary - 3, generator=generator)[:options]).tolist())
        weights = torch.rand(options, generator=generator, dtype=torch.float64) + 0.05
        if options >= 4:
            weights[index % options] = 0.0
        targets.append((weights / weights.sum()).tolist())
    return labels, targets


def forward(model, sequence):
    """Logits [length, vocabulary] of one sequence."""
    return model(input_ids=torch.tensor([sequence]), use_cache=False).logits[0]


def losses_of(logits, labels, target):
    """All five losses of one sequence, from the logits [vocabulary] of its last position."""
    log_q = torch.log_softmax(logits[labels], dim=0)
    p = torch.tensor(target, dtype=log_q.dtype)
    log_p = torch.where(p > 0, p, 1.0).log()
    q = log_q.exp()
    log_middle = ((p + q) / 2).log()
    kl = (p * (log_p - log_q)).sum()
    js = ((p * (log_p - log_middle)).sum() + (q * (log_q - log_middle)).sum()) / 2
    return {
        "kl": kl,
        "kl-legacy": kl / len(labels),
        "js": js,
        "emd": (p.cumsum(0) - q.cumsum(0)).abs().sum() / (len(labels) - 1),
        "ce": -(p * log_q).sum(),
    }


class Examples:
    """The sequences with their labels and observed distributions."""

    def __init__(self, generator, vocabulary):
        self.sequences = draw_sequences(generator, vocabulary)
        self.labels, self.targets = draw_labels_and_targets(
            generator, vocabulary, self.sequences
        )

    def mean_losses(self, model):
        """Each loss, averaged over the sequences; differentiable."""
        all_losses = [
            losses_of(forward(model, sequence)[-1], labels, target)
            for sequence, labels, target in zip(self.sequences, self.labels, self.targets)
        ]
        return {key: torch.stack([each[key] for each in all_losses]).mean() for key in all_losses[0]}

    def logits(self, model, all_positions):
        """Logits of each sequence, and the position from which each starts."""
        starts = [0 if all_positions else max(0, len(s) - LAST_POSITIONS) for s in self.sequences]
        with torch.no_grad():
            kept = [forward(model, s)[start:] for s, start in zip(self.sequences, starts)]
        return kept, starts


def gradients_of(model, examples):
    """Gradient of the mean kl loss for every parameter that requires one."""
    model.zero_grad()
    examples.mean_losses(model)["kl"].backward()
    return {
        name: parameter.grad.clone()
        for name, parameter in model.named_parameters()
        if parameter.requires_grad
    }


def train(model, examples, steps, learning_rate):
    """AdamW at a constant rate on the mean kl loss of all sequences in every step. Returns the
    record for golden.json; loss_curve[i] and gradient_norm_curve[i] are taken before update i,
    the norms before clipping."""
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        parameters,
        lr=learning_rate,
        betas=tuple(OPTIMIZER["betas"]),
        eps=OPTIMIZER["eps"],
        weight_decay=OPTIMIZER["weight_decay"],
    )
    loss_curve, norm_curve = [], []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = examples.mean_losses(model)["kl"]
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(parameters, GRADIENT_CLIP_NORM)
        optimizer.step()
        loss_curve.append(loss.item())
        norm_curve.append(norm.item())
    with torch.no_grad():
        loss_after = examples.mean_losses(model)["kl"].item()
    return {
        "loss": "kl",
        "learning_rate": learning_rate,
        **OPTIMIZER,
        "gradient_clip_norm": GRADIENT_CLIP_NORM,
        "steps": steps,
        "loss_curve": loss_curve,
        "gradient_norm_curve": norm_curve,
        "loss_after": loss_after,
    }


def with_random_lora(model, generator, rank, alpha, targets, use_rslora=False):
    """The model wrapped by PEFT, with A and B both random: a zero B would hide A."""
    settings = LoraConfig(
        task_type="CAUSAL_LM",
        r=rank,
        lora_alpha=alpha,
        lora_dropout=0.0,
        target_modules=targets,
        use_rslora=use_rslora,
    )
    adapted = get_peft_model(model, settings)
    adapted.peft_config["default"].base_model_name_or_path = "canvass/golden"  # no local path
    for name, parameter in adapted.named_parameters():
        if parameter.requires_grad:
            deviation = 0.2 if ".lora_A." in name else 0.1
            parameter.data.copy_(deviation * torch.randn(parameter.shape, generator=generator))
    return adapted


def lora_state(adapted):
    """The adapter's tensors under the names of adapter_model.safetensors."""
    state = get_peft_model_state_dict(adapted, save_embedding_layers=False)
    return {name: tensor.detach().clone() for name, tensor in state.items()}


def lora_golden(model, examples, generator):
    """LoRA training: the record for golden.json and the tensors."""
    fused = any(name.endswith("qkv_proj") for name, _ in model.named_modules())
    rank, alpha, targets = 4, 8, ["qkv_proj"] if fused else ["q_proj", "v_proj"]
    adapted = with_random_lora(model, generator, rank, alpha, targets)
    tensors = {f"lora.initial.{name}": tensor for name, tensor in lora_state(adapted).items()}
    for name, gradient in gradients_of(adapted, examples).items():
        tensors["lora.gradient." + name.replace(".default.", ".")] = gradient
    record = {"r": rank, "alpha": alpha, "dropout": 0, "targets": targets}
    record |= train(adapted, examples, steps=20, learning_rate=1e-3)
    tensors |= {f"lora.final.{name}": tensor for name, tensor in lora_state(adapted).items()}
    return record, tensors


def full_golden(model, examples):
    """Full fine-tuning: the record for golden.json and the final parameters."""
    record = train(model, examples, steps=5, learning_rate=1e-3)
    tensors = {f"full.final.{name}": p.detach().clone() for name, p in model.named_parameters()}
    return record, tensors
