"""The shape of `trace.json`: the traces of a case as JSON that other programs can read.

It must not leave anything out: the file is the proof of how a result came about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from desktop.domain.case import Case
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value
from desktop.domain.vertebra import Level


class TracedLine(Value):
    """A service line as the traces name it by id."""

    id: Identifier
    code: Text
    label: Text
    levels: tuple[Level, ...]
    sides: tuple[Text, ...] = ()
    """`left`, `right` or both; empty when the line names none."""


class TraceFile(Value):
    """A `trace.json`: what was asked for, and every evaluation of it."""

    format: Literal["indicated-trace/1"] = "indicated-trace/1"
    case: Text
    """The case number."""
    service_lines: tuple[TracedLine, ...]
    traces: tuple[EvaluationTrace, ...]


def trace_json(case: Case, traces: Iterable[EvaluationTrace]) -> str:
    """The traces of a case as indented JSON under a format name; the same traces give the same bytes."""
    lines = tuple(
        TracedLine(id=line.id, code=line.code, label=line.label, levels=line.levels, sides=line.sides)
        for line in case.service_lines
    )
    file = TraceFile(case=case.number, service_lines=lines, traces=tuple(traces))
    return json.dumps(file.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
