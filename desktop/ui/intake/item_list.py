"""Lists of items that fold to one line each and open to their fields; the description says which.

Fields are built when an item is first opened: a long record would otherwise take a second to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.document import Document
from desktop.ui.forms import Field
from desktop.ui.intake.case_edits import AddItem, Path, RemoveItem
from desktop.ui.intake.document_text import DocumentText
from desktop.ui.intake.draft_desk import DraftDesk
from desktop.ui.intake.field_specs import ListSpec
from desktop.ui.intake.record_form import RecordForm
from desktop.ui.intake.remarks import Remarks
from desktop.ui.intake.summary_button import SummaryButton
from desktop.ui.widgets.basics import button, hairline, label, press_on_enter
from desktop.ui.widgets.icons import themed_icon


class ItemRow(QWidget):
    """One item: its line, and under it, once opened, its fields and the lists it holds."""

    remove_wanted = Signal(object)

    def __init__(self, spec: ListSpec, path: Path, desk: DraftDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._spec = spec
        self._desk = desk
        self._item: Any = None
        self._case: Case | None = None
        self._is_read_only = False
        self.form: RecordForm | None = None
        self.lists: list[ItemList] = []
        self._text: DocumentText | None = None
        self.remarks = Remarks()
        theme = desk.context.theme
        self.summary = SummaryButton(theme)
        self.summary.toggled.connect(self._toggled)
        self.remove_button = QToolButton()
        self.remove_button.setProperty("kind", "quiet")
        self._draw_icon()
        theme.changed.connect(self._draw_icon)
        self.remove_button.clicked.connect(self.ask_to_remove)
        press_on_enter(self.remove_button)
        press_on_enter(self.summary)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.summary, 1)
        line.addWidget(self.remove_button)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addLayout(line)
        self._body: QWidget | None = None
        self._rows.addWidget(hairline())

    def show_item(self, item: Any, case: Case) -> None:
        """Show the item as it is in the case now."""
        self._item, self._case = item, case
        caption = self._spec.caption(item)
        self.summary.set_caption(caption)
        self.remove_button.setAccessibleName(f"Remove {self._spec.item}: {caption.title}")
        self.remove_button.setToolTip(f"Remove this {self._spec.item}")
        if self.form is not None:
            self.form.show_record(item, case)
        for child in self.lists:
            child.show_items(getattr(item, child.spec.name), case)
        if self._text is not None and isinstance(item, Document):
            self._text.show_document(item)

    def set_read_only(self, value: bool) -> None:
        """Stop or allow editing of the item and of what it holds."""
        self._is_read_only = value
        self.remove_button.setVisible(not value)
        if self.form is not None:
            self.form.set_read_only(value)
        for child in self.lists:
            child.set_read_only(value)

    def open(self) -> None:
        """Show the fields and go to the first."""
        self.summary.setChecked(True)
        if self.form is not None:
            self.form.focus_first()

    def fields(self) -> Iterator[tuple[Path, Field]]:
        """The fields built so far, with what they edit."""
        if self.form is not None:
            yield from self.form.fields()
        for child in self.lists:
            yield from child.fields()

    def rows(self) -> Iterator[ItemRow]:
        """This row and every row inside it."""
        yield self
        for child in self.lists:
            yield from child.rows()

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        yield self.summary
        yield self.remove_button
        if self.form is not None:
            yield from self.form.stops()
        if self._text is not None:
            yield self._text.view
        for child in self.lists:
            yield from child.stops()

    def ask_to_remove(self) -> None:
        """Ask the list to take this item out; undo brings it back."""
        self.remove_wanted.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete on the item's line removes it."""
        is_on_line = self.summary.hasFocus() or self.remove_button.hasFocus()
        if event.key() == Qt.Key.Key_Delete and is_on_line and not self._is_read_only:
            self.ask_to_remove()
            return
        super().keyPressEvent(event)

    def _draw_icon(self) -> None:
        theme = self._desk.context.theme
        self.remove_button.setIcon(themed_icon(theme, "cross", size=12))
        self.remove_button.setIconSize(QSize(theme.px(12), theme.px(12)))

    def _toggled(self, is_open: bool) -> None:
        if is_open and self._body is None:
            self._build_body()
        if self._body is not None:
            self._body.setVisible(is_open)

    def _build_body(self) -> None:
        self._body = QWidget()
        self._rows.insertWidget(1, self._body)
        rows = QVBoxLayout(self._body)
        rows.setContentsMargins(self._desk.context.theme.px(26), 4, 8, 16)
        rows.setSpacing(12)
        self.form = RecordForm(self._spec.fields, self.path, self._desk)
        rows.addWidget(self.remarks)
        rows.addWidget(self.form)
        if isinstance(self._item, Document):
            self._text = DocumentText()
            rows.addWidget(self._text)
        for spec in self._spec.lists:
            child = ItemList(spec, (*self.path, spec.name), self._desk)
            self.lists.append(child)
            rows.addWidget(child)
        if self._case is not None:
            self.show_item(self._item, self._case)
        self.set_read_only(self._is_read_only)
        self._desk.form_built.emit()


class ItemList(QWidget):
    """The items at `path`, and a button that adds one."""

    def __init__(self, spec: ListSpec, path: Path, desk: DraftDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.path = path
        self._desk = desk
        self._rows: dict[str, ItemRow] = {}
        self._is_read_only = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        if spec.title:
            outer.addWidget(label(spec.title, "strong"))
        self.remarks = Remarks()
        outer.addWidget(self.remarks)
        self._box = QVBoxLayout()
        self._box.setSpacing(0)
        outer.addLayout(self._box)
        self.add_button = button(f"Add {spec.item}", "link")
        self.add_button.clicked.connect(self.add)
        self.start: QWidget = self.add_button
        """Where the keyboard goes when there is no item yet."""
        outer.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_items(self, items: tuple[Any, ...], case: Case) -> None:
        """Bring the rows in step with the case; rows the user is adding or removing are left alone."""
        wanted = {str(item.id): item for item in items}
        if self._desk.is_list_changing(self.path):
            for item_id, item in wanted.items():
                if item_id not in self._rows:
                    self._insert(item_id, self._box.count())
                self._rows[item_id].show_item(item, case)
            return
        for item_id in [item_id for item_id in self._rows if item_id not in wanted]:
            self._drop(item_id)
        for place, (item_id, item) in enumerate(wanted.items()):
            if item_id not in self._rows:
                self._insert(item_id, place)
            row = self._rows[item_id]
            if self._box.indexOf(row) != place:
                self._box.removeWidget(row)
                self._box.insertWidget(place, row)
            row.show_item(item, case)
        self._rows = {item_id: self._rows[item_id] for item_id in wanted}

    def set_read_only(self, value: bool) -> None:
        """Stop or allow editing of every item."""
        self._is_read_only = value
        self.add_button.setVisible(not value and self.spec.name != "documents")
        for row in self._rows.values():
            row.set_read_only(value)

    def fields(self) -> Iterator[tuple[Path, Field]]:
        """The fields built so far, with what they edit."""
        for row in self._rows.values():
            yield from row.fields()

    def rows(self) -> Iterator[ItemRow]:
        """Every row, and the rows inside it."""
        for row in self._rows.values():
            yield from row.rows()

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        for place in range(self._box.count()):
            item = self._box.itemAt(place)
            row = item.widget() if item is not None else None
            if isinstance(row, ItemRow):
                yield from row.stops()
        yield self.add_button

    def row(self, item_id: str) -> ItemRow | None:
        """The row of an item."""
        return self._rows.get(item_id)

    def add(self) -> None:
        """Add an item and go to its first field, or to where items of this list begin."""
        if self._is_read_only:
            return
        if self.start is not self.add_button:
            self.start.setFocus()
            return
        item: Any = self.spec.make()
        self._desk.make(AddItem(self.path, item))
        self.open_item(str(item.id))

    def open_item(self, item_id: str) -> None:
        """Open an item and go to its first field."""
        row = self._rows.get(item_id)
        if row is not None:
            row.open()

    def _insert(self, item_id: str, place: int) -> None:
        self._desk.rows_changed = True
        row = ItemRow(self.spec, (*self.path, item_id), self._desk)
        row.set_read_only(self._is_read_only)
        row.remove_wanted.connect(self._remove)
        self._rows[item_id] = row
        self._box.insertWidget(place, row)
        row.show()  # a layout shows it only with the next event, too late to put the keyboard into it

    def _remove(self, row: ItemRow) -> None:
        place = self._box.indexOf(row)
        item_id = row.path[-1]
        self._drop(item_id)
        self._desk.make(RemoveItem(row.path))
        self._focus_near(place)

    def _focus_near(self, place: int) -> None:
        layout_item = self._box.itemAt(min(place, self._box.count() - 1)) if self._box.count() else None
        neighbour = layout_item.widget() if layout_item is not None else None
        if isinstance(neighbour, ItemRow):
            neighbour.summary.setFocus()
        else:
            self.start.setFocus()

    def _drop(self, item_id: str) -> None:
        row = self._rows.pop(item_id)
        self._box.removeWidget(row)
        row.hide()
        row.deleteLater()
