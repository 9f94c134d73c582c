"""Writes the model of a GGUF file as a dense Hugging Face folder, which canvass and its peers read.

    python bench/compare/dense.py MODEL.gguf OUTPUT_DIR [--dtype float32]

transformers reads the file: it computes each weight from its blocks of a few bits, and makes the
tokenizer and the chat template from the file's own entries. The configuration that it then has
still says how the weights were quantized, and a folder saved with it would be read as a quantized
one: that part is taken out here, and so is the name that the file gives its model.

float32, the default, holds the weights exactly as transformers computes them, so that logits can be
compared with those of the file. bfloat16 takes half the space and rounds them once more; choose it
where the processor multiplies bf16, to time that.

Needs what tools/oracle/requirements.txt lists, and gguf 0.19.
"""

import argparse
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--dtype", choices=["float32", "bfloat16"], default="float32")
    return parser.parse_args()


def dense_model(file, dtype):
    model = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name, dtype=dtype)
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    # save_pretrained asks the quantizer, where there is one, whether the weights may be written.
    model.hf_quantizer = None
    model.is_quantized = False
    return model


def main():
    arguments = parse()
    tokenizer = AutoTokenizer.from_pretrained(arguments.file.parent, gguf_file=arguments.file.name)
    dense_model(arguments.file, getattr(torch, arguments.dtype)).save_pretrained(arguments.output)
    tokenizer.save_pretrained(arguments.output)


if __name__ == "__main__":
    main()
