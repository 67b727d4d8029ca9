"""The answers that a foreign question offers, in words, wherever the file keeps them.

It must not carry descriptors of procedure codes: those belong to the code's owner and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.rules.questionnaire_json import Json, Object, inner, objects, shown, words

_SHOWN = 12
_PROCEDURE_CODES = ("ama-assn.org", "/cpt", "urn:oid:2.16.840.1.113883.6.12")
_YES_NO = frozenset({"yes", "no", "y", "n", "true", "false", "unknown", "n/a", "na", "not applicable"})
_KEYS: Final = ("answerOption", "option")
"""`option` is the spelling of the version before."""


@dataclass(frozen=True, slots=True)
class Options:
    """The offered answers. `missing`: the value set that holds them and is not in the file."""

    words: tuple[str, ...] = ()
    missing: str = ""
    is_preset: bool = False
    """Whether the form comes with an answer filled in."""
    is_without_descriptors: bool = False

    @property
    def is_yes_or_no(self) -> bool:
        """Whether the question can be answered only by yes, no or not knowing."""
        plain = {word.casefold() for word in self.words}
        return bool(plain & {"yes", "y", "true"}) and plain <= _YES_NO

    @property
    def listed(self) -> str:
        """The answers on one line."""
        more = len(self.words) - _SHOWN
        return "; ".join(self.words[:_SHOWN]) + (f"; and {more:,} more" if more > 0 else "")


def options_of(item: Object, value_sets: dict[str, Object]) -> Options:
    """The answers of an item. `value_sets`: those that the file contains, by id."""
    entries = [entry for key in _KEYS for entry in objects(item.get(key))]
    values = [
        next((value for key, value in entry.items() if key.startswith("value")), None) for entry in entries
    ]
    is_preset = any(entry.get("initialSelected") is True for entry in entries) or any(
        key.startswith("initial") and item[key] not in (None, [], {}) for key in item
    )
    reference = words(item.get("answerValueSet")) or words(inner(item.get("options")).get("reference"))
    missing = ""
    if reference:
        held = value_sets.get(reference.removeprefix("#"))
        if held is None:
            missing = shown(reference)
        else:
            values += _concepts(held)
    told = [words_of_coding(value) for value in values]
    return Options(
        words=tuple(dict.fromkeys(word for word in told if word)),
        missing=missing,
        is_preset=is_preset,
        is_without_descriptors=any(_is_procedure(value) for value in values),
    )


def words_of_coding(value: Json) -> str:
    """A value in words: the display of a code or the code itself, a quantity with its unit, a plain value."""
    if not isinstance(value, dict):
        return words(value)
    coding = next(iter(objects(value.get("coding"))), value)
    code, display = words(coding.get("code")), words(coding.get("display"))
    if _is_procedure(coding):
        return code
    if "value" in coding:
        return f"{words(coding.get('value'))} {words(coding.get('unit')) or code}".strip()
    return display or words(value.get("text")) or code or words(value.get("reference"))


def _is_procedure(value: Json) -> bool:
    system = words(inner(value).get("system")).casefold()
    return any(part in system for part in _PROCEDURE_CODES)


def _concepts(value_set: Object) -> list[Json]:
    found: list[Json] = []
    for include in objects(inner(value_set.get("compose")).get("include")):
        system = include.get("system")
        found += [{"system": system, **concept} for concept in objects(include.get("concept"))]
    found += objects(inner(value_set.get("expansion")).get("contains"))
    return found
