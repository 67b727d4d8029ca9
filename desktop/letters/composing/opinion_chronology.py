"""The dated events of a matter in order, for a reader who asks what happened when; what has no date is not placed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.letter import BlockKind, LetterBlock, LetterTable
from desktop.domain.service_line import ServiceLine
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import record, row
from desktop.letters.wording import counted, lowered, one_line, service_phrase, short_date

_Event = tuple[date, str, str]
"""The day, what happened, and the field of the record that says so."""


def chronology(inputs: LetterInputs) -> LetterBlock | None:
    """The dated events of the matter in order: record, notice, decision, steps of the review."""
    events = sorted((*_of_record(inputs), *_of_notice(inputs), *_of_review(inputs)), key=lambda item: item[0])
    if not events:
        return None
    rows = tuple(row((short_date(day), what), record(path, "Dated event")) for day, what, path in events)
    return LetterBlock(
        id=block_id(BlockKind.SECTION, "chronology"),
        kind=BlockKind.SECTION,
        heading="Chronology",
        table=LetterTable(columns=("Date", "What happened"), widths=(0.2, 0.8), rows=rows),
    )


def _of_record(inputs: LetterInputs) -> Iterator[_Event]:
    for item in inputs.case.history.prior_surgeries:
        if item.performed_on is not None:
            yield (
                item.performed_on,
                f"Operation: {one_line(item.label)}",
                f"history.prior_surgeries.{item.id}",
            )
    for study in inputs.case.imaging:
        if study.performed_on is not None:
            what = ", ".join(part for part in (one_line(study.modality), one_line(study.region)) if part)
            yield study.performed_on, f"Imaging: {what}", f"imaging.{study.id}"
    # That treatment came first, and when, is what many a refusal turns on.
    for treatment in inputs.case.treatments:
        begun, ended_on = treatment.started_on, treatment.ended_on
        day = begun or ended_on
        if day is None:
            continue
        when = ""
        if begun is None:
            when = " ended, start not recorded"
        elif ended_on is None:
            when = " begun, end not recorded"
        elif ended_on != begun:
            when = f" until {short_date(ended_on)}"
        what = f"Treatment{when}: {lowered(one_line(treatment.label) or treatment.kind.label)}"
        if treatment.visits is not None and treatment.visits > 1:
            what += f", {counted(treatment.visits, 'visit')}"
        mark = f" ({inputs.short_mark(treatment.document_id)})" if treatment.document_id else ""
        yield day, f"{what}{mark}", f"treatments.{treatment.id}"


def _of_notice(inputs: LetterInputs) -> Iterator[_Event]:
    """The dates of the notice, and the days of service it decides about."""
    denial = inputs.case.denial
    dates = (
        (denial.notice_dated_on, "Date on the notice of adverse determination", "denial.notice_dated_on"),
        (denial.received_on, "Notice received", "denial.received_on"),
        (
            denial.deadline_stated_on,
            "Last day to appeal, as the notice states it",
            "denial.deadline_stated_on",
        ),
    )
    yield from ((day, what, path) for day, what, path in dates if day is not None)
    planned: dict[date, list[ServiceLine]] = {}
    for line in inputs.case.service_lines:
        if line.service_on is not None:
            planned.setdefault(line.service_on, []).append(line)
    for day, lines in planned.items():
        what = f"Date of service: {'; '.join(map(service_phrase, lines))}"
        yield day, what, f"service_lines.{lines[0].id}.service_on"


def _of_review(inputs: LetterInputs) -> Iterator[_Event]:
    """The sign-off, and letters that were issued."""
    if inputs.determination is not None and inputs.determination.sign_off is not None:
        signed = inputs.determination.sign_off
        what = f"Determination signed by {signed.name}, {signed.credential}"
        yield signed.signed_at.date(), what, "determination.sign_off"
    for letter in inputs.earlier:
        if letter.issued_at is not None:
            yield letter.issued_at.date(), f"{letter.kind.label} issued", f"letters.{letter.id}"
