"""The letter's blocks by name, in order: which was edited, where each came from, what the check found in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.letter import LetterBlock
from desktop.domain.severity import Severity
from desktop.ui.letter.block_words import outline_words
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon

_ID = Qt.ItemDataRole.UserRole + 1
_ORIGIN = Qt.ItemDataRole.UserRole + 2
_SEVERITY = Qt.ItemDataRole.UserRole + 3


class _OutlineDelegate(QStyledItemDelegate):
    """Two lines: the block's name, and quieter where it came from."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = self._theme
        height = QFontMetrics(theme.font(13)).height() + QFontMetrics(theme.font(12)).height() + theme.px(12)
        return QSize(theme.px(120), height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
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
        left, right = rect.left() + theme.px(10), rect.right() - theme.px(10)
        severity = index.data(_SEVERITY)
        if severity is not None:
            side = theme.px(14)
            color = theme.color("not_met" if severity is Severity.ERROR else "unclear")
            box = QRectF(right - side, rect.top() + theme.px(7), side, side)
            paint_icon(painter, "warning", box, color)
            right -= side + theme.px(6)
        title_font = theme.font(13, QFont.Weight.DemiBold if is_chosen else QFont.Weight.Medium)
        title_metrics = QFontMetrics(title_font)
        painter.setFont(title_font)
        painter.setPen(theme.color("accent" if is_chosen else "text"))
        line = QRectF(left, rect.top() + theme.px(5), right - left, title_metrics.height())
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        elided = Qt.TextElideMode.ElideRight
        painter.drawText(
            line,
            int(Qt.AlignmentFlag.AlignVCenter),
            title_metrics.elidedText(text, elided, int(line.width())),
        )
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("muted"))
        metrics = QFontMetrics(painter.font())
        below = QRectF(
            left, line.bottom() + theme.px(1), rect.right() - theme.px(10) - left, metrics.height()
        )
        origin = metrics.elidedText(str(index.data(_ORIGIN)), elided, int(below.width()))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), origin)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, theme)
        painter.restore()


class BlockOutline(QListView):
    """The current row is the block being written."""

    block_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_OutlineDelegate(theme, self))
        self.setProperty("role", "rail")
        self.setAccessibleName("Blocks of the letter")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._current_changed)
        theme.changed.connect(self.doItemsLayout)
        self._is_filling = False

    def show_blocks(
        self, blocks: tuple[LetterBlock, ...], severities: Mapping[str, Severity], current: str
    ) -> None:
        """Show the blocks, with the current one chosen; choosing in here does not announce itself."""
        self._is_filling = True
        if [block.id for block in blocks] != self.block_ids():
            self._model.clear()
            for block in blocks:
                item = QStandardItem()
                item.setEditable(False)
                item.setData(block.id, _ID)
                self._model.appendRow(item)
        for row, block in enumerate(blocks):
            item = self._model.item(row)
            title, detail = outline_words(block)
            item.setText(title)
            item.setData(detail, _ORIGIN)
            item.setData(severities.get(block.id), _SEVERITY)
            remark = ", to put right" if severities.get(block.id) is Severity.ERROR else ""
            item.setData(f"{title}, {detail}{remark}", Qt.ItemDataRole.AccessibleTextRole)
        self.choose(current)
        self._is_filling = False

    def block_ids(self) -> list[str]:
        """The ids in the order shown."""
        return [str(self._model.item(row).data(_ID)) for row in range(self._model.rowCount())]

    def choose(self, block_id: str) -> None:
        """Make a block the current one."""
        ids = self.block_ids()
        if block_id in ids:
            self.setCurrentIndex(self._model.index(ids.index(block_id), 0))

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_filling:
            self.block_chosen.emit(str(current.data(_ID)))
