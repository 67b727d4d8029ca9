"""The record is checked field by field: each thing that cannot be right is said in words, at its field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.case import Case
from desktop.domain.clinical import (
    ClinicalFact,
    ConservativeTreatment,
    Finding,
    FunctionScore,
    History,
    ImagingStudy,
    Measurement,
    PriorSurgery,
)
from desktop.domain.denial import AdverseDetermination, DenialReason
from desktop.domain.document import Document
from desktop.domain.member import Coverage, LineOfBusiness, Member, Provider, ProviderRole
from desktop.domain.service_line import CodeSystem, Diagnosis, ServiceLine
from desktop.domain.severity import Severity
from desktop.intake.case_json import load_case_file
from desktop.intake.validation import FieldProblem, validate_case
from tests.intake.sample_files import FURTHER, SAMPLE

TODAY = date(2026, 11, 22)
TOMORROW = date(2026, 11, 23)


def sound_case() -> Case:
    return load_case_file(SAMPLE.read_bytes(), SAMPLE.name).case_file.case


def remarks(**changes: Any) -> dict[str, FieldProblem]:
    """The remarks on the sound sample with some sections replaced, by path."""
    case = sound_case().model_copy(update=changes)
    return {problem.path: problem for problem in validate_case(case, TODAY)}


def test_the_sample_gives_no_remark() -> None:
    assert validate_case(sound_case(), TODAY) == ()


def test_an_empty_case_names_what_a_letter_cannot_do_without() -> None:
    errors = [item.path for item in validate_case(Case(id="a"), TODAY) if item.severity is Severity.ERROR]
    assert errors == [
        "member.family_name",
        "member.member_id",
        "member.date_of_birth",
        "coverage.payer",
        "denial.notice_dated_on",
        "denial.reference_number",
        "denial.reasons",
        "providers",
        "service_lines",
    ]


@pytest.mark.parametrize("path", FURTHER, ids=lambda path: path.stem)
def test_gaps_of_the_further_cases_are_remarks_and_not_failures(path: Any) -> None:
    case = load_case_file(path.read_bytes(), path.name).case_file.case
    assert all(problem.message.endswith(".") for problem in validate_case(case, TODAY))


def test_an_unknown_line_of_business_is_a_warning() -> None:
    found = remarks(coverage=Coverage(payer="P"))["coverage.line_of_business"]
    assert found.severity is Severity.WARNING
    assert "every right and every clock" in found.message


def test_a_state_is_two_capital_letters() -> None:
    coverage = Coverage(payer="P", state="Ohio", line_of_business=LineOfBusiness.FEHB)
    assert set(remarks(coverage=coverage)) == {"coverage.state"}


def denial(**changes: Any) -> AdverseDetermination:
    return sound_case().denial.model_copy(update=changes)


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"received_on": date(2026, 11, 1)}, "denial.received_on", "Received before it was printed"),
        ({"received_on": TOMORROW}, "denial.received_on", "is in the future"),
        ({"notice_dated_on": TOMORROW, "received_on": None}, "denial.notice_dated_on", "is in the future"),
        (
            {"deadline_stated_on": date(2026, 11, 2)},
            "denial.deadline_stated_on",
            "not after the date of the notice",
        ),
        ({"deadline_stated_on": date(2026, 11, 21)}, "denial.deadline_stated_on", "has passed"),
        ({"reasons": (DenialReason(id="r"),)}, "denial.reasons.r.verbatim", "word for word"),
        (
            {"reasons": (DenialReason(id="r", verbatim="x", service_line_ids=("nowhere",)),)},
            "denial.reasons.r.service_line_ids",
            "not in the case",
        ),
        (
            {"appeal_address": "", "appeal_fax": "", "appeal_portal": " "},
            "denial.appeal_address",
            "No address, fax or portal",
        ),
    ],
)
def test_dates_and_reasons_of_the_notice_must_fit(changes: dict[str, Any], path: str, words: str) -> None:
    found = remarks(denial=denial(**changes))
    assert set(found) == {path}
    assert words in found[path].message


def test_a_member_born_after_the_notice_is_impossible() -> None:
    member = Member(family_name="T", member_id="1", date_of_birth=date(2026, 11, 10))
    assert "after the date of the notice" in remarks(member=member)["member.date_of_birth"].message


def test_a_year_before_1900_is_questioned() -> None:
    member = Member(family_name="T", member_id="1", date_of_birth=date(196, 3, 14))
    assert "check the year" in remarks(member=member)["member.date_of_birth"].message


def test_a_mistyped_npi_is_caught_and_a_missing_one_is_a_warning() -> None:
    wrong = Provider(id="p", name="N", npi="1234567890")
    missing = Provider(id="q", name="")
    facility = Provider(id="f", name="F", role=ProviderRole.FACILITY)
    found = remarks(providers=(wrong, missing, facility))
    assert set(found) == {"providers.p.npi", "providers.q.npi", "providers.q.name"}
    assert "check digit" in found["providers.p.npi"].message
    assert found["providers.q.npi"].severity is Severity.WARNING


def line(**fields: Any) -> ServiceLine:
    values = {
        "id": "line-reinsertion",
        "code": "22849",
        "label": "L",
        "levels": ("L4-L5",),
        "criteria_set_ids": ("s",),
    }
    return ServiceLine.model_validate({**values, **fields})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "2284"}, "code"),
        ({"code": "\uff12\uff12\uff18\uff14\uff19"}, "code"),
        ({"code": "2284a"}, "code"),
        ({"code": "22849", "code_system": CodeSystem.HCPCS}, "code"),
        ({"code": "0SG00AI", "code_system": CodeSystem.ICD10PCS}, "code"),
        ({"label": " "}, "label"),
        ({"levels": ()}, "levels"),
        ({"levels": ("L4-L5", "L4-L5")}, "levels"),
        ({"criteria_set_ids": ()}, "criteria_set_ids"),
        ({"code": "27447", "levels": ()}, "laterality"),
    ],
)
def test_a_service_line_has_a_well_formed_code_a_label_its_places_and_criteria(
    fields: dict[str, Any], field: str
) -> None:
    found = remarks(
        service_lines=(line(**fields),), denial=denial(reasons=(DenialReason(id="r", verbatim="x"),))
    )
    assert set(found) == {f"service_lines.line-reinsertion.{field}"}


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "27447", "levels": (), "laterality": "right"},
        {"code": "0275T", "levels": ()},
        {"code": "E0748", "levels": (), "code_system": CodeSystem.HCPCS},
        {"code": "0SG00A0", "levels": (), "code_system": CodeSystem.ICD10PCS},
        {"code": "anything", "levels": (), "code_system": CodeSystem.OTHER},
    ],
)
def test_a_service_that_is_not_spinal_needs_no_level(fields: dict[str, Any]) -> None:
    assert not remarks(
        service_lines=(line(**fields),), denial=denial(reasons=(DenialReason(id="r", verbatim="x"),))
    )


def test_diagnoses_are_complete_codes_with_their_own_titles() -> None:
    found = remarks(
        diagnoses=(
            Diagnosis(id="a", code="M54.5", is_primary=True),
            Diagnosis(id="b", code="M96.0", title="Nonunion", is_primary=True),
            Diagnosis(id="c"),
        )
    )
    assert set(found) == {"diagnoses", "diagnoses.a.code", "diagnoses.b.title", "diagnoses.c.code"}
    assert found["diagnoses.b.title"].severity is Severity.WARNING
    assert remarks(diagnoses=())["diagnoses"].severity is Severity.WARNING


def test_history_is_dated_and_after_birth() -> None:
    history = History(
        prior_surgeries=(PriorSurgery(id="s"), PriorSurgery(id="t", performed_on=date(1950, 1, 1))),
        facts=(ClinicalFact(id="f", amount=Decimal(2), dated_on=TOMORROW), ClinicalFact(id="g")),
    )
    assert set(remarks(history=history)) == {
        "history.prior_surgeries.s.performed_on",
        "history.prior_surgeries.t.performed_on",
        "history.facts.f.dated_on",
        "history.facts.f.unit",
        "history.facts.g.dated_on",
    }


def test_a_treatment_must_not_end_before_it_starts() -> None:
    reversed_dates = ConservativeTreatment(id="t", started_on=date(2026, 3, 1), ended_on=date(2026, 2, 1))
    found = remarks(treatments=(reversed_dates, ConservativeTreatment(id="u")))
    assert found["treatments.t.ended_on"].message == "Ends before it starts."
    assert "Undated care" in found["treatments.u.started_on"].message


@pytest.mark.parametrize(
    ("value", "unit", "is_right"),
    [
        ("100", "%", True),
        ("100.1", "%", False),
        ("-1", "/10", False),
        ("10", "/10", True),
        ("11", " /10 ", False),
        ("400", "points", True),
        (None, "%", False),
    ],
)
def test_a_score_is_held_against_a_range_only_where_its_unit_states_one(
    value: str | None, unit: str, is_right: bool
) -> None:
    score = FunctionScore(
        id="s", instrument="ODI", value=None if value is None else Decimal(value), unit=unit, scored_on=TODAY
    )
    assert (not remarks(scores=(score,))) is is_right


def test_an_undated_score_study_or_document_is_a_warning() -> None:
    found = remarks(
        scores=(FunctionScore(id="s", value=Decimal(1)),),
        imaging=(ImagingStudy(id="i"),),
        documents=(Document(id="d", title="T", text="x"), Document(id="e", dated_on=TODAY)),
    )
    assert {path: problem.severity for path, problem in found.items()} == {
        "scores.s.scored_on": Severity.WARNING,
        "imaging.i.performed_on": Severity.WARNING,
        "documents.d.dated_on": Severity.WARNING,
        "documents.e.text": Severity.WARNING,
        "documents.e.title": Severity.WARNING,
    }


def test_quotes_must_stand_in_the_report_and_numbers_need_units() -> None:
    study = ImagingStudy(
        id="i",
        performed_on=TODAY,
        document_id="doc-ct",
        findings=(Finding(id="f", quote="never said"), Finding(id="g")),
        measurements=(
            Measurement(id="m", quote="never said", value=Decimal(1)),
            Measurement(id="n", unit="mm"),
        ),
    )
    assert set(remarks(imaging=(study,))) == {
        "imaging.i.findings.f.quote",
        "imaging.i.measurements.m.quote",
        "imaging.i.measurements.m.unit",
    }
