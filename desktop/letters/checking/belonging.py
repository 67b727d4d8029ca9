"""Holds a value to whoever a sentence names as its owner: a person's number, a notice's day, a score's value.

Each rule is silent unless the record states another value for the very owner named; it never guesses an owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from desktop.letters.checking.beside import (
    COMPARES,
    DIRECT,
    WHOLE_DAY,
    is_a_month_of,
    is_an_interval,
    is_injected,
    is_of_its_place,
    is_of_the_day,
    is_of_tobacco,
    is_said_of_both,
)
from desktop.letters.checking.facts import FactIndex, Support
from desktop.letters.checking.names import plain
from desktop.letters.checking.owners import SCORED_PARTS, Owned
from desktop.letters.checking.reading import Reading
from desktop.letters.checking.tokens import Token, TokenKind
from desktop.letters.wording import long_date

_BORN = re.compile(r"\b(?:born(?:\s+on)?|DOB:?|date of birth:?(?:\s+is)?)\s*$", re.IGNORECASE)
_OF_BIRTH = re.compile(r"\b(?:born|birth|DOB|birthday)\b", re.IGNORECASE)
_YOUR_LETTER = re.compile(
    r"\b(?:your|the plan['’]s)\s+(?:letter|notice|decision|denial|refusal|determination)\s*(?:of|dated|from|\()?\s*$",
    re.IGNORECASE,
)
_SAW = re.compile(
    r"\b(?:saw|seen by|examined|noted|found|visited|visit (?:with|to)|evaluated)\b", re.IGNORECASE
)
_OUR_NUMBER = re.compile(
    r"\b(?:repl(?:y|ies)|reach (?:me|us)|our (?:fax|tel\w*|phone|office)|my (?:fax|phone))\b", re.IGNORECASE
)
_OPERATED = re.compile(
    r"\b(?:fusion|arthrodesis|operation)(?:\s+was done)?(?:,|\s+of|\s+at|\s+from)?\s+$", re.IGNORECASE
)
_OUTCOME = frozenset({"#solid", "#nonunion", "#loosening"})
_ASKING = re.compile(
    r"\b(?:we|I)\s+(?:ask|appeal|request)\b|\b(?:is|are)\s+(?:needed|medically necessary|asked for|necessary)\b",
    re.IGNORECASE,
)


def owned_elsewhere(place: int, reading: Reading, owned: Owned, index: FactIndex) -> Support | None:
    """What belongs to the owner that a sentence names, where a token states something else of that owner."""
    token = reading.tokens[place][0]
    match token.kind:
        case TokenKind.DATE if len(token.value) == WHOLE_DAY:
            instead = _day(token, reading, owned)
            if instead is None and not is_of_tobacco(place, reading, index):
                instead = ""
        case TokenKind.IDENTIFIER if token.unit == "phone":
            instead = _number(token, reading, owned)
        case TokenKind.AMOUNT:
            instead = _score(token, reading, owned)
            if instead is None and not (
                is_an_interval(token, reading, index)
                and is_of_its_place(token, reading, index, TokenKind.SIDE)
                and is_of_its_place(token, reading, index, TokenKind.LEVEL)
                and not is_said_of_both(token, reading, index)
                and is_of_the_day(token, reading, index)
            ):
                instead = ""
        case TokenKind.DATE:
            instead = None if is_a_month_of(place, reading, index) else ""
        case TokenKind.LEVEL:
            instead = _level(token, reading, owned)
            if instead is None and not is_injected(place, reading, index):
                instead = ""
        case TokenKind.CODE:
            instead = "" if _is_asked_for(place, reading, owned) else None
        case _:
            instead = None
    if instead is None:
        return None
    return Support(1.0, None, instead) if instead else Support(0.0)


def _day(token: Token, reading: Reading, owned: Owned) -> str | None:
    before = reading.text[: token.start]
    if owned.born and _BORN.search(before):
        return None if token.value == owned.born else _written(owned.born)
    if token.value == owned.born and not _OF_BIRTH.search(reading.text):
        return ""
    if owned.notices and _YOUR_LETTER.search(before):
        return None if token.value in owned.notices else _written(owned.notices[0])
    days = [other for other, _ in reading.tokens if other.kind is TokenKind.DATE]
    if len(days) == 1 and _SAW.search(reading.text):
        said = plain(reading.text)
        people = [name for name in owned.days_of if re.search(rf"\b{re.escape(name)}\b", said)]
        if len(people) == 1 and token.value not in owned.days_of[people[0]]:
            return ""
    return None


def _written(day: str) -> str:
    return long_date(date.fromisoformat(day))


def _number(token: Token, reading: Reading, owned: Owned) -> str | None:
    """The number of the one whom the sentence names, when the number in it is another's."""
    holder = owned.numbers.get(token.value.removeprefix("tel"))
    if holder is None:
        return None
    said = plain(reading.text)
    sort = "fax" if re.search(r"\bfax", said) else "tel"
    named = [owner for owner, _ in owned.of_owner if owner in said]
    if not named and owned.author and _OUR_NUMBER.search(reading.text):
        named = [owned.author]
    if not named or any(owner in holder.split("|") for owner in named):
        return None
    return next((owned.of_owner[owner, sort] for owner in named if (owner, sort) in owned.of_owner), "")


def _score(token: Token, reading: Reading, owned: Owned) -> str | None:
    """The value that was scored on the day beside it, when a sentence gives another for the same part."""
    days = [other for other, _ in reading.tokens if other.kind is TokenKind.DATE]
    if len(days) != 1 or COMPARES.search(reading.text):
        return None
    parts = [
        item
        for item in reading.features
        if item.name in SCORED_PARTS and abs(item.at - token.start) <= DIRECT
    ]
    if not parts:
        return None
    before = [item for item in parts if item.at < token.start]
    part = before[-1].name if before else parts[0].name
    values = owned.scores.get((part, token.unit, days[0].value))
    if not values or token.value in values:
        return None
    return f"{min(values)}{token.unit}"


def _level(token: Token, reading: Reading, owned: Owned) -> str | None:
    """The levels of the operation of the day that stands in the sentence, earlier or planned."""
    days = {other.value for other, _ in reading.tokens if other.kind is TokenKind.DATE}
    if len(days) != 1:
        return None
    (day,) = days
    done = owned.operations.get(day)
    if done is not None and _OPERATED.search(reading.text[: token.start]):
        is_of_outcome = any(item.name in _OUTCOME for item in reading.features)
        said = f"{token.values[0].split('-')[0]}-{token.values[-1].split('-')[-1]}"
        return done if said != done and not is_of_outcome else None
    planned = owned.planned.get(day)
    is_surgery = any(item.name in ("#surgery", "#fusion", "#planned") for item in reading.features)
    if planned and is_surgery and all("-" in value for value in token.values):
        return None if set(token.values) <= planned else ""
    return None


def _is_asked_for(index: int, reading: Reading, owned: Owned) -> bool:
    """Whether a code is asked for in a sentence although its service is not found necessary."""
    token, clause = reading.tokens[index]
    if token.value.split("-")[0] not in owned.refused_codes:
        return False
    asks = [
        item
        for item in _asking(reading)
        if item < token.start or reading.text[token.end : item].count(",") == 0
    ]
    stance = reading.stances[min(clause, len(reading.stances) - 1)]
    return bool(asks) and not stance


def _asking(reading: Reading) -> Iterator[int]:
    yield from (match.start() for match in _ASKING.finditer(reading.text))
