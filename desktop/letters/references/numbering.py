"""Turns citation marks into numbers at the moment of rendering; it never changes the text of a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.letter import CITATION, LetterContent
from desktop.domain.reference import Reference
from desktop.letters.references.library import ReferenceLibrary

_LONGEST_MARK = 90
"""Characters of a citation mark: an id has at most 80."""

_CITED_RUN = re.compile(rf"(?:{CITATION.pattern})+")


def literal(text: str) -> str:
    """Text of the record for a letter: whatever looks like a citation in it is only printed."""
    return text.replace("[@", "\\[@")


def spoken(text: str) -> str:
    """The text without the backslashes of `literal`, as it is printed; citation marks stay."""
    return text.replace("\\[@", "[@")


def outside_marks(text: str, cut: int) -> int:
    """A place to cut the text at, moved before the mark (or its backslash) that it would have cut in two."""
    start = text.rfind("[@", max(0, cut - _LONGEST_MARK), cut + 2)
    if start < 0 or "]" in text[start:cut]:
        return cut
    return start - 1 if text[start - 1 : start] == "\\" else start


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or the numbers that stand for a run of citation marks."""

    text: str
    is_citation: bool = False


class Numbering:
    """Numbers of the cited references, in order of first citation. A mark of no known reference stays text."""

    def __init__(self, content: LetterContent, references: ReferenceLibrary) -> None:
        known = (references.get(item) for item in content.cited())
        self.references: tuple[Reference, ...] = tuple(item for item in known if item is not None)
        self._numbers = {item.id: number for number, item in enumerate(self.references, start=1)}

    def pieces(self, text: str) -> Iterator[Piece]:
        """The text cut at its citation marks."""
        start = 0
        for run in _CITED_RUN.finditer(text):
            ids = CITATION.findall(run.group())
            if not all(item in self._numbers for item in ids):
                continue
            if run.start() > start:
                yield Piece(spoken(text[start : run.start()]))
            yield Piece(_ranges(sorted({self._numbers[item] for item in ids})), is_citation=True)
            start = run.end()
        if start < len(text):
            yield Piece(spoken(text[start:]))


def _ranges(numbers: list[int]) -> str:
    """`1,3-5`: AMA joins three or more neighbours with a hyphen."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs]
    return ",".join(parts)
