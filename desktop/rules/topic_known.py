"""What topics may point at: the claims of the reference library and the questions of the criteria library.

The libraries are handed in as plain values, because the reading of references belongs to another layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.criteria import CriteriaSet
from desktop.domain.reference import Claim, Reference


@dataclass(frozen=True, slots=True)
class Scope:
    """What the conditions of one topic may name: values outside it would never be met where the topic applies."""

    families: tuple[str, ...]
    codes: tuple[str, ...]
    criterion_topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """References and claims by id, and what each criteria family has codes for and asks about."""

    references: Mapping[str, Reference]
    claims: Mapping[tuple[str, str], Claim]
    codes_of: Mapping[str, frozenset[str]]
    criterion_topics_of: Mapping[str, frozenset[str]]
    takes_doubtful: bool = False
    """Whether a topic may point at a source that may not be cited as it stands; its claim is then not told."""

    def scope(self, families: Iterable[str], codes: Iterable[str]) -> Scope:
        """What a topic with these families and codes may ask about; with neither, everything in the library."""
        named, own = tuple(families), tuple(codes)
        if not named and not own:
            named = tuple(sorted(self.codes_of))
        asking = set(named)
        if own:
            asking |= {family for family, found in self.codes_of.items() if found & set(own)}
        codes_there = {code for family in named for code in self.codes_of.get(family, ())}
        topics = {topic for family in asking for topic in self.criterion_topics_of.get(family, ())}
        return Scope(named, tuple(sorted({*own, *codes_there})), tuple(sorted(topics)))


def known_of(
    references: Iterable[Reference],
    claims: Iterable[Claim],
    sets: Iterable[CriteriaSet],
    *,
    takes_doubtful: bool = False,
) -> Known:
    """The libraries as topics are held against them."""
    codes: dict[str, set[str]] = {}
    topics: dict[str, set[str]] = {}
    for item in sets:
        codes.setdefault(item.family, set()).update(item.codes)
        found = {criterion.topic for criterion in item.criteria() if criterion.topic is not None}
        topics.setdefault(item.family, set()).update(found)
    return Known(
        {item.id: item for item in references},
        {(claim.reference_id, claim.id): claim for claim in claims},
        {family: frozenset(found) for family, found in codes.items()},
        {family: frozenset(found) for family, found in topics.items()},
        takes_doubtful,
    )
