#!/usr/bin/env bash
# Installs the Debian packages of scripts/packages.txt: all of them, or those of one part. Safe to run
# again: where they are there already it says so at once, without network or root.
#   scripts/install.sh [build|packages|models|tests]
set -euo pipefail

packages_file=$(dirname "${BASH_SOURCE[0]}")/packages.txt
part=${1:-}

# The lines of the part, from its name in brackets to the next one.
listed_packages() {
  sed -e 's/#.*//' ${part:+-e "/^\[$part\]/,/^\[/!d"} -e '/^\[/d' "$packages_file" | xargs -n 1
}

is_there() {
  # Node.js from elsewhere brings npm itself, and Debian's npm package cannot be installed beside it.
  if [[ $1 == npm ]] && command -v npm >/dev/null; then return; fi
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

fail() {
  echo "install: $*" >&2
  exit 1
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  fail "this is no Debian or Ubuntu system; install what $packages_file lists in your system's way"
fi

[[ -z $part ]] || grep --quiet --fixed-strings --line-regexp "[$part]" "$packages_file" ||
  fail "$packages_file has no part [$part]"
missing=()
for package in $(listed_packages); do
  is_there "$package" || missing+=("$package")
done
if [[ ${#missing[@]} -eq 0 ]]; then
  echo "install: every package of $packages_file${part:+, [$part],} is there already"
  exit
fi

as_root=(env)
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null ||
    fail "there is neither root nor sudo; have an administrator run: apt-get install ${missing[*]}"
  as_root=(sudo env)
fi
echo "install: installing ${missing[*]}"
"${as_root[@]}" apt-get update --quiet=2 ||
  echo "install: the package lists could not be updated; going on with those that are there" >&2
"${as_root[@]}" DEBIAN_FRONTEND=noninteractive \
  apt-get install --yes --quiet --no-install-recommends "${missing[@]}" ||
  fail "apt-get could not install them; its message above says why"
echo "install: done"
