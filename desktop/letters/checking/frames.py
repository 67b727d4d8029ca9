"""What a sentence ties together: a finding to its level, an amount to its date, a side to its level; it judges nothing.

The same reading is made of the record and of the letter, so that what is tied together in one can be looked up in the
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.letters.checking.reading import Feature, Reading
from desktop.letters.checking.tokens import Token, TokenKind

FINDINGS = frozenset(
    {
        "#loosening",
        "#nonunion",
        "#solid",
        "#broken",
        "#displaced",
        "#infection",
        "#instability",
        "#slip",
        "#stenosis",
        "#herniation",
        "#cord",
        "#settled",
        "#seated",
        "#asked",
        "#requested",
    }
)
RANGE = "range:"
OPPOSITE = {"#nonunion": "#solid", "#solid": "#nonunion", "#seated": "#loosening", "#loosening": "#seated"}
_OF_LINES = frozenset({"#asked", "#requested"})
"""What is said of a service's levels as a whole, so that a range is as good as its levels."""
_TIED = frozenset(
    {
        frozenset({TokenKind.DATE, TokenKind.AMOUNT}),
        frozenset({TokenKind.LEVEL, TokenKind.AMOUNT}),
        frozenset({TokenKind.SIDE, TokenKind.AMOUNT}),
        frozenset({TokenKind.LEVEL, TokenKind.SIDE}),
        frozenset({TokenKind.CODE, TokenKind.LEVEL}),
    }
)
_UNTIED_UNITS = frozenset(
    {
        "visit",
        "block",
        "meter",
        "week",
        "month",
        "year",
        "day",
        "hour",
        "minute",
        "age",
        "mg",
        "pack-year",
        "law",
    }
)
"""Lengths of time and doses belong to a course, not to the day or the level that happens to stand beside them."""
_NEAR = 70
"""Characters over which two tokens are taken to speak of each other."""


_ONLY_PLACES = re.compile(
    r"[\w-]+(?:[\s,]|\b(?:at|of|in|and|or|the|levels?|on|to|from|through|around|about|screws?|bone|fusion)\b)*",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:at|of|in|from|around)\s+$", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:none|not|free)\s+(?:at|in|of)\s+$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:[,.;:)]|$|and\b|but\b|while\b)")
_CLOSED = re.compile(r"[^(]*\)")
_BREAK = re.compile(r"[,;:]|\band\b|\bor\b|\bbut\b|\bwhile\b")


@dataclass(frozen=True, slots=True)
class Frame:
    """A finding said (empty), `negated` or `uncertain` of a place: a level, a side, or a level with a side."""

    concept: str
    place: str
    stance: str


def frames_of(reading: Reading, *, is_letter: bool = False) -> Iterator[tuple[Token, Frame]]:
    """Each single level of a sentence with the finding that it is named for, as far as one stands by it.

    What a letter says of a range it says of each of its levels; a record may mean the range as a whole.
    """
    concepts = [item for item in reading.features if item.name in FINDINGS]
    if not concepts:
        return
    for index, (token, clause) in enumerate(reading.tokens):
        places = _places(index, reading)
        if not places:
            continue
        for here in _clauses_near(clause, token, reading, concepts):
            near = [item for item in concepts if item.clause == here]
            if near:
                nearest = _governing(near, token, reading)
                stance = reading.stances[min(nearest.clause, len(reading.stances) - 1)]
                if nearest.clause != clause:
                    # "necessary at L4-S1, not at L2-L4": the clause of the level says more about it.
                    stance = reading.stances[min(clause, len(reading.stances) - 1)] or stance
                if nearest.name not in _OF_LINES and places[0].startswith(RANGE):
                    places = _each_level(token, nearest, reading) if is_letter else ()
                if places:
                    yield from ((token, Frame(nearest.name, place, stance)) for place in places)
                break


def _each_level(token: Token, finding: Feature, reading: Reading) -> tuple[str, ...]:
    """The levels of a range at which something is found: all, where only a preposition parts the two."""
    is_placed = _AT.search(reading.text[: token.start]) is not None
    is_tied = is_placed and (
        _leads_to(finding.at, token, reading) or _DENIED.search(reading.text[: token.start])
    )
    return token.values if is_tied and _GOES_ON.match(reading.text, token.end) else ()


def _governing(near: Sequence[Feature], token: Token, reading: Reading) -> Feature:
    """The finding that a level is named for: the one before it where a preposition ties them, else the nearest."""
    before = [item for item in near if item.at < token.start]
    heads = [item for item in before if _leads_to(item.at, token, reading)]
    if heads:
        return heads[-1]
    if before and _AT.search(reading.text[: token.start]):
        return before[-1]
    return min(near, key=lambda item: abs(item.at - token.start))


def _leads_to(at: int, token: Token, reading: Reading) -> bool:
    """Whether only places stand between a finding and a level: `loosening at L5 and S1`."""
    between = reading.text[at : token.start]
    for other, _ in reading.tokens:
        if at <= other.start < token.start and other.kind in (TokenKind.LEVEL, TokenKind.SIDE):
            between = between.replace(other.text, " ")
    return _ONLY_PLACES.fullmatch(between) is not None


def _clauses_near(clause: int, token: Token, reading: Reading, concepts: Sequence[Feature]) -> Iterator[int]:
    """The clause of a token, then those that only a comma parts from it: a list goes on over commas."""
    yield clause
    before = [end for end in reading.ends if end < token.start]
    after = [end for end in reading.ends if end >= token.start]
    if before and reading.text[before[-1]] in ",:":
        yield clause - 1
    if after and reading.text[after[0]] in ",:":
        yield clause + 1
    if token.kind is TokenKind.SIDE and all(item.name in _OF_LINES for item in concepts):
        # "We appeal your decision of ..., number ..., for the right knee": what is asked for holds to the end.
        yield from (item.clause for item in reversed(concepts) if item.at < token.start)


def _places(index: int, reading: Reading) -> tuple[str, ...]:
    """Where a token places what is found: a level; a side of the level beside it, or a side alone."""
    token = reading.tokens[index][0]
    if token.kind is TokenKind.LEVEL:
        return token.values if len(token.values) == 1 else (f"{RANGE}{token.values[0]}..{token.values[-1]}",)
    if token.kind is not TokenKind.SIDE:
        return ()
    levels = [item for item in tied_to(reading, index) if item.kind is TokenKind.LEVEL]
    if levels and len(levels[0].values) == 1:
        return tuple(f"{levels[0].value}/{side}" for side in token.values)
    if any(item.kind is TokenKind.LEVEL for item, _ in reading.tokens):
        return ()
    return token.values


def tied_to(reading: Reading, index: int) -> tuple[Token, ...]:
    """The tokens to the left and right of one that it can be tied to: the nearest of another kind on each side."""
    tokens = [token for token, _ in reading.tokens]
    token = tokens[index]
    if not _can_be_tied(token) and token.kind is not TokenKind.AMOUNT:
        return ()
    found: list[Token] = []
    for others in (reversed(tokens[:index]), tokens[index + 1 :]):
        for other in others:
            gap = max(other.start - token.end, token.start - other.end)
            if _is_behind_bracket(reading.text, token, other):
                break
            if gap > _NEAR or (other.kind, other.unit) == (token.kind, token.unit):
                break
            if _is_of_a_side(token, other) or (
                frozenset({token.kind, other.kind}) in _TIED and _can_be_tied(token) and _can_be_tied(other)
            ):
                found.append(other)
                break
    close = tuple(other for other in found if not _BREAK.search(_between(reading.text, token, other)))
    if close:
        return close
    # What another of the same kind and unit stands right beside belongs to that one.
    return tuple(other for other in found if not _is_taken(other, token, reading))


def _is_of_a_side(one: Token, other: Token) -> bool:
    """Whether one is a side and the other how long something has been there: `four years of pain on the right`."""
    kinds = {one.kind, other.kind}
    units = {one.unit, other.unit}
    return kinds == {TokenKind.SIDE, TokenKind.AMOUNT} and bool(units & {"year", "month", "week"})


def _is_behind_bracket(text: str, one: Token, other: Token) -> bool:
    """Whether what stands in brackets ends between two tokens: it belongs to what stands before it."""
    return _CLOSED.match(_between(text, one, other)) is not None


def _is_taken(other: Token, token: Token, reading: Reading) -> bool:
    return any(
        item is not token
        and item.kind is token.kind
        and item.unit == token.unit
        and max(item.start - other.end, other.start - item.end) <= _NEAR
        and not _BREAK.search(_between(reading.text, other, item))
        for item, _ in reading.tokens
    )


def _between(text: str, one: Token, other: Token) -> str:
    return text[min(one.end, other.end) : max(one.start, other.start)]


def _can_be_tied(token: Token) -> bool:
    if token.kind is TokenKind.AMOUNT:
        return token.unit not in _UNTIED_UNITS
    return not (token.kind is TokenKind.DATE and len(token.value) != 10)


def key_of(token: Token) -> Sequence[str]:
    """The values of a token as they are tied: an amount with its unit."""
    if token.kind is TokenKind.AMOUNT:
        return tuple(f"{value}:{token.unit}" for value in token.values)
    return token.values


def ties_of(reading: Reading, *, is_field: bool) -> Iterator[tuple[str, str]]:
    """The values that a sentence ties together; a field of the record ties all that it holds."""
    tokens = [token for token, _ in reading.tokens]
    for index, token in enumerate(tokens):
        others = tokens[index + 1 :] if is_field else tied_to(reading, index)
        for other in others:
            if is_field and (
                frozenset({token.kind, other.kind}) not in _TIED
                or not (_can_be_tied(token) and _can_be_tied(other))
            ):
                continue
            for mine in key_of(token):
                for theirs in key_of(other):
                    yield f"{token.kind.value}:{mine}", f"{other.kind.value}:{theirs}"
