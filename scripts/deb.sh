#!/usr/bin/env bash
# Builds canvass's Debian package for the Debian that this is, in build/packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/steps.sh

scripts/install.sh build
# Compiled as the developer preset does, the objects are those that were tested, and ccache has them.
configure developer build/deb \
  -DCMAKE_INSTALL_PREFIX=/usr -DCANVASS_TESTS=OFF -DCANVASS_PACKAGE=ON
build build/deb
say "packing"
mkdir -p build/packages
rm -f build/packages/canvass_*.deb
cpack --config build/deb/CPackConfig.cmake -B build/packages
rm -rf build/packages/_CPack_Packages
ls -l build/packages/canvass_*.deb
