"""The quotations linked to the current question; choosing one shows it in the note, and it removes none itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.assessment import Stance
from desktop.ui.review.criteria_delegate import underline_pen
from desktop.ui.review.highlights import EvidenceRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class EvidenceModel(QAbstractListModel):
    """The quotations of one question."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[EvidenceRow, ...] = ()

    def show(self, rows: tuple[EvidenceRow, ...]) -> bool:
        """Show other quotations; whether they are other ones."""
        if rows == self.rows:
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many quotations."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The row for the delegate; words for a screen reader."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.link.span.quote
        return row.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None


class EvidenceDelegate(QStyledItemDelegate):
    """Two lines: the quotation, and what it does with its place."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same height for every row."""
        return QSize(self._theme.px(160), self._theme.px(48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Quotation in the reading face, underlined as in the note."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, EvidenceRow):
            return
        theme = self._theme
        rect = self._view.visualRect(index)  # pyright: ignore[reportArgumentType]  # persistent indexes convert
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if is_current:
            painter.fillRect(rect, theme.color("selection" if self._view.hasFocus() else "accent_soft"))
        contradicts = row.link.stance is Stance.CONTRADICTS
        color = theme.color("not_met" if contradicts else "met")
        box = rect.adjusted(theme.px(10), theme.px(4), -theme.px(10), -theme.px(4))
        quote = QRect(box.left(), box.top(), box.width(), theme.px(21))
        painter.setFont(theme.font(13, face="reading"))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(
            f"“{_one_line(row.link.span.quote)}”", Qt.TextElideMode.ElideRight, quote.width()
        )
        painter.setPen(theme.color("text"))
        painter.drawText(quote, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.setPen(underline_pen(color, is_dashed=contradicts))
        painter.drawLine(
            quote.left(), quote.bottom(), quote.left() + metrics.horizontalAdvance(words), quote.bottom()
        )
        self._paint_place(painter, row, QRect(box.left(), quote.bottom() + 1, box.width(), theme.px(19)))
        if is_current and self._view.hasFocus():
            paint_focus_ring(painter, rect, theme)
        painter.restore()

    def _paint_place(self, painter: QPainter, row: EvidenceRow, box: QRect) -> None:
        theme = self._theme
        contradicts = row.link.stance is Stance.CONTRADICTS
        color = theme.color("not_met" if contradicts else "met")
        side = theme.px(11)
        icon_box = QRectF(box.left(), box.center().y() - side / 2 + 1, side, side)
        paint_icon(painter, "cross" if contradicts else "check", icon_box, color, 1.2)
        font = theme.font(12)
        painter.setFont(font)
        painter.setPen(color)
        metrics = QFontMetrics(font)
        left = box.left() + side + theme.px(5)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(left, box.top(), box.width(), box.height(), middle, row.stance_word)
        left += metrics.horizontalAdvance(row.stance_word) + theme.px(8)
        rest = row.warning or row.place
        painter.setPen(theme.color("not_met" if row.warning else "muted"))
        room = box.right() - left
        shown = metrics.elidedText(rest, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(left, box.top(), room, box.height(), middle, shown)


class EvidenceList(QListView):
    """Up and Down walk, Enter or a click shows the words, Delete asks to remove the link."""

    chosen = Signal(object)
    """The EvidenceRow to show in the note."""
    removal_asked = Signal(str)
    """The id of a link."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = EvidenceModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(EvidenceDelegate(self, theme))
        self.setUniformItemSizes(True)
        self.setAccessibleName("Evidence")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._show)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def rows(self) -> tuple[EvidenceRow, ...]:
        """The quotations shown."""
        return self._rows.rows

    def show_rows(self, rows: tuple[EvidenceRow, ...]) -> None:
        """Show the quotations of a question; the current place is kept by number."""
        at = self.currentIndex().row()
        if self._rows.show(rows) and rows and at >= 0:
            self._go(min(at, len(rows) - 1))

    def current(self) -> EvidenceRow | None:
        """The current quotation, or None."""
        at = self.currentIndex().row()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, show and remove; every other key belongs to the screen."""
        row = self.current()
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                step = -1 if event.key() == Qt.Key.Key_Up else 1
                if self.rows:
                    self._go(max(0, min(self.currentIndex().row() + step, len(self.rows) - 1)))
                    self._show()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._show()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if row is not None:
                self.removal_asked.emit(row.link.id)
            case _:
                event.ignore()

    def _go(self, at: int) -> None:
        self.selectionModel().setCurrentIndex(
            self._rows.index(at), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _show(self) -> None:
        if (row := self.current()) is not None:
            self.chosen.emit(row)


def _one_line(text: str) -> str:
    return " ".join(text.split())
