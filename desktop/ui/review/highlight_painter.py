"""Paints underlines, tints and page marks over a laid-out text; it reads the layout and must never change it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from desktop.domain.assessment import Stance
from desktop.ui.review.criteria_delegate import underline_pen
from desktop.ui.review.highlights import Highlight
from desktop.ui.review.note_text import NoteText
from desktop.ui.theme import Theme
from desktop.ui.widgets.state_badge import with_alpha

DIMMED = 0.65
"""How strong the words around the emphasised ones are; their contrast stays above 4.5 to 1."""


class HighlightPainter:
    """Knows which words are linked, emphasised and pointed at, and where they are on the screen."""

    def __init__(self, view: QTextEdit, theme: Theme) -> None:
        self._view = view
        self._theme = theme
        self._text = NoteText("")
        self._pages: tuple[int, ...] = ()
        self._highlights: tuple[Highlight, ...] = ()
        self._emphasised: frozenset[str] = frozenset()
        self._spotlight: str | None = None
        self._pointed: frozenset[str] = frozenset()

    @property
    def has_emphasis(self) -> bool:
        """Whether any words of this document belong to the current criterion."""
        return any(item.link_id in self._emphasised for item in self._highlights)

    def show(self, text: NoteText, page_starts: tuple[int, ...]) -> None:
        """Another document is shown."""
        self._text = text
        self._pages = page_starts[1:]
        self._highlights = ()

    def set_highlights(self, highlights: tuple[Highlight, ...]) -> None:
        """These words are linked."""
        self._highlights = highlights

    def emphasise(self, link_ids: frozenset[str], spotlight: str | None) -> bool:
        """These links belong to the current criterion. Whether anything is to be painted anew."""
        is_new = (link_ids, spotlight) != (self._emphasised, self._spotlight)
        self._emphasised, self._spotlight = link_ids, spotlight
        return is_new

    def point_at(self, link_ids: frozenset[str]) -> None:
        """The mouse or the caret is on these."""
        self._pointed = link_ids

    def dimmed_words(self, document: QTextDocument) -> list[QTextEdit.ExtraSelection]:
        """Everything but the emphasised words, in the quiet colour, for while a criterion is in focus."""
        bright = sorted(
            (self._text.position(item.start), self._text.position(item.end))
            for item in self._highlights
            if item.link_id in self._emphasised
        )
        found: list[QTextEdit.ExtraSelection] = []
        at = 0
        for start, end in [*bright, (document.characterCount() - 1, 0)]:
            if start > at:
                found.append(self._quiet(document, at, start))
            at = max(at, end)
        return found

    def _quiet(self, document: QTextDocument, start: int, end: int) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        words = QTextCharFormat()
        words.setForeground(with_alpha(self._theme.color("text"), DIMMED))
        selection.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss both fields
        selection.format = words  # pyright: ignore[reportAttributeAccessIssue]
        return selection

    def scroll_offset(self) -> QPointF:
        """From a point of the viewport to one of the document."""
        return QPointF(self._view.horizontalScrollBar().value(), self._view.verticalScrollBar().value())

    def paint_under(self, painter: QPainter, area: QRect) -> None:
        """Tints behind words that are emphasised or pointed at."""
        for item in self._highlights:
            is_bright = item.link_id in self._emphasised
            is_pointed = item.link_id in self._pointed or item.link_id == self._spotlight
            if not (is_bright or is_pointed):
                continue
            tint = (
                "selection"
                if is_pointed
                else "met_soft"
                if item.stance is Stance.SUPPORTS
                else "not_met_soft"
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(tint))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for rect in self._rects(item.start, item.end, area):
                painter.drawRoundedRect(rect.adjusted(-2, -1, 2, 3), 3, 3)

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        """Underlines, and where pages begin."""
        for item in self._highlights:
            contradicts = item.stance is Stance.CONTRADICTS
            color = self._theme.color("not_met" if contradicts else "met")
            if self.has_emphasis and item.link_id not in self._emphasised and not self._view.hasFocus():
                color.setAlphaF(0.45)
            painter.setPen(underline_pen(color, is_dashed=contradicts))
            for rect in self._rects(item.start, item.end, area):
                painter.drawLine(
                    QPointF(rect.left(), rect.bottom() + 1), QPointF(rect.right(), rect.bottom() + 1)
                )
        self._paint_pages(painter, area)

    def box(self, start: int, end: int) -> QRectF:
        """The box around words in the viewport, wherever it is scrolled to."""
        whole = QRectF()
        for rect in self._rects(start, end, None):
            whole = whole.united(rect)
        return whole

    def _paint_pages(self, painter: QPainter, area: QRect) -> None:
        theme = self._theme
        for number, start in enumerate(self._pages, start=2):
            top = next((rect.top() for rect in self._rects(start, start + 1, None)), None)
            if top is None or not area.top() - 20 <= top <= area.bottom() + 20:
                continue
            width = self._view.viewport().width()
            painter.setPen(theme.color("hairline"))
            painter.drawLine(QPointF(theme.px(8), top - 3), QPointF(width - theme.px(8), top - 3))
            words = f"page {number}"
            painter.setFont(theme.font(12, tabular=True))
            size = painter.fontMetrics().size(0, words)
            box = QRectF(
                width - size.width() - theme.px(14), top - 3 - size.height() / 2, size.width(), size.height()
            )
            painter.fillRect(box.adjusted(-4, 0, 4, 0), theme.color("surface"))
            painter.setPen(theme.color("muted"))
            painter.drawText(box, words)

    def _rects(self, start: int, end: int, area: QRect | None) -> Iterator[QRectF]:
        """The boxes of words in the viewport, one for each line; with `area`, only those near it."""
        first, last = self._text.position(start), self._text.position(end)
        document = self._view.document()
        block = document.findBlock(first)
        while block.isValid() and block.position() < last:
            yield from self._rects_in(block, first, last, area)
            block = block.next()

    def _rects_in(self, block: QTextBlock, first: int, last: int, area: QRect | None) -> Iterator[QRectF]:
        outer = self._view.document().documentLayout().blockBoundingRect(block)
        outer.translate(-self.scroll_offset())
        if area is not None and not outer.toAlignedRect().intersects(area.adjusted(0, -8, 0, 8)):
            return
        begin, end = max(0, first - block.position()), last - block.position()
        layout = block.layout()
        for at in range(layout.lineCount()):
            line = layout.lineAt(at)
            left, right = max(begin, line.textStart()), min(end, line.textStart() + line.textLength())
            if left >= right:
                continue
            xs = sorted((_x(line.cursorToX(left)), _x(line.cursorToX(right))))
            top = outer.top() + line.y() + line.height() - line.descent() - line.ascent()
            yield QRectF(outer.left() + xs[0], top, xs[1] - xs[0], line.ascent() + line.descent())


def _x(found: object) -> float:
    """PySide gives the position and the cursor it settled on; only the position is wanted."""
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]
