"""Turns one criteria set, as answered, into the rows that the tree paints; it must hold no rule of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.assessment import AssessmentKey, Stance
from desktop.domain.criteria import CriteriaSet, Criterion, Group, Scope
from desktop.domain.document import SpanState
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth, any_of
from desktop.ui.review.answer_fields import amount_words
from desktop.ui.review.criteria_rows import (
    AnswerCell,
    CriteriaRow,
    RecordMark,
    RowKind,
    place_word,
    trace_of,
)

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView

Nodes = dict[str, dict[str, NodeTrace]]
"""Traced nodes by id, and then by level and side."""


def build_rows(criteria_set: CriteriaSet, line: ServiceLine, view: ReviewView) -> CriteriaRow:
    """The tree of a set for one service line, from the answers, the links, the offers and the trace of the view."""
    trace = trace_of(view, criteria_set.id, line.id)
    return _Rows(criteria_set.id, line, view, trace).row(criteria_set.root)


class _Rows:
    """What the rows of one set are made from."""

    def __init__(
        self, set_id: str, line: ServiceLine, view: ReviewView, trace: EvaluationTrace | None
    ) -> None:
        self._set_id = set_id
        self._line = line
        self._view = view
        self._nodes = _nodes_by_place(trace)

    def row(self, node: Criterion | Group, *, is_exception: bool = False) -> CriteriaRow:
        """A node with everything under it."""
        if isinstance(node, Criterion):
            return CriteriaRow(
                id=node.id,
                text=node.text,
                kind=RowKind.CRITERION,
                criterion=node,
                cells=tuple(self._cell(node, subject) for subject in _subjects(node, self._line)),
                is_exception=is_exception,
            )
        seen = self._nodes.get(node.id, {})
        is_waivable = node.kind == "unless"
        return CriteriaRow(
            id=node.id,
            text=node.text,
            rule=_rule(node),
            kind=RowKind.WAIVABLE if is_waivable else RowKind.GROUP,
            truths=_counting(seen),
            waived_at=_waived_at(seen) if is_waivable else (),
            is_exception=is_exception,
            children=self._rule_and_exceptions(node, seen)
            if is_waivable
            else tuple(self.row(child) for child in node.children),
        )

    def _rule_and_exceptions(
        self, node: Group, seen: dict[str, NodeTrace]
    ) -> tuple[CriteriaRow, CriteriaRow]:
        exceptions = CriteriaRow(
            id=f"{node.id}{EXCEPTIONS}",
            text="",
            rule="UNLESS" if len(node.children) == 2 else "UNLESS ONE OF",
            kind=RowKind.EXCEPTIONS,
            truths=tuple(
                (place, any_of(child.truth for child in traced.children[1:] if child.is_applicable))
                for place, traced in seen.items()
                if traced.is_applicable
            ),
            children=tuple(self.row(child, is_exception=True) for child in node.children[1:]),
        )
        return self.row(node.children[0]), exceptions

    def _cell(self, criterion: Criterion, subject: str) -> AnswerCell:
        key = AssessmentKey(set_id=self._set_id, criterion_id=criterion.id, subject=subject)
        asked = self._nodes.get(criterion.id, {}).values()
        seen = next((node for node in asked if node.subject == subject), None)
        assessment = self._view.assessments.get(key)
        links = self._view.links.get(key, ())
        amount = assessment.amount if assessment else None
        states = [self._view.span_states.get(link.id, SpanState.INTACT) for link in links]
        return AnswerCell(
            key=key,
            caption=subject if criterion.per in {Scope.LEVEL, Scope.SIDE} else "",
            state=assessment.state if assessment else None,
            truth=seen.truth if seen else Truth.UNKNOWN,
            reason=seen.reason if seen else "",
            supports=sum(link.stance is Stance.SUPPORTS for link in links),
            contradicts=sum(link.stance is Stance.CONTRADICTS for link in links),
            has_note=bool(assessment and assessment.note.strip()),
            amount=amount_words(amount) if amount else "",
            is_broken=any(state is not SpanState.INTACT for state in states),
            mark=self._mark(key),
        )

    def _mark(self, key: AssessmentKey) -> RecordMark | None:
        if key in self._view.stale_offers:
            return RecordMark.STALE
        answer = self._view.assessments.get(key)
        is_open = answer is None or (answer.state is None and answer.amount is None)
        return RecordMark.OFFERED if is_open and key in self._view.offers else None


EXCEPTIONS = "/exceptions"
"""What the id of a rule with exceptions ends in for the row that holds them; no node of a set can have such an id."""


def _subjects(criterion: Criterion, line: ServiceLine) -> tuple[str, ...]:
    match criterion.per:
        case Scope.LEVEL:
            return line.levels
        case Scope.SIDE:
            return line.sides
        case Scope.SERVICE_LINE:
            return (line.id,)
        case Scope.CASE:
            return ("",)


def _rule(group: Group) -> str:
    match group.kind:
        case "all":
            return "ALL OF"
        case "any":
            return "ANY OF"
        case "at_least":
            return f"AT LEAST {group.count or 1} OF"
        case "not":
            return "NOT"
        case "unless":
            return "RULE WITH EXCEPTIONS" if len(group.children) > 2 else "RULE WITH AN EXCEPTION"


def _counting(seen: dict[str, NodeTrace]) -> tuple[tuple[str, Truth], ...]:
    return tuple((place, node.truth) for place, node in seen.items() if node.is_applicable)


def _waived_at(seen: dict[str, NodeTrace]) -> tuple[str, ...]:
    return tuple(
        place
        for place, node in seen.items()
        if node.is_applicable and node.truth is Truth.TRUE and node.children[0].truth is not Truth.TRUE
    )


def _nodes_by_place(trace: EvaluationTrace | None) -> Nodes:
    nodes: Nodes = {}

    def collect(node: NodeTrace, place: str) -> None:
        nodes.setdefault(node.id, {})[place] = node
        for child in node.children:
            collect(child, place)

    for level in trace.levels if trace else ():
        collect(level.root, place_word(level))
    return nodes
