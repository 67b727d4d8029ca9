"""What is wrong with a draft, told at its node and field in words that speak of no file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from desktop.domain.criteria import Polarity
from desktop.services.criteria_draft import (
    HEAD,
    CriteriaDraft,
    CriterionDraft,
    GroupDraft,
    new_draft,
    renumbered,
)
from desktop.services.criteria_draft_check import DraftProblem, check
from desktop.services.criteria_draft_tree import add_exception, change, change_head
from tests.services.draft_strategies import drafts

SET = change_head(change(new_draft("Plan"), 2, text="It holds"), title="Rule", edition="1")


def told(draft: CriteriaDraft) -> dict[tuple[int, str], DraftProblem]:
    return {(item.key, item.field): item for item in check(draft) if not item.is_advice}


def advised(draft: CriteriaDraft) -> set[tuple[int, str]]:
    return {(item.key, item.field) for item in check(draft) if item.is_advice}


@settings(max_examples=30)
@given(drafts())
def test_what_can_be_saved_has_no_problem(draft: CriteriaDraft) -> None:
    assert told(draft) == {}


def test_an_empty_form_says_what_is_missing_and_nothing_else() -> None:
    found = check(CriteriaDraft())
    assert [(item.key, item.field) for item in found] == [
        (HEAD, "title"),
        (HEAD, "publisher"),
        (HEAD, "edition"),
        (1, "criteria"),
    ]
    assert all(item.is_missing for item in found)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        (
            {"comparison": ">=", "number": "four", "unit": "mm"},
            "number",
            "not a comparison, a number and a unit",
        ),
        ({"number": "4", "unit": "mm"}, "number", "not a comparison, a number and a unit"),
        ({"comparison": ">=", "number": "4"}, "number", "has no unit"),
        ({"within_count": "soon"}, "within_count", "“soon months” is not a time"),
        ({"measure": "age"}, "measure", "threshold"),
        ({"topic": "time since fusion"}, "topic", "is not an id"),
        ({"text": " ", "note": "Only a note"}, "text", "Write what must hold"),
        ({"text": "a\0b"}, "text", "U+0000 (NUL)"),
        ({"note": "a\ud800b"}, "note", "surrogate"),
    ],
)
def test_a_mistake_is_told_at_its_field(fields: dict[str, object], field: str, words: str) -> None:
    found = told(change(SET, 2, **fields))
    assert list(found) == [(2, field)]
    assert words in found[2, field].what
    assert "`" not in found[2, field].words


def test_a_value_that_is_not_whole_is_told_with_the_fields_that_make_it_whole() -> None:
    found = told(change(SET, 2, number="4", unit="mm"))
    assert "Choose “At least”, “At most”" in found[2, "number"].words
    found = told(change(SET, 2, comparison=">=", number="4"))
    assert "Write the unit beside the number" in found[2, "number"].words


def test_mistakes_of_the_head_are_told_at_the_head() -> None:
    found = told(change_head(SET, effective_from="2026-02-30", publisher=""))
    assert set(found) == {(HEAD, "effective_from"), (HEAD, "publisher")}
    assert found[HEAD, "effective_from"].what == "“2026-02-30” is not a possible date."
    assert "belongs to another set" in check(change_head(SET, id="taken"), taken=("taken",))[0].what


def test_mistakes_deep_in_the_tree_are_told_at_their_node() -> None:
    draft = renumbered(
        change_head(
            SET,
            root=GroupDraft(
                children=(
                    CriterionDraft(),
                    GroupDraft(rule="not", children=(CriterionDraft(text="A"), CriterionDraft(text="B"))),
                    GroupDraft(
                        rule="any",
                        children=(
                            GroupDraft(
                                rule="unless",
                                children=(
                                    CriterionDraft(text="Rule", within_count="x"),
                                    CriterionDraft(text="Exception", number="?"),
                                ),
                            ),
                            GroupDraft(
                                rule="at_least",
                                count=3,
                                children=(CriterionDraft(text="C"), CriterionDraft()),
                            ),
                        ),
                    ),
                    GroupDraft(text="Nothing in it"),
                )
            ),
        )
    )
    found = told(draft)
    assert set(found) == {(3, "rule"), (8, "within_count"), (9, "number"), (10, "rule"), (13, "rule")}
    assert found[10, "rule"].what == "At least 3 can never be reached: there is 1 entry here."
    assert found[13, "rule"].is_missing


def test_a_rule_without_an_exception_and_an_exception_without_a_rule_are_told() -> None:
    step = add_exception(SET, 2)
    (problem,) = told(step.draft).values()
    assert (problem.what, problem.is_missing) == ("There is no exception yet.", True)
    emptied = change(change(step.draft, step.key, text="Red flag"), 2, text="")
    assert [problem.what for problem in told(emptied).values()] == [
        "The first entry is the rule that is waived: it is empty."
    ]


def test_advice_says_what_would_be_better_and_keeps_nothing_from_being_saved() -> None:
    found = advised(
        change(SET, 2, text="no pain.", polarity=Polarity.ABSENT, comparison=">=", number="4", unit="mm")
    )
    assert found == {(HEAD, "review_by"), (2, "closes_with"), (2, "text")}
    better = change(change_head(SET, review_by="2027-01-01"), 2, closes_with="A dated note")
    assert advised(better) == set()
    assert advised(change_head(better, codes=("22849 reinsertion",))) == {(HEAD, "codes")}


def test_a_criterion_called_like_a_group_does_not_take_its_id() -> None:
    rows = tuple(CriterionDraft(text=words) for words in ("All 1", "Whole set", "Unless 1", "Group"))
    assert (
        told(renumbered(change_head(SET, root=GroupDraft(children=(*rows, GroupDraft(children=rows)))))) == {}
    )
