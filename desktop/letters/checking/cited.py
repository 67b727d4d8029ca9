"""The figures that a cited reference states, to hold a figure beside a citation against that source and no other."""

from __future__ import annotations

import re
from functools import lru_cache

from desktop.domain.letter import CITATION
from desktop.letters.checking.tokens import Token, TokenKind, tokens_in
from desktop.letters.references.library import ReferenceLibrary

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_TIMES = frozenset({"day", "week", "month", "year"})
_MARKS = re.compile(rf"(?:{CITATION.pattern}\s*)+")


class CitedFigures:
    """The numbers, codes and levels that each citation of a sentence stands for, by the words it stands behind."""

    def __init__(self, sentence: str, library: ReferenceLibrary) -> None:
        self._parts: list[tuple[int, int, frozenset[str]]] = []
        start = 0
        for match in _MARKS.finditer(sentence):
            known: set[str] = set()
            for reference_id in CITATION.findall(match.group()):
                known |= figures_of(library, reference_id)
            self._parts.append((start, match.start(), frozenset(known)))
            start = match.end()
        if self._parts and start < len(sentence):
            # What stands behind the last mark still leans on it ("..., [4] so a CT that ...").
            self._parts.append((start, len(sentence), self._parts[-1][2]))

    def has(self, token: Token) -> bool:
        """Whether the sources cited behind these words state the token."""
        for start, end, known in self._parts:
            if start <= token.start < end:
                if token.unit in _TIMES and any(item.endswith(f" {token.unit}") for item in known):
                    return all(f"{value} {token.unit}" in known for value in token.values)
                return all(value in known for value in _keys(token))
        return False


def _keys(token: Token) -> tuple[str, ...]:
    if token.kind is TokenKind.AMOUNT:
        return (*token.values, *((token.unit[1:],) if token.unit.startswith("/") else ()))
    return token.values


@lru_cache(maxsize=1024)
def figures_of(library: ReferenceLibrary, reference_id: str) -> frozenset[str]:
    """Every number and token that the claims of a reference, their figures and its own citation state."""
    reference = library.get(reference_id)
    if reference is None:
        return frozenset()
    texts = [reference.citation, *reference.supports, reference.standing_note]
    for claim in library.claims_of(reference_id):
        texts.append(f"{claim.text} {claim.locator}")
        for figure in claim.figures:
            texts.extend(
                (figure.what, f"{figure.value} {figure.unit}", figure.comparator, figure.n, figure.follow_up)
            )
    known: set[str] = set()
    for text in texts:
        for token in tokens_in(text):
            known.update(_keys(token))
            known.update(token.values)
            if token.unit in _TIMES:
                known.update(f"{value} {token.unit}" for value in token.values)
        known.update(match.replace(",", "") for match in _NUMBER.findall(text))
    return frozenset(known)
