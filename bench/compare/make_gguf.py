"""Writes a model folder in the form that llama.cpp reads, for bench/compare/llamacpp.py.

    python bench/compare/make_gguf.py CONVERTER MODEL_DIR [TYPE]

Writes MODEL_DIR/TYPE.gguf (bf16, the default, or f32) with CONVERTER, the convert_hf_to_gguf.py of
llama.cpp's source, and MODEL_DIR/q8_0.gguf with llama.cpp's quantizer: both are its own, so that it
gets its weights as its users do. The source and the program come from one package, which builds for
the processor that it is built on:

    pip download --no-deps --no-binary llama-cpp-python llama-cpp-python==0.3.36
    tar xzf llama_cpp_python-0.3.36.tar.gz
    pip install ./llama_cpp_python-0.3.36.tar.gz

CONVERTER is then llama_cpp_python-0.3.36/vendor/llama.cpp/convert_hf_to_gguf.py.
"""

import subprocess
import sys
from pathlib import Path

import llama_cpp


def quantize(source, target):
    settings = llama_cpp.llama_model_quantize_default_params()
    settings.ftype = llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0
    if llama_cpp.llama_model_quantize(bytes(source), bytes(target), settings) != 0:
        sys.exit(f"{source}: llama.cpp could not quantize it")


def main():
    converter, model = Path(sys.argv[1]), Path(sys.argv[2])
    kind = sys.argv[3] if len(sys.argv) > 3 else "bf16"
    plain = model / f"{kind}.gguf"
    subprocess.run([sys.executable, converter, model, "--outtype", kind, "--outfile", plain],
                   check=True)
    quantize(plain, model / "q8_0.gguf")


if __name__ == "__main__":
    main()
