"""What speaks against the request is answered, and what is not met is conceded: an appeal that hides either loses both.

It looks at what the record composes for these places; it must not weigh the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.letter import BlockKind, LetterBlock, LetterContent
from desktop.domain.letter_check import Fix, FixKind, LetterProblem
from desktop.domain.severity import Severity
from desktop.letters.checking.elements import Rule, words_of
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.quotations import comparable, quotations_in
from desktop.letters.inputs import LetterInputs

_ADVERSE = "imaging.answers"
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


def unmet_conceded(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """What the criteria or the determination leave open is conceded in an appeal."""
    if not content.kind.is_appeal:
        return
    for block in _composed(content, inputs).values():
        if block.kind is BlockKind.CONCESSION and all(item.id != block.id for item in content.blocks):
            message = (
                "Criteria are not met or not settled, and the block that says so is not in the letter. "
                "Bring it back, or answer each of them elsewhere and say why it may go."
            )
            yield _missing("unmet-not-conceded", message, content, block.id)


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


ANSWER_RULES: tuple[Rule, ...] = (adverse_answered, unmet_conceded)
