"""The list of sets to choose from: words, marks and reasons, painted; it chooses nothing by itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.rules.editions import ReviewState
from desktop.ui.review.choice_rows import ChoiceEntry, ChoiceHeading, ChoiceRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.state_badge import StateVisual, badge_size, paint_badge

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class ChoiceModel(QAbstractListModel):
    """Headings and sets; only sets can be selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[ChoiceEntry, ...] = ()

    def show(self, entries: tuple[ChoiceEntry, ...]) -> None:
        """Show other sets."""
        if entries != self.entries:
            self.beginResetModel()
            self.entries = entries
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can be read, not chosen."""
        if not index.isValid() or isinstance(self.entries[index.row()], ChoiceHeading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The entry for the delegate; words for a screen reader."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text if isinstance(entry, ChoiceHeading) else entry.title
        return entry.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None


class ChoiceDelegate(QStyledItemDelegate):
    """A set: title, publisher and number, details, and one line for each thing that speaks against it."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped words need."""
        entry: object = index.data(ENTRY_ROLE)
        if isinstance(entry, ChoiceHeading | ChoiceRow):
            return QSize(0, self._flow(None, entry, QRect(0, 0, self._view.viewport().width(), 0)))
        return QSize(0, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Words and badges; the current set has the selection's ground and a ring."""
        entry: object = index.data(ENTRY_ROLE)
        if not isinstance(entry, ChoiceHeading | ChoiceRow):
            return
        rect = self._view.visualRect(index)  # pyright: ignore[reportArgumentType]  # persistent indexes convert
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if is_current:
            painter.fillRect(rect, self._theme.color("selection" if self._view.hasFocus() else "accent_soft"))
        self._flow(painter, entry, rect)
        if is_current and self._view.hasFocus():
            paint_focus_ring(painter, rect, self._theme)
        painter.restore()

    def _flow(self, painter: QPainter | None, entry: ChoiceEntry, rect: QRect) -> int:
        """Paint an entry from the top of `rect`, or only measure it; returns its height."""
        theme = self._theme
        left, width = rect.left() + theme.px(16), rect.width() - theme.px(30)
        y = rect.top() + theme.px(6)
        if isinstance(entry, ChoiceHeading):
            if entry.is_section:
                y = self._text(
                    painter, entry.text, left, y + theme.px(6), width, QFont.Weight.DemiBold, 15, "text"
                )
            else:
                y = self._text(painter, entry.text, left, y, width, QFont.Weight.DemiBold, 12, "muted")
                if entry.why:
                    y = self._text(painter, entry.why, left, y, width, QFont.Weight.Normal, 12, "accent")
            return y + theme.px(2) - rect.top()
        color = "text" if entry.is_in_force else "muted"
        y = self._text(painter, entry.title, left, y, width, QFont.Weight.Medium, 13, color)
        y = self._text(painter, entry.name, left, y, width, QFont.Weight.Normal, 12, "muted")
        if entry.details:
            y = self._text(painter, entry.details, left, y, width, QFont.Weight.Normal, 12, "muted")
        y = self._badges(painter, entry, left, y + theme.px(3), width)
        for warning in entry.warnings:
            y = self._text(painter, warning.sentence, left, y, width, QFont.Weight.Normal, 12, "unclear")
        if entry.review.state is not ReviewState.FRESH:
            late = entry.review.state is ReviewState.OVERDUE
            said = "not_met" if late else "unclear"
            y = self._text(painter, entry.review.sentence, left, y, width, QFont.Weight.Normal, 12, said)
        y += theme.px(6)
        if painter is not None:
            painter.setPen(theme.color("hairline"))
            painter.drawLine(left, y - 1, left + width, y - 1)
        return y - rect.top()

    def _badges(self, painter: QPainter | None, row: ChoiceRow, left: int, y: int, width: int) -> int:
        visuals = [StateVisual(word, "warning", "unclear", "unclear_soft") for word in row.marks]
        if row.is_own:
            visuals.insert(0, StateVisual("Own", "case", "accent", "accent_soft"))
        if not visuals:
            return y
        theme, x, height = self._theme, left, 0
        for visual in visuals:
            size = badge_size(theme, visual)
            if x > left and x + size.width() > left + width:
                x, y = left, y + height + theme.px(3)
            if painter is not None:
                paint_badge(painter, theme, visual, QPointF(x, y + size.height() / 2))
            x += size.width() + theme.px(6)
            height = size.height()
        return y + height + theme.px(3)

    def _text(
        self,
        painter: QPainter | None,
        words: str,
        left: int,
        y: int,
        width: int,
        weight: QFont.Weight,
        size: int,
        color: str,
    ) -> int:
        font = self._theme.font(size, weight, tabular=True)
        box = QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 10_000), _WRAP, words)
        if painter is not None:
            painter.setFont(font)
            painter.setPen(self._theme.color(color))
            painter.drawText(QRect(left, y, max(width, 40), box.height()), _WRAP, words)
        return y + box.height() + self._theme.px(1)


class ChoiceList(QListView):
    """Up and Down walk, Enter or a double click chooses."""

    chosen = Signal(str)
    """The id of a set."""
    left_upwards = Signal()
    """Up on the first set: back to the search."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ChoiceModel(self)
        self.setModel(self._model)
        self.setItemDelegate(ChoiceDelegate(self, theme))
        self.setAccessibleName("Criteria sets to choose from")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(self.choose)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def entries(self) -> tuple[ChoiceEntry, ...]:
        """What is shown."""
        return self._model.entries

    def show_entries(self, entries: tuple[ChoiceEntry, ...]) -> None:
        """Show sets; the first becomes current, so that Enter never takes one that is out of sight."""
        self._model.show(entries)
        start = next((at for at, row in enumerate(entries) if isinstance(row, ChoiceRow)), -1)
        if start >= 0:
            self.selectionModel().setCurrentIndex(
                self._model.index(start), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        # Measured anew first: else the list scrolls to the current set by heights of another width.
        self.doItemsLayout()
        self.scrollToTop()

    def current(self) -> ChoiceRow | None:
        """The current set, or None."""
        at = self.currentIndex().row()
        entry = self.entries[at] if 0 <= at < len(self.entries) else None
        return entry if isinstance(entry, ChoiceRow) else None

    def choose(self) -> None:
        """Choose the current set."""
        if (row := self.current()) is not None:
            self.chosen.emit(row.set_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and choose; no letter may reach the criterion that is not in sight."""
        first = next((at for at, row in enumerate(self.entries) if isinstance(row, ChoiceRow)), -1)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.choose()
            case Qt.Key.Key_Up if self.currentIndex().row() == first:
                self.left_upwards.emit()
            case Qt.Key.Key_Escape | Qt.Key.Key_Tab | Qt.Key.Key_Backtab | Qt.Key.Key_F6:
                event.ignore()
            case _ if event.text().isalnum():
                event.accept()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the words anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
