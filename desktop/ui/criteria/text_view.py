"""A set as its YAML text, with what is wrong by line and one key to go there; it does not judge the text itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QTextCursor, QTextFormat
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextEdit, QVBoxLayout, QWidget

from desktop.rules.loader import FileProblem
from desktop.ui.text_area import TextArea
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

_LINE = int(Qt.ItemDataRole.UserRole)
MOST_SHOWN = 6


class YamlArea(TextArea):
    """As high as its place, and Tab leaves it."""

    def _fit(self) -> None:
        """The layout gives the height."""


class TextView(QWidget):
    """The text above, its mistakes below."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems: tuple[FileProblem, ...] = ()
        self.area = YamlArea()
        self.area.setAccessibleName("The set as text")
        self.area.setMinimumHeight(theme.px(120))
        self.area.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Expanding)
        self.problems = QListWidget()
        self.problems.setAccessibleName("What is wrong with the text, by line")
        self.problems.setWordWrap(False)
        self.losses = label("", "warning", wraps=True)
        self.drop_losses = button("Show the outline and drop them", "link")
        self.hint = label(
            "Every key is explained in criteria/README.md. Enter on a line below goes to its place.",
            "caption",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.hint)
        column.addWidget(self.losses)
        column.addWidget(self.drop_losses, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.area, 1)
        column.addWidget(self.problems)
        self.problems.hide()
        self.show_losses(())
        self._restyle()
        theme.changed.connect(self._restyle)
        self.area.textChanged.connect(self._changed)
        self.problems.itemActivated.connect(self._go_to)
        self.problems.itemClicked.connect(self._go_to)

    @property
    def text(self) -> str:
        """The text, exactly."""
        return self.area.exact_text()

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text:
            self.area.setPlainText(text)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [self.drop_losses, self.area, self.problems]

    def show_losses(self, losses: Sequence[str]) -> None:
        """Name what the outline has no place for; nothing where it has room for all."""
        listed = "; ".join(losses)
        self.losses.setText(f"! The outline has no place for this: {listed}." if losses else "")
        self.losses.setVisible(bool(losses))
        self.drop_losses.setVisible(bool(losses))

    def show_problems(self, problems: tuple[FileProblem, ...]) -> None:
        """Mark and list the mistakes."""
        self._problems = problems
        if self.problems.count() or problems:
            self.problems.clear()
        for problem in problems:
            item = QListWidgetItem(f"Line {problem.line}:  {problem.problem} {problem.fix}", self.problems)
            item.setData(_LINE, problem.line)
        self.problems.setVisible(bool(problems))
        shown = min(MOST_SHOWN, len(problems))
        self.problems.setFixedHeight(self._theme.px(30) * max(1, shown) + 8)
        self.area.setAccessibleDescription(
            "\n".join(f"Line {problem.line}: {problem.problem}" for problem in problems)
        )
        self._mark()

    def focus_on(self, line: int) -> None:
        """Put the caret on a line, counted from 1."""
        block = self.area.document().findBlockByNumber(min(line, self.area.blockCount()) - 1)
        self.area.setTextCursor(QTextCursor(block))
        self.area.centerCursor()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, item: QListWidgetItem) -> None:
        line: object = item.data(_LINE)
        if isinstance(line, int):
            self.focus_on(line)

    def _changed(self) -> None:
        self.edited.emit()

    def _restyle(self) -> None:
        font = self._theme.font(13, face="mono")
        self.area.setFont(font)
        self.area.setStyleSheet(f"font-family: '{font.families()[0]}';")
        self.area.setTabStopDistance(2 * QFontMetricsF(font).horizontalAdvance(" "))
        self._mark()

    def _mark(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        colour = QColor(self._theme.color("not_met_soft"))
        for problem in self._problems:
            mark = QTextEdit.ExtraSelection()
            block = self.area.document().findBlockByNumber(min(problem.line, self.area.blockCount()) - 1)
            mark.cursor = QTextCursor(block)
            mark.format.setBackground(colour)
            mark.format.setProperty(int(QTextFormat.Property.FullWidthSelection), True)
            marks.append(mark)
        self.area.setExtraSelections(marks)
