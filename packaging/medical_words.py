"""Writes the list of medical words that the spell check knows beside its English dictionary.

The words come from what the project ships and may ship: the titles of ICD-10-CM (public domain), the criteria, the
argument topics and the reference library. A test fails when it is out of date; then run:

    .venv/bin/python packaging/medical_words.py
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "resources" / "dictionaries" / "medical.txt"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ID = re.compile(r"\b[a-z0-9]+(?:[-.][a-z0-9]+)+\b")
_ADDRESS = re.compile(r"\S*(?:://|www\.|\.(?:org|gov|com|net|edu|html?|aspx|pdf)\b)\S*")


def _texts() -> Iterator[str]:
    with gzip.open(ROOT / "resources" / "icd10cm" / "codes.tsv.gz", "rt", encoding="utf-8") as table:
        yield from (line.rstrip("\n").split("\t")[2] for line in table)
    for pattern in ("criteria/**/*.yaml", "resources/topics/*.yaml"):
        yield from (_ID.sub(" ", path.read_text("utf-8")) for path in sorted(ROOT.glob(pattern)))
    library = json.loads((ROOT / "resources" / "references" / "references.json").read_text("utf-8"))
    yield from _strings(library)


def _strings(value: object, key: str = "") -> Iterator[str]:
    """Titles and claims; names of authors and ids are no medical words."""
    if isinstance(value, dict):
        for name, item in cast("dict[str, object]", value).items():
            yield from _strings(item, name)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _strings(item, key)
    elif isinstance(value, str) and key in {"title", "text", "what", "container-title"}:
        yield value


def words_text() -> str:
    """One word a line, in order: those that the English dictionary does not know, lower case unless never so."""
    from desktop.letters.spelling import english

    known = english()
    found: dict[str, set[str]] = {}
    for text in _texts():
        for word in _WORD.findall(_ADDRESS.sub(" ", text).replace("\\n", " ")):
            plain = word.replace("’", "'")
            if len(plain) >= 3 and not known.spell(plain) and not known.spell(plain.lower()):
                found.setdefault(plain.lower(), set()).add(plain)
    # A word that is only ever written with capitals inside, such as an abbreviation, keeps them.
    kept = {
        lower if lower in forms or lower.capitalize() in forms else min(forms)
        for lower, forms in found.items()
    }
    return "".join(f"{word}\n" for word in sorted(kept, key=lambda word: (word.lower(), word)))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    WORDS.write_text(words_text(), "utf-8")
    sys.stdout.write(f"{len(WORDS.read_text('utf-8').splitlines()):,} words\n")
