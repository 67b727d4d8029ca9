"""Holds typed sentences against the composed ones that they took the place of: what changed must be right by itself.

It must not ask for the composed wording: words may be changed as the reviewer likes, facts may not drift.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from desktop.letters.checking.names import plain
from desktop.letters.checking.reading import sentences_in
from desktop.letters.checking.tokens import Token, TokenKind, tokens_in
from desktop.letters.checking.vocabulary import NUMBER_WORDS

_PIECE = re.compile(r"[^\W\d_][\w’']*|\d+(?:\.\d+)*|[^\s\w]")
_LIST_MARK = re.compile(r"^\s*\(?\d{1,2}[.)](?:\s|$)|(?<=\s)\(\d{1,2}\)\s")
_ALIKE = 0.6
"""Share of words that two sentences have in common when one is taken for an edit of the other."""
_SHARED = 0.4
"""Share of words below which two sentences are not even compared in order."""
_MOST_COMPARED = 4
COUNT = "count"
"""The unit of a number that the tracing leaves alone, because it counts the letter's own parts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a sentence with its place, or a token in its place."""

    key: str
    start: int
    word: str
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """A token of a typed sentence that stands where the composed sentence has another."""

    token: Token
    start: int
    """Where the typed sentence starts in its paragraph."""
    sentence: str
    was: Token
    composed: str
    """The composed sentence."""
    is_alone: bool
    """Whether nothing else of the sentence was changed."""


@lru_cache(maxsize=4096)
def pieces_of(sentence: str) -> tuple[Piece, ...]:
    """The words and tokens of a sentence in order; a token is one piece, under the name of its kind."""
    found: list[Piece] = []
    place = 0
    for token in tokens_in(sentence):
        if token.start < place:
            continue
        found.extend(_words(sentence, place, token.start))
        found.append(Piece(f"<{token.kind.value}>", token.start, token.text, token))
        place = token.end
    found.extend(_words(sentence, place, len(sentence)))
    return tuple(found)


def _words(sentence: str, start: int, end: int) -> Iterator[Piece]:
    marks = [(match.start(), match.end()) for match in _LIST_MARK.finditer(sentence)]
    for match in _PIECE.finditer(sentence, start, end):
        word = match.group()
        is_number = word[0].isdigit() or word.lower() in NUMBER_WORDS
        if is_number and not any(first <= match.start() < last for first, last in marks):
            token = Token(TokenKind.AMOUNT, (word.lower(),), match.start(), match.end(), word, COUNT)
            yield Piece("<number>", match.start(), word, token)
        elif is_number:
            yield Piece("<mark>", match.start(), word)
        else:
            yield Piece(word.lower(), match.start(), word)


class ComposedSentences:
    """The sentences that a block was composed of, read once for all that was typed into it."""

    def __init__(self, current: Sequence[str], earlier: Sequence[str]) -> None:
        now = [sentence for text in current for _, sentence in sentences_in(text)]
        before = [sentence for text in earlier for _, sentence in sentences_in(text)]
        self.current = frozenset(sentence.strip() for sentence in now)
        """What the record composes now; the rest is what it composed when the words were typed."""
        self.all = self.current | {sentence.strip() for sentence in before}
        self.words = [
            (sentence, frozenset(piece.key for piece in pieces_of(sentence)))
            for sentence in dict.fromkeys((*now, *before))
        ]


def drifts(typed: str, composed: ComposedSentences, names: frozenset[str]) -> Iterator[Drift]:
    """Where a typed paragraph states other tokens, or other names, than the composed sentences it was made from."""
    for start, sentence in sentences_in(typed):
        if sentence.strip() in composed.all:
            continue
        nearest = _nearest(sentence, composed.words)
        if nearest is not None:
            yield from _between(sentence, start, nearest, names)


def _nearest(sentence: str, base: Sequence[tuple[str, frozenset[str]]]) -> str | None:
    mine = pieces_of(sentence)
    keys = frozenset(piece.key for piece in mine)
    near = [(len(keys & words) / max(len(keys | words), 1), other) for other, words in base]
    near = sorted((item for item in near if item[0] >= _SHARED), key=lambda item: -item[0])[:_MOST_COMPARED]
    best: tuple[float, str] | None = None
    for _, other in near:
        theirs = pieces_of(other)
        ratio = _matcher(mine, theirs).ratio()
        # Of two that are equally alike, the one that states the same: then nothing drifted.
        ratio += 0.001 * _same_tokens(mine, theirs)
        if ratio >= _ALIKE and (best is None or ratio > best[0]):
            best = (ratio, other)
    return best[1] if best else None


def _matcher(mine: Sequence[Piece], theirs: Sequence[Piece]) -> SequenceMatcher[str]:
    return SequenceMatcher(
        None, [piece.key for piece in mine], [piece.key for piece in theirs], autojunk=False
    )


def _same_tokens(one: Sequence[Piece], other: Sequence[Piece]) -> int:
    values = [piece.token.values for piece in other if piece.token]
    return sum(1 for piece in one if piece.token and piece.token.values in values)


def _between(sentence: str, start: int, composed: str, names: frozenset[str]) -> Iterator[Drift]:
    mine, theirs = pieces_of(sentence), pieces_of(composed)
    changed: list[tuple[Token, Token]] = []
    is_reworded = False
    for operation, i1, i2, j1, j2 in _matcher(mine, theirs).get_opcodes():
        if operation == "equal":
            for one, other in zip(mine[i1:i2], theirs[j1:j2], strict=True):
                if one.token and other.token and _stated(one.token) != _stated(other.token):
                    changed.append((one.token, other.token))
            continue
        pairs = list(zip(mine[i1:i2], theirs[j1:j2], strict=False))
        found = [pair for one, other in pairs if (pair := _changed(one, other, names)) is not None]
        changed.extend(found)
        is_reworded = is_reworded or len(found) != max(i2 - i1, j2 - j1)
    stated = {_stated(piece.token) for piece in mine if piece.token}
    for token, was in changed:
        # What the typed sentence states elsewhere was moved, not lost.
        if _stated(was) in stated and len(changed) > 1:
            continue
        yield Drift(token, start, sentence, was, composed, is_alone=len(changed) == 1 and not is_reworded)


def _stated(token: Token) -> tuple[TokenKind, tuple[str, ...], str]:
    return token.kind, token.values, token.unit


def _changed(one: Piece, other: Piece, names: frozenset[str]) -> tuple[Token, Token] | None:
    """A name in the place of a recorded name, or a token in the place of one that is written in another form."""
    if one.token is not None and other.token is not None:
        return one.token, other.token
    if plain(other.word) not in names or not one.word[:1].isupper() or plain(one.word) == plain(other.word):
        return None
    return (
        Token(TokenKind.NAME, (plain(one.word),), one.start, one.start + len(one.word), one.word),
        Token(TokenKind.NAME, (plain(other.word),), other.start, other.start + len(other.word), other.word),
    )
