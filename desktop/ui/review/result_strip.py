"""What the current service line comes to, and the shortest way to met with what it asks for; it decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.gap import Gap, LineGaps
from desktop.domain.truth import Truth
from desktop.ui.in_use import STAYS_IN_SIGHT
from desktop.ui.review.gap_button import GapButton
from desktop.ui.review.result_rows import LineResult
from desktop.ui.review.way_rows import Reach, WayView, way_view
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, button, label
from desktop.ui.widgets.state_badge import StateBadge, StateVisual, state_visual, truth_visual

SHOWN = 3
"""How many things a way names at once; G walks through everything that is open."""
ONLY_WAY = "The only way"
ROWS_FROM = 560
"""Height of the screen in pixels at 100 % below which the strip keeps to one row."""


class ResultStrip(QWidget):
    """Two rows: service line and truth, then the way in front with what it asks for."""

    gap_chosen = Signal(object)
    """The AssessmentKey of something that is missing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(STAYS_IN_SIGHT, True)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._gaps: LineGaps | None = None
        self._place = ("", "")
        self._reach = Reach.PLACE
        self._at = 0
        self._way = WayView("")
        self.caption = label("", "strong")
        self.caption.setMaximumWidth(theme.px(360))
        self.badge = StateBadge(theme, state_visual(None))
        self.says = ElidedLabel("", "muted")
        self.reach = button("", "link")
        self.lead = ElidedLabel("", "strong")
        self.lead.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.lead.setMinimumHeight(theme.px(30))  # of the buttons, so that nothing jumps where there are none
        self.buttons = [GapButton(theme) for _ in range(SHOWN)]
        self.more = label("", "caption")
        self.previous = _narrow("<", "Previous way (Shift+W)", theme)
        self.number = label("", "caption")
        self.next = _narrow(">", "Next way (W)", theme)
        self._first = QWidget()
        self._build()
        for made in self.buttons:
            made.clicked.connect(self._chosen)
        self.reach.clicked.connect(self.change_reach)
        self.previous.clicked.connect(self.previous_way)
        self.next.clicked.connect(self.next_way)

    @property
    def way(self) -> WayView:
        """The way in front."""
        return self._way

    def show_result(self, result: LineResult | None) -> None:
        """Show the result of a service line under the set being worked on."""
        self.caption.setText(result.caption if result else "No service line")
        self.badge.set_visual(_visual(result))
        self.says.setText(_says(result))
        if result is not None:
            self.setAccessibleName(result.spoken())

    def show_ways(self, gaps: LineGaps | None, level: str, side: str) -> None:
        """Show the ways of that line and set at a level and side; the same way stays in front while it is there."""
        known = self._gaps
        place = (level, side)
        is_other = (
            known is None
            or gaps is None
            or (known.set_id, known.service_line_id) != (gaps.set_id, gaps.service_line_id)
            or (place != self._place and self._reach is Reach.PLACE)
        )
        if is_other:
            self._at = 0
        self._gaps, self._place = gaps, place
        self._show()

    def next_way(self) -> None:
        """The next way, round the end; says so where there is no other."""
        self._step(1)

    def previous_way(self) -> None:
        """The way before, round the beginning."""
        self._step(-1)

    def change_reach(self) -> None:
        """From the level in front to the whole line, and back."""
        if self._way.other:
            self._reach = Reach.LINE if self._way.reach is Reach.PLACE else Reach.PLACE
            self._at = 0
            self._show()

    def focused_gap(self) -> Gap | None:
        """What is missing under the keyboard; None where the keyboard is elsewhere."""
        focused = QApplication.focusWidget()
        found = next((made for made in self.buttons if made is focused), None)
        return found.item.gap if found and found.item else None

    def set_low(self, *, is_low: bool) -> None:
        """Keep to one row where there is little height: the pane above shows the result as well."""
        self._first.setVisible(not is_low)

    def _step(self, by: int) -> None:
        if self._way.count:
            self._at = (self._way.at + by) % self._way.count
            self._show()
        if self._way.count == 1:
            # A key that does nothing visible looks broken; the words go with the next change of what is shown.
            self.number.setText(ONLY_WAY)
            self.number.show()
            QAccessible.updateAccessibility(QAccessibleEvent(self.number, QAccessible.Event.NameChanged))

    def _show(self) -> None:
        self._way = way = way_view(self._gaps, *self._place, self._reach, self._at)
        self.lead.setText(way.lead)
        for number, made in enumerate(self.buttons, start=1):
            made.show_item(number, way.items[number - 1] if number <= len(way.items) else None)
        rest = len(way.items) - SHOWN
        self.more.setText(f"+ {rest} more (G)")
        self.more.setVisible(rest > 0)
        self.reach.setText(f"{way.other} (Y)")
        self.reach.setVisible(bool(way.other))
        self.number.setText(f"{way.at + 1}/{way.count}")
        for widget in (self.previous, self.number, self.next):
            widget.setVisible(way.count > 1)

    def _chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, GapButton) and sender.item is not None:
            self.gap_chosen.emit(sender.item.key)

    def _build(self) -> None:
        first = QHBoxLayout(self._first)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(8)
        first.addWidget(self.caption)
        first.addWidget(self.badge)
        first.addWidget(self.says, 1)
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self.lead)
        for made in self.buttons:
            second.addWidget(made, 1)
        second.addStretch()  # takes what is left where nothing is missing
        for widget in (self.more, self.previous, self.number, self.next, self.reach):
            second.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 12, 4)
        column.setSpacing(2)
        column.addWidget(self._first)
        column.addLayout(second)


def _narrow(text: str, name: str, theme: Theme) -> QPushButton:
    made = button(text, "quiet")
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setProperty("size", "narrow")
    made.setMaximumWidth(theme.px(32))
    return made


def _visual(result: LineResult | None) -> StateVisual:
    return truth_visual(result.truth) if result and result.truth is not None else state_visual(None)


def _says(result: LineResult | None) -> str:
    if result is None or result.truth is None:
        return result.word if result else ""
    met = result.word.partition(" · ")[2]
    parts = [met] if met else []
    if result.is_silent:
        parts.append("set silent on this indication")
    if result.missing:
        parts.append(f"{len(result.missing)} open")
    elif result.truth is Truth.TRUE:
        parts.append("nothing is missing")
    return " · ".join(parts)
