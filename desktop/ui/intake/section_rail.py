"""The rail beside the intake page: its sections, and what is still wrong or missing in each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon

_COUNT = Qt.ItemDataRole.UserRole + 1
_IS_WRONG = Qt.ItemDataRole.UserRole + 2
_IS_EMPTY = Qt.ItemDataRole.UserRole + 3


class _RailDelegate(QStyledItemDelegate):
    """Paints a section's name and, at the right, how much is missing, a check for nothing, a dot for empty."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One row, tall enough to click."""
        height = QFontMetrics(self._theme.font(13)).height() + self._theme.px(12)
        return QSize(self._theme.px(120), max(30, height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one section."""
        theme = self._theme
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        known = index.data(_COUNT)
        count = int(known or 0)
        is_wrong = bool(index.data(_IS_WRONG))
        side = theme.px(12)
        right = rect.right() - theme.px(10)
        if count:
            painter.setFont(theme.font(12, QFont.Weight.DemiBold, tabular=True))
            painter.setPen(theme.color("not_met" if is_wrong else "unclear"))
            room = QFontMetrics(painter.font()).horizontalAdvance(str(count))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(right - room - 2, rect.top(), room + 2, rect.height()), flags, str(count))
            box = QRectF(right - room - side - theme.px(6), rect.center().y() - side / 2, side, side)
            name = "warning" if is_wrong else "dotted"
            paint_icon(painter, name, box, theme.color("not_met" if is_wrong else "unclear"))
            right = box.left()
        elif index.data(_IS_EMPTY):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("muted"))
            painter.drawEllipse(QPointF(right - side / 2, rect.center().y()), theme.px(2), theme.px(2))
            right -= side
        elif known is not None:
            box = QRectF(right - side, rect.center().y() - side / 2, side, side)
            paint_icon(painter, "check", box, theme.color("met"))
            right = box.left()
        painter.setFont(theme.font(13, QFont.Weight.DemiBold if is_chosen else QFont.Weight.Normal))
        painter.setPen(theme.color("accent" if is_chosen else "text"))
        left = rect.left() + theme.px(10)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        shown = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, int(right - left - theme.px(6))
        )
        painter.drawText(
            QRectF(left, rect.top(), right - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown
        )
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, theme)
        painter.restore()


class SectionRail(QListView):
    """Sections by name. The current one follows the page, and choosing one goes there."""

    def __init__(self, theme: Theme, titles: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self._model = QStandardItemModel(self)
        for title in titles:
            item = QStandardItem(title)
            item.setEditable(False)
            self._model.appendRow(item)
        self.setModel(self._model)
        self.setItemDelegate(_RailDelegate(theme, self))
        self.setProperty("role", "rail")
        self.setAccessibleName("Sections of the intake")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.doItemsLayout)

    def set_count(self, row: int, count: int, *, is_wrong: bool, is_empty: bool = False) -> None:
        """Say how many things a section lacks, whether one of them is an error, and whether it holds nothing."""
        item = self._model.item(row)
        item.setData(count, _COUNT)
        item.setData(is_wrong, _IS_WRONG)
        item.setData(is_empty, _IS_EMPTY)
        # What is empty and not missed is neither done nor wrong.
        words = "empty" if is_empty else "nothing missing"
        if count:
            words = f"{count} {'to put right' if is_wrong else 'missing'}"
        item.setData(f"{self._titles[row]}, {words}", Qt.ItemDataRole.AccessibleTextRole)

    def count_of(self, row: int) -> int:
        """What it says a section lacks."""
        return int(self._model.item(row).data(_COUNT) or 0)

    def words_of(self, row: int) -> str:
        """What a screen reader says of a section."""
        return str(self._model.item(row).data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def mark(self, row: int) -> None:
        """Show which section the page is at."""
        index = self._model.index(row, 0)
        if index != self.currentIndex():
            self.setCurrentIndex(index)
