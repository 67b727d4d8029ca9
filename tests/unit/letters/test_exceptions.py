"""Exception arguments: offered where the record bears them out, printed when chosen and complete, never else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.argument import ArgumentChoice, DoubtKind, ExceptionKind, OfferedException, SetDoubt
from desktop.domain.assessment import AssessmentState
from desktop.domain.case import Case
from desktop.domain.clinical import Assertion
from desktop.domain.criteria import CriteriaSet
from desktop.domain.denial import DenialCategory, DenialReason
from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.document import Document, DocumentKind
from desktop.domain.letter import BlockKind, LetterBlock, OriginKind
from desktop.domain.member import LineOfBusiness
from desktop.domain.service_line import ServiceLine, ServiceTiming
from desktop.letters.composing.adverse import adverse
from desktop.letters.composing.criteria import SILENCE_HEADING, criteria_tables
from desktop.letters.composing.exceptions import exception_blocks, offered_exceptions
from desktop.letters.composing.exceptions_argument import is_named_in_notice
from desktop.letters.composing.exceptions_coding import is_coding_told
from desktop.letters.composing.letter import compose_letter
from desktop.letters.composing.silence import silence
from desktop.letters.composing.support import support
from desktop.letters.inputs import LetterInputs
from tests.unit.letters.fixtures import ANSWERS, CASE, LINES, PUBLIC, REINSERTION, answer, inputs_for, key
from tests.unit.letters.sample_letter import OTHERS, SAMPLE, inputs_of

LINE = REINSERTION.id
CONFLICT = "exception.conflict_resolved.line-reinsertion"
WAIVER = next(path for path in OTHERS if path.stem == "cervical-waiver")
KNEES = next(path for path in OTHERS if path.stem == "knees-bilateral")


def offers(inputs: LetterInputs) -> dict[str, OfferedException]:
    return {item.key: item for item in offered_exceptions(inputs)}


def printed(inputs: LetterInputs) -> dict[str, LetterBlock]:
    return {block.id: block for block in exception_blocks(inputs, criteria_tables(inputs))}


def key_of(kind: ExceptionKind, line: str = LINE) -> str:
    return f"exception.{kind.value}.{line}"


def chosen(inputs: LetterInputs, choice: ArgumentChoice) -> LetterInputs:
    return replace(inputs, choices={**inputs.choices, choice.key: choice})


def taken_in(inputs: LetterInputs, name: str) -> LetterBlock:
    """A block once the reviewer takes it in."""
    return printed(chosen(inputs, ArgumentChoice(key=name, is_included=True)))[name]


def doubted(kind: DoubtKind, sentence: str, inputs: LetterInputs | None = None) -> LetterInputs:
    doubt = SetDoubt(service_line_id=LINE, set_id="northfield-reinsertion", kind=kind, sentence=sentence)
    return replace(inputs or inputs_for(), doubts=(doubt,))


def with_case(**changes: object) -> Case:
    return CASE.model_copy(update=changes)


def named_in_notice(case: Case = CASE) -> Case:
    named = "Northfield Health Plan criteria, Reinsertion of spinal fixation"
    return case.model_copy(update={"denial": case.denial.model_copy(update={"criteria_named": named})})


# ------------------------------------------------------------------------------------------------ wrong set, edition


def test_a_wrong_set_is_offered_and_left_out_until_the_reviewer_says_that_the_plan_applied_it() -> None:
    inputs = doubted(DoubtKind.WRONG_SET, "It is for other codes (22551); 22849 is not among them.")
    offer = offers(inputs)[key_of(ExceptionKind.WRONG_SET)]
    assert not offer.is_included
    assert "Confirm that the plan applied" in offer.needs[0]
    assert key_of(ExceptionKind.WRONG_SET) not in printed(inputs)


def test_taking_a_wrong_set_in_without_saying_where_the_plan_says_so_prints_nothing() -> None:
    inputs = doubted(DoubtKind.WRONG_SET, "It is for other codes.")
    taken = chosen(inputs, ArgumentChoice(key=key_of(ExceptionKind.WRONG_SET), is_included=True))
    assert offers(taken)[key_of(ExceptionKind.WRONG_SET)].needs
    assert printed(taken).keys().isdisjoint({key_of(ExceptionKind.WRONG_SET)})


def test_a_wrong_set_is_printed_with_the_note_that_says_where_the_plan_applied_it() -> None:
    inputs = doubted(DoubtKind.WRONG_SET, "It is for other codes (22551); 22849 is not among them.")
    note = "The plan's letter of November 2, 2026, page 1, applies it."
    taken = chosen(inputs, ArgumentChoice(key=key_of(ExceptionKind.WRONG_SET), is_included=True, note=note))
    block = printed(taken)[key_of(ExceptionKind.WRONG_SET)]
    assert "22849 is not among them." in block.text
    assert block.paragraphs[-1].text == note
    assert block.paragraphs[-1].provenance[0].kind is OriginKind.TYPED


def test_a_wrong_set_that_the_notice_names_needs_nothing_more() -> None:
    inputs = doubted(DoubtKind.WRONG_SET, "It is for other codes.", inputs_for(named_in_notice()))
    offer = offers(inputs)[key_of(ExceptionKind.WRONG_SET)]
    assert offer.is_included
    assert not offer.needs
    assert key_of(ExceptionKind.WRONG_SET) in printed(inputs)


@pytest.mark.parametrize(
    ("named", "is_named"),
    [
        ("Northfield Health Plan, Reinsertion of spinal fixation, 2026", True),
        ("Reinsertion of spinal fixation, of another plan", False),
        ("Northfield Health Plan, Hip replacement", False),
        ("Policy RF-12 of 2026", True),
        ("Policy RF-120", False),
        ("", False),
    ],
)
def test_a_set_is_named_by_its_number_or_by_publisher_and_title_together(named: str, is_named: bool) -> None:
    inputs = inputs_for(
        CASE.model_copy(update={"denial": CASE.denial.model_copy(update={"criteria_named": named})})
    )
    found = inputs.sets["northfield-reinsertion"].model_copy(update={"document_number": "RF-12"})
    assert is_named_in_notice(inputs, found) is is_named


def _with_edition(inputs: LetterInputs) -> LetterInputs:
    old = inputs.sets["northfield-reinsertion"]
    dated = old.model_copy(update={"effective_from": date(2024, 1, 1), "effective_to": date(2024, 12, 31)})
    return replace(inputs, sets={**inputs.sets, old.id: dated})


def _on(day: date | None, **more: object) -> Case:
    line = REINSERTION.model_copy(update={"service_on": day, **more})
    return named_in_notice(with_case(service_lines=(line, *CASE.service_lines[1:])))


def test_an_edition_that_was_not_in_force_is_argued_with_its_dates_and_the_day_of_the_service() -> None:
    inputs = _with_edition(inputs_for(_on(date(2026, 12, 15))))
    block = printed(doubted(DoubtKind.NOT_IN_FORCE, "It ended on December 31, 2024.", inputs))[
        key_of(ExceptionKind.EDITION_NOT_IN_FORCE)
    ]
    assert "effective from January 1, 2024 to December 31, 2024" in block.text
    assert "is planned for December 15, 2026" in block.text


def test_a_service_of_the_past_was_performed() -> None:
    case = _on(date(2026, 2, 15), timing=ServiceTiming.POST_SERVICE)
    inputs = doubted(DoubtKind.NOT_IN_FORCE, "It ended.", _with_edition(inputs_for(case)))
    assert (
        "was performed on February 15, 2026"
        in printed(inputs)[key_of(ExceptionKind.EDITION_NOT_IN_FORCE)].text
    )


def test_an_edition_is_not_argued_without_a_day_of_service() -> None:
    inputs = doubted(
        DoubtKind.NOT_IN_FORCE, "A newer edition is there.", _with_edition(inputs_for(_on(None)))
    )
    offer = offers(inputs)[key_of(ExceptionKind.EDITION_NOT_IN_FORCE)]
    assert any("date of service" in need for need in offer.needs)
    assert not printed(inputs).get(offer.key)


def test_a_doubt_about_another_line_or_an_unknown_set_offers_nothing() -> None:
    doubts = (
        SetDoubt(
            service_line_id="line-2", set_id="northfield-reinsertion", kind=DoubtKind.WRONG_SET, sentence="x"
        ),
        SetDoubt(service_line_id=LINE, set_id="no-such-set", kind=DoubtKind.WRONG_SET, sentence="x"),
    )
    found = offers(replace(inputs_for(), doubts=doubts))
    assert all(item.kind is not ExceptionKind.WRONG_SET for item in found.values())


# ------------------------------------------------------------------------------------------------ Medicare


def _advantage(day: date | None = None) -> LetterInputs:
    coverage = CASE.coverage.model_copy(update={"line_of_business": LineOfBusiness.MEDICARE_ADVANTAGE})
    line = REINSERTION.model_copy(update={"service_on": day})
    case = named_in_notice(with_case(coverage=coverage, service_lines=(line, *CASE.service_lines[1:])))
    answers = [
        item for item in ANSWERS if item.key.criterion_id not in {"shared-decision", "nonunion-on-imaging"}
    ]
    answers.append(answer(key(PUBLIC, "shared-decision"), AssessmentState.MET))
    answers.extend(
        answer(key(PUBLIC, "nonunion-on-imaging", level), AssessmentState.MET) for level in REINSERTION.levels
    )
    inputs = inputs_for(case, answers=answers)
    medicare = inputs.sets[PUBLIC].model_copy(update={"publisher": "Medicare (CMS)"})
    return replace(inputs, sets={**inputs.sets, PUBLIC: medicare})


def test_a_plan_stricter_than_medicare_is_argued_for_medicare_advantage_with_the_rule_and_its_date() -> None:
    inputs = _advantage(date(2026, 12, 15))
    block = printed(inputs)[key_of(ExceptionKind.STRICTER_THAN_MEDICARE)]
    assert "422.101(b)(6)" in block.text
    assert "for coverage from 1 January 2024" in block.text
    assert "The coverage is recorded as: Medicare Advantage." in block.text
    assert "[@42cfr-422-101]" in block.text
    assert "is not claimed here" in block.text


@pytest.mark.parametrize(
    "business", [item for item in LineOfBusiness if item is not LineOfBusiness.MEDICARE_ADVANTAGE]
)
def test_no_other_kind_of_plan_is_held_to_medicare(business: LineOfBusiness) -> None:
    inputs = _advantage()
    coverage = inputs.case.coverage.model_copy(update={"line_of_business": business})
    other = replace(inputs, case=inputs.case.model_copy(update={"coverage": coverage}))
    assert key_of(ExceptionKind.STRICTER_THAN_MEDICARE) not in offers(other)


def test_the_rule_is_not_claimed_for_a_service_before_it_governed() -> None:
    assert key_of(ExceptionKind.STRICTER_THAN_MEDICARE) in offers(_advantage(date(2024, 1, 1)))
    assert key_of(ExceptionKind.STRICTER_THAN_MEDICARE) not in offers(_advantage(date(2023, 12, 31)))


def test_another_plans_published_set_is_not_said_to_be_this_plans() -> None:
    offer = offers(inputs_of(KNEES))["exception.stricter_than_medicare.knees"]
    assert not offer.is_included
    assert offer.needs


def test_a_plan_set_that_is_met_where_medicares_is_not_is_no_argument() -> None:
    inputs = _advantage()
    swapped = {
        set_id: found.model_copy(update={"publisher": "Medicare (CMS)" if set_id != PUBLIC else "Northfield"})
        for set_id, found in inputs.sets.items()
    }
    assert key_of(ExceptionKind.STRICTER_THAN_MEDICARE) not in offers(replace(inputs, sets=swapped))


# ------------------------------------------------------------------------------------------------ waivers, judgement


def test_a_red_flag_is_argued_with_the_words_and_the_source_of_the_waiver() -> None:
    block = printed(inputs_of(WAIVER))["exception.red_flag.acdf"]
    assert "Row 1.4 is waived by row 1.5" in block.text
    assert "Cord compression with signal change at C5-C6." in block.text
    assert "The exception stands in: Aetna CPB 0743" in block.text
    assert "not claimed to be met" in block.text


def test_a_criterion_marked_as_waived_is_argued_with_what_waives_it() -> None:
    offer = offers(inputs_for())[key_of(ExceptionKind.RED_FLAG)]
    assert "is waived by: Waiver in the plan document, page 12" in offer.grounds[0]
    assert not any(word in offer.grounds[0] for word in ("Row", "Table"))


def test_a_waiver_that_does_not_decide_is_offered_and_left_out() -> None:
    assert not offers(inputs_for())[key_of(ExceptionKind.RED_FLAG)].is_included
    assert not offers(inputs_of(SAMPLE))["exception.red_flag.line-reinsertion"].is_included


def test_without_a_waiver_no_red_flag_is_offered() -> None:
    answers = [item for item in ANSWERS if item.state is not AssessmentState.EXCEPTION]
    assert key_of(ExceptionKind.RED_FLAG) not in offers(inputs_for(answers=answers))


def test_clinical_judgement_rests_on_affirmed_findings_with_linked_words_and_concedes_what_is_open() -> None:
    block = printed(inputs_for())[key_of(ExceptionKind.CLINICAL_JUDGEMENT)]
    assert "nonunion at L5-S1 (Encl." in block.text
    assert "Nothing of this is taken as met" in block.text
    assert "solid" not in block.text.casefold()


@pytest.mark.parametrize("phrase", ["set aside", "override", "overrule", "disregard", "same specialty"])
def test_no_argument_says_that_a_guideline_may_be_set_aside(phrase: str) -> None:
    for path in (SAMPLE, WAIVER, KNEES):
        assert all(phrase not in block.text.casefold() for block in printed(inputs_of(path)).values())


def test_clinical_judgement_is_not_offered_for_negated_findings_or_without_linked_words() -> None:
    study = CASE.imaging[0]
    denied = tuple(item.model_copy(update={"assertion": Assertion.NEGATED}) for item in study.findings)
    case = with_case(imaging=(study.model_copy(update={"findings": denied}),))
    assert key_of(ExceptionKind.CLINICAL_JUDGEMENT) not in offers(inputs_for(case))
    assert key_of(ExceptionKind.CLINICAL_JUDGEMENT) not in offers(inputs_for(links=()))


def test_clinical_judgement_is_not_offered_for_a_line_that_is_not_asked_for() -> None:
    lines = (LineDetermination(service_line_id=LINE, decision=Decision.NOT_NECESSARY), LINES[1])
    assert key_of(ExceptionKind.CLINICAL_JUDGEMENT) not in offers(inputs_for(lines=lines))


# ------------------------------------------------------------------------------------------------ coding


def _with_new_fixation(levels: tuple[str, ...] = ("L4-L5",), **denial: object) -> LetterInputs:
    line = ServiceLine(id="line-3", code="22842", label="New fixation", levels=levels)
    return inputs_for(
        with_case(service_lines=(*CASE.service_lines, line), denial=CASE.denial.model_copy(update=denial))
    )


def test_codes_that_exclude_one_another_are_argued_once() -> None:
    inputs = _with_new_fixation()
    block = printed(inputs)[key_of(ExceptionKind.CODING_IN_DISGUISE)]
    assert "CPT 22842 at L4-L5" in block.text
    assert "[@srs-2013-coding]" in block.text
    assert is_coding_told(inputs)
    told = support(inputs)
    assert told is None or "On the coding:" not in told.text


def test_leaving_the_coding_argument_out_brings_the_rule_back_to_the_literature() -> None:
    inputs = _with_new_fixation()
    out = chosen(inputs, ArgumentChoice(key=key_of(ExceptionKind.CODING_IN_DISGUISE), is_included=False))
    assert key_of(ExceptionKind.CODING_IN_DISGUISE) not in printed(out)
    told = support(out)
    assert told is not None
    assert "On the coding:" in told.text


def test_codes_at_other_levels_do_not_clash() -> None:
    assert key_of(ExceptionKind.CODING_IN_DISGUISE) not in offers(_with_new_fixation(("L1-L2",)))


def test_a_stated_reason_of_coding_is_told_apart_from_medical_necessity() -> None:
    reasons = (DenialReason(id="r", verbatim="Bundled.", category=DenialCategory.CODING),)
    block = printed(_with_new_fixation(reasons=reasons))[key_of(ExceptionKind.CODING_IN_DISGUISE)]
    assert "Coding and medical necessity are two questions" in block.text


# ------------------------------------------------------------------------------------------------ documents, conflict


def test_a_missing_document_is_named_with_date_and_enclosure_and_nothing_is_claimed_of_the_past() -> None:
    name = "exception.document_supplied.line-arthrodesis"
    assert name not in printed(inputs_of(SAMPLE))  # the answer to the reason names the records already
    block = taken_in(inputs_of(SAMPLE), name)
    assert "Physical therapy discharge summary (SYNTHETIC), Jul 24, 2026 (Enclosure J)" in block.text
    assert "is not known to the writer" in block.text


def _missing(words: str) -> Case:
    reason = DenialReason(id="r", verbatim=words, category=DenialCategory.MISSING_INFORMATION)
    return with_case(denial=CASE.denial.model_copy(update={"reasons": (reason,)}))


def test_a_missing_imaging_report_is_answered_with_reports_that_support_what_is_met() -> None:
    inputs = inputs_for(_missing("No imaging report was received."))
    block = taken_in(inputs, key_of(ExceptionKind.DOCUMENT_SUPPLIED))
    assert "No bridging bone is seen at L5-S1." in block.text
    assert "Clinic note" not in block.text


def test_undated_treatment_without_a_document_does_not_count_as_supplied() -> None:
    found = offers(inputs_for(_missing("No physical therapy records were received.")))
    assert key_of(ExceptionKind.DOCUMENT_SUPPLIED) not in found


def test_a_document_dated_after_the_notice_is_offered_for_an_open_point_and_not_printed() -> None:
    inputs = inputs_for()
    shared = next(item for item in inputs.sets[PUBLIC].criteria() if item.id == "shared-decision")
    kind = shared.evidence_types[0] if shared.evidence_types else DocumentKind.CLINIC_NOTE
    late = Document(id="late", kind=kind, title="Late note", dated_on=date(2026, 11, 10), text="Seen.")
    case = with_case(documents=(*CASE.documents, late))
    found = _typed(inputs_for(case), shared.id, kind)
    offer = offers(found)[key_of(ExceptionKind.DOCUMENT_SUPPLIED)]
    assert not offer.is_included
    assert any("Late note" in need for need in offer.needs)
    taken = chosen(found, ArgumentChoice(key=offer.key, is_included=True))
    assert offer.key not in printed(taken)


def _typed(inputs: LetterInputs, criterion_id: str, kind: DocumentKind) -> LetterInputs:
    """The inputs with a criterion that asks for a kind of document."""

    def changed(found: CriteriaSet) -> CriteriaSet:
        children = tuple(
            child.model_copy(update={"evidence_types": (kind,)}) if child.id == criterion_id else child
            for child in found.root.children
        )
        return found.model_copy(update={"root": found.root.model_copy(update={"children": children})})

    return replace(inputs, sets={set_id: changed(found) for set_id, found in inputs.sets.items()})


def test_a_resolved_conflict_quotes_both_sides_and_the_note() -> None:
    block = taken_in(inputs_of(SAMPLE), CONFLICT)
    assert (
        "“By my look at the pictures the fusion is solid from L3 to S1 and the hardware is intact.”"
        in block.text
    )
    assert "Followed instead: “No bridging trabecular bone" in block.text
    assert "Why: Read without the radiology report" in block.text
    kinds = {origin.kind for item in block.paragraphs for origin in item.provenance}
    assert OriginKind.QUOTE in kinds


def test_a_passage_that_concerns_two_lines_is_told_once_for_both() -> None:
    inputs = inputs_of(SAMPLE)
    assert [name for name in offers(inputs) if name.startswith("exception.conflict_resolved.")] == [CONFLICT]
    text = taken_in(inputs, CONFLICT).text
    assert (
        "rows 2.3, 2.9, 3.3 and 4.2 for Reinsertion of fixation (CPT 22849) and Revision arthrodesis" in text
    )


def test_a_conflict_taken_in_is_not_answered_a_second_time_among_the_words_against() -> None:
    inputs = inputs_of(SAMPLE)
    words = "By my look at the pictures"
    before = adverse(inputs, criteria_tables(inputs))
    assert before is not None
    assert words in before.text
    assert CONFLICT not in printed(inputs)
    taken = chosen(inputs, ArgumentChoice(key=CONFLICT, is_included=True))
    after = adverse(taken, criteria_tables(taken))
    assert after is None or words not in after.text


def test_words_against_without_a_note_are_not_called_resolved() -> None:
    assert key_of(ExceptionKind.CONFLICT_RESOLVED) not in offers(inputs_for())


# ------------------------------------------------------------------------------------------------ choices, silence


def test_what_is_left_out_is_not_printed_and_stays_offered() -> None:
    inputs = inputs_of(SAMPLE)
    for offer in offered_exceptions(inputs):
        out = chosen(inputs, ArgumentChoice(key=offer.key, is_included=False))
        assert offer.key not in printed(out)
        assert not offers(out)[offer.key].is_included


def test_a_silent_set_is_an_argument_that_can_be_left_out() -> None:
    inputs = inputs_of(SAMPLE)
    offered = offers(inputs)["exception.silent_set.line-reinsertion"]
    assert offered.is_included
    assert silence(inputs, criteria_tables(inputs)) is not None
    out = chosen(inputs, ArgumentChoice(key=offered.key, is_included=False))
    assert silence(out, criteria_tables(out)) is None


def test_a_letter_that_leaves_silence_out_does_not_point_at_it() -> None:
    inputs = inputs_of(SAMPLE)
    out = chosen(inputs, ArgumentChoice(key="exception.silent_set.line-reinsertion", is_included=False))
    for found, is_there in ((inputs, True), (out, False)):
        text = "\n".join(block.text for block in compose_letter(found).blocks)
        assert (f"see “{SILENCE_HEADING}”" in text) is is_there


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_what_is_printed_is_what_is_chosen_and_lacks_nothing(data: st.DataObject) -> None:
    inputs = inputs_of(data.draw(st.sampled_from((SAMPLE, WAIVER, KNEES))))
    for offer in offered_exceptions(inputs):
        if data.draw(st.booleans()):
            choice = ArgumentChoice(
                key=offer.key,
                is_included=data.draw(st.booleans()),
                note=data.draw(st.sampled_from(("", "Page 3 of the notice."))),
            )
            inputs = chosen(inputs, choice)
    wanted = {
        offer.key
        for offer in offered_exceptions(inputs)
        if offer.is_included and not offer.needs and offer.kind is not ExceptionKind.SILENT_SET
    }
    assert set(printed(inputs)) == wanted


def test_a_note_on_a_silent_set_is_printed_as_typed() -> None:
    inputs = chosen(
        inputs_of(SAMPLE),
        ArgumentChoice(key="exception.silent_set.line-reinsertion", is_included=True, note="See [@page 3]."),
    )
    block = silence(inputs, criteria_tables(inputs))
    assert block is not None
    assert "See \\[@page 3]." in block.text


@pytest.mark.parametrize("path", [SAMPLE, WAIVER, KNEES], ids=lambda path: path.stem)
def test_every_block_is_named_by_its_key_and_every_sentence_has_an_origin(path: object) -> None:
    inputs = inputs_of(path)  # pyright: ignore[reportArgumentType]
    for block in printed(inputs).values():
        assert block.kind is BlockKind.EXCEPTION
        assert block.id in offers(inputs)
        assert all(item.provenance for item in block.paragraphs)
