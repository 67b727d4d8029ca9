"""The list of what is offered: sentences on two lines, the space bar takes in or leaves out; it knows no argument."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.argument.offer_rows import LEFT_OUT, OfferRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring, plain_tooltip
from desktop.ui.widgets.icons import paint_icon

_ROW = Qt.ItemDataRole.UserRole + 1
_LINES = 2
INDENT = 32
"""Room for the sign that says whether it is taken, and switches it."""


class OfferList(QListView):
    """Rows by key. Choosing from outside does not announce itself."""

    row_chosen = Signal(str)
    toggled = Signal(str)
    """The space bar was pressed on a row, or its mark was clicked."""
    opened = Signal(str)
    """Enter or a double click."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = QStandardItemModel(self)
        self._rows: tuple[OfferRow, ...] = ()
        self._is_filling = False
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setProperty("role", "rail")
        self.setAccessibleName("What can be argued with")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.activated.connect(self._opened)
        theme.changed.connect(self.doItemsLayout)

    @property
    def rows(self) -> tuple[OfferRow, ...]:
        """What is shown."""
        return self._rows

    @property
    def current_key(self) -> str:
        """The chosen row's key; empty while none is."""
        index = self.currentIndex()
        return self._rows[index.row()].key if index.isValid() else ""

    def show_rows(self, rows: Sequence[OfferRow], current: str = "") -> str:
        """Show rows, keeping the chosen one or its neighbour; returns the key that is chosen now."""
        self._is_filling = True
        wanted, at = current or self.current_key, self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        if [row.key for row in rows] != [row.key for row in self._rows]:
            self._rows = ()
            self._model.clear()
            for row in rows:
                item = QStandardItem()
                item.setEditable(False)
                if row.is_heading:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                self._model.appendRow(item)
        self._rows = tuple(rows)
        for place, row in enumerate(rows):
            item = self._model.item(place)
            item.setText(row.title)
            item.setData(row, _ROW)
            item.setData(row.spoken, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip("" if row.is_heading else plain_tooltip(f"{row.title}\n{row.detail}"))
        place = next((n for n, row in enumerate(rows) if row.key == wanted and not row.is_heading), -1)
        if place < 0:
            place = self._nearest(at)
        if place >= 0:
            self.setCurrentIndex(self._model.index(place, 0))
        self.verticalScrollBar().setValue(scrolled)
        self._is_filling = False
        return self.current_key

    def choose(self, key: str) -> None:
        """Make a row the chosen one."""
        place = next((n for n, row in enumerate(self._rows) if row.key == key), -1)
        if place >= 0:
            self.setCurrentIndex(self._model.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space toggles; letters are left to the screen: the list is searched by its field."""
        if event.key() == Qt.Key.Key_Space and self.current_key:
            self.toggled.emit(self.current_key)
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        """The sign of a row is its switch."""
        super().mouseReleaseEvent(e)
        index = self.indexAt(e.position().toPoint())
        is_sign = e.position().x() - self.visualRect(index).left() < self._theme.px(INDENT)
        if e.button() == Qt.MouseButton.LeftButton and index.isValid() and is_sign:
            row = self._rows[index.row()]
            if not row.is_heading and row.key == self.current_key:
                self.toggled.emit(row.key)

    def resizeEvent(self, e: QResizeEvent) -> None:
        """Sentences break anew with the width."""
        super().resizeEvent(e)
        self.doItemsLayout()

    def _nearest(self, at: int) -> int:
        places = [place for place, row in enumerate(self._rows) if not row.is_heading]
        return min(places, key=lambda place: abs(place - max(at, 0)), default=-1)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_filling:
            self.row_chosen.emit(self._rows[current.row()].key)

    def _opened(self, index: QModelIndex) -> None:
        if index.isValid() and not self._rows[index.row()].is_heading:
            self.opened.emit(self._rows[index.row()].key)


class _Delegate(QStyledItemDelegate):
    """The state's sign and word, the sentence on up to two lines, and quieter under it where it belongs."""

    def __init__(self, theme: Theme, parent: OfferList) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme, row = self._theme, _row_of(index)
        if row is None or row.is_heading:
            return QSize(theme.px(120), QFontMetrics(theme.font(12)).height() + theme.px(16))
        width = self._text_width(self._list.viewport().width())
        lines = len(self._broken(row.title, width, self._title_font(False)))
        height = lines * QFontMetrics(theme.font(13)).height() + QFontMetrics(theme.font(12)).height()
        return QSize(theme.px(120), height + theme.px(13))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, rect = _row_of(index), QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_heading:
            self._paint_heading(painter, rect, row)
        else:
            self._paint_row(painter, rect, row, is_chosen=bool(state & QStyle.StateFlag.State_Selected))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, self._theme)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, row: OfferRow) -> None:
        theme = self._theme
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.color("muted"))
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), -theme.px(3))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignBottom), row.title)

    def _paint_row(self, painter: QPainter, rect: QRectF, row: OfferRow, *, is_chosen: bool) -> None:
        theme = self._theme
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        font = self._title_font(is_chosen)
        metrics = QFontMetrics(font)
        left, top = rect.left() + self._indent(), rect.top() + theme.px(6)
        if row.state is not None:
            side = theme.px(14)
            box = QRectF(rect.left() + theme.px(10), top + (metrics.height() - side) / 2, side, side)
            paint_icon(painter, row.state.icon, box, theme.color(row.state.color), 1.15)
        width = self._text_width(int(rect.width()))
        painter.setFont(font)
        is_out = row.state is LEFT_OUT
        painter.setPen(theme.color("accent" if is_chosen and not is_out else "muted" if is_out else "text"))
        for words in self._broken(row.title, width, font):
            painter.drawText(QPointF(left, top + metrics.ascent()), words)
            top += metrics.height()
        small = theme.font(12)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        state = f"{row.state.word} · " if row.state is not None else ""
        metrics = QFontMetrics(small)
        words = metrics.elidedText(f"{state}{row.detail}", Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPointF(left, top + metrics.ascent() + theme.px(1)), words)

    def _title_font(self, is_chosen: bool) -> QFont:
        # One weight for both: a bolder chosen row would break its lines anew and jump.
        return self._theme.font(13, QFont.Weight.Medium)

    def _indent(self) -> int:
        return self._theme.px(INDENT)

    def _text_width(self, width: int) -> int:
        return max(self._theme.px(60), width - self._indent() - self._theme.px(10))

    def _broken(self, text: str, width: int, font: QFont) -> list[str]:
        """The text on at most two lines, the second shortened with an ellipsis."""
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) <= _LINES:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            starts.append(line.textStart())
        layout.endLayout()
        if len(starts) <= _LINES:
            ends = [*starts[1:], len(text)]
            return [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]
        last = QFontMetrics(font).elidedText(text[starts[1] :], Qt.TextElideMode.ElideRight, width)
        return [text[: starts[1]].rstrip(), last]


def _row_of(index: QModelIndex | QPersistentModelIndex) -> OfferRow | None:
    row: object = index.data(_ROW)
    return row if isinstance(row, OfferRow) else None
