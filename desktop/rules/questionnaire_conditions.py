"""The `enableWhen` conditions of a foreign questionnaire in words; it must not decide what is asked.

A condition becomes a note: what a form asks and what a criterion needs are two things, and only the first is stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.rules.questionnaire_json import Json, Object, inner, objects, shown, words

_COMPARED = {
    "=": "is",
    "!=": "is not",
    ">": "is more than",
    "<": "is less than",
    ">=": "is at least",
    "<=": "is at most",
}
_SHOWN = 6
_JOINED = {"all": " and ", "any": " or "}


@dataclass(slots=True)
class Conditions:
    """What is said of one item: when it is asked, and what is wrong with how the file says it."""

    said: str = ""
    faults: list[str] = field(default_factory=list[str])
    remarks: list[str] = field(default_factory=list[str])


def conditions_of(item: Object, texts: Mapping[str, str]) -> Conditions:
    """The conditions of an item. `texts`: the words of every item by its link id."""
    found = Conditions()
    value = item.get("enableWhen")
    if value is None:
        return found
    listed = objects(value)
    if not listed:
        found.faults.append("Its condition is not one and was dropped.")
        return found
    parts = [_condition(entry, texts, found.faults) for entry in listed]
    behaviour = words(item.get("enableBehavior"))
    joint = _JOINED.get(behaviour, "; ")
    told = joint.join(parts[:_SHOWN]) + (f"{joint}{len(parts) - _SHOWN} more" if len(parts) > _SHOWN else "")
    found.said = f"The form asks it only when {told}"
    if len(parts) > 1 and behaviour not in _JOINED:
        found.faults.append("The file does not say whether all of its conditions must be so, or one.")
    found.remarks.append("Its condition is kept in words; nothing is skipped by it here.")
    return found


def in_circles(items: Mapping[str, Object]) -> tuple[str, ...]:
    """The link ids whose conditions wait for one another in a circle, so that no form would ever ask them."""
    waits = {
        link: {words(entry.get("question")) for entry in objects(item.get("enableWhen"))} & items.keys()
        for link, item in items.items()
    }
    # Whoever waits for nobody is in no circle, and whoever nobody of the rest waits for is in none either.
    rest = _pruned(waits)
    awaited: dict[str, set[str]] = {link: set() for link in rest}
    for link, others in rest.items():
        for other in others:
            awaited[other].add(link)
    kept = _pruned(awaited)
    return tuple(link for link in items if link in kept)


def _pruned(waits: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What is left when those that wait for nobody are taken away, again and again."""
    left = {link: set(others) for link, others in waits.items()}
    waiters: dict[str, list[str]] = {}
    for link, others in left.items():
        for other in others:
            waiters.setdefault(other, []).append(link)
    free = [link for link, others in left.items() if not others]
    while free:
        gone = free.pop()
        del left[gone]
        for waiter in waiters.get(gone, ()):
            left[waiter].discard(gone)
            if not left[waiter]:
                free.append(waiter)
    return left


def _condition(entry: Object, texts: Mapping[str, str], faults: list[str]) -> str:
    question = words(entry.get("question"))
    if question in texts:
        name = f"“{texts[question]}”"
    else:
        name = f"item {shown(question)}" if question else "an item that it does not name"
        faults.append(f"Its condition rests on {name}, which is not in the file.")
    operator = words(entry.get("operator"))
    answer = _answer(entry, faults)
    has_answer = entry.get("hasAnswer")  # the spelling of the version before
    if operator == "exists" or (not operator and isinstance(has_answer, bool)):
        is_answered = entry.get("answerBoolean") if operator else has_answer
        return f"{name} is {'answered' if is_answered is not False else 'not answered'}"
    if operator not in _COMPARED:
        if operator:
            faults.append(f"Its condition compares by “{shown(operator)}”, which is no comparison.")
        return f"{name} is {answer}" if not operator else f"{name} {shown(operator)} {answer}"
    return f"{name} {_COMPARED[operator]} {answer}"


def _answer(entry: Object, faults: list[str]) -> str:
    key = next((key for key in entry if key.startswith("answer") and key != "answer"), "")
    value = entry.get(key)
    if key == "answerBoolean":
        if isinstance(value, bool):
            return "yes" if value else "no"
        faults.append(f"Its condition has `answerBoolean` “{shown(value)}”, which is neither true nor false.")
        return f"“{shown(value)}”"
    if isinstance(value, dict):
        return f"“{shown(_object_words(value))}”"
    if not words(value):
        faults.append("Its condition names no answer.")
        return "an answer that is not named"
    return f"“{shown(value)}”"


def _object_words(value: Object) -> Json:
    coding = inner(value.get("coding")) or value
    if "value" in value:
        return f"{words(value.get('value'))} {words(value.get('unit')) or words(value.get('code'))}".strip()
    return words(coding.get("display")) or words(coding.get("code")) or words(value.get("reference"))
