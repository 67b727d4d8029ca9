"""A trace survives `trace.json` whole."""

from __future__ import annotations

import json

import pytest

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.case import Case
from desktop.domain.service_line import ServiceLine
from desktop.rules.json_trace import TraceFile, trace_json
from tests.criteria.sets import all_of, leaf, run


def test_traces_come_back_as_they_were_written() -> None:
    trace = run(all_of(leaf("a", per="level"), leaf("b")), {"b": State.MET}, levels=("L4-L5", "L5-S1"))
    line = ServiceLine(id=trace.service_line_id, code="22612", label="Fusion", levels=("L4-L5", "L5-S1"))
    case = Case(id="case", number="26-0001", service_lines=(line,))
    text = trace_json(case, [trace])
    assert TraceFile.model_validate_json(text).traces == (trace,)
    assert trace_json(case, [trace]) == text
    body = json.loads(text)
    assert (body["format"], body["case"]) == ("indicated-trace/1", "26-0001")
    assert body["service_lines"][0]["levels"] == ["L4-L5", "L5-S1"]


@pytest.mark.parametrize("text", ["[]", '{"format": "other", "traces": []}', "words"])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        TraceFile.model_validate_json(text)
