"""What else is known of a criterion: kinds of document, age, what closes it, where it stands; it stores nothing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.document import DocumentKind
from desktop.services.typed_sets import TypedRow
from desktop.ui.chips import ChipsField
from desktop.ui.field_grid import FieldGrid
from desktop.ui.forms import Field, LineField


class RowDetails(QWidget):
    """The quiet half of a criterion."""

    edited = Signal()

    def __init__(self, row: TypedRow, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = ChipsField("Proved by", none_means="None chosen: any kind of document counts.")
        self._kinds.set_choices([(kind, kind.label) for kind in DocumentKind])
        self._lines = {
            "closes_with": LineField("What would close it", str),
            "within": LineField("No older than", str),
            "locator": LineField("Section or page", str),
            "note": LineField("Note", str),
        }
        grid = FieldGrid()
        grid.add(self._kinds, 4)
        for name, span in (("closes_with", 2), ("within", 1), ("locator", 1), ("note", 4)):
            grid.add(self._lines[name], span)
        column = QVBoxLayout(self)
        column.setContentsMargins(38, 2, 0, 10)
        column.addWidget(grid)
        self._kinds.show_value(row.evidence_types)
        for name, field in self._lines.items():
            field.show_value(getattr(row, name))
            field.line.setAccessibleName(f"{field.label}, criterion {number}")
            field.edited.connect(self._field_edited)
        self._kinds.edited.connect(self._field_edited)

    def applied_to(self, row: TypedRow) -> TypedRow:
        """The row with what is typed here."""
        texts = {name: field.line.text() for name, field in self._lines.items()}
        return replace(row, evidence_types=self._kinds.read(), **texts)  # pyright: ignore[reportArgumentType]

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self._kinds.stops(), *(field.line for field in self._lines.values())]

    def editor(self, name: str) -> QWidget | None:
        """The editor of a field; None for a field that is not here."""
        field = self._lines.get(name)
        return field.line if field else None

    def _field_edited(self, _field: Field) -> None:
        self.edited.emit()
