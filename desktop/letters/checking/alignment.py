"""Holds typed sentences against the composed ones that they took the place of: what changed must be right by itself.

It must not ask for the composed wording: words may be changed as the reviewer likes, facts may not drift.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from desktop.letters.checking.reading import sentences_in
from desktop.letters.checking.tokens import Token, tokens_in

_PIECE = re.compile(r"[A-Za-z’']+|\d+|[^\sA-Za-z\d]")
_ALIKE = 0.6
"""Share of words that two sentences have in common when one is taken for an edit of the other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a sentence, or a token in its place."""

    key: str
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """A token of a typed sentence that stands where the composed sentence has another."""

    token: Token
    start: int
    """Where the typed sentence starts in its paragraph."""
    sentence: str
    was: Token
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
        found.extend(Piece(word.lower()) for word in _PIECE.findall(sentence[place : token.start]))
        found.append(Piece(f"<{token.kind.value}>", token))
        place = token.end
    found.extend(Piece(word.lower()) for word in _PIECE.findall(sentence[place:]))
    return tuple(found)


def drifts(typed: str, composed: Sequence[str]) -> Iterator[Drift]:
    """Where a typed paragraph states other tokens than the composed sentences that it was made from."""
    base = [sentence for text in composed for _, sentence in sentences_in(text)]
    kept = {sentence.strip() for sentence in base}
    words = [(sentence, frozenset(piece.key for piece in pieces_of(sentence))) for sentence in base]
    for start, sentence in sentences_in(typed):
        if sentence.strip() in kept:
            continue
        nearest = _nearest(sentence, words)
        if nearest is not None:
            yield from _between(sentence, start, nearest)


def _nearest(sentence: str, base: Sequence[tuple[str, frozenset[str]]]) -> str | None:
    mine = pieces_of(sentence)
    keys = frozenset(piece.key for piece in mine)
    near = [(len(keys & words) / max(len(keys | words), 1), other) for other, words in base]
    near = sorted((item for item in near if item[0] >= 0.4), key=lambda item: -item[0])[:4]
    best: tuple[float, str] | None = None
    for _, other in near:
        ratio = SequenceMatcher(
            None, [p.key for p in mine], [p.key for p in pieces_of(other)], autojunk=False
        ).ratio()
        # Of two that are equally alike, the one that states the same: then nothing drifted.
        ratio += 0.001 * _same_tokens(mine, pieces_of(other))
        if ratio >= _ALIKE and (best is None or ratio > best[0]):
            best = (ratio, other)
    return best[1] if best else None


def _same_tokens(one: Sequence[Piece], other: Sequence[Piece]) -> int:
    values = [piece.token.values for piece in other if piece.token]
    return sum(1 for piece in one if piece.token and piece.token.values in values)


def _between(sentence: str, start: int, composed: str) -> Iterator[Drift]:
    mine, theirs = pieces_of(sentence), pieces_of(composed)
    matcher = SequenceMatcher(None, [p.key for p in mine], [p.key for p in theirs], autojunk=False)
    changed: list[tuple[Token, Token]] = []
    is_reworded = False
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            for one, other in zip(mine[i1:i2], theirs[j1:j2], strict=True):
                if (
                    one.token
                    and other.token
                    and (one.token.values, one.token.unit) != (other.token.values, other.token.unit)
                ):
                    changed.append((one.token, other.token))
        else:
            is_reworded = True
    stated = {(piece.token.kind, piece.token.values) for piece in mine if piece.token}
    for token, was in changed:
        # What the typed sentence states elsewhere was moved, not lost.
        if (was.kind, was.values) in stated and len(changed) > 1:
            continue
        yield Drift(token, start, sentence, was, is_alone=len(changed) == 1 and not is_reworded)
