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
from desktop.rules.match_region import Places
from desktop.rules.match_standing import Mention, Standing, Surroundings
from desktop.rules.match_words import Term, Token, Words, are_compatible

__all__ = ["Mention", "Name", "Standing", "find_mentions", "mentions_of_words"]

_OPENERS = (
    SCOPE_ENDS | REQUEST_WORDS | HISTORY_TO_END | HISTORY_ADJECTIVES | {"for", "needs", "plus", "then", "no"}
)
_WIDEST_GAP = 9
_PICK_UP_REACH = 40


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
    request = _Request(words.tokens)
    found = [mention for name in names if name.term.is_telling for mention in request.mentions_of(name)]
    return _judged(words.tokens, _without_weaker(found))


class _Request:
    """The tokens of a request, prepared once so that hundreds of names can be looked for in them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._places = Places(tokens)
        self._positions: dict[str, list[int]] = {}
        for place, token in enumerate(tokens):
            self._positions.setdefault(token.word, []).append(place)
        self._regions: dict[tuple[int, int], frozenset[str]] = {}

    def mentions_of(self, name: Name) -> Iterator[Mention]:
        """Every place where a name stands, its words together and for a part of the body that it can mean."""
        term = name.term
        rarest = min(term.core, key=lambda word: len(self._positions.get(word, ())))
        seen: set[tuple[int, ...]] = set()
        for anchor in self._positions.get(rarest, ()):
            places = self._window(term, anchor) or self._picked_up(term, anchor)
            if places is None or places in seen or _is_of_something_else(self._tokens, places):
                continue
            seen.add(places)
            regions = self._regions_at(places[0], places[-1])
            if term.regions and not (regions and are_compatible(term.regions, regions)):
                continue
            if name.regions and regions and not are_compatible(name.regions, regions):
                continue
            yield Mention(name.family, term, places, regions)

    def _regions_at(self, first: int, last: int) -> frozenset[str]:
        found = self._regions.get((first, last))
        if found is None:
            found = self._regions[first, last] = self._places.at(first, last)
        return found

    def _window(self, term: Term, anchor: int) -> tuple[int, ...] | None:
        """The nearest words of a term round one of them, in its clause and with nothing foreign between; or None."""
        tokens = self._tokens
        nearby = sorted(
            range(max(0, anchor - _WIDEST_GAP), min(len(tokens), anchor + _WIDEST_GAP + 1)),
            key=lambda place: abs(place - anchor),
        )
        chosen: list[int] = []
        for word in term.core:
            near = (
                place
                for place in nearby
                if tokens[place].word == word and tokens[place].clause == tokens[anchor].clause
            )
            place = next(near, None)
            if place is None:
                return None
            chosen.append(place)
        places = tuple(sorted(chosen))
        between = [tokens[place] for place in range(places[0], places[-1]) if place not in places]
        # `removal and replacement of screws` is a removal of screws.
        passable = IN_GAPS | GENERAL if any(token.word in {"and", "or"} for token in between) else IN_GAPS
        if any(token.word not in passable and not token.regions for token in between):
            return None
        return places

    def _picked_up(self, term: Term, anchor: int) -> tuple[int, ...] | None:
        """A word that leaves out what was said before (`rotator cuff tear; repair requested`), alone; or None."""
        heads = PICKED_UP & set(term.core)
        rest = set(term.core) - heads
        if not heads or self._tokens[anchor].word not in rest or not rest <= self._positions.keys():
            return None
        for head in range(anchor + 1, min(len(self._tokens), anchor + _PICK_UP_REACH)):
            token = self._tokens[head]
            before = [item for item in self._tokens[max(0, head - 2) : head] if item.clause == token.clause]
            if token.word in heads and all(item.word in IN_GAPS or item.regions for item in before):
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
    at_place: dict[int, set[tuple[int, ...]]] = {}
    for item in found:
        for place in item.places:
            at_place.setdefault(place, set()).add(item.places)
    kept: dict[tuple[str, tuple[int, ...]], Mention] = {}
    for item in found:
        own = set(item.places)
        if any(own < set(other) for other in at_place[item.first]):
            continue
        best = kept.get((item.family, item.places))
        if best is None or len(item.term.regions) > len(best.term.regions):
            kept[item.family, item.places] = item
    return sorted(kept.values(), key=lambda item: (item.places, item.family))


def mentions_of_words(words: Words, names: Iterable[str]) -> tuple[Mention, ...]:
    """Every place where one of some canonical words stands, as a mention of no family in particular."""
    wanted, places = frozenset(names), Places(words.tokens)
    found = [
        Mention("", Term(token.word, (token.word,), frozenset()), (place,), places.at(place, place))
        for place, token in enumerate(words.tokens)
        if token.word in wanted
    ]
    return _judged(words.tokens, found)


def _judged(tokens: Sequence[Token], found: Sequence[Mention]) -> tuple[Mention, ...]:
    surroundings = Surroundings(tokens, found)
    return tuple(replace(item, standing=surroundings.standing_of(item)) for item in found)
