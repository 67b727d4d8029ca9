"""The record as facts: what was stated together, found again by any word, date, level or number of it.

A fact is whatever the record states in one breath: a score with its date, a finding with its level and its study, a
sentence of a document. It must not judge a letter; it only says how well a statement is borne out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.letters.checking.frames import Frame, frames_of, key_of, ties_of
from desktop.letters.checking.reading import Reading, read
from desktop.letters.checking.tokens import Token, TokenKind, counts_of

_TOKEN_WEIGHTS = {
    "date": 3.0,
    "amount": 2.0,
    "level": 1.5,
    "range": 2.0,
    "side": 1.2,
    "code": 3.0,
    "identifier": 3.0,
}
_CONCEPT_WEIGHT = 2.4
_WORD_WEIGHT = 1.3
_CLOSE = 40.0
"""Characters over which a word's bearing on a token falls to a half."""
_NEVER_BARE = frozenset(
    {"age", "mg", "day", "week", "month", "year", "hour", "minute", "level", "block", "meter"}
)
"""Units without which a number does not say what it counts."""
_ADJACENT = 8
_BESIDE = 1.5
"""What stands right beside a token says most about it: `CT of September 14`."""
_OTHER_CLAUSE = 0.55
_OTHER_STANCE = 0.6


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the record states, as the features under which it is found; `label` names it to a reader."""

    label: str
    features: frozenset[str]
    stance: str = ""
    weight: float = 1.0
    levels: frozenset[str] = frozenset()
    forms: tuple[tuple[str, str], ...] = ()
    """Each token feature with the words to write it with."""
    frames: frozenset[Frame] = frozenset()
    ties: frozenset[tuple[str, str]] = frozenset()
    writer: str = ""
    """Whose words or reading it is, by the key of the name: that bears a name out, and weighs nothing else."""
    is_joined: bool = False
    """Whether two sentences were read as one: that bears a statement out, and says nothing against another."""


@dataclass(frozen=True, slots=True)
class Support:
    """How well a value is borne out where it stands, and by which fact."""

    score: float
    fact: Fact | None = None
    words: str = ""


@dataclass
class FactIndex:
    """Facts found by feature. Grown once, then only read."""

    facts: list[Fact] = field(default_factory=list[Fact])
    _by_feature: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_writer: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _values: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _weights: dict[str, float] = field(default_factory=dict[str, float])
    frames: dict[Frame, Fact] = field(default_factory=dict["Frame", Fact])
    _ties: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    _partners: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, facts: Iterable[Fact]) -> None:
        """Take facts in."""
        for fact in facts:
            number = len(self.facts)
            self.facts.append(fact)
            if fact.writer:
                self._by_writer[fact.writer].append(number)
            for name in fact.features:
                self._by_feature[name].append(number)
            for name, words in fact.forms:
                self._values[group_of(name)].setdefault(name, words)
            for frame in fact.frames:
                self.frames.setdefault(frame, fact)
            for one, other in fact.ties:
                self._ties |= {(one, other), (other, one)}
                self._partners[one, other.partition(":")[0]].add(other)
                self._partners[other, one.partition(":")[0]].add(one)
        self._weights.clear()

    def are_tied(self, one: Token, other: Token) -> bool:
        """Whether the record states all values of the one together with all of the other."""
        return all(
            (f"{one.kind.value}:{mine}", f"{other.kind.value}:{theirs}") in self._ties
            for mine in key_of(one)
            for theirs in key_of(other)
        )

    def has_partner(self, token: Token, kind: TokenKind) -> bool:
        """Whether the record ties anything of a kind to the token."""
        return all((f"{token.kind.value}:{value}", kind.value) in self._partners for value in key_of(token))

    def partners(self, token: Token, kind: TokenKind) -> frozenset[str]:
        """What of a kind the record ties to the token."""
        found = [
            self._partners.get((f"{token.kind.value}:{value}", kind.value), set()) for value in key_of(token)
        ]
        return frozenset(set[str].intersection(*found)) if found else frozenset()

    def knows_range(self, token: Token) -> bool:
        """Whether the record states the token together with another of its kind."""
        return any(
            sum(
                1
                for name in self.facts[number].features
                if name.startswith(f"{token.kind.value}:") and len(name) > 14
            )
            > 1
            for name in names_of(token)
            for number in self.stating(name)
        )

    def are_together(self, one: Token, other: Token) -> bool:
        """Whether some fact states both in its own words."""
        wanted = {*names_of(one), *names_of(other)}
        return any(
            not self.facts[number].is_joined and wanted <= {name for name, _ in self.facts[number].forms}
            for name in names_of(one)
            for number in self.stating(name)
        )

    def counted(self, part: str, whole: str, unit: str) -> bool:
        """Whether the record counts `part` of `whole`; where it counts neither of anything, states both together."""
        if self.knows(f"of:{part}/") or self.knows(f"of:/{whole}"):
            return self.knows(f"of:{part}/{whole}")
        wholes = {f"amount:{whole}:", f"amount:{whole}:{unit}"}
        return any(wholes & self.facts[number].features for number in self.stating(f"amount:{part}:{unit}"))

    def told_by(self, name: str) -> Iterable[int]:
        """The numbers of the facts that are this person's words or reading."""
        return self._by_writer.get(name, ())

    def knows(self, name: str) -> bool:
        """Whether anything of the record states this."""
        return name in self._by_feature

    def values(self, group: str) -> Mapping[str, str]:
        """Every recorded value of a group (`amount:%`, `date`, `level`), with the words it is written with."""
        return self._values.get(group, {})

    def weight(self, name: str) -> float:
        """How much a shared feature says: rare words more than common ones."""
        found = self._weights.get(name)
        if found is None:
            found = self._weights[name] = self._weigh(name)
        return found

    def _weigh(self, name: str) -> float:
        total = len(self.facts) + 1
        seen = len(self._by_feature.get(name, ()))
        if not seen:
            return 0.0
        rarity = math.log(1 + total / seen) / math.log(1 + total)
        kind = name.split(":", 1)[0] if ":" in name else ""
        if kind:
            return _TOKEN_WEIGHTS.get(kind, 1.0)
        return rarity * (_CONCEPT_WEIGHT if name.startswith("#") else _WORD_WEIGHT)

    def scores(self, reading: Reading, token: Token, clause: int) -> dict[int, float]:
        """For every fact that shares something with the sentence around a token: how much, the nearer the more."""
        own = {token.value} if token.kind is TokenKind.NAME else set(names_of(token))
        best: dict[str, float] = {}
        for item in reading.features:
            if item.name in own and item.at == token.start:
                continue
            gap = abs(item.at - token.start)
            bearing = 1.0 / (1.0 + gap / _CLOSE) * (_BESIDE if gap <= _ADJACENT else 1.0)
            if item.clause != clause:
                bearing *= _OTHER_CLAUSE
            if bearing > best.get(item.name, 0.0):
                best[item.name] = bearing
        found: dict[int, float] = defaultdict(float)
        for name, bearing in best.items():
            numbers = self._by_feature.get(name)
            if not numbers:
                continue
            value = self.weight(name) * bearing
            for number in numbers:
                found[number] += value
        stance = reading.stances[min(clause, len(reading.stances) - 1)]
        for number, score in found.items():
            fact = self.facts[number]
            found[number] = score * fact.weight * (1.0 if fact.stance == stance else _OTHER_STANCE)
        return found

    def stating(self, name: str) -> Iterable[int]:
        """The numbers of the facts that state this."""
        return self._by_feature.get(name, ())


def group_of(name: str) -> str:
    """What a value competes with: dates with dates of its form, amounts with those of its unit."""
    kind, _, value = name.partition(":")
    match kind:
        case "amount":
            return f"amount:{value.partition(':')[2]}"
        case "date":
            return f"date:{len(value)}"
        case "level":
            return f"level:{value.count('-')}"
        case "identifier":
            return "identifier:tel" if value.startswith("tel") else f"identifier:{value.isdigit()}"
        case _:
            return kind


def names_of(token: Token) -> Iterator[str]:
    """The features a token is looked up by; a range of levels is looked up as a range."""
    match token.kind:
        case TokenKind.LEVEL if len(token.values) > 1:
            yield range_name(token.values)
        case TokenKind.AMOUNT:
            for value in token.values:
                yield f"amount:{value}:{token.unit}"
        case TokenKind.MARK:
            for value in token.values:
                yield f"{token.unit}:{value}"
        case _:
            for value in token.values:
                yield f"{token.kind.value}:{value}"


def range_name(levels: Sequence[str]) -> str:
    """The feature of a range of levels, from its first bone to its last."""
    return f"range:{levels[0].split('-')[0]}-{levels[-1].split('-')[-1]}"


def fact_from(text: str, label: str, *extra: str, stance: str | None = None, weight: float = 1.0) -> Fact:
    """A fact from words; `extra` are features that the words do not name themselves (`#ct`)."""
    reading = read(text)
    features = {item.name for item in reading.features} | set(extra)
    forms: dict[str, str] = {}
    levels: set[str] = set()
    for token, _ in reading.tokens:
        for name in names_of(token):
            forms.setdefault(name, token.text if len(token.values) == 1 else name.partition(":")[2])
            features.add(name)
        if token.kind is TokenKind.AMOUNT and token.unit and token.unit not in _NEVER_BARE:
            features.update(f"amount:{value}:" for value in token.values)
        if token.kind is TokenKind.DATE and len(token.value) == 10:
            features.update((f"date:{token.value[:7]}", f"date:--{token.value[5:]}"))
        if token.kind is TokenKind.DATE and not token.value.startswith("--"):
            features.add(f"amount:{token.value[:4]}:")
        if token.kind is TokenKind.LEVEL:
            levels.update(token.values)
    for _, part, whole in counts_of([token for token, _ in reading.tokens], text):
        features.update((f"of:{part}/{whole}", f"of:{part}/", f"of:/{whole}"))
    said = stance if stance is not None else next((item for item in reading.stances if item), "")
    ties = frozenset(ties_of(reading, is_field=weight > 1))
    frames = frozenset(frame for _, frame in frames_of(reading)) if weight <= 1 else frozenset[Frame]()
    return Fact(
        label, frozenset(features), said, weight, frozenset(levels), tuple(forms.items()), frames, ties
    )
