#!/usr/bin/env bash
# Resolves pyproject.toml again and writes the three lock files. Pins that still fit are kept; --upgrade takes the newest.
#
# The files name neither a package index nor a path, so they can be used with any mirror.
set -euo pipefail
ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
cd -- "$ROOT"
tools=$(mktemp -d)
trap 'rm -rf -- "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check uv

resolve() { # OUTPUT ARGUMENT...
    local output=$1
    shift
    "$tools/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file "$output" "$@"
}
resolve requirements.lock "$@"
resolve requirements-dev.lock --group dev --constraint requirements.lock "$@"
resolve requirements-packaging.lock --group packaging --extra signature --constraint requirements.lock "$@"
git --no-pager diff --stat -- requirements*.lock
