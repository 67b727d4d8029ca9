"""Each criterion that is not established is rebutted or conceded, one by one; one that is answered nowhere is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentState
from desktop.domain.letter import BlockKind, LetterContent, LetterKind, LetterRow
from desktop.domain.letter_check import FixKind, LetterProblem
from desktop.domain.severity import Severity
from desktop.domain.topic import (
    Condition,
    CriterionCondition,
    Topic,
    TopicClaim,
    TopicSection,
)
from desktop.domain.truth import Truth
from desktop.letters.checking.answer_rules import left_out_told, unmet_answered
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.letters.living import without
from desktop.letters.origins import form, paragraph
from desktop.rules.loader import load_set
from desktop.services.letter_fixes import fixed
from tests.unit.letters.checking.correct_letters import with_block
from tests.unit.letters.fixtures import PUBLIC, PUBLIC_YAML, answer, inputs_for, key

SCOLIOSIS = "Scoliosis is the reason for the operation."
NICOTINE = "A laboratory nicotine value is 10 ng/mL or less."
DECISION = "Shared decision making is documented."
INFECTION = "Infection is present (must be absent)."
ASKED = {"nicotine-lab": NICOTINE, "shared-decision": DECISION, "infection": INFECTION}
OPEN = (AssessmentState.NOT_MET, AssessmentState.UNCLEAR, AssessmentState.NOT_DOCUMENTED)


def reviewed(states: dict[str, AssessmentState], *, note: str = "") -> LetterInputs:
    """The small case with these states for the criteria of its public set, and none of its notes."""
    given = {
        "time-since-fusion": AssessmentState.MET,
        **dict.fromkeys(ASKED, AssessmentState.MET),
        **states,
    }
    return inputs_for(
        answers=(
            answer(key("northfield-reinsertion", "scoliosis"), AssessmentState.NOT_MET),
            answer(key(PUBLIC, "nonunion-on-imaging", "L5-S1"), AssessmentState.MET),
            *(answer(key(PUBLIC, name), state, note=note) for name, state in given.items()),
        ),
        links=(),
    )


@lru_cache(maxsize=1)
def three_open() -> LetterInputs:
    return reviewed(dict(zip(ASKED, OPEN, strict=True)))


def unanswered(content: LetterContent, inputs: LetterInputs) -> list[str]:
    return [item.words for item in unmet_answered(content, inputs)]


def with_rows(content: LetterContent, rows: Sequence[LetterRow]) -> LetterContent:
    block = content.block("concession")
    assert block is not None
    assert block.table is not None
    table = block.table.model_copy(update={"rows": tuple(rows)})
    return with_block(content, block.model_copy(update={"table": table}))


def concession_rows(content: LetterContent) -> tuple[LetterRow, ...]:
    block = content.block("concession")
    assert block is not None
    assert block.table is not None
    return block.table.rows


def conceding_in_words(
    content: LetterContent, text: str, kind: BlockKind = BlockKind.HISTORY
) -> LetterContent:
    """The letter without its concession, and with something typed into another block."""
    block = next(item for item in content.blocks if item.kind is kind)
    return without(with_block(content, block.with_typed_text(f"{block.text}\n\n{text}")), "concession")


@pytest.mark.parametrize(
    "kind", [LetterKind.FIRST_LEVEL, LetterKind.EXTERNAL_REVIEW, LetterKind.MEDICAL_NECESSITY]
)
def test_a_composed_letter_speaks_of_each(kind: LetterKind) -> None:
    inputs = replace(three_open(), kind=kind)
    assert unanswered(compose_letter(inputs), inputs) == []


@pytest.mark.parametrize("words", [NICOTINE, DECISION, INFECTION])
def test_the_one_whose_sentence_is_taken_out_is_named_and_no_other(words: str) -> None:
    inputs = three_open()
    content = compose_letter(inputs)
    rows = [row for row in concession_rows(content) if words not in row.cells[0]]
    assert len(rows) == len(concession_rows(content)) - 1
    assert unanswered(with_rows(content, rows), inputs) == [words]


def test_what_is_missing_is_an_error_that_one_key_mends_where_it_belongs() -> None:
    inputs = three_open()
    content = compose_letter(inputs)
    rows = [row for row in concession_rows(content) if DECISION not in row.cells[0]]
    content = with_rows(content, rows)
    (found,) = [item for item in check_letter(content, inputs) if item.rule == "unmet-unanswered"]
    assert found.severity is Severity.ERROR
    assert found.may_be_overridden
    assert found.block_id == "concession"
    assert found.fix is not None
    assert found.fix.kind is FixKind.INSERT
    mended = fixed(content, content, found)
    assert unanswered(mended, inputs) == []
    tracing = {"untraced", "does-not-fit", "differs-from-composed"}
    assert {item.rule for item in check_letter(mended, inputs)}.isdisjoint(tracing)


def test_a_concession_set_aside_names_each_at_its_own_row_and_is_brought_back_by_one_key() -> None:
    inputs = three_open()
    content = without(compose_letter(inputs), "concession")
    found = list(unmet_answered(content, inputs))
    assert [item.words for item in found] == [NICOTINE, DECISION, INFECTION]
    assert {item.fix.kind for item in found if item.fix} == {FixKind.COMPOSE}
    assert [cell_at(content, item).split()[0] for item in found] == ["2.3", "2.4", "2.5"]


def cell_at(content: LetterContent, found: LetterProblem) -> str:
    block = content.block(found.block_id or "")
    assert block is not None
    assert block.table is not None
    assert found.place is not None
    assert found.place.row is not None
    return block.table.rows[found.place.row].cells[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Row 2.3 is conceded.", [DECISION, INFECTION]),
        ("We concede rows 2.3 to 2.5.", []),
        ("Row 3 of Table 2 is conceded.", [DECISION, INFECTION]),
        ("We concede rows 3 to 5 of Table 2.", []),
        ("We concede what Table 2, rows 3 and 4, asks.", [INFECTION]),
        ("We concede it (Table 2, row 5).", [NICOTINE, DECISION]),
        ("Row 3 of Table 1 is conceded.", [NICOTINE, DECISION, INFECTION]),
        ("Of criteria 2.3 and 2.5 nothing is claimed.", [DECISION]),
        ("No laboratory nicotine value of 10 ng/mL or less is claimed.", [DECISION, INFECTION]),
        ("That shared decision making was documented is not said here.", [NICOTINE, INFECTION]),
        ("The decision is right, and a value of nicotine is no matter.", [NICOTINE, DECISION, INFECTION]),
    ],
)
def test_the_reviewers_own_words_answer_those_that_they_name(text: str, left: list[str]) -> None:
    inputs = three_open()
    assert unanswered(conceding_in_words(compose_letter(inputs), text), inputs) == left


@pytest.mark.parametrize(
    "text",
    ["We concede rows 2.1 to 2.3000000.", f"We concede row 2.{'9' * 5000}.", f"Row {'9' * 5000} of Table 2."],
)
def test_a_number_that_is_no_row_names_none(text: str) -> None:
    inputs = three_open()
    found = unanswered(conceding_in_words(compose_letter(inputs), text), inputs)
    assert found == [NICOTINE, DECISION, INFECTION]


def test_what_is_unanswered_says_how_its_row_is_written_and_that_answers_it() -> None:
    inputs = three_open()
    (first, *_) = unmet_answered(without(compose_letter(inputs), "concession"), inputs)
    written = first.message.rpartition("written “")[2].partition("”")[0]
    assert written == "row 2.3"
    content = conceding_in_words(compose_letter(inputs), f"We speak of {written} here.")
    assert unanswered(content, inputs) == [DECISION, INFECTION]


def test_a_row_that_stands_in_no_argument_answers_nothing() -> None:
    inputs = three_open()
    content = conceding_in_words(compose_letter(inputs), "See rows 2.3 to 2.5.", BlockKind.SIGNATURE)
    assert unanswered(content, inputs) == [NICOTINE, DECISION, INFECTION]


def test_a_note_of_the_reviewer_in_the_row_of_a_criterion_answers_it() -> None:
    inputs = reviewed({"shared-decision": AssessmentState.NOT_DOCUMENTED}, note="Asked of the practice.")
    content = without(compose_letter(inputs), "concession")
    assert unanswered(content, inputs) == []
    tables = [item.id for item in content.blocks if item.kind is BlockKind.CRITERIA_TABLE]
    for name in tables:
        content = without(content, name)
    assert unanswered(content, inputs) == [DECISION]


def test_an_argument_that_a_set_is_silent_answers_its_criteria_and_those_of_no_other_set() -> None:
    inputs = three_open()
    content = without(compose_letter(inputs), "concession")
    assert SCOLIOSIS not in unanswered(content, inputs)
    assert unanswered(without(content, "silence"), inputs) == [SCOLIOSIS, NICOTINE, DECISION, INFECTION]


def test_the_silence_in_the_reviewers_own_words_names_its_set() -> None:
    inputs = three_open()
    content = without(compose_letter(inputs), "concession")
    block = next(item for item in content.blocks if item.kind is BlockKind.SILENCE)
    named = with_block(content, block.with_typed_text("Table 1 does not speak of what was found."))
    assert SCOLIOSIS not in unanswered(named, inputs)
    unnamed = with_block(content, block.with_typed_text("It does not speak of what was found."))
    assert SCOLIOSIS in unanswered(unnamed, inputs)


def claim_about(topic: str, truth: Truth) -> Topic:
    when = Condition(criteria=(CriterionCondition(topic=topic, truth=truth),))
    claim = TopicClaim(
        id="c1", section=TopicSection.RATIONALE, text="It may be so.", sources=(), when=(when,)
    )
    return Topic.model_construct(id="made", claims=(claim,))


@pytest.mark.parametrize(("truth", "is_left"), [(Truth.UNKNOWN, False), (Truth.TRUE, True)])
def test_a_claim_offered_because_a_criterion_came_out_so_answers_it(truth: Truth, *, is_left: bool) -> None:
    inputs = reviewed({"shared-decision": AssessmentState.NOT_DOCUMENTED})
    text = PUBLIC_YAML.replace(
        "id: shared-decision\n", "id: shared-decision\n      topic: shared-decision-making\n"
    )
    sets = {**inputs.sets, PUBLIC: load_set(text, "public.yaml")}
    inputs = replace(inputs, sets=sets, topics=(claim_about("shared-decision-making", truth),))
    content = without(compose_letter(replace(inputs, topics=())), "concession")
    support = next(item for item in content.blocks if item.kind is BlockKind.HISTORY).model_copy(
        update={
            "id": "support",
            "kind": BlockKind.SUPPORT,
            "paragraphs": (paragraph("It may be so.", form("topics.made.c1")),),
            "table": None,
        }
    )
    content = content.model_copy(update={"blocks": (*content.blocks, support)})
    assert unanswered(content, inputs) == ([DECISION] if is_left else [])


def test_what_is_not_asked_for_is_told_too() -> None:
    inputs = three_open()
    content = compose_letter(inputs)
    assert list(left_out_told(content, inputs)) == []
    (found,) = left_out_told(without(content, "concession"), inputs)
    assert found.rule == "unmet-not-conceded"


def test_a_paper_that_argues_nothing_has_nothing_to_answer() -> None:
    for kind in (LetterKind.WITHDRAWAL, LetterKind.CLAIM_FILE, LetterKind.PATIENT, LetterKind.OPINION):
        inputs = replace(three_open(), kind=kind)
        content = compose_letter(inputs)
        assert unanswered(content, inputs) == []


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_exactly_those_are_named_whose_rows_are_taken_out(data: st.DataObject) -> None:
    states = {name: data.draw(st.sampled_from([*OPEN, AssessmentState.MET]), label=name) for name in ASKED}
    inputs = reviewed(states)
    content = compose_letter(inputs)
    still_open = [words for name, words in ASKED.items() if states[name] is not AssessmentState.MET]
    out = data.draw(st.lists(st.sampled_from(still_open), unique=True) if still_open else st.just([]))
    if content.block("concession") is None:
        assert unanswered(content, inputs) == []
        return
    rows = [row for row in concession_rows(content) if not any(words in row.cells[0] for words in out)]
    assert sorted(unanswered(with_rows(content, rows), inputs)) == sorted(out)
