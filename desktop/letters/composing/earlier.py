"""Letters of the case that were sent before, and what the record holds of the plan's answer; it compares nothing."""

from __future__ import annotations

from datetime import date

from desktop.domain.document import Document, DocumentKind
from desktop.domain.letter import BlockKind, Letter, LetterKind
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import long_date

_FIRST = (LetterKind.FIRST_LEVEL, LetterKind.EXPEDITED)


def first_appeal(inputs: LetterInputs) -> Letter | None:
    """The latest issued appeal of the first level, or a request to reconsider where none was issued."""
    return _last(inputs, *_FIRST) or _last(inputs, LetterKind.RECONSIDERATION)


def last_appeal(inputs: LetterInputs) -> Letter | None:
    """The latest issued letter that argues against the denial."""
    return _last(inputs, *(kind for kind in LetterKind if kind.is_appeal))


def appeals(inputs: LetterInputs) -> tuple[Letter, ...]:
    """Every issued letter that argues against the denial, oldest first."""
    return tuple(letter for letter in inputs.earlier if letter.kind.is_appeal)


def printed_day(letter: Letter) -> str:
    """The date as the letter itself prints it; the day it was issued (UTC) where it prints none."""
    for block in letter.content.blocks:
        if block.kind is BlockKind.DATE and block.paragraphs:
            return block.paragraphs[0].text
    return long_date(letter.issued_at.date() if letter.issued_at is not None else None)


def issued_on(letter: Letter) -> date | None:
    """The day it was issued (UTC), or None before it was."""
    return letter.issued_at.date() if letter.issued_at is not None else None


def is_answered_by_notice(inputs: LetterInputs, letter: Letter) -> bool:
    """Whether the notice that this case is recorded from is the plan's answer to an earlier letter."""
    noticed, issued = inputs.case.denial.notice_dated_on, issued_on(letter)
    return noticed is not None and issued is not None and noticed >= issued


def answer_to_letter(inputs: LetterInputs, letter: Letter) -> Document | None:
    """The plan's notice that came after an earlier letter, among the documents of the case; None without one."""
    issued = issued_on(letter)
    later = [
        item
        for item in inputs.case.documents
        if item.kind is DocumentKind.DENIAL_LETTER
        and item.dated_on is not None
        and issued is not None
        and item.dated_on >= issued
    ]
    return max(later, key=lambda item: item.dated_on or date.min, default=None)


def unanswered_appeal(inputs: LetterInputs) -> Letter | None:
    """The latest appeal where neither the notice nor a document of the case is the plan's answer to it."""
    last = last_appeal(inputs)
    if last is None or is_answered_by_notice(inputs, last) or answer_to_letter(inputs, last) is not None:
        return None
    return last


def _last(inputs: LetterInputs, *kinds: LetterKind) -> Letter | None:
    found = [letter for letter in inputs.earlier if letter.kind in kinds]
    return found[-1] if found else None
