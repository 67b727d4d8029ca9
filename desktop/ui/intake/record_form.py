"""Builds the fields of one value from their description and keeps them in step with the case; saves nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.ui.chips import ChipsField
from desktop.ui.field_grid import FieldGrid
from desktop.ui.field_values import (
    read_count,
    read_date,
    read_decimal,
    read_level,
    read_levels,
    read_state,
    read_text,
    read_units,
    show_count,
    show_date,
    show_decimal,
    show_level,
    show_levels,
    spell_levels,
)
from desktop.ui.forms import CheckField, ChoiceField, Field, LineField, TextField
from desktop.ui.intake.case_edits import Path
from desktop.ui.intake.code_field import DiagnosisCodeField
from desktop.ui.intake.draft_desk import DraftDesk
from desktop.ui.intake.field_specs import FieldKind, FieldSpec

_LINES: dict[FieldKind, tuple[Any, Any]] = {
    FieldKind.LINE: (read_text, str),
    FieldKind.DATE: (read_date, show_date),
    FieldKind.DECIMAL: (read_decimal, show_decimal),
    FieldKind.COUNT: (read_count, show_count),
    FieldKind.UNITS: (read_units, show_count),
    FieldKind.LEVEL: (read_level, show_level),
    FieldKind.LEVELS: (read_levels, show_levels),
    FieldKind.STATE: (read_state, str),
}


class RecordForm(QWidget):
    """The fields of the value at `path`; each shows the case's newest value unless something was typed into it."""

    def __init__(
        self, specs: tuple[FieldSpec, ...], path: Path, desk: DraftDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._fields: dict[Path, tuple[FieldSpec, Field]] = {}
        self._paths: dict[Field, Path] = {}
        grid = FieldGrid()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(grid)
        for spec in specs:
            field = self._build(spec)
            # The question is a field of the case itself; its section's root is the field.
            place = path if path == (spec.name,) else (*path, spec.name)
            self._fields[place] = (spec, field)
            self._paths[field] = place
            field.edited.connect(self._edited)
            field.left.connect(self._left)
            grid.add(field, spec.span)

    def fields(self) -> Iterator[tuple[Path, Field]]:
        """Every field with the path of what it edits."""
        for path, (_, field) in self._fields.items():
            yield path, field

    def show_record(self, record: Any, case: Case) -> None:
        """Show a value; `case` gives the documents and service lines to choose from."""
        for path, (spec, field) in self._fields.items():
            if spec.kind is FieldKind.DOCUMENT and isinstance(field, ChoiceField):
                documents = [(item.id, item.citation or "Untitled document") for item in case.documents]
                field.set_choices([(None, "Not stated"), *documents])
            elif spec.kind is FieldKind.SERVICE_LINES and isinstance(field, ChipsField):
                field.set_choices([(line.id, line.caption or "New line") for line in case.service_lines])
            if not self._desk.is_protected(path):
                field.show_value(record if path == (spec.name,) else getattr(record, spec.name))

    def set_read_only(self, value: bool) -> None:
        """Stop or allow editing of every field."""
        for _, field in self._fields.values():
            field.set_read_only(value)

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        for _, field in self._fields.values():
            yield from field.stops()

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        _, field = next(iter(self._fields.values()))
        field.editor.setFocus()

    def _build(self, spec: FieldSpec) -> Field:
        match spec.kind:
            case FieldKind.TEXT:
                return TextField(spec.label, placeholder=spec.placeholder, least_lines=spec.lines)
            case FieldKind.CHOICE:
                return ChoiceField(spec.label, spec.choices)
            case FieldKind.DOCUMENT:
                return ChoiceField(spec.label, ((None, "Not stated"),))
            case FieldKind.SERVICE_LINES:
                return ChipsField(spec.label, none_means="All service lines")
            case FieldKind.CHECK:
                return CheckField(spec.label)
            case FieldKind.DIAGNOSIS_CODE:
                return DiagnosisCodeField(spec.label, self._desk.context, placeholder=spec.placeholder)
            case _:
                read, show = _LINES[spec.kind]
                spell = spell_levels if spec.kind is FieldKind.LEVELS else None
                return LineField(
                    spec.label, read, show, placeholder=spec.placeholder, problem=spec.problem, spell=spell
                )

    def _edited(self, field: Field) -> None:
        path = self._paths[field]
        self._desk.field_changed(path, field)
        if isinstance(field, DiagnosisCodeField) and field.chosen_title:
            title_path = (*path[:-1], "title")
            _, title = self._fields[title_path]
            title.show_value(field.chosen_title)
            self._desk.field_changed(title_path, title)

    def _left(self, field: Field) -> None:
        if isinstance(field, LineField):
            field.tidy()
        else:
            field.check()
