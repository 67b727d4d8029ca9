"""The timeline: what the record dates, in order, as one drawing; pure. What has no date is named, never placed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.clinical import ConservativeTreatment, FunctionScore
from desktop.domain.figure import EventRow, Timeline, TimelineEvent
from desktop.domain.letter import BlockKind, LetterBlock
from desktop.domain.service_line import ServiceTiming
from desktop.letters.composing.criteria import CriteriaTables
from desktop.letters.composing.earlier import issued_on
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record
from desktop.letters.wording import amount_text, code_text, level_list, listed, one_line, shortened

LEAST_EVENTS = 3
"""Fewer dated events than this are told better by a sentence."""

MOST_IN_A_ROW = 12
"""Events of one row that can still be read; entries of one name are joined first, then the newest are kept."""

MOST_UNDATED = 8
LONGEST_LABEL = 60


def timeline(inputs: LetterInputs, _tables: CriteriaTables) -> LetterBlock | None:
    """The timeline as a block; None where it is switched off or too little is dated."""
    if not inputs.settings.has_figures:
        return None
    figure, left_out = timeline_of(inputs)
    if len(figure.events) < LEAST_EVENTS:
        return None
    origins = dict.fromkeys(record(event.source, event.label) for event in figure.events if event.source)
    text = "The dated events of the record, each at its day."
    if left_out:
        text += f" {left_out} more are left to the tables of this letter."
    if figure.undated:
        text += f" Recorded without a date, and so not placed: {listed(figure.undated)}."
    return LetterBlock(
        id=block_id(BlockKind.TIMELINE),
        kind=BlockKind.TIMELINE,
        heading="Course over time",
        paragraphs=(paragraph(text, *origins, form("timeline")),),
        figure=figure,
    )


def timeline_of(inputs: LetterInputs) -> tuple[Timeline, int]:
    """The dated events by day, and how many were left out for want of room."""
    by_row: dict[EventRow, list[TimelineEvent]] = {}
    for event in (
        *_surgeries(inputs),
        *_imaging(inputs),
        *_treatments(inputs),
        *_scores(inputs),
        *_payer(inputs),
    ):
        by_row.setdefault(event.row, []).append(event)
    for event in _services(inputs):
        by_row.setdefault(event.row, []).append(event)
    kept: list[TimelineEvent] = []
    left_out = 0
    for events in by_row.values():
        newest = sorted(events, key=lambda event: event.ends_on or event.starts_on, reverse=True)
        kept.extend(newest[:MOST_IN_A_ROW])
        left_out += len(newest[MOST_IN_A_ROW:])
    order = list(EventRow)
    kept.sort(key=lambda event: (event.starts_on, order.index(event.row), event.label))
    figure = Timeline(
        caption="Dated events of the record",
        events=tuple(kept),
        undated=_undated(inputs),
    )
    return figure, left_out


def _surgeries(inputs: LetterInputs) -> Iterator[TimelineEvent]:
    for item in inputs.case.history.prior_surgeries:
        if item.performed_on is not None:
            at = f" {level_list(item.levels)}" if item.levels else ""
            label = f"{_short(item.label) or 'Operation'}{at}"
            yield _event(EventRow.SURGERY, label, item.performed_on, f"history.prior_surgeries.{item.id}")


def _imaging(inputs: LetterInputs) -> Iterator[TimelineEvent]:
    for study in inputs.case.imaging:
        if study.performed_on is not None:
            label = _short(f"{study.modality} {study.region}") or "Imaging study"
            yield _event(EventRow.IMAGING, label, study.performed_on, f"imaging.{study.id}")


def _treatments(inputs: LetterInputs) -> Iterator[TimelineEvent]:
    """Each treatment; where there are too many, those of one name together, from the first day to the last."""
    dated = [item for item in inputs.case.treatments if item.started_on or item.ended_on]
    if len(dated) <= MOST_IN_A_ROW:
        for item in dated:
            first, last = _days(item)
            label = f"{_name(item)}{_open_end(item)}"
            yield _event(EventRow.TREATMENT, label, first, f"treatments.{item.id}", last)
        return
    by_name: dict[str, list[ConservativeTreatment]] = {}
    for item in dated:
        by_name.setdefault(_name(item), []).append(item)
    for name, items in by_name.items():
        days = [day for item in items for day in _days(item)]
        label = f"{name} ({len(items)} entries)" if len(items) > 1 else name
        yield _event(EventRow.TREATMENT, label, min(days), f"treatments.{items[0].id}", max(days))


def _open_end(item: ConservativeTreatment) -> str:
    """Said where one of the two days is missing: a point on the line must not look like a treatment of one day."""
    if item.started_on is None:
        return " (start not recorded)"
    return " (end not recorded)" if item.ended_on is None else ""


def _days(item: ConservativeTreatment) -> tuple[date, date]:
    """First and last day; what is missing of the two is the other one, for nothing is guessed."""
    first, last = item.started_on or item.ended_on, item.ended_on or item.started_on
    if first is None or last is None:
        raise ValueError("a treatment without any date has no place on a timeline")
    return first, last


def _scores(inputs: LetterInputs) -> Iterator[TimelineEvent]:
    by_day: dict[date, list[FunctionScore]] = {}
    for item in inputs.case.scores:
        if item.scored_on is not None and item.value is not None:
            by_day.setdefault(item.scored_on, []).append(item)
    for day, items in by_day.items():
        told = (
            f"{_short(item.instrument) or 'Score'} {amount_text(item.value, item.unit)}"
            for item in items
            if item.value is not None
        )
        yield _event(EventRow.SCORE, "; ".join(dict.fromkeys(told)), day, f"scores.{items[0].id}")


def _payer(inputs: LetterInputs) -> Iterator[TimelineEvent]:
    denial = inputs.case.denial
    for day, label, path in (
        (denial.notice_dated_on, "Notice of the denial", "denial.notice_dated_on"),
        (denial.deadline_stated_on, "Last day to appeal, as the notice states", "denial.deadline_stated_on"),
    ):
        if day is not None:
            yield _event(EventRow.PAYER, label, day, path)
    for letter in inputs.earlier:
        if (day := issued_on(letter)) is not None:
            yield _event(EventRow.PAYER, f"{letter.kind.label} sent", day, f"letters.{letter.id}")


def _services(inputs: LetterInputs) -> Iterator[TimelineEvent]:
    by_day: dict[tuple[date, bool], list[str]] = {}
    for line in inputs.case.service_lines:
        if line.service_on is not None:
            key = (line.service_on, line.timing is ServiceTiming.POST_SERVICE)
            by_day.setdefault(key, []).append(code_text(line) or _short(line.label) or "service")
    for (day, is_past), names in by_day.items():
        label = f"{listed(dict.fromkeys(names))} {'performed' if is_past else 'planned'}"
        yield _event(EventRow.SERVICE, label, day, "service_lines")


def _undated(inputs: LetterInputs) -> tuple[str, ...]:
    case = inputs.case
    named = [
        *(
            _short(item.label) or "Operation"
            for item in case.history.prior_surgeries
            if item.performed_on is None
        ),
        *(
            _short(f"{study.modality} {study.region}") or "Imaging study"
            for study in case.imaging
            if study.performed_on is None
        ),
        *(_name(item) for item in case.treatments if item.started_on is None and item.ended_on is None),
        *(_short(item.instrument) or "Score" for item in case.scores if item.scored_on is None),
    ]
    names = list(dict.fromkeys(named))
    rest = len(names) - MOST_UNDATED
    return (*names[:MOST_UNDATED], f"{rest} more") if rest > 0 else tuple(names)


def _name(item: ConservativeTreatment) -> str:
    return _short(item.label) or item.kind.label


def _short(text: str) -> str:
    return shortened(one_line(text), LONGEST_LABEL)


def _event(row: EventRow, label: str, first: date, source: str, last: date | None = None) -> TimelineEvent:
    ends_on = last if last is not None and last > first else None
    return TimelineEvent(row=row, label=label, starts_on=first, ends_on=ends_on, source=source)
