"""Finds references by words, topic, stance and year, best first by a rule that can be said in one sentence.

A word counts five in the id, the authors or the title, three in a subject or topic, one in a claim or the journal; a
reference must hold every word, and of equals the newer one comes first.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from desktop.domain.reference import EvidenceLevel, Reference, ReferenceStance
from desktop.letters.references.library import ReferenceLibrary

_WORD = re.compile(r"[^\W_]+")
Said = tuple[tuple[int, list[str]], ...]
"""What a field's words are worth, and the words."""
_SAID: WeakKeyDictionary[ReferenceLibrary, dict[str, Said]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class ReferenceQuery:
    """What is looked for; what is empty or None does not narrow."""

    words: str = ""
    topic: str = ""
    """A claim's topic or a subject, whole."""
    stance: ReferenceStance | None = None
    year_from: int | None = None
    year_to: int | None = None
    evidence: EvidenceLevel | None = None


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A reference that answers the query, and how well."""

    reference: Reference
    score: int


def search_references(library: ReferenceLibrary, query: ReferenceQuery) -> tuple[FoundReference, ...]:
    """Every reference that answers the query, best first; without words, in the order of the library."""
    wanted = list(dict.fromkeys(_words(query.words)))
    if query.words.strip() and not wanted:
        return ()
    found = [
        FoundReference(reference, score)
        for reference in library.all()
        if _is_within(reference, query)
        and (score := _score(_said(library, reference) if wanted else (), wanted)) is not None
    ]
    if wanted:
        found.sort(key=lambda item: (-item.score, -(item.reference.bibliography.year or 0)))
    return tuple(found)


def _is_within(reference: Reference, query: ReferenceQuery) -> bool:
    topic = query.topic.strip().casefold()
    if topic and topic not in {name.casefold() for name in (*reference.topics, *reference.subjects)}:
        return False
    if query.stance is not None and reference.stance is not query.stance:
        return False
    if query.evidence is not None and reference.evidence is not query.evidence:
        return False
    if query.year_from is None and query.year_to is None:
        return True
    year = reference.bibliography.year
    # An entry without a year cannot be said to lie within any.
    return year is not None and (query.year_from or 0) <= year <= (query.year_to or 9999)


def _said(library: ReferenceLibrary, reference: Reference) -> Said:
    """The words of a reference with what each is worth, worked out once for each reading of the library."""
    held = _SAID.setdefault(library, {})
    if reference.id not in held:
        held[reference.id] = _words_of(reference)
    return held[reference.id]


def _words_of(reference: Reference) -> Said:
    entry = reference.bibliography
    names = (f"{name.family} {name.given} {name.literal}" for name in entry.authors)
    head = f"{reference.id} {' '.join(names)} {entry.title} {entry.section} {entry.number}"
    return (
        (5, _words(f"{head} {entry.doi} {entry.pmid} {entry.year or ''}")),
        (3, _words(f"{' '.join(reference.subjects)} {' '.join(reference.topics)}")),
        (1, _words(f"{entry.container_title} {' '.join(reference.supports)}")),
    )


def _score(fields: Said, wanted: list[str]) -> int | None:
    total = 0
    for word in wanted:
        # The beginning of a word is enough, so that it finds while it is typed.
        best = [weight for weight, held in fields if any(item.startswith(word) for item in held)]
        if not best:
            return None
        total += sum(best)
    return total


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(char for char in decomposed if not unicodedata.combining(char)))
