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
GO_BACK = "Back to the outline as it was"
GOING_BACK = (
    "! The outline comes back as it was before the text was shown; what was changed in the text is lost."
)
_LEFT = Qt.AlignmentFlag.AlignLeft


class YamlArea(TextArea):
    """As high as its place, and Tab leaves it."""

    def _fit(self) -> None:
        """The layout gives the height."""


class TextView(QWidget):
    """The text above, its mistakes below."""

    edited = Signal()
    dropped = Signal()
    """The outline is wanted back as it was, without what was changed in the text."""

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
        self.go_back = button(GO_BACK, "link")
        self.going_back = label(GOING_BACK, "warning", wraps=True)
        self.drop_text = button("Drop the changes to the text", "link")
        self.keep_text = button("Go on with the text", "link")
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
        for part in (self.go_back, self.going_back, self.drop_text, self.keep_text):
            column.addWidget(part, 0, _LEFT if part is not self.going_back else Qt.AlignmentFlag(0))
        self.problems.hide()
        self.show_losses(())
        self._ask_back(is_asking=False)
        self._restyle()
        theme.changed.connect(self._restyle)
        self.area.textChanged.connect(self._changed)
        self.go_back.clicked.connect(self._back_asked)
        self.drop_text.clicked.connect(self.dropped)
        self.keep_text.clicked.connect(self._back_refused)
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
        return [
            self.drop_losses,
            self.area,
            self.problems,
            self.go_back,
            self.drop_text,
            self.keep_text,
        ]

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
        if self.drop_text.isHidden() or not problems:
            self._ask_back(is_asking=False)
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

    def _ask_back(self, *, is_asking: bool) -> None:
        """The way back, wherever the text has mistakes; or the question that goes before it."""
        self.go_back.setVisible(bool(self._problems) and not is_asking)
        for part in (self.going_back, self.drop_text, self.keep_text):
            part.setVisible(is_asking)

    def _back_asked(self) -> None:
        self._ask_back(is_asking=True)
        # What is dropped cannot be got back: the answer that keeps it has the keyboard.
        self.keep_text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_refused(self) -> None:
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_back(is_asking=False)

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
