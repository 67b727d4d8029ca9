"""Whether what stands right beside a value is what the record states it with: its side, its day, its month, its level.

Each rule is silent where the record states nothing of the kind; it must not guess what a value belongs to.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from desktop.letters.checking.facts import FactIndex, names_of
from desktop.letters.checking.reading import Reading
from desktop.letters.checking.tokens import Token, TokenKind

WHOLE_DAY = len("2026-09-14")
DIRECT = 40
"""Characters over which a part of the body or an instrument names the score beside it."""
COMPARES = re.compile(
    r"\b(?:before|earlier|previous\w*|since|than|at first|from (?:a|an|\d+(?:\.\d+)?%)|up|down|rose|risen|fell|fallen"
    r"|climbed|then|had (?:been|stood)|later|under|below|above|over|limit|threshold|less|more|at (?:the )?start|rising"
    r"|falling)\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"\s(?P<way>later|earlier|afterwards?|before that)\b", re.IGNORECASE)
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_SCORED = frozenset({"/10", "/100", "/48", "/50", "%", "mm", "degree", "ng/ml", "kg/m2", "kl"})
_APART = re.compile(r"[,;:()]|\b(?:and|or|but|while)\b")
_JOINED = re.compile(r"[^.;]{0,30}(?:,|\band\b)[^.;]{0,30}")
_SMOKES = re.compile(r"\b(?:cigarettes?|smok\w+|nicotine|tobacco)\b", re.IGNORECASE)


def is_an_interval(token: Token, reading: Reading, index: FactIndex) -> bool:
    """Whether some recorded day lies as far from the day before it as `two weeks later` says."""
    match = _LATER.match(reading.text, token.end)
    length = _DAYS.get(token.unit)
    days = [
        other
        for other, _ in reading.tokens
        if other.kind is TokenKind.DATE and other.end <= token.start and len(other.value) == WHOLE_DAY
    ]
    if length is None or not days:
        return True
    match = match or _LATER.search(reading.text, token.end, token.end + 12 + len(token.unit))
    if match is None or match["way"] not in ("later", "earlier"):
        return True
    start = date.fromisoformat(days[-1].value)
    way = 1 if match["way"] == "later" else -1
    middle = float(token.value) * length
    values = [
        other for other, _ in reading.tokens if other.start >= match.end() and other.kind is TokenKind.AMOUNT
    ]
    if not values:
        # "56% on September 22, 2026 and 58% two weeks later": the value stands right before the length.
        values = [
            other
            for other, _ in reading.tokens
            if other.kind is TokenKind.AMOUNT
            and other.unit in _SCORED
            and 0 < token.start - other.end <= len(", ")
            and other.start > days[-1].end
        ]
    known = index.partners(values[0], TokenKind.DATE) if values else frozenset[str]()
    known = known or frozenset(index.values("date:10"))
    days_known = {name.removeprefix("date:") for name in known}
    slack = int(length / 2)
    return any(
        (start + timedelta(days=way * round(middle) + shift)).isoformat() in days_known
        for shift in range(-slack, slack + 1)
    )


def is_of_the_day(token: Token, reading: Reading, index: FactIndex) -> bool:
    """Whether a value is recorded with the only day of its sentence, as far as that day has values of its unit."""
    days = [other for other, _ in reading.tokens if other.kind is TokenKind.DATE]
    if token.unit not in _SCORED or len(days) != 1 or len(days[0].value) != WHOLE_DAY:
        return True
    if COMPARES.search(reading.text) or "[@" in reading.text:
        return True
    facts = [index.facts[number] for number in index.stating(f"date:{days[0].value}")]
    said = {item.name for item in reading.features if item.name.startswith("#")}
    same = [
        fact
        for fact in facts
        if said & fact.features
        and any(name.startswith("amount:") and name.endswith(f":{token.unit}") for name, _ in fact.forms)
    ]
    return not same or any(name in fact.features for name in names_of(token) for fact in facts)


def is_of_its_place(token: Token, reading: Reading, index: FactIndex, kind: TokenKind) -> bool:
    """Whether a value is recorded with the only side, or the only level, that stands in one breath with it."""
    if kind is TokenKind.LEVEL and token.unit not in ("mm", "degree"):
        return True
    known = index.partners(token, kind)
    if not known:
        return True
    start = max((match.end() for match in _APART.finditer(reading.text, 0, token.start)), default=0)
    end = next((match.start() for match in _APART.finditer(reading.text, token.end)), len(reading.text))
    here = [other for other, _ in reading.tokens if start <= other.start < end]
    said = [other for other in here if other.kind is kind]
    alike = [other for other in here if other.kind is TokenKind.AMOUNT]
    if len(said) != 1 or len(alike) != 1:
        return True
    return all(f"{kind.value}:{value}" in known for value in said[0].values)


def is_said_of_both(token: Token, reading: Reading, index: FactIndex) -> bool:
    """Whether one value is given to two things in a row to which the record gives two different values."""
    if token.unit not in _SCORED:
        return False
    days = [other for other, _ in reading.tokens if other.kind is TokenKind.DATE]
    twins = [
        other
        for other, _ in reading.tokens
        if other.start > token.end
        and (other.kind, other.values, other.unit) == (token.kind, token.values, token.unit)
    ]
    if not twins or len(days) > 1 or not _JOINED.fullmatch(reading.text[token.end : twins[0].start]):
        return False
    said = {item.name for item in reading.features if ":" not in item.name}
    for name in names_of(token):
        for number in index.stating(name):
            fact = index.facts[number]
            alike = [
                form
                for form, _ in fact.forms
                if form.startswith("amount:") and form.endswith(f":{token.unit}")
            ]
            if len(alike) > 1 and len(said & fact.features) > 2:
                return True
    return False


def is_a_month_of(place: int, reading: Reading, index: FactIndex) -> bool:
    """Whether a value right before a month without a day was recorded in that month."""
    token = reading.tokens[place][0]
    if place == 0 or len(token.value) != len("2024-12"):
        return True
    value = reading.tokens[place - 1][0]
    if value.kind is not TokenKind.AMOUNT or value.unit not in _SCORED:
        return True
    if reading.text[value.end : token.start].strip() not in ("in", ""):
        return True
    days = index.partners(value, TokenKind.DATE)
    return not days or any(day.startswith(f"date:{token.value}") for day in days)


def is_injected(place: int, reading: Reading, index: FactIndex) -> bool:
    """Whether anything is recorded to have been injected at a level that an injection stands beside."""
    token, clause = reading.tokens[place]
    said = [item for item in reading.features if item.name in ("#injection", "#anesthetic", "#epidural")]
    if not any(item.clause == clause and abs(item.at - token.start) <= DIRECT for item in said):
        return True
    if any(item.name in ("#fusion", "#stenosis", "#nonunion") for item in reading.features):
        return True
    return any(
        {"#injection", "#anesthetic", "#epidural"} & index.facts[number].features
        for name in names_of(token)
        for number in index.stating(name)
    )


def is_of_tobacco(place: int, reading: Reading, index: FactIndex) -> bool:
    """Whether a day on which smoking is said to have begun or ended is recorded as one."""
    token, clause = reading.tokens[place]
    ends = (0, *reading.ends, len(reading.text))
    here = {item.name for item in reading.features if item.clause == clause}
    if not _SMOKES.search(reading.text[ends[clause] : ends[clause + 1]]) or not here & {"#ended", "#started"}:
        return True
    return "#cotinine" in here or any(
        ("#tobacco" in fact.features or "cigarett" in fact.features)
        and fact.features & {"#ended", "#started"}
        and not fact.is_joined
        for fact in (index.facts[number] for number in index.stating(f"date:{token.value}"))
        if f"date:{token.value}" in dict(fact.forms)
    )
