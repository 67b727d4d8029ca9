"""What a record says and cannot be so never goes into an issued letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desktop.domain.case import Case
from desktop.domain.case_file import CaseFile
from desktop.domain.errors import UserFacingError
from desktop.domain.severity import Severity
from desktop.services.workspace import Services


def _denial(case: Case, **fields: Any) -> Case:
    return case.model_copy(update={"denial": case.denial.model_copy(update=fields)})


def _born(case: Case, day: date) -> Case:
    return case.model_copy(update={"member": case.member.model_copy(update={"date_of_birth": day})})


def _first(case: Case, section: str, **fields: Any) -> Case:
    items = getattr(case, section)
    return case.model_copy(update={section: (items[0].model_copy(update=fields), *items[1:])})


def _letter_of(services: Services, sample_file: CaseFile, change: Callable[[Case], Case]) -> str:
    changed = sample_file.model_copy(update={"case": change(sample_file.case)})
    case_id = services.cases.import_case(changed).value.id
    assert sample_file.sign_off is not None
    services.determinations.sign(case_id, **sample_file.sign_off.model_dump())
    services.letters.compose(case_id)
    return case_id


IMPOSSIBLE: tuple[tuple[Callable[[Case], Case], str], ...] = (
    (lambda case: _born(case, date(1, 1, 1)), "Member, date of birth: 0001-01-01 is before 1900"),
    (lambda case: _born(case, date(2026, 11, 4)), "after the date of the notice"),
    (lambda case: _denial(case, received_on=date(2026, 11, 1)), "Denial, received on: Received before"),
    (lambda case: _denial(case, deadline_stated_on=date(2026, 11, 1)), "The deadline is not after"),
    (
        lambda case: _first(case, "treatments", ended_on=date(2025, 1, 1)),
        "Treatments 1, ended on: Ends before",
    ),
    (lambda case: _first(case, "providers", npi="1234567890"), "Providers 1, npi: "),
    (lambda case: _first(case, "service_lines", code="22849x"), "Service lines 1, code: "),
)


@pytest.mark.parametrize(("change", "words"), IMPOSSIBLE)
def test_an_impossible_value_keeps_the_letter_from_being_issued(
    services: Services, sample_file: CaseFile, change: Callable[[Case], Case], words: str
) -> None:
    case_id = _letter_of(services, sample_file, change)
    errors = [item.message for item in services.letters.problems(case_id) if item.severity is Severity.ERROR]
    assert any(words in message for message in errors), errors
    with pytest.raises(UserFacingError, match="cannot be issued yet"):
        services.letters.issue(case_id)


def test_a_day_yet_to_come_is_a_warning_because_the_clock_may_be_wrong(
    services: Services, sample_file: CaseFile
) -> None:
    case_id = _letter_of(
        services, sample_file, lambda case: _first(case, "scores", scored_on=date(2026, 11, 23))
    )
    (found,) = services.letters.problems(case_id)
    assert found.severity is Severity.WARNING
    assert found.message.startswith("Scores 1, scored on: 2026-11-23 is in the future.")
    services.letters.issue(case_id)


def test_a_finding_recorded_at_a_level_that_its_words_do_not_name_is_pointed_out(
    services: Services, sample_file: CaseFile
) -> None:
    def moved(case: Case) -> Case:
        study = case.imaging[0]
        at = next(i for i, item in enumerate(study.findings) if item.id == "f-s1-loose")
        findings = list(study.findings)
        findings[at] = findings[at].model_copy(update={"level": "C7"})
        return _first(case, "imaging", findings=tuple(findings))

    case_id = _letter_of(services, sample_file, moved)
    messages = [item.message for item in services.letters.problems(case_id)]
    assert any(
        "Imaging 1, findings 1, level: Recorded at C7, but the quoted words" in item for item in messages
    )


def test_the_sample_has_nothing_impossible(services: Services, sample_file: CaseFile) -> None:
    case_id = _letter_of(services, sample_file, lambda case: case)
    assert services.letters.problems(case_id) == ()
