"""Tells which part of the body words of a request are about; it must not know services or criteria sets."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.rules.match_lexicon import STOP
from desktop.rules.match_words import Token


class Places:
    """The parts of the body that a request names, prepared once so that many words can be asked about."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        everywhere = {token.regions for token in tokens if _says_where(token)}
        self._only = next(iter(everywhere)) if len(everywhere) == 1 else frozenset[str]()
        self._is_of_the_spine = any("spine" in token.regions for token in tokens)

    def at(self, first: int, last: int) -> frozenset[str]:
        """What the words from one position to another are about; empty when the request does not say.

        It is what stands nearest in the clause, else what the sentence said before, else what all the rest agrees on.
        """
        tokens = self._tokens
        within = frozenset(region for token in tokens[first : last + 1] for region in token.regions)
        if within - {"spine"}:
            return within
        near = self._nearest(first, last)
        if near is not None:
            return _with_coordinated(tokens, near)
        for place in range(first - 1, -1, -1):
            if tokens[place].sentence != tokens[first].sentence:
                break
            if _says_where(tokens[place]):
                return tokens[place].regions
        unspecific = frozenset({"spine"}) if self._is_of_the_spine else frozenset[str]()
        return self._only or within or unspecific

    def _nearest(self, first: int, last: int) -> int | None:
        """The nearest word of the clause that says where; of two as near the one before."""
        tokens, found = self._tokens, list[tuple[int, int]]()
        for start, step in ((first, -1), (last, 1)):
            place, distance = start + step, 0
            while 0 <= place < len(tokens) and tokens[place].clause == tokens[first].clause:
                if _says_where(tokens[place]):
                    found.append((distance, place))
                    break
                distance += tokens[place].word not in STOP
                place += step
        return min(found)[1] if found else None


def _says_where(token: Token) -> bool:
    return bool(token.regions - {"spine"})


def _with_coordinated(tokens: Sequence[Token], place: int) -> frozenset[str]:
    """The region of a word and of those joined to it: `hip and knee replacement`."""
    found = tokens[place].regions
    for step in (-1, 1):
        at = place
        while 0 <= at + 2 * step < len(tokens) and tokens[at + step].word in {"and", "or"}:
            at += 2 * step
            if not tokens[at].regions:
                break
            found |= tokens[at].regions
    return found
