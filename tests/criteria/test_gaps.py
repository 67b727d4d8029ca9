"""The shortest ways to met are exact: checked against trying every subset, by evaluating the set again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentKey, CriterionAssessment
from desktop.domain.assessment import AssessmentState as State
from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet, Criterion, Group, Scope
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.gap import Gap, LineGaps, WayToMet
from desktop.domain.service_line import Laterality, ServiceLine
from desktop.domain.truth import Truth
from desktop.rules.evaluate import evaluate
from desktop.rules.gaps import line_gaps
from tests.criteria.sets import (
    all_of,
    answer,
    any_of,
    at_least,
    by_key,
    group,
    key,
    leaf,
    none_of,
    set_of,
)

CASE = Case(id="case")
A, B, C, D, E = (leaf(name) for name in "abcde")
PER_LEVEL = leaf("p", per="level")
EVERYTHING = 10_000


def unless(rule: Criterion | Group, *exceptions: Criterion | Group) -> Group:
    return group("unless", rule, *exceptions)


def gaps_of(
    tree: Criterion | Group,
    answers: Mapping[str, State] | None = None,
    levels: Sequence[str] = (),
    limit: int = EVERYTHING,
) -> LineGaps:
    criteria_set = set_of(tree)
    line = ServiceLine(id="line", levels=tuple(levels))
    found: dict[AssessmentKey, CriterionAssessment] = {}
    for where, state in (answers or {}).items():
        criterion_id, _, subject = where.partition("@")
        found[key(criterion_id, subject)] = answer(state, criterion_id, subject)
    return line_gaps(criteria_set, evaluate(criteria_set, line, found), line, CASE, limit)


def shown(ways: Sequence[WayToMet]) -> list[str]:
    return [
        " ".join(f"{gap.criterion_id}@{gap.subject}" if gap.subject else gap.criterion_id for gap in way.gaps)
        for way in ways
    ]


@pytest.mark.parametrize(
    ("tree", "answers", "expected"),
    [
        (all_of(A, B, C), {"b": State.MET}, ["a c"]),
        (any_of(all_of(A, B), C), {}, ["c", "a b"]),
        (any_of(all_of(A, B), C), {"c": State.NOT_MET}, ["a b"]),
        (at_least(2, A, B, C), {}, ["a b", "a c", "b c"]),
        (at_least(2, A, B, C), {"a": State.MET}, ["b", "c"]),
        (at_least(2, A, B, C), {"a": State.NOT_APPLICABLE, "b": State.NOT_APPLICABLE}, []),
        (none_of(all_of(A, B)), {"a": State.MET}, ["b"]),
        (none_of(at_least(2, A, B, C)), {}, ["a b", "a c", "b c"]),
        (unless(all_of(A, B), C), {}, ["c", "a b"]),
        (unless(all_of(A, B), C), {"a": State.NOT_APPLICABLE, "b": State.NOT_APPLICABLE}, []),
        (none_of(unless(A, B)), {"a": State.NOT_MET}, ["b"]),
        (all_of(A, B), {"a": State.MET, "b": State.MET}, []),
    ],
)
def test_the_ways_are_the_smallest_sets_that_are_enough(tree, answers, expected) -> None:
    found = gaps_of(tree, answers)
    assert shown(found.ways) == expected
    assert shown(found.levels[0].ways) == expected


def test_what_is_decided_the_wrong_way_is_asked_for_only_where_nothing_else_is_enough() -> None:
    open_limb_first = gaps_of(all_of(any_of(A, all_of(B, C)), D), {"a": State.NOT_MET})
    assert shown(open_limb_first.ways) == ["b c d"]
    closed = gaps_of(all_of(A, any_of(B, C)), {"a": State.NOT_MET, "b": State.NOT_MET})
    assert [[(gap.criterion_id, gap.is_contrary) for gap in way.gaps] for way in closed.ways] == [
        [("a", True), ("c", False)]
    ]


def test_under_a_not_a_criterion_must_be_shown_not_to_hold() -> None:
    (way,) = gaps_of(all_of(A, none_of(B)), {"b": State.MET}).ways
    assert [(gap.criterion_id, gap.must_become, gap.is_contrary) for gap in way.gaps] == [
        ("a", Truth.TRUE, False),
        ("b", Truth.FALSE, True),
    ]


def test_a_question_that_levels_share_counts_once_so_the_line_chooses_otherwise_than_each_level() -> None:
    tree = any_of(all_of(A, B), PER_LEVEL)
    found = gaps_of(tree, levels=("L3-L4", "L4-L5", "L5-S1"))
    assert shown(found.ways) == ["a b", "p@L3-L4 p@L4-L5 p@L5-S1"]
    assert [shown(level.ways) for level in found.levels][1] == ["p@L4-L5", "a b"]


def test_a_level_that_is_met_needs_nothing() -> None:
    found = gaps_of(all_of(PER_LEVEL), {"p@L4-L5": State.MET}, levels=("L4-L5", "L5-S1"))
    assert [shown(level.ways) for level in found.levels] == [[], ["p@L5-S1"]]
    assert [level.truth for level in found.levels] == [Truth.TRUE, Truth.UNKNOWN]
    assert shown(found.ways) == ["p@L5-S1"]


def test_a_side_is_a_subject_of_its_own_and_shared_by_the_levels() -> None:
    criteria_set = set_of(all_of(leaf("s", per="side"), leaf("p", per="level")))
    line = ServiceLine(id="line", levels=("L4-L5", "L5-S1"), laterality=Laterality.BILATERAL)
    found = line_gaps(criteria_set, evaluate(criteria_set, line, {}), line, CASE)
    assert shown(found.ways) == ["s@left s@right p@L4-L5 p@L5-S1"]
    assert [(level.level, level.side) for level in found.levels] == [
        ("L4-L5", "left"),
        ("L4-L5", "right"),
        ("L5-S1", "left"),
        ("L5-S1", "right"),
    ]


def test_a_question_per_level_of_a_line_without_levels_asks_for_the_level_first() -> None:
    (way,) = gaps_of(all_of(PER_LEVEL)).ways
    assert way.gaps[0].closes_with == "Name the level on the service line first. A report"


def test_no_more_ways_than_asked_for_are_given_and_they_are_the_first() -> None:
    tree = at_least(2, A, B, C, D, E)
    assert shown(gaps_of(tree, limit=3).ways) == shown(gaps_of(tree).ways)[:3]


def test_a_trace_of_another_set_or_no_ways_at_all_are_refused() -> None:
    criteria_set = set_of(A)
    line = ServiceLine(id="line")
    trace = evaluate(criteria_set, line, {})
    with pytest.raises(ValueError, match="not of another"):
        line_gaps(criteria_set.model_copy(update={"id": "another"}), trace, line, CASE)
    with pytest.raises(ValueError, match="at least one"):
        line_gaps(criteria_set, trace, line, CASE, 0)


def test_a_search_that_is_cut_off_says_so_and_its_ways_still_work() -> None:
    limbs = [
        all_of(leaf(f"s{number}"), leaf(f"t{number}"), leaf(f"p{number}", per="level")) for number in range(6)
    ]
    criteria_set = set_of(at_least(3, *limbs))
    line = ServiceLine(id="line", levels=("L3-L4", "L4-L5", "L5-S1"))
    trace = evaluate(criteria_set, line, {})
    exact = line_gaps(criteria_set, trace, line, CASE)
    cut = line_gaps(criteria_set, trace, line, CASE, max_tries=0)
    assert exact.is_exact
    assert not cut.is_exact
    assert cut.ways
    for way in cut.ways:
        assert_minimal(criteria_set, line, {}, way.gaps)


# ------------------------------------------------------------------------------- against trying every subset

_STATES = [
    None,
    None,
    None,
    State.MET,
    State.NOT_MET,
    State.UNCLEAR,
    State.NOT_DOCUMENTED,
    State.NOT_APPLICABLE,
]
_LEVELS = ("L3-L4", "L4-L5", "L5-S1")


def _trees(max_leaves: int) -> st.SearchStrategy[Group]:
    scopes = st.sampled_from(["case", "case", "service_line", "level"])

    def number(node: object, counter: list[int]) -> Criterion | Group:
        counter[0] += 1
        if isinstance(node, str):
            kinds = [(), ("lab_report",), ("signed_form",)][counter[0] % 3]
            return leaf(f"c{counter[0]}", per=node, evidence_types=kinds)
        assert isinstance(node, tuple)
        kind, wanted, children = node
        name = f"g{counter[0]}"
        built = [number(child, counter) for child in children]
        if kind == "not":
            return group("not", built[0], name=name)
        count = min(wanted, len(built)) if kind == "at_least" else None
        return group(kind, *built, count=count, name=name)

    def grow(inner: st.SearchStrategy) -> st.SearchStrategy:
        kinds = st.sampled_from(["all", "all", "any", "any", "at_least", "not", "unless"])
        return st.tuples(kinds, st.integers(1, 3), st.lists(inner, min_size=1, max_size=4))

    def rooted(node: object) -> Group:
        built = number(node, [0])
        return built if isinstance(built, Group) else group("all", built, name="root")

    return st.recursive(scopes, grow, max_leaves=max_leaves).map(rooted)


@st.composite
def _situations(draw: st.DrawFn) -> tuple[CriteriaSet, ServiceLine, dict[AssessmentKey, CriterionAssessment]]:
    """A set, a line and answers with at most nine questions in all: 512 subsets to try."""
    levels = draw(st.integers(0, 3))
    criteria_set = set_of(draw(_trees(9 if levels < 2 else 6 if levels == 2 else 5)))
    line = ServiceLine(id="line", levels=_LEVELS[:levels])
    answers: list[CriterionAssessment] = []
    for criterion in criteria_set.criteria():
        subjects = {Scope.CASE: ("",), Scope.SERVICE_LINE: ("line",), Scope.LEVEL: line.levels}[criterion.per]
        for subject in subjects:
            state = draw(st.sampled_from(_STATES))
            if state is not None:
                answers.append(answer(state, criterion.id, subject))
    return criteria_set, line, by_key(*answers)


Answers = Mapping[AssessmentKey, CriterionAssessment]


def closed(answers: Answers, gaps: Sequence[Gap]) -> dict[AssessmentKey, CriterionAssessment]:
    """The answers after each of the gaps was closed."""
    result = dict(answers)
    for gap in gaps:
        state = State.MET if gap.must_become is Truth.TRUE else State.NOT_MET
        target = AssessmentKey(set_id=gap.set_id, criterion_id=gap.criterion_id, subject=gap.subject)
        result[target] = answer(state, gap.criterion_id, gap.subject)
    return result


def assert_minimal(
    criteria_set: CriteriaSet,
    line: ServiceLine,
    answers: Answers,
    gaps: Sequence[Gap],
    level: int | None = None,
) -> None:
    def truth(some: Sequence[Gap]) -> Truth:
        trace = evaluate(criteria_set, line, closed(answers, some))
        return trace.truth if level is None else trace.levels[level].truth

    assert truth(gaps) is Truth.TRUE
    for left_open in gaps:
        assert truth([gap for gap in gaps if gap is not left_open]) is not Truth.TRUE


def _subsets(gaps: Sequence[Gap]) -> Iterator[tuple[Gap, ...]]:
    return chain.from_iterable(combinations(gaps, size) for size in range(1, len(gaps) + 1))


def _open_gaps(criteria_set: CriteriaSet, trace: EvaluationTrace, found: LineGaps) -> list[Gap]:
    """One gap for every question that the trace lists as missing: criteria as read, levels in order under each."""
    by_question: dict[tuple[str, str], Gap] = {}
    for ways in [found.ways, *(level.ways for level in found.levels)]:
        for gap in chain.from_iterable(way.gaps for way in ways):
            by_question.setdefault((gap.criterion_id, gap.subject), gap)
    listed = dict.fromkeys(
        (item.criterion_id, item.subject) for level in trace.levels for item in level.missing
    )
    ids = [criterion.id for criterion in criteria_set.criteria()]
    order = sorted(listed, key=lambda asked: ids.index(asked[0]))
    return [by_question[asked] for asked in order if asked in by_question]


def _tried(
    criteria_set: CriteriaSet, line: ServiceLine, answers: Answers, gaps: Sequence[Gap], level: int | None
) -> list[tuple[tuple[str, str], ...]]:
    """Every minimal way, found by trying every subset, best first by size, effort and reading order."""
    minimal: list[tuple[Gap, ...]] = []
    for subset in _subsets(gaps):
        trace = evaluate(criteria_set, line, closed(answers, subset))
        truth = trace.truth if level is None else trace.levels[level].truth
        if truth is Truth.TRUE and not any(set(map(id, way)) <= set(map(id, subset)) for way in minimal):
            minimal.append(subset)
    place = {id(gap): number for number, gap in enumerate(gaps)}
    minimal.sort(key=lambda way: (len(way), sum(gap.effort for gap in way), [place[id(gap)] for gap in way]))
    return [tuple((gap.criterion_id, gap.subject) for gap in way) for way in minimal]


def _named(ways: Sequence[WayToMet]) -> list[tuple[tuple[str, str], ...]]:
    return [tuple((gap.criterion_id, gap.subject) for gap in way.gaps) for way in ways]


@given(_situations())
def test_the_ways_of_the_line_and_of_each_level_are_those_found_by_trying_every_subset(situation) -> None:
    criteria_set, line, answers = situation
    trace = evaluate(criteria_set, line, answers)
    found = line_gaps(criteria_set, trace, line, CASE, EVERYTHING)
    if any(criterion.per is Scope.LEVEL for criterion in criteria_set.criteria()) and not line.levels:
        return  # nothing can be answered per level before the line names one
    gaps = _open_gaps(criteria_set, trace, found)
    expected = [] if trace.truth is Truth.TRUE else _tried(criteria_set, line, answers, gaps, None)
    assert _named(found.ways) == expected
    assert found.is_exact
    for number, level in enumerate(found.levels):
        own = {(item.criterion_id, item.subject) for item in trace.levels[number].missing}
        level_gaps = [gap for gap in gaps if (gap.criterion_id, gap.subject) in own]
        assert _named(level.ways) == (
            [] if level.truth is Truth.TRUE else _tried(criteria_set, line, answers, level_gaps, number)
        )


@given(_situations(), st.integers(1, 4))
def test_the_first_ways_are_the_same_however_many_are_asked_for(situation, limit) -> None:
    criteria_set, line, answers = situation
    trace = evaluate(criteria_set, line, answers)
    every = line_gaps(criteria_set, trace, line, CASE, EVERYTHING)
    some = line_gaps(criteria_set, trace, line, CASE, limit)
    assert some.ways == every.ways[:limit]
    assert [level.ways for level in some.levels] == [level.ways[:limit] for level in every.levels]


@given(_situations())
def test_every_open_criterion_is_part_of_a_way_and_every_part_of_a_way_is_open(situation) -> None:
    criteria_set, line, answers = situation
    trace = evaluate(criteria_set, line, answers)
    found = line_gaps(criteria_set, trace, line, CASE, EVERYTHING)
    for level, traced in zip(found.levels, trace.levels, strict=True):
        proposed = {(gap.criterion_id, gap.subject) for way in level.ways for gap in way.gaps}
        assert proposed == {(item.criterion_id, item.subject) for item in traced.missing}


@given(_situations())
def test_nothing_contrary_is_asked_for_while_the_line_is_not_decided(situation) -> None:
    criteria_set, line, answers = situation
    trace = evaluate(criteria_set, line, answers)
    found = line_gaps(criteria_set, trace, line, CASE)
    if trace.truth is Truth.UNKNOWN:
        assert not any(gap.is_contrary for way in found.ways for gap in way.gaps)
    for way in found.ways:
        for gap in way.gaps:
            assert gap.is_contrary == (gap.effort >= 10)


@given(_situations())
def test_a_search_without_a_budget_still_gives_minimal_ways(situation) -> None:
    criteria_set, line, answers = situation
    trace = evaluate(criteria_set, line, answers)
    exact = line_gaps(criteria_set, trace, line, CASE)
    rough = line_gaps(criteria_set, trace, line, CASE, max_tries=0)
    assert bool(rough.ways) == bool(exact.ways)
    if any(criterion.per is Scope.LEVEL for criterion in criteria_set.criteria()) and not line.levels:
        return
    for way in rough.ways:
        assert_minimal(criteria_set, line, answers, way.gaps)
