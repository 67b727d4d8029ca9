"""The rules of FHIR R4 (4.0.1) for questionnaires and responses, as far as a test can hold a document against them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

ITEM_FIELDS = {
    "linkId", "definition", "code", "prefix", "text", "type", "enableWhen", "enableBehavior", "required", "repeats",
    "readOnly", "maxLength", "answerValueSet", "answerOption", "initial", "item", "extension",
}  # fmt: skip
FIELDS = {
    "resourceType", "id", "meta", "extension", "url", "identifier", "version", "name", "title", "derivedFrom", "status",
    "experimental", "subjectType", "date", "publisher", "contact", "description", "useContext", "jurisdiction",
    "purpose", "copyright", "approvalDate", "lastReviewDate", "effectivePeriod", "code", "item",
}  # fmt: skip
TYPES = {
    "group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url", "choice",
    "open-choice", "attachment", "reference", "quantity",
}  # fmt: skip
OPERATORS = {"exists", "=", "!=", ">", "<", ">=", "<="}
OPTION_VALUES = {"valueInteger", "valueDate", "valueTime", "valueString", "valueCoding", "valueReference"}
EXTENSION_VALUES = {"valueString", "valueCode", "valuePositiveInt"}
ANSWERS = {
    "choice": "valueCoding",
    "quantity": "valueQuantity",
    "string": "valueString",
    "text": "valueString",
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CODE = re.compile(r"\S+( \S+)*")
Json = dict[str, Any]


def items_of(element: Json) -> Iterator[Json]:
    """Every item under an element, in reading order."""
    for item in element.get("item", []):
        yield item
        yield from items_of(item)


def problems_of(document: Json) -> list[str]:
    """What a Questionnaire has against the rules."""
    return list(_questionnaire(document))


def _questionnaire(document: Json) -> Iterator[str]:
    if document.get("resourceType") != "Questionnaire" or document.get("status") not in {
        "draft",
        "active",
        "retired",
    }:
        yield "no questionnaire with a status"
    yield from (f"unknown field {name}" for name in document.keys() - FIELDS)
    yield from _empty(document, "")
    for name in ("date", "approvalDate", "lastReviewDate"):
        if name in document and not DAY.fullmatch(document[name]):
            yield f"{name} is no date"
    for name in ("url", "version"):
        if name in document and (re.search(r"\s", document[name]) or "|" in document[name]):
            yield f"{name} cannot be referred to"
    for context in document.get("useContext", []):
        if set(context) != {"code", "valueCodeableConcept"}:
            yield "a context without code or value"
        for coding in context["valueCodeableConcept"].get("coding", []):
            if not CODE.fullmatch(coding["code"]) or "display" in coding:
                yield "a code that is none, or has a descriptor"
    links = [item.get("linkId") for item in items_of(document)]
    if len(set(links)) != len(links) or not all(isinstance(link, str) and link for link in links):
        yield "que-2: link ids are not unique"
    for item in items_of(document):
        yield from (f"{item.get('linkId')}: {problem}" for problem in _item(item, document))


def _item(item: Json, document: Json) -> Iterator[str]:
    kind = item.get("type")
    yield from (f"unknown field {name}" for name in item.keys() - ITEM_FIELDS)
    if kind not in TYPES:
        yield f"type {kind}"
    if (kind == "group" and not item.get("item")) or (kind == "display" and "item" in item):
        yield "que-1"
    if kind == "display" and item.keys() & {"code", "required", "repeats", "readOnly", "initial"}:
        yield "que-3, que-6, que-8 or que-9"
    if "answerOption" in item and (kind not in {"choice", "open-choice"} or "answerValueSet" in item):
        yield "que-4 or que-5"
    for option in item.get("answerOption", []):
        if len(option.keys() & OPTION_VALUES) != 1:
            yield "an option without one value"
    yield from _conditions(item, document)
    for entry in item.get("extension", []):
        yield from _extension(entry)


def _conditions(item: Json, document: Json) -> Iterator[str]:
    conditions = item.get("enableWhen", [])
    if len(conditions) > 1 and item.get("enableBehavior") not in {"all", "any"}:
        yield "que-12"
    known = {other["linkId"]: other for other in items_of(document)}
    for condition in conditions:
        asked = known.get(condition["question"])
        if (
            asked is None
            or asked["type"] in {"group", "display"}
            or asked in list(items_of(item))
            or asked is item
        ):
            yield "a condition on what is no question, or on itself"
            continue
        answers = [name for name in condition if name.startswith("answer")]
        if condition["operator"] not in OPERATORS or len(answers) != 1:
            yield "a condition that compares nothing"
        if condition["operator"] == "exists" and not isinstance(condition.get("answerBoolean"), bool):
            yield "que-7"
        if condition["operator"] == "=":
            codes = {
                (option["valueCoding"]["system"], option["valueCoding"]["code"])
                for option in asked["answerOption"]
            }
            if (condition["answerCoding"]["system"], condition["answerCoding"]["code"]) not in codes:
                yield "a condition on an answer that is not offered"


def _extension(entry: Json) -> Iterator[str]:
    if not entry["url"].startswith("urn:"):
        yield "an extension that is not ours"
    values = [name for name in entry if name.startswith("value")]
    if (len(values) == 1) is ("extension" in entry) or set(values) - EXTENSION_VALUES:
        yield "ext-1: an extension needs a value or extensions, not both"


def _empty(value: Any, path: str) -> Iterator[str]:
    if value in ("", [], {}, None):
        yield f"{path} is empty"
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from _empty(child, f"{path}.{key}")


def response_problems(response: Json, questionnaire: Json) -> list[str]:
    """What a QuestionnaireResponse has against the rules, held against the questionnaire that it answers."""
    return list(_response(response, questionnaire))


def _response(response: Json, questionnaire: Json) -> Iterator[str]:
    if response.get("questionnaire") != f"{questionnaire['url']}|{questionnaire['version']}":
        yield "it answers another questionnaire"
    if response.get("status") not in {"in-progress", "completed"}:
        yield "it has no status"
    yield from _empty(response, "")
    yield from _answers(response.get("item", []), questionnaire["item"])
    given = _given(response.get("item", []))
    for item in items_of(questionnaire):
        link, conditions = item["linkId"], item.get("enableWhen", [])
        if (
            link in given
            and any(given[link])
            and conditions
            and not any(_holds(given, entry) for entry in conditions)
        ):
            yield f"{link} is answered and not asked"


def _answers(items: list[Json], asked: list[Json]) -> Iterator[str]:
    order = [item["linkId"] for item in asked]
    by_link = {item["linkId"]: item for item in asked}
    places = [order.index(item["linkId"]) if item["linkId"] in order else -1 for item in items]
    if -1 in places or places != sorted(places):
        yield f"items that are not asked here, or out of order: {[item['linkId'] for item in items]}"
        return
    for item in items:
        question = by_link[item["linkId"]]
        if places.count(order.index(item["linkId"])) > 1 and not question.get("repeats"):
            yield f"{item['linkId']} repeats"
        if "answer" in item and "item" in item:
            yield "qrs-1: items under both item and answer"
        if question["type"] == "group":
            yield from ["a group has an answer"] if "answer" in item else []
            yield from _answers(item.get("item", []), question["item"])
            continue
        if len(item.get("answer", [])) > 1 and not question.get("repeats"):
            yield f"{item['linkId']} has several answers"
        for answer in item.get("answer", []):
            values = [name for name in answer if name.startswith("value")]
            if len(values) > 1 or any(name != ANSWERS[question["type"]] for name in values):
                yield f"{item['linkId']} is answered by {values}"
            if "valueQuantity" in answer and not isinstance(answer["valueQuantity"]["value"], int | Decimal):
                yield "a quantity without a number"
            yield from _answers(answer.get("item", []), question.get("item", []))


def _given(items: list[Json]) -> dict[str, list[Any]]:
    """The coded answers by link id; a question that is there without an answer has an empty list."""
    found: dict[str, list[Any]] = {}
    for item in items:
        codes = [
            answer["valueCoding"]["code"] for answer in item.get("answer", []) if "valueCoding" in answer
        ]
        other = [answer for answer in item.get("answer", []) if "valueCoding" not in answer]
        found.setdefault(item["linkId"], []).extend(codes + [str(answer) for answer in other])
        below = item.get("item", []) + [
            one for answer in item.get("answer", []) for one in answer.get("item", [])
        ]
        for link, values in _given(below).items():
            found.setdefault(link, []).extend(values)
            if not link.endswith(("place", "asked-per-place")):
                found[item["linkId"]].extend(["something below"] if values and "answer" not in item else [])
    return found


def _holds(given: dict[str, list[Any]], condition: Json) -> bool:
    answers = [value for value in given.get(condition["question"], []) if value != "something below"]
    if condition["operator"] == "exists":
        return bool(answers) is condition["answerBoolean"]
    return condition["answerCoding"]["code"] in answers
