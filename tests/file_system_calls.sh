#!/usr/bin/env bash
# Fails where a function of std::filesystem is called that throws an exception of its own, which no
# message of canvass explains: base/paths.h has the ones to call, and the others take an error code.
#   tests/file_system_calls.sh SOURCE_FOLDER
set -euo pipefail
questions='exists|is_[a-z_]+|file_size|status|equivalent|last_write_time|space|read_symlink'
places='canonical|weakly_canonical|absolute|relative|proximate|temp_directory_path|current_path'
changes='create_[a-z_]+|remove|remove_all|rename|copy[a-z_]*|resize_file|permissions'
calls="(std::filesystem|fs)::($questions|$places|$changes|(recursive_)?directory_iterator)\("
# Those with an error code end in its name; those of a status cannot fail.
safe='[(, ](reason|ignored|unknown|missing|unreadable|none|notThere|isNoLink|shownBy[A-Za-z]+)\)|\(status(Of\(path\))?\)|directory_iterator\(\)'
mapfile -t found < <(grep -rnE --include='*.cc' --include='*.h' "$calls" "$1/src" | grep -vE "$safe" || true)
[[ ${#found[@]} -eq 0 ]] || { printf 'may throw: %s\n' "${found[@]}" >&2; exit 1; }
grep -rqE --include='*.cc' "$calls" "$1/src" || { echo "no call was found in $1/src at all" >&2; exit 1; }
echo "no call of std::filesystem throws an exception of its own"
