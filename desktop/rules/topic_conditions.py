"""Reads the conditions of topic claims and refuses those that no case could ever fulfil; it evaluates none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import Enum
from typing import TypeVar

from desktop.domain.clinical import Assertion, FactKind, FindingKind
from desktop.domain.denial import DenialCategory
from desktop.domain.member import LineOfBusiness
from desktop.domain.topic import Condition, CriterionCondition, FindingCondition
from desktop.domain.truth import Truth
from desktop.rules.fields import FieldReader
from desktop.rules.file_problem import Problems
from desktop.rules.topic_known import Scope
from desktop.rules.topic_schema import CONDITION_FIELDS
from desktop.rules.yaml_nodes import ListNode, MapNode, TextNode, YamlNode

Word = TypeVar("Word", bound=Enum)


class ConditionReader:
    """The `when` of the claims of one topic."""

    def __init__(self, problems: Problems, scope: Scope) -> None:
        self._problems = problems
        self._scope = scope

    def read(self, fields: FieldReader) -> tuple[Condition, ...]:
        """The conditions of a claim; what is wrong with them is noted."""
        node = fields.value("when")
        if node is None:
            if "when" in fields.node.values:
                self._problems.add(
                    fields.line("when"), "`when` is empty.", "Leave it out, or name a condition."
                )
            return ()
        nodes = node.items if isinstance(node, ListNode) else [node]
        found: list[Condition] = []
        for item in nodes:
            if isinstance(item, MapNode) and item.values:
                found.append(self._condition(FieldReader(item, self._problems)))
            else:
                self._problems.add(
                    item.line, "A condition is a mapping.", "Write for example `findings: [nonunion]`."
                )
        self._refuse_contradiction(found, fields.line("when"))
        return tuple(found)

    def _condition(self, fields: FieldReader) -> Condition:
        fields.refuse_unknown(CONDITION_FIELDS, "a condition")
        condition = Condition(
            findings=self._findings(fields),
            facts=tuple(
                word for word in fields.words("facts", FactKind) if self._is_said(word, fields, "facts")
            ),
            codes=self._known(
                fields, "codes", self._scope.codes, "is no code of this topic's codes or families"
            ),
            families=self._known(fields, "families", self._scope.families, "is no family of this topic"),
            criteria=self._criteria(fields),
            plans=fields.words("plans", LineOfBusiness),
            denials=fields.words("denials", DenialCategory),
        )
        for key in fields.node.values:
            value = fields.value(key)
            if key in CONDITION_FIELDS and (
                value is None or (isinstance(value, ListNode) and not value.items)
            ):
                self._never(
                    fields.line(key), f"`{key}` names nothing", "Name at least one, or leave the key out."
                )
        return condition

    def _findings(self, fields: FieldReader) -> tuple[FindingCondition, ...]:
        found: list[FindingCondition] = []
        for word, said, line in self._pairs(fields, "findings", Assertion.AFFIRMED.value):
            kind = fields.as_word("findings", word, FindingKind, line)
            assertion = fields.as_word(word, said, Assertion, line)
            if kind is FindingKind.OTHER:
                self._never(line, "`other` names no finding", "Name the finding.")
            elif kind is not None and assertion is not None:
                found.append(FindingCondition(kind=kind, assertion=assertion))
        return tuple(found)

    def _criteria(self, fields: FieldReader) -> tuple[CriterionCondition, ...]:
        found: list[CriterionCondition] = []
        for topic, said, line in self._pairs(fields, "criteria", None):
            truth = fields.as_word(topic, said, Truth, line)
            if topic not in self._scope.criterion_topics:
                why = f"`{topic}` is asked by no set of this topic's families"
                self._never(line, why, _nearest(topic, self._scope.criterion_topics))
            elif truth is not None:
                found.append(CriterionCondition(topic=topic, truth=truth))
        return tuple(found)

    def _pairs(self, fields: FieldReader, key: str, alone: str | None) -> Iterable[tuple[str, str, int]]:
        """The entries of a list as name, value and line; `alone` is the value of an entry that is only a name."""
        node = fields.value(key)
        if node is None:
            return
        if not isinstance(node, ListNode):
            self._problems.add(fields.line(key), f"`{key}` must be a list.", f"Write `{key}: [...]`.")
            return
        for item in node.items:
            pair = _pair(item, alone)
            if pair is None:
                fix = "Write `- name: value`." if alone is None else "Write `- name`, or `- name: value`."
                self._problems.add(item.line, f"An entry of `{key}` cannot be read.", fix)
            else:
                yield (*pair, item.line)

    def _known(self, fields: FieldReader, key: str, names: Sequence[str], what: str) -> tuple[str, ...]:
        for text, line in fields.texts(key):
            if text not in names:
                self._never(line, f"`{text}` {what}", _nearest(text, names))
        return (
            tuple(text for text in fields.plain_texts(key) if text in names)
            if key in fields.node.values
            else ()
        )

    def _is_said(self, word: FactKind, fields: FieldReader, key: str) -> bool:
        if word is FactKind.OTHER:
            self._never(fields.line(key), "`other` names no fact", "Name the fact.")
        return word is not FactKind.OTHER

    def _refuse_contradiction(self, found: Sequence[Condition], line: int) -> None:
        """A line has one code, a case one kind of plan: conditions that ask for two of them never hold together."""
        codes = [item.codes for item in found if item.codes]
        plans = [tuple(plan.value for plan in item.plans) for item in found if item.plans]
        for name, what, named in (("codes", "code", codes), ("plans", "kind of plan", plans)):
            if named and all(any(value not in other for other in named) for value in named[0]):
                self._never(
                    line, f"its conditions ask for more than one {what}", f"Name the {name} in one of them."
                )

    def _never(self, line: int, why: str, fix: str) -> None:
        self._problems.add(line, f"The condition can never hold: {why}.", fix)


def _pair(item: YamlNode, alone: str | None) -> tuple[str, str] | None:
    if isinstance(item, TextNode):
        return (item.text.strip(), alone) if alone is not None and item.text.strip() else None
    if not isinstance(item, MapNode) or len(item.values) != 1:
        return None
    ((name, value),) = item.values.items()
    return (name, value.text.strip()) if isinstance(value, TextNode) else None


def _nearest(text: str, names: Iterable[str]) -> str:
    near = get_close_matches(text, tuple(names), n=1)
    return f"Did you mean `{near[0]}`?" if near else f"Use one of: {', '.join(sorted(names)[:20])}."
