"""What the current service line comes to and what it still misses, updated at once; it decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.domain.truth import Truth
from desktop.ui.review.result_rows import LineResult, OpenItem
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, label
from desktop.ui.widgets.state_badge import StateBadge, StateVisual, state_visual, truth_visual

SHOWN = 3
"""How many open questions are named; G walks through all of them."""


class GapButton(QPushButton):
    """One open question to go to. The caption is shortened to the room there is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.item: OpenItem | None = None
        self._number = 0
        self.setProperty("kind", "link")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(theme.px(80))

    def show_item(self, number: int, item: OpenItem | None) -> None:
        """Name an open question, or nothing."""
        self.item, self._number = item, number
        self.setVisible(item is not None)
        if item is not None:
            self.setAccessibleName(f"Open question {number}: {item.caption}")
        self._shorten()

    def resizeEvent(self, event: object) -> None:
        """Another width shortens differently."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._shorten()

    def _shorten(self) -> None:
        if self.item is not None:
            room = max(20, self.width() - self._theme.px(14))
            words = f"{self._number}  {self.item.caption}"
            shown = QFontMetrics(self.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
            self.setText(shown.replace("&", "&&"))


class ResultStrip(QWidget):
    """One line: service line, set, truth, and the first open questions."""

    gap_chosen = Signal(object)
    """The AssessmentKey of an open question."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(40))
        self._theme = theme
        self.caption = label("", "strong")
        self.caption.setMaximumWidth(theme.px(360))
        self.badge = StateBadge(theme, state_visual(None))
        self.says = ElidedLabel("", "muted")
        self.buttons = [GapButton(theme) for _ in range(SHOWN)]
        self.more = label("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 12, 2)
        row.setSpacing(8)
        row.addWidget(self.caption)
        row.addWidget(self.badge)
        row.addWidget(self.says, 4)
        for made in self.buttons:
            row.addWidget(made, 5)
            made.clicked.connect(self._chosen)
        row.addWidget(self.more)
        theme.changed.connect(self._restyle)

    def show_result(self, result: LineResult | None) -> None:
        """Show the result of a service line under the set being worked on."""
        missing = result.missing if result else ()
        self.caption.setText(result.caption if result else "No service line")
        self.badge.set_visual(_visual(result))
        self.says.setText(_says(result))
        for number, made in enumerate(self.buttons, start=1):
            made.show_item(number, missing[number - 1] if number <= len(missing) else None)
        rest = len(missing) - SHOWN
        self.more.setText(f"+ {rest} more (G)" if rest > 0 else "")
        if result is not None:
            self.setAccessibleName(result.spoken())

    def _chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, GapButton) and sender.item is not None:
            self.gap_chosen.emit(sender.item.key)

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(40))


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
        parts.append(f"{len(result.missing)} open:")
    elif result.truth is Truth.TRUE:
        parts.append("nothing is missing")
    return " · ".join(parts)
