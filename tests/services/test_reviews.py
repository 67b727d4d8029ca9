"""Operations of the review: answers, links, sets, and the results that follow at once."""

from __future__ import annotations

import pytest

from desktop.domain.assessment import AssessmentKey, AssessmentState, Stance
from desktop.domain.case import CaseStatus
from desktop.domain.case_file import CaseFile
from desktop.domain.document import SpanState
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.truth import Truth
from desktop.services.workspace import Services

OWN_SET = """
id: own-set
family: own-set
title: A set typed for a test
publisher: Test plan
edition: "1"
licence: user
criteria:
  all:
    - id: asked
      text: The thing is documented
      closes_with: A note that states the thing
"""


@pytest.fixture
def typed(services: Services, sample_id: str) -> AssessmentKey:
    """The sample's first line held against a set with one question."""
    services.catalogue.type_set(OWN_SET)
    line = services.cases.case(sample_id).service_lines[0]
    services.review.choose_sets(sample_id, line.id, ("own-set",))
    return AssessmentKey(set_id="own-set", criterion_id="asked")


def _truth(services: Services, case_id: str) -> Truth:
    view = services.review.view(case_id)
    return next(trace.truth for trace in view.traces if trace.set_id == "own-set")


def test_an_answer_changes_the_result_at_once(
    services: Services, sample_id: str, typed: AssessmentKey
) -> None:
    assert _truth(services, sample_id) is Truth.UNKNOWN
    shown = services.review.set_state(sample_id, typed, AssessmentState.MET).value
    assert next(trace.truth for trace in shown.traces if trace.set_id == "own-set") is Truth.TRUE
    services.review.set_state(sample_id, typed, AssessmentState.NOT_MET)
    assert _truth(services, sample_id) is Truth.FALSE


def test_not_documented_is_unknown_and_never_false(
    services: Services, sample_id: str, typed: AssessmentKey
) -> None:
    services.review.set_state(sample_id, typed, AssessmentState.NOT_DOCUMENTED)
    assert _truth(services, sample_id) is Truth.UNKNOWN


def test_linked_words_are_sealed_and_stand_intact(
    services: Services, sample_id: str, typed: AssessmentKey
) -> None:
    document = services.cases.case(sample_id).documents[1]
    view = services.review.link(sample_id, typed, document.id, 10, 42, Stance.SUPPORTS).value
    (link,) = view.links[typed]
    assert link.span.quote == document.text[10:42]
    assert view.span_states[link.id] is SpanState.INTACT


def test_linking_the_same_words_again_turns_them_instead_of_doubling(
    services: Services, sample_id: str, typed: AssessmentKey
) -> None:
    document = services.cases.case(sample_id).documents[1]
    for stance in (Stance.SUPPORTS, Stance.SUPPORTS, Stance.CONTRADICTS):
        services.review.link(sample_id, typed, document.id, 10, 42, stance)
    (link,) = services.review.view(sample_id).links[typed]
    assert link.stance is Stance.CONTRADICTS


def test_linking_nothing_is_refused_in_words(
    services: Services, sample_id: str, typed: AssessmentKey
) -> None:
    document = services.cases.case(sample_id).documents[0]
    with pytest.raises(UserFacingError, match="No words are selected"):
        services.review.link(sample_id, typed, document.id, 5, 5, Stance.SUPPORTS)


def test_the_first_answer_starts_the_review_and_undoing_it_makes_a_draft_again(
    services: Services, sample_id: str, typed: AssessmentKey
) -> None:
    while services.history.labels(sample_id)[0]:
        services.history.undo(sample_id)
    services.review.choose_sets(sample_id, services.cases.case(sample_id).service_lines[0].id, ("own-set",))
    while services.history.labels(sample_id)[0]:
        services.history.undo(sample_id)
    status = services.cases.case(sample_id).status
    services.review.set_state(sample_id, typed, AssessmentState.MET)
    assert services.cases.case(sample_id).status is CaseStatus.UNDER_REVIEW
    services.history.undo(sample_id)
    assert services.cases.case(sample_id).status is status


def test_a_typed_set_may_not_take_the_id_of_a_shipped_one(services: Services) -> None:
    shipped = services.catalogue.library().sets[0].id
    with pytest.raises(UserFacingError, match="comes with the program"):
        services.catalogue.type_set(OWN_SET.replace("own-set", shipped))


def test_a_typed_set_is_never_public(services: Services) -> None:
    with pytest.raises(UserFacingError):
        services.catalogue.type_set(OWN_SET.replace("licence: user", "licence: public"))


def test_signing_closes_the_review(services: Services, sample_id: str, sample_file: CaseFile) -> None:
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    view = services.review.view(sample_id)
    assert view.is_signed
    assert view.undo_label is None
    key = next(iter(view.assessments))
    with pytest.raises(SignedRecordError):
        services.review.set_state(sample_id, key, AssessmentState.MET)
    with pytest.raises(SignedRecordError):
        services.cases.save_service_lines(sample_id, view.case.service_lines[1:])


def test_every_step_of_the_review_is_in_the_audit_chain(
    services: Services, sample_id: str, typed: AssessmentKey
) -> None:
    services.review.set_state(sample_id, typed, AssessmentState.UNCLEAR)
    services.review.set_note(sample_id, typed, "two readers differ")
    services.history.undo(sample_id)
    operations = [event.operation for event in services.audit(sample_id)]
    assert {"state_set", "note_written", "case_imported"} <= set(operations)
    assert services.audit_problem() is None


def test_a_first_note_is_one_step_to_undo_however_often_it_was_saved(
    services: Services, sample_id: str, typed: AssessmentKey
) -> None:
    for note in ("Two", "Two readers", "Two readers differ"):
        services.review.set_note(sample_id, typed, note)
    services.history.undo(sample_id)
    assert typed not in services.review.view(sample_id).assessments
    services.history.redo(sample_id)
    assert services.review.view(sample_id).assessments[typed].note == "Two readers differ"


@pytest.mark.parametrize(
    ("line_id", "set_id", "said"),
    [
        ("gone", "own-set", "service line is not in the case"),
        ("", "no-such-set", "no criteria set called no-such-set"),
    ],
)
def test_sets_are_chosen_only_for_a_line_that_is_there_and_from_those_that_are_there(
    services: Services, sample_id: str, typed: AssessmentKey, line_id: str, set_id: str, said: str
) -> None:
    before = services.cases.case(sample_id)
    with pytest.raises(UserFacingError, match=said):
        services.review.choose_sets(sample_id, line_id or before.service_lines[0].id, (set_id,))
    assert services.cases.case(sample_id) == before
