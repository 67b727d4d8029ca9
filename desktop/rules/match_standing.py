"""Tells what a request says of a service that it names: asked for, done before, not wanted, or only reported on.

It must not know criteria sets; it looks at the words round a name, and no further than their sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from desktop.rules.match_lexicon import (
    CONSERVATIVE,
    DONE,
    EXTENDED,
    HISTORY_ADJECTIVES,
    HISTORY_BEHIND,
    HISTORY_TO_END,
    IMAGING,
    IN_GAPS,
    LEVEL_OF_CARE,
    NOT_NEGATED,
    REPORT_WORDS,
    REPORTED_BY,
    REQUEST_BEHIND,
    REQUEST_WORDS,
    SCOPE_ENDS,
    STATE_BEHIND,
    words_set,
)
from desktop.rules.match_words import Term, Token

_BEHIND = 5
_LIST_ITEM = 5
_REPORT_REACH = 8
_ELSEWHERE_REACH = 9
_DONE_AT = DONE | HISTORY_BEHIND
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


class Surroundings:
    """The words of a request with all that it names, prepared once so that every mention can be judged."""

    def __init__(self, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        self._tokens = tokens
        self._named = {place for item in mentions for place in item.places}
        self._first = min((item.first for item in mentions), default=0)
        self._clauses: dict[int, list[Token]] = {}
        for token in tokens:
            self._clauses.setdefault(token.clause, []).append(token)

    def standing_of(self, mention: Mention) -> Standing:
        """What the words round a mention say of it."""
        tokens = self._tokens
        if _is_negated(tokens, mention):
            return Standing.NEGATED
        if _is_asked_for(tokens, mention):
            return Standing.REQUESTED
        if _is_history(tokens, mention, self._named):
            return Standing.HISTORY
        is_first = mention.first == self._first
        if not is_first and self._is_listed_as_tried(mention):
            return Standing.HISTORY
        if set(mention.term.core) & IMAGING and self._is_reported(mention, is_first=is_first):
            return Standing.REPORTED
        return Standing.REQUESTED

    def _is_listed_as_tried(self, mention: Mention) -> bool:
        """Whether it stands in a list of conservative care, in its own clause or in one next to it."""
        clause, sentence = self._tokens[mention.first].clause, self._tokens[mention.first].sentence
        own = self._clauses[clause]
        if {token.word for token in own} & REQUEST_WORDS:
            return False
        reach = 1 if len(own) <= _LIST_ITEM else 0  # only a short clause is an item of a list
        near = (
            token for at in range(clause - reach, clause + reach + 1) for token in self._clauses.get(at, ())
        )
        return any(token.word in CONSERVATIVE and token.sentence == sentence for token in near)

    def _is_reported(self, mention: Mention, *, is_first: bool) -> bool:
        """Whether it is imaging of which the findings are told."""
        tokens = self._tokens
        if {token.word for token in _behind(tokens, mention, _REPORT_REACH)} & REPORT_WORDS:
            return True
        nearest = [token.word for token in _before(tokens, mention) if token.word not in {"the", "a"}][:2]
        if set(nearest) & REPORTED_BY:
            return True
        own = {token.word for token in self._clauses[tokens[mention.first].clause]}
        return not is_first and not own & REQUEST_WORDS


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


def _is_asked_for(tokens: Sequence[Token], mention: Mention) -> bool:
    if {token.word for token in _behind(tokens, mention, 4)} & REQUEST_BEHIND:
        return True
    for token in _before(tokens, mention):
        if token.word in EXTENDED:
            return True
        if token.word not in IN_GAPS and not token.regions:
            return False
    return False


def _is_history(tokens: Sequence[Token], mention: Mention, named: set[int]) -> bool:
    behind = [token.word for token in _behind(tokens, mention)]
    is_told_of = _is_told_of(behind) and not _was_done_elsewhere(tokens, mention)
    if is_told_of or _year_alone_behind(tokens, mention):
        return True
    return _has_history_before(tokens, mention, named)


def _is_told_of(behind: list[str]) -> bool:
    """Whether the words behind a service say that it has been: `failed`, `in 2019`, `without relief`, `was done`."""
    nearest = [word for word in behind if word not in {"is", "was", "appears", "#level"}][:1]
    if set(nearest) & STATE_BEHIND:
        return True
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
        if (word in HISTORY_BEHIND and behind[max(0, at - 1)] != "be") or (
            word == "#year" and set(behind[:at]) <= {"in", "of", "on"}
        ):
            return True
    return False


def _was_done_elsewhere(tokens: Sequence[Token], mention: Mention) -> bool:
    """`kyphoplasty T12, done at L1 before` without the comma: what was done has a level of its own, and is another."""
    behind = [token.word for token in _behind(tokens, mention, _ELSEWHERE_REACH)]
    done = next((at for at, word in enumerate(behind) if word in _DONE_AT), len(behind))
    return "#level" in behind[:done] and behind[done + 1 : done + 3] == ["at", "#level"]


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
        is_passed_over = token.word in IN_GAPS or token.word in CONSERVATIVE or bool(token.regions)
        is_next_to = is_next_to and (is_passed_over or place in named)
    return False
