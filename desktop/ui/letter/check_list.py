"""The letter check: what keeps the letter from being issued first, then what deserves a second look."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.letter_check import LetterProblem
from desktop.domain.severity import Severity
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label, plain_tooltip
from desktop.ui.widgets.icons import icon

_BLOCK = Qt.ItemDataRole.UserRole + 1
_MOST_ROWS = 4
_ORDER = (Severity.ERROR, Severity.WARNING)


class CheckList(QWidget):
    """One line per finding; Enter or a click goes to the block it concerns."""

    block_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems: tuple[LetterProblem, ...] = ()
        self._heading = label("", "strong")
        self.list = QListWidget()
        self.list.setAccessibleName("Letter check")
        self.list.setUniformItemSizes(True)
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.setSpacing(4)
        rows.addWidget(self._heading)
        rows.addWidget(self.list)
        theme.changed.connect(self._fill)

    @property
    def heading(self) -> str:
        """The summary line."""
        return self._heading.text()

    def show_problems(self, problems: tuple[LetterProblem, ...]) -> None:
        """Show findings, errors first."""
        ordered = tuple(sorted(problems, key=_by_severity))
        if ordered != self._problems or not self._heading.text():
            self._problems = ordered
            self._fill()

    def go_to_next(self) -> None:
        """Choose the next finding and go to its block."""
        if not self.list.count():
            return
        self.list.setCurrentRow((self.list.currentRow() + 1) % self.list.count())
        self._go(self.list.currentItem())

    def _fill(self) -> None:
        errors = sum(problem.severity is Severity.ERROR for problem in self._problems)
        warnings = len(self._problems) - errors
        if not self._problems:
            self._heading.setText("Letter check: nothing is missing")
        else:
            parts = [_counted(errors, "thing to put right", "things to put right")] if errors else []
            parts += [_counted(warnings, "thing to look at", "things to look at")] if warnings else []
            self._heading.setText(f"Letter check: {', '.join(parts)}")
        row = self.list.currentRow()
        self.list.clear()
        for problem in self._problems:
            is_error = problem.severity is Severity.ERROR
            word = "To put right" if is_error else "To look at"
            item = QListWidgetItem(f"{word}: {problem.message}")
            color = self._theme.color("not_met" if is_error else "unclear")
            item.setIcon(icon("cross" if is_error else "warning", color, self._theme.px(14)))
            item.setData(_BLOCK, problem.block_id or "")
            item.setToolTip(plain_tooltip(problem.message))
            self.list.addItem(item)
        self.list.setVisible(bool(self._problems))
        rows = min(_MOST_ROWS, len(self._problems))
        self.list.setFixedHeight(rows * max(24, self.list.sizeHintForRow(0)) + 4)
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def _go(self, item: QListWidgetItem) -> None:
        block_id = str(item.data(_BLOCK))
        if block_id:
            self.block_wanted.emit(block_id)


def _by_severity(problem: LetterProblem) -> int:
    return _ORDER.index(problem.severity)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
