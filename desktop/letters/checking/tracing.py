"""Holds every number, date, code, level, side, name and identifier of a text against the record and what it cites.

What the record does not state is untraced; what it states elsewhere, but not together with the words beside it, does
not fit. It must not judge style, and it never reads meaning into a sentence beyond what stands together in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.letters.checking.cited import CitedFigures
from desktop.letters.checking.facts import Support, group_of, names_of
from desktop.letters.checking.frames import OPPOSITE, Frame, frames_of, tied_to
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.names import names_in, people_in
from desktop.letters.checking.quotations import quotations_in
from desktop.letters.checking.reading import Reading, read, sentences_in
from desktop.letters.checking.tokens import Token, TokenKind

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
_EXTRA_LEVELS = 0.85
_LISTED = frozenset({TokenKind.DATE, TokenKind.LEVEL, TokenKind.CODE})
_SIDES = frozenset({"left", "right"})
_ASKED = "#asked"
"""What is not found necessary by one set may be asked for all the same."""
_LIST_GAP = 20
_LIST_LINK = re.compile(r"(?:\s|,|-|–|&|\b(?:and|or|to|until|through|nor|at|of|the|on|in|CPT)\b)*")
_RUNS_TO = re.compile(r",?\s*(?:to|until|till|through|thru|and|-|–|up to)\s*", re.IGNORECASE)
_WHOLE = len("2026-09-14")
IDENTITY = frozenset({TokenKind.CODE, TokenKind.IDENTIFIER, TokenKind.NAME, TokenKind.MARK})
"""Kinds of which nobody may say that the record is wrong and the letter right."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A token that could not be traced, where in the text, and what the record has for the place."""

    rule: str
    token: Token
    start: int
    instead: Support


def trace(text: str, facts: LetterFacts) -> Iterator[Trace]:
    """Every token of a text that the record does not bear out, in the order written."""
    quoted = [span for span in quotations_in(text) if facts.has_words(text[span[0] : span[1]])]
    for start, sentence in sentences_in(text):
        here = [
            item
            for item in _sentence(sentence, facts)
            if not any(first <= start + item.token.start < last for first, last in quoted)
        ]
        for item in sorted(here, key=lambda item: item.token.start):
            yield replace(item, start=start)


def _sentence(sentence: str, facts: LetterFacts) -> Iterator[Trace]:
    reading = read(sentence)
    cited = facts.cited(sentence)
    told: set[Token] = set()
    loose: list[tuple[float, int, Trace]] = []
    frames: dict[Token, list[Frame]] = {}
    for token, frame in frames_of(reading):
        frames.setdefault(token, []).append(frame)
    for index, (token, clause) in enumerate(reading.tokens):
        day = _day_of_enclosure(token, reading, facts)
        if day is not None:
            if day != token.value:
                yield Trace(DOES_NOT_FIT, token, 0, Support(1.0, None, day))
            continue
        if cited is not None and cited.has(token, sentence):
            continue
        found = judge(token, clause, reading, facts, cited) or _out_of_place(
            index, reading, frames.get(token, ()), facts
        )
        if found is None:
            found = _loose(index, reading, facts)
            if found is not None:
                mine, instead = weigh(token, clause, reading, facts)
                share = mine.score / (instead.score + 0.01)
                loose.append((share, index, Trace(found[0], token, 0, found[1])))
                continue
        if found is not None:
            told.add(token)
            yield Trace(found[0], token, 0, found[1])
    yield from _worst_of(loose, reading, told)
    yield from _names(sentence, reading, facts)


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


def _worst_of(loose: list[tuple[float, int, Trace]], reading: Reading, told: set[Token]) -> Iterator[Trace]:
    """Of two tokens that do not go together only the one that fits the sentence less."""
    left = {index for _, index, _ in loose}
    for _, index, item in sorted(loose, key=lambda item: item[0]):
        others = tied_to(reading, index)
        if index not in left or any(other in told for other in others):
            continue
        told.add(item.token)
        yield item


def _out_of_place(
    index: int, reading: Reading, frames: Sequence[Frame], facts: LetterFacts
) -> tuple[str, Support] | None:
    if _is_said_twice(index, reading):
        return (DOES_NOT_FIT, Support(0.0))
    wrong = (_misplaced(frame, facts) for frame in frames)
    return next((item for item in wrong if item is not None), None)


def _misplaced(frame: Frame, facts: LetterFacts) -> tuple[str, Support] | None:
    """A finding said, denied or left open at a place where the record does not, though it does so at others."""
    known = facts.index.frames
    if any(other in known for other in _bearing_out(frame)):
        return None
    level, _, side = frame.place.rpartition("/")
    same = [
        item
        for item in known
        if item.concept == frame.concept
        and item.stance == frame.stance
        and (item.place in _SIDES) == (frame.place in _SIDES)
        and (item.place.startswith(f"{level}/") if level else "/" not in item.place)
    ]
    opposed = [
        item
        for item in (replace(frame, stance=""), Frame(OPPOSITE.get(frame.concept, ""), frame.place, ""))
        if frame.stance and item in known and frame.concept != _ASKED
    ]
    if opposed:
        return (DOES_NOT_FIT, Support(1.0, known[opposed[0]], ""))
    if not same or frame.stance:
        return None
    return (
        DOES_NOT_FIT,
        Support(1.0, known[same[0]], same[0].place.rpartition("/")[2] if side else same[0].place),
    )


def _bearing_out(frame: Frame) -> Iterator[Frame]:
    """The frames of the record by which one of the letter holds."""
    opposite = OPPOSITE.get(frame.concept, "")
    yield frame
    match frame.stance:
        case "":
            yield Frame(opposite, frame.place, "negated")
        case "negated":
            yield Frame(opposite, frame.place, "")
            yield replace(frame, stance="uncertain")
            yield Frame(opposite, frame.place, "uncertain")
        case _:
            yield Frame(opposite, frame.place, "uncertain")


def _is_said_twice(index: int, reading: Reading) -> bool:
    """Whether a date, level or code is listed a second time in one breath, as nobody does who means both."""
    if index == 0:
        return False
    token, before = reading.tokens[index][0], reading.tokens[index - 1][0]
    if token.kind not in _LISTED or token.kind is not before.kind or token.values != before.values:
        return False
    between = reading.text[before.end : token.start]
    return len(between) < _LIST_GAP and _LIST_LINK.fullmatch(between) is not None


def _loose(index: int, reading: Reading, facts: LetterFacts) -> tuple[str, Support] | None:
    """A token that stands beside others of the record with none of which the record states it together."""
    token = reading.tokens[index][0]
    if (other := _range_start(index, reading)) is not None and facts.index.knows_range(token):
        if token.value < other.value or not facts.index.are_together(token, other):
            return (DOES_NOT_FIT, Support(0.0))
        return None
    others = [
        other
        for other in tied_to(reading, index)
        if facts.index.has_partner(token, other.kind) and facts.index.has_partner(other, token.kind)
    ]
    if not others or any(facts.index.are_tied(token, other) for other in others):
        return None
    return (DOES_NOT_FIT, Support(0.0))


def _range_start(index: int, reading: Reading) -> Token | None:
    """The date from which a range runs to this one, as in `from May 4 to July 24, 2026`."""
    if index == 0:
        return None
    token, before = reading.tokens[index][0], reading.tokens[index - 1][0]
    if token.kind is not TokenKind.DATE or before.kind is not TokenKind.DATE:
        return None
    if len(token.value) != _WHOLE or len(before.value) != _WHOLE:
        return None
    return before if _RUNS_TO.fullmatch(reading.text[before.end : token.start]) else None


def judge(
    token: Token, clause: int, reading: Reading, facts: LetterFacts, cited: CitedFigures | None
) -> tuple[str, Support] | None:
    """None when the token is borne out; else the rule it breaks and what the record has instead."""
    if token.kind is TokenKind.MARK:
        return None if facts.has_mark(token) else (UNTRACED, Support(0.0))
    if token.unit == "law":
        return None if facts.has_law(token.value) else (UNTRACED, Support(0.0))
    if cited is not None and cited.has(token, reading.text):
        return None
    mine, instead = weigh(token, clause, reading, facts)
    if mine.score < 0:
        return (UNTRACED, instead)
    if cited is not None and token.kind is TokenKind.AMOUNT and mine.score < _SURE:
        return (UNTRACED, instead)
    enough, share = _ENOUGH, _SHARE
    if token.kind is TokenKind.IDENTIFIER:
        enough = _ENOUGH_OF_A_NUMBER if token.value.isdigit() else _ENOUGH_WITHOUT_UNIT
    elif token.kind is TokenKind.AMOUNT and not token.unit:
        enough = _ENOUGH_WITHOUT_UNIT
    elif token.unit in _TIMES or token.kind is TokenKind.CODE:
        share = _SHARE_OF_TIMES
    if instead.score >= enough and mine.score < share * instead.score:
        return (DOES_NOT_FIT, instead)
    return None


def _day_of_enclosure(token: Token, reading: Reading, facts: LetterFacts) -> str | None:
    """The day of the enclosure that a date stands right behind (`Encl. C, Sep 14, 2026`); None elsewhere."""
    if token.kind is not TokenKind.DATE:
        return None
    for other, _ in reading.tokens:
        is_one = other.kind is TokenKind.MARK and other.unit == "encl" and len(other.values) == 1
        if is_one and 0 <= token.start - other.end <= len(", "):
            return facts.day_of(other.value)
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
        for number in index.stating(name):
            score = scores.get(number, 0.0)
            if score > best.score:
                best = Support(score, index.facts[number], token.text)
        if mine is None or best.score < mine.score:
            mine = best
    return mine or Support(-1.0), _rival(token, names, said, scores, facts)


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
        if any(name in said and name not in names for name, _ in others):
            # What this fact states of the kind is said elsewhere in the sentence.
            continue
        for name, words in others:
            if name not in names:
                instead = Support(score, fact, words)
                break
    return instead
