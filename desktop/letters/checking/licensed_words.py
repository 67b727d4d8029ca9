"""Finds words of licensed criteria in what was typed: a letter may quote them shortly, and copy them nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.letters.checking.quotations import quotations_in

LONGEST_RUN = 14
"""Words of a licensed criterion that may stand in a row without quotation marks: chance does not make more alike."""
LONGEST_QUOTATION = 50
"""Words of one set that a quotation may hold before it is more than short."""
_WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class LicensedRun:
    """A run of words of a licensed set: where it stands, of which set, how long, and whether it is quoted."""

    start: int
    end: int
    title: str
    count: int
    is_quoted: bool


class LicensedWords:
    """The wording of the licensed sets of a case, by runs of words."""

    def __init__(self, sets: tuple[CriteriaSet, ...]) -> None:
        self._runs: dict[tuple[str, ...], str] = {}
        for item in sets:
            if item.licence is LicenceClass.PUBLIC:
                continue
            for criterion in item.criteria():
                words = [word.lower() for word in _WORD.findall(criterion.text)]
                for start in range(len(words) - LONGEST_RUN):
                    self._runs.setdefault(tuple(words[start : start + LONGEST_RUN + 1]), item.title)

    def in_text(self, text: str) -> Iterator[LicensedRun]:
        """Every run of a text that is longer than chance allows."""
        if not self._runs:
            return
        found = [(match.start(), match.end(), match.group().lower()) for match in _WORD.finditer(text)]
        quoted = list(quotations_in(text))
        index = 0
        while index + LONGEST_RUN < len(found):
            title = self._runs.get(tuple(item[2] for item in found[index : index + LONGEST_RUN + 1]))
            if title is None:
                index += 1
                continue
            first = index
            while (
                index + LONGEST_RUN < len(found)
                and tuple(item[2] for item in found[index : index + LONGEST_RUN + 1]) in self._runs
            ):
                index += 1
            last = index + LONGEST_RUN - 1
            start, end = found[first][0], found[last][1]
            is_quoted = any(one <= start and end <= other for one, other in quoted)
            yield LicensedRun(start, end, title, last - first + 1, is_quoted)
            index = last + 1
