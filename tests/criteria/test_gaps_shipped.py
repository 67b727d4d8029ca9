"""Closing every gap of a way through a shipped set makes the set met, and leaving any one open does not."""

from __future__ import annotations

import random

import pytest

from desktop.domain.assessment import AssessmentKey, CriterionAssessment
from desktop.domain.assessment import AssessmentState as State
from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.domain.truth import Truth
from desktop.rules.evaluate import evaluate
from desktop.rules.gaps import line_gaps
from desktop.rules.loader import load_library
from desktop.rules.subjects import sides_of, subject_of
from desktop.settings.paths import criteria_dir
from tests.criteria.sets import by_key

LIBRARY = load_library(criteria_dir())
LINE = ServiceLine(id="line", levels=("L4-L5", "L5-S1"), laterality=Laterality.BILATERAL)
STATES = [None, None, State.MET, State.MET, State.NOT_MET, State.UNCLEAR, State.NOT_APPLICABLE]


def some_answers(
    criteria_set: CriteriaSet, chance: random.Random
) -> dict[AssessmentKey, CriterionAssessment]:
    found: dict[AssessmentKey, CriterionAssessment] = {}
    for criterion in criteria_set.criteria():
        subjects = {
            subject_of(criterion, LINE.id, level, side)
            for level in LINE.levels
            for side in sides_of(criteria_set, LINE)
        }
        for subject in sorted(subjects):
            state = chance.choice(STATES)
            if state is not None:
                key = AssessmentKey(set_id=criteria_set.id, criterion_id=criterion.id, subject=subject)
                found |= by_key(CriterionAssessment(key=key, state=state))
    return found


@pytest.mark.parametrize("criteria_set", LIBRARY.sets, ids=[item.id for item in LIBRARY.sets])
def test_every_way_through_a_shipped_set_is_enough_and_none_of_it_can_be_left_out(criteria_set) -> None:
    for answers in ({}, *(some_answers(criteria_set, random.Random(seed)) for seed in range(3))):
        trace = evaluate(criteria_set, LINE, answers)
        found = line_gaps(criteria_set, trace, LINE, Case(id="case"), limit=2)
        assert found.is_exact
        if trace.truth is Truth.TRUE:
            assert found.ways == ()
        for way in found.ways:
            closed = dict(answers)
            for gap in way.gaps:
                state = State.MET if gap.must_become is Truth.TRUE else State.NOT_MET
                key = AssessmentKey(set_id=gap.set_id, criterion_id=gap.criterion_id, subject=gap.subject)
                closed |= by_key(CriterionAssessment(key=key, state=state))
            assert evaluate(criteria_set, LINE, closed).truth is Truth.TRUE
            for gap in way.gaps:
                key = AssessmentKey(set_id=gap.set_id, criterion_id=gap.criterion_id, subject=gap.subject)
                without = {other: answer for other, answer in closed.items() if other != key}
                without |= {other: answer for other, answer in answers.items() if other == key}
                assert evaluate(criteria_set, LINE, without).truth is not Truth.TRUE
