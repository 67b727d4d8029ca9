"""The point-by-point tables, one per service line and criteria set, each introduced by what the set is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph, LetterTable
from desktop.domain.member import LineOfBusiness
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.criteria_rows import CriteriaTable
from desktop.letters.criteria_tree import STANDING, is_untouched, leaves_of
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, trace
from desktop.letters.wording import level_list, listed, long_date, one_line, service_name

_MEDICARE = (LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.ORIGINAL_MEDICARE)


def criteria_tables(inputs: LetterInputs) -> tuple[LetterBlock, ...]:
    """Every table, service line by service line, the payer's set before public ones; long notes follow theirs."""
    told: dict[str, str] = {}
    return tuple(
        block
        for line in inputs.case.service_lines
        for evaluation in inputs.traces_of(line)
        for block in _table_blocks(CriteriaTable(inputs, line, evaluation, _heading(line, evaluation), told))
    )


def _heading(line: ServiceLine, evaluation: EvaluationTrace) -> str:
    return f"{service_name(line)}: {one_line(evaluation.publisher) or _short_title(evaluation)}"


def set_name(evaluation: EvaluationTrace) -> str:
    """Publisher and short title of the set, as a letter names it after introducing it in full."""
    publisher = one_line(evaluation.publisher)
    title = _short_title(evaluation)
    return title if not publisher or publisher.casefold() in title.casefold() else f"{publisher}: {title}"


def _short_title(evaluation: EvaluationTrace) -> str:
    """The title up to its first comma or bracket: what follows there is a remark, and is said below the heading."""
    title = one_line(evaluation.set_title)
    return re.split(r"[,(;]", title, maxsplit=1)[0].strip() or title


def standing_of(evaluation: EvaluationTrace) -> str:
    """How many of a set's questions are met, not met, open and not argued: `2 met and 1 not met, of 3 asked`."""
    asked = [node for node in leaves_of(evaluation) if node.is_applicable]
    argued = [node for node in asked if not is_untouched(node)]
    counts = {
        "met": sum(node.truth is Truth.TRUE for node in argued),
        "not met": sum(node.truth is Truth.FALSE for node in argued),
        "not settled by the record": sum(node.truth is Truth.UNKNOWN for node in argued),
        "not argued": len(asked) - len(argued),
    }
    parts = [f"{count} {word}" for word, count in counts.items() if count]
    return f"{listed(parts)}, of {len(asked)} asked" if parts else "no criterion applies"


def _table_blocks(table: CriteriaTable) -> Iterator[LetterBlock]:
    inputs, line, evaluation = table.inputs, table.line, table.evaluation
    rows = table.rows()
    if not rows:
        return
    yield LetterBlock(
        id=block_id(BlockKind.CRITERIA_TABLE, line.id, evaluation.set_id),
        kind=BlockKind.CRITERIA_TABLE,
        heading=table.heading,
        paragraphs=(_about(inputs, evaluation), _result(evaluation)),
        table=LetterTable(
            columns=("Criterion", "Finding", "Words of the record and their source"),
            widths=(0.28, 0.27, 0.45),
            rows=rows,
        ),
    )
    notes = table.notes()
    if notes:
        yield LetterBlock(
            id=block_id(BlockKind.CRITERIA_TABLE, line.id, evaluation.set_id, "notes"),
            kind=BlockKind.CRITERIA_TABLE,
            heading=f"Notes to {table.heading}",
            paragraphs=notes,
        )


def _about(inputs: LetterInputs, evaluation: EvaluationTrace) -> LetterParagraph:
    name = f"{one_line(evaluation.publisher)}: {one_line(evaluation.set_title)}".removeprefix(": ")
    edition = f" ({one_line(evaluation.edition)})" if evaluation.edition.strip() else ""
    found = inputs.sets.get(evaluation.set_id)
    rest = _about_text(inputs, found) if found else ""
    return paragraph(f"{name}{edition}. {rest}".strip(), trace(evaluation, "root"), form("criteria.about"))


def _about_text(inputs: LetterInputs, found: CriteriaSet) -> str:
    if found.licence is LicenceClass.USER:
        return "The criteria are worded as the reviewer entered them."
    if found.licence is LicenceClass.LICENSED_REFERENCE:
        return "This set is licensed: its criteria are named by number and its words are not reproduced."
    if not found.document_number.strip():
        return "Put together for this review from the public sources named in each row; it is no payer’s own text."
    since = f", effective {long_date(found.effective_from)}" if found.effective_from else ""
    seen = f", facts compiled {long_date(found.retrieved_on)}" if found.retrieved_on else ""
    address = f", {found.address.strip()}" if found.address.strip() else ""
    text = f"Document {one_line(found.document_number)}{since}{seen}{address}; in our own words."
    is_medicare_rule = "medicare" in found.publisher.casefold()
    if not (is_medicare_rule and inputs.case.coverage.line_of_business in _MEDICARE):
        text += " It is set beside the plan’s criteria as a published standard, not as this plan’s rule."
    return text


def _result(evaluation: EvaluationTrace) -> LetterParagraph:
    grouped: dict[Truth, list[str]] = {}
    for level in evaluation.levels:
        grouped.setdefault(level.truth, []).append(level.level)
    parts = [
        f"{STANDING[truth]} at {level_list(levels)}" if any(levels) else STANDING[truth]
        for truth, levels in grouped.items()
    ]
    text = f"Taken together: {listed(parts)}. Criterion by criterion and level by level: {standing_of(evaluation)}."
    if evaluation.is_silent:
        text += " The set does not speak of what the imaging shows; see “The criteria do not speak of this indication”."
    return paragraph(text, trace(evaluation, "root"))
