"""The shortest ways to met in the words of the screen; it searches for none and judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from desktop.domain.assessment import AssessmentKey
from desktop.domain.gap import Gap, LevelGaps, LineGaps, WayToMet
from desktop.domain.truth import Truth
from desktop.ui.review.criteria_rows import SIDES

CONTRARY = "the record says otherwise"


class Reach(Enum):
    """For what a way is shown."""

    PLACE = "place"
    """The level (and side) in front."""
    LINE = "line"
    """Every level and side of the service line at once."""


@dataclass(frozen=True, slots=True)
class GapItem:
    """One thing that a way asks for."""

    gap: Gap
    caption: str
    """The document or the question, its days, and where it is asked if that is not clear by itself."""

    @property
    def key(self) -> AssessmentKey:
        """The question that it closes."""
        return key_of(self.gap)

    @property
    def whole(self) -> str:
        """Everything about it in one sentence: what, of which days, from whom, and whether the facts are against it."""
        return needs_of(self.gap)


@dataclass(frozen=True, slots=True)
class WayView:
    """One way as the strip shows it."""

    lead: str
    items: tuple[GapItem, ...] = ()
    at: int = 0
    """Which of the ways, counted from 0."""
    count: int = 0
    reach: Reach = Reach.PLACE
    other: str = ""
    """How many things the way for the other reach asks for, in words; empty where there is only one reach."""


def key_of(gap: Gap) -> AssessmentKey:
    """The question that a gap leaves open."""
    return AssessmentKey(set_id=gap.set_id, criterion_id=gap.criterion_id, subject=gap.subject)


def way_view(gaps: LineGaps | None, level: str, side: str, reach: Reach, at: int) -> WayView:
    """The way number `at` (as far as there are so many) for a place of the line, or for the whole line."""
    if gaps is None:
        return WayView("")
    place = place_of(gaps, level, side)
    has_places = len(gaps.levels) > 1
    if place is None or not has_places:
        reach = Reach.LINE
    ways, truth = (
        (gaps.ways, gaps.truth) if reach is Reach.LINE or place is None else (place.ways, place.truth)
    )
    at = min(max(at, 0), len(ways) - 1) if ways else 0
    # Where one level is in front, or there is only one, its name at every gap would tell nothing.
    named = (
        frozenset(item.level for item in gaps.levels) | {*SIDES}
        if has_places and reach is Reach.LINE
        else _NO_PLACES
    )
    return WayView(
        lead=_lead(
            gaps, place if reach is Reach.PLACE else None, truth, len(ways), at, has_places=has_places
        ),
        items=tuple(_item(gap, named) for gap in ways[at].gaps) if ways else (),
        at=at,
        count=len(ways),
        reach=reach,
        other=_other(gaps, place, reach) if has_places else "",
    )


def place_of(gaps: LineGaps, level: str, side: str) -> LevelGaps | None:
    """The gaps of a level and side; what the set does not ask by, or the line does not name, is left out of account."""
    exact = (item for item in gaps.levels if item.level in {level, ""} and item.side in {side, ""})
    return next(exact, None)


def gap_at(gaps: LineGaps | None, key: AssessmentKey | None) -> Gap | None:
    """The gap of a question, if any of the ways shown for the line asks for it."""
    if gaps is None or key is None:
        return None
    return next((gap for way in _ways(gaps) for gap in way.gaps if key_of(gap) == key), None)


def needs_of(gap: Gap) -> str:
    """What would close a gap: the document, its days, from whom, and whether the record says otherwise."""
    parts = [_what(gap), _days(gap)]
    words = ", ".join(part for part in parts if part)
    if gap.owed_by:
        words += f" (from {gap.owed_by})"
    if gap.is_contrary:
        words += "; the record says otherwise: a document alone does not close it"
    return words


def asked_for(gap: Gap) -> str:
    """The document of a gap as it is asked for: what, for which level or side, of which days."""
    where = "" if gap.subject in {"", gap.service_line_id} else f"for {gap.subject}"
    return ", ".join(part for part in (_what(gap), where, _days(gap)) if part)


def _ways(gaps: LineGaps) -> Iterator[WayToMet]:
    yield from gaps.ways
    for level in gaps.levels:
        yield from level.ways


def _lead(
    gaps: LineGaps, place: LevelGaps | None, truth: Truth, count: int, at: int, *, has_places: bool
) -> str:
    where = f" at {_name(place)}" if place else " for the whole line" if has_places else ""
    if truth is Truth.TRUE:
        return f"Nothing is missing{where}."
    if not count:
        return f"Nothing that is open can make it met{where}."
    if at:
        return f"Another way{where}:"
    is_sure = gaps.is_exact or place is not None
    return (
        f"Shortest way to met{where}:" if is_sure else f"A short way to met{where}, perhaps not the shortest:"
    )


def _other(gaps: LineGaps, place: LevelGaps | None, reach: Reach) -> str:
    if place is None:
        return ""
    if reach is Reach.PLACE:
        return f"Whole line: {_size(gaps.ways, gaps.truth)}"
    return f"{_name(place)}: {_size(place.ways, place.truth)}"


def _size(ways: tuple[WayToMet, ...], truth: Truth) -> str:
    if truth is Truth.TRUE:
        return "met"
    return f"{len(ways[0].gaps)} missing" if ways else "no way"


def _name(place: LevelGaps) -> str:
    return " ".join(part for part in (place.level, place.side) if part)


_NO_PLACES: frozenset[str] = frozenset()


def _item(gap: Gap, named: frozenset[str]) -> GapItem:
    where = gap.subject if gap.subject in named else ""
    parts = (_what(gap), where, _days(gap), CONTRARY if gap.is_contrary else "")
    return GapItem(gap, " · ".join(part for part in parts if part))


def _what(gap: Gap) -> str:
    if gap.must_become is Truth.FALSE:
        return f"Shown not to be so: {gap.text}"
    return gap.closes_with.strip() or gap.text


def _days(gap: Gap) -> str:
    if gap.dated_from and gap.dated_to:
        return f"dated {gap.dated_from} to {gap.dated_to}"
    if gap.dated_from:
        return f"dated {gap.dated_from} or later"
    return f"dated {gap.dated_to} or earlier" if gap.dated_to else ""
