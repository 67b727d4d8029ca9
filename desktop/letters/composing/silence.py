"""The argument that a set is silent on the indication; it must not say that a silent set is met.

It keeps a block of its own for all lines together, because the tables and the answers refer to it by its heading.
"""

from __future__ import annotations

from desktop.domain.argument import ExceptionKind
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph
from desktop.domain.service_line import ServiceLine
from desktop.letters.composing.criteria import SILENCE_HEADING, CriteriaTables, set_name
from desktop.letters.composing.criteria_tree import standing
from desktop.letters.composing.exceptions_argument import exception_key, note_of, silent_on, tells_silence
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, trace
from desktop.letters.wording import ended, one_line, service_name


def silence(inputs: LetterInputs, tables: CriteriaTables) -> LetterBlock | None:
    """Where a set does not speak of the indication: that, why, and which sets do speak of it."""
    paragraphs: list[LetterParagraph] = []
    for line in inputs.argued_lines:
        if tells_silence(inputs, line):
            paragraphs.extend(_silent(inputs, tables, line, item) for item in silent_on(inputs, line))
            paragraphs.extend(note_of(inputs, exception_key(ExceptionKind.SILENT_SET, line)))
    if not paragraphs:
        return None
    text = (
        "A criterion written for another indication gives no answer for this one: that it is not met shows that the "
        "case is not of the kind the set describes, not that the service is unnecessary for what was found."
    )
    return LetterBlock(
        id=block_id(BlockKind.SILENCE),
        kind=BlockKind.SILENCE,
        heading=SILENCE_HEADING,
        paragraphs=(*paragraphs, paragraph(text, form("silence"))),
    )


def _silent(
    inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine, evaluation: EvaluationTrace
) -> LetterParagraph:
    table = tables.of(evaluation)
    where = f" ({table.name})" if table is not None else ""
    reason = ended(one_line(evaluation.silence_reason))
    text = f"{service_name(line)}: “{set_name(evaluation)}”{where} is silent here. {reason}".rstrip()
    origins = [trace(evaluation, "root")]
    others: list[str] = []
    for item in inputs.traces_of(line):
        other = tables.of(item)
        if not item.is_silent and other is not None:
            others.append(
                f"“{set_name(item)}” ({other.name}), with the result: {standing(other.layout.levels)}"
            )
            origins.append(trace(item, "root"))
    if others:
        text += f" Criteria that do speak of it: {'; '.join(others)}."
    return paragraph(text, *origins)
