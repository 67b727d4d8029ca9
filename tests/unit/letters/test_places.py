"""A level, a side or a page is said once: what a name says itself is not said beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.clinical import Finding, FindingKind
from desktop.domain.denial import DenialCategory
from desktop.domain.letter import LetterKind
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.letters.composing.imaging import finding_name, finding_phrase
from desktop.letters.composing.letter import compose_letter
from desktop.letters.wording import ended, held_text, is_named_in, placed, service_phrase
from tests.unit.letters.fixtures import CASE, inputs_for
from tests.unit.letters.sample_letter import SAMPLE, inputs_of


@pytest.mark.parametrize(("label", "level", "side", "phrase"), [
    ("Lucency around the L5 screw", "L5", Laterality.RIGHT, "lucency around the L5 screw on the right"),
    ("Lucency around the right L5 screw", "L5", Laterality.RIGHT, "lucency around the right L5 screw"),
    ("Lucency around both S1 screws", "S1", Laterality.BILATERAL, "lucency around both S1 screws"),
    ("Lucency, left and right", "S1", Laterality.BILATERAL, "lucency, left and right at S1"),
    ("Cage at L5-S1 is low", "S1", Laterality.NONE, "cage at L5-S1 is low (S1)"),
    ("Nonunion", "L4-L5", Laterality.NONE, "nonunion at L4-L5"),
    ("Nonunion at L4-L5", "L4-L5", Laterality.NONE, "nonunion at L4-L5"),
    ("Stenosis", "L4-L5", Laterality.LEFT, "stenosis at L4-L5 on the left"),
    ("Motion at a fused level", "L5-S1", Laterality.NONE, "motion at a fused level (L5-S1)"),
    ("", "L5-S1", Laterality.NONE, "nonunion at L5-S1"),
    ("Osteoarthritis", None, Laterality.BILATERAL, "osteoarthritis on both sides"),
])  # fmt: skip
def test_a_finding_says_its_place_once(label: str, level: str | None, side: Laterality, phrase: str) -> None:
    finding = Finding(id="f", kind=FindingKind.NONUNION, label=label, level=level, laterality=side)
    assert finding_phrase(finding) == phrase


def test_a_name_that_says_both_is_given_no_side() -> None:
    both = Finding(id="f", label="Loosening of both screws", laterality=Laterality.BILATERAL)
    assert finding_name(both) == "Loosening of both screws"
    plain = both.model_copy(update={"label": "Loosening"})
    assert finding_name(plain) == "Loosening, bilateral"


@pytest.mark.parametrize(("place", "words", "is_named"), [
    ("L5", "Lucency around the L5 screw", True),
    ("L5", "Cage at L5-S1", False),
    ("S1", "Cage at L5-S1", False),
    ("L5-S1", "Cage at L5-S1.", True),
    ("L1", "Screw at L10", False),
    ("l5", "the L5 screw", True),
    ("", "anything", False),
])  # fmt: skip
def test_a_level_is_named_where_it_stands_as_a_whole(place: str, words: str, is_named: bool) -> None:
    assert is_named_in(place, words) is is_named


@given(
    st.sampled_from(["Nonunion", "Cage at L5", "Loose L4 screw", "Motion at the level"]),
    st.sampled_from(["", "L4", "L4-L5"]),
    st.sampled_from([(), ("left",), ("left", "right")]),
)
def test_no_level_is_lost_and_none_is_said_twice(name: str, level: str, sides: tuple[str, ...]) -> None:
    told = placed(name, level, sides)
    assert told.startswith(name)
    assert is_named_in(level, told) is bool(level)
    assert not is_named_in(level, told.removeprefix(name)) or not is_named_in(level, name)
    assert all(side in told or "both" in told for side in sides)


def test_a_service_whose_label_names_its_level_is_not_given_it_again() -> None:
    line = ServiceLine(id="l", code="22551", label="Anterior fusion C5-C6", levels=("C5-C6",))
    assert service_phrase(line) == "Anterior fusion C5-C6 (CPT 22551)"
    wider = line.model_copy(update={"levels": ("C5-C6", "C6-C7")})
    assert service_phrase(wider) == "Anterior fusion C5-C6 (CPT 22551) at C5-C7"


def test_days_of_worked_out_values_are_written_as_everywhere_in_a_letter() -> None:
    assert held_text("BMI 31.2 kg/m2 on 2026-08-11") == "BMI 31.2 kg/m2 on Aug 11, 2026"
    assert held_text("2026-02-30") == "2026-02-30"
    assert held_text("code 12026-08-111") == "code 12026-08-111"


def test_a_sentence_that_ends_in_parentheses_gets_no_second_period() -> None:
    assert ended("(It says so.)") == "(It says so.)"
    assert ended("so (p. 1)") == "so (p. 1)."


def test_a_page_that_is_named_with_a_quotation_is_not_named_again_in_its_row() -> None:
    content = compose_letter(inputs_of(SAMPLE))
    rows = [row.cells[-1] for block in content.blocks if block.table for row in block.table.rows]
    further = [cell for cell in rows if "\nAlso Encl. " in cell]
    assert further
    for cell in further:
        before, _, after = cell.partition("\nAlso ")
        for mark in after.split("\n")[0].rstrip(".").replace(" and ", ", Encl").split(", Encl"):
            assert mark.replace("Encl", "").strip(" .") not in before


# What answers a reason


def test_a_reason_is_answered_with_what_the_reports_state_and_by_whom_it_was_determined() -> None:
    text = compose_letter(inputs_of(SAMPLE)).block("denial")
    assert text is not None
    assert (
        "Reported where it is asked for: hardware loosening at L5 and S1 and nonunion at L4-S1 "
        "(CT, Sep 14, 2026, Encl. C); instability at L5-S1"
    ) in text.text
    assert (
        "Jonas Ferrier, DO, physician advisor, determined it to be medically necessary at L4-S1" in text.text
    )


def test_an_unsigned_determination_is_nobodys_and_findings_elsewhere_answer_nothing() -> None:
    found = compose_letter(inputs_for(is_signed=False)).block("denial")
    assert found is not None
    assert "On the whole record it was determined to be medically necessary at L5-S1" in found.text
    assert "solid fusion" not in found.text
    assert "L3-L4" not in found.text
    without = CASE.model_copy(update={"imaging": ()})
    bare = compose_letter(inputs_for(without)).block("denial")
    assert bare is not None
    assert "Reported where it is asked for" not in bare.text


@pytest.mark.parametrize(("words", "is_told"), [
    ("No dated conservative treatment was received.", False),
    ("No imaging report was received.", True),
])  # fmt: skip
def test_a_reason_that_misses_records_is_answered_by_findings_where_it_speaks_of_imaging(
    words: str, is_told: bool
) -> None:
    changed = {"category": DenialCategory.MISSING_INFORMATION, "verbatim": words}
    reason = CASE.denial.reasons[0].model_copy(update=changed)
    case = CASE.model_copy(update={"denial": CASE.denial.model_copy(update={"reasons": (reason,)})})
    found = compose_letter(inputs_for(case)).block("denial")
    assert found is not None
    assert ("Reported where it is asked for" in found.text) is is_told


def test_a_reason_about_coding_is_not_answered_with_findings() -> None:
    reason = CASE.denial.reasons[0].model_copy(update={"category": DenialCategory.CODING})
    case = CASE.model_copy(update={"denial": CASE.denial.model_copy(update={"reasons": (reason,)})})
    found = compose_letter(inputs_for(case)).block("denial")
    assert found is not None
    assert "Reported where it is asked for" not in found.text


def test_an_external_review_without_the_plans_answer_asks_that_it_be_obtained() -> None:
    from tests.unit.letters.test_golden import inputs_for_kind

    inputs = inputs_for_kind("sample", LetterKind.EXTERNAL_REVIEW)
    asked = compose_letter(inputs).block("requests")
    assert asked is not None
    assert "(4) to obtain the plan’s answer to the first-level appeal of November 22, 2026" in asked.text
    first = compose_letter(replace(inputs, earlier=())).block("requests")
    assert first is not None
    assert "to obtain" not in first.text
