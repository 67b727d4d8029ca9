"""Holds sets against the sets that they name or follow: earlier editions, customised sets, and days in force.

It must not read files, nor choose an edition: it only says what cannot be right, and by which key of which set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Literal, NamedTuple

from desktop.domain.criteria import CriteriaSet
from desktop.rules.editions import documents

Link = Literal["supersedes", "customises"]
_LINKS: tuple[Link, ...] = ("supersedes", "customises")


class LineageProblem(NamedTuple):
    """One contradiction: the set and key to put right, the other set, the rule, what is wrong, what to write."""

    set_id: str
    key: str
    other_id: str
    rule: str
    problem: str
    fix: str


def lineage_problems(sets: Iterable[CriteriaSet]) -> tuple[LineageProblem, ...]:
    """Everything that contradicts itself among sets; of several with one id the first counts."""
    by_id: dict[str, CriteriaSet] = {}
    for item in sets:
        by_id.setdefault(item.id, item)
    found: list[LineageProblem] = []
    for link in _LINKS:
        found.extend(_dangling(by_id, link))
        found.extend(_circles(by_id, link))
    found.extend(_misplaced(by_id))
    for editions in documents(by_id.values()):
        found.extend(_overlaps(editions))
    return tuple(found)


def _named(item: CriteriaSet, link: Link) -> str | None:
    return item.supersedes if link == "supersedes" else item.customises


def _dangling(by_id: Mapping[str, CriteriaSet], link: Link) -> Iterator[LineageProblem]:
    for item in by_id.values():
        named = _named(item, link)
        if named is None or named in by_id:
            continue
        near = get_close_matches(named, [set_id for set_id in by_id if set_id != item.id], n=1)
        fix = (
            f"Write `{near[0]}`." if near else f"Write the id of a set that is there, or leave `{link}` out."
        )
        yield LineageProblem(
            item.id, link, named, f"{link}-known", f"`{link}: {named}` names a set that is not there.", fix
        )


def _circles(by_id: Mapping[str, CriteriaSet], link: Link) -> Iterator[LineageProblem]:
    told: set[str] = set()
    for start in sorted(by_id):
        path = [start]
        named = _named(by_id[start], link)
        while named is not None and named in by_id and named not in path and named not in told:
            path.append(named)
            named = _named(by_id[named], link)
        if named is not None and named in path:
            circle = path[path.index(named) :]
            yield LineageProblem(
                circle[0],
                link,
                circle[-1],
                f"{link}-circle",
                f"`{link}` leads round in a circle: {' -> '.join((*circle, circle[0]))}.",
                f"Take `{link}` out of one of these sets.",
            )
        told.update(path)


def _misplaced(by_id: Mapping[str, CriteriaSet]) -> Iterator[LineageProblem]:
    for item in by_id.values():
        earlier = by_id.get(item.supersedes or "")
        if earlier is None:
            continue
        if item.family != earlier.family:
            yield LineageProblem(
                item.id,
                "family",
                earlier.id,
                "edition-family",
                f"The set supersedes `{earlier.id}`, whose family is `{earlier.family}` and not `{item.family}`.",
                f"Write `family: {earlier.family}`, or leave `supersedes` out.",
            )
        begins, began = item.effective_from, earlier.effective_from
        if begins is not None and began is not None and begins <= began:
            yield LineageProblem(
                item.id,
                "effective_from",
                earlier.id,
                "edition-order",
                f"The set supersedes `{earlier.id}`, but does not begin after it ({began}).",
                "Write a later day, or turn `supersedes` round.",
            )


def _overlaps(editions: tuple[CriteriaSet, ...]) -> Iterator[LineageProblem]:
    """Editions of one document, oldest first, that are in force on one day."""
    dated = [item for item in editions if item.effective_from is not None]
    for index, later in enumerate(dated):
        begins = _begins(later)
        for earlier in reversed(dated[:index]):
            last = earlier.effective_to
            if _customises(earlier, later) or (
                _is_superseded(earlier, editions, begins) if last is None else last < begins
            ):
                continue
            yield LineageProblem(
                later.id,
                "effective_from",
                earlier.id,
                "editions-overlap",
                f"This edition begins while `{earlier.id}` is still in force.",
                f"Give `{earlier.id}` an `effective_to` before {begins}"
                + (f", or write `supersedes: {earlier.id}` here." if last is None else "."),
            )
            break


def _begins(item: CriteriaSet) -> date:
    return item.effective_from or date.min


def _is_superseded(earlier: CriteriaSet, editions: tuple[CriteriaSet, ...], day: date) -> bool:
    """Whether an edition without a last day has a successor by a day: it ended when that one began."""
    return any(item.supersedes == earlier.id and _begins(item) <= day for item in editions)


def _customises(one: CriteriaSet, other: CriteriaSet) -> bool:
    return one.customises == other.id or other.customises == one.id
