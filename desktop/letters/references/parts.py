"""What every reader of bibliographic files hands back, and how a name is written on one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from desktop.domain.reference import Bibliography, PersonName

T = TypeVar("T")

MOST_ENTRIES = 25_000
Watch = Callable[[int, int], None]
"""Is told how many of how many are done; what it raises ends the work, which has kept nothing by then."""
_TOLD_EVERY = 50


class TooManyEntriesError(Exception):
    """A file has more entries than are read at once; `count` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def watched(items: Sequence[T], watch: Watch | None) -> Iterator[T]:
    """The items one by one, with word of how far it is. Raises TooManyEntriesError before the first."""
    if len(items) > MOST_ENTRIES:
        raise TooManyEntriesError(len(items))
    for place, item in enumerate(items):
        if watch is not None and place % _TOLD_EVERY == 0:
            watch(place, len(items))
        yield item


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry of a file: its fields, where it stood, and what of it was not kept."""

    bibliography: Bibliography
    where: str
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The entries of a file, and what of it is in none of them."""

    entries: tuple[ReadEntry, ...]
    problems: tuple[str, ...] = ()


def name_of(text: str) -> PersonName:
    """`Family, Given` as a person; words without a comma as an organisation."""
    family, comma, given = text.partition(",")
    if not comma:
        return PersonName(literal=text.strip())
    return PersonName(family=family.strip(), given=given.strip())


def name_text(name: PersonName) -> str:
    """The name so that `name_of` reads it back: a person always has a comma."""
    return name.literal or f"{name.family}, {name.given}".strip()


def plain_name(name: PersonName) -> PersonName:
    """The name without commas where they would be read as the border of its parts; a given name alone is whole."""
    if name.literal:
        return PersonName(literal=" ".join(name.literal.replace(",", " ").split()))
    family = " ".join(name.family.replace(",", " ").split())
    if not family:
        return PersonName(literal=" ".join(name.given.replace(",", " ").split()))
    return PersonName(family=family, given=name.given.strip(" ,"))
