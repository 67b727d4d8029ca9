"""Reads a sentence as the tracing needs it: its tokens, its clinical words and where they stand; it knows no record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from desktop.letters.checking.tokens import Token, TokenKind, tokens_in
from desktop.letters.checking.vocabulary import (
    CLAUSE_END,
    CONCEPT,
    NEGATION,
    SENTENCE_END,
    STOP_WORDS,
    UNCERTAIN,
    UNITS,
)

_DENIES_A_LIST = re.compile(
    r"\b(?:absent|negative|denied|excluded|not (?:seen|shown|found))\s*$", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")


@dataclass(frozen=True, slots=True)
class Feature:
    """A word, a concept (`#ct`) or a token of a sentence, with its place among the characters and its clause."""

    name: str
    at: int
    clause: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read: tokens with their clause, and features in the order written."""

    text: str
    tokens: tuple[tuple[Token, int], ...]
    features: tuple[Feature, ...]
    ends: tuple[int, ...]
    """Where its clauses end."""
    stances: tuple[str, ...]
    """For each clause: `` (said), `negated` or `uncertain`."""


def feature_of(token: Token) -> Iterator[str]:
    """The names under which a token is looked up; an amount also without its unit, a date also as its month."""
    match token.kind:
        case TokenKind.AMOUNT:
            for value in token.values:
                yield f"amount:{value}:{token.unit}"
        case TokenKind.MARK:
            for value in token.values:
                yield f"{token.unit}:{value}"
        case TokenKind.LEVEL if len(token.values) > 1:
            yield f"range:{token.values[0].split('-')[0]}-{token.values[-1].split('-')[-1]}"
            yield from (f"level:{value}" for value in token.values)
        case _:
            for value in token.values:
                yield f"{token.kind.value}:{value}"


def stem(word: str) -> str:
    """A word without its commonest endings: a key for comparing, never shown."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "ied",
        "ers",
        "er",
        "ed",
        "es",
        "ly",
        "s",
        "y",
        "e",
    ):
        if plain.endswith(ending) and len(plain) - len(ending) >= 3:
            return plain[: -len(ending)]
    return plain


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Read one sentence."""
    ends = [match.start() for match in CLAUSE_END.finditer(text)]

    def clause_at(place: int) -> int:
        return sum(1 for end in ends if end < place)

    tokens = tuple((token, clause_at(token.start)) for token in tokens_in(text))
    covered = [(token.start, token.end) for token, _ in tokens if token.kind is not TokenKind.SIDE]
    found: list[Feature] = []
    for token, clause in tokens:
        found.extend(Feature(name, token.start, clause) for name in feature_of(token))
    found.extend(
        Feature(f"#{match.lastgroup}", match.start(), clause_at(match.start()))
        for match in CONCEPT.finditer(text)
        if not any(start <= match.start() < end for start, end in covered)
    )
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word in STOP_WORDS or word in UNITS or len(word) < 3:
            continue
        if any(start <= match.start() < end for start, end in covered):
            continue
        found.append(Feature(stem(word), match.start(), clause_at(match.start())))
    found.sort(key=lambda item: item.at)
    stances: list[str] = []
    is_list = False
    for start, end in pairwise((0, *ends, len(text))):
        said = _stance(text[start:end])
        # "Stated to be absent: cord compression" denies what stands behind its colon.
        goes_on = bool(stances) and text[start : start + 1] in (":", ";", ",") and is_list
        is_list = goes_on or _DENIES_A_LIST.search(text[start:end]) is not None
        stances.append("negated" if goes_on and not said else said)
    return Reading(text, tokens, tuple(found), tuple(ends), tuple(stances))


def _stance(clause: str) -> str:
    if UNCERTAIN.search(clause):
        return "uncertain"
    # A concept that is itself worded as an absence ("no bridging bone") is said, not denied.
    rest = CONCEPT.sub(_without_own_negation, clause)
    return "negated" if NEGATION.search(rest) else ""


def _without_own_negation(match: re.Match[str]) -> str:
    return " " if NEGATION.search(match.group()) else match.group()


def sentences_in(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with where each starts; citation marks stay with the sentence they stand behind."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if text[start : match.end()].strip():
            yield start, text[start : match.end()]
        start = match.end()
    if text[start:].strip():
        yield start, text[start:]


def clauses_in(sentence: str) -> Iterator[str]:
    """The clauses of a sentence, cut where it turns to something else."""
    start = 0
    for match in CLAUSE_END.finditer(sentence):
        yield sentence[start : match.start()]
        start = match.end()
    yield sentence[start:]
