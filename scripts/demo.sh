#!/usr/bin/env bash
# From a bare Debian 12 to the demo in one command: installs what is missing, builds canvass and
# runs `canvass demo` with the arguments given here.
#   scripts/demo.sh [--pretrained] [ARGUMENT...]
# --pretrained: with a real model, SmolLM2 135M (98 MB), which it fetches; a few minutes more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/steps.sh

pretrained=smollm2-135m-instruct
[[ ${1:-} == --pretrained ]] && shift || pretrained=
scripts/install.sh build
if [[ -n $pretrained ]]; then
  scripts/install.sh models
  say "fetching a model"
  scripts/fetch_models.sh "$pretrained"
  set -- --model "$(scripts/fetch_models.sh --folder)/$pretrained.gguf" "$@"
fi
configure release build/release
foretell 11
build build/release canvass
say "running the demo"
build/release/src/cli/canvass demo "$@"
