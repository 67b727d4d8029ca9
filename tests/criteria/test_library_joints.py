"""Pins the decisive figures of the joint, weight, sleep and setting sets against the facts they were written from.

A figure, boundary, unit, window, exception or proof tag that changes by a slip of the pen fails here, whatever the
cases beside the set say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.assessment import Amount, AssessmentKey, AssessmentState, CriterionAssessment
from desktop.domain.case import Case
from desktop.domain.clinical import ConservativeTreatment, ImagingStudy, Measurement, TreatmentKind
from desktop.domain.criteria import CriteriaSet, Group, Polarity, Scope, leaves
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.domain.truth import Truth
from desktop.rules.editions import documents
from desktop.rules.evaluate import evaluate
from desktop.rules.loader import load_library
from desktop.rules.measures import offers_for

LIBRARY = load_library(Path(__file__).parents[2] / "criteria")
JOINTS = ("knee-arthroplasty", "hip-arthroplasty", "rotator-cuff-repair")
FAMILIES = (*JOINTS, "bariatric-surgery", "hypoglossal-stimulation", "inpatient-level-of-care")

FIGURES: dict[str, dict[str, str]] = {
    "knee-arthroplasty.cms-l40231": {
        "kellgren-lawrence": ">= 2 grade",
        "conservative-care": ">= 3 months",
    },
    "knee-arthroplasty.aetna-0660": {
        "kellgren-lawrence": ">= 3 grade",
        "care-24-weeks": ">= 24 weeks",
        "care-12-weeks": ">= 12 weeks",
        "bmi-not-over-40": "<= 40 kg/m2",
        "age-50": ">= 50 years",
        "physical-therapy-share": ">= 50 %",
    },
    "knee-arthroplasty.anthem-cg-surg-54": {"conservative-care": ">= 3 months"},
    "knee-arthroplasty.alabama-mp-705": {},
    "hip-arthroplasty.cms-l40231": {
        "kellgren-lawrence": ">= 2 grade",
        "conservative-care": ">= 3 months",
    },
    "hip-arthroplasty.cms-l34163": {},
    "hip-arthroplasty.aetna-0287": {"tonnis": ">= 2 grade", "physical-therapy-share": ">= 50 %"},
    "hip-arthroplasty.aetna-0287-older": {
        "care-24-weeks": ">= 24 weeks",
        "care-12-weeks": ">= 12 weeks",
    },
    "hip-arthroplasty.anthem-cg-surg-53": {"conservative-care": ">= 3 months"},
    "rotator-cuff-repair.evicore-cmm-315-8-weeks": {"conservative-care": ">= 8 weeks"},
    "rotator-cuff-repair.evicore-cmm-315-3-months": {"conservative-care": ">= 3 months"},
    "bariatric-surgery.cms-ncd-100-1": {"bmi": ">= 35 kg/m2"},
    "bariatric-surgery.noridian-a53028": {"bmi": ">= 35 kg/m2"},
    "hypoglossal-stimulation.cms-lcds": {
        "age": ">= 22 years",
        "bmi": "< 35 kg/m2",
        "apnea-index-lowest": ">= 15 events/hour",
        "apnea-index-highest": "<= 65 events/hour",
        "central-events": "< 25 %",
    },
    "inpatient-level-of-care": {"tricare-expedited": "<= 3 days"},
}

PROOFS = {
    "knee-arthroplasty.cms-l40231": "S",
    "knee-arthroplasty.aetna-0660": "S",
    "knee-arthroplasty.anthem-cg-surg-54": "O",
    "knee-arthroplasty.alabama-mp-705": "T",
    "hip-arthroplasty.cms-l40231": "S",
    "hip-arthroplasty.cms-l34163": "S",
    "hip-arthroplasty.aetna-0287": "S",
    "hip-arthroplasty.aetna-0287-older": "O",
    "hip-arthroplasty.anthem-cg-surg-53": "O",
    "rotator-cuff-repair.evicore-cmm-315-8-weeks": "S",
    "rotator-cuff-repair.evicore-cmm-315-3-months": "S",
    "bariatric-surgery.cms-ncd-100-1": "T",
    "bariatric-surgery.noridian-a53028": "T",
    "hypoglossal-stimulation.cms-lcds": "S",
    "inpatient-level-of-care": "T",
}

WAIVED_BY = {
    ("knee-arthroplasty.cms-l40231", "conservative-care"): "care-reason",
    ("hip-arthroplasty.cms-l40231", "conservative-care"): "care-reason",
    ("hip-arthroplasty.aetna-0287-older", "care"): "care-reason",
    ("hip-arthroplasty.cms-l34163", "other-contraindication"): "written-reason",
    ("rotator-cuff-repair.evicore-cmm-315-8-weeks", "conservative-care"): "acute-complete-tear",
    ("rotator-cuff-repair.evicore-cmm-315-3-months", "conservative-care"): "acute-traumatic-tear",
}

ABSENT = {
    "knee-arthroplasty.cms-l40231": {
        "active-infection",
        "neuropathic-joint",
        "skeletal-immaturity",
        "progressive-neurological-disease",
        "quadriplegia",
        "painless-weakness",
    },
    "knee-arthroplasty.aetna-0660": {
        "active-infection",
        "skin-at-site",
        "vascular-insufficiency",
        "muscle-or-nerve-disease",
        "poor-bone-stock",
        "implant-allergy",
        "recent-steroid-injection",
    },
    "hip-arthroplasty.aetna-0287": {
        "active-infection",
        "skin-at-site",
        "implant-allergy",
        "paralysis",
        "weakness-prevents-walking",
    },
    "hip-arthroplasty.cms-l34163": {"active-infection", "other-contraindication"},
    "hypoglossal-stimulation.cms-lcds": {"concentric-collapse"},
}


def _set(set_id: str) -> CriteriaSet:
    found = LIBRARY.get(set_id)
    assert found is not None, set_id
    return found


def _groups(group: Group) -> list[Group]:
    below = [child for child in group.children if isinstance(child, Group)]
    return [group, *(found for child in below for found in _groups(child))]


def _truth(set_id: str, answers: Mapping[str, str]) -> Truth:
    """The truth for a line: every criterion met save those answered here, a state's word or an amount with its unit."""
    found = _set(set_id)
    line = ServiceLine(id="line", laterality=Laterality.LEFT)
    assessments: dict[AssessmentKey, CriterionAssessment] = {}
    for leaf in found.criteria():
        subjects = {Scope.CASE: ("",), Scope.SERVICE_LINE: ("line",), Scope.LEVEL: (), Scope.SIDE: line.sides}
        said = answers.get(leaf.id, "met")
        number, _, unit = said.partition(" ")
        is_amount = number.replace(".", "").isdigit()
        for subject in subjects[leaf.per]:
            key = AssessmentKey(set_id=set_id, criterion_id=leaf.id, subject=subject)
            assessments[key] = CriterionAssessment(
                key=key,
                state=None if is_amount else AssessmentState(said),
                amount=Amount(value=Decimal(number), unit=unit) if is_amount else None,
            )
    return evaluate(found, line, assessments).truth


def test_these_families_have_exactly_these_sets() -> None:
    shipped = {found.id for found in LIBRARY.sets if found.family in FAMILIES}
    assert shipped == set(FIGURES) == set(PROOFS)


@pytest.mark.parametrize("set_id", sorted(FIGURES))
def test_every_figure_of_a_set_is_the_one_that_was_read(set_id: str) -> None:
    found = {leaf.id: leaf.threshold.caption for leaf in _set(set_id).criteria() if leaf.threshold}
    assert found == FIGURES[set_id]


@pytest.mark.parametrize("set_id", sorted(PROOFS))
def test_every_criterion_has_the_proof_of_its_source_and_the_title_says_what_that_is_worth(
    set_id: str,
) -> None:
    found = _set(set_id)
    assert {leaf.source.proof for leaf in found.criteria()} == {PROOFS[set_id]}
    assert ("(reported; confirm against the current document)" in found.title) is (PROOFS[set_id] == "S")
    assert ("text" in found.title and "read" in found.title) is (PROOFS[set_id] == "O")
    if PROOFS[set_id] == "O":
        assert found.effective_from is None
        assert found.effective_to is None


def test_an_exception_waives_what_its_source_says_and_nothing_else() -> None:
    waived = {
        (found.id, group.children[0].id): group.children[1].id
        for found in LIBRARY.sets
        if found.id in FIGURES
        for group in _groups(found.root)
        if group.kind == "unless"
    }
    assert waived == WAIVED_BY


@pytest.mark.parametrize("set_id", sorted(ABSENT))
def test_what_must_be_absent_is_what_was_read_as_a_bar(set_id: str) -> None:
    found = {leaf.id for leaf in _set(set_id).criteria() if leaf.polarity is Polarity.ABSENT}
    assert found == ABSENT[set_id]


@pytest.mark.parametrize(
    "set_id",
    [
        "knee-arthroplasty.anthem-cg-surg-54",
        "hip-arthroplasty.anthem-cg-surg-53",
        "hip-arthroplasty.aetna-0287",
        "hip-arthroplasty.aetna-0287-older",
    ],
)
def test_an_old_text_or_a_part_of_a_rule_is_never_called_silent(set_id: str) -> None:
    assert (_set(set_id).covers, _set(set_id).indications) == ((), ())


@pytest.mark.parametrize(
    ("set_id", "criterion_id", "others"),
    [
        (
            "knee-arthroplasty.anthem-cg-surg-54",
            "other-revision-limb",
            ("joint-destruction", "tumour", "revision-cause"),
        ),
        ("hip-arthroplasty.aetna-0287", "other-ground", ("tonnis", "necrosis-collapse")),
    ],
)
def test_a_limb_that_nobody_has_read_keeps_the_result_open(
    set_id: str, criterion_id: str, others: tuple[str, ...]
) -> None:
    failed = dict.fromkeys(others, "not_met")
    assert _truth(set_id, failed | {criterion_id: "not_documented"}) is Truth.UNKNOWN
    assert _truth(set_id, failed | {criterion_id: "not_met"}) is Truth.FALSE


@pytest.mark.parametrize("set_id", ["knee-arthroplasty.cms-l40231", "hip-arthroplasty.cms-l40231"])
def test_a_revision_for_any_documented_cause_speaks_of_infection_and_instability(set_id: str) -> None:
    assert {"hardware_loosening", "infection", "instability"} <= {kind.value for kind in _set(set_id).covers}


def test_what_is_asked_of_a_joint_is_asked_side_by_side() -> None:
    for set_id in FIGURES:
        found = _set(set_id)
        names = {"knee-arthroplasty": " knee", "hip-arthroplasty": " hip", "rotator-cuff-repair": " shoulder"}
        word = names.get(found.family)
        for leaf in found.criteria():
            if word is not None and word in leaf.text and leaf.polarity is Polarity.PRESENT:
                assert leaf.per is Scope.SIDE, (set_id, leaf.id)
            if word is None:
                assert leaf.per is not Scope.SIDE, (set_id, leaf.id)


def test_therapy_counts_for_a_year_and_a_sleep_study_for_24_months() -> None:
    windows = {
        (found.id, leaf.id): leaf.within.caption
        for found in LIBRARY.sets
        if found.id in FIGURES
        for leaf in found.criteria()
        if leaf.within
    }
    assert windows == {
        ("hip-arthroplasty.aetna-0287", "physical-therapy-share"): "1 year",
        ("hypoglossal-stimulation.cms-lcds", "sleep-study"): "24 months",
    }


@pytest.mark.parametrize(
    ("weeks", "bmi", "age", "truth"),
    [
        ("12", "40", "50", Truth.TRUE),
        ("11.86", "30", "60", Truth.FALSE),
        ("12", "40.1", "50", Truth.FALSE),
        ("12", "40", "49", Truth.FALSE),
        ("23.86", "45", "45", Truth.FALSE),
        ("24", "45", "45", Truth.TRUE),
    ],
)
def test_a_knee_needs_24_weeks_over_a_bmi_of_40_or_under_50_years_and_12_otherwise(
    weeks: str, bmi: str, age: str, truth: Truth
) -> None:
    answers = {
        "care-12-weeks": f"{weeks} weeks",
        "care-24-weeks": f"{weeks} weeks",
        "bmi-not-over-40": f"{bmi} kg/m2",
        "age-50": f"{age} years",
        "revision-cause": "not_met",
    }
    assert _truth("knee-arthroplasty.aetna-0660", answers) is truth


def test_an_unknown_bmi_keeps_a_knee_with_12_weeks_open_and_does_not_matter_at_24() -> None:
    open_answers = {"bmi-not-over-40": "not_documented", "revision-cause": "not_met"}
    twelve = open_answers | {"care-12-weeks": "13 weeks", "care-24-weeks": "13 weeks"}
    assert _truth("knee-arthroplasty.aetna-0660", twelve) is Truth.UNKNOWN
    assert _truth("knee-arthroplasty.aetna-0660", open_answers) is Truth.TRUE


@pytest.mark.parametrize(
    ("set_id", "group_id", "count", "of"),
    [
        ("knee-arthroplasty.alabama-mp-705", "pain-group", 2, 3),
        ("knee-arthroplasty.alabama-mp-705", "examination-group", 2, 3),
        ("knee-arthroplasty.alabama-mp-705", "radiograph-group", 2, 6),
        ("hip-arthroplasty.aetna-0287-older", "osteoarthritis-signs", 2, 5),
    ],
)
def test_so_many_of_a_list_are_asked_for(set_id: str, group_id: str, count: int, of: int) -> None:
    group = next(item for item in _groups(_set(set_id).root) if item.id == group_id)
    assert (group.kind, group.count, len(tuple(leaves(group)))) == ("at_least", count, of)


@pytest.mark.parametrize("set_id", ["bariatric-surgery.cms-ncd-100-1", "bariatric-surgery.noridian-a53028"])
@pytest.mark.parametrize(("bmi", "truth"), [("34.9", Truth.FALSE), ("35", Truth.TRUE)])
def test_a_bmi_of_exactly_35_is_enough_for_medicare(set_id: str, bmi: str, truth: Truth) -> None:
    assert _truth(set_id, {"bmi": f"{bmi} kg/m2"}) is truth


@pytest.mark.parametrize(
    ("index", "truth"),
    [("14.9", Truth.FALSE), ("15", Truth.TRUE), ("65", Truth.TRUE), ("65.1", Truth.FALSE)],
)
def test_an_apnea_index_from_15_to_65_counts_both_ends(index: str, truth: Truth) -> None:
    value = f"{index} events/hour"
    answers = {"apnea-index-lowest": value, "apnea-index-highest": value}
    assert _truth("hypoglossal-stimulation.cms-lcds", answers) is truth


@pytest.mark.parametrize("unit", ["events/h", "events per hour", "/h"])
def test_an_apnea_index_is_read_in_the_spellings_of_sleep_reports(unit: str) -> None:
    answers = {"apnea-index-lowest": f"20 {unit}", "apnea-index-highest": f"70 {unit}"}
    assert _truth("hypoglossal-stimulation.cms-lcds", answers) is Truth.FALSE
    assert _truth("hypoglossal-stimulation.cms-lcds", answers | {"apnea-index-highest": "met"}) is Truth.TRUE


def test_a_local_article_is_named_as_a_customisation_of_the_national_rule() -> None:
    assert _set("bariatric-surgery.noridian-a53028").customises == "bariatric-surgery.cms-ncd-100-1"


def test_no_two_of_these_sets_are_taken_for_editions_of_one_document() -> None:
    found = documents(item for item in LIBRARY.sets if item.id in FIGURES)
    assert [len(editions) for editions in found] == [1] * len(FIGURES)


def test_the_checklist_for_a_stay_states_no_length_of_stay_and_no_codes() -> None:
    found = _set("inpatient-level-of-care")
    assert found.codes == ()
    assert "not a payer's rule" in found.title
    texts = " ".join(leaf.text.lower() for leaf in found.criteria())
    assert "night" not in texts


def test_the_record_answers_the_grade_of_the_knee_that_is_asked_about_and_of_no_other_joint() -> None:
    labels = {"Kellgren-Lawrence, left knee": 3, "Kellgren-Lawrence, right knee": 1, "Tonnis, left hip": 2}
    study = ImagingStudy(
        id="xray",
        modality="radiograph",
        performed_on=date(2026, 6, 8),
        measurements=tuple(
            Measurement(id=f"m{number}", label=label, value=Decimal(value), unit="grade")
            for number, (label, value) in enumerate(labels.items())
        ),
    )
    therapy = ConservativeTreatment(
        id="pt",
        kind=TreatmentKind.PHYSICAL_THERAPY,
        label="PT, left knee",
        started_on=date(2026, 1, 5),
        ended_on=date(2026, 6, 5),
    )
    line = ServiceLine(id="line", laterality=Laterality.BILATERAL, service_on=date(2026, 7, 1))
    case = Case(id="case", service_lines=(line,), imaging=(study,), treatments=(therapy,))
    found = _set("knee-arthroplasty.cms-l40231")
    left = {offer.key.criterion_id: offer.truth for offer in offers_for(found, case, line, side="left")}
    right = {offer.key.criterion_id: offer.truth for offer in offers_for(found, case, line, side="right")}
    assert left == {"kellgren-lawrence": Truth.TRUE, "conservative-care": Truth.TRUE}
    assert right == {"kellgren-lawrence": Truth.FALSE}
