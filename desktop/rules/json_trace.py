"""The shape of `trace.json`: the traces of a case as JSON that other programs can read, and back.

It must not leave anything out: the file is the proof of how a result came about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.value import Value


class TraceFile(Value):
    """A `trace.json`."""

    format: Literal["indicated-trace/1"] = "indicated-trace/1"
    traces: tuple[EvaluationTrace, ...]


def trace_json(traces: Iterable[EvaluationTrace]) -> str:
    """The traces as indented JSON under a format name; the same traces give the same bytes."""
    body = TraceFile(traces=tuple(traces)).model_dump(mode="json")
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def read_trace_json(text: str) -> tuple[EvaluationTrace, ...]:
    """The traces of a `trace.json`. Raises pydantic's ValidationError (a ValueError) when it is not one."""
    return TraceFile.model_validate_json(text).traces
