#!/usr/bin/env bash
# Prints Debian's copyright file of canvass: LIST, which names everything but the npm packages, and the
# notices that web/build.mjs leaves as a comment at the end of each BUNDLE.
#   packaging/copyright.sh LIST [BUNDLE...]
set -euo pipefail

first_line="This file has code or data of these packages in it."

# notices BUNDLE: the text of its comment.
notices() {
  local found
  found=$(sed -n "/^\(.*\/\*\)\?$first_line\$/,/\*\//p" "$1")
  if [[ -z $found ]]; then
    echo "copyright: $1 has no notices of the packages in it" >&2
    return 1
  fi
  sed -e '1d' -e 's/\*\/.*//' <<<"$found"
}

# As the text of a field: each line indented, and a dot where one is empty.
as_field() {
  sed -e 's/[[:space:]]*$//' -e 's/^$/./' -e 's/^/ /'
}

cat "$1"
shift
for bundle in "$@"; do
  text=$(notices "$bundle" | as_field)
  printf '\nFiles: usr/lib/*/canvass/%s\n' "${bundle##*/}"
  printf 'Copyright: as each notice below says\nLicense: Apache-2.0 and npm-packages-of-%s\n' \
    "${bundle##*/}"
  printf '\nLicense: npm-packages-of-%s\n Code and data of these packages are in the file:\n%s\n' \
    "${bundle##*/}" "$text"
done
