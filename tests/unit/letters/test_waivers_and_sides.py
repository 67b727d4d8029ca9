"""A letter says by which exception a rule is waived and under which source, and speaks of sides as sides."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

import pytest

from desktop.domain.assessment import Amount, AssessmentKey, AssessmentState, CriterionAssessment
from desktop.domain.clinical import (
    Assertion,
    ConservativeTreatment,
    Finding,
    FindingKind,
    ImagingStudy,
    TreatmentKind,
)
from desktop.domain.determination import Decision, Determination, LineDetermination
from desktop.domain.document import Document, DocumentKind
from desktop.domain.letter import BlockKind, LetterKind
from desktop.domain.offer import Offer
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.rules.evaluate import evaluate
from desktop.rules.loader import load_set
from tests.unit.letters.fixtures import KNEE_CASE, TODAY, inputs_for
from tests.unit.letters.sample_letter import OTHERS, inputs_of

SET = load_set(
    """
id: example-knee
family: example-knee
title: Knee replacement
publisher: Example Rule
document_number: EX-2
edition: "2026"
licence: public
sources:
  rule: {document: Example rule EX-2, proof: T}
criteria:
  all:
    - id: grade
      text: Films show grade 3 or 4
      per: side
      threshold: ">= 3 grade"
      source: {use: rule}
      closes_with: A film of this knee
    - id: care
      text: Therapy lasted at least 12 weeks
      per: side
      threshold: ">= 12 weeks"
      measure: treatment.physical_therapy
      source: {use: rule}
      closes_with: A therapy record
      unless:
        - id: unfit
          text: Therapy is not safe
          per: side
          source: {use: rule, locator: Exceptions}
          closes_with: A note with the reason
        - id: flags
          text: Red flags
          any:
            - {id: fracture, text: A fracture is suspected, source: {use: rule, locator: "Flags, a"}}
            - {id: tumour, text: A tumor is suspected, source: {use: rule, locator: "Flags, b"}}
    - id: infection
      text: An infection is active
      polarity: absent
      source: {use: rule}
""",
    "knee.yaml",
)
BOTH = ServiceLine(
    id="tka",
    code="27447",
    label="Knee replacement",
    laterality=Laterality.BILATERAL,
    service_on=date(2026, 12, 1),
    criteria_set_ids=(SET.id,),
)
MET, NOT_MET = AssessmentState.MET, AssessmentState.NOT_MET
Side = Literal["left", "right"]


def key(name: str, subject: str = "") -> AssessmentKey:
    return AssessmentKey(set_id=SET.id, criterion_id=name, subject=subject)


def said(name: str, state: AssessmentState | None, subject: str = "", **more: object) -> CriterionAssessment:
    return CriterionAssessment.model_validate({"key": key(name, subject), "state": state, **more})


GRADES = tuple(said("grade", MET, side) for side in ("left", "right"))
CLEAN = said("infection", MET)


def letter_inputs(
    *answers: CriterionAssessment,
    line: ServiceLine = BOTH,
    decision: Decision = Decision.NECESSARY,
    sides: tuple[Side, ...] = (),
    imaging: tuple[ImagingStudy, ...] = (),
) -> LetterInputs:
    given = {item.key: item for item in answers}
    decided = LineDetermination(service_line_id="tka", decision=decision, rationale="As shown.", sides=sides)
    case = KNEE_CASE.model_copy(update={"service_lines": (line,), "imaging": imaging})
    return replace(
        inputs_for(KNEE_CASE, answers=(), links=()),
        case=case,
        determination=Determination(id="d", version=1, lines=(decided,)),
        traces=(evaluate(SET, line, given),),
        sets={SET.id: SET},
        assessments=given,
        links={},
        today=TODAY,
    )


def text_of(inputs: LetterInputs) -> str:
    """Every paragraph and cell, so that columns do not run into each other."""
    parts: list[str] = []
    for block in compose_letter(inputs).blocks:
        parts.extend(item.text for item in block.paragraphs)
        if block.table is not None:
            parts.extend((*block.table.columns, *(cell for row in block.table.rows for cell in row.cells)))
    return " ".join(" ".join(parts).split())


def rows_of(inputs: LetterInputs) -> list[tuple[str, ...]]:
    (block,) = (item for item in compose_letter(inputs).blocks if item.kind is BlockKind.CRITERIA_TABLE)
    assert block.table is not None
    return [row.cells for row in block.table.rows]


def rules_found(inputs: LetterInputs) -> set[str]:
    return {item.rule for item in check_letter(compose_letter(inputs), inputs)}


def test_a_rule_that_is_waived_says_so_and_its_exception_names_rule_and_source() -> None:
    inputs = letter_inputs(
        *GRADES,
        CLEAN,
        *(said("care", NOT_MET, side) for side in ("left", "right")),
        *(said("unfit", MET, side) for side in ("left", "right")),
    )
    care, unfit = rows_of(inputs)[1:3]
    assert care[0] == "1.2  Therapy lasted at least 12 weeks."
    assert care[1] == "Not met on both sides\nWaived by row 1.3."
    assert unfit[0] == "1.3  Exception to row 1.2: Therapy is not safe."
    assert unfit[1] == "Met on both sides\nIt waives row 1.2 under Example rule EX-2, Exceptions."
    text = text_of(inputs)
    assert "established on both sides; 3 rows met and 1 waived." in text
    assert "Red flags" not in text
    assert "What the record does not establish" not in text


def test_an_exception_on_one_side_waives_the_rule_there_only() -> None:
    inputs = letter_inputs(
        *GRADES,
        CLEAN,
        *(said("care", NOT_MET, side) for side in ("left", "right")),
        said("unfit", MET, "left"),
        said("unfit", NOT_MET, "right"),
        said("fracture", NOT_MET),
        said("tumour", NOT_MET),
    )
    rows = rows_of(inputs)
    assert rows[1][1] == "Not met on both sides\nWaived on the left by row 1.3."
    assert rows[2][1] == (
        "Met on the left; not met on the right\nIt waives row 1.2 on the left under Example rule EX-2, Exceptions."
    )
    assert rows[3] == (
        "Exception to row 1.2: Red flags. One is enough: row 1.4; or row 1.5. Result: not met.",
    )
    text = text_of(inputs)
    assert "Result: established on the left and not met on the right;" in text
    # In answer to the stated reason, which is what a reader looks at first.
    assert "Row 1.2 is waived on the left by row 1.3: “Therapy is not safe”." in text


def test_a_group_of_exceptions_that_holds_is_headed_by_what_it_waives() -> None:
    inputs = letter_inputs(
        *GRADES, CLEAN, *(said("care", NOT_MET, side) for side in ("left", "right")), said("tumour", MET)
    )
    rows = rows_of(inputs)
    expected = (
        "Exception to row 1.2: Red flags. One is enough: row 1.3. Result: established. "
        "It waives row 1.2 under Example rule EX-2, Flags, b."
    )
    assert rows[2] == (expected,)
    assert [row[0] for row in rows if row[0].startswith("1.3")] == ["1.3  A tumor is suspected."]


def test_exceptions_that_nobody_assessed_are_named_once_and_are_no_open_points() -> None:
    inputs = letter_inputs(*GRADES, CLEAN, said("care", AssessmentState.UNCLEAR, "left"), line=BOTH)
    text = text_of(inputs)
    assert "Exceptions that were not assessed: to row 1.2 (Therapy is not safe, or “Red flags”)." in text
    (block,) = (item for item in compose_letter(inputs).blocks if item.kind is BlockKind.CONCESSION)
    assert block.table is not None
    assert [row.cells[0] for row in block.table.rows] == ["1.2  Therapy lasted at least 12 weeks."]
    assert [row.cells[1] for row in block.table.rows] == ["Unclear on the left; not assessed on the right"]


def test_a_rule_that_holds_does_not_speak_of_its_exceptions() -> None:
    inputs = letter_inputs(*GRADES, CLEAN, *(said("care", MET, side) for side in ("left", "right")))
    assert len(rows_of(inputs)) == 3
    text = text_of(inputs)
    assert "xception" not in text
    assert "waive" not in text


def one_side_met() -> LetterInputs:
    return letter_inputs(
        said("grade", NOT_MET, "left"),
        said("grade", MET, "right"),
        *(said("care", MET, side) for side in ("left", "right")),
        CLEAN,
        decision=Decision.NECESSARY_IN_PART,
        sides=("right",),
    )


def test_a_line_found_necessary_on_one_side_is_asked_for_on_that_side_only() -> None:
    inputs = one_side_met()
    text = text_of(inputs)
    for expected in (
        "I ask that it be overturned for Knee replacement (CPT 27447), right side only.",
        "Asked for on the right Not asked for on the left",
        "Result: established on the right; all 3 rows met. Not asked for on the left, where the result is: not met.",
        "authorize Knee replacement (CPT 27447), right side only. It is not asked for on the left.",
        "Knee replacement (CPT 27447) is not asked for on the left, where its criteria are not met.",
    ):
        assert expected in text
    assert not rules_found(inputs) & {"side-decided", "asked-where-not-met", "asked-where-not-settled"}


def test_nowhere_does_a_letter_about_a_knee_speak_of_levels() -> None:
    finding = Finding(
        id="f",
        kind=FindingKind.OSTEOARTHRITIS,
        laterality=Laterality.LEFT,
        assertion=Assertion.UNCERTAIN,
        quote="Doubtful.",
    )
    study = ImagingStudy(id="film", modality="Films", findings=(finding,))
    answers = tuple(one_side_met().assessments.values())
    inputs = letter_inputs(*answers, sides=("right",), imaging=(study,))
    text = text_of(inputs)
    assert not re.search(r"(?<!first-)\blevels?\b", text, re.IGNORECASE)
    assert "Side What the report states" in text
    assert "the report leaves osteoarthritis on the left open" in text
    for problem in check_letter(compose_letter(inputs), inputs):
        assert "level" not in problem.message


def test_a_part_without_a_side_keeps_the_letter_back() -> None:
    answers = tuple(one_side_met().assessments.values())
    inputs = letter_inputs(*answers, decision=Decision.NECESSARY_IN_PART)
    assert "side-decided" in rules_found(inputs)
    assert "The determination names no side." in text_of(inputs)


def test_asking_for_a_side_that_is_not_met_is_told() -> None:
    inputs = letter_inputs(*one_side_met().assessments.values())
    messages = [
        item.message
        for item in check_letter(compose_letter(inputs), inputs)
        if item.rule == "asked-where-not-met"
    ]
    where = "Knee replacement (CPT 27447) is asked for on the left, where “Example Rule: Knee replacement” is not met."
    assert messages == [f"{where} Look whether the determination is as intended."]


def test_a_line_for_one_side_is_worded_as_before() -> None:
    right = BOTH.model_copy(update={"laterality": Laterality.RIGHT})
    inputs = letter_inputs(said("grade", MET, "right"), said("care", MET, "right"), CLEAN, line=right)
    text = text_of(inputs)
    assert "I ask that it be overturned for Knee replacement (CPT 27447), right." in text
    assert "side only" not in text
    assert "Not asked for" not in text


RECORD = Document(
    id="pt", kind=DocumentKind.PT_RECORD, title="Therapy record", dated_on=date(2026, 6, 12), text="x"
)
SENTENCE = "Physical therapy 2026-02-03 to 2026-06-12: 18 weeks 3 days, 24 visits"
WEEKS = Amount(value=Decimal("18.43"), unit="weeks")


def worked_out(offer: Offer | None) -> LetterInputs:
    care = said("care", None, "right", amount=WEEKS, arithmetic=SENTENCE)
    right = BOTH.model_copy(update={"laterality": Laterality.RIGHT})
    inputs = letter_inputs(said("grade", MET, "right"), care, CLEAN, line=right)
    treatment = ConservativeTreatment(id="t", kind=TreatmentKind.PHYSICAL_THERAPY, document_id="pt")
    case = inputs.case.model_copy(update={"documents": (RECORD,), "treatments": (treatment,)})
    offers = {item.key: offer for item in (care,) if offer is not None}
    return replace(inputs, case=case, offers=offers)


def offer_of(arithmetic: str = SENTENCE, documents: tuple[str, ...] = ("pt",)) -> Offer:
    return Offer(
        key=key("care", "right"),
        amount=WEEKS,
        truth=Truth.TRUE,
        arithmetic=arithmetic,
        document_ids=documents,
    )


def test_a_value_worked_out_from_the_record_stands_with_its_arithmetic_and_enclosure() -> None:
    inputs = worked_out(offer_of())
    printed = "Physical therapy Feb 3, 2026 to Jun 12, 2026: 18 weeks 3 days, 24 visits"
    assert rows_of(inputs)[1][1:] == (
        f"Met by the recorded value on the right\n18.43 weeks (needs ≥ 12 weeks)\n{printed}.",
        "Worked out from the facts recorded from Encl. A, Jun 12, 2026.",
    )
    problems = {item.rule: item.message for item in check_letter(compose_letter(inputs), inputs)}
    assert "value-not-of-the-record" not in problems
    assert "Therapy lasted" not in problems.get("met-without-words", "")


@pytest.mark.parametrize(
    ("offer", "now"),
    [
        (
            offer_of("Physical therapy 2026-02-03 to 2026-03-03: 4 weeks 1 day"),
            "now it gives: Physical therapy",
        ),
        (None, "it no longer gives one"),
    ],
)
def test_a_value_that_the_record_no_longer_gives_is_told_and_leads_to_no_enclosure(
    offer: Offer | None, now: str
) -> None:
    inputs = worked_out(offer)
    assert "Worked out from facts of the record; the document they come from is not recorded." in text_of(
        inputs
    )
    (message,) = (
        item.message
        for item in check_letter(compose_letter(inputs), inputs)
        if item.rule == "value-not-of-the-record"
    )
    assert now in message


def test_facts_without_a_document_are_said_to_have_none() -> None:
    inputs = worked_out(offer_of(documents=()))
    assert rows_of(inputs)[1][2] == (
        "Worked out from facts of the record; the document they come from is not recorded."
    )
    assert "met-without-words" in rules_found(inputs)


def test_what_a_report_finds_on_the_other_side_is_no_ground_and_is_told_as_such() -> None:
    inputs = inputs_of(next(path for path in OTHERS if path.stem == "knee"))
    study = inputs.case.imaging[0]

    def with_side(side: Laterality) -> LetterInputs:
        finding = study.findings[0].model_copy(
            update={"kind": FindingKind.OSTEOARTHRITIS, "label": "Osteoarthritis", "laterality": side}
        )
        changed = study.model_copy(update={"findings": (finding,)})
        return replace(inputs, case=inputs.case.model_copy(update={"imaging": (changed,)}))

    def told(kind: LetterKind, side: Laterality) -> str:
        content = compose_letter(replace(with_side(side), kind=kind))
        rows = [row for block in content.blocks if block.table is not None for row in block.table.rows]
        return "\n".join(
            [*(block.text for block in content.blocks), *(cell for row in rows for cell in row.cells)]
        )

    other = "osteoarthritis on the left, where no service is requested"
    assert other in told(LetterKind.FIRST_LEVEL, Laterality.LEFT)
    assert other not in told(LetterKind.FIRST_LEVEL, Laterality.RIGHT)
    assert "osteoarthritis on the right" in told(LetterKind.PEER_TO_PEER_CARD, Laterality.RIGHT)
    assert "osteoarthritis" not in told(LetterKind.PEER_TO_PEER_CARD, Laterality.LEFT)
