#!/usr/bin/env bash
# Takes the README's pictures anew from the sample case. Wants pdftoppm (Debian: poppler-utils).
set -euo pipefail
ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
out=$(mktemp -d)
trap 'rm -rf -- "$out"' EXIT
"$ROOT/run" demo --out "$out"
mkdir -p "$ROOT/resources/pictures"
for name in worklist criteria intake review argument letter packet; do
    cp -- "$out/$name.png" "$ROOT/resources/pictures/$name.png"
done
pdftoppm -png -r 80 -f 1 -l 1 -singlefile "$out/letter.pdf" "$ROOT/resources/pictures/letter-page-1"
