"""Later editions: stored beside the earlier one, what they would change, and what a line takes along."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.assessment import AssessmentKey, AssessmentState, Stance
from desktop.domain.case import CaseStatus
from desktop.domain.case_file import CaseFile
from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.service_line import Laterality
from desktop.domain.truth import Truth
from desktop.rules.loader import load_set
from desktop.services.workspace import Services
from tests.services.measured_set import LINE, MEASURED, hold_against, key, type_measured

LATER = (
    MEASURED.replace("id: measured-set\n", "id: measured-set.2\nsupersedes: measured-set\n")
    .replace('edition: "1"', 'edition: "2"')
    .replace('">= 6 weeks"', '">= 30 weeks"')
    .replace(
        "      text: An infection at the site\n",
        "      text: An infection at the site\n          polarity: absent\n",
    )
)


@pytest.fixture
def case_id(services: Services, sample_id: str) -> str:
    type_measured(services, sample_id)
    services.review.take_offers(sample_id)
    services.review.set_state(sample_id, key("asked"), AssessmentState.MET)
    services.review.set_state(sample_id, key("infection"), AssessmentState.NOT_MET)
    return sample_id


def later(text: str = LATER) -> CriteriaSet:
    return load_set(text, "later")


def test_a_later_edition_is_stored_beside_the_earlier_one(services: Services, case_id: str) -> None:
    stored = services.editions.store_edition(LATER, "cases: []\n").value
    assert (stored.id, stored.supersedes) == ("measured-set.2", "measured-set")
    assert services.catalogue.typed_cases("measured-set.2") == "cases: []\n"
    assert services.catalogue.typed_source("measured-set") == MEASURED
    with pytest.raises(UserFacingError, match="belongs to an edition that is stored"):
        services.editions.store_edition(LATER)


@pytest.mark.parametrize("line", ["", "supersedes: not-there\n"])
def test_an_edition_of_nothing_is_refused(services: Services, case_id: str, line: str) -> None:
    with pytest.raises(UserFacingError, match="not a new edition of anything"):
        services.editions.store_edition(LATER.replace("supersedes: measured-set\n", line))
    assert services.catalogue.typed_source("measured-set.2") is None


def test_the_cases_that_a_new_edition_would_change_are_named_with_level_and_answers(
    services: Services, case_id: str
) -> None:
    case = services.cases.case(case_id)
    (change,) = services.editions.open_cases_that_change("measured-set", later())
    assert (change.case_id, change.number, change.is_changed) == (case_id, case.number, True)
    (line,) = change.lines
    assert (line.service_line_id, line.before, line.after) == (LINE, Truth.FALSE, Truth.FALSE)
    places = [(place.level, place.before, place.after) for place in line.places]
    assert places == [("L4-L5", Truth.FALSE, Truth.FALSE), ("L5-S1", Truth.TRUE, Truth.FALSE)]
    assert line.changed_questions == ("At least six weeks of supervised therapy",)
    assert line.lost_questions == ("An infection at the site",)
    assert line.carried == 4
    assert services.catalogue.typed_source("measured-set.2") is None


def test_an_edition_in_other_words_changes_no_result(services: Services, case_id: str) -> None:
    reworded = MEASURED.replace("id: measured-set\n", "id: measured-set.2\n").replace(
        "the aim", "the purpose"
    )
    (change,) = services.editions.open_cases_that_change("measured-set", later(reworded))
    assert not change.is_changed
    assert change.lines[0].changed_questions == ("The surgeon states the purpose of the operation",)


def test_an_edit_of_the_set_itself_is_held_against_the_cases_too(services: Services, case_id: str) -> None:
    stricter = later(MEASURED.replace('">= 4 mm"', '">= 5 mm"'))
    (change,) = services.editions.open_cases_that_change("measured-set", stricter)
    assert change.is_changed
    assert change.lines[0].lost_questions == ()
    turned = LATER.replace("id: measured-set.2\nsupersedes: measured-set\n", "id: measured-set\n")
    (change,) = services.editions.open_cases_that_change("measured-set", later(turned))
    assert change.lines[0].lost_questions == ("An infection at the site",)
    same = later(MEASURED)
    assert not services.editions.open_cases_that_change("measured-set", same)[0].is_changed


def test_closed_and_signed_cases_and_other_sets_are_left_out(
    services: Services, sample_id: str, sample_file: CaseFile
) -> None:
    used = services.cases.case(sample_id).service_lines[0].criteria_set_ids[0]
    new = later()
    assert services.editions.open_cases_that_change("not-there", new) == ()
    assert [change.case_id for change in services.editions.open_cases_that_change(used, new)] == [sample_id]
    assert sample_file.sign_off is not None
    services.determinations.sign(sample_id, **sample_file.sign_off.model_dump())
    assert services.editions.open_cases_that_change(used, new) == ()
    services.determinations.supersede(sample_id)
    assert services.cases.case(sample_id).status is CaseStatus.UNDER_REVIEW
    assert len(services.editions.open_cases_that_change(used, new)) == 1


def test_adopting_takes_answers_links_and_tasks_along_in_one_step(services: Services, case_id: str) -> None:
    document = services.cases.case(case_id).documents[3]
    services.review.link(case_id, key("asked"), document.id, 5, 40, Stance.SUPPORTS)
    services.tasks.add(case_id, "Ask", service_line_id=LINE, closes=key("asked"), due_on=date(2026, 12, 1))
    services.editions.store_edition(LATER)
    before = services.review.view(case_id)
    view = services.editions.adopt(case_id, LINE, "measured-set", "measured-set.2").value
    line = view.case.service_line(LINE)
    assert line is not None
    assert line.criteria_set_ids == ("measured-set.2",)

    def new(criterion_id: str, subject: str = "") -> AssessmentKey:
        return key(criterion_id, subject, "measured-set.2")

    assert view.assessments[new("asked")].state is AssessmentState.MET
    assert view.assessments[new("therapy")].arithmetic == before.assessments[key("therapy")].arithmetic
    assert new("motion", "L5-S1") in view.assessments
    assert new("infection") not in view.assessments
    assert [link.span for link in view.links[new("asked")]] == [
        link.span for link in before.links[key("asked")]
    ]
    assert view.assessments.items() >= before.assessments.items()
    # Copies, not the same links: the old edition keeps its own.
    assert view.links[key("asked")] == before.links[key("asked")]
    assert [item.task.closes for item in services.tasks.list(case_id)] == [new("asked")]
    services.history.undo(case_id)
    undone = services.review.view(case_id)
    assert (undone.case, undone.assessments, undone.links) == (before.case, before.assessments, before.links)
    assert [item.task.closes for item in services.tasks.list(case_id)] == [key("asked")]


def test_an_answer_that_the_new_edition_has_already_is_not_overwritten(
    services: Services, case_id: str
) -> None:
    services.editions.store_edition(LATER)
    services.editions.adopt(case_id, LINE, "measured-set", "measured-set.2")
    own = key("asked", set_id="measured-set.2")
    services.review.set_state(case_id, own, AssessmentState.UNCLEAR)
    hold_against(services, case_id, "measured-set")
    view = services.editions.adopt(case_id, LINE, "measured-set", "measured-set.2").value
    assert view.assessments[own].state is AssessmentState.UNCLEAR


def test_adopting_is_refused_where_there_is_nothing_to_adopt(
    services: Services, case_id: str, sample_file: CaseFile
) -> None:
    services.editions.store_edition(LATER)
    for line_id, old_id, new_id in (
        ("gone", "measured-set", "measured-set.2"),
        (LINE, "gone", "measured-set.2"),
        (LINE, "measured-set", "gone"),
        (LINE, "measured-set.2", "measured-set"),
    ):
        with pytest.raises(UserFacingError, match="not held against that edition"):
            services.editions.adopt(case_id, line_id, old_id, new_id)
    assert sample_file.sign_off is not None
    services.determinations.sign(case_id, **sample_file.sign_off.model_dump())
    with pytest.raises(SignedRecordError):
        services.editions.adopt(case_id, LINE, "measured-set", "measured-set.2")


def test_a_set_that_nothing_rests_on_can_be_deleted_with_its_cases(services: Services) -> None:
    services.catalogue.type_set(MEASURED, "cases: []\n")
    assert services.editions.delete("measured-set").value == "measured-set"
    assert services.catalogue.typed_sets() == ()
    assert services.catalogue.typed_cases("measured-set") == ""
    assert services.audit()[0].operation == "criteria_set_deleted"


def test_a_set_that_something_rests_on_stays(services: Services, case_id: str) -> None:
    number = services.cases.case(case_id).number
    assert services.editions.uses("measured-set") == ((case_id, number),)
    with pytest.raises(UserFacingError, match=f"Cases rest on this set: {number}"):
        services.editions.delete("measured-set")
    hold_against(services, case_id)
    assert services.editions.uses("measured-set") == ()
    with pytest.raises(UserFacingError, match="Cases rest on this set"):
        services.editions.delete("measured-set")  # its answers would lose their questions
    shipped = services.catalogue.library().sets[0].id
    with pytest.raises(UserFacingError, match="Only a set of your own"):
        services.editions.delete(shipped)


def test_a_set_that_a_later_edition_names_stays(services: Services) -> None:
    services.catalogue.type_set(MEASURED)
    services.editions.store_edition(LATER)
    with pytest.raises(UserFacingError, match="Other sets name this one"):
        services.editions.delete("measured-set")
    services.editions.delete("measured-set.2")
    services.editions.delete("measured-set")


def test_answers_per_line_and_per_side_go_with_their_line_only(services: Services, sample_id: str) -> None:
    text = MEASURED.replace(
        "    - id: asked\n",
        "    - {id: each-line, text: Asked for each line, per: service_line}\n"
        "    - {id: each-side, text: Asked for each side, per: side}\n"
        "    - id: asked\n",
    )
    services.catalogue.type_set(text)
    lines = tuple(
        line.model_copy(update={"laterality": Laterality.LEFT, "criteria_set_ids": ("measured-set",)})
        for line in services.cases.case(sample_id).service_lines
    )
    services.cases.save_service_lines(sample_id, lines)
    asked = [("each-line", line.id) for line in lines] + [("each-side", "left"), ("each-side", "right")]
    for criterion_id, subject in asked:
        services.review.set_state(sample_id, key(criterion_id, subject), AssessmentState.MET)
    other_task = services.tasks.add(sample_id, "Ask", service_line_id=lines[0].id, closes=key("asked")).value
    services.editions.store_edition(
        text.replace("id: measured-set\n", "id: measured-set.2\nsupersedes: measured-set\n")
    )
    view = services.editions.adopt(sample_id, LINE, "measured-set", "measured-set.2").value
    taken = {(one.criterion_id, one.subject) for one in view.assessments if one.set_id == "measured-set.2"}
    assert taken == {("each-line", LINE), ("each-side", "left")}
    assert [item.task for item in services.tasks.list(sample_id)] == [other_task]
