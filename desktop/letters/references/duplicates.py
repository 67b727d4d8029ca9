"""Finds entries that are the same source: by DOI, by PMID, by title and year; it only flags, it removes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.reference import Bibliography, Reference

_NO_LETTER = re.compile(r"[\W_]+")
_SHORTEST_TITLE = 12
"""Characters of a title below which it says too little without its author: `Editorial`, `Reply`."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two entries that look like one source, and by what."""

    first: str
    second: str
    reason: str


def duplicates_among(references: Iterable[Reference]) -> tuple[Duplicate, ...]:
    """Every pair of neighbours in what they share, in the order of the entries; each pair once."""
    found: dict[tuple[str, str], Duplicate] = {}
    seen: dict[str, str] = {}
    for reference in references:
        for key, reason in _keys(reference.bibliography):
            other = seen.setdefault(key, reference.id)
            if other != reference.id:
                found.setdefault((other, reference.id), Duplicate(other, reference.id, reason))
        if reference.same_as:
            pair = (reference.same_as, reference.id)
            found.setdefault(pair, Duplicate(*pair, _SAID))
    return tuple(found.values())


class KnownSources:
    """Entries by what they share: a DOI, a PMID, a title. Asking takes as long for ten thousand of them as for ten."""

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        self._by_key: dict[str, list[tuple[int, str]]] = {}
        self._count = 0
        for reference in references:
            self.add(reference.id, reference.bibliography)
            for key in _said(reference):
                self._by_key.setdefault(key, []).append((self._count, reference.id))

    def add(self, entry_id: str, entry: Bibliography) -> None:
        """Know one more, behind those that are there."""
        self._count += 1
        for key, _ in _keys(entry):
            self._by_key.setdefault(key, []).append((self._count, entry_id))

    def find(self, entry: Bibliography, but: str = "") -> tuple[str, str] | None:
        """Id of the first source that an entry repeats, and by what; None when it is new. `but`: not itself."""
        found = [
            (place, at, other, reason)
            for at, (key, reason) in enumerate(_keys(entry))
            for place, other in self._first(key, but)
        ]
        return min(found)[2:] if found else None

    def twins(self, reference: Reference) -> tuple[tuple[str, str], ...]:
        """Id of every other entry that looks like the same source, and by what, in the order of the entries."""
        found: dict[str, tuple[int, str]] = {}
        for key, reason in (*_keys(reference.bibliography), *((key, _SAID) for key in _said(reference))):
            for place, other in self._by_key.get(key, ()):
                if other != reference.id:
                    found.setdefault(other, (place, reason))
        ordered = sorted(found.items(), key=_by_place)
        return tuple((other, reason) for other, (_, reason) in ordered)

    def _first(self, key: str, but: str) -> tuple[tuple[int, str], ...]:
        return next(((item,) for item in self._by_key.get(key, ()) if item[1] != but), ())


_SAID = "the library says so"


def _said(reference: Reference) -> list[str]:
    """Keys under which an entry meets the one that the library calls the same."""
    return [f"same:{item}" for item in (reference.id, reference.same_as) if item]


def _by_place(item: tuple[str, tuple[int, str]]) -> int:
    return item[1][0]


def _keys(entry: Bibliography) -> list[tuple[str, str]]:
    keys: list[tuple[str, str]] = []
    if entry.doi:
        keys.append((f"doi:{entry.doi.lower()}", "the same DOI"))
    if entry.pmid:
        keys.append((f"pmid:{entry.pmid.lstrip('0')}", "the same PMID"))
    title = plain_title(entry.title)
    if len(title) >= _SHORTEST_TITLE:
        # Regulations share titles with their parallels in other agencies: the section belongs to the title.
        keys.append((f"title:{title}:{entry.year}:{plain_title(entry.section)}", "the same title and year"))
    elif title and entry.authors:
        author = plain_title(entry.authors[0].family or entry.authors[0].literal)
        keys.append((f"title:{title}:{entry.year}:by:{author}", "the same author, title and year"))
    return keys


def plain_title(text: str) -> str:
    """A title without case, accents, punctuation and white space."""
    if text.isascii():  # nearly every title, and ten times as quick
        return _NO_LETTER.sub("", text.casefold())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _NO_LETTER.sub("", "".join(char for char in decomposed if not unicodedata.combining(char)))
