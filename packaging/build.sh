#!/usr/bin/env bash
# Builds the one-folder bundle into dist/indicated and proves that it starts: `indicated selftest` in a real X window.
set -euo pipefail
ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
# shellcheck source=packaging/setup.sh
. "$ROOT/packaging/setup.sh"

set_up dev
cd -- "$ROOT"
"$PYTHON" -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build packaging/indicated.spec
if command -v strip >/dev/null 2>&1; then
    # Debug symbols of the wheels are a third of the bundle; Qt's own libraries come stripped.
    find dist/indicated -name '*.so*' -type f -exec strip --strip-unneeded {} + 2>/dev/null || true
fi
du -sh dist/indicated

home=$(mktemp -d)
trap 'rm -rf -- "$home"' EXIT
env -u QT_QPA_PLATFORM -u PYTHONPATH HOME="$home" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
    XDG_STATE_HOME="$home/state" XDG_CACHE_HOME="$home/cache" \
    xvfb-run -a -s "-screen 0 1400x900x24" dist/indicated/indicated selftest
say "dist/indicated starts and passes its self-test"
