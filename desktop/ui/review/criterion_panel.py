"""Everything about the current question in one place: words, source, answer, evidence and note; it records nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.domain.criteria import Source
from desktop.domain.gap import Gap
from desktop.ui.review.answer_fields import AmountField, ExceptionField
from desktop.ui.review.criteria_rows import TRUTH_WORDS, WAIVER_WORDS, AnswerCell, CriteriaRow, RowKind
from desktop.ui.review.evidence_list import EvidenceList
from desktop.ui.review.highlights import evidence_rows
from desktop.ui.review.note_editor import NoteEditor
from desktop.ui.review.record_bar import RecordBar
from desktop.ui.review.record_says import record_says
from desktop.ui.review.state_buttons import StateButtons
from desktop.ui.review.way_rows import needs_of
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import hairline, label, section_header

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView

PROOFS = {
    "T": "text read",
    "O": "older text read",
    "S": "reported by others, confirm it",
    "H": "heading only",
    "U": "typed by the user",
}
NO_EVIDENCE = "No words linked yet. Select words in the note and press Enter."


class CriterionPanel(QWidget):
    """Left the question and its answer, in the middle its evidence, right the note."""

    exception_given = Signal(str)
    typing_ended = Signal()
    """The focus belongs back in the tree."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label("", "strong", wraps=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.where = label("", "muted", wraps=True)
        self.reason = label("", "muted", wraps=True)
        self.needs = label("", "warning", wraps=True)
        self.source = label("", "caption", wraps=True)
        self.states = StateButtons(theme)
        self.record = RecordBar()
        self.amount = AmountField()
        self.exception = ExceptionField()
        self.evidence_heading = section_header("Evidence")
        self.evidence = EvidenceList(theme)
        self.no_evidence = label(NO_EVIDENCE, "muted", wraps=True)
        self.no_evidence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note = NoteEditor()
        self.note_heading = section_header("Note")
        self._build(theme)
        self.exception.source_given.connect(self.exception_given)
        for field in (self.exception, self.amount):
            field.closed.connect(self.typing_ended)
        self.note.escaped.connect(self.typing_ended)

    def show_question(
        self, view: ReviewView, row: CriteriaRow | None, key: AssessmentKey | None, *, is_editable: bool
    ) -> None:
        """Show a question with its answer, or say what a group asks for."""
        cell = next((cell for cell in row.cells if cell.key == key), None) if row else None
        assessment = view.assessments.get(key) if key else None
        self.words.setText(_heading(row))
        self.where.setText(_particulars(row, cell))
        self.where.setVisible(bool(self.where.text()))
        self.reason.setText(cell.reason if cell else "")
        self.reason.setVisible(bool(self.reason.text()))
        self.source.setText(_source_line(row))
        self.states.setVisible(row is None or not row.is_group)
        self.states.show_state(cell.state if cell else None)
        criterion = row.criterion if row else None
        threshold = criterion.threshold if criterion and cell else None
        self.amount.show_amount(key, threshold, assessment.amount if assessment else None)
        self.record.show_record(record_says(view, key), is_editable=is_editable)
        self.exception.show_source(
            key,
            assessment.exception_source if assessment else "",
            is_exception=cell is not None and cell.state is AssessmentState.EXCEPTION,
        )
        rows = evidence_rows(view, key)
        self.evidence.show_rows(rows)
        self.evidence_heading.setText(f"Evidence {len(rows)}" if rows else "Evidence")
        self.evidence.setVisible(bool(rows))
        self.no_evidence.setVisible(not rows)
        self.note.show_note(key, assessment.note if assessment else "")
        for widget in (self.states, self.amount, self.exception):
            widget.setEnabled(is_editable and key is not None)
        self.note.setReadOnly(not is_editable)

    def show_gap(self, gap: Gap | None) -> None:
        """Say what would close the question, where a way to met asks for it."""
        self.needs.setText(f"Still needed: {needs_of(gap)}" if gap else "")
        self.needs.setVisible(gap is not None)

    def _build(self, theme: Theme) -> None:
        question = QWidget()
        inner = QVBoxLayout(question)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.setSpacing(4)
        for widget in (self.where, self.needs, self.source, self.reason):
            inner.addWidget(widget)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Particulars of the criterion")
        area.setWidget(question)
        # Where there is little room these scroll: the answers above must never be cut through.
        for widget in (area, self.evidence, self.note):
            widget.setMinimumHeight(theme.px(20))
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.amount)
        left.addWidget(self.exception)
        left.addWidget(area, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 4)
        row.addWidget(_upright())
        row.addLayout(_titled(self.evidence_heading, self.evidence, self.no_evidence), 5)
        row.addWidget(_upright())
        row.addLayout(_titled(self.note_heading, self.note), 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.states)
        column.addWidget(self.record)
        column.addLayout(row, 1)


def _titled(heading: QLabel, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(heading)
    for widget in widgets:
        column.addWidget(widget, 1)
    return column


def _upright() -> QFrame:
    line = hairline()
    line.setFixedSize(1, 16_777_215)
    line.setMinimumHeight(0)
    return line


def _heading(row: CriteriaRow | None) -> str:
    if row is None:
        return "Choose a criterion"
    return f"{row.rule}: {row.text}" if row.is_group and row.text else row.text or row.rule


def _particulars(row: CriteriaRow | None, cell: AnswerCell | None) -> str:
    """Level, polarity, threshold, age and kind of evidence, as far as the criterion has them."""
    if row is None:
        return ""
    if row.criterion is None:
        words = WAIVER_WORDS if row.kind is RowKind.EXCEPTIONS else TRUTH_WORDS
        by_place = [
            f"{place} {'waived' if place in row.waived_at else words[truth]}"
            for place, truth in row.truths
            if place
        ]
        return " · ".join(by_place) or row.truth_word
    if cell is None:
        return f"This is asked for each {'side' if row.is_per_side else 'level'}, and the service line names none."
    kinds = ", ".join(kind.label.lower() for kind in row.criterion.evidence_types)
    within = row.criterion.within
    parts = (
        _at(row, cell),
        "must be absent: met means shown to be absent" if row.must_be_absent else "",
        f"needs {row.threshold}" if row.threshold else "",
        f"proved by {kinds}" if kinds else "",
        f"no older than {within.caption}" if within else "",
        row.criterion.note,
    )
    words = " · ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def _at(row: CriteriaRow, cell: AnswerCell) -> str:
    exception = "an exception: when it holds, it waives the rule" if row.is_exception else ""
    where = f"{cell.caption} side" if row.is_per_side else f"at {cell.caption}" if cell.caption else ""
    return " · ".join(part for part in (exception, where) if part)


def _source_line(row: CriteriaRow | None) -> str:
    source: Source | None = row.criterion.source if row and row.criterion else None
    if source is None:
        return ""
    return " · ".join(part for part in (source.document, source.locator, PROOFS[source.proof]) if part)
