"""The library as a list of sets by family: what is shown of each, and what a search finds; it knows no widget."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.rules.editions import Review, ReviewState, review_state
from desktop.rules.loader import Library
from desktop.rules.match import Match, Request, match
from desktop.ui.library.wording import LICENCES, family_title, not_in_force, proof_word, proofs_of, short_name

MOST_SEARCHED = 2_000
"""Characters of a search that are read; nobody types more, and a pasted record is not a search."""

_UNSEARCHABLE = re.compile("[\x00\ud800-\udfff]")
"""What a paste may bring and no text of a set can hold."""


class ShelfView(Enum):
    """Which sets are shown."""

    ALL = "All"
    OWN = "Own"
    TO_CHECK = "To check"


@dataclass(frozen=True, slots=True)
class Heading:
    """A family, and why a search found it; it cannot be selected."""

    family: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class SetRow:
    """What the list shows of one set."""

    criteria_set: CriteriaSet
    name: str
    proof: str
    is_own: bool
    is_weak: bool
    """Some of it was not read in the present text."""
    force: str
    """Why it is not in force today; empty when it is."""
    review: Review

    @property
    def id(self) -> str:
        """The set's id."""
        return self.criteria_set.id

    @property
    def licence(self) -> str:
        """The licence class in a word."""
        return LICENCES[self.criteria_set.licence]

    @property
    def review_word(self) -> str:
        """By when it was to be checked, once that day is past."""
        if self.review.state is ReviewState.FRESH or self.criteria_set.review_by is None:
            return ""
        word = "Check by" if self.review.state is ReviewState.DUE else "Overdue"
        return f"{word} {self.criteria_set.review_by}"

    @property
    def spoken(self) -> str:
        """The row as one sentence for a screen reader."""
        parts = (
            self.name,
            self.criteria_set.title,
            self.criteria_set.edition,
            f"license {self.licence.lower()}",
            self.proof.lower(),
            self.force,
            self.review.sentence if self.review_word else "",
        )
        return ", ".join(part for part in parts if part)


Entry = Heading | SetRow


@dataclass(frozen=True, slots=True)
class Shelf:
    """The library as it was read, and which of its sets are the user's own."""

    library: Library
    own_ids: frozenset[str]
    today: date

    def row(self, criteria_set: CriteriaSet) -> SetRow:
        """What is shown of a set."""
        return SetRow(
            criteria_set,
            short_name(criteria_set),
            proof_word(criteria_set),
            is_own=criteria_set.id in self.own_ids or criteria_set.licence is not LicenceClass.PUBLIC,
            is_weak=bool(proofs_of(criteria_set).keys() & {"O", "S", "H"}),
            force=not_in_force(criteria_set, self.today, self.library.sets),
            review=review_state(criteria_set, self.today),
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a view and a search, in order."""

    entries: tuple[Entry, ...]
    query: str = ""

    @property
    def set_count(self) -> int:
        """How many sets there are."""
        return sum(isinstance(entry, SetRow) for entry in self.entries)


def listing(shelf: Shelf, view: ShelfView, query: str) -> Listing:
    """The sets of a view that a search finds: families that it asks for come first, with the reason."""
    rows = [row for item in shelf.library.sets if _covers(view, row := shelf.row(item))]
    words = _UNSEARCHABLE.sub(" ", query[:MOST_SEARCHED]).strip()
    if not words:
        return Listing(tuple(_by_family(rows)))
    found = match(shelf.library, Request(text=words, service_on=shelf.today))
    hits = {row.id for row in rows if _contains(row.criteria_set, words)}
    entries = [*_matched(rows, found, hits)]
    asked = {item.family for item in found}
    rest = [row for row in rows if row.id in hits and row.criteria_set.family not in asked]
    return Listing((*entries, *_by_family(rest)), words)


def _covers(view: ShelfView, row: SetRow) -> bool:
    match view:
        case ShelfView.OWN:
            return row.is_own
        case ShelfView.TO_CHECK:
            return bool(row.review_word)
        case _:
            return True


def _by_family(rows: Sequence[SetRow]) -> Iterable[Entry]:
    families = sorted({row.criteria_set.family for row in rows}, key=family_title)
    for family in families:
        yield Heading(family, family_title(family))
        # What is in force stands before what is not; otherwise by name.
        yield from sorted((row for row in rows if row.criteria_set.family == family), key=_place)


def _place(row: SetRow) -> tuple[bool, bool, str, str]:
    return bool(row.force), not row.is_own, row.name.casefold(), row.id


def _matched(rows: Sequence[SetRow], found: Sequence[Match], hits: set[str]) -> Iterable[Entry]:
    by_id = {row.id: row for row in rows}
    for item in found:
        ranked = [by_id[it.criteria_set.id] for it in item.sets if it.criteria_set.id in by_id]
        if not ranked:
            continue
        yield Heading(item.family, family_title(item.family), " ".join(item.why))
        # Sets in which every word of the search stands come first; the ranking decides among them.
        yield from (row for row in ranked if row.id in hits)
        yield from (row for row in ranked if row.id not in hits)


def _contains(criteria_set: CriteriaSet, words: str) -> bool:
    said = " ".join(
        (
            criteria_set.id,
            family_title(criteria_set.family),
            criteria_set.title,
            criteria_set.publisher,
            criteria_set.document_number,
            criteria_set.edition,
            *criteria_set.terms,
            *criteria_set.codes,
            *criteria_set.diagnoses,
            *criteria_set.indications,
        )
    ).casefold()
    return all(word in said for word in words.casefold().split())
