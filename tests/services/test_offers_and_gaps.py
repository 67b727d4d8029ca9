"""What the record holds is offered, taken only when the reviewer takes it, and gaps follow the review at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.assessment import Amount, AssessmentState, Stance
from desktop.domain.case_file import CaseFile
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.evaluation import LevelTrace, NodeTrace
from desktop.domain.gap import LineGaps
from desktop.domain.truth import Truth
from desktop.services.workspace import Services
from tests.services.measured_set import LINE, key, type_measured


@pytest.fixture
def case_id(services: Services, sample_id: str) -> str:
    type_measured(services, sample_id)
    return sample_id


def _levels(services: Services, case_id: str) -> dict[str, LevelTrace]:
    traces = services.review.view(case_id).traces
    (trace,) = [item for item in traces if item.set_id == "measured-set"]
    return {level.level: level for level in trace.levels}


def _node(level: LevelTrace, criterion_id: str) -> NodeTrace:
    return next(child for child in level.root.children if child.id == criterion_id)


def _gaps(services: Services, case_id: str) -> LineGaps:
    view = services.review.view(case_id)
    return next(item for item in services.review.gaps(view) if item.set_id == "measured-set")


def test_the_record_is_offered_and_answers_nothing_until_it_is_taken(
    services: Services, case_id: str
) -> None:
    view = services.review.view(case_id)
    assert {item.criterion_id for item in view.offers if item.set_id == "measured-set"} == {
        "therapy",
        "motion",
    }
    assert view.offers[key("therapy")].truth is Truth.TRUE
    assert view.offers[key("motion", "L4-L5")].truth is Truth.FALSE
    assert view.offers[key("motion", "L5-S1")].truth is Truth.TRUE
    assert key("therapy") in view.untaken_offers
    assert _node(_levels(services, case_id)["L5-S1"], "therapy").truth is Truth.UNKNOWN


def test_a_taken_offer_decides_by_its_arithmetic_and_shows_it(services: Services, case_id: str) -> None:
    offer = services.review.view(case_id).offers[key("therapy")]
    view = services.review.take_offer(case_id, key("therapy")).value
    answer = view.assessments[key("therapy")]
    assert (answer.amount, answer.arithmetic, answer.state) == (offer.amount, offer.arithmetic, None)
    assert key("therapy") not in view.untaken_offers
    assert key("therapy") not in view.stale_offers
    node = _node(_levels(services, case_id)["L5-S1"], "therapy")
    assert node.truth is Truth.TRUE
    assert offer.arithmetic.removesuffix(".") in node.reason


def test_words_that_state_the_value_are_linked_for_or_against(services: Services, case_id: str) -> None:
    keys = (key("motion", "L4-L5"), key("motion", "L5-S1"))
    view = services.review.take_offers(case_id, keys).value
    stances = [[(link.stance, link.span.quote) for link in view.links[one]] for one in keys]
    assert stances == [
        [(Stance.CONTRADICTS, "L4-L5: translation 2.6 mm, angular motion 5 degrees.")],
        [(Stance.SUPPORTS, "L5-S1: translation 4.2 mm, angular motion 8 degrees.")],
    ]
    again = services.review.take_offers(case_id, keys).value
    assert [len(again.links[one]) for one in keys] == [1, 1]


def test_taking_all_is_one_step_and_overwrites_no_answer(services: Services, case_id: str) -> None:
    services.review.set_state(case_id, key("therapy"), AssessmentState.NOT_MET)
    before = services.review.view(case_id)
    wanted = before.untaken_offers
    assert key("therapy") not in wanted
    after = services.review.take_offers(case_id).value
    assert after.untaken_offers == ()
    assert after.assessments[key("therapy")] == before.assessments[key("therapy")]
    assert all(after.assessments[one].arithmetic for one in wanted)
    services.history.undo(case_id)
    undone = services.review.view(case_id)
    assert (undone.assessments, undone.links) == (before.assessments, before.links)


def test_taking_settles_what_was_unclear_and_keeps_any_other_mark(services: Services, case_id: str) -> None:
    for state, left in (
        (AssessmentState.UNCLEAR, None),
        (AssessmentState.NOT_DOCUMENTED, None),
        (AssessmentState.NOT_APPLICABLE, AssessmentState.NOT_APPLICABLE),
        (AssessmentState.MET, AssessmentState.MET),
    ):
        services.review.set_state(case_id, key("therapy"), state)
        view = services.review.take_offer(case_id, key("therapy")).value
        assert view.assessments[key("therapy")].state is left


def test_a_value_of_the_reviewers_own_has_no_arithmetic(services: Services, case_id: str) -> None:
    services.review.take_offer(case_id, key("therapy"))
    own = Amount(value=Decimal(4), unit="weeks")
    view = services.review.set_amount(case_id, key("therapy"), own).value
    assert view.assessments[key("therapy")].arithmetic == ""
    assert key("therapy") not in view.stale_offers


def test_a_taken_answer_stays_and_is_stale_when_the_record_changes(services: Services, case_id: str) -> None:
    taken = services.review.take_offer(case_id, key("therapy")).value.assessments[key("therapy")]
    treatments = services.cases.case(case_id).treatments
    services.cases.save_treatments(case_id, tuple(item for item in treatments if item.id != "tx-pt-1"))
    view = services.review.view(case_id)
    assert view.assessments[key("therapy")] == taken
    assert tuple(view.stale_offers) == (key("therapy"),)
    fresh = services.review.take_offer(case_id, key("therapy")).value
    assert fresh.stale_offers == frozenset()
    assert fresh.assessments[key("therapy")].arithmetic != taken.arithmetic
    services.cases.save_treatments(case_id, ())
    gone = services.review.view(case_id)
    assert tuple(gone.stale_offers) == (key("therapy"),)
    assert key("therapy") not in gone.offers
    with pytest.raises(UserFacingError, match="does not give an answer"):
        services.review.take_offer(case_id, key("therapy"))


def test_a_value_that_decides_nothing_is_taken_as_unclear_and_never_unasked(
    services: Services, case_id: str
) -> None:
    treatments = services.cases.case(case_id).treatments
    therapy = next(item for item in treatments if item.id == "tx-pt-1")
    short = therapy.model_copy(update={"ended_on": therapy.started_on})
    undated = therapy.model_copy(update={"id": "tx-undated", "started_on": None, "ended_on": None})
    services.cases.save_treatments(case_id, (short, undated))
    view = services.review.view(case_id)
    assert view.offers[key("therapy")].truth is Truth.UNKNOWN
    assert key("therapy") not in view.untaken_offers
    view = services.review.take_offers(case_id).value
    assert key("therapy") not in view.assessments
    view = services.review.take_offer(case_id, key("therapy")).value
    assert view.assessments[key("therapy")].state is AssessmentState.UNCLEAR
    assert _node(_levels(services, case_id)["L5-S1"], "therapy").truth is Truth.UNKNOWN


def test_signing_ends_the_offers(services: Services, sample_id: str, sample_file: CaseFile) -> None:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    view = services.review.view(sample_id)
    assert (view.offers, view.stale_offers) == ({}, frozenset())
    with pytest.raises(SignedRecordError):
        services.review.take_offers(sample_id)


def test_closing_a_gap_anywhere_updates_the_gaps_at_once(services: Services, case_id: str) -> None:
    line = _gaps(services, case_id)
    assert line.service_line_id == LINE
    assert {gap.criterion_id for gap in line.ways[0].gaps} == {"therapy", "motion", "asked", "infection"}
    services.review.take_offers(case_id)
    services.review.set_state(case_id, key("infection"), AssessmentState.NOT_MET)
    by_level = {level.level: level for level in _gaps(services, case_id).levels}
    assert [gap.criterion_id for gap in by_level["L5-S1"].ways[0].gaps] == ["asked"]
    assert [gap.is_contrary for gap in by_level["L4-L5"].ways[0].gaps].count(True) == 1
    services.review.set_state(case_id, key("asked"), AssessmentState.MET)
    by_level = {level.level: level for level in _gaps(services, case_id).levels}
    assert (by_level["L5-S1"].truth, by_level["L5-S1"].ways) == (Truth.TRUE, ())
    services.history.undo(case_id)
    by_level = {level.level: level for level in _gaps(services, case_id).levels}
    assert len(by_level["L5-S1"].ways) == 1


def test_every_line_and_set_of_a_case_has_its_gaps(services: Services, case_id: str) -> None:
    view = services.review.view(case_id)
    found = services.review.gaps(view, 2)
    assert [(item.service_line_id, item.set_id) for item in found] == [
        (trace.service_line_id, trace.set_id) for trace in view.traces
    ]
    assert all(len(item.ways) <= 2 for item in found)
