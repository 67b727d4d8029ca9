#!/usr/bin/env bash
# Builds the one-folder bundle into dist/indicated, writes its bill of materials and licences beside it, and proves that
# it starts: `indicated selftest` in a real X window.
#
#   packaging/build.sh               the program as it is shipped: without TLS, and without pyHanko
#   packaging/build.sh --signature   also signs letters with a certificate; pyHanko brings a network library and TLS along
set -euo pipefail
ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
# shellcheck source=packaging/setup.sh
. "$ROOT/packaging/setup.sh"

case "${1:-}" in
    "") export INDICATED_SIGNATURE=0 ;;
    --signature) export INDICATED_SIGNATURE=1 ;;
    *) die "it takes --signature or nothing, not '$1'." ;;
esac
cd -- "$ROOT"
# Not .venv: whatever lies there for tests would find its way into the bundle.
VENV="$ROOT/build/environment"
PYTHON="$VENV/bin/python"
set_up packaging

# The same source gives the same bundle: no order by hash, no time of day.
export PYTHONHASHSEED=0
SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 315532800)}"
export SOURCE_DATE_EPOCH
"$PYTHON" -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build packaging/indicated.spec
if command -v strip >/dev/null 2>&1; then
    # Debug symbols of the wheels are a third of the bundle; Qt's own libraries come stripped.
    find dist/indicated -name '*.so*' -type f -exec strip --strip-unneeded {} + 2>/dev/null || true
fi
"$PYTHON" packaging/bill.py
du -sh dist/indicated

home=$(mktemp -d)
trap 'rm -rf -- "$home"' EXIT
env -u QT_QPA_PLATFORM -u PYTHONPATH HOME="$home" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
    XDG_STATE_HOME="$home/state" XDG_CACHE_HOME="$home/cache" \
    xvfb-run -a -s "-screen 0 1400x900x24" dist/indicated/indicated selftest
say "dist/indicated starts and passes its self-test"
