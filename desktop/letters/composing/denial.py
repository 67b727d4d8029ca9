"""The denial: each reason in the notice's words with its answer, and the criteria and the reviewer it names."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.denial import DenialReason
from desktop.domain.letter import BlockKind, LetterBlock, LetterParagraph
from desktop.letters.composing.answers import answer_to
from desktop.letters.composing.criteria import CriteriaTables
from desktop.letters.inputs import LetterInputs, block_id
from desktop.letters.origins import form, paragraph, record
from desktop.letters.wording import ended, one_line, quoted


def denial_block(inputs: LetterInputs, tables: CriteriaTables) -> LetterBlock:
    """The reasons quoted, each followed by its answer; the criteria named, or a demand for them."""
    paragraphs: list[LetterParagraph] = []
    for reason in inputs.case.denial.reasons:
        paragraphs.append(_quotation(reason))
        paragraphs.extend(answer_to(inputs, tables, reason))
    return _block(inputs, "The reasons stated in the notice, and the answers", paragraphs)


def denial_quoted(inputs: LetterInputs, _tables: CriteriaTables) -> LetterBlock:
    """The reasons quoted and the criteria named, without an answer: for a letter that argues nothing yet."""
    reasons = [_quotation(reason) for reason in inputs.case.denial.reasons]
    return _block(inputs, "The reasons stated in the notice", reasons)


def _quotation(reason: DenialReason) -> LetterParagraph:
    origin = record(f"denial.reasons.{reason.id}.verbatim", "Denial reason, word for word")
    return paragraph(quoted(reason.verbatim), origin, is_quote=True)


def _block(inputs: LetterInputs, heading: str, told: list[LetterParagraph]) -> LetterBlock:
    if not told:
        text = "No reason for the refusal is recorded from the notice."
        told = [paragraph(text, record("denial.reasons", "Denial reasons"))]
    return LetterBlock(
        id=block_id(BlockKind.DENIAL),
        kind=BlockKind.DENIAL,
        heading=heading,
        paragraphs=(*told, *_notice(inputs)),
    )


def _notice(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """The criteria and the reviewer that the notice names; a demand for criteria that it does not name."""
    denial = inputs.case.denial
    named = one_line(denial.criteria_named)
    origins = [record("denial.criteria_named", "Criteria named in the notice")]
    if named:
        text = f"The notice names these criteria: {ended(named)}"
    else:
        text = "The notice, as recorded, names no criteria. A copy of those applied, with their edition, is requested."
        origins.append(form("denial.criteria_demand"))
    reviewer = ", ".join(p for p in (denial.reviewer_name.strip(), denial.reviewer_credential.strip()) if p)
    if reviewer:
        text += f" It names as reviewer: {ended(one_line(reviewer))}"
        origins.append(record("denial.reviewer_name", "Reviewer named in the notice"))
    yield paragraph(text, *origins)
