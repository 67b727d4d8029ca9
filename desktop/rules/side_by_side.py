"""Lays criteria of two sets side by side where they ask the same thing; it must not judge which is stricter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.criteria import CriteriaSet, Criterion


@dataclass(frozen=True, slots=True)
class MatchedCriteria:
    """One row: criteria of the left set and of the right set about one question; one side may be empty."""

    left: tuple[Criterion, ...]
    right: tuple[Criterion, ...]
    matched_by: str = ""
    """The shared topic or id, or the finding or fact that both concern; empty where nothing matched."""


def side_by_side(left: CriteriaSet, right: CriteriaSet) -> tuple[MatchedCriteria, ...]:
    """Rows in the left set's reading order, then what only the right set asks.

    By topic first, then within a family by id (editions and customisations keep it), then by `concerns`. Every
    criterion stands in exactly one row.
    """
    ours, theirs = list(left.criteria()), list(right.criteria())
    names = (_topic, _own_id, _concern) if left.family == right.family else (_topic, _concern)
    matches: list[MatchedCriteria] = []
    for name_of in names:
        rest_ours = [item for item in ours if item.id not in _ids(matches, is_left=True)]
        rest_theirs = [item for item in theirs if item.id not in _ids(matches, is_left=False)]
        matches += _match(rest_ours, rest_theirs, name_of)
    placed_left, placed_right = _ids(matches, is_left=True), _ids(matches, is_left=False)
    alone = [MatchedCriteria((item,), ()) for item in ours if item.id not in placed_left]
    order = {item.id: number for number, item in enumerate(ours)}
    rows = sorted(matches + alone, key=lambda row: order[row.left[0].id])
    only_right = tuple(MatchedCriteria((), (item,)) for item in theirs if item.id not in placed_right)
    return (*rows, *only_right)


def _match(
    ours: list[Criterion], theirs: list[Criterion], name_of: Callable[[Criterion], str]
) -> list[MatchedCriteria]:
    rows: list[MatchedCriteria] = []
    for name in dict.fromkeys(name_of(item) for item in ours):
        left = tuple(item for item in ours if name_of(item) == name)
        right = tuple(item for item in theirs if name_of(item) == name)
        if name and right:
            rows.append(MatchedCriteria(left, right, name))
    return rows


def _topic(criterion: Criterion) -> str:
    return criterion.topic or ""


def _own_id(criterion: Criterion) -> str:
    return criterion.id


def _concern(criterion: Criterion) -> str:
    return criterion.concerns.value if criterion.concerns else ""


def _ids(rows: list[MatchedCriteria], *, is_left: bool) -> set[str]:
    return {item.id for row in rows for item in (row.left if is_left else row.right)}
