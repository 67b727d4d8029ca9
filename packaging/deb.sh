#!/usr/bin/env bash
# Packs dist/indicated (made by packaging/build.sh) into dist/indicated_VERSION_ARCHITECTURE.deb. Needs only dpkg-deb.
set -euo pipefail
ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
cd -- "$ROOT"
[ -x dist/indicated/indicated ] || { echo "deb.sh: build the bundle first: packaging/build.sh" >&2; exit 3; }
command -v dpkg-deb >/dev/null || { echo "deb.sh: dpkg-deb is needed (Debian, Ubuntu: package dpkg)" >&2; exit 3; }

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml | head -n 1)
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf -- "$tree"' EXIT
chmod 755 "$tree"

install -d "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib" "$tree/usr/share/applications" "$tree/usr/share/doc/indicated"
cp -a dist/indicated "$tree/usr/lib/indicated"
ln -s ../lib/indicated/indicated "$tree/usr/bin/indicated"
install -m 644 packaging/indicated.desktop "$tree/usr/share/applications/indicated.desktop"
install -m 644 LICENSE "$tree/usr/share/doc/indicated/copyright"
if [ -f resources/icons/indicated.svg ]; then
    install -D -m 644 resources/icons/indicated.svg "$tree/usr/share/icons/hicolor/scalable/apps/indicated.svg"
fi

# The bundle carries Qt's other libraries; OpenGL has to come from the machine, because it belongs to its driver.
cat >"$tree/DEBIAN/control" <<CONTROL
Package: indicated
Version: $version
Architecture: $architecture
Maintainer: Indicated contributors <indicated@localhost>
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: libc6 (>= 2.34), libgl1, libegl1, libfontconfig1
Recommends: libcups2
Section: science
Priority: optional
Description: offline medical-necessity review and appeal letters
 Reads criteria beside imaging notes, links the words that prove each criterion,
 decides per service line, and prints appeal letters in which every sentence
 can be traced. Works without a network; the store is encrypted.
CONTROL

package="dist/indicated_${version}_${architecture}.deb"
dpkg-deb --root-owner-group -Zxz --build "$tree" "$package"
echo "deb.sh: $package"
