"""What the sets of one family say together of the service they are for; it must not read a request."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.criteria import CriteriaSet
from desktop.rules.match_lexicon import CONDITIONS, REDO, SPINE, SPINE_HINTS
from desktop.rules.match_words import Term, term_of

_TITLE_END = re.compile(r"[,(:;]")
_LONGEST_TITLE = 5
_APPROACHES = ("anterior", "posterior")


@dataclass(frozen=True, slots=True)
class Family:
    """A family's names and codes. `regions`: the part of the body that it is for; empty when its sets do not say."""

    id: str
    sets: tuple[CriteriaSet, ...]
    terms: tuple[Term, ...]
    codes: frozenset[str]
    diagnoses: frozenset[str]
    regions: frozenset[str]
    approach: str
    """`anterior` or `posterior` when its name says so."""
    redoes: frozenset[str]
    """The services that it does once more (`fusion`), when most of its names speak of revision or failure."""


def families_of(sets: Iterable[CriteriaSet]) -> tuple[Family, ...]:
    """The families of some sets, in the order of their first set."""
    grouped: dict[str, list[CriteriaSet]] = {}
    for item in sets:
        grouped.setdefault(item.family, []).append(item)
    return tuple(_family(family, tuple(items)) for family, items in grouped.items())


def _family(family: str, sets: tuple[CriteriaSet, ...]) -> Family:
    words = re.split(r"[-_.:]", family)
    names = dict.fromkeys((*(name for item in sets for name in names_of(item)), " ".join(words)))
    terms = tuple(dict.fromkeys(term for term in (term_of(name) for name in names) if term.is_telling))
    speaking = [term for term in terms if set(term.core) & REDO]
    redoes = frozenset(word for term in speaking for word in term.core) - REDO - {"repair"}
    return Family(
        id=family,
        sets=sets,
        terms=tuple(term for term in terms if not set(term.core) <= CONDITIONS),
        codes=frozenset(code.upper() for item in sets for code in item.codes),
        diagnoses=frozenset(code.upper() for item in sets for code in item.diagnoses),
        regions=_regions(term_of(" ".join(words)), terms),
        approach=next((word for word in _APPROACHES if word in words), ""),
        redoes=redoes if len(speaking) * 2 >= len(terms) else frozenset(),
    )


def _regions(name: Term, terms: tuple[Term, ...]) -> frozenset[str]:
    """What the family's own name says; else what its terms say, where several parts of the spine mean all of it."""
    if name.regions - {"spine"}:
        return name.regions
    named = frozenset(region for term in terms for region in term.regions)
    is_spinal = bool(named & SPINE) or any(set(term.core) & SPINE_HINTS for term in terms)
    return frozenset({"spine"}) if is_spinal else named


def names_of(item: CriteriaSet) -> tuple[str, ...]:
    """The words by which a request names a set's service: its terms, or else the beginning of its title."""
    if item.terms:
        return item.terms
    title = _TITLE_END.split(item.title, maxsplit=1)[0]
    return (title,) if len(term_of(title).core) <= _LONGEST_TITLE else ()
