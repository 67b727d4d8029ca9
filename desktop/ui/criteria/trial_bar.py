"""Chooses on which line and level of the open case the draft is tried; it tries nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.service_line import ServiceLine
from desktop.ui.forms import ChoiceBox
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label

Place = tuple[str, str]


class TrialBar(QWidget):
    """Two choices; each is hidden where there is nothing to choose."""

    line_chosen = Signal()
    place_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ServiceLine, ...] = ()
        self._places: tuple[Place, ...] = ()
        self.lines, self.places = ChoiceBox(), ChoiceBox()
        self.lines.setAccessibleName("Line of the open case on which the set is tried")
        self.places.setAccessibleName("Level or side at which the set is tried")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(8), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(label("Tried on", "caption"))
        row.addWidget(self.lines, 2)
        row.addWidget(self.places, 1)
        self.places.hide()
        self.lines.activated.connect(self._line_activated)
        self.places.activated.connect(self._place_activated)
        self.hide()

    @property
    def line(self) -> ServiceLine | None:
        """The line chosen, or None without a case that has one."""
        at = self.lines.currentIndex()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    @property
    def place(self) -> Place:
        """The level and side chosen."""
        at = self.places.currentIndex()
        return self._places[at] if 0 <= at < len(self._places) else ("", "")

    def show_case(self, case: Case | None, first: str) -> None:
        """Offer the lines of a case, one of them chosen."""
        kept = self.line.id if self.line else first
        self._lines = case.service_lines if case else ()
        self.lines.clear()
        self.lines.addItems([line.caption or line.id for line in self._lines])
        wanted = kept if any(line.id == kept for line in self._lines) else first
        at = next((at for at, line in enumerate(self._lines) if line.id == wanted), 0)
        self.lines.setCurrentIndex(at if self._lines else -1)
        self.setVisible(bool(self._lines))

    def choose_line(self, line_id: str) -> None:
        """Choose a line without saying so."""
        at = next((at for at, line in enumerate(self._lines) if line.id == line_id), -1)
        if at >= 0:
            self.lines.setCurrentIndex(at)

    def show_places(self, places: tuple[Place, ...]) -> None:
        """Offer the levels and sides at which the set was tried; the chosen one stays."""
        if places == self._places:
            return
        kept = self.place
        self._places = places
        self.places.clear()
        self.places.addItems([" ".join(part for part in place if part) or "–" for place in places])
        self.places.setCurrentIndex(places.index(kept) if kept in places else 0 if places else -1)
        self.places.setVisible(len(places) > 1)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [self.lines, self.places]

    def _line_activated(self, _at: int) -> None:
        self.line_chosen.emit()

    def _place_activated(self, _at: int) -> None:
        self.place_chosen.emit()
