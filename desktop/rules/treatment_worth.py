"""How long a conservative treatment lasted, or how often it was given, as the record has it.

It must not count care that has no dates, nor the same days twice: both are what reviews have turned on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.domain.clinical import ConservativeTreatment, TreatmentKind
from desktop.domain.criteria import Criterion, Threshold
from desktop.domain.window import TimeUnit, Window
from desktop.rules.calendar_lengths import Stretch, counted, in_words, total, union, weeks_and_days
from desktop.rules.units import VISITS, same_unit, time_unit_of
from desktop.rules.worth import Worth, decimal_beside, number_text

_SHOWN = 6
"""Courses named in a sentence; a list of fifty is not read."""


@dataclass(frozen=True, slots=True)
class _Course:
    """The part of a treatment that counts."""

    treatment: ConservativeTreatment
    stretch: Stretch
    is_whole: bool
    """False when a part of it lies outside the time asked for, so that its visits cannot be told apart."""


def treatment_worth(
    criterion: Criterion,
    threshold: Threshold,
    treatments: Sequence[ConservativeTreatment],
    service_on: date | None,
) -> Worth | None:
    """What the dated treatments come to; None when none counts, or when a window hangs on a service without a date."""
    within = criterion.within
    if within is not None and service_on is None:
        return None
    unit = time_unit_of(threshold.unit)
    if unit is None and not same_unit(threshold.unit, VISITS):
        return None
    begins = within.begins(service_on) if within and service_on else None
    courses: list[_Course] = []
    undated = 0
    for item in treatments:
        stretch = _dates(item, unit)
        if stretch is None:
            undated += 1
        elif (course := _inside(item, stretch, begins, service_on)) is not None:
            courses.append(course)
    if not courses:
        return None
    courses.sort(key=_order)
    remarks = _left_out(treatments, courses, unit, begins, within, service_on, undated)
    if unit is None:
        return _visits(courses, remarks, is_open=undated > 0)
    return _time(courses, threshold, unit, remarks, is_open=undated > 0)


def _dates(item: ConservativeTreatment, unit: TimeUnit | None) -> Stretch | None:
    first, last = item.started_on, item.ended_on
    if first is not None and last is None and unit is None and item.visits == 1:
        last = first  # one visit, on one day: nothing more is needed to count it
    return None if first is None or last is None or last < first else Stretch(first, last)


def _inside(
    item: ConservativeTreatment, stretch: Stretch, begins: date | None, ends: date | None
) -> _Course | None:
    first = max(stretch.first, begins) if begins else stretch.first
    last = min(stretch.last, ends) if ends else stretch.last
    if last < first:
        return None
    part = Stretch(first, last)
    return _Course(item, part, is_whole=part == stretch)


def _order(course: _Course) -> tuple[date, date, str]:
    return course.stretch.first, course.stretch.last, course.treatment.id


def _time(
    courses: Sequence[_Course], threshold: Threshold, unit: TimeUnit, remarks: str, *, is_open: bool
) -> Worth:
    stretches = union(course.stretch for course in courses)
    least, most = total(stretches, unit)
    words = in_words(stretches[0], unit)
    if len(stretches) > 1:
        days = sum(item.days for item in stretches)
        said = weeks_and_days(days) if unit is TimeUnit.WEEKS else counted(days, "day")
        shown = number_text(decimal_beside(least, threshold.value))
        words = f"{said} in all" + ("" if least == most else f", at least {shown} {unit.value}")
    visits = _visit_count(courses)
    if visits is not None and visits[0] == visits[1]:
        words += f", {counted(visits[0], 'visit')}"
    common = "; days in common are counted once" if _overlap(courses) else ""
    return Worth(
        value=least,
        at_most=most,
        is_open=is_open,
        words=f"{_named(courses)}: {words}{common}{remarks}",
        document_ids=_documents(courses),
    )


def _visits(courses: Sequence[_Course], remarks: str, *, is_open: bool) -> Worth | None:
    known = [item for item in courses if item.is_whole and item.treatment.visits is not None]
    count = _visit_count(known)
    if not known or count is None:
        return None
    least, most = count
    common = "; of courses at the same time only one is counted" if least != most else ""
    return Worth(
        value=Fraction(least),
        at_most=Fraction(most),
        is_open=is_open or len(known) < len(courses),
        words=f"{_named(known)}: {counted(least, 'visit')}{common}{remarks}",
        document_ids=_documents(known),
    )


def _visit_count(courses: Sequence[_Course]) -> tuple[int, int] | None:
    """The fewest and the most visits; None when they are not known for every course.

    Courses of one kind at the same time may be the same visits recorded twice: of these the fewest counts only one.
    """
    if any(course.treatment.visits is None or not course.is_whole for course in courses):
        return None
    kinds = {course.treatment.kind for course in courses}
    least = sum(_fewest([course for course in courses if course.treatment.kind is kind]) for kind in kinds)
    return least, sum(course.treatment.visits or 0 for course in courses)


def _fewest(courses: Sequence[_Course]) -> int:
    """The most visits of courses that share no day: what is certain not to be counted twice."""
    ordered = sorted(courses, key=_last_day)
    best: list[int] = [0]
    for index, course in enumerate(ordered):
        before = sum(other.stretch.last < course.stretch.first for other in ordered[:index])
        best.append(max(best[index], best[before] + (course.treatment.visits or 0)))
    return best[-1]


def _last_day(course: _Course) -> date:
    return course.stretch.last


def _overlap(courses: Sequence[_Course]) -> bool:
    together = sum(item.days for item in union(course.stretch for course in courses))
    return sum(course.stretch.days for course in courses) > together


def _named(courses: Sequence[_Course]) -> str:
    by_kind: dict[TreatmentKind, list[str]] = {}
    for course in courses[:_SHOWN]:
        first, last = course.stretch
        days = f"{first}" if first == last else f"{first} to {last}"
        by_kind.setdefault(course.treatment.kind, []).append(days)
    named = "; ".join(f"{kind.label} {' and '.join(days)}" for kind, days in by_kind.items())
    more = len(courses) - _SHOWN
    return f"{named} and {more} more" if more > 0 else named


def _left_out(
    treatments: Sequence[ConservativeTreatment],
    courses: Sequence[_Course],
    unit: TimeUnit | None,
    begins: date | None,
    within: Window | None,
    ends: date | None,
    undated: int,
) -> str:
    """What was not counted, so that nobody looks for it in the number."""
    dated = [stretch for item in treatments if (stretch := _dates(item, unit)) is not None]
    said: list[str] = []
    if begins and within and any(item.first < begins for item in dated):
        said.append(f"what lies before {begins} ({within.caption} before the service)")
    if ends and any(item.last > ends for item in dated):
        said.append(f"what lies after the service on {ends}")
    if unit is None:
        cut = sum(not item.is_whole for item in courses)
        silent = sum(item.is_whole and item.treatment.visits is None for item in courses)
        said += [f"{counted(cut, 'course')} only in part inside that time"] if cut else []
        said += [f"{counted(silent, 'course')} without a number of visits"] if silent else []
    if undated:
        said.append(f"{counted(undated, 'course')} without both dates")
    return f"; not counted: {', '.join(said)}" if said else ""


def _documents(courses: Sequence[_Course]) -> tuple[str, ...]:
    named = (course.treatment.document_id for course in courses)
    return tuple(dict.fromkeys(item for item in named if item is not None))
