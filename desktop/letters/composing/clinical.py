"""History, treatments, scores and the grounds for the service; the reviewer's own words go in as typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop.domain.clinical import ClinicalFact, ConservativeTreatment, FunctionScore
from desktop.domain.letter import BlockKind, LetterBlock, LetterKind, LetterParagraph, LetterRow, LetterTable
from desktop.letters.composing.column_widths import best_widths
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import paragraph, record, row
from desktop.letters.wording import (
    amount_text,
    counted,
    date_span,
    ended,
    level_list,
    long_date,
    lowered,
    one_line,
    paragraphs_of,
    service_phrase,
    short_date,
)

NECESSITY_HEADING = "Why this service"

MOST_INSTRUMENTS = 5
MOST_DATES = 7
"""Columns of scores that fit a page."""

_Occasion = tuple[date | None, str | None]
"""When scores were taken, and the document that says so."""


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
        source = f" ({inputs.short_mark(item.document_id)})" if item.document_id else ""
        name = one_line(item.label) or "An operation"
        text = f"Earlier operation: {name}{where}, {long_date(item.performed_on)}{place}{source}."
        paragraphs.append(paragraph(text, record(f"history.prior_surgeries.{item.id}", "Earlier operation")))
    rows: list[LetterRow] = []
    shared: dict[tuple[str, date | None, str | None], list[ClinicalFact]] = {}
    for fact in told.facts:
        shared.setdefault((fact.kind.label, fact.dated_on, fact.document_id), []).append(fact)
    for (kind, day, document_id), facts in shared.items():
        words = "; ".join(filter(None, map(_fact, facts)))
        cells = (kind, short_date(day), words or "–", _source(inputs, document_id))
        rows.append(row(cells, *(record(f"history.facts.{fact.id}", kind) for fact in facts)))
    if not paragraphs and not rows:
        return None
    columns = ("Fact", "Date", "What is recorded", "Source")
    table = LetterTable(columns=columns, widths=(0.16, 0.15, 0.57, 0.12), rows=tuple(rows)) if rows else None
    return LetterBlock(
        id=block_id(BlockKind.HISTORY),
        kind=BlockKind.HISTORY,
        heading="Clinical history",
        paragraphs=tuple(paragraphs),
        table=table,
    )


def _fact(fact: ClinicalFact) -> str:
    value = amount_text(fact.amount, fact.unit) if fact.amount is not None else ""
    words = one_line(fact.text)
    return f"{value} ({lowered(words)})" if value and words else value or words


def treatments(inputs: LetterInputs) -> LetterBlock | None:
    """What was tried, with dates, length, outcome and why it ended; None when nothing is recorded."""
    rows: list[LetterRow] = []
    for item in inputs.case.treatments:
        name = one_line(item.label) or item.kind.label
        provider = f"\n{one_line(item.provider)}" if item.provider.strip() else ""
        outcome = [ended(one_line(item.outcome))] if item.outcome.strip() else []
        if item.why_stopped.strip() and one_line(item.why_stopped) != one_line(item.outcome):
            outcome.append(f"Ended: {ended(lowered(one_line(item.why_stopped)))}")
        extent = _extent(item)
        dates = date_span(item.started_on, item.ended_on)
        cells = (
            f"{name}{provider}",
            f"{dates}\n{extent}" if extent else dates,
            " ".join(outcome) or "not recorded",
            _source(inputs, item.document_id),
        )
        rows.append(row(cells, record(f"treatments.{item.id}", name)))
    if not rows:
        return None
    columns = ("Treatment and provider", "Dates and extent", "Outcome, and why it ended", "Source")
    return LetterBlock(
        id=block_id(BlockKind.TREATMENTS),
        kind=BlockKind.TREATMENTS,
        heading="Treatment before this request",
        table=LetterTable(
            columns=columns, widths=best_widths((0.34, 0.26, 0.28, 0.12), rows), rows=tuple(rows)
        ),
    )


def _extent(item: ConservativeTreatment) -> str:
    parts = [counted(item.visits, "visit")] if item.visits is not None else []
    if item.duration and item.started_on != item.ended_on:
        parts.append(item.duration)
    return ", ".join(parts).removesuffix(" 0 days")


def scores(inputs: LetterInputs) -> LetterBlock | None:
    """Scores by date and instrument, whichever way round is shorter; a list where both are many; None without any."""
    if not inputs.case.scores:
        return None
    by_date: dict[_Occasion, list[FunctionScore]] = {}
    for item in sorted(inputs.case.scores, key=lambda score: score.scored_on or date.max):
        by_date.setdefault((item.scored_on, item.document_id), []).append(item)
    instruments = tuple(dict.fromkeys(map(_instrument, inputs.case.scores)))
    if len(instruments) + 1 < len(by_date) <= MOST_DATES:
        table = _dates_across(inputs, by_date, instruments)
    elif len(instruments) <= MOST_INSTRUMENTS:
        table = _dates_down(inputs, by_date, instruments)
    else:
        table = _score_list(inputs)
    return LetterBlock(
        id=block_id(BlockKind.SCORES), kind=BlockKind.SCORES, heading="Function and pain scores", table=table
    )


def _dates_across(
    inputs: LetterInputs, by_date: Mapping[_Occasion, list[FunctionScore]], instruments: tuple[str, ...]
) -> LetterTable:
    rows = [
        row(
            (name, *(_scores_of(items, name) for items in by_date.values())),
            *(record(f"scores.{item.id}", name) for item in inputs.case.scores if _instrument(item) == name),
        )
        for name in instruments
    ]
    sources = [_source(inputs, document_id) for _, document_id in by_date]
    rows.append(
        row(("Source", *sources), *(record(f"scores.{item.id}", "Score") for item in inputs.case.scores))
    )
    share = 0.9 / len(by_date)
    return LetterTable(
        columns=("Score", *(short_date(day) for day, _ in by_date)),
        widths=(0.1, *(share for _ in by_date)),
        rows=tuple(rows),
    )


def _dates_down(
    inputs: LetterInputs, by_date: Mapping[_Occasion, list[FunctionScore]], instruments: tuple[str, ...]
) -> LetterTable:
    rows = tuple(
        row(
            (
                short_date(day),
                *(_scores_of(items, name) for name in instruments),
                _source(inputs, document_id),
            ),
            *(record(f"scores.{item.id}", _instrument(item)) for item in items),
        )
        for (day, document_id), items in by_date.items()
    )
    share = 0.68 / len(instruments)
    widths = (0.18, *(share for _ in instruments), 0.14)
    return LetterTable(columns=("Date", *instruments, "Source"), widths=widths, rows=rows)


def _scores_of(items: list[FunctionScore], instrument: str) -> str:
    return "; ".join(_score(item) for item in items if _instrument(item) == instrument) or "–"


def _score_list(inputs: LetterInputs) -> LetterTable:
    rows = tuple(
        row(
            (_instrument(item), short_date(item.scored_on), _score(item), _source(inputs, item.document_id)),
            record(f"scores.{item.id}", _instrument(item)),
        )
        for item in inputs.case.scores
    )
    return LetterTable(
        columns=("Instrument", "Date", "Score", "Source"), widths=(0.4, 0.2, 0.2, 0.2), rows=rows
    )


def _instrument(item: FunctionScore) -> str:
    return one_line(item.instrument) or "Instrument not recorded"


def _score(item: FunctionScore) -> str:
    return amount_text(item.value, item.unit) if item.value is not None else "not recorded"


def necessity(inputs: LetterInputs) -> LetterBlock | None:
    """Why this service and not another, what delay risks, and the rationale of each line asked for."""
    told = inputs.case.history
    paragraphs: list[LetterParagraph] = []
    for lead, text, path in (
        ("", told.why_this_service, "history.why_this_service"),
        ("On the alternatives: ", told.why_not_alternatives, "history.why_not_alternatives"),
        ("On delay: ", told.risk_of_delay, "history.risk_of_delay"),
    ):
        if path == "history.risk_of_delay" and inputs.kind is LetterKind.EXPEDITED:
            # An expedited appeal tells it first of all, in a part of its own.
            continue
        for index, part in enumerate(paragraphs_of(text)):
            opened = f"{lead}{part}" if index == 0 else part
            paragraphs.append(paragraph(opened, record(path, "As typed by the reviewer")))
    for line in inputs.granted_lines:
        parts = paragraphs_of(inputs.decision(line).rationale)
        if not parts:
            continue
        asked = service_phrase(line, inputs.granted_levels(line), inputs.granted_sides(line))
        lead = f"Determination on {asked}: {parts[0]}"
        origin = record(f"determination.{line.id}.rationale", "Rationale of the determination")
        paragraphs.append(paragraph(lead, record(f"determination.{line.id}", "Determination"), origin))
        paragraphs.extend(paragraph(part, origin) for part in parts[1:])
    if not paragraphs:
        return None
    return LetterBlock(
        id=block_id(BlockKind.NECESSITY),
        kind=BlockKind.NECESSITY,
        heading=NECESSITY_HEADING,
        paragraphs=tuple(paragraphs),
    )


def _source(inputs: LetterInputs, document_id: str | None) -> str:
    return inputs.short_mark(document_id) if document_id else "not recorded"
