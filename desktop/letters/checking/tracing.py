"""Holds every number, date, code, level, side, name and identifier of a text against the record and what it cites.

What the record does not state is untraced; what it states elsewhere, but not together with the words beside it, does
not fit. It must not judge style, and it never reads meaning into a sentence beyond what stands together in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.letters.checking.cited import CitedFigures
from desktop.letters.checking.facts import Support, group_of, names_of
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.names import names_in
from desktop.letters.checking.quotations import quotations_in
from desktop.letters.checking.reading import Reading, read, sentences_in
from desktop.letters.checking.tokens import Token, TokenKind

UNTRACED = "untraced"
DOES_NOT_FIT = "does-not-fit"
_ENOUGH = 3.0
"""Below this, nothing around a token says what belongs there."""
_SHARE = 0.72
"""A value fits when it is borne out at least this well, beside the best that the record has for the place."""
_SURE = 4.2
"""Above this a value of the record may stand in a sentence that cites literature."""
_EXTRA_LEVELS = 0.85
_SCORED = frozenset(
    {TokenKind.DATE, TokenKind.AMOUNT, TokenKind.LEVEL, TokenKind.SIDE, TokenKind.CODE, TokenKind.IDENTIFIER}
)
IDENTITY = frozenset({TokenKind.CODE, TokenKind.IDENTIFIER, TokenKind.NAME, TokenKind.MARK})
"""Kinds of which nobody may say that the record is wrong and the letter right."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A token that could not be traced, where in the text, and what the record has for the place."""

    rule: str
    token: Token
    start: int
    instead: Support


def trace(text: str, facts: LetterFacts) -> Iterator[Trace]:
    """Every token of a text that the record does not bear out, in the order written."""
    quoted = [span for span in quotations_in(text) if facts.has_words(text[span[0] : span[1]])]
    for start, sentence in sentences_in(text):
        reading = read(sentence)
        cited = facts.cited(sentence)
        for token, clause in reading.tokens:
            at = start + token.start
            if any(first <= at < last for first, last in quoted):
                continue
            found = judge(token, clause, reading, facts, cited)
            if found is not None:
                yield Trace(found[0], token, start, found[1])
        for token in names_in(sentence, facts.names):
            at = start + token.start
            if not any(first <= at < last for first, last in quoted):
                yield Trace(UNTRACED, token, start, Support(0.0, None, token.unit))


def judge(
    token: Token, clause: int, reading: Reading, facts: LetterFacts, cited: CitedFigures | None
) -> tuple[str, Support] | None:
    """None when the token is borne out; else the rule it breaks and what the record has instead."""
    if token.kind is TokenKind.MARK:
        return None if facts.has_mark(token) else (UNTRACED, Support(0.0))
    if token.unit == "law":
        return None if facts.has_law(token.value) else (UNTRACED, Support(0.0))
    if cited is not None and token.kind is TokenKind.AMOUNT and cited.has(token, reading.text):
        return None
    mine, instead = weigh(token, clause, reading, facts)
    if mine.score < 0:
        if cited is not None and token.kind is not TokenKind.AMOUNT and cited.has(token, reading.text):
            return None
        return (UNTRACED, instead)
    if cited is not None and token.kind is TokenKind.AMOUNT and mine.score < _SURE:
        return (UNTRACED, instead)
    if instead.score >= _ENOUGH and mine.score < _SHARE * instead.score:
        return (DOES_NOT_FIT, instead)
    return None


def weigh(token: Token, clause: int, reading: Reading, facts: LetterFacts) -> tuple[Support, Support]:
    """How well the token's own value is borne out (below 0: not at all), and the best other value for its place."""
    index = facts.index
    names = tuple(names_of(token))
    scores = index.scores(reading, token, clause)
    said = {name for other, _ in reading.tokens for name in names_of(other)}
    if token.kind is TokenKind.LEVEL:
        levels = {
            value for other, _ in reading.tokens if other.kind is TokenKind.LEVEL for value in other.values
        }
        for number in scores:
            if index.facts[number].levels - levels:
                scores[number] *= _EXTRA_LEVELS
    mine: Support | None = None
    for name in names:
        best = Support(-1.0)
        for number in index.stating(name):
            score = scores.get(number, 0.0)
            if score > best.score:
                best = Support(score, index.facts[number], token.text)
        if mine is None or best.score < mine.score:
            mine = best
    mine = mine or Support(-1.0)
    group = group_of(names[0])
    instead = Support(0.0)
    for number, score in scores.items():
        if score <= instead.score:
            continue
        for name, words in index.facts[number].forms:
            if group_of(name) == group and name not in said and name not in names:
                instead = Support(score, index.facts[number], words)
                break
    return mine, instead
