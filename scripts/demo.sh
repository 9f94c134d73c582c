#!/usr/bin/env bash
# From a bare Debian 12 to the demo in one command: installs what is missing, builds canvass and
# runs `canvass demo` with the arguments given here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/steps.sh

scripts/install.sh build
configure release build/release
build build/release canvass
say "running the demo"
build/release/src/cli/canvass demo "$@"
