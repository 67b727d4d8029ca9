"""The record as facts: what was stated together, found again by any word, date, level or number of it.

A fact is whatever the record states in one breath: a score with its date, a finding with its level and its study, a
sentence of a document. It must not judge a letter; it only says how well a statement is borne out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desktop.letters.checking.reading import Reading, read
from desktop.letters.checking.tokens import Token, TokenKind

_TOKEN_WEIGHTS = {"date": 3.0, "amount": 2.0, "level": 1.5, "side": 1.2, "code": 3.0, "identifier": 3.0}
_CONCEPT_WEIGHT = 2.4
_WORD_WEIGHT = 1.3
_CLOSE = 40.0
"""Characters over which a word's bearing on a token falls to a half."""
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
    _values: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _weights: dict[str, float] = field(default_factory=dict[str, float])

    def add(self, facts: Iterable[Fact]) -> None:
        """Take facts in."""
        for fact in facts:
            number = len(self.facts)
            self.facts.append(fact)
            for name in fact.features:
                self._by_feature[name].append(number)
            for name, words in fact.forms:
                self._values[group_of(name)].setdefault(name, words)
        self._weights.clear()

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
        own = set(names_of(token))
        best: dict[str, float] = {}
        for item in reading.features:
            if item.name in own and item.at == token.start:
                continue
            bearing = 1.0 / (1.0 + abs(item.at - token.start) / _CLOSE)
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
            return "identifier:digits" if value.isdigit() else "identifier"
        case _:
            return kind


def names_of(token: Token) -> Iterator[str]:
    """The features a token is looked up by."""
    match token.kind:
        case TokenKind.AMOUNT:
            for value in token.values:
                yield f"amount:{value}:{token.unit}"
        case TokenKind.MARK:
            for value in token.values:
                yield f"{token.unit}:{value}"
        case _:
            for value in token.values:
                yield f"{token.kind.value}:{value}"


def fact_from(text: str, label: str, *extra: str, stance: str | None = None, weight: float = 1.0) -> Fact:
    """A fact from words; `extra` are features that the words do not name themselves (`#ct`)."""
    reading = read(text)
    features = {item.name for item in reading.features} | set(extra)
    forms: dict[str, str] = {}
    levels: set[str] = set()
    for token, _ in reading.tokens:
        for name in names_of(token):
            forms.setdefault(name, token.text if len(token.values) == 1 else name.partition(":")[2])
        if token.kind is TokenKind.AMOUNT and token.unit:
            features.update(f"amount:{value}:" for value in token.values)
        if token.kind is TokenKind.DATE and len(token.value) == 10:
            features.update((f"date:{token.value[:7]}", f"date:--{token.value[5:]}"))
        if token.kind is TokenKind.LEVEL:
            levels.update(token.values)
    said = stance if stance is not None else next((item for item in reading.stances if item), "")
    return Fact(label, frozenset(features), said, weight, frozenset(levels), tuple(forms.items()))
