"""What lies under outline and form: findings, test cases, and what the set would change; it works nothing out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.services.criteria_draft_cases import OwnCase
from desktop.services.criteria_draft_check import DraftProblem
from desktop.ui.criteria.change_words import ChangeLine
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.icons import themed_icon

FINDINGS, CASES, CHANGES = range(3)
_AT = int(Qt.ItemDataRole.UserRole)
NO_FINDING = "Nothing to put right."
NO_CASE = (
    "No test cases yet. Keep the answers of the open case as one: without names or dates of the patient. "
    "From then on every change of the set is held against it."
)
NO_CHANGE = "Save the set once: from then on this says what a change would do to it and to open cases."


class LowerPane(QWidget):
    """Three lists behind tabs with their numbers."""

    problem_chosen = Signal(object)
    """The DraftProblem to go to."""
    case_asked = Signal()
    """Keep the open case's answers as a test case."""
    case_removed = Signal(int)
    shown = Signal(int)
    """Another tab is in front."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems: tuple[DraftProblem, ...] = ()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Findings, test cases, changes")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.findings = _list("Findings about the set")
        self.cases = _list("Test cases of the set")
        self.changes = _list("What the set would change")
        self._empty = [label(words, "muted", wraps=True) for words in (NO_FINDING, NO_CASE, NO_CHANGE)]
        self.keep_case = button("Keep this case's answers as a test case", "link")
        self.drop_case = button("Remove the test case", "link")
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._turned)
        for each in (self.findings, self.cases, self.changes):
            each.itemClicked.connect(self._activated)
            each.itemActivated.connect(self._activated)
        self.keep_case.clicked.connect(self.case_asked)
        self.drop_case.clicked.connect(self._drop_case)
        self.show_findings(())
        self.show_cases((), (), may_add=False)
        self.show_changes(())

    @property
    def front(self) -> int:
        """Which list is in front."""
        return self.tabs.currentIndex()

    def bring(self, tab: int) -> None:
        """Bring a list to the front."""
        self.tabs.setCurrentIndex(tab)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        lists: list[QWidget] = [self.findings, self.cases, self.changes]
        return [
            self.tabs,
            lists[self.front],
            *([self.keep_case, self.drop_case] if self.front == CASES else []),
        ]

    def show_findings(self, problems: Sequence[DraftProblem], where: Sequence[str] = ()) -> None:
        """List what is wrong and what would be better; `where` names the node of each."""
        self._problems = tuple(problems)
        self.findings.clear()
        for at, (problem, place) in enumerate(zip(problems, where, strict=True)):
            name, color = ("dotted", "unclear") if problem.is_advice else ("cross", "not_met")
            item = QListWidgetItem(f"{place}: {problem.words}" if place else problem.words, self.findings)
            item.setIcon(themed_icon(self._theme, name, color, 14))
            item.setData(_AT, at)
            said = "To consider" if problem.is_advice else "To be put right"
            item.setData(int(Qt.ItemDataRole.AccessibleTextRole), f"{said}: {item.text()}")
        wrong = sum(not problem.is_advice for problem in problems)
        advice = len(problems) - wrong
        parts = [f"{wrong} to put right" if wrong else "", f"{advice} to consider" if advice else ""]
        self.tabs.setTabText(FINDINGS, " · ".join(part for part in parts if part) or "Findings")
        self._fit(FINDINGS)

    def show_cases(self, cases: Sequence[OwnCase], problems: Sequence[str], *, may_add: bool) -> None:
        """List the test cases and how they came out, or what keeps them from being read."""
        chosen = self.cases.currentRow()
        self.cases.clear()
        for at, case in enumerate(cases):
            name, color = ("check", "met") if case.has_passed else ("cross", "not_met")
            words = "as expected" if case.has_passed else " ".join(case.differences)
            item = QListWidgetItem(f"{case.name} · {words}", self.cases)
            item.setIcon(themed_icon(self._theme, name, color, 14))
            item.setData(_AT, at)
        for words in problems:
            item = QListWidgetItem(words, self.cases)
            item.setIcon(themed_icon(self._theme, "cross", "not_met", 14))
        self.cases.setCurrentRow(min(max(chosen, 0), self.cases.count() - 1))
        failed = sum(not case.has_passed for case in cases)
        count = f" {len(cases)}" if cases else ""
        self.tabs.setTabText(CASES, f"Test cases{count}" + (f" · {failed} otherwise" if failed else ""))
        self.keep_case.setEnabled(may_add)
        self.drop_case.setEnabled(bool(cases))
        self._fit(CASES)

    def show_changes(self, lines: Sequence[ChangeLine], count: int = 0) -> None:
        """List what differs and which open cases would come out otherwise; `count` is that of the cases."""
        self.changes.clear()
        for line in lines:
            item = QListWidgetItem(line.words if line.is_heading else f"    {line.words}", self.changes)
            if line.is_heading:
                item.setFont(self._theme.font(13, QFont.Weight.DemiBold))
            if line.is_loud:
                item.setForeground(self._theme.color("unclear"))
        said = "1 case" if count == 1 else f"{count} cases"
        self.tabs.setTabText(CHANGES, f"What it changes · {said}" if count else "What it changes")
        self._fit(CHANGES)

    def _fit(self, tab: int) -> None:
        lists = (self.findings, self.cases, self.changes)
        lists[tab].setVisible(bool(lists[tab].count()))
        self._empty[tab].setVisible(not lists[tab].count())

    def _turned(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.shown.emit(at)

    def _activated(self, item: QListWidgetItem) -> None:
        at: object = item.data(_AT)
        if item.listWidget() is self.findings and isinstance(at, int):
            self.problem_chosen.emit(self._problems[at])

    def _drop_case(self) -> None:
        item = self.cases.currentItem()
        at: object = item.data(_AT) if item else None
        if isinstance(at, int):
            self.case_removed.emit(at)

    def _lay_out(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
        column.setSpacing(theme.px(2))
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        for shown, empty in zip((self.findings, self.cases, self.changes), self._empty, strict=True):
            page = QWidget()
            inner = QVBoxLayout(page)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(theme.px(2))
            empty.setContentsMargins(theme.px(10), theme.px(4), theme.px(10), theme.px(4))
            inner.addWidget(shown, 1)
            inner.addWidget(empty, 0)
            if shown is self.cases:
                row = QHBoxLayout()
                row.addWidget(self.keep_case)
                row.addWidget(self.drop_case)
                row.addStretch(1)
                inner.addLayout(row)
            inner.addStretch(0)
            self.tabs.addTab("")
            self._stack.addWidget(page)


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.setTextElideMode(Qt.TextElideMode.ElideNone)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
