"""History, treatments, scores and the grounds for the service; the reviewer's own words go in as typed."""

from __future__ import annotations

from datetime import date

from desktop.domain.clinical import ConservativeTreatment
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterRow, LetterTable
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record
from desktop.letters.wording import (
    amount_text,
    counted,
    ended,
    level_list,
    long_date,
    one_line,
    paragraphs_of,
    service_phrase,
    short_date,
)


def history(inputs: LetterInputs) -> LetterBlock | None:
    """The course as typed, earlier operations, and dated facts; None when nothing is recorded."""
    told = inputs.case.history
    paragraphs = [
        paragraph(part, record("history.narrative", "History, as typed by the reviewer"))
        for part in paragraphs_of(told.narrative)
    ]
    for item in told.prior_surgeries:
        where = f" at {level_list(item.levels)}" if item.levels else ""
        place = f", {one_line(item.facility)}" if item.facility.strip() else ""
        source = f" {_source(inputs, item.document_id)}" if item.document_id else ""
        name = one_line(item.label) or "An operation"
        text = f"Earlier operation: {name}{where}, {long_date(item.performed_on)}{place}.{source}"
        paragraphs.append(paragraph(text, record(f"history.prior_surgeries.{item.id}", "Earlier operation")))
    rows: list[LetterRow] = []
    for fact in told.facts:
        value = amount_text(fact.amount, fact.unit) if fact.amount is not None else ""
        words = "\n".join(part for part in (value, one_line(fact.text)) if part)
        cells = (
            fact.kind.label,
            short_date(fact.dated_on),
            words or "–",
            _cell_source(inputs, fact.document_id),
        )
        rows.append(LetterRow(cells=cells, provenance=(record(f"history.facts.{fact.id}", fact.kind.label),)))
    if not paragraphs and not rows:
        return None
    columns = ("Fact", "Date", "What is recorded", "Source")
    table = LetterTable(columns=columns, widths=(0.17, 0.15, 0.38, 0.30), rows=tuple(rows)) if rows else None
    return LetterBlock(
        id=block_id(BlockKind.HISTORY),
        kind=BlockKind.HISTORY,
        heading="Clinical history",
        paragraphs=tuple(paragraphs),
        table=table,
    )


def treatments(inputs: LetterInputs) -> LetterBlock | None:
    """What was tried, with dates, length, provider and why it ended; None when nothing is recorded."""
    rows: list[LetterRow] = []
    for item in inputs.case.treatments:
        name = one_line(item.label) or item.kind.label
        outcome = [ended(one_line(item.outcome))] if item.outcome.strip() else []
        if item.why_stopped.strip():
            outcome.append(f"Ended because: {ended(one_line(item.why_stopped))}")
        cells = (
            name,
            _dates(item.started_on, item.ended_on),
            _extent(item),
            one_line(item.provider) or "not recorded",
            "\n".join(outcome) or "not recorded",
            inputs.source_mark(item.document_id),
        )
        rows.append(LetterRow(cells=cells, provenance=(record(f"treatments.{item.id}", name),)))
    if not rows:
        return None
    columns = ("Treatment", "Dates", "Extent", "Provider", "Outcome", "Source")
    return LetterBlock(
        id=block_id(BlockKind.TREATMENTS),
        kind=BlockKind.TREATMENTS,
        heading="Treatment before this request",
        table=LetterTable(columns=columns, widths=(0.17, 0.15, 0.12, 0.15, 0.23, 0.18), rows=tuple(rows)),
    )


def _dates(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return "dates not recorded"
    first = short_date(start) if start else "start not recorded"
    last = short_date(end) if end else "end not recorded"
    return first if start == end else f"{first} to {last}"


def _extent(item: ConservativeTreatment) -> str:
    parts = [counted(item.visits, "visit")] if item.visits is not None else []
    if item.duration and item.started_on != item.ended_on:
        parts.append(item.duration)
    return "\n".join(parts) or "not recorded"


def scores(inputs: LetterInputs) -> LetterBlock | None:
    """Every score with its date and source; None when none is recorded."""
    rows: list[LetterRow] = []
    for item in inputs.case.scores:
        value = amount_text(item.value, item.unit) if item.value is not None else "not recorded"
        name = one_line(item.instrument) or "Instrument not recorded"
        cells = (name, short_date(item.scored_on), value, _cell_source(inputs, item.document_id))
        rows.append(LetterRow(cells=cells, provenance=(record(f"scores.{item.id}", name),)))
    if not rows:
        return None
    columns = ("Instrument", "Date", "Score", "Source")
    return LetterBlock(
        id=block_id(BlockKind.SCORES),
        kind=BlockKind.SCORES,
        heading="Function and pain scores",
        table=LetterTable(columns=columns, widths=(0.22, 0.15, 0.12, 0.51), rows=tuple(rows)),
    )


def necessity(inputs: LetterInputs) -> LetterBlock | None:
    """Why this service and not another, what delay risks, and the rationale of each line asked for."""
    told = inputs.case.history
    paragraphs: list[LetterParagraph] = []
    for lead, text, path in (
        ("", told.why_this_service, "history.why_this_service"),
        ("On the alternatives: ", told.why_not_alternatives, "history.why_not_alternatives"),
        ("On delay: ", told.risk_of_delay, "history.risk_of_delay"),
    ):
        for index, part in enumerate(paragraphs_of(text)):
            opened = f"{lead}{part}" if index == 0 else part
            paragraphs.append(paragraph(opened, record(path, "As typed by the reviewer")))
    for line in inputs.granted_lines:
        parts = paragraphs_of(inputs.decision(line).rationale)
        if not parts:
            continue
        intro = f"Determination on {service_phrase(line, inputs.granted_levels(line))}:"
        paragraphs.append(
            paragraph(intro, form("necessity.rationale"), record(f"determination.{line.id}", "Line"))
        )
        origin = record(f"determination.{line.id}.rationale", "Rationale of the determination")
        paragraphs.extend(paragraph(part, origin) for part in parts)
    if not paragraphs:
        return None
    return LetterBlock(
        id=block_id(BlockKind.NECESSITY),
        kind=BlockKind.NECESSITY,
        heading="Why this service",
        paragraphs=tuple(paragraphs),
    )


def _source(inputs: LetterInputs, document_id: str) -> str:
    return f"Source: {inputs.source_text(inputs.case.document(document_id))}."


def _cell_source(inputs: LetterInputs, document_id: str | None) -> str:
    return inputs.source_text(inputs.case.document(document_id)) if document_id else "not recorded"
