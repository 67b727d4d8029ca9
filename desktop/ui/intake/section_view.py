"""One section of the intake page: heading, what it is for, its fields and its lists."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.ui.forms import Field
from desktop.ui.intake.case_edits import Path, value_at
from desktop.ui.intake.draft_desk import DraftDesk
from desktop.ui.intake.field_specs import SectionSpec
from desktop.ui.intake.item_list import ItemList, ItemRow
from desktop.ui.intake.record_form import RecordForm
from desktop.ui.widgets.basics import label


class SectionView(QWidget):
    """A part of the page. It shows a case and hands edits to the desk; it judges nothing."""

    def __init__(self, spec: SectionSpec, desk: DraftDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(label(spec.title, "heading"))
        heading.addWidget(label(spec.purpose, "muted", wraps=True))
        self._closed = label(
            "Closed: the determination is signed. Supersede it to change this.", "warning", wraps=True
        )
        self._closed.hide()
        heading.addWidget(self._closed)
        self._rows.addLayout(heading)
        self.form: RecordForm | None = None
        if spec.fields:
            self.form = RecordForm(spec.fields, (spec.root,), desk)
            self._rows.addWidget(self.form)
        self.lists: list[ItemList] = []
        for item in spec.lists:
            path = (spec.root,) if item.name == spec.root else (spec.root, item.name)
            view = ItemList(item, path, desk)
            self.lists.append(view)
            self._rows.addWidget(view)
        for view in self.lists:
            view.set_read_only(False)

    def add_below(self, widget: QWidget, first: QWidget) -> None:
        """Put something of the section's own under its lists; `first` takes the keyboard when they are empty."""
        self._rows.addWidget(widget)
        for view in self.lists:
            view.start = first

    def show_case(self, case: Case) -> None:
        """Show the section of a case."""
        if self.form is not None:
            self.form.show_record(value_at(case, (self.spec.root,)), case)
        for view in self.lists:
            view.show_items(value_at(case, view.path), case)

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        if self.form is not None:
            yield from self.form.stops()
        for view in self.lists:
            yield from view.stops()

    def set_closed(self, value: bool) -> None:
        """Close the section when a signature rests on it."""
        is_closed = value and self.spec.is_closed_by_signature
        self._closed.setVisible(is_closed)
        if self.form is not None:
            self.form.set_read_only(is_closed)
        for view in self.lists:
            view.set_read_only(is_closed)

    def fields(self) -> Iterator[tuple[Path, Field]]:
        """Every field built so far, with what it edits."""
        if self.form is not None:
            yield from self.form.fields()
        for view in self.lists:
            yield from view.fields()

    def all_lists(self) -> Iterator[ItemList]:
        """Every list, also those inside items."""
        for view in self.lists:
            yield view
            for row in view.rows():
                yield from row.lists

    def item_rows(self) -> Iterator[ItemRow]:
        """Every row of every list."""
        for view in self.lists:
            yield from view.rows()

    def focus_first(self) -> None:
        """Put the keyboard on the first thing to fill in."""
        if self.form is not None:
            self.form.focus_first()
            return
        for view in self.lists:
            for row in view.rows():
                row.summary.setFocus()
                return
            view.start.setFocus()

    def add_item(self) -> None:
        """Add an item to the list that the keyboard is in, else to the section's first list."""
        focused = QApplication.focusWidget()
        for view in self.lists:
            if focused is not None and view.isAncestorOf(focused):
                view.add()
                return
        if self.lists:
            self.lists[0].add()
