"""Checks that the cases beside a set show what it does: truths, boundaries, polarity, exceptions, levels and sides.

It must not say whether a case comes out as expected: `conformance` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import CriteriaSet, Criterion, Polarity, Scope
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.truth import Truth
from desktop.rules.conformance import trace_of
from desktop.rules.set_cases import SetCase
from desktop.rules.units import same_unit

MIN_CASES = 6


class Missing(NamedTuple):
    """What the cases do not show: which rule asks for it, what is missing, what to write."""

    rule: str
    message: str
    instead: str


def missing_cases(criteria_set: CriteriaSet, cases: Sequence[SetCase]) -> Iterator[Missing]:
    """Everything that the cases of a set ought to show and do not."""
    if len(cases) < MIN_CASES:
        yield Missing("cases", f"There are {len(cases)} cases.", f"Write at least {MIN_CASES}.")
    answered = {key.criterion_id for case in cases for key in case.assessments}
    for leaf in criteria_set.criteria():
        if leaf.id not in answered:
            yield Missing(
                "every-criterion-has-a-case", f"No case answers `{leaf.id}`.", "Add a case that does."
            )
    expected = {case.truth for case in cases}
    for truth in Truth:
        if truth not in expected:
            yield Missing(
                "every-truth-has-a-case",
                f"No case expects {truth.value}.",
                f"Add one with `expect: {truth.value}`.",
            )
    leaves = tuple(criteria_set.criteria())
    yield from _boundary(leaves, cases)
    yield from _polarity(leaves, cases)
    traces = [trace_of(criteria_set, case) for case in cases]
    yield from _exception(traces)
    yield from _differing(leaves, traces, Scope.LEVEL, _level_of, _side_of)
    yield from _differing(leaves, traces, Scope.SIDE, _side_of, _level_of)


def _boundary(leaves: Sequence[Criterion], cases: Sequence[SetCase]) -> Iterator[Missing]:
    limits = {leaf.id: leaf.threshold for leaf in leaves if leaf.threshold is not None}
    if not limits:
        return
    for case in cases:
        for key, answer in case.assessments.items():
            limit, amount = limits.get(key.criterion_id), answer.amount
            if limit and amount and same_unit(limit.unit, amount.unit) and limit.value == amount.value:
                return
    name, limit = next(iter(limits.items()))
    yield Missing(
        "boundary-has-a-case",
        "No case stands exactly at the boundary of a threshold.",
        f"Add one, for example with `{name}: {{amount: {limit.value} {limit.unit}}}`.",
    )


def _polarity(leaves: Sequence[Criterion], cases: Sequence[SetCase]) -> Iterator[Missing]:
    absent = [leaf.id for leaf in leaves if leaf.polarity is Polarity.ABSENT]
    both = {AssessmentState.MET, AssessmentState.NOT_MET}
    for name in absent:
        given = {
            answer.state
            for case in cases
            for key, answer in case.assessments.items()
            if key.criterion_id == name
        }
        if both <= given:
            return
    if absent:
        yield Missing(
            "polarity-has-a-case",
            "No criterion that must be absent is answered met in one case and not met in another.",
            f"Add the case that lacks, for example with `{absent[0]}: not met`.",
        )


def _exception(traces: Sequence[EvaluationTrace]) -> Iterator[Missing]:
    waivers = [
        node
        for trace in traces
        for level in trace.levels
        for node in _nodes(level.root)
        if node.kind == "unless"
    ]
    if waivers and not any(
        node.truth is Truth.TRUE and node.children[0].truth is not Truth.TRUE for node in waivers
    ):
        yield Missing(
            "exception-has-a-case",
            "In no case does an exception (`unless`) waive a rule that does not hold.",
            "Add one in which the rule is not met and an exception beside it is met.",
        )


def _nodes(node: NodeTrace) -> Iterator[NodeTrace]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _differing(
    leaves: Sequence[Criterion],
    traces: Sequence[EvaluationTrace],
    scope: Scope,
    place: Callable[[LevelTrace], str],
    rest: Callable[[LevelTrace], str],
) -> Iterator[Missing]:
    """Whether in some case two levels (of one side), or two sides (of one level), come out otherwise."""
    if not any(leaf.per is scope for leaf in leaves):
        return
    for trace in traces:
        for one in trace.levels:
            for other in trace.levels:
                apart = place(one) != place(other) and rest(one) == rest(other)
                if apart and one.truth is not other.truth:
                    return
    word = scope.value
    yield Missing(
        f"{word}s-differ-in-a-case",
        f"A criterion is asked per {word}, and in no case does one {word} come out otherwise than another.",
        f"Add a case with two {word}s and different answers for them.",
    )


def _level_of(trace: LevelTrace) -> str:
    return trace.level


def _side_of(trace: LevelTrace) -> str:
    return trace.side
