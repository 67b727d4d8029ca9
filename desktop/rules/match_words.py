"""Turns the words of a request, and the terms of a set, into canonical words with places, clauses and regions.

It must not know any criteria set, nor decide what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from desktop.domain.vertebra import LevelError, parse_levels
from desktop.rules.match_lexicon import (
    GENERAL,
    MODIFIERS,
    PUT_BACK,
    RE_PREFIXES,
    REDO,
    REGION_WORDS,
    SPINE,
    STOP,
    words_set,
)
from desktop.rules.match_spelling import LONGEST_PHRASE, PHRASES, canonical

_LONGEST_CLAUSE = 60
_LONGEST_SENTENCE = 240
"""Words after which a clause, or a sentence, ends without a stop, so that no text takes long to read."""
MAX_TEXT = 20_000
"""Characters of a request that are read; a request is a paragraph, not a record."""

_TOKEN = re.compile(
    r"""
      (?P<misprint>\bS1\s+joint\b)
    | (?P<either>\b[A-Z][0-9]{4}\b)
    | (?P<icd>\b[A-Z][0-9][0-9AB](?:\.[0-9A-Z]{1,4}|[0-9A-Z]{2,4})\b(?!-))
    | (?P<code>\b[0-9]{5}\b)
    | (?P<day>\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|\b[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?\b)
    | (?P<level>\b[CTLS][0-9]{1,2}(?:\s?(?:[-/\u2013]|\bto\b|\bthrough\b)\s?[CTLS]?[0-9]{1,2}|[CTLS][0-9]{1,2})*\b)
    | (?P<number>[0-9]+(?:[.,][0-9]+)*)
    | (?P<word>[A-Za-z]+(?:'[A-Za-z]+)?)
    | (?P<stop>[.;:?!,()\[\]\n\u2014\u2022]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:\bto\b|\bthrough\b|[-/\u2013])\s*", re.IGNORECASE)
_PULSE_SEQUENCES = frozenset({"T1", "T2"})
_SENTENCE_ENDS = frozenset(".?!\n")
_CLAUSE_WORDS = words_set("but although though however when while whereas because")
_LONG = 8
_NEARLY_THE_SAME = 0.89
_REGION_OF_LETTER = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "lumbar"}


@dataclass(frozen=True, slots=True)
class Token:
    """A canonical word (or `#level`, `#number`, `#year`, `#code`) with its place in the text.

    `regions`: what it says of the part of the body; most words say nothing.
    """

    word: str
    start: int
    end: int
    regions: frozenset[str] = frozenset()
    clause: int = 0
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A text as canonical words, with the codes that stand in it."""

    text: str
    tokens: tuple[Token, ...]
    codes: tuple[str, ...]
    diagnoses: tuple[str, ...]

    @property
    def regions(self) -> frozenset[str]:
        """Every part of the body that is named."""
        return frozenset(region for token in self.tokens for region in token.regions)


@dataclass(frozen=True, slots=True)
class Term:
    """A name of a service: the words that must stand together, and the part of the body it is about."""

    name: str
    core: tuple[str, ...]
    regions: frozenset[str]

    @property
    def is_telling(self) -> bool:
        """Whether it names one service: a word that many share does so only with a part of the body or a redo word."""
        words = set(self.core)
        return bool(
            words - GENERAL or (words and self.regions) or (len(words) > 1 and words & (REDO | PUT_BACK))
        )


def read_words(text: str) -> Words:
    """A request's text as words."""
    shown = text[:MAX_TEXT]
    codes: dict[str, None] = {}
    diagnoses: dict[str, None] = {}
    raw: list[Token] = []
    clause = sentence = since_clause = since_sentence = 0
    for match in _TOKEN.finditer(shown):
        kind, found = match.lastgroup, match.group()
        ends_sentence = kind == "stop" and any(mark in _SENTENCE_ENDS for mark in found)
        if ends_sentence or since_sentence >= _LONGEST_SENTENCE:
            sentence, since_sentence = sentence + 1, 0
        if kind == "stop" or since_clause >= _LONGEST_CLAUSE:
            clause, since_clause = clause + 1, 0
        if kind == "stop":
            continue
        # A letter and four digits may be a HCPCS code or a diagnosis written without its dot.
        if kind in {"icd", "either"}:
            diagnoses[_icd(found)] = None
        if kind in {"code", "either"}:
            codes[found.upper()] = None
        token = _token(kind or "word", found, match.start(), match.end())
        if token.word in _CLAUSE_WORDS:
            clause, since_clause = clause + 1, 0
        since_clause, since_sentence = since_clause + 1, since_sentence + 1
        raw.append(replace(token, clause=clause, sentence=sentence))
    return Words(shown, tuple(_phrased(_unhyphened(raw, shown))), tuple(codes), tuple(diagnoses))


def spelt(words: Words, vocabulary: frozenset[str]) -> Words:
    """The words with slips of the pen in long ones put right (`artroplasty`), by the words that sets use."""
    known = {word for word in vocabulary if len(word) >= _LONG} | {
        word for word in REGION_WORDS if len(word) >= _LONG
    }
    return replace(words, tokens=tuple(_spelt(token, vocabulary, known) for token in words.tokens))


def _spelt(token: Token, vocabulary: frozenset[str], long_words: set[str]) -> Token:
    word = token.word
    if len(word) < _LONG - 1 or word in vocabulary or word in REGION_WORDS or word in MODIFIERS:
        return token
    # The first letter is seldom wrong, and without it `compression` would be `decompression`.
    alike = [known for known in long_words if known[0] == word[0]]
    near = get_close_matches(word, alike, n=1, cutoff=_NEARLY_THE_SAME)
    if not near:
        return token
    named = frozenset(REGION_WORDS.get(near[0], "").split())
    return replace(token, word=near[0], regions=named or token.regions)


@lru_cache(maxsize=4096)
def term_of(name: str) -> Term:
    """A set's term as the words that must stand together."""
    tokens = read_words(name).tokens
    regions = frozenset(region for token in tokens for region in token.regions)
    core = tuple(
        dict.fromkeys(
            token.word
            for token in tokens
            if not token.regions
            and token.word not in STOP
            and token.word not in MODIFIERS
            and token.word[0] != "#"
        )
    )
    specific = regions - {"spine"} or regions
    return Term(name, core, specific)


def are_compatible(wanted: frozenset[str], found: frozenset[str]) -> bool:
    """Whether two sets of regions can mean the same place; the spine as such goes with each of its parts."""
    if wanted & found:
        return True
    return ("spine" in wanted and bool(found & SPINE)) or ("spine" in found and bool(wanted & SPINE))


def _icd(text: str) -> str:
    plain = text.upper().replace(".", "")
    return f"{plain[:3]}.{plain[3:]}"


def _token(kind: str, found: str, start: int, end: int) -> Token:
    match kind:
        case "word":
            is_plural = len(found) > 3 and found.endswith("s") and found[:-1].isupper()  # `ESIs`
            word = canonical((found[:-1] if is_plural else found).lower().removesuffix("'s"))
            return Token(word, start, end)
        case "misprint":  # of "SI joint"
            return Token("sacroiliac", start, end)
        case "level":
            regions = _regions_of(found)
            return Token("#level" if regions else "#number", start, end, regions)
        case "number":
            is_year = len(found) == 4 and found[:2] in {"19", "20"} and found.isdecimal()
            return Token("#year" if is_year else "#number", start, end)
        case _:
            return Token("#code", start, end)


def _regions_of(level: str) -> frozenset[str]:
    """The regions that a level or a range touches: T10-S1 is thoracic and lumbar, a pulse sequence none."""
    if level.upper() in _PULSE_SEQUENCES:
        return frozenset()
    try:
        found = parse_levels(_TO.sub("-", level))
    except LevelError:
        letters = [letter.upper() for letter in level if letter.isalpha()]
        return frozenset(_REGION_OF_LETTER[letter] for letter in letters if letter in _REGION_OF_LETTER)
    return frozenset(_REGION_OF_LETTER[bone[0]] for name in found for bone in name.split("-"))


def _unhyphened(raw: Sequence[Token], text: str) -> list[Token]:
    """`re-instrumentation` and `non-union` as one word."""
    joined: list[Token] = []
    for token in raw:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.word in RE_PREFIXES
            and text[before.end : token.start] in {"-", "\u2013"}
            and token.word[0] != "#"
        ):
            word = canonical(f"{before.word}{text[token.start : token.end].lower()}")
            joined[-1] = replace(token, word=word, start=before.start)
        else:
            joined.append(token)
    return joined


def _phrased(tokens: Sequence[Token]) -> Iterator[Token]:
    """Known phrases in their canonical words, and the region that each word names."""
    at = 0
    while at < len(tokens):
        length = _phrase_length(tokens, at)
        part = tokens[at : at + length] or tokens[at : at + 1]
        words = PHRASES[tuple(token.word for token in part)] if length else (part[0].word,)
        for word in words:
            named = frozenset(REGION_WORDS.get(word, "").split()) or part[0].regions
            yield replace(part[0], word=word, end=part[-1].end, regions=named)
        at += len(part)


def _phrase_length(tokens: Sequence[Token], at: int) -> int:
    for length in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
        part = tokens[at : at + length]
        if part[0].clause == part[-1].clause and tuple(token.word for token in part) in PHRASES:
            return length
    return 0
