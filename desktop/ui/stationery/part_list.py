"""The parts of a template in their order, moved by key and by mouse; it knows no words of the letter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from desktop.domain.stationery import TemplatePart
from desktop.letters.titles import title_of_kind
from desktop.ui.widgets.basics import plain_tooltip

_KEY = int(Qt.ItemDataRole.UserRole) + 1
_MOST = 70


class PartList(QListWidget):
    """Alt with the arrows moves a part, Delete takes it out, the mouse drags it."""

    edited = Signal()
    """The order changed, or a part came or went."""
    part_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[int, TemplatePart] = {}
        self._next = 0
        self._is_filling = False
        self.setAccessibleName("Parts of the template, in order; Alt with the arrows moves one")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._current_changed)
        self.model().rowsMoved.connect(self._moved)
        self.model().rowsRemoved.connect(self._moved)

    @property
    def parts(self) -> tuple[TemplatePart, ...]:
        """The parts, in order."""
        return tuple(self._parts[self._key_at(row)] for row in range(self.count()))

    @property
    def current_part(self) -> TemplatePart | None:
        """The part in front."""
        return self._parts[self._key_at(self.currentRow())] if self.currentRow() >= 0 else None

    def show_parts(self, parts: Sequence[TemplatePart]) -> None:
        """Replace everything."""
        self._is_filling = True
        row = self.currentRow()
        self.clear()
        self._parts = {}
        for part in parts:
            self._append(part, self.count())
        self._is_filling = False
        self.setCurrentRow(min(max(row, 0), self.count() - 1))
        self.part_chosen.emit()

    def add(self, part: TemplatePart) -> None:
        """Put a part behind the one in front."""
        row = self.currentRow() + 1 if self.currentRow() >= 0 else self.count()
        self._append(part, row)
        self.setCurrentRow(row)
        self.edited.emit()

    def change(self, part: TemplatePart) -> None:
        """Put other words into the part in front."""
        item = self.currentItem()
        if self.currentRow() >= 0:
            self._parts[self._key_at(self.currentRow())] = part
            _word(item, part)

    def take_out(self) -> None:
        """Take the part in front out."""
        if self.currentRow() >= 0:
            self.takeItem(self.currentRow())

    def shift(self, step: int) -> None:
        """Move the part in front up (-1) or down (1)."""
        row = self.currentRow()
        if 0 <= row + step < self.count() and row >= 0:
            self._is_filling = True
            item = self.takeItem(row)
            self.insertItem(row + step, item)
            self._is_filling = False
            self.setCurrentRow(row + step)
            self.edited.emit()

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Alt+Up, Alt+Down and Delete."""
        is_alt = bool(e.modifiers() & Qt.KeyboardModifier.AltModifier)
        if is_alt and e.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if e.key() == Qt.Key.Key_Up else 1)
        elif e.key() == Qt.Key.Key_Delete:
            self.take_out()
        else:
            super().keyPressEvent(e)

    def _append(self, part: TemplatePart, row: int) -> None:
        item = QListWidgetItem()
        item.setData(_KEY, self._next)
        self._parts[self._next] = part
        self._next += 1
        _word(item, part)
        self.insertItem(row, item)

    def _key_at(self, row: int) -> int:
        return int(self.item(row).data(_KEY))

    def _current_changed(self) -> None:
        if not self._is_filling:
            self.part_chosen.emit()

    def _moved(self) -> None:
        if not self._is_filling:
            self.edited.emit()


def caption_of(part: TemplatePart) -> str:
    """A part in a line: the block, or the first of its own words."""
    words = " ".join(part.text.split())
    if part.block is None:
        told = part.heading.strip() or words or "nothing typed yet"
        return f"Own text: {told[:_MOST]}"
    name = title_of_kind(part.block)
    told = f"{name}: “{part.heading.strip()}”" if part.heading.strip() else name
    return f"{told}, with words before it" if words else told


def _word(item: QListWidgetItem, part: TemplatePart) -> None:
    caption = caption_of(part)
    item.setText(caption)
    item.setToolTip(plain_tooltip(caption))
