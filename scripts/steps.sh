# shellcheck shell=bash
# The steps that the other scripts are made of; source it from the checkout's root.

# say WORDS...: what is going on now, easy to find in a long log.
say() {
  printf '\n=== %s\n' "$*"
}

# configure PRESET FOLDER [OPTION...]: a build folder after a preset of CMakePresets.json. Where the
# source of ReadStat cannot be fetched, offline, Debian's library is used.
configure() {
  local preset=$1 folder=$2
  shift 2
  scripts/fetch_readstat.sh || true
  say "configuring $folder"
  cmake --preset "$preset" -B "$folder" "$@"
}

# build FOLDER [TARGET...]: the targets, or everything. Each line says how many steps are done and how
# many seconds they took.
build() {
  local folder=$1
  shift
  say "building $folder"
  NINJA_STATUS='[%f of %t, %es] ' cmake --build "$folder" ${@:+--target "$@"}
}

# foretell MINUTES: how long compiling will take that takes so many minutes of one processor.
foretell() {
  local processors
  processors=$(nproc)
  say "compiling takes about $((($1 + processors - 1) / processors)) min on $processors processors, less if ccache has a part"
}

# check FOLDER [CTEST OPTION...]: its tests. No test at all is a failure too.
check() {
  local folder=$1
  shift
  say "testing $folder"
  ctest --test-dir "$folder" --output-on-failure -j2 --no-tests=error \
    --output-junit tests.xml "$@" | tee "$folder/tests.log"
}

# summary FOLDER: what ctest said at the end of the last check.
summary() {
  sed -n '/tests passed/,$p' "$1/tests.log"
}

# counts FOLDER: the same as one line.
counts() {
  local word number=()
  for word in tests failures skipped; do
    number+=("$(grep -m 1 -o -w "$word=\"[0-9]*\"" "$1/tests.xml" | tr -dc 0-9)")
  done
  echo "$1: ${number[0]} tests, ${number[1]} failed, ${number[2]} skipped"
}

torch2_version=2.13.0
torch2_python=build/torch2-venv/bin/python

# Puts torch 2.x into an environment of its own; false, with pip's reason above, where there is none.
install_torch2() {
  say "installing torch $torch2_version"
  python3 -m venv build/torch2-venv &&
    "$torch2_python" -m pip install --quiet "torch==$torch2_version" &&
    "$torch2_python" -c 'import torch'
}

# torch2_prefix: where CMake finds it.
torch2_prefix() {
  "$torch2_python" -c 'import torch; print(torch.utils.cmake_prefix_path)'
}
