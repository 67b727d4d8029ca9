"""Turns the items of a questionnaire into a criteria tree, and says of every item what became of it.

It must not read heads or files. Items that this program wrote come back as they were; foreign ones become criteria.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from desktop.domain.criteria import Criterion, Group, LicenceClass, Source
from desktop.rules.criterion_reader import read_criterion
from desktop.rules.fields import FieldReader
from desktop.rules.file_problem import Problems
from desktop.rules.made_ids import is_id, node_id
from desktop.rules.questionnaire_conditions import conditions_of
from desktop.rules.questionnaire_export import heading_of
from desktop.rules.questionnaire_fields import (
    criterion_node,
    is_criterion_of_ours,
    map_node,
    own_value,
    text_node,
)
from desktop.rules.questionnaire_identity import asks_identity
from desktop.rules.questionnaire_json import Object, exact, objects, shown, words
from desktop.rules.questionnaire_report import Fate, ItemReport
from desktop.rules.questionnaire_shape import remarks_on
from desktop.rules.questionnaire_terms import Role
from desktop.rules.questionnaire_words import criterion_of, label_of, note_text
from desktop.rules.schema import MAX_CRITERIA
from desktop.rules.source_reader import SourceReader

Node = Criterion | Group
Kind = Literal["all", "any", "at_least", "not", "unless"]

DEEPEST = 20
"""Groups of a foreign form that stand deeper are dissolved: a criteria file has no room for them."""
DEEPEST_OF_OURS = 70
_KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
_ADDED = "It was added since this program exported the file."
_IDENTITY = "It asks who someone is, which is no criterion; the case itself holds that."


class TreeImport:
    """Reads the items of one questionnaire. `reports` and `instructions` are complete afterwards."""

    def __init__(
        self,
        title: str,
        address: str,
        texts: Mapping[str, str],
        value_sets: dict[str, Object],
        *,
        is_ours: bool,
    ) -> None:
        self.reports: list[ItemReport] = []
        self.instructions: list[str] = []
        """Words of display items that belong to no criterion."""
        self._title = title
        self._address = address
        self._texts = texts
        self._value_sets = value_sets
        self._used_ids: set[str] = set()
        self._added = [_ADDED] if is_ours else []
        self._deepest = DEEPEST_OF_OURS if is_ours else DEEPEST
        self._criteria = 0

    def root(self, items: list[Object]) -> Group | None:
        """The tree; None when no criterion could be made."""
        if len(items) == 1 and own_value(items[0], "rule"):
            found = self._item(items[0], 1)
            return self._all(found, "") if len(found) != 1 or isinstance(found[0], Criterion) else found[0]
        # Before the items, so that nothing of the form takes its id.
        identifier = node_id("whole-set", "whole-set", self._used_ids)
        children = tuple(node for item in items for node in self._item(item, 1))
        return Group(kind="all", id=identifier, children=children) if children else None

    def _all(self, children: tuple[Node, ...], text: str) -> Group | None:
        if not children:
            return None
        return Group(
            kind="all", id=node_id(text or "whole-set", "group", self._used_ids), text=text, children=children
        )

    # --------------------------------------------------------------------------------------- one item

    def _item(self, item: Object, depth: int) -> tuple[Node, ...]:
        role = own_value(item, "role")
        if role == Role.PLACES.value:
            return self._children(item, depth)
        if role:
            return ()  # made anew from the criterion beside it whenever it is exported
        if own_value(item, "rule") in _KINDS:
            return self._group_of_ours(item, _KINDS[own_value(item, "rule")], depth)
        kind = words(item.get("type"))
        children = objects(item.get("item"))
        if kind == "display" and not children:
            return self._instruction(item)
        if is_criterion_of_ours(item):
            return self._with_more(item, self._criterion_of_ours(item), depth)
        if kind in {"group", "display"} or (children and not kind):
            return self._group(item, depth)
        if kind not in {"boolean", "attachment"} and asks_identity(label_of(item)[0]):
            faults = conditions_of(item, self._texts).faults
            self._report(item, Fate.DROPPED, "", [_IDENTITY, *faults])
            return self._children(item, depth)
        return self._with_more(item, self._question(item, kind), depth)

    def _children(self, item: Object, depth: int) -> tuple[Node, ...]:
        if depth < self._deepest:
            return tuple(node for child in objects(item.get("item")) for node in self._item(child, depth + 1))
        # With a stack of its own: what is deeper than this may be as deep as it likes.
        found: list[Node] = []
        waiting = objects(item.get("item"))[::-1]
        while waiting:
            below = waiting.pop()
            children = objects(below.get("item"))
            waiting.extend(children[::-1])
            if children:
                self._report(
                    below, Fate.DROPPED, "", ["It stands too deep to stay a group; what it holds was kept."]
                )
            if not children or words(below.get("type")) not in {"group", ""}:
                found += self._item({**below, "item": []}, depth)
        return tuple(found)

    def _with_more(self, item: Object, asked: Criterion | None, depth: int) -> tuple[Node, ...]:
        """A question together with the questions under it."""
        more = self._children(item, depth)
        if asked is None or not more:
            return more if asked is None else (asked,)
        group = self._all((asked, *more), asked.text)
        return (group,) if group else ()

    def _report(self, item: Object, fate: Fate, became: str, said: list[str]) -> None:
        place = shown(item.get("linkId")) if words(item.get("linkId")) else "An item without a link id"
        text = shown(label_of(item)[0]) if words(item.get("text")) else ""
        self.reports.append(ItemReport(place, text, fate, became, tuple(dict.fromkeys(said))))

    def _instruction(self, item: Object) -> tuple[Node, ...]:
        text = note_text(item)
        if text:
            self.instructions.append(text)
        said = (
            ["It is an instruction of the form and stands in the notes of the set."]
            if text
            else ["It has no words."]
        )
        self._report(item, Fate.NOTE if text else Fate.DROPPED, "", said)
        return ()

    # -------------------------------------------------------------------------------------- foreign items

    def _group(self, item: Object, depth: int) -> tuple[Node, ...]:
        at = len(self.reports)
        label, stand_in = label_of(item)
        conditions = conditions_of(item, self._texts)
        identifier = node_id(label, "group", self._used_ids)
        children = self._children(item, depth)
        said = [
            *self._added,
            *([stand_in] if stand_in and children else []),
            *conditions.faults,
            *conditions.remarks,
            *remarks_on(item),
        ]
        told = [conditions.said] if conditions.said else []
        if item.get("repeats") is True:
            told.append("The form takes it several times")
        text = f"{label} ({'; '.join(told)})" if told else label
        if not children:
            said = ["Nothing in it became a criterion."]
        self._report(item, Fate.GROUP if children else Fate.DROPPED, identifier, said)
        self.reports.insert(at, self.reports.pop())
        return (Group(kind="all", id=identifier, text=text, children=children),) if children else ()

    def _question(self, item: Object, kind: str) -> Criterion | None:
        if self._is_full(item):
            return None
        asked = criterion_of(item, kind, self._value_sets)
        conditions = conditions_of(item, self._texts)
        notes = [*asked.notes, *([conditions.said] if conditions.said else [])]
        identifier = node_id(label_of(item)[0], "criterion", self._used_ids)
        place = words(item.get("linkId"))
        self._report(
            item,
            Fate.CRITERION,
            identifier,
            [*self._added, *asked.remarks, *conditions.faults, *conditions.remarks, *remarks_on(item)],
        )
        return Criterion(
            id=identifier,
            text=asked.text,
            threshold=asked.threshold,
            source=Source(
                document=self._title,
                locator=f"Item {shown(place)}" if place else "",
                proof="U",
                address=self._address,
            ),
            closes_with=asked.closes_with,
            note=". ".join(notes) + ("." if notes else ""),
        )

    def _is_full(self, item: Object) -> bool:
        self._criteria += 1
        if self._criteria > MAX_CRITERIA:
            self._report(item, Fate.DROPPED, "", [f"A set has at most {MAX_CRITERIA:,} criteria."])
        return self._criteria > MAX_CRITERIA

    # ------------------------------------------------------------------------------------ items of ours

    def _id_of(self, item: Object, words_of_it: str, said: list[str]) -> str:
        wanted = words(item.get("linkId"))
        if is_id(wanted) and wanted not in self._used_ids:
            self._used_ids.add(wanted)
            return wanted
        made = node_id(words_of_it, "criterion", self._used_ids)
        said.append(f"Its link id “{shown(wanted)}” is used already or is no id; it is `{made}` now.")
        return made

    def _criterion_of_ours(self, item: Object) -> Criterion | None:
        if self._is_full(item):
            return None
        text, said = exact(item.get("text")), list[str]()
        if not text:
            text, stand_in = label_of(item)
            said.append(stand_in)
        identifier = self._id_of(item, text, said)
        problems = Problems()
        head = FieldReader(map_node({"title": text_node(self._title)}), problems)
        fields = FieldReader(criterion_node(item, identifier, text), problems)
        found = read_criterion(fields, SourceReader(problems, head, LicenceClass.USER))
        if found is not None and problems.found:
            said += [f"{problem.problem} It was left out." for problem in problems.found]
            # It may be the threshold that was lost, and a measure means nothing without one.
            found = found.model_copy(update={"measure": None})
        self._report(item, Fate.CRITERION if found else Fate.DROPPED, identifier, said)
        return found

    def _group_of_ours(self, item: Object, kind: Kind, depth: int) -> tuple[Node, ...]:
        at, said = len(self.reports), list[str]()
        name = own_value(item, "name")
        identifier = self._id_of(item, name or kind, said)
        children = self._children(item, depth)
        if not children:
            self._report(item, Fate.DROPPED, identifier, ["Nothing in it is a criterion."])
            return ()
        count = _count(item, len(children), said) if kind == "at_least" else None
        if kind == "not" and len(children) > 1:
            said.append("It denied several at once; they stand under one group of which none may hold.")
            children = (Group(kind="any", id=node_id("any", "any", self._used_ids), children=children),)
        if kind == "unless" and len(children) == 1:
            said.append("No exception is left, so the rule stands alone.")
            self._report(item, Fate.DROPPED, identifier, said)
            return children
        found = Group(kind=kind, id=identifier, text=name, count=count, children=children)
        written = exact(item.get("text"))
        if kind != "unless" and written != exact(heading_of(found)):
            said.append("Its words were changed since it was exported; they are its name now.")
            found = found.model_copy(update={"text": written})
        self._report(item, Fate.GROUP, identifier, said)
        self.reports.insert(at, self.reports.pop())
        return (found,)


def _count(item: Object, most: int, said: list[str]) -> int:
    written = own_value(item, "count")
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 0
    if 1 <= number <= most:
        return number
    said.append(f"Its number is “{shown(written)}”, which cannot be: all {most} are asked for now.")
    return most
