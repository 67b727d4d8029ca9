"""A FHIR R4 Questionnaire read into a draft criteria set, with a report on every item that was changed or dropped.

It must not store anything or run any expression. Every file comes out as a set with a report, or is refused in words.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.rules.questionnaire_conditions import in_circles
from desktop.rules.questionnaire_head import read_head
from desktop.rules.questionnaire_json import Object, inner, objects, read_object, refused, shown, words
from desktop.rules.questionnaire_report import Fate, ImportReport
from desktop.rules.questionnaire_shape import expressions_of
from desktop.rules.questionnaire_tree import TreeImport
from desktop.rules.questionnaire_words import label_of

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ReadQuestionnaire:
    """The set that a questionnaire came to, not stored anywhere, and what was done to it on the way."""

    criteria_set: CriteriaSet
    report: ImportReport


def read_questionnaire(data: bytes) -> ReadQuestionnaire:
    """The criteria set in a questionnaire's JSON. Raises UserFacingError when nothing of it can be used.

    What this program exported comes back as it was, its id and licence class included; anything else becomes a set of
    licence class user whose source is the questionnaire.
    """
    read = read_object(data)
    document = read.document
    _require_questionnaire(document)
    items = _all_items(document)
    head = read_head(document)
    remarks = [*read.remarks, *_remarks_on(items, is_ours=head.is_ours)]
    tree = TreeImport(
        head.title,
        head.fields.text("address"),
        {words(item.get("linkId")): shown(label_of(item)[0]) for item in items if words(item.get("linkId"))},
        {words(held.get("id")): held for held in objects(document.get("contained")) if words(held.get("id"))},
        is_ours=head.is_ours,
    )
    root = tree.root(objects(document.get("item")))
    if root is None:
        raise _nothing_left(tree)
    criteria_set = head.set_of(root, tree.instructions)
    report = ImportReport(head.title, head.is_ours, (*head.remarks, *remarks), tuple(tree.reports))
    return ReadQuestionnaire(criteria_set, report)


def _require_questionnaire(document: Object) -> None:
    kind = words(document.get("resourceType"))
    if kind in {"Bundle", "Parameters"}:
        entries = objects(document.get("entry")) + objects(document.get("parameter"))
        held = [inner(entry.get("resource")).get("resourceType") for entry in entries]
        number = held.count("Questionnaire")
        hint = f" It holds {number} of them." if number else ""
        raise refused(
            f"The file holds a {kind}, not a Questionnaire.{hint}",
            "Save the questionnaire in it (under `resource`) as a file of its own, and import that.",
        )
    if kind != "Questionnaire":
        what = f"a {kind}" if kind.isalpha() and len(kind) < 60 else "no FHIR resource"
        raise refused(f"The file holds {what}, not a Questionnaire.")
    if "item" not in document and isinstance(document.get("group"), dict):
        raise refused(
            "The questionnaire is in the form of an early version of FHIR (DSTU2: `group` and `question`).",
            "Ask its publisher for it in FHIR R4.",
        )
    if not objects(document.get("item")):
        raise refused("The questionnaire has no items.", "Choose a questionnaire that asks something.")


def _all_items(document: Object) -> list[Object]:
    """Every item in reading order, however deep."""
    found: list[Object] = []
    waiting = objects(document.get("item"))[::-1]
    while waiting:
        item = waiting.pop()
        found.append(item)
        waiting.extend(objects(item.get("item"))[::-1])
    return found


def _remarks_on(items: list[Object], *, is_ours: bool) -> list[str]:
    remarks: list[str] = []
    by_link: dict[str, Object] = {}
    repeated: dict[str, None] = {}
    for item in items:
        link = words(item.get("linkId"))
        if link in by_link:
            repeated[link] = None
        by_link[link] = item
    without = sum(not words(item.get("linkId")) for item in items)
    if without:
        remarks.append(f"{_items(without)} no link id; nothing was lost by that.")
    repeated.pop("", None)
    if repeated:
        named = ", ".join(shown(link) for link in list(repeated)[:_SHOWN])
        more = " and others" if len(repeated) > _SHOWN else ""
        remarks.append(
            f"Link ids that are used more than once: {named}{more}. Every item got an id of its own."
        )
    circles = in_circles({link: item for link, item in by_link.items() if link})
    if circles:
        named = ", ".join(shown(link) for link in circles[:_SHOWN])
        remarks.append(f"The conditions of these items wait for one another in a circle: {named}.")
    expressions = sum(bool(expressions_of(item)) for item in items)
    if expressions and not is_ours:
        remarks.append(
            f"{_items(expressions)} an expression (CQL or the like) that would fill in or show it. Expressions are not "
            "run: every criterion is answered from the record."
        )
    return remarks


def _items(number: int) -> str:
    return "One item has" if number == 1 else f"{number:,} items have"


def _nothing_left(tree: TreeImport) -> UserFacingError:
    dropped = [report.sentence for report in tree.reports if report.fate is not Fate.GROUP]
    told = " ".join(dropped[:_SHOWN])
    more = f" And {len(dropped) - _SHOWN:,} more." if len(dropped) > _SHOWN else ""
    return refused(
        f"Nothing in the questionnaire can become a criterion. {told}{more}".strip(),
        "Choose a questionnaire that asks what must be so, or type the criteria.",
    )
