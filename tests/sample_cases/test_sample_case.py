"""The sample is what its README promises: synthetic, full of all six answers, with a conflict, and honestly decided."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.domain.assessment import (
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
    Stance,
)
from desktop.domain.case_file import CaseFile
from desktop.domain.clinical import Assertion, FindingKind
from desktop.domain.criteria import CriteriaSet
from desktop.domain.determination import Decision
from desktop.domain.document import DocumentKind
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.npi import npi_problem
from desktop.domain.truth import Truth
from desktop.intake.case_json import evidence_span, load_case_file
from desktop.rules.evaluate import evaluate
from desktop.rules.loader import load_library, load_set
from desktop.services.review_view import offers_of

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "sample" / "revision-fusion-l2-s1.json"
FILES = (SAMPLE, *sorted(Path(__file__).parent.glob("*.json")))


def read(path: Path) -> CaseFile:
    return load_case_file(path.read_bytes(), path.name).case_file


def sets_of(case_file: CaseFile) -> dict[str, CriteriaSet]:
    typed = [load_set(text, "typed") for text in case_file.user_criteria]
    return {item.id: item for item in (*load_library(ROOT / "criteria").sets, *typed)}


def traces_of(case_file: CaseFile) -> dict[tuple[str, str], EvaluationTrace]:
    answers: dict[AssessmentKey, CriterionAssessment] = {}
    links: dict[AssessmentKey, list[EvidenceLink]] = {}
    for number, item in enumerate(case_file.assessments):
        key = AssessmentKey(set_id=item.set_id, criterion_id=item.criterion_id, subject=item.subject)
        answers[key] = CriterionAssessment(
            key=key,
            state=item.state,
            note=item.note,
            amount=item.amount,
            arithmetic=item.arithmetic,
            exception_source=item.exception_source,
        )
        for place, words in enumerate(item.evidence):
            document = case_file.case.document(words.document_id)
            assert document is not None
            span = evidence_span(document, words)
            links.setdefault(key, []).append(
                EvidenceLink(id=f"e{number}-{place}", key=key, span=span, stance=words.stance)
            )
    sets = sets_of(case_file)
    return {
        (line.id, set_id): evaluate(
            sets[set_id],
            line,
            answers,
            links,
            imaging=case_file.case.imaging,
            documents=case_file.case.documents,
        )
        for line in case_file.case.service_lines
        for set_id in line.criteria_set_ids
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_answer_is_to_a_question_that_a_set_asks_of_that_subject(path: Path) -> None:
    case_file = read(path)
    sets = sets_of(case_file)
    lines = {line.id: line for line in case_file.case.service_lines}
    for item in case_file.assessments:
        criterion = sets[item.set_id].criterion(item.criterion_id)
        assert criterion is not None, item.criterion_id
        sides = {side for line in lines.values() for side in line.sides}
        subjects = {
            "case": {""},
            "service_line": set(lines),
            "level": set(case_file.case.levels),
            "side": sides,
        }
        assert item.subject in subjects[criterion.per.value], item.criterion_id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_document_says_in_its_first_line_and_its_title_that_it_is_synthetic(path: Path) -> None:
    case = read(path).case
    assert case.is_synthetic or not case.documents
    for document in case.documents:
        for start in document.page_starts:
            assert document.text[start:].startswith("SYNTHETIC SAMPLE RECORD – not a real patient")
        assert "SYNTHETIC" in document.title


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_stated_reasons_stand_word_for_word_in_the_notice(path: Path) -> None:
    case = read(path).case
    notices = [item.text for item in case.documents if item.kind is DocumentKind.DENIAL_LETTER]
    assert all(any(reason.verbatim in text for text in notices) for reason in case.denial.reasons)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_numbers_are_well_formed_and_telephones_are_fictional(path: Path) -> None:
    case = read(path).case
    assert all(npi_problem(provider.npi) is None for provider in case.providers)
    for number in re.findall(r"\d{3}-\d{3}-\d{4}", path.read_text(encoding="utf-8")):
        assert number[4:7] == "555"


def test_the_sample_has_all_six_answers_and_words_on_both_sides() -> None:
    answers = read(SAMPLE).assessments
    assert {item.state for item in answers} == set(AssessmentState)
    assert {words.stance for item in answers for words in item.evidence} == set(Stance)


def test_the_sample_has_a_negated_an_uncertain_and_a_contradicted_finding() -> None:
    case_file = read(SAMPLE)
    findings = [item for study in case_file.case.imaging for item in study.findings]
    assert {item.assertion for item in findings} == set(Assertion)
    affirmed = {(item.kind, item.level) for item in findings if item.assertion is Assertion.AFFIRMED}
    assert affirmed >= {
        (FindingKind.LOOSENING, "S1"),
        (FindingKind.NONUNION, "L4-L5"),
        (FindingKind.NONUNION, "L5-S1"),
        (FindingKind.SOLID_FUSION, "L3-L4"),
    }
    conflict = [
        words
        for item in case_file.assessments
        for words in item.evidence
        if words.document_id == "doc-pain" and words.stance is Stance.CONTRADICTS
    ]
    assert conflict
    assert all("solid from L3 to S1" in words.quote for words in conflict)


def test_the_sample_is_decided_as_its_criteria_come_out() -> None:
    case_file = read(SAMPLE)
    traces = traces_of(case_file)
    truths = {key: {level.level: level.truth for level in trace.levels} for key, trace in traces.items()}
    yes, no, unknown = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
    assert truths == {
        ("line-reinsertion", "meridian-example.sp-22"): dict.fromkeys(
            ("L2-L3", "L3-L4", "L4-L5", "L5-S1"), no
        ),
        ("line-reinsertion", "spinal-fixation-reinsertion"): {
            "L2-L3": no,
            "L3-L4": no,
            "L4-L5": yes,
            "L5-S1": yes,
        },
        ("line-arthrodesis", "lumbar-fusion-revision.cms-l37848"): {"L4-L5": yes, "L5-S1": yes},
        ("line-arthrodesis", "lumbar-fusion-revision.aetna-0743"): {"L4-L5": unknown, "L5-S1": unknown},
        ("line-decompression", "own-checklist.lumbar-decompression"): {"L4-L5": unknown},
    }
    decided = {item.service_line_id: (item.decision, item.levels) for item in case_file.determinations}
    assert decided == {
        "line-reinsertion": (Decision.NECESSARY_IN_PART, ("L4-L5", "L5-S1")),
        "line-arthrodesis": (Decision.NECESSARY, ("L4-L5", "L5-S1")),
        "line-decompression": (Decision.CANNOT_DETERMINE, ()),
    }


def test_only_the_plans_own_set_is_silent_in_the_sample() -> None:
    silent = {key[1] for key, trace in traces_of(read(SAMPLE)).items() if trace.is_silent}
    assert silent == {"meridian-example.sp-22"}


def test_the_further_cases_are_unlike_the_sample() -> None:
    cases = {path.stem: read(path) for path in FILES}
    assert cases["cervical-acdf"].case.levels == ("C5-C6",)
    assert not cases["cervical-acdf"].determinations
    assert cases["knee"].case.levels == ()
    assert cases["minimal"].case.documents == ()
    assert len({item.case.coverage.line_of_business for item in cases.values()}) == 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_value_that_was_worked_out_is_what_the_record_gives(path: Path) -> None:
    case_file = read(path)
    offers = offers_of(case_file.case, tuple(sets_of(case_file).values()))
    for item in case_file.assessments:
        if item.arithmetic:
            key = AssessmentKey(set_id=item.set_id, criterion_id=item.criterion_id, subject=item.subject)
            assert (offers[key].amount, offers[key].arithmetic) == (item.amount, item.arithmetic)


def test_the_further_cases_come_out_by_level_by_side_and_by_an_exception() -> None:
    cases = {path.stem: read(path) for path in FILES}
    came_out = {
        name: {
            key[1]: [(level.level, level.side, level.truth) for level in trace.levels]
            for key, trace in traces_of(cases[name]).items()
        }
        for name in ("knees-bilateral", "cervical-waiver", "lumbar-dated-therapy")
    }
    sides = [("", "left", Truth.FALSE), ("", "right", Truth.TRUE)]
    assert came_out == {
        "knees-bilateral": {"knee-arthroplasty.cms-l40231": sides, "knee-arthroplasty.aetna-0660": sides},
        "cervical-waiver": {
            "cervical-fusion-anterior.aetna-0743": [("C5-C6", "", Truth.TRUE), ("C6-C7", "", Truth.FALSE)]
        },
        "lumbar-dated-therapy": {"lumbar-decompression.aetna-0743": [("L4-L5", "", Truth.TRUE)]},
    }
    assert cases["knees-bilateral"].determinations[0].sides == ("right",)
    assert cases["cervical-waiver"].determinations[0].levels == ("C5-C6",)
