"""What the forms of the editor share: fields by the name that the draft has for them; they keep no draft."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.services.criteria_draft_check import DraftProblem
from desktop.ui.criteria.pair_grid import PairGrid
from desktop.ui.forms import Field, Loudness, restyle
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import section_header


class NodeForm(QWidget):
    """Fields in sections. Says which values of the draft are others now; told of the draft, shows its values."""

    edited = Signal(object)
    """New values by the draft's names for them."""
    left = Signal()
    """The keyboard left a field."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16))
        self._column.setSpacing(theme.px(10))

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [stop for field in self.fields.values() for stop in field.stops()]

    def lines(self) -> list[QWidget]:
        """Every single line, choice and chip, where Enter goes on to the next criterion; Space switches a chip."""
        return [stop for stop in self.stops() if isinstance(stop, QLineEdit | QComboBox | QAbstractButton)]

    def show_problems(self, problems: Mapping[str, DraftProblem]) -> None:
        """Say under each field what is wrong with it, or what would be better."""
        for name, field in self.fields.items():
            problem = problems.get(name)
            loudness = Loudness.WARNING if problem and problem.is_advice else Loudness.ERROR
            field.set_remark(problem.words if problem else "", loudness)

    def focus_on(self, name: str) -> None:
        """Put the keyboard into a field; into the first where it has no such field."""
        field = self.fields.get(name) or next(iter(self.fields.values()))
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, value: bool) -> None:
        """Look, but do not type."""
        for field in self.fields.values():
            for stop in field.stops():
                setter = getattr(stop, "setReadOnly", None)
                if setter is not None:
                    setter(value)
                    restyle(stop)
                else:
                    stop.setEnabled(not value)

    def _section(self, title: str, *fields: tuple[str, Field, int]) -> None:
        """Fields by name under a heading, each over one column of two or over both."""
        if title:
            self._column.addWidget(section_header(title))
        grid = PairGrid()
        for name, field, span in fields:
            self.fields[name] = field
            grid.add(field, is_wide=span > 1)
            field.edited.connect(self._field_edited)
            field.left.connect(self._field_left)
        self._column.addWidget(grid)

    def _values(self, name: str, value: object) -> dict[str, object]:
        """The draft's values for what a field reads; forms with fields of several parts tell them apart."""
        return {name: value}

    def _field_edited(self, field: Field) -> None:
        name = next(name for name, own in self.fields.items() if own is field)
        self.edited.emit(self._values(name, field.read()))

    def _field_left(self, _field: Field) -> None:
        self.left.emit()
