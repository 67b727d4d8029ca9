"""The three names that every set needs, always in sight above the outline; the rest of the head has a form."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.services.criteria_draft import CriteriaDraft
from desktop.services.criteria_draft_check import DraftProblem
from desktop.ui.forms import Field, LineField, Loudness
from desktop.ui.theme import Theme


class HeadStrip(QWidget):
    """Title, publisher, edition. Enter goes on; after the last one to the first criterion."""

    edited = Signal(object)
    """New values by the draft's names for them."""
    finished = Signal()
    """Enter in the last of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, LineField] = {
            "title": LineField("Title", str, placeholder="As it stands on the document"),
            "publisher": LineField("Publisher", str, placeholder="The plan, or who wrote it"),
            "edition": LineField("Edition", str, placeholder="Year, date or revision"),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        for (_, field), stretch in zip(self.fields.items(), (5, 3, 2), strict=True):
            row.addWidget(field, stretch)
            field.edited.connect(self._field_edited)
            field.line.returnPressed.connect(self._entered)

    def show_draft(self, draft: CriteriaDraft) -> None:
        """Show a set's names; equal fields leave their cursor alone."""
        for name, field in self.fields.items():
            field.show_value(getattr(draft, name))

    def show_problems(self, problems: Mapping[str, DraftProblem]) -> None:
        """Say under each what is wrong."""
        for name, field in self.fields.items():
            problem = problems.get(name)
            field.set_remark(problem.words if problem else "", Loudness.ERROR)

    def focus_on(self, name: str) -> bool:
        """Put the keyboard into a field; False when it is not here."""
        field = self.fields.get(name)
        if field is not None:
            field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return field is not None

    def stops(self) -> list[QLineEdit]:
        """Where the keyboard stops, in order."""
        return [field.line for field in self.fields.values()]

    def set_read_only(self, value: bool) -> None:
        """Look, but do not type."""
        for field in self.fields.values():
            field.set_read_only(value)

    def _field_edited(self, field: Field) -> None:
        name = next(name for name, own in self.fields.items() if own is field)
        self.edited.emit({name: field.read()})

    def _entered(self) -> None:
        stops = self.stops()
        at = next((at for at, stop in enumerate(stops) if stop.hasFocus()), len(stops))
        if at + 1 < len(stops):
            stops[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()
