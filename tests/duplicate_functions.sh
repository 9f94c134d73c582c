#!/usr/bin/env bash
# Fails where two libraries of the build define a function of the same name and arguments: the
# linker takes either without a word.
#   tests/duplicate_functions.sh BUILD_FOLDER
set -euo pipefail
mapfile -t libraries < <(find "$1/src" -name 'libcanvass_*.a' | sort)
[[ ${#libraries[@]} -gt 10 ]] || { echo "there are no libraries in $1/src" >&2; exit 1; }
duplicates=$(nm --defined-only "${libraries[@]}" | awk '$2 == "T" && $3 ~ /^_ZN7canvass/ {print $3}' |
  sort | uniq -d | c++filt)
[[ -z $duplicates ]] || { echo "defined twice: $duplicates" >&2; exit 1; }
echo "no function is defined twice in ${#libraries[@]} libraries"
