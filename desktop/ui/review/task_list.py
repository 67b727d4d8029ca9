"""The tasks of the case as a list to walk; it asks for what is to be done with one and does none of it."""

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
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.review.task_rows import TaskRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class TaskModel(QAbstractListModel):
    """The tasks of one case."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[TaskRow, ...] = ()

    def show(self, rows: tuple[TaskRow, ...]) -> None:
        """Show other tasks."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many tasks."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The row for the delegate; words for a screen reader."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.draft.text
        return row.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None


class TaskDelegate(QStyledItemDelegate):
    """Two lines: what is to be done, and when, by whom and for what."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same height for every row."""
        return QSize(self._theme.px(160), self._theme.px(48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A mark for open, late or done, then the words."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, TaskRow):
            return
        theme = self._theme
        rect = self._view.visualRect(index)  # pyright: ignore[reportArgumentType]  # persistent indexes convert
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if is_current:
            painter.fillRect(rect, theme.color("selection" if self._view.hasFocus() else "accent_soft"))
        icon, color = _mark(row)
        side = theme.px(13)
        box = rect.adjusted(theme.px(34), theme.px(4), -theme.px(10), -theme.px(4))
        paint_icon(
            painter,
            icon,
            QRectF(rect.left() + theme.px(12), box.top() + theme.px(4), side, side),
            theme.color(color),
            1.2,
        )
        top = QRect(box.left(), box.top(), box.width(), theme.px(21))
        painter.setFont(theme.font(13, QFont.Weight.Medium if row.is_open else QFont.Weight.Normal))
        painter.setPen(theme.color("text" if row.is_open else "muted"))
        self._words(painter, top, row.draft.text)
        below = QRect(box.left(), top.bottom() + 1, box.width(), theme.px(19))
        painter.setFont(theme.font(12, tabular=True))
        if row.news:
            painter.setPen(theme.color("met"))
            shift = painter.fontMetrics().horizontalAdvance(row.news) + theme.px(8)
            self._words(painter, below, row.news)
            below.adjust(shift, 0, 0, 0)
        painter.setPen(theme.color("not_met" if row.is_overdue else "muted"))
        self._words(painter, below, row.details)
        if is_current and self._view.hasFocus():
            paint_focus_ring(painter, rect, theme)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, box: QRect, words: str) -> None:
        room = max(0, box.width())
        shown = painter.fontMetrics().elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)


class TaskList(QListView):
    """Up and Down walk, Enter edits, the space bar marks done, Delete removes."""

    current_changed = Signal()
    edit_asked = Signal()
    done_asked = Signal()
    removal_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = TaskModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(TaskDelegate(self, theme))
        self.setUniformItemSizes(True)
        self.setAccessibleName("Tasks")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self.current_changed)
        self.doubleClicked.connect(self.edit_asked)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def rows(self) -> tuple[TaskRow, ...]:
        """The tasks shown."""
        return self._rows.rows

    def show_rows(self, rows: tuple[TaskRow, ...]) -> None:
        """Show the tasks; the current one stays current, else the place is kept by number."""
        at, kept = self.currentIndex().row(), self.current()
        self._rows.show(rows)
        if rows:
            same = next((number for number, row in enumerate(rows) if kept and row.id == kept.id), None)
            self._go(same if same is not None else min(max(at, 0), len(rows) - 1))

    def current(self) -> TaskRow | None:
        """The current task, or None."""
        at = self.currentIndex().row()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What can be done with the current task; no letter may reach the criterion that is not in sight."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.edit_asked.emit()
            case Qt.Key.Key_Space:
                self.done_asked.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removal_asked.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down | Qt.Key.Key_Home | Qt.Key.Key_End:
                super().keyPressEvent(event)
            case _ if event.text().isalnum() and event.key() != Qt.Key.Key_K:
                event.accept()
            case _:
                event.ignore()

    def _go(self, at: int) -> None:
        self.selectionModel().setCurrentIndex(
            self._rows.index(at), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )


def _mark(row: TaskRow) -> tuple[str, str]:
    if not row.is_open:
        return "check", "met"
    return ("warning", "not_met") if row.is_overdue else ("ring", "muted")
