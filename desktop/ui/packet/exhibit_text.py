"""An exhibit's text to read and select, with what is blacked out in it shown so; it must never see markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.domain.assessment import EvidenceLink, Stance
from desktop.domain.document import Document
from desktop.domain.packet import Redaction
from desktop.ui.review.note_text import NoteText
from desktop.ui.theme import Theme

_MEASURE = 92
_LINE = 22


class ExhibitText(QTextEdit):
    """Read-only text with a caret. Offsets in its interface count the document's characters."""

    blacken_wanted = Signal(int, int)
    """Start and end of the selected words."""
    take_back_wanted = Signal(str)
    """The redaction that the caret stands in."""
    nothing_selected = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = NoteText("")
        self._document: Document | None = None
        self._redactions: tuple[Redaction, ...] = ()
        self._links: tuple[EvidenceLink, ...] = ()
        self._pages: frozenset[int] = frozenset()
        self.setAcceptRichText(False)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setProperty("role", "reading")
        self.setAccessibleName("Text of the exhibit")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_document(
        self,
        document: Document,
        redactions: Sequence[Redaction],
        links: Sequence[EvidenceLink],
        pages: Iterable[int],
    ) -> None:
        """Show a document; the same one again keeps its place."""
        is_same = self._document is not None and (document.id, document.text) == (
            self._document.id,
            self._document.text,
        )
        self._document, self._redactions, self._links = document, tuple(redactions), tuple(links)
        self._pages = frozenset(pages)
        if not is_same:
            self._text = NoteText(document.text)
            self.setPlainText(self._text.shown)
            self._set_type()
            self.moveCursor(QTextCursor.MoveOperation.Start)
        title = " ".join(document.title.split()) or document.kind.label
        self.setAccessibleName(f"Text of {title}")
        self._mark()

    def selected_span(self) -> tuple[int, int] | None:
        """Offsets of the selected words without white space around them; None when no words are selected."""
        cursor = self.textCursor()
        start, end = self._text.offset(cursor.selectionStart()), self._text.offset(cursor.selectionEnd())
        start, end = self._text.trimmed(start, end)
        return (start, end) if start < end else None

    def select(self, start: int, end: int) -> None:
        """Select words and bring them into sight."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._text.position(start))
        cursor.setPosition(self._text.position(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def blacken(self) -> None:
        """Ask for the selected words to be blacked out; in blacked-out words without a selection, to take it back."""
        span = self.selected_span()
        if span is not None:
            self.blacken_wanted.emit(*span)
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            return
        at = self._text.offset(self.textCursor().position())
        found = next((item for item in self._redactions if _holds(item, at)), None)
        if found is not None:
            self.take_back_wanted.emit(found.id)
        else:
            self.nothing_selected.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """B blackens; other letters are left to the screen."""
        control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & control or not event.text().strip():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_B:
            self.blacken()
        else:
            event.ignore()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words only."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines end at the measure, however wide the window is."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and where each page begins."""
        super().paintEvent(event)
        document = self._document
        if document is None or len(document.page_starts) < 2:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._theme.font(12))
        color = self._theme.color("muted")
        for number, start in enumerate(document.page_starts[1:], start=2):
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._text.position(start))
            y = self.cursorRect(cursor).top() - 1
            if not -20 <= y <= self.viewport().height() + 20:
                continue
            painter.setPen(self._theme.color("hairline"))
            painter.drawLine(QPointF(8, y), QPointF(self.viewport().width() - 8, y))
            painter.setPen(color)
            words = f"page {number}" if number in self._pages else f"page {number}, not enclosed"
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(
                QPointF(self.viewport().width() - width - 12, y + painter.fontMetrics().ascent() + 3), words
            )
        painter.end()

    def _mark(self) -> None:
        theme, document = self._theme, self._document
        if document is None:
            return
        starts = (*document.page_starts, len(document.text))
        marks = [
            self._selection(starts[number - 1], starts[number], theme.color("muted"))
            for number in range(1, len(starts))
            if number not in self._pages
        ]
        for link in self._links:
            contradicts = link.stance is Stance.CONTRADICTS
            mark = self._selection(link.span.start, link.span.end)
            form: QTextCharFormat = mark.format  # type: ignore[attr-defined]
            form.setUnderlineStyle(
                QTextCharFormat.UnderlineStyle.DashUnderline
                if contradicts
                else QTextCharFormat.UnderlineStyle.SingleUnderline
            )
            form.setUnderlineColor(theme.color("not_met" if contradicts else "met"))
            mark.format = form  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(mark)
        # Turned round and still legible here, so that the reviewer sees what will be gone.
        marks += [
            self._selection(item.start, item.end, theme.color("surface"), theme.color("text"))
            for item in self._redactions
            if item.start is not None and item.end is not None
        ]
        self.setExtraSelections(marks)

    def _selection(
        self, start: int, end: int, color: QColor | None = None, ground: QColor | None = None
    ) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._text.position(start))
        cursor.setPosition(self._text.position(end), QTextCursor.MoveMode.KeepAnchor)
        words = QTextCharFormat()
        if color is not None:
            words.setForeground(color)
        if ground is not None:
            words.setBackground(ground)
        selection.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss both fields
        selection.format = words  # pyright: ignore[reportAttributeAccessIssue]
        return selection

    def _restyle(self) -> None:
        self.document().setDefaultFont(self._theme.font(15, face="reading"))
        self.document().setDocumentMargin(self._theme.px(16))
        self._set_type()
        self._fit()
        self._mark()

    def _set_type(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        form = QTextBlockFormat()
        form.setLineHeight(self._theme.px(_LINE), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor.mergeBlockFormat(form)

    def _fit(self) -> None:
        letters = QFontMetricsF(self._theme.font(15, face="reading")).horizontalAdvance("n") * _MEASURE
        wanted = int(min(self.viewport().width(), letters + 2 * self._theme.px(16)))
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        if wanted > 0 and self.lineWrapColumnOrWidth() != wanted:
            self.setLineWrapColumnOrWidth(wanted)


def _holds(redaction: Redaction, at: int) -> bool:
    return (
        redaction.start is not None and redaction.end is not None and redaction.start <= at <= redaction.end
    )
