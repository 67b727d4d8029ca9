"""The letter to the patient: plain, true to the record, and with no right that no source gives."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.audience import Audience
from desktop.domain.clinical import Assertion, Finding, FindingKind, ImagingStudy
from desktop.domain.denial import DenialCategory, DenialReason
from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, LetterKind, LetterSettings
from desktop.domain.member import LineOfBusiness
from desktop.domain.service_line import Laterality, ServiceLine, ServiceTiming
from desktop.letters.composing.opinion import opinion_blocks
from desktop.letters.composing.patient import patient_blocks
from desktop.letters.composing.patient_rights import RIGHTS
from desktop.letters.composing.patient_words import FINDINGS, REASONS
from desktop.letters.inputs import LetterInputs
from desktop.letters.readability import MAX_GRADE, grade_of, prose_of
from tests.unit.letters.fixtures import CASE, EMPTY_CASE, inputs_for, library
from tests.unit.letters.sample_letter import OTHERS, SAMPLE, inputs_of

NUMBERS = {"four": "4"}
LEVELS = ("C5-C6", "T8-T9", "L2-L3", "L3-L4", "L4-L5", "L5-S1", "S1")
LABELS = ("Revision arthrodesis", "Decompression", "Total knee replacement", "Reinsertion of fixation", "")


def content(inputs: LetterInputs, blocks: tuple[LetterBlock, ...]) -> LetterContent:
    return LetterContent(
        kind=LetterKind.PATIENT,
        title="t",
        running_head="r",
        audience=Audience.PATIENT,
        blocks=blocks,
    )


def letter(inputs: LetterInputs) -> LetterContent:
    return content(inputs, patient_blocks(inputs))


def opinion(inputs: LetterInputs) -> LetterContent:
    plain = replace(inputs, settings=LetterSettings(audience=Audience.PATIENT))
    return content(plain, opinion_blocks(plain))


def text_of(found: LetterContent, block_id: str) -> str:
    return next((block.text for block in found.blocks if block.id == block_id), "")


def cases() -> list[LetterInputs]:
    return [inputs_of(path) for path in (SAMPLE, *OTHERS)]


@pytest.mark.parametrize("path", [SAMPLE, *OTHERS], ids=lambda path: path.stem)
def test_every_sample_letter_and_opinion_for_a_patient_reads_at_grade_eight_or_below(path: object) -> None:
    inputs = inputs_of(path)  # pyright: ignore[reportArgumentType]
    for found in (letter(inputs), opinion(inputs)):
        grade = grade_of(found)
        assert grade is not None
        assert grade.grade <= MAX_GRADE, prose_of(found)


@st.composite
def generated(draw: st.DrawFn) -> LetterInputs:
    """A case of any plan, decisions, findings and reasons."""
    lines = tuple(
        ServiceLine(
            id=f"line-{number}",
            code=draw(st.sampled_from(("22612", "63047", "27447", ""))),
            label=draw(st.sampled_from(LABELS)),
            levels=tuple(draw(st.lists(st.sampled_from(LEVELS), max_size=4, unique=True))),
            laterality=draw(st.sampled_from(Laterality)),
            timing=draw(st.sampled_from(ServiceTiming)),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    decided = tuple(
        LineDetermination(
            service_line_id=line.id, decision=draw(st.sampled_from(Decision)), levels=line.levels[:1]
        )
        for line in lines
    )
    findings = tuple(
        Finding(
            id=f"f{number}",
            kind=draw(st.sampled_from(FindingKind)),
            level=draw(st.none() | st.sampled_from(LEVELS)),
            laterality=draw(st.sampled_from(Laterality)),
            assertion=draw(st.sampled_from(Assertion)),
        )
        for number in range(draw(st.integers(0, 6)))
    )
    study = ImagingStudy(
        id="s",
        modality=draw(st.sampled_from(("CT", "MRI", "Radiographs", "SPECT/CT", ""))),
        performed_on=date(2026, 9, 14),
        findings=findings,
    )
    reasons = tuple(
        DenialReason(id=f"r{number}", verbatim="Notwithstanding utilization criteria.", category=category)
        for number, category in enumerate(draw(st.lists(st.sampled_from(DenialCategory), max_size=4)))
    )
    denial = CASE.denial.model_copy(
        update={
            "reasons": reasons,
            "is_expedited": draw(st.booleans()),
            "deadline_stated_on": draw(st.none() | st.just(date(2027, 5, 1))),
        }
    )
    coverage = CASE.coverage.model_copy(update={"line_of_business": draw(st.sampled_from(LineOfBusiness))})
    case = CASE.model_copy(
        update={
            "service_lines": lines,
            "imaging": (study,),
            "denial": denial,
            "coverage": coverage,
            "documents": CASE.documents[: draw(st.integers(0, 4))],
        }
    )
    return inputs_for(case, lines=decided, links=(), answers=())


@settings(max_examples=150, deadline=None)
@given(inputs=generated())
def test_any_case_composes_a_letter_and_an_opinion_of_grade_eight_or_below(inputs: LetterInputs) -> None:
    for found in (letter(inputs), opinion(inputs)):
        grade = grade_of(found)
        assert grade is not None
        assert grade.grade <= MAX_GRADE, prose_of(found)
        assert all(item.provenance for block in found.blocks for item in block.paragraphs)


def test_the_plans_words_stand_as_they_are_and_each_kind_of_reason_is_explained() -> None:
    found = letter(inputs_of(SAMPLE))
    quotes = [item.text for block in found.blocks for item in block.paragraphs if item.is_quote]
    stated = inputs_of(SAMPLE).case.denial.reasons
    assert all(" ".join(item.verbatim.split()) in said for item, said in zip(stated, quotes, strict=True))
    assert text_of(found, "section.said").count("In plain words:") == len(stated)


def test_every_kind_of_reason_and_of_finding_has_plain_words_but_other() -> None:
    assert set(DenialCategory) - set(REASONS) == {DenialCategory.OTHER}
    assert set(FindingKind) - set(FINDINGS) == {FindingKind.OTHER}


def _numbers(text: str) -> set[str]:
    plain = re.sub(r"\b(" + "|".join(NUMBERS) + r")\b", lambda match: NUMBERS[match.group()], text)
    return set(re.findall(r"\d+", plain))


@pytest.mark.parametrize("business", list(RIGHTS))
def test_every_right_restates_a_claim_of_the_library_and_brings_no_number_of_its_own(
    business: LineOfBusiness,
) -> None:
    for right in RIGHTS[business]:
        reference = library().get(right.reference_id)
        claim = next(item for item in library().claims_of(right.reference_id) if item.id == right.claim_id)
        assert reference is not None
        assert reference.may_be_cited
        assert _numbers(right.text) <= _numbers(claim.text), right.text


def _of_plan(business: LineOfBusiness, **denial: object) -> LetterInputs:
    coverage = CASE.coverage.model_copy(update={"line_of_business": business})
    changed = CASE.denial.model_copy(update=denial)
    return inputs_for(CASE.model_copy(update={"coverage": coverage, "denial": changed}))


@pytest.mark.parametrize("business", [item for item in LineOfBusiness if item not in RIGHTS])
def test_no_right_is_stated_for_a_kind_of_plan_of_which_no_rule_was_read(business: LineOfBusiness) -> None:
    told = text_of(letter(_of_plan(business)), "section.rights")
    assert "[@" not in told
    assert "Your notice" in told


def test_the_fast_track_is_told_only_where_the_request_is_urgent() -> None:
    plan = LineOfBusiness.SELF_FUNDED_ERISA
    assert "72 hours" not in text_of(letter(_of_plan(plan)), "section.rights")
    assert "72 hours" in text_of(letter(_of_plan(plan, is_expedited=True)), "section.rights")


def test_the_last_day_of_the_notice_is_told_and_the_earlier_day_counts() -> None:
    told = text_of(
        letter(_of_plan(LineOfBusiness.UNKNOWN, deadline_stated_on=date(2027, 5, 1))), "section.rights"
    )
    assert "May 1, 2027 as the last day to appeal" in told
    assert "If another day comes first, act by that one." in told


def test_a_last_day_that_has_gone_by_is_said_to_be_gone() -> None:
    passed = _of_plan(LineOfBusiness.UNKNOWN, deadline_stated_on=date(2026, 11, 1))
    told = text_of(letter(passed), "section.rights")
    assert "Your notice gave November 1, 2026 as the last day to appeal. That day has gone by." in told
    assert "If another day" not in told


def test_days_are_compared_only_where_another_day_is_told() -> None:
    alone = text_of(letter(_of_plan(LineOfBusiness.VA, deadline_stated_on=None)), "section.rights")
    assert "If the days differ" not in alone
    beside = _of_plan(LineOfBusiness.MEDICAID_MCO, deadline_stated_on=None)
    assert "If the days differ, act by the earlier one." in text_of(letter(beside), "section.rights")


@pytest.mark.parametrize("business", [LineOfBusiness.SELF_FUNDED_ERISA, LineOfBusiness.MEDICARE_ADVANTAGE])
def test_the_plans_time_to_answer_is_that_of_care_to_come_or_of_care_that_was_had(
    business: LineOfBusiness,
) -> None:
    inputs = _of_plan(business)

    def told(timing: ServiceTiming) -> str:
        lines = tuple(line.model_copy(update={"timing": timing}) for line in inputs.case.service_lines)
        case = inputs.case.model_copy(update={"service_lines": lines})
        return text_of(letter(replace(inputs, case=case)), "section.rights")

    assert "still to come, the plan has 30 days" in told(ServiceTiming.PRE_SERVICE)
    assert "had the care, the plan has 60 days" in told(ServiceTiming.POST_SERVICE)
    assert "the plan has 60 days" not in told(ServiceTiming.PRE_SERVICE)
    assert "the plan has 30 days" not in told(ServiceTiming.CONCURRENT)


def test_care_that_was_had_is_told_as_past() -> None:
    text = "\n".join(
        block.text for block in letter(inputs_of(next(path for path in OTHERS if path.stem == "knee"))).blocks
    )
    assert "said no to paying for care that you had" in text
    assert "We think that you needed this care." in text
    assert not re.search(r"\byou need\b", text)


def test_no_letter_promises_an_outcome_or_same_specialty_review() -> None:
    for inputs in cases():
        text = "\n".join(block.text for block in letter(inputs).blocks).casefold()
        assert not re.search(r"\bwill (win|approve|be approved|be overturned)\b|same specialty", text)


def test_an_empty_case_gives_a_letter_that_says_nothing_false() -> None:
    found = letter(inputs_for(EMPTY_CASE, answers=(), links=(), lines=()))
    text = "\n".join(block.text for block in found.blocks)
    assert "Dear Patient:" in text
    assert "said no" not in text
    assert all(block.kind is not BlockKind.ADDRESSEE for block in found.blocks)


def test_papers_that_would_help_are_asked_for_by_kind_and_lead_back_to_the_open_points() -> None:
    found = letter(inputs_of(SAMPLE))
    block = next(item for item in found.blocks if item.id == "section.send")
    listed = [item for item in block.paragraphs if re.match(r"\d+\. ", item.text)]
    assert listed
    assert all(item.provenance[0].ref.count("/") >= 2 for item in listed)
