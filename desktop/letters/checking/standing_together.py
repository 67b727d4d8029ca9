"""Whether the tokens of a sentence stand together as the record states them: places, ranges, dates, codes; one by one.

Each rule is silent unless the record says for certain that something else belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.letters.checking.belonging import owned_elsewhere
from desktop.letters.checking.facts import Fact, Support, names_of
from desktop.letters.checking.frames import OPPOSITE, RANGE, Frame, tied_to
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.reading import Reading
from desktop.letters.checking.tokens import Token, TokenKind, counts_of

_LISTED = frozenset({TokenKind.DATE, TokenKind.LEVEL, TokenKind.CODE})
_BEFORE_CODE = re.compile(r"[\s(,:;-]*(?:CPT|HCPCS|code|ICD-10-PCS)?[\s(,:]*$")
_STUDIES = frozenset({"#ct", "#mri", "#film", "#dxa"})
_OTHER_EVENTS = frozenset(
    {
        "#notice",
        "#received",
        "#surgery",
        "#visit",
        "#therapy",
        "#injection",
        "#planned",
        "#started",
        "#ended",
        "#requested",
        "#odi",
        "#cotinine",
        "#hba1c",
        "#brace",
        "#stimulator",
    }
)
"""What else has days of its own, so that a date beside a study may be theirs."""
_SIDES = frozenset({"left", "right"})
_ASKED = "#asked"
"""What is not found necessary by one set may be asked for all the same."""
_LIST_GAP = 24
_LIST_LINK = re.compile(
    r"(?:\s|,|-|–|&|\b(?:and|or|to|until|through|nor|at|of|the|on|in|CPT|mild|moderate|severe|solid|absent)\b)*"
)
_RUNS_TO = re.compile(r",?\s*(?:to|until|till|through|thru|and|-|–|up to)\s*", re.IGNORECASE)
_WHOLE = len("2026-09-14")


def out_of_place(index: int, reading: Reading, frames: Sequence[Frame], facts: LetterFacts) -> Support | None:
    """What the record has where a token is said twice, of another service, of another study or of other places."""
    token = reading.tokens[index][0]
    if _is_said_twice(index, reading) or _is_of_another_count(index, reading, facts):
        return Support(0.0)
    if (other := owned_elsewhere(index, reading, facts.owned, facts.index)) is not None:
        return other
    if token.kind is TokenKind.CODE:
        code = _code_of_label(token, reading, facts)
        return Support(1.0, None, code) if code is not None and token.value.split("-")[0] != code else None
    if token.kind is TokenKind.DATE:
        return _other_study(token, reading, facts)
    wrong = (_misplaced(frame, facts) for frame in frames)
    return next((item for item in wrong if item is not None), None)


def _misplaced(frame: Frame, facts: LetterFacts) -> Support | None:
    """A finding said, denied or left open at a place where the record does not, though it does so at others."""
    known = facts.index.frames
    if any(other in known for other in _bearing_out(frame)):
        return None
    level, _, _side = frame.place.rpartition("/")
    same = [
        item
        for item in known
        if (item.concept == frame.concept or (frame.stance and item.concept == OPPOSITE.get(frame.concept)))
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
        return Support(1.0, known[opposed[0]], "")
    if not same or frame.stance == "negated":
        return None
    if frame.stance and any(replace(frame, stance=other) in known for other in ("", "negated")):
        return None
    return Support(1.0, known[same[0]], _written(same[0].place, is_side=bool(level)))


def _written(place: str, *, is_side: bool) -> str:
    """A place as a letter writes it: `L4-S1` for a range, the side alone for a side of a level."""
    if place.startswith(RANGE):
        first, _, last = place.removeprefix(RANGE).partition("..")
        return f"{first.split('-')[0]}-{last.split('-')[-1]}"
    return place.rpartition("/")[2] if is_side else place


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
    if token.unit == "phone":
        return any(other.values == token.values for other, _ in reading.tokens[:index])
    if token.kind is before.kind is TokenKind.AMOUNT and (token.values, token.unit) == (
        before.values,
        before.unit,
    ):
        return reading.text[before.end : token.start].strip() == "to"
    if token.kind not in _LISTED or token.kind is not before.kind or token.values != before.values:
        return False
    between = reading.text[before.end : token.start]
    return len(between) < _LIST_GAP and _LIST_LINK.fullmatch(between) is not None


def _is_of_another_count(index: int, reading: Reading, facts: LetterFacts) -> bool:
    """Whether a number closes a pair (`18 of 24 visits`) of which the record states each half with something else."""
    tokens = [token for token, _ in reading.tokens]
    return any(
        place == index and not facts.index.counted(part, whole, tokens[index - 1].unit)
        for place, part, whole in counts_of(tokens, reading.text)
        if not tokens[place].unit
    )


def stands_alone(index: int, reading: Reading, facts: LetterFacts) -> Support | None:
    """A token that stands beside others of the record with none of which the record states it together."""
    token = reading.tokens[index][0]
    if (other := _range_start(index, reading)) is not None and facts.index.knows_range(token):
        if token.value < other.value or not facts.index.are_together(token, other):
            return Support(0.0)
        return None
    others = [
        other
        for other in tied_to(reading, index)
        if ";" not in reading.text[min(token.end, other.end) : max(token.start, other.start)]
        and facts.index.has_partner(token, other.kind)
        and facts.index.has_partner(other, token.kind)
    ]
    if not others or any(
        facts.index.are_tied(token, other) or _is_of_that_day(token, other, facts) for other in others
    ):
        return None
    return Support(0.0)


def _is_of_that_day(one: Token, other: Token, facts: LetterFacts) -> bool:
    """Whether a value stands in a document of the day beside it."""
    if {one.kind, other.kind} != {TokenKind.DATE, TokenKind.AMOUNT}:
        return False
    day, value = (one, other) if one.kind is TokenKind.DATE else (other, one)
    if any(item.endswith(f":{value.unit}") for item in facts.index.partners(day, TokenKind.AMOUNT)):
        return False
    return any(
        f"date:{day.value}" in facts.index.facts[number].features and not facts.index.facts[number].is_joined
        for name in names_of(value)
        for number in facts.index.stating(name)
    )


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


def _code_of_label(token: Token, reading: Reading, facts: LetterFacts) -> str | None:
    """The code of the service whose label stands right before a code: `Revision arthrodesis (CPT 22612)`."""
    return facts.code_named(_BEFORE_CODE.sub("", reading.text[: token.start]))


def _other_study(token: Token, reading: Reading, facts: LetterFacts) -> Support | None:
    """A date that is not of the one kind of study that a sentence speaks of, though others are."""
    studies = {item.name for item in reading.features if item.name in _STUDIES}
    dates = [other for other, _ in reading.tokens if other.kind is TokenKind.DATE]
    if len(studies) != 1 or len(dates) != 1 or len(token.value) != _WHOLE:
        return None
    if any(item.name in _OTHER_EVENTS for item in reading.features):
        return None
    (study,) = studies
    own, others = f"date:{token.value}", dict[str, Fact]()
    for fact in facts.index.facts:
        if study in fact.features and fact.weight > 1 and not _OTHER_EVENTS & fact.features:
            for name, _ in fact.forms:
                if name.startswith("date:") and len(name) == len(own):
                    others.setdefault(name, fact)
    if (
        not others
        or own in others
        or any(
            study in facts.index.facts[number].features
            and not (
                facts.index.facts[number].weight > 1 and _OTHER_EVENTS & facts.index.facts[number].features
            )
            and own in dict(facts.index.facts[number].forms)
            for number in facts.index.stating(own)
        )
    ):
        return None
    name, fact = next(iter(others.items()))
    return Support(1.0, fact, dict(fact.forms)[name])


def day_of_enclosure(token: Token, reading: Reading, facts: LetterFacts) -> str | None:
    """The day of the enclosure that a date stands right behind (`Encl. C, Sep 14, 2026`); None elsewhere."""
    if token.kind is not TokenKind.DATE:
        return None
    for other, _ in reading.tokens:
        is_one = other.kind is TokenKind.MARK and other.unit == "encl" and len(other.values) == 1
        if is_one and 0 <= token.start - other.end <= len(", "):
            return facts.day_of(other.value)
    return None
