"""The check of a letter that was written elsewhere against the record of a case; it stores nothing of it.

Only its words are known: what they state is traced, what a letter of its kind must hold is not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.domain.letter import LetterContent, LetterKind, LetterSettings
from desktop.domain.letter_check import Fix, FixKind, LetterProblem, Place
from desktop.domain.reference import CitationStyle
from desktop.domain.severity import Severity
from desktop.letters.checking.same_words import Comparison, compare
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.letters.paper.figures import figure_texts, figure_words
from desktop.letters.paper.styles import TEXT_WIDTH
from desktop.letters.paper.text import render_text
from desktop.letters.references.numbering import Numbering
from desktop.services.letters import Letters

_PAGE = re.compile(r"\bPage \d+ of \d+")
_TRACED = frozenset({"untraced", "does-not-fit"})


class ForeignLetters:
    """Letters that are known by their words only."""

    def __init__(self, letters: Letters) -> None:
        self._desk = letters.desk

    def problems(
        self, case_id: str, text: str, kind: LetterKind = LetterKind.FIRST_LEVEL
    ) -> tuple[LetterProblem, ...]:
        """What in the words the record of the case does not bear out, errors first, then by line.

        The `paragraph` of a place is the line, counted from 0, and its message begins with it, counted from 1.
        Words that are the composed ones of such a letter are borne out; one that was changed among them is named.
        Raises CaseNotFoundError.
        """
        from desktop.letters.checking.plain_text import check_text

        with self._desk.store.read() as reader:
            inputs = self._desk.inputs(reader, case_id, kind, LetterSettings(), None, has_names=True)
        content = compose_letter(inputs)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
        starts = [0]
        for line in lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        whole = "\n".join(lines)
        furniture = {number for number, line in enumerate(lines) if _is_furniture(line, content)}
        stated = check_text(text, inputs)
        held: list[Comparison] = []
        found: list[LetterProblem] = []
        for style in CitationStyle:
            held.extend(compare(whole, known) for known in _composed(content, inputs, style))
            found = [item for item in stated if not _is_borne_out(item, starts, held)]
            found = [item for item in found if not (item.place and item.place.paragraph in furniture)]
            found.extend(_changed(held, starts))
            if not found:
                break  # it is a letter of ours in this style
        return tuple(sorted(dict.fromkeys(found), key=_order))


def _composed(content: LetterContent, inputs: LetterInputs, style: CitationStyle) -> Iterator[str]:
    """The composed letter in a style: as lines, and cell by cell, as a Word document or a page gives its tables."""
    styled = content.model_copy(update={"citation_style": style})
    yield render_text(styled, inputs.references)
    yield "\n".join(_parts(styled, Numbering(styled, inputs.references)))


def _parts(content: LetterContent, numbering: Numbering) -> Iterator[str]:
    def printed(text: str) -> str:
        return "".join(piece.text for piece in numbering.pieces(text))

    for block in content.blocks:
        yield block.heading
        yield from (printed(paragraph.text) for paragraph in block.paragraphs)
        if block.figure is not None:
            yield from figure_texts(block.figure)
            yield from figure_words(block.figure, TEXT_WIDTH)
        if block.table is not None:
            yield from block.table.columns
            yield from (printed(cell) for row in block.table.rows for cell in row.cells)
    yield from numbering.printed


def _is_furniture(line: str, content: LetterContent) -> bool:
    """Whether a line is the foot of a page: its number and the running head."""
    rest = _PAGE.sub("", " ".join(line.split())).strip(" ·")
    return not rest or rest in " ".join(content.running_head.split())


def _is_borne_out(problem: LetterProblem, starts: list[int], held: Sequence[Comparison]) -> bool:
    place = problem.place
    if problem.rule not in _TRACED or place is None or place.paragraph is None:
        return False
    start, end = starts[place.paragraph] + place.start, starts[place.paragraph] + place.end
    # What was changed is told once, as a change.
    is_told = any(item.start < end and start < item.end for item in _nearest(held).changed)
    return is_told or any(one.covers(start, end) for one in held)


def _nearest(held: Sequence[Comparison]) -> Comparison:
    """With the form of the letter that the text is a copy of, as far as it is one."""
    return max(held, key=lambda found: found.size)


def _changed(held: Sequence[Comparison], starts: list[int]) -> Iterator[LetterProblem]:
    for item in _nearest(held).changed:
        if any(one.covers(item.start, item.end) for one in held):
            continue  # in another form of the letter it stands as it does here
        line = max(index for index, start in enumerate(starts) if start <= item.start)
        at = item.start - starts[line]
        yield LetterProblem(
            rule="differs-from-composed",
            severity=Severity.ERROR,
            message=f"Line {line + 1}: “{item.words}” stands where the record gives “{item.instead}”. "
            "Correct it, or correct the record.",
            place=Place(paragraph=line, start=at, end=at + len(item.words)),
            words=item.words,
            fix=Fix(kind=FixKind.REPLACE, label=f"Write “{item.instead}”", text=item.instead),
        )


def _order(problem: LetterProblem) -> tuple[bool, int, int]:
    place = problem.place or Place()
    return problem.severity is not Severity.ERROR, place.paragraph or 0, place.start
