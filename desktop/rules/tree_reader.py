"""Reads the tree of a criteria file: groups, criteria and what waives them, with every mistake by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from desktop.domain.criteria import Criterion, Group
from desktop.rules.criterion_reader import read_criterion
from desktop.rules.fields import FieldReader
from desktop.rules.file_problem import Problems
from desktop.rules.schema import CRITERION_FIELDS, GROUP_FIELDS, GROUP_KEYS, MAX_CRITERIA, UNLESS
from desktop.rules.source_reader import SourceReader
from desktop.rules.yaml_nodes import ListNode, MapNode, YamlNode

_KINDS: Mapping[str, Literal["all", "any", "at_least", "not"]] = {
    "all": "all",
    "any": "any",
    "at_least": "at_least",
    "not": "not",
}


class TreeReader:
    """Reads one tree. `lines` tells afterwards on which line each id stands."""

    def __init__(self, problems: Problems, sources: SourceReader) -> None:
        self.lines: dict[str, int] = {}
        self._problems = problems
        self._sources = sources
        self._counts: dict[str, int] = {}
        self._criteria = 0

    def root(self, node: YamlNode) -> Group | None:
        """The tree under `criteria`; None when nothing of it could be read."""
        if isinstance(node, MapNode) and any(key in node.values for key in GROUP_KEYS):
            return self._waivable_group(node)
        self._problems.add(
            node.line,
            "`criteria` must begin with `all`, `any`, `at_least` or `not`.",
            "Write `criteria:` and, indented under it, `all:` with a list of criteria.",
        )
        return None

    def _node(self, node: YamlNode) -> Criterion | Group | None:
        if not isinstance(node, MapNode):
            self._problems.add(
                node.line,
                "This is neither a criterion (`id`, `text`) nor a group (`all`, `any`, `at_least`, `not`).",
                "Write `- id: short-name` and, under it, `text: what is asked`.",
            )
            return None
        if any(key in node.key_lines for key in GROUP_KEYS):
            return self._waivable_group(node)
        if set(node.key_lines) == {UNLESS}:
            self._problems.add(
                node.line,
                "`unless` stands alone: there is no rule beside it that an exception could waive.",
                "Write it under the criterion or group that it waives, at the height of its `id` or its `all`.",
            )
            return None
        return self._waivable_criterion(node)

    # -------------------------------------------------------------------------------------- exceptions

    def _waivable_group(self, node: MapNode) -> Group | None:
        waiver = self._waiver_id(node)
        found = self._group(node)
        exceptions = self._exceptions(node)
        if found is None or not exceptions:
            return found
        return Group(kind=UNLESS, id=waiver, children=(found, *exceptions))

    def _waivable_criterion(self, node: MapNode) -> Criterion | Group | None:
        waiver = self._waiver_id(node)
        found = self._criterion(node)
        exceptions = self._exceptions(node)
        if found is None or not exceptions:
            return found
        return Group(kind=UNLESS, id=waiver, children=(found, *exceptions))

    def _waiver_id(self, node: MapNode) -> str:
        # Claimed before what stands under it, as the ids of other groups are: numbers follow the reading order.
        return self._made_id(UNLESS, node.key_lines[UNLESS]) if UNLESS in node.key_lines else ""

    def _exceptions(self, node: MapNode) -> tuple[Criterion | Group, ...]:
        if UNLESS not in node.key_lines:
            return ()
        listed = node.values[UNLESS]
        if not isinstance(listed, ListNode) or not listed.items:
            self._problems.add(
                node.key_lines[UNLESS],
                "`unless` has no exceptions under it.",
                "Write a list under `unless:`, one `- ` per exception, or leave it out.",
            )
            return ()
        read = [self._node(item) for item in listed.items]
        return tuple(child for child in read if child is not None)

    # ------------------------------------------------------------------------------------------ groups

    def _group(self, node: MapNode) -> Group | None:
        fields = FieldReader(node, self._problems)
        named = [key for key in node.key_lines if key in GROUP_KEYS]
        of_criteria = [key for key in node.key_lines if key in CRITERION_FIELDS and key not in GROUP_FIELDS]
        for key in of_criteria:
            self._problems.add(
                fields.line(key),
                f"This is both a criterion (`{key}`) and a group (`{named[0]}`).",
                f"Give the criterion its own entry under `{named[0]}`, or leave `{key}` out.",
            )
        fields.refuse_unknown((*GROUP_FIELDS, *of_criteria), "a group")
        if len(named) > 1:
            self._problems.add(
                fields.line(named[1]),
                f"`{named[0]}` and `{named[1]}` stand in the same group.",
                "Give each its own entry in the list (its own `-`).",
            )
            return None
        kind = _KINDS[named[0]]
        identifier = self._group_id(fields, kind, node.line)
        count = fields.whole_number("at_least", MAX_CRITERIA) if kind == "at_least" else None
        children = self._children(fields, kind)
        if kind == "at_least" and count is not None and children and count > len(children):
            self._problems.add(
                fields.line("at_least"),
                f"`at_least: {count}` can never be reached: there are {len(children)} under `of`.",
                f"Write a number from 1 to {len(children)}.",
            )
        if not children:
            return None
        return Group(kind=kind, id=identifier, text=fields.text("text"), count=count, children=children)

    def _group_id(self, fields: FieldReader, kind: str, line: int) -> str:
        identifier = fields.identifier("id", self._next_id(kind))
        self._claim(identifier, fields.line("id") if "id" in fields.node.key_lines else line)
        return identifier

    def _made_id(self, kind: str, line: int) -> str:
        identifier = self._next_id(kind)
        self._claim(identifier, line)
        return identifier

    def _next_id(self, kind: str) -> str:
        number = self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind.replace('_', '-')}-{number}"

    def _children(self, fields: FieldReader, kind: str) -> tuple[Criterion | Group, ...]:
        key = "of" if kind == "at_least" else kind
        if kind != "at_least" and "of" in fields.node.key_lines:
            self._problems.add(
                fields.line("of"), "`of` belongs to `at_least`.", f"Put the list under `{kind}`."
            )
        node = fields.value(key)
        if kind == "not" and isinstance(node, MapNode):
            items = [node]
        elif isinstance(node, ListNode) and node.items:
            items = node.items
        else:
            self._problems.add(
                fields.line(key),
                f"`{key}` has nothing under it.",
                f"Write a list under `{key}:`, one `- ` per entry.",
            )
            return ()
        if kind == "not" and len(items) != 1:
            self._problems.add(
                fields.line(key),
                f"`not` has {len(items)} entries.",
                "`not` takes one; put several under an `any`.",
            )
        read = [self._node(item) for item in items]
        return tuple(child for child in read if child is not None)

    def _claim(self, identifier: str, line: int) -> None:
        if identifier in self.lines:
            first = self.lines[identifier]
            self._problems.add(
                line, f"The id `{identifier}` is used twice; first on line {first}.", "Give each its own id."
            )
        self.lines.setdefault(identifier, line)

    # ---------------------------------------------------------------------------------------- criteria

    def _criterion(self, node: MapNode) -> Criterion | None:
        self._criteria += 1
        if self._criteria == MAX_CRITERIA + 1:
            self._problems.add(
                node.line, f"The set has more than {MAX_CRITERIA:,} criteria.", "Split it into several sets."
            )
        fields = FieldReader(node, self._problems)
        found = read_criterion(fields, self._sources)
        if found is not None:
            self._claim(found.id, fields.line("id"))
        return found
