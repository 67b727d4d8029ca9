"""Finds entries that are the same source: by DOI, by PMID, by title and year; it only flags, it removes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.reference import Bibliography, Reference

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
            found.setdefault(pair, Duplicate(*pair, "the library says so"))
    return tuple(found.values())


def duplicate_of(entry: Bibliography, references: Iterable[Reference]) -> tuple[str, str] | None:
    """Id of the reference that an entry repeats, and by what; None when it is new."""
    keys = dict(_keys(entry))
    for reference in references:
        for key, _ in _keys(reference.bibliography):
            if key in keys:
                return reference.id, keys[key]
    return None


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
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(char for char in decomposed if not unicodedata.combining(char)))
