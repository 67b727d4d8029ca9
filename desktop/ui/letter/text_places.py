"""Where a finding or a comment stands in the editor's text; pure, without Qt."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain.letter import LetterBlock
from desktop.domain.letter_check import LetterProblem
from desktop.domain.letter_history import LetterComment
from desktop.domain.severity import Severity

_BETWEEN = re.compile(r"\n[ \t]*\n")


class MarkKind(Enum):
    """What a marked place is; each is drawn in its own way."""

    ERROR = "error"
    WARNING = "warning"
    COMMENT = "comment"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class TextMark:
    """Characters `start:end` of the editor's text, and what they are marked as."""

    start: int
    end: int
    kind: MarkKind


def paragraphs_in(text: str) -> list[tuple[int, str]]:
    """The paragraphs of an editable text with where each starts, as they are told apart when it is kept."""
    found: list[tuple[int, str]] = []
    at = 0
    for part in _split(text):
        words = part.strip("\n")
        if words.strip():
            found.append((at + part.index(words), words))
        at += len(part)
    return found


def starts_of(block: LetterBlock, text: str) -> list[int]:
    """Where each paragraph of the block starts in the editor's text."""
    if text == block.text:
        starts: list[int] = []
        at = 0
        for paragraph in block.paragraphs:
            starts.append(at)
            at += len(paragraph.text) + 2
        return starts
    return [start for start, _ in paragraphs_in(text)]


def paragraph_at(block: LetterBlock, text: str, at: int) -> tuple[int, int]:
    """The paragraph that a character of the editor's text is in, and how far into it; (0, 0) in an empty text."""
    starts = starts_of(block, text)
    number = max(0, bisect_right(starts, at) - 1)
    return (number, max(0, at - starts[number])) if starts else (0, 0)


def place_of(problem: LetterProblem, block: LetterBlock, text: str) -> tuple[int, int] | None:
    """The characters of the editor's text that a finding is about; None when it is about no words of it."""
    place = problem.place
    if place is None or place.paragraph is None or problem.block_id != block.id:
        return None
    starts = starts_of(block, text)
    if not 0 <= place.paragraph < len(starts):
        return None
    start, end = starts[place.paragraph] + place.start, starts[place.paragraph] + place.end
    # The text may have been typed on since it was checked: words that are no longer there are not marked.
    if problem.words and text[start:end] != problem.words:
        return _nearest(text, problem.words, start)
    return (start, end) if start < end <= len(text) else None


def cell_of(problem: LetterProblem, block: LetterBlock) -> tuple[int, int] | None:
    """The cell of the block's table that a finding is about."""
    place = problem.place
    if place is None or place.row is None or problem.block_id != block.id:
        return None
    return place.row, place.column or 0


def marks_for(
    block: LetterBlock, text: str, problems: Sequence[LetterProblem], comments: Sequence[LetterComment]
) -> tuple[TextMark, ...]:
    """What is marked in a block's text: open comments under findings, so that both are seen."""
    return (*_comment_marks(block, text, comments), *_problem_marks(block, text, problems))


def _comment_marks(block: LetterBlock, text: str, comments: Sequence[LetterComment]) -> Iterator[TextMark]:
    for comment in comments:
        if comment.block_id == block.id and comment.is_open and comment.quote:
            at = text.find(comment.quote)
            if at >= 0:
                yield TextMark(at, at + len(comment.quote), MarkKind.COMMENT)


def _problem_marks(block: LetterBlock, text: str, problems: Sequence[LetterProblem]) -> Iterator[TextMark]:
    for problem in problems:
        found = place_of(problem, block, text)
        if found is not None:
            is_error = problem.severity is Severity.ERROR
            yield TextMark(*found, MarkKind.ERROR if is_error else MarkKind.WARNING)


def _nearest(text: str, words: str, near: int) -> tuple[int, int] | None:
    places = [found.start() for found in re.finditer(re.escape(words), text)]
    if not places:
        return None
    at = min(places, key=lambda place: abs(place - near))
    return at, at + len(words)


def _split(text: str) -> Iterator[str]:
    """The text in pieces that joined give it again: paragraphs, and what parts them."""
    at = 0
    for found in _BETWEEN.finditer(text):
        yield text[at : found.start()]
        yield found.group()
        at = found.end()
    yield text[at:]
