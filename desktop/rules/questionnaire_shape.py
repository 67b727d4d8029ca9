"""What of a foreign item is not as FHIR has it, and what of it means nothing here; it must not change the item."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.rules.questionnaire_json import Object, inner, objects, shown, words
from desktop.rules.questionnaire_terms import PREFIX

_TEXTS = ("linkId", "text", "type", "prefix", "enableBehavior", "answerValueSet")
_FLAGS = ("required", "repeats", "readOnly")
_LISTS = ("item", "enableWhen", "answerOption", "extension", "code", "initial")
_READ_ELSEWHERE = frozenset(
    {"minValue", "maxValue", "questionnaire-unit", "questionnaire-unitOption", "questionnaire-hidden"}
)
_SHOWN = 5


def shape_remarks(item: Object) -> Iterator[str]:
    """One sentence for each field that holds something else than it may."""
    for name in _TEXTS:
        if isinstance(item.get(name), dict | list | bool):
            yield f"Its `{name}` is no text and was dropped."
    for name in _FLAGS:
        value = item.get(name)
        if value is not None and not isinstance(value, bool):
            yield f"Its `{name}` is “{shown(value)}”, which is neither true nor false, and was dropped."
    for name in _LISTS:
        value = item.get(name)
        if isinstance(value, dict):
            yield f"Its `{name}` is not a list; it was read as a list of one."
        elif value is not None and not isinstance(value, list):
            yield f"Its `{name}` is “{shown(value)}”, which is no list, and was dropped."
        elif isinstance(value, list) and len(objects(value)) < len(value):
            yield f"Entries of its `{name}` that are no objects were dropped."


def expressions_of(element: Object) -> tuple[str, ...]:
    """The expressions by which a form would fill in or show an item, each as its name and language."""
    found: list[str] = []
    for entry in objects(element.get("extension")):
        expression = inner(entry.get("valueExpression"))
        if expression:
            said = words(expression.get("expression")) or words(expression.get("name")) or "without words"
            language = words(expression.get("language"))
            found.append(f"“{shown(said)}” ({language})" if language else f"“{shown(said)}”")
    return tuple(found)


def unused_extensions(element: Object) -> tuple[str, ...]:
    """The last parts of the names of extensions that mean nothing here."""
    names: dict[str, None] = {}
    for entry in objects(element.get("extension")) + objects(element.get("modifierExtension")):
        url = words(entry.get("url"))
        name = url.rstrip("/").rpartition("/")[2] or "an extension without a name"
        if "valueExpression" not in entry and not url.startswith(PREFIX) and name not in _READ_ELSEWHERE:
            names[shown(name)] = None
    return tuple(names)


def remarks_on(item: Object) -> Iterator[str]:
    """Everything that an item carries and that was not kept."""
    yield from shape_remarks(item)
    expressions = expressions_of(item)
    if expressions:
        yield f"Its expression {', '.join(expressions[:_SHOWN])} is not run."
    unused = unused_extensions(item)
    if unused:
        yield f"Not used: {', '.join(unused[:_SHOWN])}{' and more' if len(unused) > _SHOWN else ''}."
