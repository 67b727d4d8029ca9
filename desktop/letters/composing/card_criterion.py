"""The criterion that a call is about, by its number and in our words; it must not name one that decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.composing.criteria import set_name
from desktop.letters.composing.criteria_tree import (
    criterion_text,
    levels_argued,
    source_text,
    standing,
    states_text,
)
from desktop.letters.composing.open_points import OpenPoint, open_points
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record, trace
from desktop.letters.wording import ended, service_name, shortened

LONGEST_FIELD = 60
"""Characters of a name, number or label."""

LONGEST_CRITERION = 240
"""Characters of the criterion at issue; the letter has all of it."""


def brief(line: ServiceLine) -> ServiceLine:
    """The line with a label that fits a card."""
    return line.model_copy(update={"label": shortened(line.label, LONGEST_FIELD)})


def criterion_at_issue(inputs: LetterInputs) -> LetterBlock:
    """The first criterion that decides and is not met or not settled, by its number; else the question to ask."""
    found = next(_at_issue(inputs), None)
    return LetterBlock(
        id=block_id(BlockKind.TALKING_POINTS, "criterion"),
        kind=BlockKind.TALKING_POINTS,
        heading="The criterion at issue",
        paragraphs=(_nothing_open(inputs) if found is None else _open(inputs, found),),
    )


def _open(inputs: LetterInputs, point: OpenPoint) -> LetterParagraph:
    line, evaluation, node = point.line, point.evaluation, point.node
    number = source_text(node.source) if node.source is not None else node.id
    words = shortened(criterion_text(inputs, evaluation, node), LONGEST_CRITERION)
    text = f"{number}: {words} {states_text(point.nodes, (*line.levels, *line.sides))}."
    if evaluation.is_silent:
        why = shortened(evaluation.silence_reason, LONGEST_CRITERION)
        text += f" The set is silent on what was found. {ended(why)}"
    came_out = standing(levels_argued(inputs, line, evaluation))
    text += f" “{set_name(evaluation)}” for {service_name(brief(line))} as a whole: {came_out}."
    origins = (trace(evaluation, item.id, item.subject) for item in point.nodes)
    return paragraph(text, *origins, trace(evaluation, "root"), form("card.criterion"))


def _nothing_open(inputs: LetterInputs) -> LetterParagraph:
    named = shortened(inputs.case.denial.criteria_named, LONGEST_CRITERION)
    text = "On our review no criterion that decides is open. Ask by number which one the plan holds not met."
    if named:
        text += f" The notice names: {ended(named)}"
    return paragraph(
        text, form("card.criterion"), record("denial.criteria_named", "Criteria named in the notice")
    )


def _at_issue(inputs: LetterInputs) -> Iterator[OpenPoint]:
    """What decides and is not met, then what decides and is not settled, line by line and set by set."""
    lines = inputs.granted_lines or inputs.argued_lines
    points = [point for line in lines for point in open_points(inputs, line)]
    for truth in (Truth.FALSE, Truth.UNKNOWN):
        yield from (point for point in points if point.node.truth is truth)
