"""The check of a letter that was written elsewhere against the record of a case; it stores nothing of it.

Only its words are known: what they state is traced, what a letter of its kind must hold is not asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterContent,
    LetterKind,
    LetterParagraph,
    LetterSettings,
    OriginKind,
    Provenance,
)
from desktop.domain.letter_check import LetterProblem, Place
from desktop.domain.severity import Severity
from desktop.services.letters import Letters

_GAP = re.compile(r"\t+| {3,}")
"""What stands between the cells of a table that was written as text."""
_READ = Provenance(kind=OriginKind.TYPED, ref="letter", label="Read from a file")


class ForeignLetters:
    """Letters that are known by their words only."""

    def __init__(self, letters: Letters) -> None:
        self._desk = letters.desk

    def problems(
        self, case_id: str, text: str, kind: LetterKind = LetterKind.FIRST_LEVEL
    ) -> tuple[LetterProblem, ...]:
        """What in the words the record of the case does not bear out, errors first, then by line.

        The `paragraph` of a place is the line, counted from 0, and its message begins with it, counted from 1.
        Raises CaseNotFoundError.
        """
        from desktop.letters.checking.letter_facts import LetterFacts
        from desktop.letters.checking.tracing_rules import trace_everything

        with self._desk.store.read() as reader:
            inputs = self._desk.inputs(reader, case_id, kind, LetterSettings(), None, has_names=True)
        paragraphs = tuple(_paragraphs(text))
        content = LetterContent(
            kind=kind, title="", running_head="", blocks=(_block(paragraphs),) if paragraphs else ()
        )
        found = [_placed(item, paragraphs) for item in trace_everything(content, LetterFacts.of(inputs))]
        return tuple(sorted(dict.fromkeys(found), key=_order))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines that stand together, joined by spaces: a sentence may run over the end of a line."""

    text: str
    first_line: int
    starts: tuple[int, ...]
    """Where each line begins in the text."""
    column: int = 0
    """Where the first line begins in its line of the letter."""


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    lines: list[str] = []
    for number, line in enumerate((*text.splitlines(), "")):
        is_row = _GAP.search(line.strip()) is not None
        if line.strip() and not is_row:
            lines.append(line)
            continue
        if lines:
            starts = [0]
            for before in lines[:-1]:
                starts.append(starts[-1] + len(before) + 1)
            yield _Paragraph(" ".join(lines), number - len(lines), tuple(starts))
            lines = []
        if is_row:
            yield from _cells(line, number)


def _cells(line: str, number: int) -> Iterator[_Paragraph]:
    """The cells of a table's row, each for itself: side by side they would read as one sentence."""
    at = 0
    for gap in (*_GAP.finditer(line), None):
        cell = line[at : gap.start() if gap else len(line)]
        if cell.strip():
            yield _Paragraph(cell, number, (0,), at)
        at = gap.end() if gap else at


def _block(paragraphs: tuple[_Paragraph, ...]) -> LetterBlock:
    typed = tuple(LetterParagraph(text=item.text, provenance=(_READ,)) for item in paragraphs)
    return LetterBlock(id="letter", kind=BlockKind.OWN, paragraphs=typed, is_edited=True)


def _placed(problem: LetterProblem, paragraphs: tuple[_Paragraph, ...]) -> LetterProblem:
    """The problem at its line instead of its paragraph."""
    place = problem.place
    if place is None or place.paragraph is None:
        return problem
    paragraph = paragraphs[place.paragraph]
    nth = bisect_right(paragraph.starts, place.start) - 1
    line = paragraph.first_line + nth
    start = place.start - paragraph.starts[nth] + (0 if nth else paragraph.column)
    return problem.model_copy(
        update={
            "place": Place(paragraph=line, start=start, end=start + place.end - place.start),
            "message": f"Line {line + 1}: {problem.message}",
        }
    )


def _order(problem: LetterProblem) -> tuple[bool, int, int]:
    place = problem.place or Place()
    return problem.severity is not Severity.ERROR, place.paragraph or 0, place.start
