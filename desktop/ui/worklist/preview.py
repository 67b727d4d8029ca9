"""The quiet page beside the desk: what a case asks, what was decided, what comes next; it must change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.determination import Decision, Determination
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, hairline, label, section_header
from desktop.ui.widgets.state_badge import StateBadge, StateVisual
from desktop.ui.worklist.views import next_step

_DECISIONS = {
    Decision.UNDECIDED: StateVisual("Undecided", "ring", "muted", "sunken"),
    Decision.NECESSARY: StateVisual("Necessary", "check", "met", "met_soft"),
    Decision.NECESSARY_IN_PART: StateVisual("In part", "tilde", "unclear", "unclear_soft"),
    Decision.NOT_NECESSARY: StateVisual("Not necessary", "cross", "not_met", "not_met_soft"),
    Decision.CANNOT_DETERMINE: StateVisual("Cannot be determined", "dotted", "unclear", "unclear_soft"),
}


def decision_visual(decision: Decision) -> StateVisual:
    """How a decision on a service line looks."""
    return _DECISIONS[decision]


@dataclass(frozen=True, slots=True)
class Previewed:
    """What the preview shows of a case."""

    case: Case
    determination: Determination
    open_count: int


class CasePreview(QScrollArea):
    """Shows one case, or nothing."""

    open_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Preview of the selected case")
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._replace(QWidget())

    def show_case(self, previewed: Previewed, today: date, *, is_private: bool) -> None:
        """Show a case as it stands."""
        case = previewed.case
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(
            self._theme.px(16), self._theme.px(16), self._theme.px(16), self._theme.px(16)
        )
        column.setSpacing(self._theme.px(8))
        column.addWidget(label(case.number, "heading"))
        column.addWidget(label(self._about(case, today, is_private=is_private), "muted", wraps=True))
        if case.is_synthetic:
            column.addWidget(label("Synthetic sample: no real person", "caption", wraps=True))
        column.addSpacing(self._theme.px(4))
        column.addWidget(label(case.review_question or "No review question yet.", wraps=True))
        column.addWidget(hairline())
        column.addWidget(section_header("Service lines"))
        if not case.service_lines:
            column.addWidget(label("None recorded yet.", "muted"))
        for line in case.service_lines:
            decision = previewed.determination.line(line.id).decision
            column.addWidget(label(line.caption or "Unnamed service", wraps=True))
            column.addWidget(StateBadge(self._theme, decision_visual(decision)))
            column.addSpacing(self._theme.px(4))
        column.addWidget(hairline())
        column.addWidget(section_header("Next step"))
        column.addWidget(label(next_step(case.status, previewed.open_count), wraps=True))
        column.addSpacing(self._theme.px(8))
        opener = button("Open case", "primary")
        opener.clicked.connect(self.open_requested)
        column.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._replace(page)

    @staticmethod
    def _about(case: Case, today: date, *, is_private: bool) -> str:
        age = case.member.age_on(today)
        parts = [case.status.label]
        if not is_private:
            parts += [case.member.initials, f"{age} years" if age is not None else "", case.coverage.payer]
        if case.denial.deadline_stated_on:
            parts.append(f"notice states {case.denial.deadline_stated_on.isoformat()}")
        return " · ".join(part for part in parts if part)

    def _replace(self, page: QWidget) -> None:
        old = self.takeWidget()
        page.setAutoFillBackground(False)
        self.setWidget(page)
        if old is not None:  # pyright: ignore[reportUnnecessaryComparison]
            old.deleteLater()
