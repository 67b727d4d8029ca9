"""Reads one criterion of a criteria file: its threshold, window, measure and source, with every mistake by line.

It must not know the tree: ids are claimed, and exceptions read, by the tree's reader.
"""

from __future__ import annotations

import re

from desktop.domain.clinical import FactKind, FindingKind
from desktop.domain.criteria import Comparison, Criterion, Polarity, Scope, Threshold
from desktop.domain.document import DocumentKind
from desktop.domain.window import MAX_WINDOW, TimeUnit, Window
from desktop.rules.fields import FieldReader, decimal_of
from desktop.rules.measure_reader import read_measure
from desktop.rules.schema import CRITERION_FIELDS, THRESHOLD_FIELDS, WINDOW_PATTERN
from desktop.rules.source_reader import SourceReader
from desktop.rules.units import is_rest_of_number
from desktop.rules.yaml_nodes import MapNode, TextNode

_THRESHOLD = re.compile(r"(?P<comparison>>=|<=|>|<)\s*(?P<value>-?[0-9.]+)\s*(?P<unit>.*)", re.DOTALL)
_WINDOW = re.compile(WINDOW_PATTERN)


def read_criterion(fields: FieldReader, sources: SourceReader) -> Criterion | None:
    """The criterion in a mapping; None when it has no usable id or text. Mistakes go to the fields' problems."""
    fields.refuse_unknown(CRITERION_FIELDS, "a criterion")
    fields.require(("id", "text"), "a criterion")
    identifier = fields.identifier("id", "")
    text = fields.text("text")
    threshold = read_threshold(fields)
    measure = read_measure(fields, threshold)
    source = sources.of(fields)
    concerns = _concerns(fields)
    topic = fields.identifier("topic", "") or None
    polarity = fields.word("polarity", Polarity, Polarity.PRESENT)
    per = fields.word("per", Scope, Scope.CASE)
    evidence_types = fields.words("evidence_types", DocumentKind)
    within = read_window(fields)
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
        measure=measure,
        concerns=concerns,
        topic=topic,
        source=source,
        closes_with=closes_with,
        note=note,
    )


def read_window(fields: FieldReader) -> Window | None:
    """The stretch of time under `within`, or under `within_months` as older files have it."""
    text = fields.text("within")
    months = fields.whole_number("within_months", 600)
    if text and "within_months" in fields.node.key_lines:
        fields.problems.add(
            fields.line("within_months"),
            "`within` and `within_months` stand in the same criterion.",
            "Keep `within` and leave `within_months`, its older spelling, out.",
        )
    if not text:
        return None if months is None else Window(count=months, unit=TimeUnit.MONTHS)
    match = _WINDOW.fullmatch(text)
    count = int(match[1]) if match else 0
    if match is None or not 1 <= count <= MAX_WINDOW:
        fields.problems.add(
            fields.line("within"),
            f"`within` is `{text}`, which is not a time.",
            f"Write a number from 1 to {MAX_WINDOW} and days, weeks, months or years: `6 weeks`.",
        )
        return None
    return Window(count=count, unit=TimeUnit(f"{match[2]}s"))


def _concerns(fields: FieldReader) -> FindingKind | FactKind | None:
    text = fields.text("concerns")
    if not text:
        return None
    facts = {fact.value: fact for fact in FactKind if fact is not FactKind.OTHER}
    findings = {finding.value: finding for finding in FindingKind}
    found = findings.get(text) or facts.get(text)
    if found is None:
        known = ", ".join((*findings, *facts))
        fields.problems.add(
            fields.line("concerns"), f"`concerns` is `{text}`, which is unknown.", f"Use one of: {known}."
        )
    return found


def read_threshold(fields: FieldReader) -> Threshold | None:
    """The threshold, written as one text or as a mapping; None when there is none or it is not one."""
    node = fields.value("threshold")
    if node is None:
        return None
    line = fields.line("threshold")
    if isinstance(node, MapNode):
        inner = FieldReader(node, fields.problems)
        inner.refuse_unknown(THRESHOLD_FIELDS, "a threshold")
        comparison, value, unit = inner.text("comparison"), inner.text("value"), inner.text("unit")
    else:
        match = _THRESHOLD.fullmatch(node.text.strip()) if isinstance(node, TextNode) else None
        comparison, value, unit = match.groups() if match else ("", "", "")
    word = next((item for item in Comparison if item.value == comparison), None)
    number = decimal_of(value)
    if word is None or number is None or is_rest_of_number(unit):
        fields.problems.add(
            line,
            "The threshold is not a comparison, a number and a unit.",
            'Write for example `">= 4 mm"`.',
        )
        return None
    if not unit.strip():
        fields.problems.add(
            line,
            f"The threshold `{comparison} {value}` has no unit.",
            f'Write for example `"{comparison} {value} mm"`.',
        )
        return None
    return Threshold(comparison=word, value=number, unit=" ".join(unit.split()))
