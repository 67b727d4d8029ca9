"""The pages of the library as text: nothing of a set is left out, and every colour also says a word."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.criteria import CriteriaSet
from desktop.rules.loader import CriteriaFileError, load_library, load_set
from desktop.services.criteria_draft_cases import run_own_cases
from desktop.settings.paths import criteria_dir
from desktop.ui.library.difference_page import Compared, comparison_page, ordered_pair
from desktop.ui.library.page import Line, Tone, plain_text
from desktop.ui.library.report_pages import cases_page, problem_line, problems_page, refused_page
from desktop.ui.library.set_page import set_page
from tests.ui.library.sets import CASES, LATER, OWN

TODAY = date(2026, 11, 22)
OWN_SET, LATER_SET = load_set(OWN, "own"), load_set(LATER, "later")
SHIPPED = load_library(criteria_dir())


@pytest.mark.parametrize("criteria_set", SHIPPED.sets, ids=[item.id for item in SHIPPED.sets])
def test_a_set_is_shown_with_every_criterion_its_limits_and_what_closes_it(criteria_set: CriteriaSet) -> None:
    said = plain_text(set_page(criteria_set, TODAY, SHIPPED.sets))
    for part in (criteria_set.title, criteria_set.edition, criteria_set.address, criteria_set.notes):
        assert part in said
    for criterion in criteria_set.criteria():
        assert criterion.text in said
        assert criterion.closes_with in said
        assert criterion.source.locator in said
        assert criterion.source.document in said


def test_limits_polarity_exceptions_and_scope_are_said_in_words() -> None:
    said = plain_text(set_page(OWN_SET, TODAY, (OWN_SET, LATER_SET)))
    for words in (
        "≥ 6 weeks",
        "within 12 months of the service",
        "offered from the record: physical therapy",
        "UNLESS THIS HOLDS",
        "Tobacco is used  must be absent",
        "for each level",
        "proved by: PT record",
        "Check by 2026-10-01 is past",
        "they leave this computer only when you say so",
    ):
        assert words in said


def test_an_exception_stands_further_in_than_the_rule_that_it_waives() -> None:
    lines = [part for part in set_page(OWN_SET, TODAY).parts if isinstance(part, Line)]
    depth = {line.text: line.depth for line in lines}
    assert depth["A neurological deficit is progressing"] > depth["Physical therapy lasted at least 6 weeks"]


def test_open_cases_are_named_up_to_a_dozen_and_then_counted() -> None:
    said = plain_text(set_page(OWN_SET, TODAY, (), tuple(f"26-{number:04}" for number in range(15))))
    assert "26-0011 and 3 more" in said
    assert "none uses it" in plain_text(set_page(OWN_SET, TODAY))


def test_editions_are_compared_word_by_word_the_earlier_first_whichever_was_chosen() -> None:
    sets = (OWN_SET, LATER_SET)
    assert ordered_pair(LATER_SET, OWN_SET, sets) == (OWN_SET, LATER_SET, True)
    page = comparison_page(Compared(OWN_SET, LATER_SET, is_one_document=True))
    said = plain_text(page)
    assert "~ Changed criterion  Physical therapy lasted at least 12 weeks" in said
    assert "Threshold: ≥ 6 12 weeks" in said
    assert "! The same answers may come to another result." in said
    tones = {run.tone for part in page.parts if isinstance(part, Line) for run in part.runs}
    assert {Tone.ADDED, Tone.REMOVED} <= tones


def test_a_set_with_other_words_only_is_said_to_come_to_the_same_result() -> None:
    reworded = load_set(OWN.replace("Tobacco is used", "The patient uses tobacco"), "own")
    said = plain_text(comparison_page(Compared(OWN_SET, reworded, is_one_document=True)))
    assert "✓ Nothing that decides was changed" in said
    assert "The two say the same." in plain_text(
        comparison_page(Compared(OWN_SET, OWN_SET, is_one_document=True))
    )


def test_a_customised_set_is_compared_with_the_set_it_is_of() -> None:
    custom = load_set(
        OWN.replace(
            "id: summit-plan.revision", "id: peak-plan.own\ncustomises: summit-plan.revision"
        ).replace("Summit Plan", "Peak Plan"),
        "custom",
    )
    assert ordered_pair(custom, OWN_SET, (OWN_SET, custom)) == (OWN_SET, custom, True)
    assert ordered_pair(OWN_SET, custom, (OWN_SET, custom)) == (OWN_SET, custom, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lumbar-fusion-revision.cms-l37848", "lumbar-fusion-revision.aetna-0743"),
        ("knee-arthroplasty.cms-l40231", "hip-arthroplasty.cms-l40231"),
    ],
)
def test_two_publishers_stand_side_by_side_with_every_criterion_of_both(one: str, other: str) -> None:
    left, right = SHIPPED.get(one), SHIPPED.get(other)
    assert left is not None
    assert right is not None
    assert not ordered_pair(left, right, SHIPPED.sets)[2]
    said = plain_text(comparison_page(Compared(left, right, is_one_document=False)))
    for criterion in (*left.criteria(), *right.criteria()):
        assert criterion.text in said


def test_cases_that_came_out_otherwise_stand_first_with_the_difference() -> None:
    page = cases_page("Summit Plan SP-22", run_own_cases(OWN_SET, CASES))
    said = plain_text(page)
    assert "× 1 of 2 cases came out otherwise." in said
    assert said.index("wrong on purpose") < said.index("exactly six weeks")
    assert "✓  exactly six weeks is enough   expected met" in said


def test_a_set_without_cases_says_how_to_get_one() -> None:
    assert "This set has no cases" in plain_text(cases_page("Summit Plan", ()))


def test_a_file_that_cannot_be_read_is_named_with_line_and_what_to_write() -> None:
    with pytest.raises(CriteriaFileError) as caught:
        load_set(
            OWN.replace('">= 6 weeks"', '">= 6"').replace("polarity: absent", "polarity: gone"), "plan.yaml"
        )
    error = caught.value
    assert len(error.problems) > 1
    for page in (problems_page([error]), refused_page(error)):
        said = plain_text(page)
        for item in error.problems:
            assert f"Line {item.line}  {item.problem}" in said
            assert f"What to write: {item.fix}" in said
    assert problem_line(error).startswith(f"plan.yaml, line {error.line}: {error.problem}")
