"""A gap says which document of which days would close it, from whom, and how hard that is to get."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.case import Case
from desktop.domain.clinical import ConservativeTreatment, History, ImagingStudy, PriorSurgery, TreatmentKind
from desktop.domain.document import Document, DocumentKind
from desktop.domain.gap import Gap
from desktop.domain.member import Coverage, Provider, ProviderRole
from desktop.domain.service_line import ServiceLine
from desktop.domain.window import TimeUnit, Window
from desktop.rules.evaluate import evaluate
from desktop.rules.gaps import line_gaps
from tests.criteria.sets import all_of, answer, by_key, leaf, set_of

SERVICE_ON = date(2026, 3, 31)
WITHIN = Window(count=6, unit=TimeUnit.MONTHS)
SURGEON = Provider(id="surgeon", name="A. Example", credential="MD")


def gap_of(
    case: Case, *, state: State | None = None, service_on: date | None = SERVICE_ON, **criterion: object
) -> Gap:
    criteria_set = set_of(all_of(leaf("a", **criterion)))
    line = ServiceLine(id="line", service_on=service_on, levels=("L4-L5",))
    subject = "L4-L5" if criterion.get("per") == "level" else ""
    answers = by_key(answer(state, "a", subject)) if state else {}
    found = line_gaps(criteria_set, evaluate(criteria_set, line, answers), line, case)
    return found.ways[0].gaps[0]


def case_with(*documents: Document, **more: object) -> Case:
    return Case.model_validate({"id": "case", "documents": documents, **more})


def document(kind: DocumentKind, day: date | None = None) -> Document:
    return Document(id="document", kind=kind, dated_on=day, text="Words.")


@pytest.mark.parametrize(
    ("kinds", "effort"),
    [
        ((), 2),
        (("signed_form",), 1),
        (("policy",), 1),
        (("denial_letter",), 1),
        (("clinic_note",), 2),
        (("other",), 2),
        (("pt_record",), 3),
        (("operative_note",), 3),
        (("injection_record",), 3),
        (("lab_report",), 4),
        (("imaging_report",), 5),
        (("imaging_report", "clinic_note"), 2),
    ],
)
def test_the_effort_is_that_of_the_easiest_kind_of_document_asked_for(kinds, effort) -> None:
    assert gap_of(case_with(), evidence_types=kinds).effort == effort
    assert gap_of(case_with(), evidence_types=kinds, state=State.NOT_MET).effort == effort + 10


def test_what_is_in_the_record_only_has_to_be_read_and_linked() -> None:
    report = document(DocumentKind.IMAGING_REPORT)
    assert gap_of(case_with(report), evidence_types=("imaging_report",)).effort == 0
    assert gap_of(case_with(report), evidence_types=("lab_report",)).effort == 4


@pytest.mark.parametrize("state", [State.NOT_DOCUMENTED, State.UNCLEAR])
def test_a_record_that_was_found_not_to_settle_it_does_not_count_as_having_it(state) -> None:
    report = document(DocumentKind.IMAGING_REPORT)
    assert gap_of(case_with(report), evidence_types=("imaging_report",), state=state).effort == 5


@pytest.mark.parametrize(
    ("day", "effort"),
    [
        (date(2025, 9, 29), 5),
        (date(2025, 9, 30), 0),
        (SERVICE_ON, 0),
        (date(2026, 4, 1), 5),
        (None, 5),
    ],
)
def test_a_document_in_the_record_must_be_of_the_days_asked_for(day, effort) -> None:
    case = case_with(document(DocumentKind.IMAGING_REPORT, day))
    assert gap_of(case, evidence_types=("imaging_report",), within=WITHIN).effort == effort


def test_the_days_are_counted_back_from_the_service_and_unknown_without_it() -> None:
    gap = gap_of(case_with(), within=WITHIN)
    assert (gap.dated_from, gap.dated_to) == (date(2025, 9, 30), SERVICE_ON)
    gap = gap_of(case_with(), within=WITHIN, service_on=None)
    assert (gap.dated_from, gap.dated_to) == (None, None)
    gap = gap_of(case_with())
    assert (gap.dated_from, gap.dated_to) == (None, None)


KNOWN = case_with(
    providers=(SURGEON, Provider(id="site", role=ProviderRole.FACILITY, name="A hospital")),
    coverage=Coverage(payer="Example Health Plan"),
    imaging=(
        ImagingStudy(id="old", performed_on=date(2024, 1, 1), facility="Old Imaging"),
        ImagingStudy(id="new", performed_on=date(2026, 1, 1), facility="New Imaging"),
        ImagingStudy(id="undated", facility="Undated Imaging"),
    ),
    history=History(
        prior_surgeries=(
            PriorSurgery(
                id="first", performed_on=date(2019, 1, 1), levels=("L4-L5",), facility="North Hospital"
            ),
            PriorSurgery(
                id="second", performed_on=date(2022, 1, 1), levels=("L5-S1",), facility="South Hospital"
            ),
        )
    ),
    treatments=(
        ConservativeTreatment(id="pt", kind=TreatmentKind.PHYSICAL_THERAPY, provider="P. Therapist, PT"),
        ConservativeTreatment(id="esi", kind=TreatmentKind.INJECTION, provider="I. Jector, MD"),
    ),
)


@pytest.mark.parametrize(
    ("kinds", "known", "unknown"),
    [
        (("imaging_report",), "New Imaging", "an imaging facility"),
        (("operative_note",), "South Hospital", "the facility of the earlier operation"),
        (
            ("lab_report",),
            "a laboratory, ordered by A. Example, MD",
            "a laboratory, ordered by the treating provider",
        ),
        (("pt_record",), "P. Therapist, PT", "the physical therapist"),
        (("injection_record",), "I. Jector, MD", "whoever gave the injections"),
        (("signed_form",), "A. Example, MD and the patient", "the treating provider and the patient"),
        (("policy",), "Example Health Plan", "the plan"),
        (("denial_letter",), "Example Health Plan", "the plan"),
        (("clinic_note",), "A. Example, MD", "the treating provider"),
        ((), "A. Example, MD", "the treating provider"),
        (("other", "clinic_note"), "A. Example, MD", "the treating provider"),
        (
            ("pt_record", "clinic_note"),
            "A. Example, MD or P. Therapist, PT",
            "the treating provider or the physical therapist",
        ),
    ],
)
def test_it_names_who_can_supply_the_document_as_far_as_the_case_says(kinds, known, unknown) -> None:
    assert gap_of(KNOWN, evidence_types=kinds).owed_by == known
    assert gap_of(case_with(), evidence_types=kinds).owed_by == unknown


def test_the_operative_note_is_owed_by_the_facility_that_operated_at_the_level() -> None:
    assert gap_of(KNOWN, evidence_types=("operative_note",), per="level").owed_by == "North Hospital"


def test_a_provider_without_a_name_is_known_by_the_practice() -> None:
    rendering = Provider(id="one", role=ProviderRole.RENDERING, credential="MD", organization="A Practice")
    assert gap_of(case_with(providers=(rendering,))).owed_by == "A Practice"
