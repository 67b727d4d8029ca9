"""What is still missing for a set to be met: the smallest sets of open criteria whose closing makes it so.

It is a pure function of the set, its trace and the case; it must not read the clock or the store, and it must not
judge a criterion again. What may be closed is what `open_criteria` lists: the criteria that are not established yet
and, only where those are not enough, such as are decided the wrong way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet, Criterion, Group, Scope
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.gap import Gap, LevelGaps, LineGaps, WayToMet
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth, negate
from desktop.rules.gaps_documents import days_for, effort_for, owed_by
from desktop.rules.gaps_formula import Question, Way, best_ways, formula_of
from desktop.rules.gaps_search import MAX_TRIES, JointSearch
from desktop.rules.open_criteria import open_criteria

_NAME_FIRST = {
    Scope.LEVEL: "Name the level on the service line first.",
    Scope.SIDE: "Name the side on the service line first.",
}


def line_gaps(
    criteria_set: CriteriaSet,
    trace: EvaluationTrace,
    line: ServiceLine,
    case: Case,
    limit: int = 5,
    *,
    max_tries: int = MAX_TRIES,
) -> LineGaps:
    """The ways to make a service line met under a set, and those of each of its levels; `limit` of each at most.

    Best first: fewest gaps, then the smallest sum of efforts, then reading order. `max_tries` limits the search for
    the whole line; `is_exact` is False when it was reached. Raises ValueError when the trace is not of this set or
    `limit` is not positive.
    """
    if limit < 1:
        raise ValueError("at least one way must be asked for")
    if trace.set_id != criteria_set.id:
        raise ValueError(f"the trace is of {trace.set_id}, not of {criteria_set.id}")
    open_by_level = [_open_questions(criteria_set, level) for level in trace.levels]
    gaps = _gaps(criteria_set, trace, open_by_level, line, case)
    ledger = _Ledger.of(gaps)
    levels = tuple(
        LevelGaps(
            level=level.level,
            side=level.side,
            truth=level.truth,
            ways=ledger.ways(
                best_ways(
                    formula_of(criteria_set.root, level.root, ledger.bits_of(questions)),
                    ledger.cost_of,
                    limit,
                )
            ),
        )
        for level, questions in zip(trace.levels, open_by_level, strict=True)
    )
    search = JointSearch(ledger.cost_of, limit, max_tries)
    found = search.best(formula_of(criteria_set.root, level.root, ledger.bits) for level in trace.levels)
    return LineGaps(
        set_id=criteria_set.id,
        set_title=criteria_set.title,
        service_line_id=line.id,
        truth=trace.truth,
        ways=ledger.ways(found),
        levels=levels,
        is_exact=search.is_exact,
    )


def _open_questions(criteria_set: CriteriaSet, level: LevelTrace) -> tuple[Question, ...]:
    return tuple((item.criterion_id, item.subject) for item in open_criteria(criteria_set.root, level.root))


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Every gap of the line in reading order, and the bit and the cost that the search knows it by."""

    gaps: tuple[Gap, ...]
    bits: dict[Question, int]
    costs: dict[int, int]

    @classmethod
    def of(cls, gaps: Sequence[Gap]) -> _Ledger:
        # One number puts ways in order: how many gaps, then their efforts, then which comes first (an earlier gap has
        # a higher bit, and of two sets of gaps the one with the higher mask is the one to be read first).
        size = len(gaps)
        more_than_all_efforts = 1 + sum(gap.effort for gap in gaps)
        bits = {(gap.criterion_id, gap.subject): 1 << (size - 1 - number) for number, gap in enumerate(gaps)}
        costs = {
            bit: ((more_than_all_efforts + gap.effort) << size) - bit
            for bit, gap in zip(bits.values(), gaps, strict=True)
        }
        return cls(tuple(gaps), bits, costs)

    def cost_of(self, bit: int) -> int:
        return self.costs[bit]

    def bits_of(self, questions: Sequence[Question]) -> dict[Question, int]:
        return {question: self.bits[question] for question in questions}

    def ways(self, found: Sequence[Way]) -> tuple[WayToMet, ...]:
        """The gaps behind the masks; the empty way, of what is met already, is left out."""
        return tuple(
            WayToMet(
                gaps=tuple(
                    gap for gap, bit in zip(self.gaps, self.bits.values(), strict=True) if way.mask & bit
                )
            )
            for way in found
            if way.mask
        )


def _gaps(
    criteria_set: CriteriaSet,
    trace: EvaluationTrace,
    open_by_level: Sequence[Sequence[Question]],
    line: ServiceLine,
    case: Case,
) -> list[Gap]:
    """One gap for every open question, in the order the criteria are read, and level after level under each."""
    found: dict[Question, Gap] = {}
    for level, questions in zip(trace.levels, open_by_level, strict=True):
        is_open = frozenset(questions)
        for criterion, asked, goal in _asked(criteria_set.root, level.root, Truth.TRUE):
            question = (criterion.id, asked.subject)
            if question in is_open and question not in found:
                found[question] = _gap(criteria_set, criterion, asked, goal, line, case)
    place = {criterion.id: number for number, criterion in enumerate(criteria_set.criteria())}
    return [found[question] for question in sorted(found, key=lambda question: place[question[0]])]


def _asked(
    node: Criterion | Group, trace: NodeTrace, goal: Truth
) -> Iterator[tuple[Criterion, NodeTrace, Truth]]:
    """Every criterion with its trace and the truth it must have for the root to be TRUE."""
    if isinstance(node, Criterion):
        yield node, trace, goal
        return
    child_goal = negate(goal) if node.kind == "not" else goal
    for child, found in zip(node.children, trace.children, strict=True):
        yield from _asked(child, found, child_goal)


def _gap(
    criteria_set: CriteriaSet,
    criterion: Criterion,
    asked: NodeTrace,
    goal: Truth,
    line: ServiceLine,
    case: Case,
) -> Gap:
    is_contrary = asked.truth is negate(goal)
    days = days_for(criterion, line)
    name_first = "" if asked.subject else _NAME_FIRST.get(criterion.per, "")
    return Gap(
        set_id=criteria_set.id,
        service_line_id=line.id,
        criterion_id=criterion.id,
        subject=asked.subject,
        text=criterion.text,
        state=asked.state,
        must_become=goal,
        is_contrary=is_contrary,
        evidence_types=criterion.evidence_types,
        dated_from=days.first,
        dated_to=days.last,
        closes_with=" ".join(part for part in (name_first, criterion.closes_with) if part),
        owed_by=owed_by(criterion, asked.subject, case),
        effort=effort_for(criterion, asked.state, days, case, is_contrary=is_contrary),
    )
