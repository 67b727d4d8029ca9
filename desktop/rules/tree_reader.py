"""Reads the tree of a criteria file: groups, criteria, thresholds and their sources, with every mistake by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from desktop.domain.clinical import FactKind, FindingKind
from desktop.domain.criteria import (
    Comparison,
    Criterion,
    Group,
    Polarity,
    Scope,
    Threshold,
)
from desktop.domain.document import DocumentKind
from desktop.domain.window import MAX_WINDOW, TimeUnit, Window
from desktop.rules.fields import FieldReader, decimal_of
from desktop.rules.file_problem import Problems
from desktop.rules.schema import (
    CRITERION_FIELDS,
    GROUP_FIELDS,
    GROUP_KEYS,
    MAX_CRITERIA,
    THRESHOLD_FIELDS,
    WINDOW_PATTERN,
)
from desktop.rules.source_reader import SourceReader
from desktop.rules.yaml_nodes import ListNode, MapNode, TextNode, YamlNode

_THRESHOLD = re.compile(r"(?P<comparison>>=|<=|>|<)\s*(?P<value>-?[0-9.]+)\s*(?P<unit>.*)", re.DOTALL)
_WINDOW = re.compile(WINDOW_PATTERN)
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
            return self._group(node)
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
            return self._group(node)
        return self._criterion(node)

    # ------------------------------------------------------------------------------------------ groups

    def _group(self, node: MapNode) -> Group | None:
        fields = FieldReader(node, self._problems)
        fields.refuse_unknown(GROUP_FIELDS, "a group")
        named = [key for key in node.key_lines if key in GROUP_KEYS]
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
        number = self._counts[kind] = self._counts.get(kind, 0) + 1
        identifier = fields.identifier("id", f"{kind.replace('_', '-')}-{number}")
        self._claim(identifier, fields.line("id") if "id" in fields.node.key_lines else line)
        return identifier

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
        fields.refuse_unknown(CRITERION_FIELDS, "a criterion")
        fields.require(("id", "text"), "a criterion")
        identifier = fields.identifier("id", "")
        text = fields.text("text")
        if identifier:
            self._claim(identifier, fields.line("id"))
        threshold = self._threshold(fields)
        source = self._sources.of(fields)
        concerns = self._concerns(fields)
        topic = fields.identifier("topic", "") or None
        polarity = fields.word("polarity", Polarity, Polarity.PRESENT)
        per = fields.word("per", Scope, Scope.CASE)
        evidence_types = fields.words("evidence_types", DocumentKind)
        within = self._within(fields)
        closes_with, note = fields.text("closes_with"), fields.text("note")
        if not identifier or not text:
            return None
        return Criterion(
            id=identifier,
            text=text,
            polarity=polarity,
            per=per,
            threshold=threshold,
            evidence_types=evidence_types,
            within=within,
            concerns=concerns,
            topic=topic,
            source=source,
            closes_with=closes_with,
            note=note,
        )

    def _within(self, fields: FieldReader) -> Window | None:
        text = fields.text("within")
        months = fields.whole_number("within_months", 600)  # the older spelling; stored sets have it
        if not text:
            return None if months is None else Window(count=months, unit=TimeUnit.MONTHS)
        match = _WINDOW.fullmatch(text.strip())
        count = int(match[1]) if match else 0
        if match is None or not 1 <= count <= MAX_WINDOW:
            self._problems.add(
                fields.line("within"),
                f"`within` is `{text}`, which is not a time.",
                "Write a number and days, weeks, months or years: `6 weeks`.",
            )
            return None
        return Window(count=count, unit=TimeUnit(f"{match[2]}s"))

    def _concerns(self, fields: FieldReader) -> FindingKind | FactKind | None:
        text = fields.text("concerns")
        if not text:
            return None
        facts = {fact.value: fact for fact in FactKind if fact is not FactKind.OTHER}
        findings = {finding.value: finding for finding in FindingKind}
        found = findings.get(text) or facts.get(text)
        if found is None:
            known = ", ".join((*findings, *facts))
            self._problems.add(
                fields.line("concerns"), f"`concerns` is `{text}`, which is unknown.", f"Use one of: {known}."
            )
        return found

    def _threshold(self, fields: FieldReader) -> Threshold | None:
        node = fields.value("threshold")
        if node is None:
            return None
        line = fields.line("threshold")
        if isinstance(node, MapNode):
            inner = FieldReader(node, self._problems)
            inner.refuse_unknown(THRESHOLD_FIELDS, "a threshold")
            comparison, value, unit = inner.text("comparison"), inner.text("value"), inner.text("unit")
        else:
            match = _THRESHOLD.fullmatch(node.text.strip()) if isinstance(node, TextNode) else None
            comparison, value, unit = match.groups() if match else ("", "", "")
        word = next((item for item in Comparison if item.value == comparison), None)
        number = decimal_of(value)
        if word is None or number is None:
            self._problems.add(
                line,
                "The threshold is not a comparison, a number and a unit.",
                'Write for example `">= 4 mm"`.',
            )
            return None
        if not unit.strip():
            self._problems.add(
                line,
                f"The threshold `{comparison} {value}` has no unit.",
                f'Write for example `"{comparison} {value} mm"`.',
            )
            return None
        return Threshold(comparison=word, value=number, unit=" ".join(unit.split()))
