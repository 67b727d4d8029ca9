"""Numbers and dates in typed paragraphs that stand neither in the record nor in a cited source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import cast

from desktop.domain.letter import CITATION, LetterContent, OriginKind
from desktop.domain.letter_check import LetterProblem
from desktop.letters.checking.required import warning
from desktop.letters.inputs import LetterInputs

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})\b"),
    re.compile(rf"\b(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}}),? (?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<d>\d{{1,2}}) (?P<m>{_MONTH})\.? (?P<y>\d{{4}})\b", re.IGNORECASE),
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_MACHINE_KEY = re.compile(r"(?:^|_)(?:id|ids|hash|seal|starts)$")
_ROW_MARK = re.compile(r"\b(?:rows?|tables?) (?:\d+(?:\.\d+)?(?: to |, | and |-)?)+", re.IGNORECASE)
"""A reference to a row of this letter, which is a number of its own."""
_LIST_MARK = re.compile(r"^\s*\(?\d{1,2}[.)]\s", re.MULTILINE)


def unknown_figures(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A warning for each typed paragraph that states a number or date found in no source of this letter."""
    typed = [
        (block, paragraph)
        for block in content.blocks
        for paragraph in block.paragraphs
        if any(origin.kind is OriginKind.TYPED for origin in paragraph.provenance)
    ]
    if not typed:
        return
    days, numbers = _known(content, inputs)
    for block, paragraph in typed:
        text = _LIST_MARK.sub(" ", _ROW_MARK.sub(" ", CITATION.sub(" ", paragraph.text)))
        found, rest = _dates_in(text)
        strange = [shown for day, shown in found.items() if day not in days]
        strange += [item for item in dict.fromkeys(_NUMBER.findall(rest)) if _plain(item) not in numbers]
        if strange:
            listed = ", ".join(strange[:6])
            message = f"Typed figures found neither in the record nor in a cited source: {listed}. Check each of them."
            yield warning("unknown-figure", message, block)


def _known(content: LetterContent, inputs: LetterInputs) -> tuple[set[date], set[str]]:
    """Every date and number of the record, of the review and of the sources this letter cites."""
    recorded: list[object] = [inputs.case.model_dump(), inputs.today]
    recorded.extend(item.model_dump() for item in (*inputs.sets.values(), *inputs.assessments.values()))
    if inputs.determination is not None:
        recorded.append(inputs.determination.model_dump(exclude={"traces"}))
    texts = list(_texts(recorded))
    texts.append(str(inputs.case.member.age_on(inputs.today) or ""))
    cited = set(content.cited())
    texts.extend(claim.text for claim in inputs.references.all_claims() if claim.reference_id in cited)
    days: set[date] = set()
    numbers: set[str] = set()
    for text in texts:
        found, rest = _dates_in(text)
        days |= set(found)
        numbers |= {_plain(item) for item in _NUMBER.findall(rest)}
    # A year alone is known when a date of that year is.
    numbers |= {str(day.year) for day in days}
    return days, numbers


def _texts(value: object) -> Iterator[str]:
    """Every text, number and date in a dumped value; ids and hashes are full of digits that state nothing."""
    match value:
        case dict():
            for key, item in cast("dict[str, object]", value).items():
                if key == "member_id" or not _MACHINE_KEY.search(key):
                    yield from _texts(item)
        case list() | tuple():
            for item in cast("list[object]", value):
                yield from _texts(item)
        case date():
            yield value.isoformat()[:10]
        case Decimal():
            yield format(value, "f")
        case str() | int():
            yield str(value)
        case _:
            return


def _dates_in(text: str) -> tuple[dict[date, str], str]:
    """The dates of a text as they are written there, and the text without them."""
    found: dict[date, str] = {}
    rest = text
    for form in _DATES:
        for match in form.finditer(rest):
            month = _MONTHS.get(match["m"].lower()) or (int(match["m"]) if match["m"].isdigit() else 0)
            try:
                found[date(int(match["y"]), month, int(match["d"]))] = match.group()
            except ValueError:
                # Not a day of the calendar: its numbers are looked up one by one instead.
                continue
        rest = form.sub(" ", rest)
    return found, rest


def _plain(number: str) -> str:
    """A number without grouping, leading zeros and trailing zeros behind the point."""
    text = number.replace(",", "")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.lstrip("0") or "0"
