"""Shows one document as plain text to read and select, with linked words underlined; it must never see markup."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.ui.review.highlight_painter import HighlightPainter
from desktop.ui.review.highlights import Highlight, at_offset
from desktop.ui.review.note_text import NoteText
from desktop.ui.theme import Theme

MEASURE = 90
"""About the most characters on a line of prose."""
PROSE = (
    "There is lucency around the screws of the first sacral segment, and no bridging bone is seen below it. "
)
"""What a line is measured with: the average width that a font states counts rare wide letters too."""
LINE_PX = 24
"""Least height of a line: 1.6 times the 15 px of the type, and more where a sign from another font is taller."""


class NoteView(QTextEdit):
    """Read-only text with a caret that the keyboard moves. Offsets in its interface count the document's characters."""

    hovered = Signal(object)
    """The tuple of highlights under the mouse or the caret; empty when there are none."""
    selected = Signal()
    """The mouse was released with words selected."""
    activated = Signal(object)
    """A highlight was clicked, without selecting."""
    focused = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = NoteText("")
        self._highlights: tuple[Highlight, ...] = ()
        self._under: tuple[Highlight, ...] = ()
        self._painter = HighlightPainter(self, theme)
        self._anchor: int | None = None
        """The character to keep at the top through changes of size, until the reader scrolls."""
        self.setAcceptRichText(False)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setProperty("role", "reading")
        self.setAccessibleName("Note")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def note(self) -> NoteText:
        """The text shown, with the way between offsets and positions."""
        return self._text

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """The linked words of this document."""
        return self._highlights

    def show_text(self, text: str, page_starts: tuple[int, ...] = (0,)) -> None:
        """Show another document from its beginning."""
        self._text = NoteText(text)
        self._highlights = ()
        self._painter.show(self._text, page_starts)
        self._anchor = None
        self._point_at(())
        self.setPlainText(self._text.shown)
        self._set_type()

    def show_highlights(self, highlights: tuple[Highlight, ...]) -> None:
        """Underline these words; nothing is laid out anew."""
        if highlights != self._highlights:
            self._highlights = highlights
            self._painter.set_highlights(highlights)
            self._dim()
            self.viewport().update()

    def emphasise(self, link_ids: frozenset[str], spotlight: str | None = None) -> None:
        """Bring out the words of the current criterion and dim the rest; `spotlight` is the one just asked for.

        Nothing is dimmed when none of them is in this document, or while the note itself is being read.
        """
        if self._painter.emphasise(link_ids, spotlight):
            self._dim()
            self.viewport().update()

    def selected_span(self) -> tuple[int, int] | None:
        """Offsets of the selected words without white space around them; None when no words are selected."""
        cursor = self.textCursor()
        start = self._text.offset(cursor.selectionStart())
        end = self._text.offset(cursor.selectionEnd())
        start, end = self._text.trimmed(start, end)
        return (start, end) if start < end else None

    def reveal(self, start: int, end: int, *, is_selected: bool = False) -> None:
        """Scroll so that the words stand in the upper half, caret before them or the words selected."""
        self._anchor = None
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._text.position(start))
        if is_selected:
            cursor.setPosition(self._text.position(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        top = self.cursorRect(cursor).top()
        room = self.viewport().height()
        if not 0 <= top <= room * 0.6:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + top - room // 3)

    def is_in_sight(self, offset: int) -> bool:
        """Whether a character is in the part that can be seen."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._text.position(offset))
        return self.viewport().rect().contains(self.cursorRect(cursor).center())

    def top_offset(self) -> int:
        """The first character that can be seen."""
        bar = self.verticalScrollBar().value()
        if bar <= 0:
            return 0
        point = QPointF(self.text_margin() + 1, bar + self._theme.px(LINE_PX) / 2)
        position = self.document().documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        return self._text.offset(max(0, position))

    def scroll_to(self, offset: int) -> None:
        """Scroll so that a character is at the top; offset 0 is the very beginning."""
        self._anchor = offset
        self._scroll_to_anchor()

    def caret_offset(self) -> int:
        """Where the caret is."""
        return self._text.offset(self.textCursor().position())

    def clear_selection(self) -> None:
        """Drop the selection; the caret stays at its end."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain words of the record, exactly."""
        mime = QMimeData()
        cursor = self.textCursor()
        start, end = self._text.offset(cursor.selectionStart()), self._text.offset(cursor.selectionEnd())
        mime.setText(self._text.text[start:end])
        return mime

    def loadResource(self, type: int, name: object) -> object:  # noqa: A002  # Qt's name
        """Nothing is ever loaded for a text: there is no markup in it."""
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tints under the text, underlines and page marks over it."""
        painter = QPainter(self.viewport())
        self._painter.paint_under(painter, event.rect())
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._painter.paint_over(painter, event.rect())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moving and copying only; keys that mean something to the screen go on to it."""
        self._anchor = None
        if event.text().isprintable() and event.text() and event.text() != " ":
            modified = event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            )
            if not modified:
                event.ignore()
                return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pointing at linked words lights their criterion."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._point_at(self._highlights_at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Words were selected, or linked words were clicked."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.selected_span() is not None:
            self.selected.emit()
        elif found := self._highlights_at(event):
            self.activated.emit(found[0])

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse points at nothing any more."""
        super().leaveEvent(event)
        self._point_at(())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Reading: nothing is dimmed."""
        super().focusInEvent(event)
        self._dim()
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The criterion in focus is shown again by dimming the rest."""
        super().focusOutEvent(event)
        self._dim()
        self.focused.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the measure, and the words at the top where they are."""
        if self._anchor is None:
            self._anchor = self.top_offset()
        super().resizeEvent(event)
        self._set_measure()
        self._scroll_to_anchor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """From here on the reader decides what is at the top."""
        self._anchor = None
        super().wheelEvent(event)

    def _scroll_to_anchor(self) -> None:
        """Before the first showing there is no layout to scroll in: the anchor waits for the resize that comes."""
        if not self._anchor:
            self.verticalScrollBar().setValue(0)
        elif self.isVisible():
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._text.position(self._anchor))
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect(cursor).top())

    def _scrolled(self, value: int) -> None:
        if self.verticalScrollBar().isSliderDown():
            self._anchor = None

    def _highlights_at(self, event: QMouseEvent) -> tuple[Highlight, ...]:
        point = event.position()
        position = (
            self.document()
            .documentLayout()
            .hitTest(point + self._painter.scroll_offset(), Qt.HitTestAccuracy.ExactHit)
        )
        return at_offset(self._highlights, self._text.offset(position)) if position >= 0 else ()

    def _caret_moved(self) -> None:
        if self.hasFocus():
            self._point_at(at_offset(self._highlights, self.caret_offset()))

    def _point_at(self, highlights: tuple[Highlight, ...]) -> None:
        if highlights != self._under:
            self._under = highlights
            self._painter.point_at(frozenset(item.link_id for item in highlights))
            self.viewport().update()
            self.hovered.emit(highlights)

    def _dim(self) -> None:
        """Only colours of what is painted: nothing is laid out anew."""
        is_dimmed = self._painter.has_emphasis and not self.hasFocus()
        self.setExtraSelections(self._painter.dimmed_words(self.document()) if is_dimmed else [])

    def _restyle(self) -> None:
        self.setFont(self._theme.font(15, face="reading"))
        self._set_type()
        self._dim()

    def _set_type(self) -> None:
        document = self.document()
        document.setDefaultFont(self._theme.font(15, face="reading"))
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        spacing = QTextBlockFormat()
        spacing.setLineHeight(self._theme.px(LINE_PX), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor.mergeBlockFormat(spacing)
        self._set_measure()

    def _set_measure(self) -> None:
        """Margins that leave at most `MEASURE` characters, kept in the document so that marks can stand in them."""
        metrics = QFontMetricsF(self.document().defaultFont())
        wanted = metrics.horizontalAdvance(PROSE) / len(PROSE) * MEASURE
        least = self._theme.px(20)
        side = max(least, (self.viewport().width() - wanted) / 2)
        frame = self.document().rootFrame()
        layout = frame.frameFormat()
        if abs(layout.leftMargin() - side) >= 1 or not layout.hasProperty(
            QTextFormat.Property.FrameLeftMargin
        ):
            layout.setMargin(0)
            layout.setLeftMargin(side)
            layout.setRightMargin(side)
            layout.setTopMargin(self._theme.px(12))
            layout.setBottomMargin(self._theme.px(24))
            frame.setFrameFormat(layout)

    def text_margin(self) -> float:
        """Pixels at the left and right of the text column."""
        return self.document().rootFrame().frameFormat().leftMargin()

    def text_rect(self, start: int, end: int) -> QRectF:
        """The box around words in the viewport, for tests and for scrolling to them."""
        return self._painter.box(start, end)
