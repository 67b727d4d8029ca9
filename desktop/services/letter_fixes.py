"""What a one-key fix of the letter check does to the words of a letter; it decides nothing about what is right."""

from __future__ import annotations

from desktop.domain.errors import UserFacingError
from desktop.domain.letter import LetterBlock, LetterContent, LetterParagraph, OriginKind, Provenance
from desktop.domain.letter_check import FixKind, LetterProblem
from desktop.letters.living import brought_back, restored, with_block

_MISSING = "missing-"


def fixed(content: LetterContent, fresh: LetterContent, problem: LetterProblem | None) -> LetterContent:
    """The letter with the fix of a finding done. Raises UserFacingError without one, or where its place has changed."""
    if problem is None:
        raise _changed()
    fix = problem.fix
    if fix is None:
        raise _refused("There is no fix for this finding by one key.", "Do what it says.")
    if fix.kind is FixKind.COMPOSE:
        return _complete(content, fresh, problem)
    block = content.block(problem.block_id or "")
    if block is None:
        raise _changed()
    if fix.kind is FixKind.RESTORE_BLOCK:
        return restored(content, fresh, block.id)
    if fix.kind is FixKind.INSERT:
        return with_block(content, fresh, _typed(block, (*block.paragraphs, _paragraph(block, fix.text))))
    return with_block(content, fresh, _replaced(block, problem))


def _complete(content: LetterContent, fresh: LetterContent, problem: LetterProblem) -> LetterContent:
    """The letter with what was set aside of what the problem misses; all of it where it names no part."""
    missed = problem.rule.removeprefix(_MISSING).replace("-", "_")
    is_named = problem.rule.startswith(_MISSING)
    back = [item.id for item in content.set_aside if not is_named or item.kind.value == missed]
    if not back:
        raise _refused("The record gives nothing to compose this part from.", "Enter it, then look again.")
    return brought_back(content, fresh, back)


def _replaced(block: LetterBlock, problem: LetterProblem) -> LetterBlock:
    place, fix = problem.place, problem.fix
    if place is None or fix is None or place.paragraph is None:
        raise _refused(
            "These words stand in a table or figure, which follow the record.",
            "Put the record right in the intake.",
        )
    if place.paragraph >= len(block.paragraphs):
        raise _changed()
    old = block.paragraphs[place.paragraph]
    if problem.words and old.text[place.start : place.end] != problem.words:
        raise _changed()
    text = old.text[: place.start] + fix.text + old.text[place.end :]
    new = (_paragraph(block, text),) if text.strip() else ()
    before, after = block.paragraphs[: place.paragraph], block.paragraphs[place.paragraph + 1 :]
    return _typed(block, (*before, *new, *after))


def _typed(block: LetterBlock, paragraphs: tuple[LetterParagraph, ...]) -> LetterBlock:
    base = block.base if block.is_edited else block.paragraphs
    return block.model_copy(update={"paragraphs": paragraphs, "is_edited": True, "base": base})


def _paragraph(block: LetterBlock, text: str) -> LetterParagraph:
    typed = Provenance(kind=OriginKind.TYPED, ref=block.id, label="Typed by the reviewer")
    return LetterParagraph(text=text, provenance=(typed,))


def _changed() -> UserFacingError:
    return _refused("The words that this finding is about have changed.", "Look at what the check says now.")


def _refused(what: str, todo: str) -> UserFacingError:
    return UserFacingError(what, safe="Nothing was changed.", todo=todo)
