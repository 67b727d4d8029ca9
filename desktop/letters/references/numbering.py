"""Turns citation marks into numbers at the moment of rendering; it never changes the text of a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.letter import CITATION, LetterContent
from desktop.domain.reference import CitationStyle, Reference
from desktop.letters.references.library import ReferenceLibrary

_LONGEST_MARK = 90
"""Characters of a citation mark: an id has at most 80."""

_CITED_RUN = re.compile(rf"(?:{CITATION.pattern})+")

_STOP = re.compile(r"(?:[,;:]|(?<!\.)(?<!\b[A-Za-z])(?<!\bal)\.)$")
"""Punctuation that numbers in parentheses stand before; the stop of `et al.`, an initial or an ellipsis is none."""

_STOP_OF_SENTENCE = re.compile(
    r"(?<![A-Za-z]\.)\b[A-Za-z](\.)$|(?<=\w)(?<!\bal)(?<!\.[A-Za-z])(\.)(?=[”\"’]$)"
)
"""A stop behind a single letter (`grade I.`) or before a closing quotation mark, where a sentence ends with it."""
_INITIAL = re.compile(r"(?:^|[^\sa-z]|\b(?:[A-Z]\w*|by|and|or|with|from|to|of|see|for))\s*[A-Z]\.$")
"""A single letter that stands for a name: at the start, behind another name, or behind a word that names follow."""
_ENDS = re.compile(r"\s*$")
_CAPITAL_FOLLOWS = re.compile(r"\s+[“\"‘(]?[A-Z]")
_SENTENCE_GOES_ON = re.compile(r"\s+[a-z]")


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
    """A stretch of text, or the numbers that stand for a run of citation marks; AMA raises these above the line."""

    text: str
    is_raised: bool = False


class Numbering:
    """Numbers of the cited references, in order of first citation, and the list, both in the style of the letter.

    A mark of no known reference stays text.
    """

    def __init__(self, content: LetterContent, references: ReferenceLibrary) -> None:
        known = (references.get(item) for item in content.cited())
        self.references: tuple[Reference, ...] = tuple(item for item in known if item is not None)
        self.printed = tuple(item.printed(content.citation_style) for item in self.references)
        """The references as the list prints them, in the order of their numbers."""
        self._is_raised = content.citation_style is CitationStyle.AMA
        self._numbers = {item.id: number for number, item in enumerate(self.references, start=1)}

    def pieces(self, text: str) -> Iterator[Piece]:
        """The text cut at its citation marks, numbers in their place."""
        start = 0
        for run in _CITED_RUN.finditer(text):
            ids = CITATION.findall(run.group())
            if not all(item in self._numbers for item in ids):
                continue
            before, numbers = (
                text[start : run.start()],
                _ranges(sorted({self._numbers[item] for item in ids})),
            )
            if self._is_raised:
                if before:
                    yield Piece(spoken(before))
                yield Piece(numbers, is_raised=True)
            else:
                yield Piece(_with_parentheses(spoken(before), numbers, text[run.end() :]))
            start = run.end()
        if start < len(text):
            yield Piece(spoken(text[start:]))


def _with_parentheses(before: str, numbers: str, after: str) -> str:
    """`as shown (1,3-5).`: the numbers stand before the punctuation that they were marked behind."""
    if (sentence := _sentence_ended(before, after)) is not None:
        return f"{sentence} ({numbers})."
    found = _STOP.search(before)
    if found is not None and found.group() == "." and _SENTENCE_GOES_ON.match(after):
        found = None
    words, stop = (before[: found.start()], found.group()) if found else (before, "")
    gap = " " if words and not words[-1].isspace() else ""
    return f"{words}{gap}({numbers}){stop}"


def _sentence_ended(before: str, after: str) -> str | None:
    """The text without the stop that ends its sentence, where that is no plain one; it goes out of a quotation."""
    found = _STOP_OF_SENTENCE.search(before)
    if found is None:
        return None
    is_last = _ENDS.match(after) is not None
    if not is_last and (not _CAPITAL_FOLLOWS.match(after) or _INITIAL.search(before)):
        return None
    stop = found.start(1) if found[1] else found.start(2)
    return before[:stop] + before[stop + 1 :]


def _ranges(numbers: list[int]) -> str:
    """`1,3-5`: three or more neighbours are joined with a hyphen, in both styles."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs]
    return ",".join(parts)
