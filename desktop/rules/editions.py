"""Which sets are editions of one document, which edition is in force on a day, and which must be read again.

It must not read the clock: every day is handed in. Nor does it choose between documents; `match` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from desktop.domain.criteria import CriteriaSet

RED_AFTER_DAYS = 180
"""So many days past its review-by date a set goes from amber to red. Our own measure, not a publisher's."""

_DocumentKey = tuple[str, str, str]


class ReviewState(Enum):
    """Whether a set must be compared with its source again."""

    FRESH = "fresh"
    DUE = "due"
    """Amber: past its review-by date."""
    OVERDUE = "overdue"
    """Red: more than 180 days past it."""


class Review(NamedTuple):
    """The state and the sentence that says why."""

    state: ReviewState
    sentence: str


def review_state(criteria_set: CriteriaSet, today: date) -> Review:
    """Whether a set is past its review-by date. The day itself is still fresh; without a date it stays fresh."""
    due = criteria_set.review_by
    if due is None:
        return Review(ReviewState.FRESH, "The set names no day by which it must be checked again.")
    days = (today - due).days
    if days <= 0:
        return Review(ReviewState.FRESH, f"To be checked against its source by {due}.")
    state = ReviewState.OVERDUE if days > RED_AFTER_DAYS else ReviewState.DUE
    past = "1 day" if days == 1 else f"{days} days"
    return Review(
        state,
        f"It was to be checked against its source by {due}, {past} ago: confirm it before relying on it.",
    )


def documents(sets: Iterable[CriteriaSet]) -> tuple[tuple[CriteriaSet, ...], ...]:
    """The sets by document, each document's editions oldest first; documents in the order of their first set.

    Editions share family, publisher and document number (case and spaces aside), or one supersedes the other.
    """
    by_id: dict[str, CriteriaSet] = {}
    for item in sets:
        by_id.setdefault(item.id, item)
    parent = {set_id: set_id for set_id in by_id}
    first_of: dict[_DocumentKey, str] = {}
    for set_id, item in by_id.items():
        _join(parent, set_id, first_of.setdefault(_document_key(item), set_id))
        if item.supersedes in by_id:
            _join(parent, set_id, item.supersedes)
    found: dict[str, list[CriteriaSet]] = {}
    for set_id, item in by_id.items():
        found.setdefault(_root(parent, set_id), []).append(item)
    return tuple(_oldest_first(editions) for editions in found.values())


def editions_of(criteria_set: CriteriaSet, sets: Iterable[CriteriaSet]) -> tuple[CriteriaSet, ...]:
    """Every edition of the document that a set is an edition of, itself among them, oldest first."""
    known = documents((*sets, criteria_set))
    return next(editions for editions in known if any(item.id == criteria_set.id for item in editions))


def edition_on(editions: Sequence[CriteriaSet], day: date | None) -> CriteriaSet | None:
    """The edition of one document in force on a day, or None. Without a day: the newest.

    Where several claim the day, the one that begins last has it, so an edition without an end yields to its successor.
    """
    ordered = _oldest_first(editions)
    by_id = {item.id: item for item in ordered}
    claiming = [item for item in ordered if day is None or _claims(item, day, by_id)]
    return claiming[-1] if claiming else None


def in_force(sets: Iterable[CriteriaSet], day: date | None) -> tuple[CriteriaSet, ...]:
    """Of every document the edition in force on a day; documents that have none then are left out."""
    found = (edition_on(editions, day) for editions in documents(sets))
    return tuple(item for item in found if item is not None)


def why_not_in_force(criteria_set: CriteriaSet, day: date | None, sets: Iterable[CriteriaSet]) -> str:
    """Why a set is not the edition for a day, as a sentence; empty when it is."""
    editions = editions_of(criteria_set, sets)
    chosen = edition_on(editions, day)
    if chosen is not None and chosen.id == criteria_set.id:
        return ""
    begins, ends = _begins(criteria_set, {item.id: item for item in editions}), criteria_set.effective_to
    if day is not None and day < begins:
        return f"This edition is in force only from {begins}; the service is on {day}."
    if chosen is None:
        return f"This edition ended on {ends}; the service is on {day}."
    ended = f"This edition ended on {ends}. " if ends is not None else ""
    return f"{ended}The edition for the {'day of the service' if day else 'present'} is {chosen.id}."


def edition_instead(
    criteria_set: CriteriaSet, day: date | None, sets: Iterable[CriteriaSet]
) -> CriteriaSet | None:
    """The edition of the same document that is in force on a day, where a set itself is not; None else."""
    chosen = edition_on(editions_of(criteria_set, sets), day)
    return None if chosen is None or chosen.id == criteria_set.id else chosen


def _claims(item: CriteriaSet, day: date, by_id: dict[str, CriteriaSet]) -> bool:
    """Whether a day lies within an edition's dates, both included; a missing date sets no limit."""
    return _begins(item, by_id) <= day and (item.effective_to is None or day <= item.effective_to)


def _document_key(item: CriteriaSet) -> _DocumentKey:
    return item.family, _plain(item.publisher), _plain(item.document_number)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _root(parent: dict[str, str], set_id: str) -> str:
    while parent[set_id] != set_id:
        set_id = parent[set_id]
    return set_id


def _join(parent: dict[str, str], one: str, other: str) -> None:
    parent[_root(parent, one)] = _root(parent, other)


def _oldest_first(editions: Iterable[CriteriaSet]) -> tuple[CriteriaSet, ...]:
    """By the day they begin; without one, after the edition that they supersede, else before all others."""
    items = list(editions)
    by_id = {item.id: item for item in items}
    return tuple(sorted(items, key=lambda item: (_begins(item, by_id), _generation(item, by_id), item.id)))


def _begins(item: CriteriaSet, by_id: dict[str, CriteriaSet]) -> date:
    """The first day of an edition; one that names none begins after the end, or with the day, of its predecessor."""
    seen: set[str] = set()
    while item.effective_from is None and item.supersedes in by_id and item.id not in seen:
        seen.add(item.id)
        item = by_id[item.supersedes]
        if item.effective_to is not None and item.effective_to < date.max:
            return item.effective_to + timedelta(days=1)
    return item.effective_from or date.min


def _generation(item: CriteriaSet, by_id: dict[str, CriteriaSet]) -> int:
    """How many editions, one superseding the next, come before it; a circle ends where it closes."""
    seen = {item.id}
    while item.supersedes in by_id and item.supersedes not in seen:
        seen.add(item.supersedes)
        item = by_id[item.supersedes]
    return len(seen) - 1
