"""How fields and sentences become facts: shared by those who read the record; it reads none of it itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from desktop.domain.service_line import level_range
from desktop.letters.checking.facts import Fact, fact_from, range_name
from desktop.letters.checking.frames import RANGE, Frame
from desktop.letters.checking.reading import clauses_in, sentences_in, stem
from desktop.letters.checking.tokens import TokenKind, tokens_in
from desktop.letters.wording import long_date, one_line

FIELD = 1.25
"""Fields weigh more than sentences: they were entered as facts."""
_SHORT = 160
"""Characters of two sentences that are taken together."""


def field_fact(label: str, words: str, *extra: str, stance: str = "") -> Fact:
    """A fact from a field of the record; its words are said unless a stance is given."""
    return fact_from(words, label, *extra, stance=stance, weight=FIELD)


def writer_of(name: str) -> str:
    """The key under which the writer of a paper is looked up; empty for a name without a credential."""
    words = name.split(",", maxsplit=1)[0].split()
    return stem(words[-1]) if words and "," in name else ""


def joined_facts(text: str, label: str, *extra: str) -> Iterator[Fact]:
    """Sentences that run many things together: they bear a statement out, and say nothing against another."""
    for fact in text_facts(text, label, *extra, weight=0.6):
        yield _joined(fact)


def text_facts(text: str, label: str, *extra: str, weight: float = 1.0) -> tuple[Fact, ...]:
    """The sentences of a text as facts; a sentence that names several levels is one fact for each clause."""
    return _text_facts(text, label, extra, weight)


@lru_cache(maxsize=512)
def _text_facts(text: str, label: str, extra: tuple[str, ...], weight: float) -> tuple[Fact, ...]:
    found: list[Fact] = []
    before = ""
    for _, sentence in sentences_in(text):
        words = one_line(sentence)
        if before and len(before) + len(words) < _SHORT:
            # Notes are written in scraps ("ODI 58%. Back pain 8/10."): two together are one statement.
            found.append(_joined(fact_from(f"{before} {words}", label, *extra, weight=weight * 0.75)))
        before = words
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


def _joined(fact: Fact) -> Fact:
    return replace(fact, ties=frozenset(), frames=frozenset(), is_joined=True)


def with_levels(fact: Fact, levels: Sequence[str], concept: str = "", sides: Sequence[str] = ()) -> Fact:
    """The fact for exactly these levels, each of which it may be found by; `concept` is what is said of them."""
    if not levels:
        places = frozenset(Frame(concept, side, fact.stance) for side in sides) if concept else fact.frames
        return replace(fact, frames=places)
    forms = dict(fact.forms) | {f"level:{level}": level for level in levels}
    features = fact.features | set(forms)
    if len(levels) > 1 and ", " not in (whole := level_range(tuple(levels))):
        forms[range_name(tuple(levels))] = whole
        features |= {range_name(tuple(levels))}
    whole = (f"{RANGE}{levels[0]}..{levels[-1]}",) if len(levels) > 1 else ()
    frames = (
        frozenset(Frame(concept, level, fact.stance) for level in (*levels, *whole))
        if concept
        else fact.frames
    )
    codes = [name for name in fact.features if name.startswith("code:")]
    ties = fact.ties | {(code, f"level:{level}") for code in codes for level in levels}
    return replace(
        fact,
        features=frozenset(features),
        levels=frozenset(levels),
        forms=tuple(forms.items()),
        frames=frames,
        ties=frozenset(ties),
    )


def day_words(day: date | None) -> str:
    """A day as words; empty for none."""
    return long_date(day) if day is not None else ""


def durations(start: date | None, end: date | None, *, is_inclusive: bool = False) -> Iterator[str]:
    """The time between two days as people say it: whole and rounded weeks and months, and days."""
    if start is None or end is None or end < start:
        return
    days = (end - start).days
    yield f"{days} days"
    yield f"{days // 7} weeks {days % 7} days"
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
