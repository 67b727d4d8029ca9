"""Tells which part of the body words of a request are about; it must not know services or criteria sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.rules.match_lexicon import STOP
from desktop.rules.match_words import Token


def region_at(tokens: Sequence[Token], first: int, last: int) -> frozenset[str]:
    """The part of the body that the words at these positions are about: what stands nearest, else what came before."""
    within = _merged(tokens[first : last + 1])
    if within - {"spine"}:
        return within
    clause, sentence = tokens[first].clause, tokens[first].sentence
    near: list[tuple[int, int, int]] = []
    for step, direction in ((-1, 0), (1, 1)):
        place, distance = (first if step < 0 else last) + step, 0
        while 0 <= place < len(tokens) and tokens[place].clause == clause:
            if tokens[place].regions:
                near.append((distance, direction, place))
            distance += tokens[place].word not in STOP
            place += step
    specific = sorted((distance, side, place) for distance, side, place in near if _says_where(tokens[place]))
    if specific:
        return _with_coordinated(tokens, specific[0][2])
    # Nothing in the clause says it: then what was said before in the sentence, and then what all the rest agrees on.
    for place in range(first - 1, -1, -1):
        if tokens[place].sentence != sentence:
            break
        if _says_where(tokens[place]):
            return tokens[place].regions
    everywhere = {token.regions for token in tokens if _says_where(token)}
    if len(everywhere) == 1:
        return next(iter(everywhere))
    return within or (frozenset({"spine"}) if near or "spine" in _merged(tokens) else frozenset())


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


def _merged(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(region for token in tokens for region in token.regions)
