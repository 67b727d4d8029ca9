"""Lays fields out in columns of equal width that follow the window and the text scale; it must not know the fields."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget


class FieldGrid(QWidget):
    """Fields in columns of equal width, as many as the width and the text scale leave room for."""

    COLUMNS = 4
    LEAST_COLUMN_EM = 15

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._fields: list[tuple[QWidget, int]] = []
        self._columns = self.COLUMNS

    def add(self, field: QWidget, span: int = 1) -> None:
        """Place a widget after the others; `span` is in columns of four."""
        self._fields.append((field, span))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as fit."""
        super().resizeEvent(event)
        least = self.fontMetrics().averageCharWidth() * self.LEAST_COLUMN_EM * 1.6
        columns = max(1, min(self.COLUMNS, int((self.width() + 16) // (least + 16))))
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        row = column = 0
        for index in range(self.COLUMNS):
            is_used = index < self._columns
            self._grid.setColumnStretch(index, 1 if is_used else 0)
            # A column that no field stands in alone would otherwise get less than its neighbours.
            self._grid.setColumnMinimumWidth(index, 1 if is_used else 0)
        for field, _span in self._fields:
            self._grid.removeWidget(field)
        for field, wanted in self._fields:
            span = min(wanted, self._columns)
            if column + span > self._columns:
                row, column = row + 1, 0
            self._grid.addWidget(field, row, column, 1, span)
            column += span
