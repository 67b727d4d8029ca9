"""A case file that names criteria which are not there is refused with every place; nothing is lost unseen."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.case_file import CaseFile
from desktop.domain.criteria import LicenceClass
from desktop.domain.worklist import WorklistQuery
from desktop.intake.case_json import CaseFileError, dump_case_file, load_case_file
from desktop.services.workspace import Services


def _changed(case_file: CaseFile, **fields: Any) -> CaseFile:
    return case_file.model_copy(update=fields)


def _with_answer(case_file: CaseFile, asked: str, **fields: Any) -> CaseFile:
    """The file with the first answer to a criterion changed."""
    answers = list(case_file.assessments)
    at = next(i for i, item in enumerate(answers) if item.criterion_id == asked)
    answers[at] = answers[at].model_copy(update=fields)
    return _changed(case_file, assessments=tuple(answers))


def _refusal(services: Services, case_file: CaseFile) -> tuple[str, ...]:
    with pytest.raises(CaseFileError) as caught:
        services.cases.import_case(case_file, name="other.json")
    assert services.cases.worklist(WorklistQuery()) == ()
    assert services.catalogue.typed_sets() == ()
    assert "'other.json'" in caught.value.what
    return caught.value.problems


def test_an_unknown_set_of_a_service_line_is_named(services: Services, sample_file: CaseFile) -> None:
    lines = list(sample_file.case.service_lines)
    sets = ("meridian-example.sp-22", "spinal-fixation-reinsertoin")
    lines[0] = lines[0].model_copy(update={"criteria_set_ids": sets})
    case = sample_file.case.model_copy(update={"service_lines": tuple(lines)})
    problems = _refusal(services, _changed(sample_file, case=case))
    assert problems[0].startswith("case.service_lines[0].criteria_set_ids[1]: no criteria set has the id")
    assert "did you mean 'spinal-fixation-reinsertion'?" in problems[0]


def test_answers_to_sets_that_the_file_does_not_bring_are_named(
    services: Services, sample_file: CaseFile
) -> None:
    problems = _refusal(services, _changed(sample_file, user_criteria=()))
    assert any(problem.startswith("assessments[0].set_id: ") for problem in problems)


def test_an_answer_to_a_criterion_that_is_not_asked_is_named(
    services: Services, sample_file: CaseFile
) -> None:
    (problem,) = _refusal(
        services, _with_answer(sample_file, "initial-relief", criterion_id="initial-releif")
    )
    assert "asks nothing called 'initial-releif'; did you mean 'initial-relief'?" in problem


@pytest.mark.parametrize("subject", ["L4-5", "banana", "", "line-arthrodesis"])
def test_an_answer_for_something_that_is_no_level_is_named(
    services: Services, sample_file: CaseFile, subject: str
) -> None:
    (problem,) = _refusal(services, _with_answer(sample_file, "nonunion-on-imaging", subject=subject))
    assert "is asked per level" in problem
    assert "L4-L5, L5-S1" in problem


def test_an_answer_for_a_level_to_a_question_about_the_whole_case_is_named(
    services: Services, sample_file: CaseFile
) -> None:
    (problem,) = _refusal(services, _with_answer(sample_file, "initial-relief", subject="L4-L5"))
    assert "is asked once for the case" in problem


def test_a_request_narrowed_to_fewer_levels_comes_in_and_its_letter_asks_for_those_only(
    services: Services, sample_file: CaseFile
) -> None:
    lines = list(sample_file.case.service_lines)
    lines[0] = lines[0].model_copy(update={"levels": ("L4-L5", "L5-S1")})
    case = sample_file.case.model_copy(update={"service_lines": tuple(lines)})
    narrowed = _changed(sample_file, case=case)
    loaded = load_case_file(dump_case_file(narrowed).encode("utf-8"), "narrowed.json")
    assert any("L2-L3 is a level of no service line, so it is not used" in point for point in loaded.problems)
    case_id = services.cases.import_case(loaded.case_file).value.id
    levels = {level.level for trace in services.review.view(case_id).traces for level in trace.levels}
    assert levels == {"L4-L5", "L5-S1"}


def test_an_own_set_is_refused_with_its_place_and_line(services: Services, sample_file: CaseFile) -> None:
    first, second = sample_file.user_criteria
    taken = first.replace("meridian-example.sp-22", "spinal-fixation-reinsertion")
    problems = _refusal(services, _changed(sample_file, user_criteria=(taken, "id: [", second, second, "")))
    assert [problem.split(":")[0] for problem in problems] == [f"user_criteria[{at}]" for at in (0, 1, 3, 4)]
    assert "belongs to a set that comes with the program" in problems[0]
    assert "line 1" in problems[1]
    assert "used by another set of this file" in problems[2]


def test_a_file_never_replaces_an_own_set_of_the_store(services: Services, sample_file: CaseFile) -> None:
    services.cases.import_case(sample_file)
    before = services.catalogue.typed_source("meridian-example.sp-22")
    first, second = sample_file.user_criteria
    other = _changed(
        sample_file,
        case=sample_file.case.model_copy(update={"id": "another-case"}),
        user_criteria=(first.replace("40 degrees", "30 degrees"), second),
    )
    assert other.user_criteria[0] != first
    with pytest.raises(CaseFileError, match="your store has another text for the set"):
        services.cases.import_case(other)
    assert services.catalogue.typed_source("meridian-example.sp-22") == before


def test_the_same_own_set_may_come_with_two_cases_and_keeps_its_licence(
    services: Services, sample_file: CaseFile
) -> None:
    first, second = sample_file.user_criteria
    licensed = (first.replace("licence: user", "licence: licensed-reference"), second)
    assert licensed[0] != first
    services.cases.import_case(_changed(sample_file, user_criteria=licensed))
    case = sample_file.case.model_copy(update={"id": "another-case"})
    stored = services.cases.import_case(_changed(sample_file, case=case, user_criteria=licensed)).value
    assert stored.number != sample_file.case.number
    kept = services.catalogue.library().get("meridian-example.sp-22")
    assert kept is not None
    assert kept.licence is LicenceClass.LICENSED_REFERENCE


def _knee(laterality: str, answered: str) -> CaseFile:
    """A knee line held against a set asked side by side, with one answer for a side."""
    set_id = "knee-arthroplasty.cms-l40231"
    line = {"id": "knee", "code": "27447", "laterality": laterality, "criteria_set_ids": [set_id]}
    answer = {"set_id": set_id, "criterion_id": "pain-severity", "subject": answered, "state": "met"}
    return CaseFile.model_validate(
        {
            "format": "indicated-case/1",
            "case": {"id": "k", "service_lines": [line]},
            "assessments": [answer],
        }
    )


def test_an_answer_for_a_side_that_is_no_longer_requested_is_kept_and_told(services: Services) -> None:
    narrowed = _knee("right", "left")
    services.cases.import_case(narrowed, name="knee.json")
    loaded = load_case_file(dump_case_file(narrowed).encode(), "knee.json")
    assert loaded.problems == (
        "assessments[0].subject: left is a side of no service line, so it is not used",
    )


def test_a_question_asked_side_by_side_wants_a_side(services: Services) -> None:
    (problem,) = _refusal_of(services, _knee("bilateral", "L4-L5"))
    assert "is asked per side and is answered for 'L4-L5'; expected: left, right" in problem
    (problem,) = _refusal_of(services, _knee("none", ""))
    assert "expected: a side, but no service line held against this set names one" in problem


def _refusal_of(services: Services, case_file: CaseFile) -> tuple[str, ...]:
    with pytest.raises(CaseFileError) as caught:
        services.cases.import_case(case_file, name="knee.json")
    return caught.value.problems
