"""What speaks against the request is answered, and what is not met is conceded: an appeal that hides either loses both.

It looks at what the record composes for these places; it must not weigh the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterKind
from desktop.domain.letter_check import Fix, FixKind, LetterProblem, Place
from desktop.domain.severity import Severity
from desktop.letters.checking.elements import Rule, words_of
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.quotations import comparable, quotations_in
from desktop.letters.checking.unmet import Unmet
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import lowered

_ADVERSE = "imaging.answers"
_CONCESSION = "concession"
_BRING_BACK = Fix(kind=FixKind.COMPOSE, label="Bring it back")


def adverse_answered(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Words of the record against the request stand in an appeal, with what is said to them."""
    if not content.kind.is_appeal:
        return
    block = _composed(content, inputs).get(_ADVERSE)
    if block is None:
        return
    mine = next((item for item in content.blocks if item.id == _ADVERSE), None)
    if mine is None:
        message = (
            "The record holds words against the request, and the block that answers them is not in the letter. "
            "Bring it back: a reviewer will find them."
        )
        yield _missing("adverse-unanswered", message, content, _ADVERSE)
        return
    if not mine.is_edited:
        return
    said = comparable(words_of(content.blocks))
    for paragraph in block.paragraphs:
        for start, end in quotations_in(paragraph.text):
            words = paragraph.text[start:end]
            if comparable(words) not in said:
                yield LetterProblem(
                    rule="adverse-unanswered",
                    severity=Severity.ERROR,
                    message=(
                        f"“{words}” speaks against the request and is answered nowhere. "
                        "Answer it, or restore the block."
                    ),
                    block_id=mine.id,
                    words=words,
                    fix=Fix(kind=FixKind.RESTORE_BLOCK, label="Take the composed text of this block"),
                    may_be_overridden=True,
                )


def unmet_answered(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """Each criterion that is not established where the letter argues is rebutted or conceded, one by one."""
    if not (content.kind.is_appeal or content.kind is LetterKind.MEDICAL_NECESSITY):
        return
    for item in LetterFacts.of(inputs).unmet.unanswered(content, inputs):
        yield _unanswered(item, content)


def left_out_told(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """What the determination does not ask for is told in an appeal, where the record composes that."""
    if not content.kind.is_appeal:
        return
    block = _composed(content, inputs).get(_CONCESSION)
    if block is None or content.block(_CONCESSION) is not None:
        return
    if any(
        origin.ref.startswith("determination.") for item in block.paragraphs for origin in item.provenance
    ):
        message = (
            "The determination leaves out services, levels or sides, and the block that says so is not in the letter. "
            "Bring it back, or say it elsewhere and say why the block may go."
        )
        yield _missing("unmet-not-conceded", message, content, _CONCESSION)


def _unanswered(item: Unmet, content: LetterContent) -> LetterProblem:
    """A criterion that the letter speaks of nowhere: at the block that would concede it, or at its own row."""
    rows = " and ".join(f"row {row}" for row in item.rows)
    how = f" and name its row, written “{rows}”" if rows else ""
    message = (
        f"Nothing in the letter answers {item.named}: {lowered(item.state)}. Concede it, or answer it in your own "
        f"words{how}."
    )
    found = LetterProblem(
        rule="unmet-unanswered",
        severity=Severity.ERROR,
        message=message,
        words=item.text,
        may_be_overridden=True,
    )
    if any(block.id == _CONCESSION for block in content.set_aside):
        return found.model_copy(update={"fix": _BRING_BACK, **_at_row(item, content)})
    for kind in (BlockKind.CONCESSION, BlockKind.DENIAL, BlockKind.NECESSITY):
        block = next((block for block in content.blocks if block.kind is kind and not block.is_locked), None)
        if block is not None:
            fix = Fix(kind=FixKind.INSERT, label="Concede it in a sentence", text=item.conceded)
            return found.model_copy(update={"fix": fix, "block_id": block.id})
    return found.model_copy(update=_at_row(item, content))


def _at_row(item: Unmet, content: LetterContent) -> dict[str, object]:
    """The row of the criterion in its table, as the place of a finding; nothing where it has none."""
    for block in content.blocks:
        rows = block.table.rows if block.kind is BlockKind.CRITERIA_TABLE and block.table is not None else ()
        for number, row in enumerate(rows):
            if row.cells[0].split(maxsplit=1)[:1] and row.cells[0].split(maxsplit=1)[0] in item.rows:
                place = Place(row=number, column=0, end=len(row.cells[0]))
                return {"block_id": block.id, "place": place}
    return {}


def _composed(content: LetterContent, inputs: LetterInputs) -> dict[str, LetterBlock]:
    """The blocks that the record gives for this kind of letter, whatever a template leaves out."""
    facts = LetterFacts.of(inputs)
    whole = facts if inputs.template is None else LetterFacts(replace(inputs, template=None))
    return {block.id: block for block in whole.composed(content.kind).blocks}


def _missing(rule: str, message: str, content: LetterContent, block_id: str) -> LetterProblem:
    is_aside = any(block.id == block_id for block in content.set_aside)
    return LetterProblem(
        rule=rule,
        severity=Severity.ERROR,
        message=message,
        fix=_BRING_BACK if is_aside else None,
        may_be_overridden=True,
    )


ANSWER_RULES: tuple[Rule, ...] = (adverse_answered, unmet_answered, left_out_told)
