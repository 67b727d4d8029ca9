"""The newest dated value of the record that answers a criterion: age, scores, facts, measurements, and ages of events.

It must not convert units, nor take an undated value for the newest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop.domain.case import Case
from desktop.domain.clinical import ImagingStudy, Measurement, PriorSurgery
from desktop.domain.criteria import Criterion, Scope, Threshold
from desktop.domain.document import Document, Span, span_of
from desktop.domain.service_line import ServiceLine
from desktop.domain.vertebra import is_vertebra
from desktop.rules.calendar_lengths import Stretch, in_words, length
from desktop.rules.units import same_unit, time_unit_of
from desktop.rules.worth import Worth, number_text

_MOST_DIGITS = 30
"""A number with more digits before or after its point is a slip of the pen, and would take long to reckon with."""

_WORD = re.compile(r"[^\W_]+")
_BOTH_SIDES = frozenset({"bilateral", "both"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion with its threshold, and what it is asked of."""

    criterion: Criterion
    threshold: Threshold
    case: Case
    line: ServiceLine
    level: str = ""
    side: str = ""

    @property
    def name(self) -> str:
        """The name of the measure: an instrument, a kind of fact, words of a label, a modality."""
        return self.criterion.measure.name if self.criterion.measure else ""

    def is_of_time(self, day: date) -> bool:
        """Whether a day lies in the criterion's window and not after the service."""
        service_on, within = self.line.service_on, self.criterion.within
        if service_on is None:
            return within is None
        return day <= service_on and (within is None or within.begins(service_on) <= day)

    def is_of_side(self, words: str) -> bool:
        """Whether words speak of the side asked about; without a side, any do. Words without a side do not."""
        return not self.side or bool(words_of(words) & (_BOTH_SIDES | {self.side}))


@dataclass(frozen=True, slots=True)
class _Recorded:
    """One value of the record."""

    label: str
    value: Decimal | None
    unit: str
    day: date | None
    document_id: str | None = None
    span: Span | None = None


def words_of(text: str) -> frozenset[str]:
    """The words of a label in one case, for holding labels against the names in criteria."""
    return frozenset(_WORD.findall(text.casefold()))


def age_worth(asked: Asked) -> Worth | None:
    """The member's age in whole years on the day of the service."""
    day, born = asked.line.service_on, asked.case.member.date_of_birth
    age = asked.case.member.age_on(day) if day else None
    if age is None:
        return None
    return Worth(value=Fraction(age), words=f"Born {born}, {age} years old on {day}")


def score_worth(asked: Asked) -> Worth | None:
    """The newest score of an instrument; of a longer name (`NRS back` for `nrs`) only when none has the name itself."""
    wanted = words_of(asked.name)
    matching = [
        item
        for item in asked.case.scores
        if wanted <= words_of(item.instrument) and asked.is_of_side(item.instrument)
    ]
    same_name = [item for item in matching if words_of(item.instrument) == wanted]
    return _newest(
        asked,
        [
            _Recorded(item.instrument, item.value, item.unit, item.scored_on, item.document_id)
            for item in same_name or matching
        ],
    )


def fact_worth(asked: Asked) -> Worth | None:
    """The newest amount of a clinical fact."""
    return _newest(
        asked,
        [
            _Recorded(item.kind.label, item.amount, item.unit, item.dated_on, item.document_id)
            for item in asked.case.history.facts
            if item.kind.value == asked.name and asked.is_of_side(item.text)
        ],
    )


def measurement_worth(asked: Asked) -> Worth | None:
    """The newest measurement with the words in its label, at the level asked about; failing that, without a level."""
    wanted = words_of(asked.name)
    matching = [
        (study, item)
        for study in asked.case.imaging
        for item in study.measurements
        if wanted <= words_of(item.label) and asked.is_of_side(item.label)
    ]
    levels = (asked.level,) if asked.criterion.per is Scope.LEVEL else asked.line.levels
    there = [pair for pair in matching if pair[1].level in levels]
    anywhere = [pair for pair in matching if not levels or pair[1].level is None]
    return _newest(asked, [_measured(asked, *pair) for pair in there or anywhere])


def since_surgery_worth(asked: Asked) -> Worth | None:
    """The time from the newest earlier operation to the service; one whose day or level is not said may be newer."""
    service_on, unit = asked.line.service_on, time_unit_of(asked.threshold.unit)
    if service_on is None or unit is None:
        return None
    is_at_level = asked.criterion.per is Scope.LEVEL
    earlier = [
        item
        for item in asked.case.history.prior_surgeries
        if asked.is_of_side(item.label) and (item.performed_on is None or item.performed_on <= service_on)
    ]
    here = [
        item
        for item in earlier
        if (_touches(item, asked.level) if is_at_level else _may_concern(item, asked.line))
    ]
    # An operation that names no levels may have been at this one.
    perhaps = [item for item in earlier if is_at_level and not item.levels]
    newest = max((item.performed_on for item in here if item.performed_on), default=None)
    if newest is None:
        return None
    later = [item for item in perhaps if item.performed_on is None or item.performed_on > newest]
    undated = [item for item in (*here, *later) if item.performed_on is None]
    remark = _remark(
        (len(undated), "without a date"),
        (len([item for item in later if item.performed_on]), "later, without levels"),
    )
    stretch = Stretch(newest, service_on)
    soonest = max((item.performed_on for item in later if item.performed_on), default=newest)
    at_level = f" at {asked.level}" if is_at_level else ""
    return Worth(
        value=length(stretch, unit),
        at_least=Fraction(0) if undated else length(Stretch(soonest, service_on), unit),
        words=f"Operation{at_level} on {newest}, service on {service_on}: {in_words(stretch, unit)}{remark}",
        document_ids=_ids(item.document_id for item in here if item.performed_on == newest),
    )


def imaging_age_worth(asked: Asked) -> Worth | None:
    """The age of the newest study, of a modality where one is named; one without a date may be newer."""
    service_on, unit = asked.line.service_on, time_unit_of(asked.threshold.unit)
    if service_on is None or unit is None:
        return None
    wanted = words_of(asked.name)
    studies = [
        item
        for item in asked.case.imaging
        if wanted <= words_of(item.modality) and asked.is_of_side(item.region)
    ]
    newest = max(
        (day for item in studies if (day := item.performed_on) and asked.is_of_time(day)), default=None
    )
    if newest is None:
        return None
    undated = sum(item.performed_on is None for item in studies)
    of_day = [item for item in studies if item.performed_on == newest]
    stretch = Stretch(newest, service_on)
    shown = " ".join(part for part in (of_day[0].modality or "Imaging", of_day[0].region) if part)
    return Worth(
        value=length(stretch, unit),
        at_least=Fraction(0) if undated else None,
        words=f"{shown} on {newest}, service on {service_on}: {in_words(stretch, unit)}"
        + _remark((undated, "without a date")),
        document_ids=_ids(item.document_id for item in of_day),
    )


def _newest(asked: Asked, found: Sequence[_Recorded]) -> Worth | None:
    """The newest value; None when it has another unit, so that an older one never hides it."""
    of_time = [item for item in found if item.day is not None and asked.is_of_time(item.day)]
    newest = max((item.day for item in of_time if item.day), default=None)
    same = [item for item in of_time if item.day == newest and same_unit(item.unit, asked.threshold.unit)]
    values = [item.value for item in same if item.value is not None]
    if not values or any(_is_absurd(value) for value in values):
        return None
    wants_more = asked.threshold.comparison.value.startswith(">")
    shown = " and ".join(
        dict.fromkeys(f"{item.label} {_amount(item)}" for item in same if item.value is not None)
    )
    return Worth(
        value=Fraction(
            min(values) if wants_more else max(values)
        ),  # of several that day, the less favourable
        at_least=Fraction(min(values)),
        at_most=Fraction(max(values)),
        words=f"{shown} on {newest}",
        document_ids=_ids(item.document_id for item in same),
        spans=tuple(dict.fromkeys(item.span for item in same if item.span is not None)),
    )


def _is_absurd(value: Decimal) -> bool:
    _, digits, exponent = value.as_tuple()
    return not isinstance(exponent, int) or max(len(digits) + exponent, -exponent) > _MOST_DIGITS


def _amount(item: _Recorded) -> str:
    return f"{number_text(item.value or Decimal(0))} {item.unit}".strip()


def _measured(asked: Asked, study: ImagingStudy, item: Measurement) -> _Recorded:
    document = asked.case.document(study.document_id)
    # A knee has no levels: only where the line names some is it worth saying that the measurement does not.
    no_level = " (level not given)" if asked.line.levels else ""
    label = f"{item.label} at {item.level}" if item.level else f"{item.label}{no_level}"
    span = _only_place(document, item.quote) if document else None
    return _Recorded(label, item.value, item.unit, study.performed_on, study.document_id, span)


def _only_place(document: Document, quote: str) -> Span | None:
    """The words in the document, when they stand there exactly once: of two places neither is known to be meant."""
    if not quote or document.text.count(quote) != 1:
        return None
    start = document.text.index(quote)
    return span_of(document, start, start + len(quote))


def _may_concern(surgery: PriorSurgery, line: ServiceLine) -> bool:
    """Whether an operation can be the one that a line builds on: one that names only other levels cannot."""
    return not surgery.levels or not line.levels or any(_touches(surgery, level) for level in line.levels)


def _touches(surgery: PriorSurgery, level: str) -> bool:
    """Whether an operation was at a level; a bone belongs to the segments that it ends."""
    return any(
        own == level
        or (is_vertebra(level) and level in own.split("-"))
        or (is_vertebra(own) and own in level.split("-"))
        for own in surgery.levels
    )


def _remark(*left_out: tuple[int, str]) -> str:
    said = [f"{number} {words}" for number, words in left_out if number]
    return f"; not counted: {', '.join(said)}" if said else ""


def _ids(found: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in found if item is not None))
