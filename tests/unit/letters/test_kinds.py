"""Each kind of letter has its own parts, names its level as the plan's rules do, and claims only law that is proven."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.argument import ArgumentChoice
from desktop.domain.case import Case
from desktop.domain.clinical import History
from desktop.domain.denial import DenialCategory, DenialReason
from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.document import Document, DocumentKind
from desktop.domain.letter import (
    BlockKind,
    Letter,
    LetterBlock,
    LetterContent,
    LetterKind,
    LetterSettings,
    LetterState,
    OriginKind,
)
from desktop.domain.member import Coverage, LineOfBusiness
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.service_line import ServiceTiming
from desktop.domain.severity import Severity
from desktop.domain.stationery import Letterhead
from desktop.domain.topic import TopicKind, TopicSection
from desktop.domain.topic_offer import Asked, topics_for
from desktop.letters.checking.required import NEEDS, RULES, words_of
from desktop.letters.composing.closing import DISCLAIMER, SHORT_DISCLAIMER
from desktop.letters.composing.kinds import PARTS
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from tests.unit.letters.fixtures import (
    CASE,
    CERVICAL_CASE,
    DOCUMENTS,
    EMPTY_CASE,
    KNEE_CASE,
    LINES,
    LINKS,
    REINSERTION,
    inputs_for,
    library,
)
from tests.unit.letters.sample_letter import SAMPLE, inputs_of

APPEALS = [kind for kind in LetterKind if kind.is_appeal]
ISSUED_AT = datetime(2026, 11, 10, 12, tzinfo=UTC)


def made(kind: LetterKind, case: Case = CASE, **more: Any) -> LetterInputs:
    return replace(inputs_for(case), kind=kind, **more)


def of_plan(kind: LetterKind, business: LineOfBusiness, **more: Any) -> LetterInputs:
    coverage = CASE.coverage.model_copy(update={"line_of_business": business})
    return made(kind, CASE.model_copy(update={"coverage": coverage}), **more)


def issued(inputs: LetterInputs, letter_id: str = "letter-1") -> Letter:
    return Letter(id=letter_id, state=LetterState.ISSUED, content=compose_letter(inputs), issued_at=ISSUED_AT)


def words(content: LetterContent, *kinds: BlockKind) -> str:
    return words_of(tuple(block for block in content.blocks if not kinds or block.kind in kinds))


def block_of(content: LetterContent, kind: BlockKind) -> LetterBlock | None:
    return next((block for block in content.blocks if block.kind is kind), None)


def rules(inputs: LetterInputs) -> dict[str, Severity]:
    content = compose_letter(inputs)
    return {item.rule: item.severity for rule in RULES for item in rule(content, inputs)}


def test_every_kind_has_its_parts_and_its_needs() -> None:
    assert set(NEEDS) == set(LetterKind)
    assert set(PARTS) == set(LetterKind)


@pytest.mark.parametrize("kind", PARTS)
@pytest.mark.parametrize("case", [CASE, CERVICAL_CASE, KNEE_CASE, EMPTY_CASE], ids=lambda case: case.id)
def test_every_piece_of_every_kind_says_where_it_comes_from(kind: LetterKind, case: Case) -> None:
    content = compose_letter(made(kind, case))
    ids = [block.id for block in content.blocks]
    assert len(ids) == len(set(ids))
    for block in content.blocks:
        for piece in (*block.paragraphs, *(block.table.rows if block.table else ())):
            assert piece.provenance, block.id


@pytest.mark.parametrize("kind", PARTS)
def test_a_kind_is_composed_alike_twice_and_named_in_its_title_without_a_name(kind: LetterKind) -> None:
    content = compose_letter(made(kind))
    assert content == compose_letter(made(kind))
    assert content.kind is kind
    assert "26-0142" in content.title
    assert "Example" not in content.title


@pytest.mark.parametrize("kind", [kind for kind in PARTS if kind.is_sent and kind is not LetterKind.PATIENT])
def test_what_is_sent_names_the_member_and_is_signed_by_the_ordering_provider(kind: LetterKind) -> None:
    content = compose_letter(made(kind))
    assert "NHP-555-0142" in words(content, BlockKind.RE)
    assert "Dana Sample, MD" in words(content, BlockKind.SIGNATURE)


@pytest.mark.parametrize("kind", APPEALS)
def test_every_appeal_answers_the_reasons_and_concedes_what_is_open(kind: LetterKind) -> None:
    content = compose_letter(made(kind))
    assert "In answer, for Reinsertion of fixation" in words(content, BlockKind.DENIAL)
    assert "2.4 Shared decision making is documented." in words(content, BlockKind.CONCESSION)
    assert "at L5-S1. It is not asked for at L3-L5." in words(content, BlockKind.RELIEF)


@pytest.mark.parametrize(
    ("kind", "lead"),
    [
        (LetterKind.FIRST_LEVEL, "This is a first-level appeal."),
        (LetterKind.SECOND_LEVEL, "at the second level"),
        (LetterKind.EXPEDITED, "be expedited"),
        (LetterKind.RECONSIDERATION, "be looked at again"),
        (LetterKind.EXTERNAL_REVIEW, "independent external review"),
        (LetterKind.PEER_TO_PEER, "peer-to-peer conversation about"),
        (LetterKind.CLAIM_FILE, "the file behind"),
        (LetterKind.MEDICAL_NECESSITY, "are medically necessary"),
        (LetterKind.WITHDRAWAL, "to withdraw"),
    ],
)
def test_the_opening_says_what_the_letter_is(kind: LetterKind, lead: str) -> None:
    assert lead in words(compose_letter(made(kind)), BlockKind.OPENING)


# What a level is called, and by which rule ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "business", "expected"),
    [
        (
            LetterKind.FIRST_LEVEL,
            LineOfBusiness.MEDICARE_ADVANTAGE,
            "is called a reconsideration.[@42cfr-422-578]",
        ),
        (
            LetterKind.FIRST_LEVEL,
            LineOfBusiness.ORIGINAL_MEDICARE,
            "is called a redetermination.[@42cfr-405-942]",
        ),
        (LetterKind.FIRST_LEVEL, LineOfBusiness.TRICARE, "is called a reconsideration.[@32cfr-199-10]"),
        (
            LetterKind.SECOND_LEVEL,
            LineOfBusiness.ORIGINAL_MEDICARE,
            "is called a reconsideration.[@42cfr-405-962]",
        ),
        (LetterKind.SECOND_LEVEL, LineOfBusiness.MEDICARE_ADVANTAGE, "independent outside entity"),
        (LetterKind.RECONSIDERATION, LineOfBusiness.MEDICARE_ADVANTAGE, "first level of appeal is called"),
        (LetterKind.RECONSIDERATION, LineOfBusiness.ORIGINAL_MEDICARE, "that is not what is asked for here"),
        (LetterKind.EXTERNAL_REVIEW, LineOfBusiness.MEDICARE_ADVANTAGE, "[@42cfr-422-592]"),
    ],
)
def test_a_level_is_named_as_the_rules_of_the_plan_name_it(
    kind: LetterKind, business: LineOfBusiness, expected: str
) -> None:
    opening = block_of(compose_letter(of_plan(kind, business)), BlockKind.OPENING)
    assert opening is not None
    assert expected in opening.text


@pytest.mark.parametrize("business", LineOfBusiness)
@pytest.mark.parametrize("kind", PARTS)
def test_no_kind_says_reconsideration_without_its_rule(kind: LetterKind, business: LineOfBusiness) -> None:
    content = compose_letter(of_plan(kind, business))
    for block in content.blocks:
        if block.kind in (BlockKind.OPENING, BlockKind.REQUESTS):
            for item in block.paragraphs:
                if "reconsideration" in item.text:
                    kinds = {origin.kind for origin in item.provenance}
                    assert OriginKind.REFERENCE in kinds, item.text


@pytest.mark.parametrize("business", LineOfBusiness)
@pytest.mark.parametrize("kind", PARTS)
def test_law_is_told_only_from_claims_of_the_library(kind: LetterKind, business: LineOfBusiness) -> None:
    claims = " ".join(claim.text for claim in library().all_claims() if claim.topic.startswith("law-"))
    for block in compose_letter(of_plan(kind, business)).blocks:
        if block.kind in (BlockKind.OPENING, BlockKind.REQUESTS):
            assert "same specialty" not in block.text.casefold()
            for rule in re.findall(r"\d+ (?:CFR|U\.S\.C\.) [\w.-]+\d", block.text):
                assert rule in claims


def with_lines(inputs: LetterInputs, **changed: Any) -> LetterInputs:
    lines = tuple(line.model_copy(update=changed) for line in inputs.case.service_lines)
    return replace(inputs, case=inputs.case.model_copy(update={"service_lines": lines}))


@pytest.mark.parametrize(
    ("kind", "business", "timing", "told", "untold"),
    [
        (
            LetterKind.FIRST_LEVEL,
            LineOfBusiness.MEDICARE_ADVANTAGE,
            ServiceTiming.PRE_SERVICE,
            "30 calendar",
            "60",
        ),
        (
            LetterKind.FIRST_LEVEL,
            LineOfBusiness.MEDICARE_ADVANTAGE,
            ServiceTiming.POST_SERVICE,
            "60 calendar",
            "30 ",
        ),
        (
            LetterKind.MEDICAL_NECESSITY,
            LineOfBusiness.MEDICARE_ADVANTAGE,
            ServiceTiming.PRE_SERVICE,
            "422.568",
            "x x",
        ),
        (
            LetterKind.MEDICAL_NECESSITY,
            LineOfBusiness.MEDICARE_ADVANTAGE,
            ServiceTiming.POST_SERVICE,
            "422.101",
            "422.568",
        ),
        (
            LetterKind.MEDICAL_NECESSITY,
            LineOfBusiness.MEDICAID_MCO,
            ServiceTiming.PRE_SERVICE,
            "438.210",
            "x x",
        ),
        (
            LetterKind.MEDICAL_NECESSITY,
            LineOfBusiness.MEDICAID_MCO,
            ServiceTiming.POST_SERVICE,
            "state the rules",
            "438",
        ),
    ],
)
def test_a_clock_is_told_only_for_the_timing_it_governs(
    kind: LetterKind, business: LineOfBusiness, timing: ServiceTiming, told: str, untold: str
) -> None:
    asked = words(compose_letter(with_lines(of_plan(kind, business), timing=timing)), BlockKind.REQUESTS)
    assert told in asked
    assert untold not in asked


def test_a_rule_on_internal_criteria_is_not_told_of_a_service_before_it_governed() -> None:
    inputs = of_plan(LetterKind.FIRST_LEVEL, LineOfBusiness.MEDICARE_ADVANTAGE)
    rule = "422.101(b)(6)"
    assert rule in words(compose_letter(inputs), BlockKind.REQUESTS)
    early = words(compose_letter(with_lines(inputs, service_on=date(2023, 12, 31))), BlockKind.REQUESTS)
    assert rule not in early
    assert "42 CFR 422.101(b) and (c)" in early


def test_a_day_of_service_that_has_gone_by_is_not_called_planned() -> None:
    inputs = made(LetterKind.FIRST_LEVEL)
    gone = compose_letter(with_lines(inputs, service_on=date(2026, 1, 5)))
    assert "Requested for January 5, 2026" in words(gone, BlockKind.RE)
    ahead = compose_letter(with_lines(inputs, service_on=inputs.today))
    assert "Planned for" in words(ahead, BlockKind.RE)


def test_a_first_request_for_care_that_was_had_asks_to_cover_it() -> None:
    past = with_lines(made(LetterKind.MEDICAL_NECESSITY), timing=ServiceTiming.POST_SERVICE)
    said = words(compose_letter(past), BlockKind.OPENING)
    assert "to cover them" in said
    assert "Coverage is asked for" in said
    assert "authoriz" not in said.casefold()


def test_a_reconsideration_that_is_no_appeal_keeps_the_right_to_appeal_and_claims_no_clock() -> None:
    content = compose_letter(of_plan(LetterKind.RECONSIDERATION, LineOfBusiness.SELF_FUNDED_ERISA))
    assert "is not one: the right to appeal is reserved." in words(content, BlockKind.OPENING)
    assert "days" not in words(content, BlockKind.REQUESTS)


def test_in_medicare_advantage_the_external_review_is_a_statement_for_the_file() -> None:
    content = compose_letter(of_plan(LetterKind.EXTERNAL_REVIEW, LineOfBusiness.MEDICARE_ADVANTAGE))
    assert "Statement for the independent review" in words(content, BlockKind.RE)
    assert "to add this statement to the file" in words(content, BlockKind.OPENING)
    assert "place this statement with its enclosures in the file" in words(content, BlockKind.REQUESTS)
    other = compose_letter(of_plan(LetterKind.EXTERNAL_REVIEW, LineOfBusiness.INDIVIDUAL_ACA))
    assert "Request for external review" in words(other, BlockKind.RE)
    assert "the final notice has to say" in words(other, BlockKind.REQUESTS)


# The second level ---------------------------------------------------------------------------------------------------


def second(case: Case, **more: Any) -> LetterInputs:
    """A second level after a first that was composed from the plain case and issued."""
    return made(LetterKind.SECOND_LEVEL, case, earlier=(issued(made(LetterKind.FIRST_LEVEL)),), **more)


def test_a_second_level_that_brings_nothing_new_says_nothing_new_and_is_an_error() -> None:
    inputs = second(CASE)
    assert block_of(compose_letter(inputs), BlockKind.NEW_EVIDENCE) is None
    assert rules(inputs)["second-level-same"] is Severity.ERROR


def test_a_second_level_names_the_first_and_the_plans_answer_to_it() -> None:
    answer = Document(
        id="upheld",
        kind=DocumentKind.DENIAL_LETTER,
        title="Decision on the appeal",
        dated_on=date(2026, 11, 18),
        text="SYNTHETIC. Upheld.",
    )
    opening = words(compose_letter(second(CASE)), BlockKind.OPENING)
    assert "preceded by the first-level appeal of November 22, 2026" in opening
    assert "not among the documents enclosed; a copy is requested" in opening
    with_answer = CASE.model_copy(update={"documents": (*DOCUMENTS, answer)})
    opening = words(compose_letter(second(with_answer)), BlockKind.OPENING)
    assert "answer to that is enclosed: Decision on the appeal, Nov 18, 2026" in opening
    noticed = CASE.denial.model_copy(update={"notice_dated_on": date(2026, 11, 18)})
    opening = words(compose_letter(second(CASE.model_copy(update={"denial": noticed}))), BlockKind.OPENING)
    assert "The determination named above is the plan’s answer to that." in opening


def test_the_plans_own_notice_is_no_new_evidence() -> None:
    answer = Document(
        id="upheld",
        kind=DocumentKind.DENIAL_LETTER,
        title="Decision",
        dated_on=date(2026, 11, 18),
        text="No.",
    )
    inputs = second(CASE.model_copy(update={"documents": (*DOCUMENTS, answer)}))
    assert block_of(compose_letter(inputs), BlockKind.NEW_EVIDENCE) is None


def test_new_documents_findings_treatments_and_scores_are_told_and_nothing_else() -> None:
    study = CASE.imaging[0]
    finding = study.findings[0].model_copy(
        update={"id": "f-new", "label": "Screw backing out", "level": "L5"}
    )
    more = Document(
        id="mri", kind=DocumentKind.IMAGING_REPORT, title="MRI", dated_on=date(2026, 11, 12), text="SYNTHETIC"
    )
    treatment = CASE.treatments[1].model_copy(update={"id": "tx-new", "label": "Gabapentin"})
    case = CASE.model_copy(
        update={
            "documents": (*DOCUMENTS, more),
            "imaging": (study.model_copy(update={"findings": (*study.findings, finding)}),),
            "treatments": (*CASE.treatments, treatment),
        }
    )
    inputs = second(case)
    said = words(compose_letter(inputs), BlockKind.NEW_EVIDENCE)
    assert "MRI, Nov 12, 2026 (Enclosure" in said
    assert "screw backing out at L5" in said
    assert "gabapentin" in said
    for old in ("Clinic note", "nonunion", "Naproxen", "ODI", "physical therapy"):
        assert old.casefold() not in said.casefold()
    assert "second-level-same" not in rules(inputs)


def test_a_new_operation_fact_score_and_measurement_are_told() -> None:
    study = CASE.imaging[0]
    gap = study.measurements[0].model_copy(update={"id": "m-new", "label": "Motion", "level": "L5-S1"})
    surgery = CASE.history.prior_surgeries[0].model_copy(update={"id": "op-new", "label": "Wound revision"})
    fact = CASE.history.facts[0].model_copy(update={"id": "fact-new", "amount": Decimal(2)})
    score = CASE.scores[0].model_copy(update={"id": "s-new", "value": Decimal(62)})
    history = CASE.history.model_copy(
        update={
            "prior_surgeries": (*CASE.history.prior_surgeries, surgery),
            "facts": (*CASE.history.facts, fact),
        }
    )
    case = CASE.model_copy(
        update={
            "history": history,
            "scores": (*CASE.scores, score),
            "imaging": (study.model_copy(update={"measurements": (*study.measurements, gap)}),),
        }
    )
    said = words(compose_letter(second(case)), BlockKind.NEW_EVIDENCE)
    for expected in ("motion", "wound revision, Sep 10, 2025", "Cotinine 2 ng/mL", "ODI 62%"):
        assert expected in said
    assert "58%" not in said


def test_what_was_typed_over_in_the_first_letter_is_not_called_new() -> None:
    first = issued(made(LetterKind.FIRST_LEVEL))
    blocks = tuple(
        block.with_typed_text("Everything is told here.")
        if block.kind in (BlockKind.HISTORY, BlockKind.SUPPORT)
        else block
        for block in first.content.blocks
    )
    typed = first.model_copy(update={"content": first.content.model_copy(update={"blocks": blocks})})
    inputs = made(LetterKind.SECOND_LEVEL, earlier=(typed,))
    assert block_of(compose_letter(inputs), BlockKind.NEW_EVIDENCE) is None


def test_words_newly_linked_and_sources_newly_cited_are_told() -> None:
    poorer = inputs_for(links=[item for item in LINKS if item.id != "e5"])
    first = issued(replace(poorer, kind=LetterKind.FIRST_LEVEL, topics=()))
    block = block_of(compose_letter(made(LetterKind.SECOND_LEVEL, earlier=(first,))), BlockKind.NEW_EVIDENCE)
    assert block is not None
    assert block.table is not None
    told = {row.cells[0]: row.cells[1] for row in block.table.rows}
    assert told["Words of the record"] == "set beside row 2.1"
    assert re.match(
        r"\d+ sources not cited there, under “Guidelines and literature”\.\[@", told["Literature"]
    )


def test_a_set_that_was_not_applied_there_is_told() -> None:
    line = REINSERTION.model_copy(update={"criteria_set_ids": REINSERTION.criteria_set_ids[:1]})
    earlier = CASE.model_copy(update={"service_lines": (line, *CASE.service_lines[1:])})
    first = issued(made(LetterKind.FIRST_LEVEL, earlier))
    said = words(compose_letter(made(LetterKind.SECOND_LEVEL, earlier=(first,))), BlockKind.NEW_EVIDENCE)
    assert "Table 2. Reinsertion of fixation (CPT 22849): Example Public Rule" in said


def test_a_changed_answer_is_told_with_what_it_was() -> None:
    first = issued(made(LetterKind.FIRST_LEVEL))
    answers = tuple(
        item.model_copy(update={"state": type(item.state).MET})
        if item.key.criterion_id == "shared-decision" and item.state is not None
        else item
        for item in inputs_for().assessments.values()
    )
    inputs = replace(inputs_for(answers=answers), kind=LetterKind.SECOND_LEVEL, earlier=(first,))
    said = words(compose_letter(inputs), BlockKind.NEW_EVIDENCE)
    assert "Table 2: row 2.4: met, there not documented" in said


def test_words_typed_anew_make_a_second_level_differ() -> None:
    inputs = second(CASE)
    content = compose_letter(inputs)
    blocks = tuple(
        block.with_typed_text(f"{block.text}\n\nThe surgeon will speak to the reviewer.")
        if block.kind is BlockKind.NECESSITY
        else block
        for block in content.blocks
    )
    typed = content.model_copy(update={"blocks": blocks})
    found = {item.rule for rule in RULES for item in rule(typed, inputs)}
    assert "second-level-same" not in found


# The others -----------------------------------------------------------------------------------------------------------


def test_an_expedited_appeal_says_first_why_it_cannot_wait_and_only_there() -> None:
    risk = "Loosening progresses."
    told = CASE.model_copy(update={"history": CASE.history.model_copy(update={"risk_of_delay": risk})})
    content = compose_letter(made(LetterKind.EXPEDITED, told))
    assert risk in words(content, BlockKind.SECTION)
    assert risk not in words(content, BlockKind.NECESSITY)
    assert "EXPEDITED" in words(content, BlockKind.RE)
    assert "urgency-reason" not in rules(made(LetterKind.EXPEDITED, told))
    assert rules(made(LetterKind.EXPEDITED))["urgency-reason"] is Severity.ERROR


def test_a_letter_of_medical_necessity_needs_no_denial_and_quotes_none() -> None:
    case = CASE.model_copy(update={"denial": EMPTY_CASE.denial})
    content = compose_letter(made(LetterKind.MEDICAL_NECESSITY, case))
    assert block_of(content, BlockKind.DENIAL) is None
    assert "Date of notice" not in words(content, BlockKind.RE)
    assert "overturn" not in words(content).casefold()
    assert "1. Authorize Reinsertion of fixation (CPT 22849) at L5-S1." in words(content, BlockKind.RELIEF)
    errors = {
        rule
        for rule, weight in rules(made(LetterKind.MEDICAL_NECESSITY, case)).items()
        if weight is Severity.ERROR
    }
    assert errors <= {"missing-addressee"}


def test_a_letter_of_medical_necessity_goes_to_the_plan_and_not_to_its_appeals_unit() -> None:
    content = compose_letter(made(LetterKind.MEDICAL_NECESSITY))
    assert words(content, BlockKind.ADDRESSEE) == "Northfield Health Plan"
    assert words(content, BlockKind.DATE) == "November 22, 2026"


def test_short_letters_argue_nothing_and_tell_no_diagnosis() -> None:
    for kind in (LetterKind.PEER_TO_PEER, LetterKind.CLAIM_FILE, LetterKind.WITHDRAWAL):
        content = compose_letter(made(kind))
        assert "M96.0" not in words(content)
        assert not {block.kind for block in content.blocks} & {
            BlockKind.HISTORY,
            BlockKind.IMAGING,
            BlockKind.SUPPORT,
        }
        assert "Robin Reviewer" not in words(content, BlockKind.SIGNATURE)


def test_a_peer_to_peer_request_goes_to_the_reviewer_and_keeps_the_right_to_appeal() -> None:
    denial = CASE.denial.model_copy(
        update={"reviewer_name": "Pat Planner, MD", "peer_to_peer_phone": "555-0199"}
    )
    call = PeerToPeer(id="p2p-1", our_speaker="Dana Sample, MD", window_ends_on=date(2026, 11, 30))
    inputs = made(LetterKind.PEER_TO_PEER, CASE.model_copy(update={"denial": denial}), peer_to_peers=(call,))
    content = compose_letter(inputs)
    assert "For the attention of Pat Planner, MD" in words(content, BlockKind.ADDRESSEE)
    said = words(content, BlockKind.OPENING)
    for expected in (
        "555-0199",
        "the right to appeal is reserved",
        "Dana Sample, MD will speak",
        "until November 30, 2026",
    ):
        assert expected in said
    late = replace(inputs, today=date(2026, 12, 2), earlier=(issued(made(LetterKind.FIRST_LEVEL)),))
    assert {"call-window-over", "call-after-appeal"} <= set(rules(late))


def test_a_claim_file_request_asks_before_the_deadline_of_the_notice() -> None:
    denial = CASE.denial.model_copy(update={"deadline_stated_on": date(2027, 5, 1)})
    content = compose_letter(made(LetterKind.CLAIM_FILE, CASE.model_copy(update={"denial": denial})))
    assert "May 1, 2027 as the last day for an appeal" in words(content, BlockKind.REQUESTS)


def test_a_withdrawal_takes_back_what_was_appealed_and_is_no_longer_asked_for() -> None:
    first = issued(made(LetterKind.FIRST_LEVEL))
    whole = words(compose_letter(made(LetterKind.WITHDRAWAL, earlier=(first,))), BlockKind.RELIEF)
    assert "1. Withdrawn: Reinsertion of fixation" in whole
    assert "Decompression" not in whole
    assert "not meant to give up any right to appeal again" in whole
    changed = (
        LineDetermination(service_line_id="line-1", decision=Decision.NOT_NECESSARY),
        LineDetermination(service_line_id="line-2", decision=Decision.NECESSARY, levels=("L4-L5",)),
    )
    both = (
        LINES[0],
        LineDetermination(service_line_id="line-2", decision=Decision.NECESSARY, levels=("L4-L5",)),
    )
    first = issued(replace(inputs_for(lines=both), kind=LetterKind.FIRST_LEVEL))
    inputs = replace(inputs_for(lines=changed), kind=LetterKind.WITHDRAWAL, earlier=(first,))
    content = compose_letter(inputs)
    assert "to withdraw in part" in words(content, BlockKind.OPENING)
    part = words(content, BlockKind.RELIEF)
    assert "1. Withdrawn: Reinsertion of fixation" in part
    assert "Not withdrawn: Decompression (CPT 63047) at L4-L5. The appeal goes on for it." in part


# Settings, letterhead, choices ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in PARTS if kind.is_sent and kind is not LetterKind.PATIENT])
def test_copies_disclaimer_and_statement_stand_where_they_are_asked_for(kind: LetterKind) -> None:
    plain = {block.kind for block in compose_letter(made(kind)).blocks}
    assert not plain & {BlockKind.CARBON_COPY, BlockKind.DISCLAIMER, BlockKind.MADE}
    settings = LetterSettings(
        has_disclaimer=True, has_made_statement=True, carbon_copies=("Sam Patient", " ")
    )
    content = compose_letter(made(kind, settings=settings))
    assert words(content, BlockKind.CARBON_COPY) == "cc: Sam Patient"
    said = words(content, BlockKind.DISCLAIMER)
    assert DISCLAIMER in said or SHORT_DISCLAIMER in said
    assert "No text was generated by a language model." in words(content, BlockKind.MADE)


def test_a_house_words_its_own_disclaimer() -> None:
    settings = LetterSettings(has_disclaimer=True, disclaimer="Ask us.\n\nWe answer.")
    block = block_of(compose_letter(made(LetterKind.FIRST_LEVEL, settings=settings)), BlockKind.DISCLAIMER)
    assert block is not None
    assert [item.text for item in block.paragraphs] == ["Ask us.", "We answer."]


def test_the_letterhead_of_the_house_takes_the_place_of_the_providers_lines() -> None:
    head = Letterhead(
        id="h-1",
        name="Main",
        lines=("Sample Clinic", "", "1 Way"),
        logo_sha256="a" * 64,
        logo_alternative="Sample Clinic logo",
        signature_sha256="b" * 64,
        signer="dana sample",
    )
    content = compose_letter(made(LetterKind.FIRST_LEVEL, letterhead=head))
    assert words(content, BlockKind.LETTERHEAD).split(" ", 2)[:2] == ["Sample", "Clinic"]
    assert (content.logo_sha256, content.logo_alternative) == ("a" * 64, "Sample Clinic logo")
    assert content.signature_sha256 == "b" * 64
    other = compose_letter(
        made(LetterKind.FIRST_LEVEL, letterhead=head.model_copy(update={"signer": "Someone"}))
    )
    assert other.signature_sha256 == ""


def test_a_claim_that_was_left_out_is_not_told() -> None:
    inputs = made(LetterKind.FIRST_LEVEL)
    support = block_of(compose_letter(inputs), BlockKind.SUPPORT)
    assert support is not None
    told = [
        origin.ref.removeprefix("topics.")
        for item in support.paragraphs
        for origin in item.provenance
        if origin.ref.startswith("topics.")
    ]
    topic, _, claim = told[0].rpartition(".")
    key = f"{topic}:{claim}"
    choices = {key: ArgumentChoice(key=key, is_included=False)}
    without = block_of(compose_letter(replace(inputs, choices=choices)), BlockKind.SUPPORT)
    refs = {origin.ref for item in (without.paragraphs if without else ()) for origin in item.provenance}
    assert f"topics.{told[0]}" not in refs


def test_a_claim_that_was_chosen_is_told_beyond_the_usual_two() -> None:
    inputs = made(LetterKind.FIRST_LEVEL)
    asked = [
        Asked(service_line_id=line.id, levels=inputs.granted_levels(line)) for line in inputs.granted_lines
    ]
    offers = topics_for(inputs.case, inputs.reasons, inputs.topics, sets=inputs.sets, asked=asked)
    outcomes = [
        offer
        for offer in offers
        if offer.topic_kind is TopicKind.CLINICAL and offer.claim.section is TopicSection.OUTCOMES
    ]
    choices = {offer.key: ArgumentChoice(key=offer.key, is_included=True) for offer in outcomes}
    support = block_of(compose_letter(replace(inputs, choices=choices)), BlockKind.SUPPORT)
    assert support is not None
    refs = {origin.ref for item in support.paragraphs for origin in item.provenance}
    citable = [
        offer
        for offer in outcomes
        if all(
            (found := library().get(source.reference_id)) is not None and found.may_be_cited
            for source in offer.claim.all_sources
        )
    ]
    assert len(citable) > 2
    assert {f"topics.{offer.topic_id}.{offer.claim.id}" for offer in citable} <= refs


def test_signer_numbers_and_a_missing_narrative_are_remarked() -> None:
    author = CASE.providers[0].model_copy(update={"npi": "", "license_number": ""})
    case = CASE.model_copy(update={"providers": (author,), "history": History()})
    found = rules(made(LetterKind.FIRST_LEVEL, case))
    assert found["signer-numbers"] is Severity.WARNING
    assert found["missing-history"] is Severity.WARNING


def test_a_reason_that_is_only_quoted_needs_no_answer_in_a_letter_that_argues_nothing() -> None:
    reason = DenialReason(id="r", verbatim="Filed too late.")
    case = CASE.model_copy(update={"denial": CASE.denial.model_copy(update={"reasons": (reason,)})})
    for kind in (LetterKind.PEER_TO_PEER, LetterKind.CLAIM_FILE):
        assert not {"reason-answered", "reason-quoted"} & set(rules(made(kind, case)))


def test_coverage_of_no_known_kind_claims_no_rule() -> None:
    for kind in (*APPEALS, LetterKind.CLAIM_FILE, LetterKind.MEDICAL_NECESSITY):
        case = CASE.model_copy(update={"coverage": Coverage(payer="Plan")})
        said = words(compose_letter(made(kind, case)), BlockKind.REQUESTS)
        assert "The kind of plan is not known to the writer" in said
        assert "CFR" not in said


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        (
            LetterKind.FIRST_LEVEL,
            "The plan is asked to weigh these findings beside its criteria and, if it upholds",
        ),
        (
            LetterKind.MEDICAL_NECESSITY,
            "The plan is asked to weigh these findings beside its criteria and, if it re",
        ),
        (
            LetterKind.EXTERNAL_REVIEW,
            "The independent reviewer is asked to weigh these findings beside the criteria",
        ),
    ],
)
def test_an_argument_is_put_to_who_decides(kind: LetterKind, who: str) -> None:
    content = compose_letter(replace(inputs_of(SAMPLE), kind=kind))
    assert who in words(content, BlockKind.EXCEPTION)


def test_a_first_request_argues_against_no_refusal() -> None:
    reason = DenialReason(id="r1", category=DenialCategory.CODING, verbatim="The codes exclude one another.")
    denial = CASE.denial.model_copy(update={"reasons": (reason,)})
    case = CASE.model_copy(update={"denial": denial})
    appeal = words(compose_letter(made(LetterKind.FIRST_LEVEL, case)), BlockKind.EXCEPTION)
    assert "The notice refuses" in appeal
    first = compose_letter(made(LetterKind.MEDICAL_NECESSITY, case))
    assert "notice" not in words(first, BlockKind.EXCEPTION)
    assert "On the coding:" in words(first, BlockKind.SUPPORT)


def test_a_row_that_the_reviewer_waives_is_not_counted_as_met() -> None:
    content = compose_letter(inputs_of(SAMPLE))
    table = next(block for block in content.blocks if block.kind is BlockKind.CRITERIA_TABLE)
    assert "1 row waived, 3 not met and 1 not settled." in table.text
    assert "1 row waived" in words(content, BlockKind.DENIAL)


def test_a_letter_that_states_no_review_does_not_disclaim_one() -> None:
    settings = LetterSettings(has_disclaimer=True)
    for kind in (LetterKind.WITHDRAWAL, LetterKind.CLAIM_FILE, LetterKind.PEER_TO_PEER):
        said = words(compose_letter(made(kind, settings=settings)), BlockKind.DISCLAIMER)
        assert "states a review" not in said
        assert "not legal advice" in said


def test_a_level_map_without_imaging_points_at_none() -> None:
    bare = CASE.model_copy(update={"imaging": ()})
    told = words(compose_letter(made(LetterKind.FIRST_LEVEL, bare)), BlockKind.LEVEL_MAP)
    assert told
    assert "imaging" not in told.casefold()
