#!/usr/bin/env bash
# Packs dist/indicated (made by packaging/build.sh) into dist/indicated_VERSION_ARCHITECTURE.deb. Needs only dpkg-deb.
set -euo pipefail
ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
cd -- "$ROOT"
[ -f dist/indicated/LICENSES.txt ] || { echo "deb.sh: build the bundle first: packaging/build.sh" >&2; exit 3; }
command -v dpkg-deb >/dev/null || { echo "deb.sh: dpkg-deb is needed (Debian, Ubuntu: package dpkg)" >&2; exit 3; }

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml | head -n 1)
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf -- "$tree"' EXIT
chmod 755 "$tree"
umask 022

documents="$tree/usr/share/doc/indicated"
install -d "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib" "$tree/usr/share/applications" "$documents"
cp -a dist/indicated "$tree/usr/lib/indicated"
# Where a Debian system looks for them; links keep them beside the program as well.
for name in LICENSES.txt licenses indicated.cdx.json; do
    mv "$tree/usr/lib/indicated/$name" "$documents/$name"
    ln -s "../../share/doc/indicated/$name" "$tree/usr/lib/indicated/$name"
done
ln -s ../lib/indicated/indicated "$tree/usr/bin/indicated"
install -m 644 packaging/indicated.desktop "$tree/usr/share/applications/indicated.desktop"
install -m 644 LICENSE "$documents/copyright"
printf '\nWhat the package holds of others, and under which licenses: LICENSES.txt beside this file.\n' >>"$documents/copyright"
install -D -m 644 resources/icons/indicated.svg "$tree/usr/share/icons/hicolor/scalable/apps/indicated.svg"
# Nothing in it may be written by anyone but root, and everything may be read by all.
chmod -R u=rwX,go=rX "$tree/usr"

# The newest C library that anything in it was linked to: Python and the libraries of the build machine, not only the wheels.
libc=$(grep -rahoE 'GLIBC_2\.[0-9]+' dist/indicated/indicated dist/indicated/_internal | sort -uV | tail -n 1) || true
if [ -z "$libc" ]; then
    echo "deb.sh: nothing in the bundle says which C library it was linked to; build it again." >&2
    exit 1
fi

# The bundle carries Qt's other libraries; OpenGL has to come from the machine, because it belongs to its driver, and CUPS
# because it belongs to its printers: without it, the program saves PDF files only.
cat >"$tree/DEBIAN/control" <<CONTROL
Package: indicated
Version: $version
Architecture: $architecture
Maintainer: Indicated contributors <indicated@localhost>
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: libc6 (>= ${libc#GLIBC_}), libgl1, libegl1, libfontconfig1
Recommends: libcups2
Section: science
Priority: optional
Description: offline medical-necessity review and appeal letters
 Reads criteria beside imaging notes, links the words that prove each criterion,
 decides per service line, and prints appeal letters in which every sentence
 can be traced. Works without a network; the store is encrypted.
CONTROL

# The same bundle gives the same package: dpkg-deb takes no file to be newer than this.
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 315532800)}"
package="dist/indicated_${version}_${architecture}.deb"
dpkg-deb --root-owner-group -Zxz --build "$tree" "$package"
echo "deb.sh: $package"
