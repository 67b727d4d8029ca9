"""What of the record, printed as it stands, would make a letter wrong or odd: each found with the field to correct."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from desktop.domain.letter import LetterContent, LetterParagraph, OriginKind
from desktop.domain.letter_check import Fix, FixKind, LetterProblem, Place
from desktop.letters.checking.required import Rule, warning
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import one_line, shortened

LONGEST_NAME = 200
"""Characters of a name, a label or a title; longer ones are text in the wrong field."""

_AGE = re.compile(r"\b(\d{1,3})[\s-]?(?:years?[\s-]old|y/?o)\b", re.IGNORECASE)
_NAME_FIELDS = frozenset(
    {
        "family_name",
        "given_name",
        "subscriber_name",
        "payer",
        "plan_name",
        "name",
        "organization",
        "label",
        "title",
    }
)


def field_holding(inputs: LetterInputs, words: str) -> str:
    """The first recorded field that holds these words, `member, family name`; empty when none does."""
    return next((place for place, text in _fields(inputs) if words in text), "")


def empty_documents(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """An enclosure of which this program holds no word."""
    for item in inputs.enclosures:
        if not item.document.text.strip():
            name = one_line(item.document.title) or item.document.kind.label
            message = (
                f"Enclosure {item.letter}, “{shortened(name, LONGEST_NAME)}”, holds no text, so nothing in it can be "
                "quoted or checked. Enter its text or take it out, under Documents."
            )
            yield warning("empty-enclosure", message)


def long_names(_content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """A name, label or title that no one would read in one breath."""
    for place, text in _fields(inputs):
        if place.rpartition(", ")[2].replace(" ", "_") in _NAME_FIELDS and len(text) > LONGEST_NAME:
            message = f"{place[0].upper()}{place[1:]} has {len(text):,} characters. Shorten it in the intake."
            yield warning("long-name", message)


def ages(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """An age in the writer's words that is not the member's on the day of the letter."""
    age = inputs.case.member.age_on(inputs.today)
    if age is None:
        return
    for block in content.blocks:
        for number, paragraph in enumerate(block.paragraphs):
            if _is_quoted(paragraph):
                continue
            for match in _AGE.finditer(paragraph.text):
                if int(match[1]) != age:
                    message = (
                        f"“{match.group()}” stands in the letter, and the member is {age} on its date. "
                        "Look whether an earlier age is meant, and say so."
                    )
                    yield warning("age-differs", message, block).model_copy(
                        update={
                            "place": Place(paragraph=number, start=match.start(1), end=match.end(1)),
                            "words": match.group(1),
                            "fix": Fix(kind=FixKind.REPLACE, label=f"Replace with “{age}”", text=str(age)),
                        }
                    )


def _is_quoted(paragraph: LetterParagraph) -> bool:
    """Whether the paragraph gives words of the record in quotation marks, which stay as they are."""
    return paragraph.is_quote or any(item.kind is OriginKind.QUOTE for item in paragraph.provenance)


def _fields(inputs: LetterInputs) -> Iterator[tuple[str, str]]:
    """Every recorded text with its place in words; the words of documents are not fields."""
    dumped = inputs.case.model_dump(mode="json")
    for document in dumped["documents"]:
        document.pop("text")
    yield from _texts(dumped, "")


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield place, value
        case dict():
            for key, item in cast("dict[str, object]", value).items():
                yield from _texts(item, f"{place}, {key}".removeprefix(", ").replace("_", " "))
        case list():
            for number, item in enumerate(cast("list[object]", value), start=1):
                yield from _texts(item, f"{place} {number}")
        case _:
            return


RECORD_RULES: tuple[Rule, ...] = (empty_documents, long_names, ages)
