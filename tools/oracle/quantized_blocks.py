"""Writes random blocks of each of ggml's quantized types, and their numbers as the gguf package
dequantizes them, and random numbers with the blocks of Q8_0 that it quantizes them to:
tests/golden/gguf/blocks.safetensors.

    python tools/oracle/quantized_blocks.py
"""

from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize, quantize
from safetensors.numpy import save_file

TYPES = ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K"]
# Where binary16 numbers are in a block: any other bytes make sense.
HALVES = {
    "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0],
    "Q2_K": [80, 82], "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208],
}
BLOCKS = 6
TARGET = Path(__file__).resolve().parents[2] / "tests/golden/gguf/blocks.safetensors"


def random_blocks(name, random):
    _, size = GGML_QUANT_SIZES[GGMLQuantizationType[name]]
    blocks = random.integers(0, 256, (BLOCKS, size), dtype=np.uint8)
    for place in HALVES[name]:
        halves = random.normal(0.0, 0.02, BLOCKS).astype(np.float16)
        halves[0] = np.float16(3e-7)  # subnormal
        halves[1] = np.float16(0.0)
        blocks[:, place : place + 2] = halves.view(np.uint8).reshape(BLOCKS, 2)
    return blocks


def main():
    random = np.random.default_rng(20261130)
    tensors = {}
    for name in TYPES:
        blocks = random_blocks(name, random)
        tensors[f"{name}.blocks"] = blocks
        tensors[f"{name}.numbers"] = dequantize(blocks, GGMLQuantizationType[name])
    # Of all sizes, with halves between two numbers, zeros and outliers.
    numbers = random.normal(0.0, 1.0, (40, 256)) * 10.0 ** random.uniform(-6, 2, (40, 1))
    numbers[0] = np.arange(256) % 255 / 2.0
    numbers[1] = 0.0
    numbers[2, ::32] *= 50.0
    numbers = numbers.astype(np.float32)
    tensors["numbers"] = numbers
    tensors["Q8_0.of_numbers"] = quantize(numbers, GGMLQuantizationType.Q8_0)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, TARGET)
    print(f"{TARGET.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
