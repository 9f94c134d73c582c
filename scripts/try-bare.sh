#!/usr/bin/env bash
# Tries and times, each on a bare Debian 12 in a folder of its own, as a new user would:
#   source   scripts/demo.sh in the last commit, with nothing compiled before
#   setup    the same up to its compiler: that it installs all that its configuration asks for
#   tests    scripts/test.sh in it
#   wheel    what scripts/wheel.sh made
#   deb      what scripts/deb.sh made
# As root, who alone may make such a system. It needs debootstrap, pip and a Debian mirror (the one
# that apt uses here); where one of them is missing it ends with 77.
#   scripts/try-bare.sh [source|setup|tests|wheel|deb]...   setup and the packages unless told
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/steps.sh

fail() {
  echo "try-bare: $*" >&2
  exit 1
}

cannot_try() {
  echo "try-bare: $*" >&2
  exit 77
}

# the_file PATTERN SCRIPT: the package that SCRIPT made.
the_file() {
  local found
  found=$(compgen -G "build/packages/$1") || fail "there is no build/packages/$1; run $2 first"
  [[ $(wc -l <<<"$found") -eq 1 ]] || fail "more than one build/packages/$1; run $2 again"
  echo "$found"
}

# timed WORDS... -- COMMAND...: runs it, and keeps for the end how long it took.
times=()
timed() {
  local words=() start=$EPOCHREALTIME end
  while [[ $1 != -- ]]; do
    words+=("$1")
    shift
  done
  shift
  say "${words[@]}"
  "$@"
  end=$EPOCHREALTIME
  times+=("$(printf '%8.1f s  %s' "$(((${end/./} - ${start/./}) / 100000))e-1" "${words[*]}")")
}

# inside COMMAND...: in /root of the bare system, whose /proc and processes are gone when it ends, however it ends.
inside() {
  # shellcheck disable=SC2016  # the inner shell's arguments
  unshare --mount --pid --fork --kill-child sh -c '
    mount -t proc proc "$1/proc" && cd "$1" && shift && exec chroot . "$@"' sh "$system" \
    env --chdir=/root -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive ${http_proxy:+"http_proxy=$http_proxy"} \
    ${NODE_EXTRA_CA_CERTS:+"NODE_EXTRA_CA_CERTS=/certificates.crt"} \
    ${OPENBLAS_CORETYPE:+"OPENBLAS_CORETYPE=$OPENBLAS_CORETYPE"} "$@"
}

# The mirror of the machine's own Debian 12; without one nothing, and debootstrap takes Debian's.
mirror() {
  local found
  # shellcheck disable=SC2016  # apt's fields
  found=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    sed -n 's/^bookworm //p' | sort -u | head -n 1)
  echo "$found"
}

make_bare_system() {
  local from
  from=$(mirror)
  debootstrap --variant=minbase bookworm "$system" ${from:+"$from"} >"$work/debootstrap.log" 2>&1 ||
    { tail -n 20 "$work/debootstrap.log"; cannot_try "debootstrap failed"; }
  cp /etc/resolv.conf /etc/hosts "$system/etc/"
  [[ -z ${NODE_EXTRA_CA_CERTS:-} ]] || cp "$NODE_EXTRA_CA_CERTS" "$system/certificates.crt"
  inside apt-get update --quiet=2 || cannot_try "the bare system's package lists could not be fetched"
}

install_inside() {
  inside apt-get install --yes --quiet=2 -o Dpkg::Use-Pty=0 "$@" >"$work/apt.log" 2>&1 ||
    { tail -n 20 "$work/apt.log"; fail "apt-get could not install $*"; }
}

size_of_system() {
  inside apt-get clean
  du -sm --one-file-system "$system" | cut -f 1
}

# nothing_left FOLDER...: after canvass was uninstalled.
nothing_left() {
  local left
  left=$(inside find "$@" -xdev -name '*canvass*')
  [[ -z $left ]] || fail "files of canvass were left: $left"
}

# use PROGRAM PREFIX NAME: what both packages must be able to do, with the data below PREFIX.
use() {
  inside "$1" --version
  inside "$1" describe "$2/share/canvass/demo/survey.jsonl" | sed -n 1p
  timed "canvass demo" "($3)" -- inside "$1" demo
}

# copy_checkout NAME: the last commit, with no compiled file.
copy_checkout() {
  mkdir "$system/root/$1"
  git archive HEAD | tar --extract --directory "$system/root/$1"
}

try_source() {
  copy_checkout source
  timed "scripts/demo.sh" -- inside source/scripts/demo.sh
}

try_setup() {
  copy_checkout setup
  timed "scripts/install.sh build" -- inside setup/scripts/install.sh build
  timed "cmake --preset release" -- inside env --chdir=/root/setup cmake --preset release
}

try_tests() {
  copy_checkout tests
  timed "scripts/test.sh" -- inside tests/scripts/test.sh
}

download_wheels() {
  python3 -m pip download --quiet --only-binary :all: --python-version 3.11 \
    --dest "$system/wheels" "$wheel" || cannot_try "pip could not fetch what the wheel needs"
}

install_wheel() {
  inside python3 -m venv /venv
  inside /venv/bin/pip install --quiet --no-index --find-links /wheels "/wheels/${wheel##*/}"
}

try_wheel() {
  timed "pip download, with torch" -- download_wheels
  timed "apt-get install python3-venv" -- install_inside python3-venv
  timed "pip install" -- install_wheel
  inside du -sm /venv/lib/python3.11/site-packages/{torch,canvass,canvass.libs}
  use /venv/bin/canvass /venv/lib/python3.11/site-packages/canvass wheel
  inside /venv/bin/python -m canvass --version
  inside test -s /venv/share/man/man1/canvass.1.gz
  inside /venv/bin/pip uninstall --quiet --yes canvass
  nothing_left /venv
  rm -rf "$system/venv" "$system/wheels"
}

# Each shell is asked what it would complete `canvass de` to.
try_completions() {
  install_inside bash-completion zsh fish
  # shellcheck disable=SC2016  # the inner shell's variables
  inside bash -c '
    source /usr/share/bash-completion/bash_completion
    _completion_loader canvass || test $? -eq 124
    COMP_WORDS=(canvass de) COMP_CWORD=1 COMP_LINE="canvass de" COMP_POINT=10
    $(complete -p canvass | sed "s/.*-F \([^ ]*\).*/\1/")
    printf "%s\n" "${COMPREPLY[@]}"' | grep -x 'demo *'
  # shellcheck disable=SC2016
  inside zsh -c 'autoload -Uz compinit && compinit -u && echo ${_comps[canvass]}' | grep -x _canvass
  inside fish -c 'complete --do-complete "canvass de"' | grep '^demo'
}

try_deb() {
  local before
  before=$(size_of_system)
  cp "$deb" "$system/"
  timed "apt-get install canvass" -- install_inside "/${deb##*/}"
  times+=("$(($(size_of_system) - before)) MB  it and what it depends on and recommends, on disk")
  use canvass /usr deb
  inside canvass picture topics /usr/share/canvass/demo/survey.jsonl -o /tmp/topics.png
  install_inside man-db
  inside man canvass-train | sed -n '1,6p'
  timed completions -- try_completions
  inside apt-get purge --yes --quiet=2 -o Dpkg::Use-Pty=0 canvass >/dev/null
  nothing_left /usr /etc /var/lib
}

[[ $(id -u) -eq 0 ]] ||
  cannot_try "this makes a system of its own with chroot, which only root may do"
for tool in debootstrap unshare; do
  command -v "$tool" >/dev/null ||
    cannot_try "there is no $tool; scripts/install.sh packages installs it"
done
[[ $# -gt 0 ]] || set -- setup wheel deb
for one in "$@"; do
  case $one in
    deb) deb=$(the_file 'canvass_*.deb' scripts/deb.sh) ;;
    wheel) wheel=$(the_file 'canvass-*.whl' scripts/wheel.sh) ;;
    source | setup | tests) ;;
    *) fail "source, setup, tests, deb or wheel, not $one" ;;
  esac
done

work=$(mktemp --directory --tmpdir canvass-try-XXXXXX)
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 1' INT TERM
system=$work/system
for one in "$@"; do
  timed "a bare Debian 12" -- make_bare_system
  "try_$one"
  rm -rf --one-file-system "$system"
done
say "how long it took"
printf '%s\n' "${times[@]}"
printf '%s s  all of it\n' "$SECONDS"
