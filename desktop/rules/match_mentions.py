"""Finds where a request names a service, at which part of the body, and whether it asks for it.

It must not know codes, payers or editions. A service that is only told of (done before, tried, refused, reported on) is
a mention too, with another standing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from desktop.rules.match_lexicon import (
    ALSO_IN_GAPS,
    CONSERVATIVE,
    DONE,
    HISTORY_ADJECTIVES,
    HISTORY_BEHIND,
    HISTORY_TO_END,
    IMAGING,
    LEVEL_OF_CARE,
    MODIFIERS,
    NOT_NEGATED,
    REPORT_WORDS,
    REPORTED_BY,
    REQUEST_BEHIND,
    REQUEST_WORDS,
    SCOPE_ENDS,
    STOP,
    words_set,
)
from desktop.rules.match_words import Term, Token, Words, are_compatible

_MARKS = frozenset({"#level", "#number", "#year", "#code"})
_IN_GAPS = STOP | MODIFIERS | ALSO_IN_GAPS | _MARKS
_WIDEST_GAP = 7
_BEHIND = 5
_LIST_ITEM = 5
_LAST = {("last", unit) for unit in ("week", "month", "year")}
_THOUGHT_ENDS = SCOPE_ENDS - {"is", "are", "does", "do"} | {"for", "after", "due", "by", "because"}
_NO_REACH = words_set("for of at in after from to with on")


class Standing(Enum):
    """What a request says of a service that it names."""

    REQUESTED = "requested"
    HISTORY = "history"
    """Done or tried before."""
    NEGATED = "negated"
    """Not asked for."""
    REPORTED = "reported"
    """Imaging whose report is told."""


@dataclass(frozen=True, slots=True)
class Name:
    """A term of a family, and the part of the body that the family is for (empty: it does not say)."""

    family: str
    term: Term
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A service named in a request. `places`: the positions of its words among the tokens."""

    family: str
    term: Term
    places: tuple[int, ...]
    regions: frozenset[str]
    """The part of the body it is named for; empty when the request does not say."""
    standing: Standing = Standing.REQUESTED

    @property
    def first(self) -> int:
        """Where it begins."""
        return self.places[0]

    @property
    def last(self) -> int:
        """Where it ends."""
        return self.places[-1]


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
    return tuple(replace(item, standing=_standing(tokens, item, kept)) for item in kept)


def region_at(tokens: Sequence[Token], first: int, last: int) -> frozenset[str]:
    """The part of the body that the words at these positions are about: what stands nearest, else what came before."""
    within = _merged(tokens[first : last + 1])
    if within - {"spine"}:
        return within
    clause, sentence = tokens[first].clause, tokens[first].sentence
    near: list[tuple[int, int, frozenset[str]]] = []
    for step, direction in ((-1, 0), (1, 1)):
        place, distance = (first if step < 0 else last) + step, 0
        while 0 <= place < len(tokens) and tokens[place].clause == clause:
            if tokens[place].regions:
                near.append((distance, direction, tokens[place].regions))
            distance += tokens[place].word not in STOP
            place += step
    specific = sorted(item for item in ((d, s, tuple(r)) for d, s, r in near) if set(item[2]) - {"spine"})
    if specific:
        return frozenset(specific[0][2])
    # Nothing in the clause says it: then what was said before in the sentence, and then what all the rest agrees on.
    for place in range(first - 1, -1, -1):
        if tokens[place].sentence != sentence:
            break
        if tokens[place].regions - {"spine"}:
            return tokens[place].regions
    rest = _merged(tokens) - {"spine"}
    everywhere = {token.regions for token in tokens if token.regions - {"spine"}}
    if rest and len(everywhere) == 1:
        return rest
    return within or (frozenset({"spine"}) if near or "spine" in _merged(tokens) else frozenset())


def _merged(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(region for token in tokens for region in token.regions)


# ------------------------------------------------------------------------------------------------- naming


def _of_name(tokens: Sequence[Token], positions: dict[str, list[int]], name: Name) -> Iterator[Mention]:
    term = name.term
    rarest = min(term.core, key=lambda word: len(positions.get(word, ())))
    seen: set[tuple[int, ...]] = set()
    for anchor in positions.get(rarest, ()):
        places = _window(tokens, positions, term, anchor)
        if places is None or places in seen:
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
    if any(token.word not in _IN_GAPS and not token.regions for token in between):
        return None
    return places


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


# ------------------------------------------------------------------------------------------------ standing


def _standing(tokens: Sequence[Token], mention: Mention, all_mentions: Sequence[Mention]) -> Standing:
    named = {place for item in all_mentions for place in item.places}
    if _is_negated(tokens, mention):
        return Standing.NEGATED
    if _is_asked_for_behind(tokens, mention):
        return Standing.REQUESTED
    if _is_history(tokens, mention, named):
        return Standing.HISTORY
    is_first = all(mention.first <= item.first for item in all_mentions)
    if not is_first and _is_listed_as_tried(tokens, mention):
        return Standing.HISTORY
    if set(mention.term.core) & IMAGING and _is_reported(tokens, mention, is_first=is_first):
        return Standing.REPORTED
    return Standing.REQUESTED


def _before(tokens: Sequence[Token], mention: Mention) -> list[Token]:
    """The words of the clause before a mention, the nearest first."""
    clause = tokens[mention.first].clause
    found: list[Token] = []
    for place in range(mention.first - 1, -1, -1):
        if tokens[place].clause != clause:
            break
        found.append(tokens[place])
    return found


def _behind(tokens: Sequence[Token], mention: Mention, reach: int = _BEHIND) -> list[Token]:
    """The next words of the clause after a mention."""
    clause = tokens[mention.last].clause
    rest = tokens[mention.last + 1 : mention.last + 1 + reach]
    return [token for token in rest if token.clause == clause]


def _is_negated(tokens: Sequence[Token], mention: Mention) -> bool:
    behind = [token.word for token in _behind(tokens, mention)]
    for at, word in enumerate(behind):
        if word == "not" and set(behind[at + 1 : at + 4]) & REQUEST_BEHIND:
            return True
        if word in {"declined", "excluded", "deferred"}:
            return True
    before = [token.word for token in _before(tokens, mention)]
    for at, word in enumerate(before):
        between = set(before[:at])
        if word == "without" and at <= 4 and not between & SCOPE_ENDS:
            return True
        if word in {"no", "never"} and not between & (_NO_REACH | NOT_NEGATED | SCOPE_ENDS):
            return True
        if word in {"instead", "rather", "avoid", "avoiding"} and not between & SCOPE_ENDS:
            return True
        if word == "not" and between & {"request", "seeking", "candidate", "asking", "planning"}:
            return True
    return False


def _is_asked_for_behind(tokens: Sequence[Token], mention: Mention) -> bool:
    return bool({token.word for token in _behind(tokens, mention, 4)} & REQUEST_BEHIND)


def _is_history(tokens: Sequence[Token], mention: Mention, named: set[int]) -> bool:
    behind = [token.word for token in _behind(tokens, mention)]
    if _is_told_of(behind) or _year_alone_behind(tokens, mention):
        return True
    return _has_history_before(tokens, mention, named)


def _is_told_of(behind: list[str]) -> bool:
    """Whether the words behind a service say that it has been: `failed`, `in 2019`, `without relief`, `was done`."""
    if behind[:2] == ["did", "not"] or any(pair in _LAST for pair in pairwise(behind)):
        return True
    for at, word in enumerate(behind):
        rest = behind[at + 1 :]
        if word in {"no", "without"} and "relief" in rest[:2]:
            return True
        if word in {"was", "were"} and set(rest[:2]) & DONE:
            return True
        if word in _THOUGHT_ENDS:
            return False
        if word in HISTORY_BEHIND or (word == "#year" and set(behind[:at]) <= {"in", "of", "on"}):
            return True
    return False


def _year_alone_behind(tokens: Sequence[Token], mention: Mention) -> bool:
    """`fusion (2019)`"""
    place = mention.last + 1
    if place >= len(tokens) or tokens[place].word != "#year":
        return False
    clause = tokens[place].clause
    return clause == tokens[mention.last].clause + 1 and (
        place + 1 == len(tokens) or tokens[place + 1].clause != clause
    )


def _has_history_before(tokens: Sequence[Token], mention: Mention, named: set[int]) -> bool:
    before = _before(tokens, mention)
    is_next_to = True
    for at, token in enumerate(before):
        place = mention.first - 1 - at
        if token.word in SCOPE_ENDS:
            return False
        if token.word in HISTORY_ADJECTIVES and is_next_to:
            return True
        if token.word in HISTORY_TO_END:
            earlier = {item.word for item in before[at + 1 :]}
            return not (
                token.word in {"after", "following", "postoperative", "post"} and earlier & LEVEL_OF_CARE
            )
        is_passed_over = token.word in _IN_GAPS or token.word in CONSERVATIVE or bool(token.regions)
        is_next_to = is_next_to and (is_passed_over or place in named)
    return False


def _is_listed_as_tried(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether it stands in a list of conservative care, in its own clause or in one next to it."""
    clause, sentence = tokens[mention.first].clause, tokens[mention.first].sentence
    own = [token.word for token in tokens if token.clause == clause]
    if set(own) & REQUEST_WORDS:
        return False
    reach = 1 if len(own) <= _LIST_ITEM else 0  # only a short clause is an item of a list
    near = {t.word for t in tokens if abs(t.clause - clause) <= reach and t.sentence == sentence}
    return bool(near & CONSERVATIVE)


def _is_reported(tokens: Sequence[Token], mention: Mention, *, is_first: bool) -> bool:
    behind = {token.word for token in _behind(tokens, mention, 8)}
    if behind & REPORT_WORDS:
        return True
    nearest = [token.word for token in _before(tokens, mention) if token.word not in {"the", "a"}][:2]
    if set(nearest) & REPORTED_BY:
        return True
    own = {token.word for token in tokens if token.clause == tokens[mention.first].clause}
    return not is_first and not own & REQUEST_WORDS


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
    return tuple(replace(item, standing=_standing(words.tokens, item, found)) for item in found)
