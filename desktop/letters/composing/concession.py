"""What the record does not establish, stated plainly with what would close it; it argues nothing away."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.evaluation import EvaluationTrace, LevelTrace
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterRow, LetterTable, Provenance
from desktop.domain.service_line import ServiceLine
from desktop.letters.composing.column_widths import best_widths
from desktop.letters.composing.criteria import CriteriaTables
from desktop.letters.composing.criteria_tree import criterion_text, standing_there, states_text
from desktop.letters.composing.open_points import (
    OF_ANOTHER_INDICATION,
    OpenPoint,
    SharedPoint,
    is_about_another_indication,
    open_points,
    shared_points,
)
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, heading_row, paragraph, record, row, trace
from desktop.letters.wording import lowered, one_line, paragraphs_of, service_name, service_phrase

CONCESSION_HEADING = "What the record does not establish"


def concession(inputs: LetterInputs, tables: CriteriaTables) -> LetterBlock | None:
    """Criteria not met or not documented, and the lines not asked for with why; None when there is nothing."""
    rows = tuple(_rows(inputs, tables))
    paragraphs: list[LetterParagraph] = []
    if rows:
        text = (
            "The record does not establish the following. It is said here so that it can be weighed, and supplied "
            "where it can be. A criterion that is not documented is not counted as absent."
        )
        paragraphs.append(paragraph(text, form("concession")))
    for line in inputs.granted_lines:
        paragraphs.extend(_levels_left_out(inputs, line))
    for line in inputs.other_lines:
        paragraphs.extend(_not_asked_for(inputs, line))
    if not paragraphs:
        return None
    columns = ("Point", "Status", "What would settle it")
    table = (
        LetterTable(columns=columns, widths=best_widths((0.44, 0.18, 0.38), rows), rows=rows)
        if rows
        else None
    )
    return LetterBlock(
        id=block_id(BlockKind.CONCESSION),
        kind=BlockKind.CONCESSION,
        heading=CONCESSION_HEADING,
        paragraphs=tuple(paragraphs),
        table=table,
    )


def _not_asked_for(inputs: LetterInputs, line: ServiceLine) -> Iterator[LetterParagraph]:
    decided = inputs.decision(line)
    parts = paragraphs_of(decided.rationale)
    if not parts:
        return
    origin = record(f"determination.{line.id}.rationale", "Rationale of the determination")
    lead = f"{service_phrase(line)} ({decided.decision.label.lower()}): {parts[0]}"
    yield paragraph(lead, record(f"determination.{line.id}", "Determination"), origin)
    yield from (paragraph(part, origin) for part in parts[1:])


def _levels_left_out(inputs: LetterInputs, line: ServiceLine) -> Iterator[LetterParagraph]:
    """Where a line is asked for in part: how its criteria came out at its other levels or sides, in one sentence."""
    rest = inputs.where_left_out(line)
    evaluations = inputs.traces_of(line)
    if not rest or not evaluations:
        return
    left_out = {item.set_id: _left_out(inputs, line, item) for item in evaluations if not item.is_silent}
    results = dict.fromkeys(standing_there(levels) for levels in left_out.values() if levels)
    came_out = f", where its criteria are {'; '.join(results)}" if results else ""
    text = f"{service_name(line)} is not asked for {rest}{came_out}."
    origins = [trace(item, "root") for item in evaluations]
    yield paragraph(
        text, form("concession.levels"), record(f"determination.{line.id}", "Determination"), *origins
    )


def _left_out(inputs: LetterInputs, line: ServiceLine, evaluation: EvaluationTrace) -> tuple[LevelTrace, ...]:
    """The parts of an evaluation for levels and sides that a granted line is not asked for."""
    levels = set(line.levels) - set(inputs.granted_levels(line))
    sides = inputs.sides_left_out(line)
    return tuple(item for item in evaluation.levels if item.level in levels or item.side in sides)


def _rows(inputs: LetterInputs, tables: CriteriaTables) -> Iterator[LetterRow]:
    argued = [point for line in inputs.argued_lines for point in open_points(inputs, line)]
    silent = [point for point in argued if is_about_another_indication(point)]
    for evaluation in dict.fromkeys(id(point.evaluation) for point in silent):
        yield _silent_row(inputs, tables, [point for point in silent if id(point.evaluation) == evaluation])
    for shared in shared_points(inputs, [point for point in argued if point not in silent]):
        yield _row(inputs, tables, shared)
    for line in inputs.case.service_lines:
        points = [] if line in inputs.argued_lines else list(open_points(inputs, line))
        if points:
            where = record(f"determination.{line.id}", "Determination")
            yield heading_row(f"{service_phrase(line)}, not asked for in this letter", where)
            for shared in shared_points(inputs, points):
                yield _row(inputs, tables, shared)


def _silent_row(inputs: LetterInputs, tables: CriteriaTables, points: list[OpenPoint]) -> LetterRow:
    texts = [criterion_text(inputs, item.evaluation, item.node).removesuffix(".") for item in points]
    words = "; ".join((texts[0], *map(lowered, texts[1:])))
    cells = (
        f"{_numbers(tables, points)}{words}.",
        "Not met",
        OF_ANOTHER_INDICATION,
    )
    return row(cells, *_origins(points))


def _row(inputs: LetterInputs, tables: CriteriaTables, shared: SharedPoint) -> LetterRow:
    first = shared.first
    words = criterion_text(inputs, first.evaluation, first.node)
    closes = dict.fromkeys(one_line(item.closes_with) for item in shared.points if item.closes_with.strip())
    cells = (
        f"{_numbers(tables, shared.points)}{words}",
        states_text(first.nodes, (*first.line.levels, *first.line.sides)),
        "; or ".join(closes) or "–",
    )
    return row(cells, *_origins(shared.points))


def _numbers(tables: CriteriaTables, points: list[OpenPoint]) -> str:
    numbers = [tables.row_of(item.evaluation, item.node.id) for item in points]
    shown = ", ".join(dict.fromkeys(number for number in numbers if number))
    return f"{shown}  " if shown else ""


def _origins(points: list[OpenPoint]) -> Iterator[Provenance]:
    for point in points:
        yield from (trace(point.evaluation, node.id, node.subject) for node in point.nodes)
