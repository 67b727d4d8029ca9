"""Looks up ICD-10-CM codes offline in the public table under `resources/icd10cm`.

The table is read on the first call, once, in whichever thread makes it; that thread should not be the one that paints.
"""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from threading import Lock

from desktop.settings.paths import resources_dir

_LOADING = Lock()
_CODE = re.compile(r"[A-Z][0-9][0-9AB]?\.?[0-9A-Z]{0,4}", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_NAMED_CHILDREN = 4


@dataclass(frozen=True, slots=True)
class _Table:
    """Codes without dots in order, beside each its shown form and title; `words` maps a word to places in them."""

    plain: tuple[str, ...]
    shown: tuple[str, ...]
    titles: tuple[str, ...]
    is_complete: tuple[bool, ...]
    words: dict[str, list[int]]
    vocabulary: tuple[str, ...]


def search(query: str, limit: int = 20) -> list[tuple[str, str]]:
    """Codes with titles for a code prefix (`t84.2`, in order) or words (`pseudarthrosis fus`, complete codes first).

    Every word must stand in the title; each may be only the beginning of one. Empty for an empty query.
    """
    table = _table()
    wanted = query.strip().lower()
    if not wanted or limit < 1:
        return []
    places: list[int] = []
    if _CODE.fullmatch(wanted):
        places = _with_prefix(table, wanted.replace(".", "").upper())
    if not places:
        found = _with_words(table, _WORD.findall(wanted))
        places = sorted(found, key=lambda at: (not table.is_complete[at], len(table.titles[at]), at))
    return [(table.shown[at], table.titles[at]) for at in places[:limit]]


def title(code: str) -> str | None:
    """The title of a code written with or without its dot, or None when there is no such code."""
    table = _table()
    at = _place(table, code)
    return None if at is None else table.titles[at]


def problem(code: str) -> str | None:
    """What is wrong with a code in words, or None when it exists and is complete enough to be billed."""
    table = _table()
    at = _place(table, code)
    if at is None:
        return "This is not an ICD-10-CM code of the April 2026 edition."
    if table.is_complete[at]:
        return None
    plain = table.plain[at]
    below = [i for i in _with_prefix(table, plain) if table.is_complete[i] and i != at]
    named = ", ".join(table.shown[i] for i in below[:_NAMED_CHILDREN])
    rest = f" and {len(below) - _NAMED_CHILDREN} more" if len(below) > _NAMED_CHILDREN else ""
    return f"{table.shown[at]} is a heading, not a complete code. Complete codes under it: {named}{rest}."


def load() -> None:
    """Load the table now, so that the first look-up is quick; safe to call from any thread, and again."""
    _table()


def _table() -> _Table:
    with _LOADING:  # two threads that ask at once must not both load it
        return _loaded()


@cache
def _loaded() -> _Table:
    packed = (resources_dir() / "icd10cm" / "codes.tsv.gz").read_bytes()
    rows = [line.split("\t", 2) for line in gzip.decompress(packed).decode("utf-8").splitlines()]
    titles = [row[2] for row in rows]
    words: dict[str, list[int]] = {}
    for at, text in enumerate(titles):
        for word in set(_WORD.findall(text.lower())):
            words.setdefault(word, []).append(at)
    return _Table(
        plain=tuple(row[0].replace(".", "") for row in rows),
        shown=tuple(row[0] for row in rows),
        titles=tuple(titles),
        is_complete=tuple(row[1] == "1" for row in rows),
        words=words,
        vocabulary=tuple(sorted(words)),
    )


def _place(table: _Table, code: str) -> int | None:
    plain = code.strip().upper().replace(".", "")
    at = bisect_left(table.plain, plain)
    is_there = at < len(table.plain) and table.plain[at] == plain
    # A dot in the wrong place (`M9.60`) is a mistyped code, not another way to write it.
    well_placed = "." not in code or (is_there and code.strip().upper() == table.shown[at])
    return at if is_there and well_placed else None


def _with_prefix(table: _Table, plain: str) -> list[int]:
    first = bisect_left(table.plain, plain)
    last = bisect_left(table.plain, plain + "~")
    return list(range(first, last))


def _with_words(table: _Table, words: list[str]) -> set[int]:
    found: set[int] | None = None
    for word in words:
        first = bisect_left(table.vocabulary, word)
        last = bisect_left(table.vocabulary, word + "~")
        here: set[int] = set()
        for known in table.vocabulary[first:last]:
            here.update(table.words[known])
        found = here if found is None else found & here
    return found or set()
