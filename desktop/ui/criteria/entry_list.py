"""The criteria of a set being typed, one under the other, moved and grouped by key; it does not know the set's head."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.services.typed_set_check import TypedProblem
from desktop.services.typed_sets import TypedGroup, TypedRow
from desktop.ui.criteria import outline
from desktop.ui.criteria.entry_keys import EntryKeys
from desktop.ui.criteria.group_editor import GroupEditor
from desktop.ui.criteria.outline import Slots
from desktop.ui.criteria.row_editor import RowEditor
from desktop.ui.theme import Theme

Entries = tuple[TypedRow | TypedGroup, ...]


class EntryList(QWidget):
    """Never quite empty: there is always a row to type in."""

    edited = Signal()
    removed = Signal(str)
    """The words of what was taken out; `put_back` brings it back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._slots: Slots = ()
        self._editors: dict[int, RowEditor | GroupEditor] = {}
        self._next_key = 0
        self._before: Entries = ()
        self._is_filling = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def editors(self) -> tuple[RowEditor | GroupEditor, ...]:
        """Every editor, from top to bottom."""
        return tuple(self._editors[slot.key] for slot in self._slots)

    def value(self) -> Entries:
        """Rows and groups as typed, blank rows too, so that places in it are places in the list."""
        entries: list[TypedRow | TypedGroup] = []
        for slot in self._slots:
            value = self._editors[slot.key].value()
            group = entries[-1] if entries else None
            if slot.is_inside and isinstance(group, TypedGroup) and isinstance(value, TypedRow):
                entries[-1] = replace(group, rows=(*group.rows, value))
            else:
                entries.append(value)
        return tuple(entries)

    def fill(self, entries: Entries) -> None:
        """Show other criteria."""
        self._is_filling = True
        # First out of the order: hiding an editor sends the keyboard to the next one in it.
        self._slots = ()
        for key in tuple(self._editors):
            self._drop(key)
        slots: list[outline.Slot] = []
        for entry in entries or (TypedRow(),):
            slots.append(outline.Slot(self._make(entry), is_group=isinstance(entry, TypedGroup)))
            if isinstance(entry, TypedGroup):
                slots += [outline.Slot(self._make(row), is_inside=True) for row in entry.rows]
        self._is_filling = False
        self._take(tuple(slots))

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [stop for editor in self.editors for stop in editor.stops()]

    def add_row(self) -> None:
        """A new row at the end, with the keyboard in it."""
        key = self._make(TypedRow())
        self._take((*self._slots, outline.Slot(key)), key)

    def add_group(self) -> None:
        """A new group at the end, with the keyboard in its first row."""
        self._add_group(len(self._slots) - 1)

    def put_back(self) -> None:
        """The criteria as they were before the last removal."""
        if self._before:
            self.fill(self._before)
            self._before = ()
            self.edited.emit()

    def show_problems(self, problems: tuple[TypedProblem, ...]) -> None:
        """Say under each row and group what is wrong with it; those not named are in order."""
        by_path: dict[tuple[int, ...], dict[str, str]] = {}
        for problem in problems:
            by_path.setdefault(problem.path, {}).setdefault(problem.field, problem.what)
        for path, editor in self._by_path().items():
            editor.show_problems(by_path.get(path, {}))

    def focus_on(self, problem: TypedProblem) -> None:
        """Put the keyboard where a problem is."""
        editor = self._by_path().get(problem.path) or self.editors[0]
        editor.focus_on(problem.field)

    def _by_path(self) -> dict[tuple[int, ...], RowEditor | GroupEditor]:
        found: dict[tuple[int, ...], RowEditor | GroupEditor] = {}
        at, inner = -1, -1
        for slot in self._slots:
            at, inner = (at, inner + 1) if slot.is_inside else (at + 1, -1)
            found[(at, inner) if slot.is_inside else (at,)] = self._editors[slot.key]
        return found

    # Making and moving

    def _make(self, entry: TypedRow | TypedGroup) -> int:
        key, self._next_key = self._next_key, self._next_key + 1
        is_row = isinstance(entry, TypedRow)
        editor = RowEditor(self._theme, entry, self) if is_row else GroupEditor(self._theme, entry, self)
        self._editors[key] = editor
        editor.edited.connect(self._changed)
        editor.keys.setProperty("entry", key)
        editor.keys.entered.connect(self._entered)
        editor.keys.moved.connect(self._moved)
        editor.keys.removed.connect(self._removed)
        editor.keys.grouped.connect(self._grouped)
        return key

    def _drop(self, key: int) -> None:
        editor = self._editors.pop(key)
        self._column.removeWidget(editor)
        editor.hide()
        editor.deleteLater()

    def _take(self, slots: Slots, focus: int | None = None) -> None:
        """Show this order, and say so."""
        self._slots = slots
        number, group = 0, 0
        for at, slot in enumerate(slots):
            editor = self._editors[slot.key]
            if self._column.indexOf(editor) != at:
                self._column.insertWidget(at, editor)
            group += slot.is_group
            number += not slot.is_group
            editor.set_place(
                chr(ord("A") + (group - 1) % 26) if slot.is_group else str(number), is_inside=slot.is_inside
            )
            editor.show()
        if focus is not None:
            self._editors[focus].focus_on("text")
        if not self._is_filling:
            self.edited.emit()

    def _key(self) -> int:
        sender = self.sender()
        key: object = sender.property("entry") if isinstance(sender, EntryKeys) else None
        return key if isinstance(key, int) else self._slots[-1].key

    def _changed(self) -> None:
        if not self._is_filling:
            self.edited.emit()

    def _entered(self) -> None:
        at = outline.place_of(self._slots, self._key())
        slot, value = self._slots[at], self._editors[self._slots[at].key].value()
        if slot.is_inside and value.is_blank:
            left = outline.leave_group(self._slots, at)
            if left != self._slots:
                self._take(left, slot.key)
                return
        following = self._slots[at + 1] if at + 1 < len(self._slots) else None
        is_waiting = following is not None and not following.is_group
        if is_waiting and following and self._editors[following.key].value().is_blank:
            self._editors[following.key].focus_on("text")
            return
        key = self._make(TypedRow())
        self._take(outline.add_row(self._slots, at, key), key)

    def _moved(self, step: int) -> None:
        key = self._key()
        at = outline.place_of(self._slots, key)
        move = outline.move_up if step < 0 else outline.move_down
        focused = QApplication.focusWidget()
        self._take(move(self._slots, at))
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _removed(self) -> None:
        key = self._key()
        at = outline.place_of(self._slots, key)
        value, self._before = self._editors[key].value(), self.value()
        slots = outline.remove(self._slots, at) or (outline.Slot(self._make(TypedRow())),)
        self._slots = slots
        self._drop(key)
        self._take(slots, slots[max(0, min(at, len(slots)) - 1) if at else 0].key)
        if not value.is_blank:
            self.removed.emit(value.text.strip() or "a criterion without words")

    def _grouped(self) -> None:
        self._add_group(outline.place_of(self._slots, self._key()))

    def _add_group(self, at: int) -> None:
        key, row_key = self._make(TypedGroup()), self._make(TypedRow())
        self._take(outline.add_group(self._slots, at, key, row_key), row_key)
