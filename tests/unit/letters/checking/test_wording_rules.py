"""Other members, needless numbers, licensed words, tone and the deadline: each has a letter that fails it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.letter import BlockKind
from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.letters.checking.check import check_letter
from desktop.letters.checking.plain_text import check_text, problems_as_json
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from tests.unit.letters.checking.correct_letters import with_block
from tests.unit.letters.fixtures import CASE, TODAY, inputs_for


def check(text: str, inputs: LetterInputs | None = None) -> dict[str, LetterProblem]:
    used = inputs or inputs_for()
    content = compose_letter(used)
    block = next(item for item in content.blocks if item.kind is BlockKind.NECESSITY)
    return {item.rule: item for item in check_letter(with_block(content, block.with_typed_text(text)), used)}


OTHERS = replace(
    inputs_for(), other_members=("José Quillfeather", "Mark Long", "Morgan Example", "Ann Sample")
)


@pytest.mark.parametrize(
    "text",
    [
        "As with Jose QUILLFEATHER.",
        "Like Quillfeather, José.",
        "Mr. Quillfeather had it too.",
        "See Mark Long.",
    ],
)
def test_the_name_of_a_member_of_another_case_is_an_error_that_yields_to_nothing(text: str) -> None:
    found = check(text, OTHERS)["other-member"]
    assert found.severity is Severity.ERROR
    assert not found.may_be_overridden


@pytest.mark.parametrize(
    "text", ["It took long.", "A mark is seen.", "Morgan Example walks.", "Dana Sample asks."]
)
def test_everyday_words_and_the_names_of_this_case_are_nobody_elses(text: str) -> None:
    assert "other-member" not in check(text, OTHERS)


def test_a_social_security_number_is_an_error() -> None:
    assert check("SSN 123-45-6789.")["social-security-number"].severity is Severity.ERROR


def test_the_birth_date_in_typed_words_is_a_warning() -> None:
    assert "birth-date-again" in check("He was born March 9, 1962.")


def test_a_document_pasted_in_is_a_warning() -> None:
    long = CASE.documents[1].model_copy(update={"text": "The pain is the same as before and it stays. " * 60})
    case = CASE.model_copy(update={"documents": (CASE.documents[0], long, *CASE.documents[2:])})
    assert "pasted-document" in check(long.text, inputs_for(case, links=()))


def test_licensed_criteria_are_not_copied_and_may_be_quoted_shortly() -> None:
    words = (
        "a curve of forty degrees or more that has grown by ten degrees within the last months of observation"
    )
    inputs = inputs_for()
    licensed = inputs.sets["northfield-reinsertion"]
    criterion = next(licensed.criteria()).model_copy(update={"text": words})
    root = licensed.root.model_copy(update={"children": (criterion,)})
    sets = {**inputs.sets, licensed.id: licensed.model_copy(update={"root": root})}
    changed = replace(inputs, sets=sets)
    assert "licensed-text" in check(f"They want {words}.", changed)
    assert "licensed-text" not in check(f"They want “{words}”.", changed)


@pytest.mark.parametrize(
    "text",
    ["This is outrageous.", "We will sue.", "It is undoubtedly so.", "Obviously it is loose.", "Act now!"],
)
def test_tone_is_a_warning_with_a_reason(text: str) -> None:
    assert check(text)["tone"].severity is Severity.WARNING


def test_words_of_others_in_quotation_marks_have_no_tone() -> None:
    assert "tone" not in check("He said “this is outrageous”.")


@pytest.mark.parametrize(
    ("days", "rule"), [(-1, "deadline-passed"), (0, "deadline-near"), (7, "deadline-near"), (8, "")]
)
def test_the_stated_deadline_is_watched(days: int, rule: str) -> None:
    denial = CASE.denial.model_copy(update={"deadline_stated_on": TODAY + timedelta(days=days)})
    found = set(check("So.", inputs_for(CASE.model_copy(update={"denial": denial}))))
    assert {item for item in found if item.startswith("deadline")} == ({rule} if rule else set())


def test_a_text_from_elsewhere_is_checked_line_by_line() -> None:
    text = "Dear plan,\n\nThe ODI was 58% on October 2, 2026.\nThe ODI was 85% on October 2, 2026.\n"
    (found,) = check_text(text, inputs_for())
    assert found.message.startswith("Line 4: ")
    assert found.place is not None
    assert text.split("\n")[found.place.paragraph or 0][found.place.start : found.place.end] == "85%"
    (plain,) = problems_as_json((found,))
    assert (plain["line"], plain["rule"], plain["words"]) == (4, "untraced", "85%")


def test_a_sentence_over_two_lines_is_read_as_one() -> None:
    text = "The score of disability that was taken at the visit of October\n2, 2026 was 58% by the index of Oswestry."
    assert check_text(text, inputs_for()) == ()
