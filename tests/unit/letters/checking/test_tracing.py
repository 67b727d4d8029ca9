"""A statement is traced to what the record states together, and an edit to the sentence it took the place of."""

from __future__ import annotations

import pytest

from desktop.domain.letter import BlockKind, LetterContent
from desktop.domain.letter_check import FixKind, LetterProblem
from desktop.domain.severity import Severity
from desktop.letters.checking.check import check_letter
from desktop.letters.checking.letter_facts import LetterFacts
from desktop.letters.checking.tracing import trace
from desktop.letters.checking.tracing_rules import traced
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from tests.unit.letters.checking.correct_letters import with_block
from tests.unit.letters.fixtures import CASE, inputs_for
from tests.unit.letters.sample_letter import OTHERS, SAMPLE, inputs_of


def found_in(text: str, inputs: LetterInputs | None = None) -> list[tuple[str, str, str]]:
    facts = LetterFacts.of(inputs or inputs_of(SAMPLE))
    return [(item.rule, item.token.text, item.instead.words) for item in trace(text, facts)]


def typing(inputs: LetterInputs, kind: BlockKind, text: str) -> LetterContent:
    content = compose_letter(inputs)
    block = next(item for item in content.blocks if item.kind is kind)
    return with_block(content, block.with_typed_text(text))


def edited(inputs: LetterInputs, was: str, now: str) -> list[LetterProblem]:
    content = compose_letter(inputs)
    block = next(item for item in content.blocks if was in item.text)
    return list(traced(with_block(content, block.with_typed_text(block.text.replace(was, now, 1))), inputs))


@pytest.mark.parametrize(
    ("text", "words", "instead"),
    [
        ("The CT of September 16, 2026 shows loosening at S1.", "September 16, 2026", "September 14, 2026"),
        ("There is no bridging bone at L3-L4.", "L3-L4", "L4-L5"),
        ("The ODI was 44% on October 6, 2026.", "44%", ""),
        ("He had 28 visits of therapy.", "28 visits", ""),
        ("Serum cotinine was 3 ng/mL.", "3 ng/mL", ""),
        ("The left L5 screw is loose.", "left", "right"),
        ("Revision arthrodesis (CPT 22849) is asked for.", "22849", "22612"),
        ("Dr. Holloway can be reached at 614-555-0188.", "614-555-0188", "614-555-0117"),
        ("We write for Harold Testerman.", "Harold Testerman", "Harlan Testerman"),
        ("See Enclosure Z.", "Enclosure Z", ""),
        ("See 29 CFR 9999.1.", "29 CFR 9999.1", ""),
        ("He wore a brace from 2/2/2026 to 3/10/2026.", "3/10/2026", ""),
        ("See the report (Encl. C, Sep 16, 2026).", "Sep 16, 2026", "September 14, 2026"),
        ("CT had a specificity of 97.6%.[@spirig-2019]", "97.6%", ""),
        ("He was 61 when the pain came back in August 2025.", "61", ""),
        ("The therapist saw him for 19 of 20 booked visits.", "19", ""),
        ("The therapist saw him for 18 of 24 visits.", "24", ""),
        ("He kept 18 out of 24 sessions.", "24", ""),
        ("He kept 18 visits of 24.", "24", ""),
        ("See row 77 of Table 2.", "row 77", ""),
        ("Surgery is planned for December 16, 2026.", "December 16, 2026", ""),
        ("Neither Dr. Weatherby nor Dr. Abel found weakness.", "Weatherby", ""),
    ],
)
def test_what_the_record_does_not_state_so_is_found_with_what_it_states(
    text: str, words: str, instead: str
) -> None:
    found = found_in(text)
    assert words in [item[1] for item in found]
    if instead:
        assert instead in [item[2] for item in found if item[1] == words]


@pytest.mark.parametrize(
    "text",
    [
        "The CT of September 14, 2026 shows loosening at S1.",
        "“By my look at the pictures the fusion is solid from L3 to S1 and the hardware is intact.”",
        "Whether L2-L3 has united is left open.",
        "He is 64 years old.",
        "CT had a specificity of 96.7%.[@spirig-2019]",
        "The plan is asked for: (1) the criteria; (2) the reviewer's name.",
        "See rows 2.1 and 2.2 of Table 2.",
        "He was 63 when the pain came back in August 2025.",
        "The therapist saw him for 18 of 20 booked visits.",
        "He kept 22 of 24 appointments.",
        "See row 1 of Table 2.",
        "See Table 2, rows 1 and 2.",
        "Dr. Holloway plans to exchange the loose screws at L5 and S1 on December 15, 2026.",
        "Dr. Renn measured the lucent zone around the right S1 screw at 2.4 mm and around the left at 2.1 mm.",
        "Dr. Abel’s view that L3 to S1 had fused was formed without the radiology report.",
        "He went to half days in mid-September 2025 and stopped work on March 2, 2026.",
        "A little over two years after his June 2024 fusion, the screws at S1 are loose.",
        "We ask for 22849 and 22612 at L4-L5 and L5-S1; 63047 is not part of this appeal.",
    ],
)
def test_what_the_record_or_a_cited_source_states_is_left_alone(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("On May 10, 2025 she was 67.", True),
        ("On May 10, 2025 she was 66.", False),
        ("On May 14, 2025 she was 67.", False),
        ("On May 14, 2025 she was 66.", True),
        ("In May 2025 she was 66.", False),
        ("In May 2025 she was 67.", False),
        ("In May 2025 she was 65.", True),
    ],
)
def test_on_a_day_a_member_has_one_age_and_in_the_month_of_the_birthday_two(
    text: str, *, is_found: bool
) -> None:
    (knees,) = (path for path in OTHERS if path.stem == "knees-bilateral")
    ages = [words for _, words, _ in found_in(text, inputs_of(knees)) if words.isdigit()]
    assert bool(ages) is is_found


def test_a_composed_letter_is_as_composed() -> None:
    inputs = inputs_for()
    assert list(traced(compose_letter(inputs), inputs)) == []


def test_a_changed_cell_that_nobody_typed_is_an_error_that_the_composed_block_mends() -> None:
    inputs = inputs_for()
    content = compose_letter(inputs)
    block = next(item for item in content.blocks if item.kind is BlockKind.SCORES)
    assert block.table is not None
    row = block.table.rows[0]
    wrong = row.model_copy(update={"cells": tuple(cell.replace("58%", "85%") for cell in row.cells)})
    table = block.table.model_copy(update={"rows": (wrong, *block.table.rows[1:])})
    (found,) = traced(with_block(content, block.model_copy(update={"table": table})), inputs)
    assert found.rule == "not-as-composed"
    assert found.fix is not None
    assert found.fix.kind is FixKind.RESTORE_BLOCK
    assert found.place is not None
    assert found.place.row == 0


@pytest.mark.parametrize(
    ("was", "now"), [("L5-S1", "L4-L5"), ("CPT 22849", "CPT 22489"), ("Reverse", "Reverse")]
)
def test_an_edit_that_changes_one_fact_is_found_with_the_recorded_words(was: str, now: str) -> None:
    found = edited(inputs_for(), was, now)
    if was == now:
        assert found == []
        return
    fixes = [item.fix.text for item in found if item.fix is not None]
    assert any(was.removeprefix("CPT ") in text for text in fixes)
    assert all(item.severity is Severity.ERROR for item in found)


def test_an_edit_of_words_only_is_no_drift() -> None:
    assert edited(inputs_for(), "He walks with a cane.", "He has to use a cane for walking.") == []


def test_a_count_of_the_letter_itself_is_held_against_the_composed_sentence() -> None:
    found = edited(inputs_for(), "1 row not met", "3 row not met")
    assert [(item.rule, item.words) for item in found] == [("differs-from-composed", "3")]


def test_identity_yields_to_no_reason_and_a_figure_does() -> None:
    inputs = inputs_for()
    content = typing(inputs, BlockKind.NECESSITY, "Member ID NHP-555-0143; ODI was 59%.")
    found = {item.words: item for item in check_letter(content, inputs) if item.rule == "untraced"}
    assert not found["NHP-555-0143"].may_be_overridden
    assert found["59%"].may_be_overridden


def test_the_place_and_the_fix_put_the_recorded_words_back() -> None:
    inputs = inputs_for()
    text = "The ODI was 85% on October 2, 2026."
    content = typing(inputs, BlockKind.NECESSITY, text)
    (found,) = [item for item in check_letter(content, inputs) if item.rule == "untraced"]
    assert found.place is not None
    assert found.fix is not None
    mended = text[: found.place.start] + found.fix.text + text[found.place.end :]
    assert mended == "The ODI was 58% on October 2, 2026."


def test_facts_are_kept_for_the_same_inputs_and_let_go_with_them() -> None:
    inputs = inputs_for(CASE)
    assert LetterFacts.of(inputs) is LetterFacts.of(inputs)
    assert LetterFacts.of(inputs_for(CASE)) is not LetterFacts.of(inputs)
