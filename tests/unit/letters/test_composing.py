"""A composed letter has its parts in order, says where each comes from, and says "not recorded" where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

import pytest

from desktop.domain.assessment import AssessmentState
from desktop.domain.case import Case
from desktop.domain.clinical import ConservativeTreatment, FunctionScore, History, Measurement
from desktop.domain.criteria import LicenceClass, Polarity
from desktop.domain.denial import AdverseDetermination, DenialCategory, DenialReason
from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.evaluation import NodeTrace
from desktop.domain.letter import BlockKind, LetterBlock, LetterContent, OriginKind
from desktop.domain.member import Coverage, LineOfBusiness
from desktop.domain.service_line import ServiceTiming
from desktop.domain.truth import Truth
from desktop.letters.checking.required import words_of
from desktop.letters.composing.criteria_rows import NOTE_IN_CELL
from desktop.letters.composing.criteria_tree import state_text
from desktop.letters.composing.legal import legal_topics
from desktop.letters.composing.letter import compose_letter
from desktop.letters.paper.text import render_text
from desktop.letters.references.library import EMPTY_LIBRARY
from tests.unit.letters.fixtures import (
    ANSWERS,
    CASE,
    CERVICAL_CASE,
    DECOMPRESSION,
    EMPTY_CASE,
    KNEE_CASE,
    LINES,
    PUBLIC,
    REINSERTION,
    answer,
    criteria_sets,
    inputs_for,
    key,
    library,
)


def block_of(content: LetterContent, kind: BlockKind, index: int = 0) -> LetterBlock:
    return [block for block in content.blocks if block.kind is kind][index]


def words(content: LetterContent, kind: BlockKind) -> str:
    return words_of(tuple(block for block in content.blocks if block.kind is kind))


ORDER = (
    BlockKind.LETTERHEAD,
    BlockKind.DATE,
    BlockKind.ADDRESSEE,
    BlockKind.RE,
    BlockKind.OPENING,
    BlockKind.DENIAL,
    BlockKind.CRITERIA_TABLE,
    BlockKind.HISTORY,
    BlockKind.IMAGING,
    BlockKind.LEVEL_MAP,
    BlockKind.IMAGING,
    BlockKind.TREATMENTS,
    BlockKind.SCORES,
    BlockKind.TIMELINE,
    BlockKind.NECESSITY,
    BlockKind.SILENCE,
    BlockKind.EXCEPTION,
    BlockKind.SUPPORT,
    BlockKind.CONCESSION,
    BlockKind.REQUESTS,
    BlockKind.RELIEF,
    BlockKind.SIGNATURE,
    BlockKind.ENCLOSURES,
    BlockKind.REFERENCES,
)


def test_blocks_come_in_the_order_of_a_strong_letter() -> None:
    kinds = [block.kind for block in compose_letter(inputs_for()).blocks]
    assert tuple(kind for kind, _ in groupby(kinds)) == ORDER


def test_composing_twice_gives_the_same_content() -> None:
    assert compose_letter(inputs_for()) == compose_letter(inputs_for())


@pytest.mark.parametrize("case", [CASE, CERVICAL_CASE, KNEE_CASE, EMPTY_CASE], ids=lambda case: case.id)
def test_every_paragraph_and_row_says_where_it_comes_from(case) -> None:
    for block in compose_letter(inputs_for(case)).blocks:
        for piece in (*block.paragraphs, *(block.table.rows if block.table else ())):
            assert piece.provenance, block.id


def test_block_ids_are_unique_and_stable_over_composing() -> None:
    ids = [block.id for block in compose_letter(inputs_for()).blocks]
    assert len(ids) == len(set(ids))


def test_title_carries_the_case_number_and_no_name() -> None:
    content = compose_letter(inputs_for())
    assert content.title == "First-level appeal, case 26-0142"
    assert "Example" not in content.title
    assert content.running_head == "Member Morgan Example · ID NHP-555-0142 · Ref. R-2026-88"


def test_re_block_names_numbers_services_levels_and_the_kind_of_reason() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.RE)
    for expected in (
        "Morgan Example",
        "March 9, 1962",
        "NHP-555-0142",
        "G-77",
        "R-2026-88",
        "Reinsertion of fixation (CPT 22849) at L3-S1",
        "Decompression (CPT 63047) at L4-L5",
        "November 2, 2026",
        "Medical necessity; quoted and answered below",
    ):
        assert expected in said
    assert "EXPEDITED" not in said


def test_a_reason_is_quoted_once_in_the_whole_letter() -> None:
    inputs = inputs_for()
    text = " ".join(render_text(compose_letter(inputs), inputs.references).split())
    assert text.count("The request does not meet our criteria & BP <120/80.") == 1


def test_the_date_of_service_is_said_once_when_it_is_the_same() -> None:
    same = tuple(
        line.model_copy(update={"service_on": date(2026, 12, 15)}) for line in (REINSERTION, DECOMPRESSION)
    )
    said = words(compose_letter(inputs_for(CASE.model_copy(update={"service_lines": same}))), BlockKind.RE)
    assert said.count("December 15, 2026") == 1
    later = (same[0], same[1].model_copy(update={"service_on": date(2026, 12, 16)}))
    said = words(compose_letter(inputs_for(CASE.model_copy(update={"service_lines": later}))), BlockKind.RE)
    assert "Planned for December 15, 2026: CPT 22849 Planned for December 16, 2026: CPT 63047" in said


def test_the_opening_shows_each_service_with_its_results_at_a_glance() -> None:
    table = block_of(compose_letter(inputs_for()), BlockKind.OPENING).table
    assert table is not None
    assert [row.cells[1] for row in table.rows] == [
        "Asked for at L5-S1\nNot asked for at L3-L5",
        "Not asked for: cannot be determined",
    ]
    assert "silent on what the imaging shows" in table.rows[0].cells[2]
    assert "Table 2, Example Public Rule: not settled by the record at L5-S1" in table.rows[0].cells[2]


def test_expedited_is_said_where_it_is_asked() -> None:
    case = CASE.model_copy(update={"denial": CASE.denial.model_copy(update={"is_expedited": True})})
    content = compose_letter(inputs_for(case))
    assert "EXPEDITED" in words(content, BlockKind.RE)
    assert "An expedited decision is requested." in words(content, BlockKind.OPENING)


def test_payers_set_comes_before_the_public_one_and_each_has_its_table() -> None:
    content = compose_letter(inputs_for())
    first = block_of(content, BlockKind.CRITERIA_TABLE, 0)
    second = block_of(content, BlockKind.CRITERIA_TABLE, 1)
    assert "Northfield" in first.heading
    assert "Example Public Rule" in second.heading
    assert "not this plan’s rule" in second.text


def test_a_row_shows_state_quote_document_date_and_page() -> None:
    table = block_of(compose_letter(inputs_for()), BlockKind.CRITERIA_TABLE, 1).table
    assert table is not None
    row = next(row for row in table.rows if row.cells[1] == "Met at L5-S1")
    assert row.cells[0] == "2.2  Imaging shows nonunion at the level."
    assert "“No bridging bone is seen at L5-S1.” Encl. B, Sep 14, 2026, p. 1" in row.cells[2]
    assert "Against: “The fusion at L5-S1 looks solid on films.”" in row.cells[2]
    assert {"e1", "e2"} <= {origin.ref for origin in row.provenance if origin.kind is OriginKind.QUOTE}


def test_a_reported_rule_is_marked_and_never_stated_as_the_rule() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.CRITERIA_TABLE)
    assert "Row 2.3: as reported in a secondary source." in said
    assert "2.3 A laboratory nicotine value is 10 ng/mL or less." in said


def test_an_exception_names_what_waives_it() -> None:
    assert "Waived by: Waiver in the plan document, page 12." in words(
        compose_letter(inputs_for()), BlockKind.CRITERIA_TABLE
    )


def test_a_recorded_value_decides_a_threshold_and_shows_both() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.CRITERIA_TABLE)
    assert "Met by the recorded value 14 months (needs ≥ 12 months)" in said


def test_ways_not_taken_are_named_in_a_sentence_and_not_conceded() -> None:
    content = compose_letter(inputs_for())
    said = words(content, BlockKind.CRITERIA_TABLE)
    assert "Of 2 ways one is enough: “Nonunion” (rows 2.1 and 2.2) holds." in said
    assert "Not relied on: “Deformity” (not assessed)." in said
    assert "curve" not in words(content, BlockKind.CRITERIA_TABLE)
    assert "curve" not in words(content, BlockKind.CONCESSION)


def test_a_long_note_follows_the_table_as_paragraphs() -> None:
    note = "Long note. " * (NOTE_IN_CELL // 5)
    answers = (*ANSWERS[:-1], answer(key(PUBLIC, "infection"), AssessmentState.MET, note=note))
    content = compose_letter(inputs_for(answers=answers))
    table = block_of(content, BlockKind.CRITERIA_TABLE, 1).table
    assert table is not None
    assert all(len(cell) < 600 for row in table.rows for cell in row.cells)
    assert "On row 2.5:" in block_of(content, BlockKind.CRITERIA_TABLE, 2).text
    assert note.strip() in block_of(content, BlockKind.CRITERIA_TABLE, 2).text


def test_a_criterion_that_asks_for_absence_reads_as_absence() -> None:
    for state, expected in (
        (AssessmentState.MET, "Infection is present (must be absent). Met: shown to be absent"),
        (AssessmentState.NOT_MET, "Infection is present (must be absent). Not met: it is present"),
        (AssessmentState.UNCLEAR, "Infection is present (must be absent). Unclear"),
    ):
        answers = (*ANSWERS[:-1], answer(key(PUBLIC, "infection"), state))
        assert expected in words(compose_letter(inputs_for(answers=answers)), BlockKind.CRITERIA_TABLE)


def test_an_absence_typed_with_a_no_is_not_negated_twice() -> None:
    node = NodeTrace(
        id="a",
        kind="criterion",
        text="No infection is active",
        truth=Truth.TRUE,
        state=AssessmentState.MET,
        polarity=Polarity.ABSENT,
    )
    assert state_text(node) == "Met"
    assert state_text(node.model_copy(update={"text": "Infection"})) == "Met: shown to be absent"


def test_licensed_words_do_not_leave_the_workstation() -> None:
    inputs = inputs_for()
    licensed = {
        name: item.model_copy(update={"licence": LicenceClass.LICENSED_REFERENCE})
        for name, item in criteria_sets().items()
    }
    inputs = replace(inputs, sets=licensed)
    content = compose_letter(inputs)
    text = render_text(content, inputs.references)
    assert "Scoliosis is the reason for the operation" not in text
    assert "Criterion scoliosis" in text
    assert "its words are not reproduced" in " ".join(text.split())


def test_history_and_reasons_go_in_as_typed() -> None:
    content = compose_letter(inputs_for())
    history = block_of(content, BlockKind.HISTORY)
    typed = [item.text for item in history.paragraphs]
    assert typed[:2] == ["Back pain returned after the fusion.", "He walks with a cane."]
    assert "The construct is loose." in words(content, BlockKind.NECESSITY)
    assert "CT shows loosening at S1 and nonunion at L5-S1." in words(content, BlockKind.NECESSITY)


def test_a_rationale_of_40000_characters_goes_to_paragraphs() -> None:
    lines = (LINES[0].model_copy(update={"rationale": "A sentence of the rationale. " * 1400}), LINES[1])
    content = compose_letter(inputs_for(lines=lines))
    assert len(block_of(content, BlockKind.NECESSITY).text) > 40_000


def test_dates_that_are_missing_are_said_to_be_missing() -> None:
    content = compose_letter(inputs_for())
    assert "dates not recorded" in words(content, BlockKind.TREATMENTS)


def test_relief_names_lines_and_levels_decided_and_says_what_is_not_asked() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.RELIEF)
    assert "authorize Reinsertion of fixation (CPT 22849) at L5-S1. It is not asked for at L3-L5." in said
    assert (
        "Not asked for: Decompression (CPT 63047) at L4-L5 (on this record it cannot be determined)." in said
    )


def test_relief_for_a_past_service_asks_for_payment() -> None:
    line = REINSERTION.model_copy(
        update={"timing": ServiceTiming.POST_SERVICE, "service_on": date(2026, 8, 1)}
    )
    content = compose_letter(inputs_for(CASE.model_copy(update={"service_lines": (line,)})))
    assert "pay for" in words(content, BlockKind.RELIEF)
    assert "Performed on August 1, 2026" in words(content, BlockKind.RE)


def test_without_a_determination_nothing_is_asked_for() -> None:
    content = compose_letter(inputs_for(lines=(), is_signed=False))
    assert "No relief is asked for yet" in words(content, BlockKind.RELIEF)
    assert "nothing is asked for yet" in words(content, BlockKind.OPENING)
    assert not [
        block
        for block in content.blocks
        if block.kind is BlockKind.SUPPORT and "[@spirig-2019]" in block.text
    ]


@pytest.mark.parametrize("case", [CERVICAL_CASE, KNEE_CASE], ids=["cervical", "knee"])
def test_nothing_lumbar_leaks_into_another_case(case) -> None:
    line = case.service_lines[0]
    decided = LineDetermination(service_line_id=line.id, decision=Decision.NECESSARY, rationale="Needed.")
    inputs = inputs_for(case, answers=(), links=(), lines=(decided,))
    text = render_text(compose_letter(inputs), inputs.references).lower()
    for word in ("lumbar", "l5-s1", "pedicle", "22849", "pseudarthrosis", "scoliosis"):
        assert word not in text


def test_a_case_with_nothing_recorded_composes_and_guesses_nothing() -> None:
    inputs = inputs_for(EMPTY_CASE, answers=(), links=(), lines=(), is_signed=False)
    text = render_text(compose_letter(inputs), inputs.references)
    assert text.count("not recorded") >= 5
    assert "None" not in text


def test_an_empty_library_leaves_the_letter_without_literature() -> None:
    content = compose_letter(inputs_for(references=EMPTY_LIBRARY))
    assert not content.cited()
    assert not [block for block in content.blocks if block.kind is BlockKind.SUPPORT]


def test_unknown_line_of_business_claims_no_law() -> None:
    content = compose_letter(inputs_for())
    said = words(content, BlockKind.REQUESTS)
    assert "no rule is claimed here" in said
    assert "CFR" not in said
    assert "U.S.C." not in said


@pytest.mark.parametrize("business", list(LineOfBusiness), ids=lambda item: item.value)
def test_each_law_is_cited_only_for_the_plans_it_reaches(business: LineOfBusiness) -> None:
    case = CASE.model_copy(update={"coverage": Coverage(payer="P", line_of_business=business)})
    said = words(compose_letter(inputs_for(case)), BlockKind.REQUESTS)
    assert ("2560.503-1" in said) == (business is LineOfBusiness.SELF_FUNDED_ERISA)
    assert ("422.101" in said) == (business is LineOfBusiness.MEDICARE_ADVANTAGE)
    assert ("438.408" in said) == (business is LineOfBusiness.MEDICAID_MCO)
    assert ("300gg-19" in said) == (business in (LineOfBusiness.INSURED_GROUP, LineOfBusiness.INDIVIDUAL_ACA))
    assert "same specialty" not in said.lower()


def test_california_law_needs_california() -> None:
    for state, expected in (("CA", True), ("NV", False), ("", False)):
        coverage = Coverage(line_of_business=LineOfBusiness.WORKERS_COMPENSATION, state=state)
        topics = legal_topics(inputs_for(CASE.model_copy(update={"coverage": coverage})))
        assert bool(topics) == expected


def test_the_clock_follows_urgency_and_timing() -> None:
    coverage = Coverage(line_of_business=LineOfBusiness.SELF_FUNDED_ERISA)
    past = CASE.service_lines[0].model_copy(update={"timing": ServiceTiming.POST_SERVICE})
    urgent = CASE.denial.model_copy(update={"is_expedited": True})
    for update, expected in (
        ({}, "30 days"),
        ({"service_lines": (past,)}, "60 days"),
        ({"denial": urgent}, "72 hours"),
    ):
        case = CASE.model_copy(update={"coverage": coverage, **update})
        assert expected in words(compose_letter(inputs_for(case)), BlockKind.REQUESTS)


def test_enclosures_are_lettered_in_packet_order() -> None:
    table = block_of(compose_letter(inputs_for()), BlockKind.ENCLOSURES).table
    assert table is not None
    assert [row.cells[:2] for row in table.rows] == [
        ("A", "Denial notice"),
        ("B", "CT lumbar spine"),
        ("C", "Clinic note"),
        ("D", "Cotinine"),
    ]


def test_signature_is_the_ordering_providers_and_names_who_determined() -> None:
    said = words(compose_letter(inputs_for()), BlockKind.SIGNATURE)
    assert "Dana Sample, MD" in said
    assert "Robin Reviewer, RN" in said


def test_a_coding_clash_is_said_and_its_absence_too() -> None:
    clean = words(compose_letter(inputs_for()), BlockKind.SUPPORT)
    assert "This request lists none of those codes" in clean
    removal = DECOMPRESSION.model_copy(update={"id": "line-3", "code": "22852", "levels": ("L5-S1",)})
    case = CASE.model_copy(update={"service_lines": (REINSERTION, removal)})
    clashing = words(compose_letter(inputs_for(case)), BlockKind.EXCEPTION)
    assert "lists, beside reinsertion, CPT 22852 at L5-S1" in clashing


def test_an_administrative_reason_gets_no_invented_answer() -> None:
    reason = DenialReason(id="r", verbatim="Filed too late.", category=DenialCategory.TIMELY_FILING)
    case = CASE.model_copy(update={"denial": CASE.denial.model_copy(update={"reasons": (reason,)})})
    assert "In answer" not in words(compose_letter(inputs_for(case)), BlockKind.DENIAL)


def test_criteria_that_were_not_named_are_demanded() -> None:
    case = CASE.model_copy(update={"denial": AdverseDetermination(reasons=CASE.denial.reasons)})
    said = words(compose_letter(inputs_for(case)), BlockKind.DENIAL)
    assert "A copy of those applied, with their edition, is requested." in said


def test_a_signed_determination_argues_from_the_evaluation_of_that_day() -> None:
    inputs = inputs_for()
    later = replace(inputs, traces=())
    assert compose_letter(later) == compose_letter(inputs)


def test_composing_does_not_need_any_clinical_history() -> None:
    content = compose_letter(inputs_for(CASE.model_copy(update={"history": History(), "imaging": ()})))
    assert BlockKind.HISTORY not in {block.kind for block in content.blocks}
    assert BlockKind.IMAGING not in {block.kind for block in content.blocks if "answers" not in block.id}


def test_the_library_of_the_program_is_used_in_these_tests() -> None:
    assert len(library().all()) >= 25


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        (DenialCategory.MISSING_INFORMATION, "4 documents of the record are enclosed"),
        (DenialCategory.MISSING_INFORMATION, "physical therapy, 12 visits, Jun 1 to Jul 20, 2026"),
        (DenialCategory.MISSING_INFORMATION, "Recorded without dates, and so not counted here: naproxen."),
        (DenialCategory.MISSING_INFORMATION, "CT, lumbar spine, September 14, 2026 (Encl. B)"),
        (DenialCategory.STEP_THERAPY, "The record holds these treatments with their dates"),
        (
            DenialCategory.COSMETIC,
            "Robin Reviewer, RN, determined it to be medically necessary at L5-S1; see “Why this service”.",
        ),
        (DenialCategory.CODING, "This request lists none of those codes"),
        (DenialCategory.EXPERIMENTAL, "The published evidence, for and against"),
        (
            DenialCategory.LEVEL_OF_CARE,
            "Robin Reviewer, RN, determined it to be medically necessary at L5-S1; see “Why this service”.",
        ),
    ],
)
def test_each_kind_of_reason_is_answered_from_what_is_recorded(
    category: DenialCategory, expected: str
) -> None:
    reason = DenialReason(id="r", verbatim="Refused.", category=category, service_line_ids=("line-1",))
    reviewer = {"reviewer_name": "P. Reviewer", "reviewer_credential": "MD", "reasons": (reason,)}
    case = CASE.model_copy(update={"denial": CASE.denial.model_copy(update=reviewer)})
    said = words(compose_letter(inputs_for(case)), BlockKind.DENIAL)
    assert expected in said
    assert "Decompression" not in said, "the reason does not speak of that line"
    assert "names as reviewer: P. Reviewer, MD." in said


def test_a_reason_of_missing_records_is_not_answered_with_records_that_are_not_there() -> None:
    reason = DenialReason(id="r", verbatim="Refused.", category=DenialCategory.MISSING_INFORMATION)
    case = CASE.model_copy(
        update={"denial": CASE.denial.model_copy(update={"reasons": (reason,)}), "documents": ()}
    )
    said = words(compose_letter(inputs_for(case, links=())), BlockKind.DENIAL)
    assert "enclosed and listed" not in said


@pytest.mark.parametrize(
    ("verbatim", "told", "untold"),
    [
        ("No dated conservative treatment was received.", "physical therapy, 12 visits", "Enclosed reports"),
        ("No CT of the lumbar spine was received.", "Enclosed reports of imaging", "physical therapy"),
    ],
)
def test_a_reason_of_missing_records_is_answered_with_what_it_misses(
    verbatim: str, told: str, untold: str
) -> None:
    said = words(compose_letter(inputs_for(with_reason(verbatim))), BlockKind.DENIAL)
    assert told in said
    assert untold not in said


def with_reason(
    verbatim: str,
    category: DenialCategory = DenialCategory.MISSING_INFORMATION,
    line: str = "line-1",
    **denial: str,
) -> Case:
    reason = DenialReason(id="r", verbatim=verbatim, category=category, service_line_ids=(line,))
    return CASE.model_copy(update={"denial": CASE.denial.model_copy(update={"reasons": (reason,), **denial})})


def test_a_reason_on_a_line_that_cannot_be_determined_is_not_appealed_and_says_what_would_settle_it() -> None:
    line = DECOMPRESSION.model_copy(update={"criteria_set_ids": (PUBLIC,)})
    case = with_reason("No report of compression.", line="line-2")
    case = case.model_copy(update={"service_lines": (REINSERTION, line)})
    said = words(compose_letter(inputs_for(case)), BlockKind.DENIAL)
    assert (
        "This letter does not appeal the refusal of this service: on this record it cannot be determined."
        in said
    )
    assert "What would settle it: a CT report that names the level; a signed form." in said


def test_a_reason_that_leans_on_another_service_says_how_that_one_stands() -> None:
    other = DECOMPRESSION.model_copy(update={"label": "Decompression", "levels": ("L5-S1",)})
    case = with_reason("Refused because the fixation it depends on is not approved.", line="line-2")
    case = case.model_copy(update={"service_lines": (REINSERTION, other)})
    granted = LINES[1].model_copy(update={"decision": Decision.NECESSARY})
    said = words(compose_letter(inputs_for(case, lines=(LINES[0], granted))), BlockKind.DENIAL)
    assert (
        "Reinsertion of fixation (CPT 22849) at L5-S1, of which the reason also speaks, is appealed here."
        in said
    )


def test_a_missing_authorization_is_answered_from_the_record_without_a_claim() -> None:
    category = DenialCategory.NO_PRIOR_AUTHORIZATION
    said = words(compose_letter(inputs_for(with_reason("None on file.", category))), BlockKind.DENIAL)
    assert "No authorization number is recorded for this service" in said
    case = with_reason("None on file.", category, authorization_number="PA-7")
    assert "holds the authorization number PA-7" in words(compose_letter(inputs_for(case)), BlockKind.DENIAL)


def test_scores_are_laid_out_whichever_way_is_shorter() -> None:
    made = [
        FunctionScore(
            id=f"{name}{month}",
            instrument=name,
            value=Decimal(month),
            unit="%",
            scored_on=date(2026, month, 1),
        )
        for name in ("ODI", "NRS")
        for month in range(1, 6)
    ]
    table = block_of(
        compose_letter(inputs_for(CASE.model_copy(update={"scores": tuple(made)}))), BlockKind.SCORES
    ).table
    assert table is not None
    assert [row.cells[0] for row in table.rows] == ["ODI", "NRS", "Source"]
    assert table.rows[0].cells[1:] == ("1%", "2%", "3%", "4%", "5%")
    table = block_of(
        compose_letter(inputs_for(CASE.model_copy(update={"scores": tuple(made[:2])}))), BlockKind.SCORES
    ).table
    assert table is not None
    assert table.columns == ("Date", "ODI", "Source")
    many = [item.model_copy(update={"instrument": f"I{index}"}) for index, item in enumerate(made)]
    table = block_of(
        compose_letter(inputs_for(CASE.model_copy(update={"scores": tuple(many)}))), BlockKind.SCORES
    ).table
    assert table is not None
    assert table.columns == ("Instrument", "Date", "Score", "Source")


def test_measurements_at_several_levels_share_a_line() -> None:
    made = tuple(
        Measurement(
            id=level, label="Translation", value=Decimal(value), unit="mm", level=level, quote=f"{value} mm"
        )
        for level, value in (("L4-L5", "2.6"), ("L5-S1", "4.2"))
    )
    one = Measurement(
        id="a", label="Angle", value=Decimal(1), unit="degrees", level="L5-S1", quote="1 degree"
    )
    study = CASE.imaging[0].model_copy(update={"findings": (), "measurements": (*made, one)})
    said = words(compose_letter(inputs_for(CASE.model_copy(update={"imaging": (study,)}))), BlockKind.IMAGING)
    assert "Measured Translation: L4-L5 2.6 mm, L5-S1 4.2 mm" in said
    assert "Angle: 1 degree " in said


def test_three_hundred_treatments_compose_and_the_answer_names_the_first_dozen() -> None:
    made = tuple(
        ConservativeTreatment(id=f"t{number}", label=f"Course {number}", started_on=date(2026, 1, 1))
        for number in range(300)
    )
    case = with_reason("No dated treatment.").model_copy(update={"treatments": made})
    content = compose_letter(inputs_for(case))
    table = block_of(content, BlockKind.TREATMENTS).table
    assert table is not None
    assert len(table.rows) == 300
    assert "; and 288 more." in words(content, BlockKind.DENIAL)


def test_a_finding_recorded_at_another_level_than_its_words_is_said_to_be_in_its_row() -> None:
    doubt = "(recorded at this level; the words quoted name another)"
    assert doubt not in words(compose_letter(inputs_for()), BlockKind.IMAGING)
    study = CASE.imaging[0]
    moved = tuple(item.model_copy(update={"level": "C7"}) for item in study.findings)
    case = CASE.model_copy(update={"imaging": (study.model_copy(update={"findings": moved}),)})
    said = words(compose_letter(inputs_for(case)), BlockKind.IMAGING)
    assert f"Screw loosening, bilateral {doubt}" in said
    assert f"left open by the report {doubt}" in said
    # Words that name no level contradict none.
    assert f"hardware fracture at C7 {doubt}" not in said
    assert "hardware fracture at C7" in said
