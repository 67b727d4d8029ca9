"""Shows a page of the library as text to read and copy, at the reader's size and look; it must never see markup."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.ui.library.page import Line, Page, Run, Table, Tone
from desktop.ui.theme import Theme

MEASURE = 104
"""About the most characters on a line, indents included."""
_INDENT = 20
_NAMES = 108
"""Width of the column of names beside values."""
_SIZES = {"title": 18, "heading": 15, "text": 13, "small": 12}
_ABOVE = {"title": 0, "heading": 22, "text": 10, "small": 3}
_COLORS = {
    Tone.PLAIN: "text",
    Tone.STRONG: "text",
    Tone.MUTED: "muted",
    Tone.RULE: "accent",
    Tone.VALUE: "text",
    Tone.ACCENT: "accent",
    Tone.GOOD: "met",
    Tone.BAD: "not_met",
    Tone.WARNING: "unclear",
    Tone.EXCEPTION: "exception",
    Tone.ADDED: "met",
    Tone.REMOVED: "not_met",
}
_GROUNDS = {Tone.VALUE: "accent_soft", Tone.ADDED: "met_soft", Tone.REMOVED: "not_met_soft"}
_BOLD = {Tone.STRONG, Tone.RULE, Tone.EXCEPTION}


class ReadingPage(QTextEdit):
    """Read-only text with a caret that the keyboard moves; lines deeper in stand under thin guides."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page = Page("Nothing chosen")
        self.setAcceptRichText(False)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setProperty("role", "reading")
        self.setAccessibleName(self._page.name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        theme.changed.connect(self._restyle)

    @property
    def page(self) -> Page:
        """What is shown."""
        return self._page

    def show_page(self, page: Page) -> None:
        """Show a page from its beginning; the same page again keeps its place."""
        is_same, place = page.name == self._page.name, self.verticalScrollBar().value()
        self._page = page
        self.setAccessibleName(page.name)
        self._write()
        self.verticalScrollBar().setValue(place if is_same else 0)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words only."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def resizeEvent(self, e: QResizeEvent) -> None:
        """Lines end at the measure, however wide the window is."""
        super().resizeEvent(e)
        self._fit()

    def paintEvent(self, e: QPaintEvent) -> None:
        """The text, then a guide for each step in."""
        super().paintEvent(e)
        painter = QPainter(self.viewport())
        painter.setPen(self._theme.color("hairline"))
        shift = QPointF(0, -self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        margin, step = self.document().documentMargin(), self._theme.px(_INDENT)
        block = self.cursorForPosition(e.rect().topLeft()).block()
        while block.isValid():
            box = layout.blockBoundingRect(block).translated(shift)
            if box.top() > e.rect().bottom():
                break
            for depth in range(max(0, block.userState())):
                x = margin + depth * step + step * 0.3
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            block = block.next()
        painter.end()

    # Writing

    def _restyle(self) -> None:
        self._write()
        self._fit()

    def _write(self) -> None:
        document = self.document()
        document.clear()
        document.setDefaultFont(self._theme.font(13))
        document.setDocumentMargin(self._theme.px(16))
        self._fit()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        is_first = True
        for part in self._page.parts:
            if isinstance(part, Line):
                self._write_line(cursor, part, is_new=not is_first)
            else:
                self._write_table(cursor, part)
            is_first = False
        cursor.endEditBlock()
        start = QTextCursor(document)
        self.setTextCursor(start)

    def _write_line(self, cursor: QTextCursor, line: Line, *, is_new: bool) -> None:
        if is_new:
            cursor.insertBlock()
        px = self._theme.px
        form = QTextBlockFormat()
        form.setLeftMargin(px(_INDENT) * line.depth)
        form.setTopMargin(px(2 if line.is_joined else _ABOVE[line.style]))
        form.setLineHeight(124, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setHeadingLevel({"title": 1, "heading": 2}.get(line.style, 0))
        cursor.setBlockFormat(form)
        cursor.block().setUserState(line.depth)
        for run in line.runs:
            cursor.insertText(run.text, self._format(run, line))

    def _write_table(self, cursor: QTextCursor, table: Table) -> None:
        form = QTextTableFormat()
        form.setBorder(0)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setCellSpacing(0)
        form.setCellPadding(self._theme.px(3))
        form.setMargin(0)
        form.setTopMargin(self._theme.px(8))
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        first = (
            QTextLength(QTextLength.Type.FixedLength, self._theme.px(_NAMES))
            if table.columns == "narrow"
            else QTextLength(QTextLength.Type.PercentageLength, 50)
        )
        form.setColumnWidthConstraints([first, QTextLength(QTextLength.Type.VariableLength, 0)])
        made: QTextTable = cursor.insertTable(len(table.rows), 2, form)
        for number, row in enumerate(table.rows):
            for column, lines in enumerate(row):
                inner = made.cellAt(number, column).firstCursorPosition()
                for at, line in enumerate(lines):
                    self._write_line(inner, _joined(line), is_new=at > 0)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _format(self, run: Run, line: Line) -> QTextCharFormat:
        theme = self._theme
        weight = QFont.Weight.DemiBold if run.tone in _BOLD else QFont.Weight.Normal
        size = 12 if run.tone in {Tone.RULE, Tone.EXCEPTION} else _SIZES[line.style]
        font = theme.font(size, weight, tabular=True)
        if run.tone in {Tone.RULE, Tone.EXCEPTION}:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        form = QTextCharFormat()
        form.setFont(font)
        form.setForeground(theme.color(_COLORS[run.tone]))
        if run.tone in _GROUNDS:
            form.setBackground(theme.color(_GROUNDS[run.tone]))
        form.setFontUnderline(run.tone is Tone.ADDED)
        form.setFontStrikeOut(run.tone is Tone.REMOVED)
        return form

    def _fit(self) -> None:
        letters = QFontMetricsF(self._theme.font(13)).horizontalAdvance("n") * MEASURE
        wanted = int(min(self.viewport().width(), letters + 2 * self._theme.px(16)))
        if wanted > 0 and self.lineWrapColumnOrWidth() != wanted:
            self.setLineWrapColumnOrWidth(wanted)


def _joined(line: Line) -> Line:
    return Line(line.runs, line.style, line.depth, is_joined=True)
