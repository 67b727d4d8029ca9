"""A letter is kept back or remarked on where the review behind it does not carry what the letter says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.assessment import Amount, AssessmentState, CriterionAssessment, EvidenceLink, Stance
from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.letters.checking.check import check_letter
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.letters.paper.text import render_text
from tests.unit.letters.fixtures import (
    ANSWERS,
    CASE,
    DECOMPRESSION,
    DOCUMENTS,
    LINES,
    LINKS,
    PUBLIC,
    REINSERTION,
    answer,
    inputs_for,
    key,
    link,
)


def found(inputs: LetterInputs, rule: str) -> list[LetterProblem]:
    return [item for item in check_letter(compose_letter(inputs), inputs) if item.rule == rule]


def text_of(inputs: LetterInputs) -> str:
    """The letter as text, on one line."""
    return " ".join(render_text(compose_letter(inputs), inputs.references).split())


def answering(*given: CriterionAssessment) -> tuple[CriterionAssessment, ...]:
    """The answers of the fixture with these in the place of its own."""
    return tuple(({item.key: item for item in ANSWERS} | {item.key: item for item in given}).values())


def without_links(name: str) -> tuple[EvidenceLink, ...]:
    return tuple(item for item in LINKS if item.key.criterion_id != name)


def only_line(line_levels: Sequence[str], decision: Decision) -> LineDetermination:
    return LineDetermination(
        service_line_id="line-1", decision=decision, rationale="It is loose.", levels=tuple(line_levels)
    )


@pytest.mark.parametrize("state", [AssessmentState.MET, AssessmentState.NOT_MET])
def test_an_answer_that_its_value_contradicts_is_an_error_and_no_row(state: AssessmentState) -> None:
    value = Decimal(40 if state is AssessmentState.MET else 2)
    given = answer(key(PUBLIC, "nicotine-lab"), state, amount=Amount(value=value, unit="ng/mL"))
    inputs = inputs_for(answers=answering(given))
    (problem,) = found(inputs, "answer-contradicts-value")
    assert problem.severity is Severity.ERROR
    assert "nicotine value" in problem.message
    assert f"{value} ng/mL" in problem.message
    assert "The reviewer says" not in text_of(inputs)
    assert "Correct" not in text_of(inputs)


def test_a_set_that_was_chosen_and_is_missing_keeps_the_letter_back() -> None:
    line = REINSERTION.model_copy(
        update={"criteria_set_ids": (*REINSERTION.criteria_set_ids, "plan.unreadable")}
    )
    inputs = inputs_for()
    case = CASE.model_copy(update={"service_lines": (line, DECOMPRESSION)})
    (problem,) = found(replace(inputs, case=case), "set-not-evaluated")
    assert problem.severity is Severity.ERROR
    assert "plan.unreadable" in problem.message
    assert not found(inputs, "set-not-evaluated")


def test_an_exception_without_its_source_is_an_error_and_no_row() -> None:
    inputs = inputs_for(answers=answering(answer(key(PUBLIC, "infection"), AssessmentState.EXCEPTION)))
    (problem,) = found(inputs, "exception-without-source")
    assert problem.severity is Severity.ERROR
    assert "nothing is cited" not in text_of(inputs)
    assert not found(inputs_for(), "exception-without-source")


def test_a_line_asked_for_without_any_answer_is_an_error() -> None:
    inputs = inputs_for(answers=(), links=())
    (problem,) = found(inputs, "nothing-answered")
    assert problem.severity is Severity.ERROR
    assert "Reinsertion of fixation (CPT 22849)" in problem.message
    assert "not argued" not in text_of(inputs).casefold()


def test_a_set_without_any_answer_beside_one_with_answers_is_a_warning() -> None:
    inputs = inputs_for(answers=tuple(item for item in ANSWERS if item.key.set_id == PUBLIC))
    (problem,) = found(inputs, "set-unanswered")
    assert problem.severity is Severity.WARNING
    assert not found(inputs, "nothing-answered")
    assert not found(inputs_for(), "set-unanswered")


def test_a_line_asked_for_without_a_criteria_set_is_a_warning() -> None:
    bare = REINSERTION.model_copy(update={"criteria_set_ids": ()})
    inputs = inputs_for(CASE.model_copy(update={"service_lines": (bare, DECOMPRESSION)}))
    (problem,) = found(inputs, "no-criteria-set")
    assert problem.severity is Severity.WARNING
    # A line that is not asked for needs no set.
    assert "Decompression" not in problem.message
    assert "each criterion" not in text_of(inputs)


def test_criteria_marked_met_without_words_are_counted_in_one_warning() -> None:
    inputs = inputs_for(links=())
    (problem,) = found(inputs, "met-without-words")
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith("3 criteria are held to be met without words")
    assert "with the words of the record" not in text_of(inputs)
    assert not found(inputs_for(), "met-without-words")


def test_the_opening_promises_words_only_where_they_are_linked() -> None:
    promise = "with the words of the record and where they stand"
    assert promise in text_of(inputs_for())
    some = inputs_for(links=without_links("nicotine-lab"))
    assert promise not in text_of(some)
    assert "with the words of the record that are linked to it" in text_of(some)


def test_a_criterion_met_on_words_against_it_only_is_named() -> None:
    where = key(PUBLIC, "nicotine-lab")
    against = link("e9", where, DOCUMENTS[2], "Cotinine 4 ng/mL", Stance.CONTRADICTS)
    inputs = inputs_for(links=(*without_links("nicotine-lab"), against))
    (problem,) = found(inputs, "met-against-its-words")
    assert problem.severity is Severity.WARNING
    assert "nicotine value" in problem.message
    assert not found(inputs, "met-without-words")


def test_necessary_without_levels_asks_for_every_level_by_name_and_says_where_it_is_not_met() -> None:
    healed = answering(answer(key(PUBLIC, "deformity"), AssessmentState.NOT_MET))
    inputs = inputs_for(answers=healed, lines=(only_line((), Decision.NECESSARY), LINES[1]))
    assert "Reinsertion of fixation (CPT 22849) at L3-S1." in text_of(inputs)
    (problem,) = found(inputs, "asked-where-not-met")
    assert problem.severity is Severity.WARNING
    # Not at L4-L5, which is open, and not by the payer's set, which is silent on what the imaging shows.
    assert "at L3-L4, where “Example Public Rule: Revision of a lumbar fusion” is not met" in problem.message


def test_a_line_asked_for_where_no_set_is_settled_is_a_warning() -> None:
    (problem,) = found(inputs_for(), "asked-where-not-settled")
    assert "at L5-S1" in problem.message
    shared = answer(key(PUBLIC, "shared-decision"), AssessmentState.MET)
    assert not found(inputs_for(answers=answering(shared)), "asked-where-not-settled")


def test_the_opening_promises_an_answer_only_where_a_reason_is_recorded() -> None:
    assert "Each stated reason and each criterion is taken in turn" in text_of(inputs_for())
    silent = CASE.model_copy(update={"denial": CASE.denial.model_copy(update={"reasons": ()})})
    assert "Each criterion is taken in turn" in text_of(inputs_for(silent))
    assert "taken in turn" not in text_of(inputs_for(silent, answers=(), links=()))
