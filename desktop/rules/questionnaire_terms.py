"""The names under which a FHIR Questionnaire carries what FHIR has no word for; all are URNs of our own.

It must not know criteria sets: only names, and how an extension is put together.
"""

from __future__ import annotations

from enum import Enum

from desktop.rules.questionnaire_json import Json, Object

PREFIX = "urn:indicated:criteria:"
SET_PREFIX = "urn:indicated:criteria-set:"
STATE_SYSTEM = f"{PREFIX}state"
SIDE_SYSTEM = f"{PREFIX}side"
CONTEXT_SYSTEM = f"{PREFIX}context"
PROCEDURE = "procedure"
FOCUS_SYSTEM = "http://terminology.hl7.org/CodeSystem/usage-context-type"
FOCUS = "focus"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
FORMAT = "1"
"""Value of the `format` extension, which marks a questionnaire that this program wrote."""


class Role(Enum):
    """What an item stands for that is not itself a criterion or a group."""

    AMOUNT = "amount"
    WAIVED_BY = "waived-by"
    NOTE = "note"
    SUPPORTING = "supporting-words"
    CONTRADICTING = "contradicting-words"
    EXPLANATION = "explanation"
    PLACES = "asked-per-place"
    """A repeating group around a criterion that is asked level by level or side by side."""
    PLACE = "place"


def extension(name: str, kind: str, value: Json) -> Object:
    """One extension of ours: `extension("polarity", "Code", "absent")`."""
    return {"url": f"{PREFIX}{name}", f"value{kind}": value}


def role_of(role: Role) -> list[Json]:
    """The extension that marks an item as something else than a criterion."""
    return [extension("role", "Code", role.value)]


def link_id(criterion_id: str, role: Role) -> str:
    """The link id of an item beside a criterion; ids of a set have no slash, so it is never one of them."""
    return f"{criterion_id}/{role.value}"
