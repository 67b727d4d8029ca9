"""What the record does not establish, stated plainly with what would close it; it argues nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.domain.evaluation import EvaluationTrace, OpenCriterion
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterRow, LetterTable
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.compose_criteria import set_name
from desktop.letters.criteria_tree import criterion_text, leaves_of, state_text, unargued
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, trace
from desktop.letters.wording import (
    ended,
    level_list,
    listed,
    one_line,
    paragraphs_of,
    service_name,
    service_phrase,
)


@dataclass(slots=True)
class _Open:
    """One open criterion of a set, with every level and service line it is open for."""

    evaluation: EvaluationTrace
    item: OpenCriterion
    subjects: dict[str, None] = field(default_factory=dict[str, None])
    lines: dict[str, None] = field(default_factory=dict[str, None])


def concession(inputs: LetterInputs) -> LetterBlock | None:
    """Criteria not met or not documented, and the lines not asked for with why; None when there is nothing."""
    rows = tuple(_row(inputs, entry) for entry in _open_criteria(inputs).values())
    paragraphs: list[LetterParagraph] = []
    if rows:
        text = (
            "The record does not establish the following. It is said here so that it can be weighed, and supplied "
            "where it can be. A criterion that is not documented is not counted as absent."
        )
        paragraphs.append(paragraph(text, form("concession")))
    paragraphs.extend(_levels_left_out(inputs))
    for line in inputs.other_lines:
        decided = inputs.decision(line)
        parts = paragraphs_of(decided.rationale)
        if not parts:
            continue
        lead = f"{service_phrase(line)}: {decided.decision.label.lower()}."
        paragraphs.append(paragraph(lead, record(f"determination.{line.id}", "Determination")))
        origin = record(f"determination.{line.id}.rationale", "Rationale of the determination")
        paragraphs.extend(paragraph(part, origin) for part in parts)
    if not paragraphs:
        return None
    columns = ("Criterion", "Status", "What would settle it", "For")
    table = LetterTable(columns=columns, widths=(0.36, 0.17, 0.27, 0.20), rows=rows) if rows else None
    return LetterBlock(
        id=block_id(BlockKind.CONCESSION),
        kind=BlockKind.CONCESSION,
        heading="What the record does not establish",
        paragraphs=tuple(paragraphs),
        table=table,
    )


def _levels_left_out(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """Where a line is asked for in part, its other levels stay with its tables."""
    for line in inputs.granted_lines:
        rest = [level for level in line.levels if level not in inputs.granted_levels(line)]
        if rest and inputs.traces_of(line):
            text = (
                f"{service_name(line)} is not asked for at {level_list(rest)}; what is open there stands in its "
                "tables above and is not repeated here."
            )
            yield paragraph(
                text, form("concession.levels"), record(f"determination.{line.id}", "Determination")
            )


def _open_criteria(inputs: LetterInputs) -> dict[tuple[str, str, str], _Open]:
    found: dict[tuple[str, str, str], _Open] = {}
    for line in inputs.case.service_lines:
        for evaluation in inputs.traces_of(line):
            for item in _missing(evaluation, _levels_asked(inputs, line)):
                # The same answer at two levels is one row; a different one is another.
                state = item.state.value if item.state else item.truth.value
                entry = found.setdefault(
                    (evaluation.set_id, item.criterion_id, state), _Open(evaluation=evaluation, item=item)
                )
                if item.subject and item.subject != line.id:
                    entry.subjects.setdefault(item.subject)
                entry.lines.setdefault(service_name(line))
    return found


def _levels_asked(inputs: LetterInputs, line: ServiceLine) -> tuple[str, ...]:
    """Where a line is asked for; everywhere, for one that is not asked for at all."""
    return inputs.granted_levels(line) or line.levels


def _missing(evaluation: EvaluationTrace, levels: tuple[str, ...]) -> tuple[OpenCriterion, ...]:
    """What still decides at `levels`; where the evaluation names nothing, every criterion that is not met there."""
    asked = [level for level in evaluation.levels if not level.level or level.level in levels]
    left_out = unargued(evaluation)
    place = {node.id: index for index, node in enumerate(leaves_of(evaluation))}
    named = dict.fromkeys(item for level in asked for item in level.missing)
    if named or all(level.truth is Truth.TRUE for level in asked):
        kept = [item for item in named if item.criterion_id not in left_out]
        return tuple(sorted(kept, key=lambda item: place.get(item.criterion_id, len(place))))
    return tuple(
        OpenCriterion(
            criterion_id=node.id, subject=node.subject, text=node.text, state=node.state, truth=node.truth
        )
        for node in leaves_of(evaluation)
        if node.is_applicable and node.truth is not Truth.TRUE and _is_at(node.subject, evaluation, levels)
    )


def _is_at(subject: str, evaluation: EvaluationTrace, levels: tuple[str, ...]) -> bool:
    return subject in levels or subject not in {level.level for level in evaluation.levels}


def _row(inputs: LetterInputs, entry: _Open) -> LetterRow:
    item, evaluation = entry.item, entry.evaluation
    words = ended(criterion_text(inputs, evaluation, item.criterion_id, item.text))
    at = f" At {listed(entry.subjects)}." if entry.subjects else ""
    cells = (
        f"{words}{at}\n{set_name(evaluation)}",
        _status(evaluation, item),
        _settled_by(entry),
        "\n".join(entry.lines),
    )
    subjects = tuple(entry.subjects) or ("",)
    return LetterRow(
        cells=cells,
        provenance=tuple(trace(evaluation, item.criterion_id, subject) for subject in subjects),
    )


def _settled_by(entry: _Open) -> str:
    if entry.evaluation.is_silent and entry.item.truth is Truth.FALSE:
        return "Nothing would: the set is about another indication."
    return one_line(entry.item.closes_with) or "–"


def _status(evaluation: EvaluationTrace, item: OpenCriterion) -> str:
    same = [
        node for node in leaves_of(evaluation) if (node.id, node.subject) == (item.criterion_id, item.subject)
    ]
    if same:
        return state_text(same[0])
    return item.state.label if item.state else "Not assessed"
