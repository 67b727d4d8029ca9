"""A foreign question as a criterion: one sentence that must hold, and notes on what the form says beside it.

It must not add a rule that the form does not state: where no answer is said to count, the criterion asks that it be
documented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.criteria import Comparison, Threshold
from desktop.rules.fields import decimal_of
from desktop.rules.questionnaire_json import Json, Object, exact, objects, shown, words
from desktop.rules.questionnaire_options import Options, options_of, words_of_coding

LONGEST_TEXT = 1_000
_SDC = "http://hl7.org/fhir/StructureDefinition/"
_NUMBERS = frozenset({"decimal", "integer", "quantity"})
_CHOICES = frozenset({"choice", "open-choice", "coding"})
_ASKED_AS = {
    "date": "a date",
    "dateTime": "a date and time",
    "time": "a time",
    "string": "",
    "text": "",
    "url": "a web address",
    "reference": "a reference to another record",
}
KNOWN_TYPES = frozenset(
    {"boolean", "attachment", "group", "display", "question", *_NUMBERS, *_CHOICES, *_ASKED_AS}
)
_ENDS = " \t.,;:*"
_DEMANDS = re.compile(
    r"(?:please|if|describe|list|specify|provide|enter|explain|indicate|select|choose|check|state|document|record|"
    r"attach|upload|when|what|which|who|how|why|where|is|are|was|were|has|have|had|does|do|did|can|could|will)\b",
    re.IGNORECASE,
)
_LIMITS = {"minValue": "from", "maxValue": "to"}
_COMPARED: dict[str, Comparison] = {
    ">=": Comparison.AT_LEAST,
    "≥": Comparison.AT_LEAST,
    "at least": Comparison.AT_LEAST,
    "no less than": Comparison.AT_LEAST,
    "not less than": Comparison.AT_LEAST,
    "greater than or equal to": Comparison.AT_LEAST,
    "<=": Comparison.AT_MOST,
    "≤": Comparison.AT_MOST,
    "at most": Comparison.AT_MOST,
    "no more than": Comparison.AT_MOST,
    "not more than": Comparison.AT_MOST,
    "less than or equal to": Comparison.AT_MOST,
    ">": Comparison.MORE_THAN,
    "more than": Comparison.MORE_THAN,
    "greater than": Comparison.MORE_THAN,
    "<": Comparison.LESS_THAN,
    "less than": Comparison.LESS_THAN,
}
_WORDS = "|".join(re.escape(word) for word in sorted(_COMPARED, key=len, reverse=True))
_STATED = re.compile(
    rf"(?P<what>[^<>≥≤]*?)\W?(?P<comparison>{_WORDS})\s*(?P<number>-?[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>(?:[^0-9<>≥≤()]|(?<=[m^])[23]\b)*)\)?",
    re.IGNORECASE,
)
_SECOND_RULE = re.compile(rf"{_WORDS}|\bor\b", re.IGNORECASE)
_MORE_THAN_A_UNIT = re.compile(rf"{_WORDS}|\b(?:or|and|to|but|unless|if|when)\b", re.IGNORECASE)


@dataclass(slots=True)
class Asked:
    """A criterion in the making."""

    text: str = ""
    notes: list[str] = field(default_factory=list[str])
    """Sentences without full stops, for the reviewer."""
    remarks: list[str] = field(default_factory=list[str])
    """Sentences for the report."""
    threshold: Threshold | None = None
    closes_with: str = ""


def label_of(item: Object) -> tuple[str, str]:
    """The words of an item, and what had to stand in for them (empty when it has a text)."""
    text = words(item.get("text")).strip(_ENDS)
    if text:
        return text, ""
    for code in objects(item.get("code")):
        named = words_of_coding(code)
        if named:
            return named.strip(_ENDS) or named, "It has no text; the words of its code stand for it."
    prefix = words(item.get("prefix")) or words(item.get("linkId"))
    return (
        f"Item {prefix}" if prefix else "An item without words"
    ), "It has no text; its number stands for it."


def criterion_of(item: Object, kind: str, value_sets: dict[str, Object]) -> Asked:
    """The question of an item of a known or unknown type."""
    label, stand_in = label_of(item)
    asked = Asked(remarks=[stand_in] if stand_in else [])
    label = _shortened(label, asked)
    options = options_of(item, value_sets)
    if kind == "boolean" or (kind in _CHOICES and options.is_yes_or_no):
        _yes_or_no(label, words(item.get("text")), asked)
    elif kind in _NUMBERS:
        _number(item, label, asked)
    elif kind == "attachment":
        asked.text = f"The document asked for is in the record: {label}"
        asked.closes_with = label
        asked.remarks.append("The form asks for a document; the criterion asks that it be in the record.")
    else:
        _open(label, kind, asked)
    if kind not in KNOWN_TYPES:
        asked.remarks.append(
            f"Its type is “{shown(kind)}”, which FHIR R4 does not have." if kind else "It has no type."
        )
    asked.closes_with = (
        asked.closes_with or f"A record that {'answers' if _is_demand(label) else 'states'}: {label}"
    )
    _say_options(options, kind, asked)
    _say_flags(item, asked)
    asked.text = asked.text[0].upper() + asked.text[1:]
    return asked


def _shortened(label: str, asked: Asked) -> str:
    if len(label) <= LONGEST_TEXT:
        return label
    asked.remarks.append(f"Its text has {len(label):,} characters; the first {LONGEST_TEXT:,} were kept.")
    return f"{label[: LONGEST_TEXT - 1].rstrip()}…"


def _yes_or_no(label: str, written: str, asked: Asked) -> None:
    asked.text = label
    if written.rstrip().endswith("?"):
        asked.notes.append("Met when the answer is yes")


def _open(label: str, kind: str, asked: Asked) -> None:
    asked.text = _documented(label)
    asked.remarks.append(
        "The form does not say which answers count; the criterion asks that it be documented."
    )
    if _ASKED_AS.get(kind):
        asked.notes.append(f"The form asks for {_ASKED_AS[kind]}")


def _documented(label: str) -> str:
    return f"The record answers: {label}" if _is_demand(label) else f"{label} is documented"


def _is_demand(label: str) -> bool:
    """Whether the words ask or demand, so that they name nothing by themselves."""
    return label.endswith("?") or _DEMANDS.match(label) is not None


def _number(item: Object, label: str, asked: Asked) -> None:
    unit = _unit(item)
    asked.threshold = _stated(label, unit)
    if asked.threshold is not None:
        asked.text = label
        asked.remarks.append(f"Its own words state the threshold {asked.threshold.caption}.")
    else:
        asked.text = _documented(label)
        asked.remarks.append(
            "The form states no value that counts, so there is no threshold; the criterion asks that it be documented."
        )
        asked.notes.append(f"The form asks for a number in {unit}" if unit else "The form asks for a number")
    limits = [
        f"{joint} {limit}"
        for name, joint in _LIMITS.items()
        if (limit := _extension_words(item, f"{_SDC}{name}"))
    ]
    if limits:
        asked.notes.append(f"The form takes numbers {' '.join(limits)}")
        asked.remarks.append("The limits of what the form takes are no threshold; they are kept in the note.")


def _unit(item: Object) -> str:
    for entry in objects(item.get("extension")):
        if words(entry.get("url")) in {f"{_SDC}questionnaire-unit", f"{_SDC}questionnaire-unitOption"}:
            coding = entry.get("valueCoding")
            return words_of_coding(coding)
    return ""


def _stated(label: str, unit: str) -> Threshold | None:
    """The comparison in a text, when it states exactly one and ends with it."""
    match = _STATED.fullmatch(label.rstrip(" ?"))
    if match is None or _SECOND_RULE.search(match["what"]) or _MORE_THAN_A_UNIT.search(match["unit"]):
        return None
    said = " ".join(match["unit"].split()).strip(_ENDS) or unit
    number: Decimal | None = decimal_of(match["number"])
    if not said or len(said) > 30 or number is None:
        return None
    return Threshold(comparison=_COMPARED[match["comparison"].lower()], value=number, unit=said)


def _say_options(options: Options, kind: str, asked: Asked) -> None:
    if options.words and not options.is_yes_or_no:
        asked.notes.append(f"Answers that the form offers: {options.listed}")
        asked.remarks.append("The answers that it offers are kept in the note.")
    elif kind in _CHOICES and not options.words and not options.missing:
        asked.remarks.append("It offers no answers to choose from.")
    if options.missing:
        asked.notes.append(f"The form takes its answers from the list {options.missing}")
        asked.remarks.append(f"Its answers are in the list {options.missing}, which is not in the file.")
    if options.is_without_descriptors:
        asked.remarks.append("Descriptors of procedure codes were left out; the codes stand alone.")
    if options.is_preset:
        asked.remarks.append("An answer that the form fills in beforehand was dropped: the record decides.")


def _say_flags(item: Object, asked: Asked) -> None:
    if item.get("repeats") is True:
        asked.notes.append("The form takes several answers")
    if item.get("required") is False:
        asked.notes.append(
            "The form does not insist on an answer; mark it not applicable where it need not hold"
        )
    if item.get("readOnly") is True:
        asked.notes.append("The form fills it in by itself")
    if _extension_words(item, f"{_SDC}questionnaire-hidden") == "true":
        asked.notes.append("The form does not show it")


def _extension_words(item: Object, url: str) -> str:
    for entry in objects(item.get("extension")):
        if entry.get("url") == url:
            values: list[Json] = [value for key, value in entry.items() if key.startswith("value")]
            return words_of_coding(values[0]) if values else ""
    return ""


def note_text(item: Object) -> str:
    """The words of a display item, with their line breaks."""
    return exact(item.get("text"))[: 4 * LONGEST_TEXT]
