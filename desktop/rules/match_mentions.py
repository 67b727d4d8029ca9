"""Finds where a request names a service, at which part of the body, and whether it asks for it.

It must not know codes, payers or editions. A service that is only told of (done before, tried, refused, reported on) is
a mention too, with another standing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.rules.match_lexicon import (
    GENERAL,
    HISTORY_ADJECTIVES,
    HISTORY_TO_END,
    IN_GAPS,
    OPEN_HEADS,
    PICKED_UP,
    REQUEST_WORDS,
    SCOPE_ENDS,
)
from desktop.rules.match_region import region_at
from desktop.rules.match_standing import Mention, Standing, standing_of
from desktop.rules.match_words import Term, Token, Words, are_compatible

__all__ = ["Mention", "Name", "Standing", "find_mentions", "mentions_of_words"]

_OPENERS = (
    SCOPE_ENDS | REQUEST_WORDS | HISTORY_TO_END | HISTORY_ADJECTIVES | {"for", "needs", "plus", "then", "no"}
)
_WIDEST_GAP = 7


@dataclass(frozen=True, slots=True)
class Name:
    """A term of a family, and the part of the body that the family is for (empty: it does not say)."""

    family: str
    term: Term
    regions: frozenset[str]


def find_mentions(words: Words, names: Iterable[Name]) -> tuple[Mention, ...]:
    """Every service that a request names at a place that its family is for, in reading order.

    Where two names lie on the same words, the one with more words counts, then the one that says the place.
    """
    tokens = words.tokens
    positions: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        positions.setdefault(token.word, []).append(place)
    found = [
        mention for name in names if name.term.is_telling for mention in _of_name(tokens, positions, name)
    ]
    kept = _without_weaker(found)
    return tuple(replace(item, standing=standing_of(tokens, item, kept)) for item in kept)


# ------------------------------------------------------------------------------------------------- naming


def _of_name(tokens: Sequence[Token], positions: dict[str, list[int]], name: Name) -> Iterator[Mention]:
    term = name.term
    rarest = min(term.core, key=lambda word: len(positions.get(word, ())))
    seen: set[tuple[int, ...]] = set()
    for anchor in positions.get(rarest, ()):
        places = _window(tokens, positions, term, anchor)
        places = places or _picked_up(tokens, positions, term, anchor)
        if places is None or places in seen or _is_of_something_else(tokens, places):
            continue
        seen.add(places)
        regions = region_at(tokens, places[0], places[-1])
        if term.regions and not (regions and are_compatible(term.regions, regions)):
            continue
        if name.regions and regions and not are_compatible(name.regions, regions):
            continue
        yield Mention(name.family, term, places, regions)


def _window(
    tokens: Sequence[Token], positions: dict[str, list[int]], term: Term, anchor: int
) -> tuple[int, ...] | None:
    """The nearest words of a term round one of them, in the same clause and with nothing foreign between; or None."""
    chosen: list[int] = [anchor]
    for word in term.core:
        if word == tokens[anchor].word:
            continue
        near = [
            place
            for place in positions.get(word, ())
            if tokens[place].clause == tokens[anchor].clause and abs(place - anchor) <= _WIDEST_GAP
        ]
        if not near:
            return None
        chosen.append(min(near, key=lambda place: abs(place - anchor)))
    places = tuple(sorted(chosen))
    between = [tokens[place] for place in range(places[0], places[-1]) if place not in places]
    # `removal and replacement of screws` is a removal of screws.
    passable = IN_GAPS | GENERAL if any(token.word in {"and", "or"} for token in between) else IN_GAPS
    if any(token.word not in passable and not token.regions for token in between):
        return None
    return places


def _picked_up(
    tokens: Sequence[Token], positions: dict[str, list[int]], term: Term, anchor: int
) -> tuple[int, ...] | None:
    """A word that leaves out what was said before (`rotator cuff tear; repair requested`), alone; or None."""
    heads = PICKED_UP & set(term.core)
    rest = set(term.core) - heads
    if not heads or not rest or tokens[anchor].word not in rest or not rest <= positions.keys():
        return None
    for head in positions.get(next(iter(heads)), ()):
        before = [token for token in tokens[max(0, head - 2) : head] if token.clause == tokens[head].clause]
        if head > anchor and all(token.word in IN_GAPS or token.regions for token in before):
            return (head,)
    return None


def _is_of_something_else(tokens: Sequence[Token], places: tuple[int, ...]) -> bool:
    """Whether an open word such as `stimulator` is named by a foreign one before it: `bone growth stimulator`."""
    first = places[0]
    if tokens[first].word not in OPEN_HEADS or first == 0:
        return False
    before = tokens[first - 1]
    is_foreign = before.word not in IN_GAPS | _OPENERS and not before.regions and before.word[0] != "#"
    return is_foreign and before.clause == tokens[first].clause


def _without_weaker(found: Sequence[Mention]) -> list[Mention]:
    """Drop what is part of a longer name, and of several equal names of one family all but one."""
    kept: dict[tuple[str, tuple[int, ...]], Mention] = {}
    for item in found:
        own = set(item.places)
        if any(own < set(other.places) for other in found):
            continue
        best = kept.get((item.family, item.places))
        if best is None or len(item.term.regions) > len(best.term.regions):
            kept[item.family, item.places] = item
    return sorted(kept.values(), key=lambda item: (item.places, item.family))


def mentions_of_words(words: Words, names: Iterable[str]) -> tuple[Mention, ...]:
    """Every place where one of some canonical words stands, as a mention of no family in particular."""
    wanted = frozenset(names)
    found = [
        Mention(
            "", Term(token.word, (token.word,), frozenset()), (place,), region_at(words.tokens, place, place)
        )
        for place, token in enumerate(words.tokens)
        if token.word in wanted
    ]
    return tuple(replace(item, standing=standing_of(words.tokens, item, found)) for item in found)
