"""Two sets are compared in sentences that say what each asks, which is stricter, and what waives it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentKey, CriterionAssessment
from desktop.domain.assessment import AssessmentState as State
from desktop.domain.criteria import CriteriaSet, Criterion, Group
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.domain.window import TimeUnit, Window
from desktop.rules.compare import SetComparison, compare_sets
from desktop.rules.compare_aspects import Aspect, Difference, Side
from desktop.rules.evaluate import evaluate
from desktop.rules.ways_around import ways_around, words_of
from tests.criteria.sets import all_of, any_of, at_least, by_key, group, leaf, none_of, set_of, threshold

NAMES = ("Acme", "Borealis")


def named(set_id: str, tree: Criterion | Group) -> CriteriaSet:
    return set_of(tree, id=set_id, publisher=set_id.capitalize())


def held(left: Criterion | Group, right: Criterion | Group) -> SetComparison:
    return compare_sets(named("left", left), named("right", right), names=NAMES)


def only(left: Criterion | Group, right: Criterion | Group) -> Difference:
    (row, *_) = held(left, right).rows
    (difference,) = row.differences
    return difference


def waits(months: str, comparison: str = ">=", unit: str = "months") -> Criterion:
    return leaf("wait", topic="time-since-fusion", threshold=threshold(comparison, months, unit))


def recent(count: int, unit: TimeUnit) -> Criterion:
    return leaf("ct", topic="ct", within=Window(count=count, unit=unit))


def test_the_plan_asks_for_months_that_the_public_rule_waives_with_an_exception() -> None:
    waived = group("unless", waits("12"), leaf("broken", text="The implant is broken"), name="rule")
    row, _ = held(waits("12"), all_of(waived)).rows
    assert row.sentence == (
        "Time since fusion: Both ask at least 12 months. "
        "Borealis waives it where this holds: “The implant is broken”. Acme does not."
    )
    assert [(item.aspect, item.stricter) for item in row.differences] == [(Aspect.WAIVER, Side.LEFT)]


def test_another_limb_that_does_not_ask_it_is_another_way() -> None:
    limbs = any_of(all_of(waits("12"), leaf("b")), leaf("broken", text="The implant is broken"))
    found = only(waits("12"), limbs)
    assert found == Difference(
        Aspect.OTHER_WAY,
        "Borealis can be met without it (“The implant is broken”), Acme cannot.",
        Side.LEFT,
    )


def test_two_sets_that_go_round_it_by_different_limbs_both_say_so() -> None:
    left = any_of(waits("12"), leaf("broken", text="Broken"))
    right = any_of(waits("12"), leaf("unstable", text="Unstable"))
    assert held(left, right).rows[0].sentence == (
        "Time since fusion: Both ask at least 12 months. Acme can be met without it (“Broken”). "
        "Borealis can be met without it (“Unstable”)."
    )
    assert held(left, left).rows[0].sentence == ""


@pytest.mark.parametrize(
    ("left", "right", "words", "stricter"),
    [
        (
            waits("12"),
            waits("6"),
            "asks at least 12 months, Borealis at least 6 months; Acme asks more",
            0,
        ),
        (
            waits("6", "<="),
            waits("12", "<"),
            "at most 6 months, Borealis less than 12 months; Acme asks",
            0,
        ),
        (
            waits("6", ">"),
            waits("6"),
            "more than 6 months, Borealis at least 6 months; Acme asks more",
            0,
        ),
        (waits("6"), waits("6", ">"), "Borealis asks more", 1),
        (waits("12"), waits("90", unit="days"), "cannot be held against each other", None),
        (waits("12"), waits("12", "<"), "cannot be held against each other", None),
        (
            waits("12"),
            leaf("w", topic="time-since-fusion"),
            "at least 12 months, Borealis no value",
            None,
        ),
    ],
)
def test_thresholds_are_held_against_each_other_only_in_one_unit_and_direction(
    left, right, words, stricter
) -> None:
    found = only(left, right)
    assert found.aspect is Aspect.THRESHOLD
    assert words in found.sentence
    assert found.stricter is (None if stricter is None else list(Side)[stricter])


def test_the_same_unit_spelt_otherwise_is_no_difference() -> None:
    assert held(waits("12"), waits("12", unit="month")).sentences == ()


@pytest.mark.parametrize(
    ("left", "right", "words", "stricter"),
    [
        (recent(6, TimeUnit.WEEKS), recent(60, TimeUnit.DAYS), "Acme asks more", Side.LEFT),
        (recent(1, TimeUnit.YEARS), recent(6, TimeUnit.MONTHS), "Borealis asks more", Side.RIGHT),
        (recent(6, TimeUnit.WEEKS), recent(2, TimeUnit.MONTHS), "from the 2 months.", None),
        (recent(6, TimeUnit.WEEKS), leaf("ct", topic="ct"), "Borealis sets no such limit", Side.LEFT),
        (leaf("ct", topic="ct"), recent(6, TimeUnit.WEEKS), "Acme sets no such limit", Side.RIGHT),
    ],
)
def test_windows_are_held_against_each_other_where_the_calendar_allows(left, right, words, stricter) -> None:
    found = only(left, right)
    assert (found.aspect, found.stricter) == (Aspect.WINDOW, stricter)
    assert words in found.sentence


def test_a_year_is_twelve_months() -> None:
    assert held(recent(1, TimeUnit.YEARS), recent(12, TimeUnit.MONTHS)).sentences == ()


def test_polarity_and_scope_are_differences_of_their_own() -> None:
    left = leaf("a", topic="union", polarity="absent", per="level")
    row, *_ = held(left, leaf("b", topic="union")).rows
    assert [item.sentence for item in row.differences] == [
        "Borealis asks that it is present, Acme that it is absent.",
        "Acme asks it for each level, Borealis for the case.",
    ]


def test_what_only_one_asks_says_whether_it_can_be_met_without() -> None:
    tree = all_of(leaf("a"), any_of(leaf("b"), leaf("c")), group("unless", leaf("d"), leaf("e"), name="u"))
    rows = held(tree, leaf("z")).rows
    assert [(row.differences[0].sentence, row.differences[0].stricter) for row in rows] == [
        ("Only Acme asks: “Criterion a”.", Side.LEFT),
        ("Only Acme asks, on one of several ways: “Criterion b”.", None),
        ("Only Acme asks, on one of several ways: “Criterion c”.", None),
        ("Only Acme asks: “Criterion d”, waived where this holds: “Criterion e”.", None),
        ("Only Acme asks, on one of several ways: “Criterion e”.", None),
        ("Only Borealis asks: “Criterion z”.", Side.RIGHT),
    ]


def test_the_truths_for_the_request_stand_beside_the_rows() -> None:
    left, right = named("left", waits("12")), named("right", leaf("other", topic="time-since-fusion"))
    line = ServiceLine(id="line")

    def trace(criteria_set: CriteriaSet, criterion_id: str, state: State) -> EvaluationTrace:
        key = AssessmentKey(set_id=criteria_set.id, criterion_id=criterion_id)
        return evaluate(criteria_set, line, by_key(CriterionAssessment(key=key, state=state)))

    met, unclear = trace(left, "wait", State.MET), trace(right, "other", State.UNCLEAR)
    found = compare_sets(left, right, met, unclear)
    assert found.summary == "Under Left the request is met, under Right not established."
    assert (found.rows[0].left_truth, found.rows[0].right_truth) == (Truth.TRUE, Truth.UNKNOWN)
    assert found.rows[0].sentence.endswith(
        "For this request it is met under Left and not established under Right."
    )
    assert compare_sets(left, left, met, met).sentences == ("Under both sets the request is met.",)
    aside = trace(left, "wait", State.NOT_APPLICABLE)
    assert compare_sets(left, right, aside, unclear).rows[0].left_truth is None
    with pytest.raises(ValueError, match="not of right"):
        compare_sets(left, right, met, met)


def test_sets_of_one_publisher_are_told_apart_by_edition_or_id() -> None:
    one, two = set_of(leaf("a"), id="one"), set_of(leaf("a"), id="two", edition="second")
    assert compare_sets(one, two).left_name == "Nobody first"
    assert compare_sets(one, set_of(leaf("a"), id="three")).right_name == "three"


def test_ways_around_count_what_at_least_needs_and_claim_nothing_under_a_not() -> None:
    a, b, c = leaf("a"), leaf("b"), leaf("c")
    assert [way.text for way in ways_around(at_least(2, a, b, c), frozenset("a"))] == [
        "Criterion b",
        "Criterion c",
    ]
    assert ways_around(at_least(3, a, b, c), frozenset("a")) == ()
    assert ways_around(at_least(2, a, b, c), frozenset("ab")) == ()
    assert ways_around(all_of(none_of(all_of(a, b))), frozenset("a")) == ()
    assert ways_around(all_of(a, b), frozenset()) == ()


def test_a_group_without_words_of_its_own_is_named_by_what_it_combines() -> None:
    a, b = leaf("a", text="A"), leaf("b", text="B", polarity="absent")
    texts = [words_of(tree) for tree in (all_of(a, b), any_of(a, b), at_least(2, a, b), none_of(a))]
    assert texts == ["A and B (absent)", "A or B (absent)", "at least 2 of: A; B (absent)", "not: A"]
    assert words_of(group("unless", a, b)) == "A, unless B (absent)"


_TOPICS = st.sampled_from(["x", "y", None])


@given(st.lists(_TOPICS, min_size=1, max_size=4), st.lists(_TOPICS, min_size=1, max_size=4))
def test_every_criterion_stands_in_one_row_and_each_side_mirrors_the_other(left_topics, right_topics) -> None:
    left = named("left", all_of(*(leaf(f"l{n}", topic=topic) for n, topic in enumerate(left_topics))))
    right = named("right", any_of(*(leaf(f"r{n}", topic=topic) for n, topic in enumerate(right_topics))))
    one, other = compare_sets(left, right), compare_sets(right, left)
    assert sorted(item.id for row in one.rows for item in (*row.matched.left, *row.matched.right)) == sorted(
        item.id for criteria_set in (left, right) for item in criteria_set.criteria()
    )

    def strict(found: SetComparison, left_is: str) -> set[tuple[str, Aspect, str]]:
        names = {Side.LEFT: found.left_name, Side.RIGHT: found.right_name, None: ""}
        assert found.left_name == left_is
        return {
            (row.matched.matched_by, item.aspect, names[item.stricter])
            for row in found.rows
            for item in row.differences
        }

    assert strict(one, "Left") == strict(other, "Right")
