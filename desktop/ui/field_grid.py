"""Lays fields out in columns of equal width that follow the window and the text scale; it must not know the fields."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

COLUMNS = 4
GAP = 16
_LEAST_COLUMN_CHARACTERS = 24


class FieldGrid(QWidget):
    """Fields in columns of equal width, as many as the width and the text scale leave room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(12)
        self._fields: list[tuple[QWidget, int]] = []
        self._columns = COLUMNS
        self._next = (0, 0)

    def add(self, field: QWidget, span: int = 1) -> None:
        """Place a widget after the others; `span` is in columns of four."""
        self._fields.append((field, span))
        self._append(field, span)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the page likes: the columns follow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as fit, each of the same width."""
        super().resizeEvent(event)
        least = self.fontMetrics().averageCharWidth() * _LEAST_COLUMN_CHARACTERS
        columns = max(1, min(COLUMNS, int((self.width() + GAP) // (least + GAP))))
        if columns != self._columns:
            self._columns = columns
            self._next = (0, 0)
            for field, _ in self._fields:
                self._grid.removeWidget(field)
            for field, span in self._fields:
                self._append(field, span)
        width = (self.width() - GAP * (columns - 1)) // columns
        for index in range(COLUMNS):
            # Stretch alone gives a column less in which no field stands by itself.
            self._grid.setColumnMinimumWidth(index, width if index < columns else 0)
            # And the least width alone leaves a margin at both ends where every field stands over several.
            self._grid.setColumnStretch(index, 1 if index < columns else 0)

    def _append(self, field: QWidget, wanted: int) -> None:
        row, column = self._next
        span = min(wanted, self._columns)
        if column + span > self._columns:
            row, column = row + 1, 0
        self._grid.addWidget(field, row, column, 1, span)
        self._next = (row, column + span)
