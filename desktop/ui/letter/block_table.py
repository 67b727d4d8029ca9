"""The table a block prints, to be read beside its text; it is composed from the record and cannot be typed into."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from desktop.domain.letter import LetterTable, Provenance
from desktop.domain.severity import Severity
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import plain_tooltip

_WHOLE_LABEL = 110
"""Up to this width a column is as wide as its words."""


class BlockTable(QTableWidget):
    """Rows of a table with the sources of the row in front; cells that the check speaks of stand on a tinted ground."""

    origins_shown = Signal(object)
    """The sources of the row that the keyboard is in."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table: LetterTable | None = None
        self.setAccessibleName("Table of the block")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
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
        self.clear()
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
        self.horizontalHeader().setVisible(any(column.strip() for column in table.columns))
        self._fit()
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width as they do on paper."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        widths = self._table.widths if self._table else ()
        total = sum(widths) or 1
        room = max(self.viewport().width(), self._theme.px(300))
        shares = [int(room * width / total) for width in widths]
        for column, share in enumerate(shares):
            # A short label ("Member ID") is never cut, or "Member" beside it would read the same: the widest gives way.
            least, widest = self.sizeHintForColumn(column), max(range(len(shares)), key=shares.__getitem__)
            lacks = max(0, least - share)
            if column != widest and least <= self._theme.px(_WHOLE_LABEL) and lacks < shares[widest] - least:
                shares[column], shares[widest] = least, shares[widest] - lacks
        for column, share in enumerate(shares):
            self.setColumnWidth(column, share)

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
        self.verticalHeader().setDefaultSectionSize(self._theme.px(28))
        self._fit()

    def _fit(self) -> None:
        """As high as its rows and no higher; a long one scrolls within what room there is."""
        header = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().sizeHint().height()
        rows = self.rowCount() * self.verticalHeader().defaultSectionSize()
        self.setMaximumHeight(header + rows + self._theme.px(16))
        self.setMinimumHeight(min(self._theme.px(90), self.maximumHeight()))

    def _follow(self, row: int, _column: int, _before: int, _before_column: int) -> None:
        if row >= 0:
            self.origins_shown.emit(self.origins)
