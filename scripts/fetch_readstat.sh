#!/usr/bin/env bash
# Brings the source of ReadStat, which reads files of SPSS, Stata and SAS and is newer than Debian's: from
# the source package of pyreadstat in Python's package index, in a pinned version, checked by its sum. The
# build takes it if it is there, else Debian's library. Safe to run again: what is there stays.
#   scripts/fetch_readstat.sh [--folder]     --folder says where
# It is kept in $CANVASS_SOURCES, or ~/.cache/canvass/sources.
set -euo pipefail

version=1.3.7
sum=c15cc9f58edfd96afb850f65de252c52f5466ff27ce44772d3389d3a0c11b5ca
folder=${CANVASS_SOURCES:-${XDG_CACHE_HOME:-$HOME/.cache}/canvass/sources}/readstat-of-pyreadstat-$version

complain() {
  echo "fetch_readstat: $*" >&2
}

[[ ${1:-} != --folder ]] || { echo "$folder" && exit; }
if [[ -f $folder/readstat.h ]]; then
  echo "fetch_readstat: $folder is there"
  exit
fi
work=$(mktemp --directory --tmpdir canvass-readstat-XXXXXX)
trap 'rm -rf "$work"' EXIT
echo "pyreadstat==$version --hash=sha256:$sum" >"$work/wanted"
echo "fetch_readstat: ReadStat of pyreadstat $version (1 MB)"
if ! python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary pyreadstat \
  --require-hashes --dest "$work" --requirement "$work/wanted"; then
  complain "pip could not fetch it here; Debian's ReadStat, which is older, is used instead"
  exit 1
fi
tar --extract --file "$work/pyreadstat-$version.tar.gz" --directory "$work"
mkdir -p "${folder%/*}"
cp "$work/pyreadstat-$version/LICENSE" "$work/pyreadstat-$version/src"
rm -rf "$folder"
mv "$work/pyreadstat-$version/src" "$folder"
echo "fetch_readstat: $folder"
