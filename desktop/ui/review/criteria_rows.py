"""The rows that the criteria tree paints, and walking them; pure values, no widget and no rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.domain.criteria import Criterion, Polarity, Scope
from desktop.domain.evaluation import EvaluationTrace, LevelTrace
from desktop.domain.truth import Truth

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView

DIGITS = 9
"""How many criteria can be reached by one digit key."""

TRUTH_WORDS = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not established"}
NOT_APPLICABLE = "not applicable"
WAIVER_WORDS = {
    Truth.TRUE: "waives the rule",
    Truth.FALSE: "waives nothing",
    Truth.UNKNOWN: "not established",
}
SIDES = ("left", "right")


class RecordMark(Enum):
    """What the record has to say to a question, beside its answer."""

    OFFERED = "the record has a value"
    STALE = "the record has changed"


class RowKind(Enum):
    """What a row is."""

    CRITERION = "criterion"
    GROUP = "group"
    WAIVABLE = "waivable"
    """A rule together with the exceptions that can waive it."""
    EXCEPTIONS = "exceptions"
    """The exceptions of a rule."""


NO_PLACE = {False: "this service line names no level", True: "this service line names no side"}
"""By whether it is asked per side: why a question cannot be asked."""


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """One question with its answer: a criterion has one, or one for each level it is asked of."""

    key: AssessmentKey
    caption: str
    """The level or side; empty where the question is asked once."""
    state: AssessmentState | None = None
    truth: Truth = Truth.UNKNOWN
    reason: str = ""
    supports: int = 0
    contradicts: int = 0
    has_note: bool = False
    amount: str = ""
    is_broken: bool = False
    """A linked quotation no longer stands in the record as it was sealed."""
    mark: RecordMark | None = None
    """Whether the record holds a value that was not taken, or no longer holds the one that was."""

    @property
    def decided(self) -> Truth | None:
        """What a recorded value alone comes to; None where an answer was given, or the value decides nothing."""
        return self.truth if self.state is None and self.amount and self.truth is not Truth.UNKNOWN else None

    @property
    def state_word(self) -> str:
        """The answer in words; an unanswered question says so."""
        if self.decided is not None:
            return f"{TRUTH_WORDS[self.decided]} by its value"
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
        if self.mark:
            parts.append(self.mark.value)
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class CriteriaRow:
    """A node of the tree. Groups have children, criteria have cells (none when the line names no level)."""

    id: str
    text: str
    rule: str = ""
    """How a group combines its children, for example `AT LEAST 2 OF`; empty for a criterion."""
    kind: RowKind = RowKind.GROUP
    truths: tuple[tuple[str, Truth], ...] = ()
    """For a group: its truth by level and side, where it counts. Of exceptions: whether one of them holds."""
    waived_at: tuple[str, ...] = ()
    """The levels and sides at which an exception, and not the rule, makes it met."""
    is_exception: bool = False
    """Whether it waives a rule when it holds."""
    criterion: Criterion | None = None
    cells: tuple[AnswerCell, ...] = ()
    children: tuple[CriteriaRow, ...] = ()

    @property
    def caption(self) -> str:
        """Its words; of a group without words, how it combines."""
        return self.text or self.rule

    @property
    def is_group(self) -> bool:
        """Whether the row combines others."""
        return self.criterion is None

    @property
    def is_per_place(self) -> bool:
        """Whether the question is asked once per level or once per side."""
        return self.criterion is not None and self.criterion.per in {Scope.LEVEL, Scope.SIDE}

    @property
    def is_per_side(self) -> bool:
        """Whether the question is asked once per side."""
        return self.criterion is not None and self.criterion.per is Scope.SIDE

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
        """A group's truth in words; where levels or sides differ, at how many of them it is met."""
        if not self.truths:
            return NOT_APPLICABLE
        words = WAIVER_WORDS if self.kind is RowKind.EXCEPTIONS else TRUTH_WORDS
        if (truth := self.truth) is not None:
            return "waived" if self.is_waived else words[truth]
        places = tuple(place for place, _ in self.truths)
        met = sum(truth is Truth.TRUE for _, truth in self.truths)
        verb = "waives" if self.kind is RowKind.EXCEPTIONS else "met"
        return f"{verb} at {met} of {len(places)} {places_word(places)}"

    @property
    def is_waived(self) -> bool:
        """Whether it is met only because an exception holds, wherever it counts."""
        return bool(self.truths) and set(self.waived_at) == {place for place, _ in self.truths}

    def cell(self, *subjects: str) -> AnswerCell | None:
        """The cell asked of one of these levels and sides; the first one where none of them is among the cells."""
        found = next((cell for cell in self.cells if cell.key.subject in subjects), None)
        return found or (self.cells[0] if self.cells else None)

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        if self.is_group:
            return (
                f"{self.rule}: {self.text}, {self.truth_word}"
                if self.text
                else f"{self.rule}, {self.truth_word}"
            )
        parts = [f"exception: {self.text}" if self.is_exception else self.text]
        if self.must_be_absent:
            parts.append("must be absent")
        if self.threshold:
            parts.append(f"needs {self.threshold}")
        for cell in self.cells:
            said = f"{cell.caption}: {cell.state_word}" if cell.caption else cell.state_word
            parts.append(f"{said} ({cell.evidence_word})" if cell.evidence_word else said)
        if not self.cells:
            parts.append(NO_PLACE[self.is_per_side])
        return ", ".join(parts)


def place_word(level: LevelTrace) -> str:
    """The level and side of an evaluation: `L4-L5 left`; empty where the line names neither."""
    return " ".join(part for part in (level.level, level.side) if part)


def places_word(places: Collection[str]) -> str:
    """What places are called together."""
    with_side = sum(place.endswith(SIDES) for place in places)
    if not with_side:
        return "levels"
    return "sides" if all(place in SIDES for place in places) else "levels and sides"


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
