"""A criteria set as a FHIR R4 (4.0.1) Questionnaire: one item per criterion, what FHIR has no word for in extensions.

It must not write files or decide whether a set may leave; reading one back is `questionnaire_import`.
"""

from __future__ import annotations

import re

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import CriteriaSet, Criterion, Group, Polarity, Scope
from desktop.rules.licence import copyright_of
from desktop.rules.questionnaire_asked import Condition, conditions_of
from desktop.rules.questionnaire_fields import criterion_extensions, group_extensions, set_extensions
from desktop.rules.questionnaire_json import Json, Object
from desktop.rules.questionnaire_terms import (
    CONTEXT_SYSTEM,
    FOCUS,
    FOCUS_SYSTEM,
    ICD_10_CM,
    PROCEDURE,
    SET_PREFIX,
    SIDE_SYSTEM,
    STATE_SYSTEM,
    Role,
    link_id,
    role_of,
)
from desktop.rules.set_cases import SIDES

_CODE = re.compile(r"\S+( \S+)*")
_NOT_IN_VERSIONS = re.compile(r"[\s|#]+")
_PLACE_NAMES = {Scope.LEVEL: "level", Scope.SIDE: "side"}


def questionnaire_of(criteria_set: CriteriaSet) -> Object:
    """The Questionnaire of a set, as JSON values."""
    known: Object = {
        "resourceType": "Questionnaire",
        "extension": set_extensions(criteria_set),
        "url": url_of(criteria_set.id),
        "version": version_of(criteria_set.edition),
        "title": criteria_set.title,
        "derivedFrom": [url_of(criteria_set.customises)] if criteria_set.customises else [],
        "status": "active",
        "subjectType": ["Patient"],
        "date": _day(criteria_set.retrieved_on),
        "publisher": criteria_set.publisher,
        "description": criteria_set.notes,
        "useContext": [
            *(_context(CONTEXT_SYSTEM, PROCEDURE, code, "") for code in criteria_set.codes),
            *(_context(FOCUS_SYSTEM, FOCUS, code, ICD_10_CM) for code in criteria_set.diagnoses),
        ],
        "copyright": copyright_of(criteria_set.licence),
        "lastReviewDate": _day(criteria_set.retrieved_on),
        "effectivePeriod": _filled(
            {"start": _day(criteria_set.effective_from), "end": _day(criteria_set.effective_to)}
        ),
        "item": [_item(criteria_set.root, "", is_needed=True)],
    }
    return _filled(known)


def url_of(set_id: str) -> str:
    """The name of a set as a questionnaire: a URN, because it stands on no web site."""
    return f"{SET_PREFIX}{set_id}"


def version_of(edition: str) -> str:
    """The edition as a version that a reference may carry (`url|version`): without blanks, `|` and `#`."""
    return _NOT_IN_VERSIONS.sub("-", edition.strip()).strip("-")


def canonical_of(criteria_set: CriteriaSet) -> str:
    """How a response names the questionnaire that it answers."""
    version = version_of(criteria_set.edition)
    return f"{url_of(criteria_set.id)}|{version}" if version else url_of(criteria_set.id)


def state_coding(state: AssessmentState) -> Object:
    """One of the six answers."""
    return {"system": STATE_SYSTEM, "code": state.value, "display": state.label}


def rule_sentence(group: Group) -> str:
    """How a group combines what stands under it, as the heading of a form."""
    match group.kind:
        case "all":
            return "All of these must hold"
        case "any":
            return "One of these is enough"
        case "at_least":
            return f"At least {group.count or 1} of these must hold"
        case "not":
            return "This must not hold"
        case _:  # unless
            return "The first of these must hold, unless one of the others waives it"


def heading_of(group: Group) -> str:
    """The text of a group's item: its name, where it has one, and its rule."""
    return f"{group.text}: {rule_sentence(group)}" if group.text else rule_sentence(group)


def _day(day: object) -> str:
    return "" if day is None else str(day)


def _filled(fields: Object) -> Object:
    """FHIR has no empty texts, lists or objects: what is empty is left out."""
    return {name: value for name, value in fields.items() if value not in ("", [], {}, None)}


def _context(system: str, code: str, value: str, value_system: str) -> Object:
    concept: Object = {"text": value}
    if _CODE.fullmatch(value):
        coding: Object = {"code": value}
        concept = {"coding": [{"system": value_system, **coding} if value_system else coding]}
    return {"code": {"system": system, "code": code}, "valueCodeableConcept": concept}


# --------------------------------------------------------------------------------------------------- items


def _item(node: Criterion | Group, prefix: str, *, is_needed: bool) -> Object:
    if isinstance(node, Criterion):
        return (
            _places(node, prefix, is_needed) if node.per in _PLACE_NAMES else _asked(node, prefix, is_needed)
        )
    is_passed_on = is_needed and node.kind in {"all", "not", "unless"}
    items: list[Json] = []
    for number, child in enumerate(node.children, 1):
        is_exception = node.kind == "unless" and number > 1
        below = f"{prefix}.{number}" if prefix else str(number)
        item = _item(child, below, is_needed=is_passed_on and not is_exception)
        conditions = conditions_of(node.children[0]) if is_exception else ()
        if conditions:
            item["enableWhen"] = [_enable_when(condition) for condition in conditions]
            item["enableBehavior"] = "any"
        items.append(item)
    return _filled(
        {
            "extension": group_extensions(node),
            "linkId": node.id,
            "prefix": prefix,
            "text": heading_of(node),
            "type": "group",
            "item": items,
        }
    )


def _enable_when(condition: Condition) -> Object:
    if condition.state is None:
        return {"question": condition.criterion_id, "operator": "exists", "answerBoolean": False}
    return {
        "question": condition.criterion_id,
        "operator": "=",
        "answerCoding": {"system": STATE_SYSTEM, "code": condition.state.value},
    }


def _places(node: Criterion, prefix: str, is_needed: bool) -> Object:
    """A criterion asked level by level or side by side: a group that repeats, with the place beside the question."""
    name = _PLACE_NAMES[node.per]
    place: Object = {
        "extension": role_of(Role.PLACE),
        "linkId": link_id(node.id, Role.PLACE),
        "text": name.capitalize(),
        "type": "string",
        "required": True,
    }
    if node.per is Scope.SIDE:
        place["type"] = "choice"
        place["answerOption"] = [
            {"valueCoding": {"system": SIDE_SYSTEM, "code": side, "display": side.capitalize()}}
            for side in SIDES
        ]
    return {
        "extension": role_of(Role.PLACES),
        "linkId": link_id(node.id, Role.PLACES),
        "prefix": prefix,
        "text": f"{node.text} (once for each {name})",
        "type": "group",
        "repeats": True,
        "item": [place, _asked(node, "", is_needed)],
    }


def _asked(node: Criterion, prefix: str, is_needed: bool) -> Object:
    beside: list[Json] = []
    explanation = _explanation(node)
    if explanation:
        beside.append(_beside(node, Role.EXPLANATION, "display", explanation))
    if node.threshold is not None:
        value = f"Value in {node.threshold.unit} (meets the criterion when {node.threshold.caption})"
        beside.append(_beside(node, Role.AMOUNT, "quantity", value))
    waived_by = _beside(node, Role.WAIVED_BY, "string", "What waives the criterion")
    waived_by["enableWhen"] = [_enable_when(Condition(node.id, AssessmentState.EXCEPTION))]
    beside.append(waived_by)
    beside.append(_beside(node, Role.NOTE, "text", "Note"))
    for role, words in (
        (Role.SUPPORTING, "Words of the record that support the answer"),
        (Role.CONTRADICTING, "Words of the record that contradict it"),
    ):
        beside.append({**_beside(node, role, "text", words), "repeats": True})
    return _filled(
        {
            "extension": criterion_extensions(node),
            "linkId": node.id,
            "prefix": prefix,
            "text": node.text,
            "type": "choice",
            "required": is_needed,
            "answerOption": [{"valueCoding": state_coding(state)} for state in AssessmentState],
            "item": beside,
        }
    )


def _beside(node: Criterion, role: Role, kind: str, text: str) -> Object:
    return {"extension": role_of(role), "linkId": link_id(node.id, role), "text": text, "type": kind}


def _explanation(node: Criterion) -> str:
    """What the criterion's own words do not say of how it is met."""
    kinds = ", ".join(kind.label.lower() for kind in node.evidence_types)
    return " ".join(
        sentence
        for sentence in (
            "Must be absent." if node.polarity is Polarity.ABSENT else "",
            f"Proven by: {kinds}." if kinds else "",
            f"Not older than {node.within.caption} on the day of the service." if node.within else "",
            f"Closes with: {node.closes_with}." if node.closes_with else "",
            node.note,
        )
        if sentence
    )
