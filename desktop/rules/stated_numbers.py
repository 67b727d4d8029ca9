"""Finds the figures in a sentence, so that a sentence can be held against the source it names; it converts nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from desktop.domain.letter import CITATION
from desktop.domain.reference import Claim
from desktop.domain.value import Value

_LEVEL = re.compile(r"\b[CTLS]\d{1,2}(?:\s*(?:-|–|to)\s*[CTLS]?\d{1,2})?\b")
_TOKEN = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<percent>\s*(?:%|per\s?cent))?"
)
_WORDS = {
    word: Decimal(number)
    for number, word in enumerate(
        ("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=3
    )
}
_SMALL = {"one": Decimal(1), "two": Decimal(2)}
_UNITS = r"years?|months?|weeks?|days?|hours?|points?|patients?|trials?|studies|thirds|operations|revisions"
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b|\b(one|two)(?=[ -](?:{_UNITS})\b)", re.IGNORECASE)
_FRACTIONS = re.compile(r"\b(half|halves|thirds?|quarters?|double|twice|threefold|tenfold)\b", re.IGNORECASE)


class StatedNumber(Value):
    """A figure of a sentence. `one` and `two` count only before a unit, because prose is full of them."""

    value: Decimal
    is_percent: bool = False


def numbers_in(text: str) -> frozenset[StatedNumber]:
    """Every figure in a text, in digits or as a word; spinal levels are names and none of them."""
    plain = _LEVEL.sub(" ", CITATION.sub(" ", text))
    found: set[StatedNumber] = set()
    for match in _TOKEN.finditer(plain):
        value = Decimal(match["number"].replace(",", ""))
        found.add(StatedNumber(value=value, is_percent=match["percent"] is not None))
    for match in _WORD.finditer(plain):
        word = (match[1] or match[2]).lower()
        found.add(StatedNumber(value=_WORDS.get(word) or _SMALL[word]))
    return frozenset(found)


def fractions_in(text: str) -> frozenset[str]:
    """Shares and multiples said in words (`half`, `thirds`), in lower case and without a plural."""
    return frozenset(match.lower().removesuffix("s") for match in _FRACTIONS.findall(text))


def unstated(text: str, claims: Iterable[Claim]) -> tuple[str, ...]:
    """The figures of a text that none of the claims states, as words; a percentage must be one there too."""
    known: set[StatedNumber] = set()
    shares: set[str] = set()
    for claim in claims:
        for words in _texts_of(claim):
            known |= numbers_in(words)
            shares |= fractions_in(words)
        for figure in claim.figures:
            if "%" in figure.unit:
                known |= set(map(_as_percentage, numbers_in(figure.value)))
    values = {item.value for item in known}
    percentages = {item.value for item in known if item.is_percent}
    wrong = [
        f"{item.value}{' %' if item.is_percent else ''}"
        for item in sorted(numbers_in(text), key=lambda item: (item.value, item.is_percent))
        if item.value not in (percentages if item.is_percent else values)
    ]
    return (*wrong, *sorted(fractions_in(text) - shares))


def _texts_of(claim: Claim) -> tuple[str, ...]:
    stated = (
        part
        for figure in claim.figures
        for part in (figure.what, figure.value, figure.comparator, figure.n, figure.follow_up)
    )
    return (claim.text, *stated)


def _as_percentage(number: StatedNumber) -> StatedNumber:
    return number.model_copy(update={"is_percent": True})
