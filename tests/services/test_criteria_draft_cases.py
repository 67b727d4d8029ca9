"""Test cases made from real cases: they pass against the set they were made with and hold nothing of the patient."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.assessment import (
    Amount,
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
)
from desktop.domain.case import Case
from desktop.domain.case_file import CaseFile
from desktop.domain.clinical import Assertion, Finding, FindingKind, ImagingStudy
from desktop.domain.document import Document, span_of
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.domain.truth import Truth
from desktop.rules.evaluate import evaluate
from desktop.rules.file_problem import CriteriaFileError
from desktop.rules.loader import load_set
from desktop.rules.set_cases import read_cases
from desktop.services.criteria_draft import node_of
from desktop.services.criteria_draft_cases import (
    OTHER_UNIT,
    SERVICE_DAY,
    WAIVED,
    case_from_review,
    problems_of_cases,
    run_own_cases,
    without_case,
)
from desktop.services.criteria_draft_reading import draft_of
from desktop.services.criteria_draft_tree import add_exception, change, change_head, remove
from desktop.services.criteria_draft_trial import criteria_set_of, trial
from desktop.services.workspace import Services

SET = load_set(
    """
id: own
family: own
title: T
publisher: P
edition: "1"
licence: user
covers: [nonunion]
criteria:
  all:
    - id: care
      text: Care
      threshold: ">= 6 weeks"
      within: 6 months
      unless:
        - {id: flag, text: A red flag}
    - {id: level, text: At the level, per: level, within: 12 months}
    - {id: side, text: On the side, per: side}
    - {id: line, text: Of the line, per: service_line, polarity: absent}
    - {id: old, text: Age, threshold: ">= 65 years", measure: age}
""",
    "own",
)
SERVICE_ON = date(2026, 5, 31)
LINE = ServiceLine(
    id="line-1",
    levels=("L4-L5", "L5-S1"),
    laterality=Laterality.BILATERAL,
    service_on=SERVICE_ON,
    label="Mrs. Doe's fusion",
)


def key(criterion_id: str, subject: str = "") -> AssessmentKey:
    return AssessmentKey(set_id="own", criterion_id=criterion_id, subject=subject)


def recorded(*items: CriterionAssessment) -> dict[AssessmentKey, CriterionAssessment]:
    return {item.key: item for item in items}


answers = st.one_of(
    st.none(),
    st.builds(
        lambda state, amount, cited: {"state": state, "amount": amount, "exception_source": cited},
        st.one_of(st.none(), st.sampled_from(AssessmentState)),
        st.one_of(
            st.none(),
            st.builds(
                lambda value, unit: Amount(value=value, unit=unit),
                st.decimals(0, 89, places=2),
                st.sampled_from(["weeks", "years", "kg of Mr. Doe"]),
            ),
        ),
        st.sampled_from(["", "Dr. Roe's letter of 2026-05-02"]),
    ),
)
document_days = st.lists(
    st.one_of(st.none(), st.integers(-800, 30).map(lambda days: SERVICE_ON + timedelta(days=days))),
    max_size=2,
)
QUESTIONS = [
    key("care"),
    key("flag"),
    key("level", "L4-L5"),
    key("level", "L5-S1"),
    key("side", "left"),
    key("side", "right"),
    key("line", "line-1"),
    key("old"),
]


findings = st.lists(
    st.builds(
        Finding,
        id=st.just("f"),
        kind=st.sampled_from([FindingKind.NONUNION, FindingKind.STENOSIS, FindingKind.SOLID_FUSION]),
        level=st.sampled_from([None, "L4-L5", "L2-L3", "L5"]),
        assertion=st.sampled_from(Assertion),
        quote=st.just("Mrs. Doe's spine"),
    ),
    max_size=3,
).map(tuple)


@settings(max_examples=150)
@given(st.tuples(*[st.tuples(answers, document_days) for _ in QUESTIONS]), findings, st.booleans())
def test_a_case_made_from_a_review_comes_out_as_the_review_did(drawn, shown, has_day: bool) -> None:
    given_answers: dict[AssessmentKey, CriterionAssessment] = {}
    links: dict[AssessmentKey, tuple[EvidenceLink, ...]] = {}
    documents: list[Document] = []
    for question, (answer, days) in zip(QUESTIONS, drawn, strict=True):
        if answer is not None:
            given_answers[question] = CriterionAssessment(key=question, note="Jane Doe says", **answer)
        for day in days:
            document = Document(id=f"d{len(documents)}", text="Jane Doe, 1961", dated_on=day)
            documents.append(document)
            link = EvidenceLink(id=f"l{len(documents)}", key=question, span=span_of(document, 0, 8))
            links[question] = (*links.get(question, ()), link)
    line = LINE if has_day else LINE.model_copy(update={"service_on": None})
    case = Case(
        id="c",
        service_lines=(line,),
        documents=tuple(documents),
        imaging=(ImagingStudy(id="s", findings=shown),),
    )
    text = case_from_review(SET, case, line, given_answers, links, "")
    (result,) = run_own_cases(SET, text)
    assert result.has_passed, (result.differences, text)
    (read,) = read_cases(text, "cases", SET)
    now = evaluate(SET, line, given_answers, links, imaging=case.imaging, documents=case.documents)
    assert read.truth is now.truth
    assert not re.search("Doe|Roe|Mrs|2026|line-1", text)
    assert read.service_on in {None, SERVICE_DAY}


def test_what_waives_other_units_and_great_ages_are_told_without_words_of_the_record() -> None:
    given_answers = recorded(
        CriterionAssessment(key=key("care"), amount=Amount(value=Decimal(8), unit="visits of J. Doe")),
        CriterionAssessment(
            key=key("flag"), state=AssessmentState.EXCEPTION, exception_source="Letter of J. Doe"
        ),
        CriterionAssessment(key=key("old"), amount=Amount(value=Decimal(97), unit="years")),
    )
    text = case_from_review(SET, Case(id="c", service_lines=(LINE,)), LINE, given_answers, {}, "")
    assert f"8 {OTHER_UNIT}" in text
    assert f"waived_by: {WAIVED}" in text
    assert "amount: 90 years" in text
    assert "Doe" not in text


def test_cases_are_added_numbered_and_taken_out_one_by_one() -> None:
    case = Case(id="c", service_lines=(LINE,))
    met = recorded(CriterionAssessment(key=key("flag"), state=AssessmentState.MET))
    text = case_from_review(SET, case, LINE, {}, {}, "")
    text = case_from_review(SET, case, LINE, met, {}, text)
    text = text.rstrip("\n") + "  # looked at twice\n"
    text = case_from_review(SET, case, LINE, {}, {}, text)
    assert [item.name for item in run_own_cases(SET, text)] == [
        f"From an open case {number}: not established" for number in (1, 2, 3)
    ]
    fewer = without_case(text, 0)
    assert [item.name[:19] for item in run_own_cases(SET, fewer)] == [
        "From an open case 2",
        "From an open case 3",
    ]
    assert "# looked at twice" in fewer
    assert "# looked at twice" not in without_case(text, 1)
    assert without_case(text, 7) == text
    assert run_own_cases(SET, without_case(without_case(fewer, 0), 0)) == ()


def test_a_case_that_asks_what_the_set_no_longer_asks_is_told_by_line() -> None:
    text = "- name: old\n  answers: {gone: met}\n  expect: true\n"
    with pytest.raises(CriteriaFileError):
        run_own_cases(SET, text)
    (problem,) = problems_of_cases(SET, text)
    assert problem.startswith("Line 2: The set has no criterion `gone`.")
    assert problems_of_cases(SET, "") == ()


def test_a_case_that_comes_out_otherwise_says_how() -> None:
    (result,) = run_own_cases(SET, "- name: all of it\n  expect: true\n")
    assert not result.has_passed
    assert "unknown" in result.differences[0]


# ------------------------------------------------------------------------------------- tried on an open case


def test_the_sample_case_gives_a_case_without_anything_of_the_patient(
    services: Services, sample_id: str, sample_file: CaseFile
) -> None:
    view = services.review.view(sample_id)
    own = services.catalogue.typed_sets()[0]
    line = next(item for item in view.case.service_lines if own.id in item.criteria_set_ids)
    text = case_from_review(own, view.case, line, view.assessments, view.links, "")
    (result,) = run_own_cases(own, text)
    assert result.has_passed, result.differences
    case = sample_file.case
    words = {
        case.member.given_name,
        case.member.family_name,
        case.number,
        case.denial.reference_number,
        "202",
    }
    assert not [word for word in words if word and word in text]
    json.dumps(text)
    services.catalogue.type_set(services.catalogue.typed_source(own.id) or "", cases=text)
    assert services.catalogue.typed_cases(own.id) == text


def test_a_draft_is_tried_with_the_answers_of_its_set_at_every_node(
    services: Services, sample_id: str
) -> None:
    view = services.review.view(sample_id)
    own = services.catalogue.typed_sets()[0]
    line = next(item for item in view.case.service_lines if own.id in item.criteria_set_ids)
    draft = draft_of(own)
    result = trial(draft, view.case, line, view.assessments, view.links)
    assert result is not None
    stored = next(t for t in view.traces if (t.set_id, t.service_line_id) == (own.id, line.id))
    assert result.truth is stored.truth
    truths = {level.level: level.root.truth for level in stored.levels}
    assert {place[0]: nodes[1].truth for place, nodes in result.nodes.items()} == truths
    renamed = change_head(draft, id="own.next", supersedes=own.id)
    again = trial(renamed, view.case, line, view.assessments, view.links)
    assert again is not None
    assert again.nodes == result.nodes
    first = next(iter(own.criteria())).id
    key_of_first = next(node.key for node in draft.root.children if node.id == first)
    without = trial(change(draft, key_of_first, id=""), view.case, line, view.assessments, view.links)
    assert without is not None
    assert without.nodes[without.places[0]][key_of_first].truth is Truth.UNKNOWN


def test_half_typed_values_do_not_keep_a_draft_from_being_tried() -> None:
    draft = draft_of(SET)
    for fields in ({"number": "six"}, {"unit": ""}, {"within_count": "x"}, {"topic": "no id"}, {"text": ""}):
        made = criteria_set_of(change(draft, 3, **fields))
        assert made is not None
        assert made.criterion("care") is not None
    step = add_exception(draft, 5)
    made = criteria_set_of(change(step.draft, step.key, text="Something new"))
    assert made is not None
    assert len(tuple(made.criteria())) == 7
    assert criteria_set_of(change(draft, 3, text="a\0")) is not None
    emptied = draft
    while any(child.id for child in emptied.root.children):
        emptied = remove(emptied, emptied.root.children[0].key).draft
    assert criteria_set_of(emptied) is None
    assert node_of(emptied, 1) is not None
