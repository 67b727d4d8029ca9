"""One service line on the determination page: what the criteria say beside what the reviewer decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.service_line import ServiceLine, level_range
from desktop.ui.chips import ChipsField
from desktop.ui.determination.decision_field import DecisionField
from desktop.ui.determination.line_results import SetResult
from desktop.ui.determination.results_view import ResultsView
from desktop.ui.forms import Field, TextField
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label, section_header

_SIDE_BY_SIDE_FROM = 780
"""Design pixels of width from which the two halves stand side by side."""
_GRANTS = (Decision.NECESSARY, Decision.NECESSARY_IN_PART)


class LinePanel(QWidget):
    """Emits each field the reviewer changed; the screen saves it."""

    changed = Signal(object, object)
    """(service line id, name of the `LineDetermination` field)."""

    def __init__(self, line_id: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line_id = line_id
        self._theme = theme
        self._levels_of_line: tuple[str, ...] = ()
        self._sides_of_line: tuple[str, ...] = ()
        self._title = label("", "heading", wraps=True)
        self._detail = label("", "muted", wraps=True)
        self.results = ResultsView(theme)
        self.decision = DecisionField("Decision")
        self.levels = ChipsField("Levels found necessary", none_means="No level is chosen")
        self.sides = ChipsField("Sides found necessary", none_means="No side is chosen")
        self.rationale = TextField("Rationale", least_lines=5, placeholder="Why, from the record")
        self._names: dict[Field, str] = {
            self.decision: "decision",
            self.levels: "levels",
            self.sides: "sides",
            self.rationale: "rationale",
        }
        for field in self._names:
            field.edited.connect(self._edited)
        self._lay_out()

    def show_line(self, line: ServiceLine, results: tuple[SetResult, ...]) -> None:
        """Show what is asked for and what the criteria say."""
        self._levels_of_line = line.levels
        # A line for one side is decided as a whole; only of two can one be left out.
        self._sides_of_line = line.sides if len(line.sides) > 1 else ()
        self._title.setText(line.label or line.code or "Service line")
        code = f"{line.code_system.value} {line.code}" if line.code else "no code"
        side = "" if line.laterality.value == "none" else line.laterality.value
        self._detail.setText(" · ".join(part for part in (code, level_range(line.levels), side) if part))
        self.levels.set_choices([(level, level) for level in line.levels])
        self.sides.set_choices([(side, side.capitalize()) for side in self._sides_of_line])
        self.results.show_results(results)

    def show_decision(self, decided: LineDetermination, protected: frozenset[str]) -> None:
        """Show what was decided, except in fields that hold something not saved yet."""
        for field, name in self._names.items():
            if name not in protected:
                field.show_value(getattr(decided, name))
        self._offer_places()

    def set_read_only(self, value: bool) -> None:
        """Stop or allow deciding."""
        for field in self._names:
            field.set_read_only(value)

    def value_of(self, name: str) -> Any:
        """What stands in a field. Raises FieldTextError."""
        return next(field for field, its_name in self._names.items() if its_name == name).read()

    def field_of(self, name: str) -> Field:
        """The field of a `LineDetermination` field name."""
        return next(field for field, its_name in self._names.items() if its_name == name)

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops, in reading order."""
        yield from self.results.stops()
        for field in self._names:
            yield from field.stops()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the halves side by side where there is room."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.px(_SIDE_BY_SIDE_FROM)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(across if is_wide else down)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self._title)
        rows.addWidget(self._detail)
        rows.addSpacing(10)
        said = QWidget()
        left = QVBoxLayout(said)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(section_header("What the criteria say"))
        left.addWidget(self.results)
        left.addStretch(1)
        decided = QWidget()
        right = QVBoxLayout(decided)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(section_header("What you decide"))
        for field in self._names:
            right.addWidget(field)
        right.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(32)
        self._halves.addWidget(said, 1)
        self._halves.addWidget(decided, 1)
        rows.addLayout(self._halves)

    def _edited(self, field: Field) -> None:
        name = self._names[field]
        self.changed.emit(self.line_id, name)
        if name == "decision":
            self._follow_decision()

    def _follow_decision(self) -> None:
        """Granting the whole line means all its levels and sides; refusing it means none. All stay open to change."""
        decision = self.decision.read()
        for field, places in ((self.levels, self._levels_of_line), (self.sides, self._sides_of_line)):
            wanted = field.read()
            if decision is Decision.NECESSARY:
                wanted = places
            elif decision not in _GRANTS:
                wanted = ()
            if wanted != field.read():
                field.show_value(wanted)
                self.changed.emit(self.line_id, self._names[field])
        self._offer_places()

    def _offer_places(self) -> None:
        is_granted = self.decision.read() in _GRANTS
        self.levels.setVisible(bool(self._levels_of_line) and is_granted)
        self.sides.setVisible(bool(self._sides_of_line) and is_granted)
