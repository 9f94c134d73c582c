#!/usr/bin/env bash
# Fuzzes each parser, two at a time, for SECONDS in all (60 unless told); clang only.
#   scripts/fuzz.sh [SECONDS]
# What makes one crash, leak, take ten seconds, two gigabytes in all (much of which is the sanitizer's)
# or a quarter of one at once is left in fuzz/crashers/PARSER/, where the ordinary tests replay it: mend
# the parser, and commit the file with the change. New inputs that reach new code are kept in
# build/fuzz/corpus, so that a later run goes on from them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/steps.sh

seconds=${1:-60}
workers=2
folder=build/fuzz
mapfile -t parsers < <(find fuzz/seeds -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort)
# Rounded up: a parser with no time at all would pass for one without faults.
each=$(((seconds * workers + ${#parsers[@]} - 1) / ${#parsers[@]}))

# fuzz PARSER: its log beside the program; false where something was found.
fuzz() {
  local parser=$1
  mkdir -p "$folder/corpus/$parser" "fuzz/crashers/$parser"
  if "$folder/fuzz/fuzz_$parser" "-max_total_time=$each" -timeout=10 -rss_limit_mb=2048 \
    -malloc_limit_mb=256 -max_len=8192 "-artifact_prefix=fuzz/crashers/$parser/" \
    "$folder/corpus/$parser" "fuzz/seeds/$parser" "fuzz/crashers/$parser" \
    >"$folder/$parser.log" 2>&1; then
    echo "$parser: $(grep -o 'Done [0-9]* runs' "$folder/$parser.log")"
  else
    tail -n 40 "$folder/$parser.log"
    echo "$parser: a fault was found; its input is in fuzz/crashers/$parser"
    return 1
  fi
}
export -f fuzz
export each folder

configure fuzz "$folder"
build "$folder" "${parsers[@]/#/fuzz_}"
say "fuzzing ${#parsers[@]} parsers, $each s each"
printf '%s\n' "${parsers[@]}" | xargs -P "$workers" -I{} bash -c 'fuzz {}'
find fuzz/crashers -mindepth 1 -type d -empty -delete
