#!/usr/bin/env bash
# Compiles the kernels for 64-bit ARM and runs their tests in an emulator, in build/arm. The rest of
# canvass, which has no code for one processor, is left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/steps.sh

compiler=aarch64-linux-gnu-g++
folder=build/arm

missing=()
command -v "$compiler" >/dev/null || missing+=(g++-aarch64-linux-gnu)
emulator=$(command -v qemu-aarch64-static || command -v qemu-aarch64) || missing+=(qemu-user-static)
[[ -d /usr/src/googletest ]] || missing+=(googletest)
[[ -d /usr/include/fmt ]] || missing+=(libfmt-dev)
if [[ ${#missing[@]} -gt 0 ]]; then
  echo "arm: these Debian packages are missing; run: apt-get install ${missing[*]}" >&2
  exit 1
fi

say "configuring $folder"
cmake -S tests/kernels/alone -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 -DCMAKE_CXX_COMPILER="$compiler" \
  -DCMAKE_OBJDUMP="$(command -v aarch64-linux-gnu-objdump)" \
  -DCMAKE_CROSSCOMPILING_EMULATOR="$emulator;-L;/usr/aarch64-linux-gnu"
build "$folder" test_kernels
check "$folder"
