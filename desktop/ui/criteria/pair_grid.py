"""Lays fields out in two columns, or in one where there is no room for two; it must not know the fields."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

GAP = 16
_LEAST_COLUMN_CHARACTERS = 22


class PairGrid(QWidget):
    """Fields one after the other, each half as wide as the page or the whole of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(10)
        self._fields: list[tuple[QWidget, bool]] = []
        self._columns = 2
        self._next = (0, 0)

    def add(self, field: QWidget, *, is_wide: bool) -> None:
        """Place a field after the others."""
        self._fields.append((field, is_wide))
        self._append(field, is_wide=is_wide)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the page likes: the columns follow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be too narrow for the text size."""
        super().resizeEvent(event)
        least = self.fontMetrics().averageCharWidth() * _LEAST_COLUMN_CHARACTERS
        columns = 2 if self.width() >= 2 * least + GAP else 1
        if columns != self._columns:
            self._columns = columns
            self._next = (0, 0)
            for field, _ in self._fields:
                self._grid.removeWidget(field)
            for field, is_wide in self._fields:
                self._append(field, is_wide=is_wide)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns == 2 else 0)

    def _append(self, field: QWidget, *, is_wide: bool) -> None:
        row, column = self._next
        span = self._columns if is_wide else 1
        if column + span > self._columns:
            row, column = row + 1, 0
        self._grid.addWidget(field, row, column, 1, span)
        self._next = (row, column + span)
