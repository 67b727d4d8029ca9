"""An own set in the store: its text comes back, its words may change, and no answer ever loses its question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag
from desktop.domain.criteria import LicenceClass, Polarity, Scope
from desktop.domain.errors import UserFacingError
from desktop.services.criteria_draft import CriteriaDraft, CriterionDraft, GroupDraft, criteria_of
from desktop.services.criteria_draft_text import from_yaml, to_yaml
from desktop.services.criteria_draft_tree import add_after, change, remove
from desktop.services.workspace import Services

SET = CriteriaDraft(
    title="Reinsertion of spinal fixation",
    publisher="Example Plan",
    edition="2026",
    codes=("22849",),
    root=GroupDraft(
        key=1,
        children=(
            CriterionDraft(
                key=2,
                text="The curve measures more than 40 degrees",
                comparison=">",
                number="40",
                unit="degrees",
            ),
            CriterionDraft(key=3, text="Pain limits activity", per=Scope.LEVEL),
        ),
    ),
    next_key=4,
)


def stored(services: Services, sample_id: str) -> tuple[CriteriaDraft, AssessmentKey]:
    """The set in the store, held against the sample's first line, its first criterion answered."""
    set_id = services.catalogue.type_set(to_yaml(SET)).value.id
    text = services.catalogue.typed_source(set_id)
    assert text is not None
    draft = from_yaml(text).draft
    line = services.cases.case(sample_id).service_lines[0]
    services.review.choose_sets(sample_id, line.id, (set_id, *line.criteria_set_ids))
    key = AssessmentKey(set_id=set_id, criterion_id=criteria_of(draft)[0].id)
    services.review.set_state(sample_id, key, AssessmentState.NOT_MET)
    return draft, key


def test_own_sets_are_listed_and_give_their_text_back(services: Services) -> None:
    assert services.catalogue.typed_sets() == ()
    text = to_yaml(replace(SET, licence=LicenceClass.LICENSED_REFERENCE))
    made = services.catalogue.type_set(text).value
    assert services.catalogue.typed_sets() == (made,)
    assert services.catalogue.typed_source(made.id) == text
    assert services.catalogue.typed_source(services.catalogue.library().sets[0].id) is None


def test_words_of_an_answered_criterion_may_change_and_its_answer_stays(
    services: Services, sample_id: str
) -> None:
    draft, key = stored(services, sample_id)
    changed = change(draft, 2, text="The Cobb angle is more than 40 degrees")
    services.catalogue.type_set(to_yaml(remove(changed, 3).draft))
    view = services.review.view(sample_id)
    assert view.assessments[key].state is AssessmentState.NOT_MET
    asked = next(item for item in view.sets if item.id == key.set_id).criterion(key.criterion_id)
    assert asked is not None
    assert asked.text == "The Cobb angle is more than 40 degrees"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": "another"}, "is no longer in the set"),
        ({"per": Scope.LEVEL}, "was asked once per case and is now asked once per level"),
        ({"polarity": Polarity.ABSENT}, "had to be present and now must be absent"),
    ],
)
def test_an_answer_never_loses_its_question(
    services: Services, sample_id: str, fields: dict[str, object], reason: str
) -> None:
    draft, key = stored(services, sample_id)
    before = services.catalogue.typed_source(key.set_id)
    with pytest.raises(UserFacingError) as refused:
        services.catalogue.type_set(to_yaml(change(draft, 2, **fields)))
    assert f"“The curve measures more than 40 degrees” {reason} (1 case)" in refused.value.what
    assert services.catalogue.typed_source(key.set_id) == before


def test_a_typed_set_concerns_every_case_that_may_be_held_against_it(
    services: Services, sample_id: str
) -> None:
    changes = services.catalogue.type_set(to_yaml(SET)).changes
    assert changes.touches(frozenset({ChangeFlag.CRITERIA}), sample_id)
    assert not changes.touches(frozenset({ChangeFlag.LETTER}), sample_id)


def test_criteria_without_answers_come_and_go(services: Services, sample_id: str) -> None:
    draft, key = stored(services, sample_id)
    step = add_after(remove(draft, 3).draft, 2)
    services.catalogue.type_set(to_yaml(change(step.draft, step.key, text="Something new")))
    found = services.catalogue.library().get(key.set_id)
    assert found is not None
    assert [leaf.id for leaf in found.criteria()] == [key.criterion_id, "something-new"]


def _make_unreadable(services: Services, set_id: str) -> None:
    """As if the set had been stored by a version of the program whose language this one does not know."""
    with services._store.write("criteria_set_typed", "Type", case_id=None, undoable=False) as work:
        work.criteria.put(set_id, "id: old\nwords: of another version\n")


def test_a_stored_set_that_cannot_be_read_keeps_no_case_closed(services: Services, sample_id: str) -> None:
    others = services.catalogue.typed_sets()
    _, key = stored(services, sample_id)
    _make_unreadable(services, key.set_id)
    view = services.review.view(sample_id)
    assert key.set_id not in {item.id for item in view.sets}
    assert {item.id for item in others} <= {item.id for item in view.sets}
    assert view.assessments[key].state is AssessmentState.NOT_MET
    (problem,) = services.catalogue.library().problems
    assert "`words` is not a key of a criteria set" in problem.what


def test_a_set_that_cannot_be_read_is_typed_anew_without_losing_an_answer(
    services: Services, sample_id: str
) -> None:
    draft, key = stored(services, sample_id)
    _make_unreadable(services, key.set_id)
    with pytest.raises(UserFacingError, match=f"“{key.criterion_id}” is no longer in the set"):
        services.catalogue.type_set(to_yaml(change(draft, 2, id="another", text="Another")))
    services.catalogue.type_set(to_yaml(draft))
    assert key.set_id in {item.id for item in services.review.view(sample_id).sets}


def test_a_case_file_comes_in_beside_a_set_that_cannot_be_read(
    services: Services, sample_file: CaseFile
) -> None:
    set_id = services.catalogue.type_set(to_yaml(SET)).value.id
    _make_unreadable(services, set_id)
    assert services.cases.import_case(sample_file).value.id == sample_file.case.id
