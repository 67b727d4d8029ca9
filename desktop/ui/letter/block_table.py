"""The table a block prints, to be read beside its text; it is composed from the record and cannot be typed into."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.domain.letter import LetterTable, Provenance
from desktop.domain.severity import Severity
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring, plain_tooltip

_WHOLE_LABEL = 110
"""Up to this width a column is as wide as its words."""
_QUICK_ROWS = 60
"""So many rows are measured at once (10 ms); a longer table waits until its width stands still."""
_MEASURE_AFTER_MS = 60
_NO_WIDTH = 1 << 30
_LEAST_HEIGHT, _MOST_LEAST = 220, 320
"""Some rows at once: where the window has no room for them, the pane scrolls."""
_BESIDE, _ABOVE = 6, 4
"""Room round the words of a cell."""
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class BlockTable(QTableWidget):
    """Rows of a table with the sources of the row in front; cells that the check speaks of stand on a tinted ground."""

    origins_shown = Signal(object)
    """The sources of the row that the keyboard is in."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table: LetterTable | None = None
        self._widest: list[list[int]] = []
        """How wide each cell is on one line: what fits need not be measured again."""
        self._shared = 0
        """The width that the columns share."""
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._fit)
        self.setItemDelegate(_Cell(theme, self))
        self.setAccessibleName("Table of the block")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.currentCellChanged.connect(self._follow)
        theme.changed.connect(self.take_size)
        self.take_size()

    def show_table(self, table: LetterTable | None) -> None:
        """Show a table; the same one again keeps its place."""
        if table == self._table:
            return
        self._table = table
        self._wait.stop()
        self._measure()
        self.clear()
        self.clearSpans()
        self.setColumnCount(len(table.columns) if table else 0)
        self.setRowCount(len(table.rows) if table else 0)
        if table is None:
            return
        self.setHorizontalHeaderLabels(list(table.columns))
        for place, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                item = QTableWidgetItem(cell)
                item.setToolTip(plain_tooltip(cell))
                self.setItem(place, column, item)
            if len(row.cells) < len(table.columns):  # a heading over the rows that follow
                self.setSpan(place, 0, 1, len(table.columns))
        self.horizontalHeader().setVisible(any(column.strip() for column in table.columns))
        self._share_width()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width as they do on paper, and rows are as high as their words then need."""
        super().resizeEvent(event)
        if self._room() != self._shared:
            self._share_width()
            self._wait.start(0 if self.rowCount() <= _QUICK_ROWS else _MEASURE_AFTER_MS)

    def _room(self) -> int:
        """For all columns, with the scroll bar's place kept free even where there is none: rows that are higher for a
        bar, and a bar that comes for higher rows, would never stand still.
        """
        bar = self.verticalScrollBar().sizeHint().width()
        return max(self.width() - bar - 2 * self.frameWidth(), self._theme.px(300))

    def _share_width(self) -> None:
        widths = self._table.widths if self._table else ()
        total = sum(widths) or 1
        self._shared = room = self._room()
        shares = [int(room * width / total) for width in widths]
        widest = max(range(len(shares)), key=shares.__getitem__, default=0)
        for column, share in enumerate(shares):
            # A short label ("Member ID") is never cut, or "Member" beside it would read the same: the widest gives way.
            least = self._least_of(column)
            lacks = max(0, least - share)
            if column != widest and lacks < shares[widest] - least:
                shares[column], shares[widest] = share + lacks, shares[widest] - lacks
        for column, share in enumerate(shares):
            self.setColumnWidth(column, share)
            self._break_head(column, share - 2 * self._theme.px(_BESIDE) - self._theme.px(4))

    def _break_head(self, column: int, room: int) -> None:
        """A head that its column has no room for goes on below: Qt would cut it."""
        head, item = self._table.columns[column] if self._table else "", self.horizontalHeaderItem(column)
        advance, lines = self.horizontalHeader().fontMetrics().horizontalAdvance, [""]
        for word in head.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and advance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        if item is not None:
            item.setText("\n".join(lines))

    def _least_of(self, column: int) -> int:
        """What a column must have: the longest word of its head, and its cells where they are short."""
        head = self._table.columns[column] if self._table else ""
        advance = self.horizontalHeader().fontMetrics().horizontalAdvance
        words = max((advance(word) for word in head.split()), default=0) + self._theme.px(22)
        # From what was measured: Qt would measure every cell at every width.
        longest = max(
            (cells[column] for cells in self._widest if len(cells) == self.columnCount()), default=0
        )
        cells = longest + 2 * self._theme.px(_BESIDE)
        return max(words, cells if cells <= self._theme.px(_WHOLE_LABEL) else 0)

    def mark_cells(self, cells: Mapping[tuple[int, int], Severity]) -> None:
        """Tint the cells that findings are about; every other one is plain."""
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                item = self.item(row, column)
                if item is None:
                    continue
                severity = cells.get((row, column))
                name = "not_met_soft" if severity is Severity.ERROR else "unclear_soft"
                item.setBackground(QBrush(self._theme.color(name)) if severity else QBrush())

    @property
    def origins(self) -> tuple[Provenance, ...]:
        """The sources of the row in front; none while no row is."""
        rows = self._table.rows if self._table else ()
        row = self.currentRow()
        return rows[row].provenance if 0 <= row < len(rows) else ()

    def take_size(self) -> None:
        """Rows as high as the text scale asks for."""
        self.verticalHeader().setMinimumSectionSize(self._theme.px(28))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(28))
        self._measure()
        self._fit()

    def _measure(self) -> None:
        widths = self.fontMetrics().horizontalAdvance
        rows = self._table.rows if self._table else ()
        self._widest = [[_width_of(cell, widths) for cell in row.cells] for row in rows]

    def _fit(self) -> None:
        """Each row as high as its words, and all as high as the rows; a long one scrolls within what room there is."""
        self._wait.stop()
        margin = 2 * self._theme.px(_BESIDE) + self._theme.px(4)
        columns = [self.columnWidth(column) - margin for column in range(self.columnCount())]
        for row, cells in enumerate(self._widest):
            if any(cell > room for cell, room in zip(cells, columns, strict=False)):
                self.resizeRowToContents(row)
            elif self.rowHeight(row) != self.verticalHeader().defaultSectionSize():
                self.setRowHeight(row, self.verticalHeader().defaultSectionSize())
        header = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().sizeHint().height()
        self.setMaximumHeight(header + self.verticalHeader().length() + self._theme.px(16))
        self.setMinimumHeight(min(self._theme.px(_LEAST_HEIGHT), _MOST_LEAST, self.maximumHeight()))

    def _follow(self, row: int, _column: int, _before: int, _before_column: int) -> None:
        if row >= 0:
            self.origins_shown.emit(self.origins)


class _Cell(QStyledItemDelegate):
    """A cell's words with room round them, over a hairline: what wraps must not run into the row below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        beside, above = self._theme.px(_BESIDE), self._theme.px(_ABOVE)
        width = option.rect.width()  # type: ignore[attr-defined]
        words = QRect(0, 0, max(1, width - 2 * beside), 1 << 20)
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        text = str(index.data() or "")
        return QSize(width, metrics.boundingRect(words, _WRAPPED, text).height() + 2 * above)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect = self._theme, QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground: object = index.data(Qt.ItemDataRole.BackgroundRole)
        painter.save()
        painter.setFont(option.font)  # type: ignore[attr-defined]
        if is_chosen:
            painter.fillRect(rect, theme.color("selection"))
        elif isinstance(ground, QBrush):
            painter.fillRect(rect, ground)
        painter.setPen(theme.color("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.color("text"))
        beside, above = theme.px(_BESIDE), theme.px(_ABOVE)
        painter.drawText(rect.adjusted(beside, above, -beside, 0), _WRAPPED, str(index.data() or ""))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, QRectF(rect), theme)
        painter.restore()


def _width_of(cell: str, advance: Callable[[str], int]) -> int:
    """On one line; a cell of several lines fits no width."""
    return advance(cell) if "\n" not in cell else _NO_WIDTH
