"""The small checkpoints: one entry a folder of tests/golden/models.

Each entry is a config.json as the real files of its family look, in small sizes. Values
that a loader could ignore unnoticed are set so that ignoring them changes the logits:
checkpoints.py asserts this for every override listed under `must_matter`.
"""

from dataclasses import dataclass, field

VOCABULARY = 128

SMALL = {
    "vocab_size": VOCABULARY,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "hidden_act": "silu",
    "initializer_range": 0.02,
    "attention_dropout": 0.0,
    "use_cache": True,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "torch_dtype": "float32",
    "transformers_version": "4.45.0",
}


@dataclass
class Adapter:
    """How the adapter folder beside a checkpoint is made (arguments of peft.LoraConfig)."""

    rank: int
    alpha: int
    targets: list[str]
    use_rslora: bool = False


@dataclass
class Checkpoint:
    """One folder: its config.json and what is stored and computed beside it."""

    name: str
    config: dict
    new_style_config: bool = False  # as the installed transformers writes it
    max_shard_size: str = "1GB"
    all_positions: bool = False  # golden logits of every position, not of the last ones
    full_fine_tuning: bool = False
    adapter: Adapter | None = None
    must_matter: list[dict] = field(default_factory=list)


def llama(**changes) -> dict:
    family = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "num_key_value_heads": 4,
        "max_position_embeddings": 128,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "rope_scaling": None,
        "attention_bias": False,
        "pretraining_tp": 1,
        "tie_word_embeddings": False,
    }
    return SMALL | family | changes


def mistral(**changes) -> dict:
    family = {
        "architectures": ["MistralForCausalLM"],
        "model_type": "mistral",
        "num_key_value_heads": 2,
        "max_position_embeddings": 128,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "tie_word_embeddings": False,
    }
    return SMALL | family | changes


def qwen2(**changes) -> dict:
    # A sliding window smaller than the sequences, switched off: it must be ignored.
    family = {
        "architectures": ["Qwen2ForCausalLM"],
        "model_type": "qwen2",
        "num_key_value_heads": 2,
        "max_position_embeddings": 128,
        "max_window_layers": 1,
        "rms_norm_eps": 1e-6,
        "rope_theta": 1000000.0,
        "sliding_window": 8,
        "use_sliding_window": False,
        "tie_word_embeddings": True,
    }
    return SMALL | family | changes


def qwen3(**changes) -> dict:
    family = {
        "architectures": ["Qwen3ForCausalLM"],
        "model_type": "qwen3",
        "num_key_value_heads": 2,
        "head_dim": 12,
        "max_position_embeddings": 128,
        "max_window_layers": 2,
        "rms_norm_eps": 1e-6,
        "rope_theta": 1000000.0,
        "rope_scaling": None,
        "sliding_window": None,
        "use_sliding_window": False,
        "attention_bias": False,
        "tie_word_embeddings": True,
    }
    return SMALL | family | changes


def gemma1(**changes) -> dict:
    family = {
        "architectures": ["GemmaForCausalLM"],
        "model_type": "gemma",
        "num_key_value_heads": 2,
        "head_dim": 12,
        "hidden_act": "gelu_pytorch_tanh",
        "hidden_activation": None,
        "max_position_embeddings": 128,
        "rms_norm_eps": 1e-6,
        "rope_theta": 10000.0,
        "attention_bias": False,
    }
    return SMALL | family | changes


def gemma(version: int, **changes) -> dict:
    family = {
        "architectures": [f"Gemma{version}ForCausalLM"],
        "model_type": "gemma2" if version == 2 else "gemma3_text",
        "num_hidden_layers": 3,
        "num_key_value_heads": 2,
        "head_dim": 12,
        "hidden_activation": "gelu_pytorch_tanh",
        "max_position_embeddings": 128,
        "rms_norm_eps": 1e-6,
        "rope_theta": 10000.0,
        "query_pre_attn_scalar": 20,
        "sliding_window": 8,
        "attention_bias": False,
        "tie_word_embeddings": True,
    }
    common = {key: value for key, value in SMALL.items() if key != "hidden_act"}
    return common | family | changes


def phi3(**changes) -> dict:
    family = {
        "architectures": ["Phi3ForCausalLM"],
        "model_type": "phi3",
        "num_key_value_heads": 2,
        "max_position_embeddings": 128,
        "original_max_position_embeddings": 128,
        "resid_pdrop": 0.0,
        "embd_pdrop": 0.0,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "rope_scaling": None,
        "sliding_window": None,
        "attention_bias": False,
        "tie_word_embeddings": False,
        "pad_token_id": 0,
    }
    return SMALL | family | changes


def olmo2(**changes) -> dict:
    family = {
        "architectures": ["Olmo2ForCausalLM"],
        "model_type": "olmo2",
        "num_key_value_heads": 2,
        "max_position_embeddings": 128,
        "rms_norm_eps": 1e-6,
        "rope_theta": 500000.0,
        "rope_scaling": None,
        "attention_bias": False,
        "tie_word_embeddings": False,
    }
    return SMALL | family | changes


def smollm3(**changes) -> dict:
    family = {
        "architectures": ["SmolLM3ForCausalLM"],
        "model_type": "smollm3",
        "num_key_value_heads": 2,
        "max_position_embeddings": 128,
        "rms_norm_eps": 1e-6,
        "rope_theta": 50000.0,
        "rope_scaling": None,
        "no_rope_layers": [1, 0],
        "no_rope_layer_interval": 2,
        "use_sliding_window": False,
        "sliding_window": None,
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": True,
        "pad_token_id": 0,
    }
    return SMALL | family | changes


# With head_dim 16 and these numbers the wavelengths are 6, 32, 167, ...: one below, one
# inside and the rest above the band (16, 64) in which llama3 scaling interpolates.
LLAMA3_SCALING = {
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
    "rope_type": "llama3",
}

ALL_LINEAR = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]

UNSCALED = {"rope_scaling": None}

CHECKPOINTS = [
    Checkpoint(
        "llama2",
        llama(),
        all_positions=True,
        full_fine_tuning=True,
        adapter=Adapter(rank=4, alpha=16, targets=ALL_LINEAR),
        must_matter=[{"rope_theta": 500000.0}],
    ),
    Checkpoint(
        "llama3",
        llama(
            num_key_value_heads=2,
            head_dim=16,
            mlp_bias=False,
            max_position_embeddings=512,
            rope_theta=500000.0,
            rope_scaling=LLAMA3_SCALING,
            tie_word_embeddings=True,
        ),
        all_positions=True,
        must_matter=[
            UNSCALED,
            {"rope_theta": 10000.0},
            {"rope_scaling": LLAMA3_SCALING | {"low_freq_factor": 2.0}},
            {"rope_scaling": LLAMA3_SCALING | {"high_freq_factor": 2.0}},
            {"rope_scaling": {"rope_type": "linear", "factor": 8.0}},
        ],
    ),
    Checkpoint(
        "llama-linear-sharded",
        llama(rope_scaling={"rope_type": "linear", "factor": 4.0}),
        max_shard_size="40KB",
        must_matter=[UNSCALED],
    ),
    Checkpoint(
        "vicuna-linear-float16",
        llama(
            rope_scaling={"type": "linear", "factor": 4.0},
            torch_dtype="float16",
            pad_token_id=0,
        ),
        must_matter=[UNSCALED],
    ),
    Checkpoint(
        "llama-biases",
        llama(attention_bias=True, mlp_bias=True, num_key_value_heads=2, rms_norm_eps=1e-2),
        must_matter=[{"rms_norm_eps": 1e-5}],
    ),
    Checkpoint(
        "smollm",
        llama(
            hidden_size=36,
            num_attention_heads=3,
            num_key_value_heads=1,
            tie_word_embeddings=True,
            rope_interleaved=False,
            is_llama_config=True,
        ),
    ),
    Checkpoint(
        "mistral-window",
        mistral(sliding_window=8),
        must_matter=[{"sliding_window": None}, {"sliding_window": 9}],
    ),
    Checkpoint("mistral-no-window", mistral(sliding_window=None), new_style_config=True),
    Checkpoint(
        "qwen2",
        qwen2(),
        all_positions=True,
        full_fine_tuning=True,
        adapter=Adapter(rank=4, alpha=8, targets=["q_proj", "v_proj"], use_rslora=True),
        must_matter=[{"use_sliding_window": True}],
    ),
    Checkpoint("qwen2-untied", qwen2(tie_word_embeddings=False)),
    Checkpoint("qwen2-bfloat16", qwen2(torch_dtype="bfloat16")),
    Checkpoint("qwen3", qwen3(), new_style_config=True),
    Checkpoint(
        "llama-yarn",
        llama(
            head_dim=16,
            max_position_embeddings=256,
            rope_scaling={"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64},
        ),
        must_matter=[UNSCALED, {"rope_scaling": {"rope_type": "linear", "factor": 4.0}}],
    ),
    Checkpoint("gemma", gemma1(), must_matter=[{"rope_theta": 100.0}]),
    Checkpoint(
        "gemma2",
        gemma(2, attn_logit_softcapping=2.0, final_logit_softcapping=5.0),
        must_matter=[
            {"attn_logit_softcapping": None},
            {"final_logit_softcapping": None},
            {"sliding_window": 9},
            {"query_pre_attn_scalar": 12},
        ],
    ),
    Checkpoint(
        "gemma3",
        gemma(
            3,
            rope_theta=1000000.0,
            rope_local_base_freq=100.0,
            rope_scaling={"rope_type": "linear", "factor": 8.0},
            layer_types=["sliding_attention", "full_attention", "sliding_attention"],
        ),
        adapter=Adapter(rank=4, alpha=8, targets=["q_proj", "v_proj"]),
        full_fine_tuning=True,
        must_matter=[
            {"rope_scaling": None},
            {"rope_local_base_freq": 10000.0},
            {"sliding_window": 9},
            {"query_pre_attn_scalar": 12},
        ],
    ),
    Checkpoint("gemma3-new-style", gemma(3, sliding_window_pattern=2), new_style_config=True),
    Checkpoint(
        "phi3",
        phi3(),
        adapter=Adapter(rank=4, alpha=8, targets=["qkv_proj", "gate_up_proj"]),
        full_fine_tuning=True,
    ),
    Checkpoint(
        "phi4-mini",
        phi3(
            partial_rotary_factor=0.75,
            max_position_embeddings=512,
            rope_scaling={
                "type": "longrope",
                "short_factor": [1.0, 2.0, 4.0],
                "long_factor": [2.0, 4.0, 8.0],
            },
            tie_word_embeddings=True,
        ),
        must_matter=[{"rope_scaling": None}, {"partial_rotary_factor": 1.0, "rope_scaling": None}],
    ),
    Checkpoint("olmo2", olmo2()),
    Checkpoint("smollm3", smollm3(), must_matter=[{"no_rope_layers": [1, 1]}]),
]
