"""How fields and sentences become facts: shared by those who read the record; it reads none of it itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from desktop.letters.checking.facts import Fact, fact_from
from desktop.letters.checking.reading import clauses_in, sentences_in
from desktop.letters.checking.tokens import TokenKind, tokens_in
from desktop.letters.wording import long_date, one_line

FIELD = 1.25
"""Fields weigh more than sentences: they were entered as facts."""


def field_fact(label: str, words: str, *extra: str, stance: str = "") -> Fact:
    """A fact from a field of the record; its words are said unless a stance is given."""
    return fact_from(words, label, *extra, stance=stance, weight=FIELD)


def text_facts(text: str, label: str, *extra: str, weight: float = 1.0) -> tuple[Fact, ...]:
    """The sentences of a text as facts; a sentence that names several levels is one fact for each clause."""
    return _text_facts(text, label, extra, weight)


@lru_cache(maxsize=512)
def _text_facts(text: str, label: str, extra: tuple[str, ...], weight: float) -> tuple[Fact, ...]:
    found: list[Fact] = []
    for _, sentence in sentences_in(text):
        words = one_line(sentence)
        levels = {token.values for token in tokens_in(words) if token.kind is TokenKind.LEVEL}
        if len(levels) < 2:
            found.append(fact_from(words, label, *extra, weight=weight))
            continue
        dates = {f"date:{token.value}" for token in tokens_in(words) if token.kind is TokenKind.DATE}
        found.extend(
            fact_from(clause, label, *extra, *dates, weight=weight)
            for clause in clauses_in(words)
            if clause.strip()
        )
        # The sentence as a whole too, so that what it says across its clauses is still found.
        found.append(fact_from(words, label, *extra, weight=weight * 0.8))
    return tuple(found)


def with_levels(fact: Fact, levels: tuple[str, ...]) -> Fact:
    """The fact for exactly these levels, each of which it may be found by."""
    forms = dict(fact.forms) | {f"level:{level}": level for level in levels}
    return replace(fact, levels=frozenset(levels), forms=tuple(forms.items()))


def day_words(day: date | None) -> str:
    """A day as words; empty for none."""
    return long_date(day) if day is not None else ""


def durations(start: date | None, end: date | None, *, is_inclusive: bool = False) -> Iterator[str]:
    """The time between two days as people say it: whole and rounded weeks and months, and days."""
    if start is None or end is None or end < start:
        return
    days = (end - start).days
    yield f"{days} days"
    if is_inclusive:
        yield f"{days + 1} days"
    weeks = {days // 7, round(days / 7), (days + 1) // 7 if is_inclusive else days // 7}
    months = {
        _months(start, end),
        round(days / 30.44),
        _months(start, end + timedelta(days=1)) if is_inclusive else _months(start, end),
    }
    yield from (f"{count} weeks" for count in sorted(weeks) if count)
    yield from (f"{count} months" for count in sorted(months) if count)
    years = {days // 365, round(days / 365.25)}
    yield from (f"{count} years" for count in sorted(years) if count and days > 300)


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
