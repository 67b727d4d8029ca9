"""Turns one criteria set, as answered, into the rows that the tree paints; pure values, no widget and no rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.assessment import AssessmentKey, AssessmentState, Stance
from desktop.domain.criteria import CriteriaSet, Criterion, Group, Polarity, Scope
from desktop.domain.document import SpanState
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView

DIGITS = 9
"""How many criteria can be reached by one digit key."""

TRUTH_WORDS = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not established"}
NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """One question with its answer: a criterion has one, or one for each level it is asked of."""

    key: AssessmentKey
    caption: str
    """The level; empty where the question is asked once."""
    state: AssessmentState | None = None
    truth: Truth = Truth.UNKNOWN
    reason: str = ""
    supports: int = 0
    contradicts: int = 0
    has_note: bool = False
    amount: str = ""
    is_broken: bool = False
    """A linked quotation no longer stands in the record as it was sealed."""

    @property
    def state_word(self) -> str:
        """The answer in words; an unanswered question says so."""
        return self.state.label.lower() if self.state else "no answer yet"

    @property
    def evidence_word(self) -> str:
        """The linked quotations in words; empty when there are none."""
        parts: list[str] = []
        if self.supports:
            parts.append(f"{self.supports} supporting")
        if self.contradicts:
            parts.append(f"{self.contradicts} contradicting")
        if self.is_broken:
            parts.append("a quotation has changed")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class CriteriaRow:
    """A node of the tree. Groups have children, criteria have cells (none when the line names no level)."""

    id: str
    text: str
    rule: str = ""
    """How a group combines its children, for example `AT LEAST 2 OF`; empty for a criterion."""
    truths: tuple[tuple[str, Truth], ...] = ()
    """For a group: its truth by level, for the levels at which it counts."""
    criterion: Criterion | None = None
    cells: tuple[AnswerCell, ...] = ()
    children: tuple[CriteriaRow, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether the row combines others."""
        return self.criterion is None

    @property
    def is_per_level(self) -> bool:
        """Whether the question is asked once per level."""
        return self.criterion is not None and self.criterion.per is Scope.LEVEL

    @property
    def must_be_absent(self) -> bool:
        """Whether the criterion asks for something not to be there."""
        return self.criterion is not None and self.criterion.polarity is Polarity.ABSENT

    @property
    def threshold(self) -> str:
        """The figure to be held against, with boundary and unit, in typographic signs."""
        if self.criterion is None or self.criterion.threshold is None:
            return ""
        return self.criterion.threshold.caption.replace(">=", "≥").replace("<=", "≤")

    @property
    def truth(self) -> Truth | None:
        """A group's truth where it is the same at every level; None where levels differ or it does not count."""
        distinct = {truth for _, truth in self.truths}
        return distinct.pop() if len(distinct) == 1 else None

    @property
    def truth_word(self) -> str:
        """A group's truth in words; where levels differ, at how many of them it is met."""
        if not self.truths:
            return NOT_APPLICABLE
        if (truth := self.truth) is not None:
            return TRUTH_WORDS[truth]
        met = sum(truth is Truth.TRUE for _, truth in self.truths)
        return f"met at {met} of {len(self.truths)} levels"

    def cell(self, subject: str) -> AnswerCell | None:
        """The cell asked of a level; the first one where that level is not among them."""
        found = next((cell for cell in self.cells if cell.key.subject == subject), None)
        return found or (self.cells[0] if self.cells else None)

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        if self.is_group:
            return (
                f"{self.rule}: {self.text}, {self.truth_word}"
                if self.text
                else f"{self.rule}, {self.truth_word}"
            )
        parts = [self.text]
        if self.must_be_absent:
            parts.append("must be absent")
        if self.threshold:
            parts.append(f"needs {self.threshold}")
        for cell in self.cells:
            said = f"{cell.caption}: {cell.state_word}" if cell.caption else cell.state_word
            parts.append(f"{said} ({cell.evidence_word})" if cell.evidence_word else said)
        if not self.cells:
            parts.append("this service line names no level")
        return ", ".join(parts)


def build_rows(criteria_set: CriteriaSet, line: ServiceLine, view: ReviewView) -> CriteriaRow:
    """The tree of a set for one service line, from the answers, the links and the trace of the view."""
    trace = trace_of(view, criteria_set.id, line.id)
    return _row(criteria_set.root, criteria_set.id, line, view, _nodes_by_level(trace))


def trace_of(view: ReviewView, set_id: str, line_id: str) -> EvaluationTrace | None:
    """The evaluation of a set for a service line; None when the line is not held against that set."""
    return next((t for t in view.traces if t.set_id == set_id and t.service_line_id == line_id), None)


def rows_under(row: CriteriaRow) -> Iterator[CriteriaRow]:
    """The row and everything below it, in reading order."""
    yield row
    for child in row.children:
        yield from rows_under(child)


def criterion_rows(row: CriteriaRow) -> Iterator[CriteriaRow]:
    """Every criterion at or below a row, in reading order."""
    return (item for item in rows_under(row) if not item.is_group)


def key_numbers(root: CriteriaRow, collapsed: Collection[str] = ()) -> dict[str, int]:
    """The digit of each of the first nine criteria that are not inside a collapsed group."""
    visible: list[str] = []

    def collect(row: CriteriaRow) -> None:
        if not row.is_group:
            visible.append(row.id)
        elif row.id not in collapsed:
            for child in row.children:
                collect(child)

    collect(root)
    return {row_id: number for number, row_id in enumerate(visible[:DIGITS], start=1)}


def open_questions(root: CriteriaRow, trace: EvaluationTrace | None) -> tuple[AssessmentKey, ...]:
    """The questions whose answer can still change the result, in reading order; without a trace, the unanswered."""
    cells = [cell for row in criterion_rows(root) for cell in row.cells]
    if trace is None:
        return tuple(cell.key for cell in cells if cell.state is None)
    wanted = {(item.criterion_id, item.subject) for level in trace.levels for item in level.missing}
    return tuple(cell.key for cell in cells if (cell.key.criterion_id, cell.key.subject) in wanted)


def next_gap(
    root: CriteriaRow, trace: EvaluationTrace | None, after: AssessmentKey | None
) -> AssessmentKey | None:
    """The next open question after a place in the tree, going round at the end; None when nothing is open."""
    gaps = open_questions(root, trace)
    if not gaps:
        return None
    order = [cell.key for row in criterion_rows(root) for cell in row.cells]
    here = order.index(after) if after in order else -1
    return next((key for key in gaps if order.index(key) > here), gaps[0])


def _row(
    node: Criterion | Group,
    set_id: str,
    line: ServiceLine,
    view: ReviewView,
    nodes: dict[str, dict[str, NodeTrace]],
) -> CriteriaRow:
    by_level = nodes.get(node.id, {})
    if isinstance(node, Criterion):
        cells = tuple(
            _cell(AssessmentKey(set_id=set_id, criterion_id=node.id, subject=subject), node, view, by_level)
            for subject in _subjects(node, line)
        )
        return CriteriaRow(id=node.id, text=node.text, criterion=node, cells=cells)
    return CriteriaRow(
        id=node.id,
        text=node.text,
        rule=_rule(node),
        truths=tuple((level, seen.truth) for level, seen in by_level.items() if seen.is_applicable),
        children=tuple(_row(child, set_id, line, view, nodes) for child in node.children),
    )


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


def _cell(
    key: AssessmentKey, criterion: Criterion, view: ReviewView, by_level: dict[str, NodeTrace]
) -> AnswerCell:
    is_level = criterion.per is Scope.LEVEL
    seen = by_level.get(key.subject) if is_level else next(iter(by_level.values()), None)
    assessment = view.assessments.get(key)
    links = view.links.get(key, ())
    amount = assessment.amount if assessment else None
    return AnswerCell(
        key=key,
        caption=key.subject if is_level else "",
        state=assessment.state if assessment else None,
        truth=seen.truth if seen else Truth.UNKNOWN,
        reason=seen.reason if seen else "",
        supports=sum(link.stance is Stance.SUPPORTS for link in links),
        contradicts=sum(link.stance is Stance.CONTRADICTS for link in links),
        has_note=bool(assessment and assessment.note.strip()),
        amount=f"{amount.value} {amount.unit}" if amount else "",
        is_broken=any(
            view.span_states.get(link.id, SpanState.INTACT) is not SpanState.INTACT for link in links
        ),
    )


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
            return "UNLESS"


def _nodes_by_level(trace: EvaluationTrace | None) -> dict[str, dict[str, NodeTrace]]:
    """Every traced node by its id and then by level."""
    nodes: dict[str, dict[str, NodeTrace]] = {}

    def collect(node: NodeTrace, level: str) -> None:
        nodes.setdefault(node.id, {})[level] = node
        for child in node.children:
            collect(child, level)

    for level in trace.levels if trace else ():
        collect(level.root, level.level)
    return nodes
