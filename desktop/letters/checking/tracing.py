"""Holds every number, date, code, level, side, name and identifier of a text against the record and what it cites.

What the record does not state is untraced; what it states elsewhere, but not together with the words beside it, does
not fit. It must not judge style, and it never reads meaning into a sentence beyond what stands together in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from desktop.letters.checking.beside import WHOLE_DAY
from desktop.letters.checking.facts import Support, group_of, names_of
from desktop.letters.checking.frames import Frame, frames_of, tied_to
from desktop.letters.checking.letter_facts import LetterFacts, Trace
from desktop.letters.checking.names import names_in, people_in
from desktop.letters.checking.quotations import quotations_in
from desktop.letters.checking.reading import Reading, read, sentences_in
from desktop.letters.checking.standing_together import day_of_enclosure, out_of_place, stands_alone
from desktop.letters.checking.tokens import Token, TokenKind
from desktop.letters.wording import long_date

UNTRACED = "untraced"
DOES_NOT_FIT = "does-not-fit"
_ENOUGH = 1.3
"""Below this, nothing around a token says what belongs there."""
_SHARE = 0.75
"""A value fits when it is borne out at least this well, beside the best that the record has for the place."""
_ENOUGH_OF_A_NUMBER = 0.3
"""Telephone and other numbers stand beside few words, and there are few of them."""
_ENOUGH_WITHOUT_UNIT = 3.0
"""A bare number may count anything."""
_TIMES = frozenset({"visit", "day", "week", "month", "year"})
_SHARE_OF_TIMES = 0.5
"""Lengths of time are rounded and counted from many days."""
_ENOUGH_OF_A_PERSON = 1.5
_SHARE_OF_A_PERSON = 0.85
_SURE = 4.2
"""Above this a value of the record may stand in a sentence that cites literature."""
_MOST_REMEMBERED = 4000
_EXTRA_LEVELS = 0.85
IDENTITY = frozenset({TokenKind.CODE, TokenKind.IDENTIFIER, TokenKind.NAME, TokenKind.MARK})
"""Kinds of which nobody may say that the record is wrong and the letter right."""


def trace(text: str, facts: LetterFacts) -> Iterator[Trace]:
    """Every token of a text that the record does not bear out, in the order written."""
    quoted = [span for span in quotations_in(text) if facts.has_words(text[span[0] : span[1]])]
    for start, sentence in sentences_in(text):
        here = [
            item
            for item in _remembered(sentence, facts)
            if not any(first <= start + item.token.start < last for first, last in quoted)
        ]
        for item in sorted(here, key=lambda item: item.token.start):
            yield replace(item, start=start)


def _remembered(sentence: str, facts: LetterFacts) -> tuple[Trace, ...]:
    """The traces of a sentence, found once: while somebody types, all sentences but one stay as they are."""
    known = facts.remembered.get(sentence)
    if known is None:
        if len(facts.remembered) >= _MOST_REMEMBERED:
            facts.remembered.clear()
        known = facts.remembered[sentence] = tuple(_sentence(sentence, facts))
    return known


def _sentence(sentence: str, facts: LetterFacts) -> Iterator[Trace]:
    reading = read(sentence)
    cited = facts.cited(sentence)
    told: set[Token] = set()
    untied: list[tuple[float, int, Trace]] = []
    frames: dict[Token, list[Frame]] = {}
    for token, frame in frames_of(reading, is_letter=True):
        frames.setdefault(token, []).append(frame)
    for index, (token, clause) in enumerate(reading.tokens):
        day = day_of_enclosure(token, reading, facts)
        if day == token.value or (cited is not None and cited.has(token)):
            continue
        if day is not None:
            yield Trace(DOES_NOT_FIT, token, 0, Support(1.0, None, long_date(date.fromisoformat(day))))
            continue
        found = judge(token, clause, reading, facts, is_cited=cited is not None)
        if found is not None and found[0] == DOES_NOT_FIT and _is_tied(index, reading, facts):
            # What stands right beside it is recorded with it: the other words of the sentence may speak of more.
            found = None
        if found is not None and (
            _is_planned(token, clause, reading, facts) or _is_age_then(token, reading, facts)
        ):
            found = None
        misplaced = None if found else out_of_place(index, reading, frames.get(token, ()), facts)
        if misplaced is not None:
            found = (DOES_NOT_FIT, misplaced)
        if found is not None:
            told.add(token)
            yield Trace(found[0], token, 0, found[1])
        elif (apart := stands_alone(index, reading, facts)) is not None:
            mine, instead = weigh(token, clause, reading, facts)
            share = mine.score / (instead.score + 0.01)
            untied.append((share, index, Trace(DOES_NOT_FIT, token, 0, apart)))
    yield from _worst_of(untied, reading, told)
    yield from _names(sentence, reading, facts)


def _is_tied(index: int, reading: Reading, facts: LetterFacts) -> bool:
    token = reading.tokens[index][0]
    return any(facts.index.are_tied(token, other) for other in tied_to(reading, index))


def _is_planned(token: Token, clause: int, reading: Reading, facts: LetterFacts) -> bool:
    """Whether a day beside a word of planning is the one that a service is planned for."""
    is_said = any(item.name == "#planned" and item.clause == clause for item in reading.features)
    return is_said and token.kind is TokenKind.DATE and token.value in facts.owned.planned


def _is_age_then(token: Token, reading: Reading, facts: LetterFacts) -> bool:
    """Whether an age is the member's on the only date of the sentence, or in its month."""
    days = [other.value for other, _ in reading.tokens if other.kind is TokenKind.DATE]
    if token.unit != "age" or len(days) != 1 or not facts.owned.born or not days[0][:4].isdigit():
        return False
    born = date.fromisoformat(facts.owned.born)
    if len(days[0]) == WHOLE_DAY:
        then = date.fromisoformat(days[0])
        return token.value == str(then.year - born.year - ((then.month, then.day) < (born.month, born.day)))
    year, month = int(days[0][:4]), int(days[0][5:7] or 1)
    whole = year - born.year - (month < born.month)
    # In the month of the birthday it may still be a year less.
    return token.value in {str(whole), *([str(whole - 1)] if month == born.month else [])}


def _names(sentence: str, reading: Reading, facts: LetterFacts) -> Iterator[Trace]:
    strange = list(names_in(sentence, facts.names))
    for token in strange:
        yield Trace(UNTRACED, token, 0, Support(0.0, None, token.unit))
    for token in people_in(sentence, facts.names):
        if any(item.start <= token.start < item.end for item in strange):
            continue
        clause = sum(1 for end in reading.ends if end < token.start)
        mine, instead = weigh(token, clause, reading, facts)
        if instead.score >= _ENOUGH_OF_A_PERSON and 0 <= mine.score < _SHARE_OF_A_PERSON * instead.score:
            yield Trace(DOES_NOT_FIT, token, 0, instead)


def _worst_of(untied: list[tuple[float, int, Trace]], reading: Reading, told: set[Token]) -> Iterator[Trace]:
    """Of two tokens that do not go together only the one that fits the sentence less."""
    left = {index for _, index, _ in untied}
    for _, index, item in sorted(untied, key=lambda item: item[0]):
        others = tied_to(reading, index)
        if index not in left or any(other in told for other in others):
            continue
        told.add(item.token)
        yield item


def judge(
    token: Token, clause: int, reading: Reading, facts: LetterFacts, *, is_cited: bool
) -> tuple[str, Support] | None:
    """None when the token is borne out; else the rule it breaks and what the record has instead."""
    if token.kind is TokenKind.MARK:
        return None if facts.has_mark(token) else (UNTRACED, Support(0.0))
    if token.unit == "law":
        return None if facts.has_law(token.value) else (UNTRACED, Support(0.0))
    mine, instead = weigh(token, clause, reading, facts)
    if mine.score < 0:
        return (UNTRACED, instead)
    if is_cited and token.kind is TokenKind.AMOUNT and mine.score < _SURE:
        return (UNTRACED, instead)
    enough, share = _ENOUGH, _SHARE
    if token.kind is TokenKind.IDENTIFIER:
        enough = (
            _ENOUGH_OF_A_NUMBER if token.value.isdigit() or token.unit == "phone" else _ENOUGH_WITHOUT_UNIT
        )
    elif token.kind is TokenKind.AMOUNT and not token.unit:
        enough = _ENOUGH_WITHOUT_UNIT
    elif token.unit in _TIMES or token.kind is TokenKind.CODE:
        share = _SHARE_OF_TIMES
    if instead.score >= enough and mine.score < share * instead.score:
        return (DOES_NOT_FIT, instead)
    return None


def weigh(token: Token, clause: int, reading: Reading, facts: LetterFacts) -> tuple[Support, Support]:
    """How well the token's own value is borne out (below 0: not at all), and the best other value for its place."""
    index = facts.index
    names = token.values if token.kind is TokenKind.NAME else tuple(names_of(token))
    scores = index.scores(reading, token, clause)
    said = {item.name for item in reading.features}
    if token.kind is TokenKind.LEVEL:
        levels = {
            value for other, _ in reading.tokens if other.kind is TokenKind.LEVEL for value in other.values
        }
        for number in scores:
            if index.facts[number].levels - levels:
                scores[number] *= _EXTRA_LEVELS
    mine: Support | None = None
    for name in names:
        best = Support(-1.0)
        written = index.told_by(name) if token.kind is TokenKind.NAME else ()
        for number in (*index.stating(name), *written):
            score = scores.get(number, 0.0)
            if score > best.score:
                best = Support(score, index.facts[number], token.text)
        if mine is None or best.score < mine.score:
            mine = best
    return mine or Support(-1.0), _rival(token, names, said, scores, facts)


def _is_said(name: str, said: set[str]) -> bool:
    """Whether a sentence says a value elsewhere: a day also by its month alone (`in mid-September 2025`)."""
    return name in said or (name.startswith("date:") and name[: len("date:2025-09")] in said)


def _rival(
    token: Token, names: tuple[str, ...], said: set[str], scores: dict[int, float], facts: LetterFacts
) -> Support:
    """The best other value of the record for the place, as far as it is not said elsewhere in the sentence."""
    index, people = facts.index, facts.names.people
    group = group_of(names[0])
    instead = Support(0.0)
    for number, score in scores.items():
        fact = index.facts[number]
        if score <= instead.score or fact.is_joined:
            continue
        if token.kind is TokenKind.NAME:
            others = [(key, people[key]) for key in people if key in fact.features]
        else:
            others = [form for form in fact.forms if group_of(form[0]) == group]
        if any(_is_said(name, said) and name not in names for name, _ in others):
            # What this fact states of the kind is said elsewhere in the sentence.
            continue
        for name, words in others:
            if name not in names:
                instead = Support(score, fact, words)
                break
    return instead
