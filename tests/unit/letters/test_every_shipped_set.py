"""Every case of every shipped set gives a letter whose words fit it: no set has a shape that a letter cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.criteria import CriteriaSet, Scope
from desktop.domain.determination import Decision, Determination, LineDetermination
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.letter import LetterContent
from desktop.domain.service_line import ServiceLine
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.rules.conformance import trace_of
from desktop.rules.loader import criteria_files, load_set, read_criteria_file
from desktop.rules.set_cases import CASES_NAME, LINE_ID, SetCase, laterality_of, read_cases
from tests.unit.letters.fixtures import KNEE_CASE, inputs_for

CRITERIA = Path(__file__).parents[3] / "criteria"
FILES = criteria_files(CRITERIA)
_BROKEN = re.compile(r"  |\.\.(?!\.)| [.,;:]|\(\)|“”|\bNone\b(?! of)|rows? and|: ;|;;|\bat and\b|on the  ")


def cases_of(path: Path) -> tuple[CriteriaSet, tuple[SetCase, ...]]:
    found = load_set(read_criteria_file(path, path.name), path.name)
    beside = path.with_name(CASES_NAME)
    return found, read_cases(read_criteria_file(beside, CASES_NAME), CASES_NAME, found)


def inputs_of(criteria_set: CriteriaSet, case: SetCase) -> tuple[LetterInputs, EvaluationTrace]:
    trace = trace_of(criteria_set, case)
    line = ServiceLine(
        id=LINE_ID,
        code="99999",
        label="The service",
        levels=case.levels,
        laterality=laterality_of(case.sides),
        service_on=case.service_on,
        criteria_set_ids=(criteria_set.id,),
    )
    decided = LineDetermination(service_line_id=LINE_ID, decision=Decision.NECESSARY, rationale="As shown.")
    inputs = replace(
        inputs_for(KNEE_CASE, answers=(), links=()),
        case=KNEE_CASE.model_copy(update={"service_lines": (line,)}),
        determination=Determination(id="d", version=1, lines=(decided,)),
        traces=(trace,),
        sets={criteria_set.id: criteria_set},
        assessments=dict(case.assessments),
        links={},
    )
    return inputs, trace


def pieces(content: LetterContent) -> Iterator[str]:
    for block in content.blocks:
        yield block.heading
        yield from (item.text for item in block.paragraphs)
        if block.table is not None:
            yield from (cell for row in block.table.rows for cell in row.cells)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_case_of_a_set_reads_as_sentences(path: Path) -> None:
    criteria_set, cases = cases_of(path)
    own_words = " ".join(criteria_set.model_dump_json().split())
    is_by_level = any(leaf.per is Scope.LEVEL for leaf in criteria_set.criteria())
    for case in cases:
        inputs, _ = inputs_of(criteria_set, case)
        content = compose_letter(inputs)
        for text in pieces(content):
            for broken in _BROKEN.finditer(re.sub(r"(?m)^\d+\.\d+  ", "", text)):
                around = text[max(0, broken.start() - 60) : broken.end() + 60]
                assert broken.group() in own_words, f"{case.name}: {around}"
            if not is_by_level and not case.levels and "level" not in own_words:
                assert not re.search(r"(?<!first-)\blevel", text), f"{case.name}: {text}"
        assert check_letter(content, inputs)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_what_a_letter_says_of_a_waiver_is_what_the_evaluation_says(path: Path) -> None:
    criteria_set, cases = cases_of(path)
    for case in cases:
        inputs, trace = inputs_of(criteria_set, case)
        text = " ".join(pieces(compose_letter(inputs)))
        if "It waives" in text:
            assert any("Waived by: " in level.root.model_dump_json() for level in trace.levels), case.name
