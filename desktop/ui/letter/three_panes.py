"""Three parts side by side, or two where there is no room for three: one rule for Letter and Packet, at any size."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.ui.letter.side_pane import SidePane
from desktop.ui.theme import Theme

MIDDLE = "middle"
_LEAST_MIDDLE = 340
"""Narrower than this the middle is a column of words: then it takes turns with the panels of the side pane."""
_LEAST_SIDE, _MOST_SIDE = 330, 430


class ThreePanes(QSplitter):
    """The list keeps its place at the left. Folded, the middle is the first of the panels at the right."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        left: int,
        most_left: int,
        stretch: tuple[int, int, int] = (0, 1, 0),
    ) -> None:
        """`left` in pixels at a text size of 100 %, which grow with it to `most_left`; `title` names the middle."""
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._left, self._most_left, self._stretch = left, most_left, stretch
        self._middle: QWidget | None = None
        self.is_folded = False
        """Whether there is too little width for three parts side by side."""
        self.side = SidePane(theme)
        self._turn = QVBoxLayout()
        self._turn.setContentsMargins(0, 0, 0, 0)
        place = QWidget()
        place.setLayout(self._turn)
        self.side.add_panel(MIDDLE, title, place, scrolls=False)
        self.side.set_available(MIDDLE, False)
        self.setChildrenCollapsible(False)
        theme.changed.connect(self._fold)

    def hold(self, left: QWidget, middle: QWidget) -> None:
        """Put the parts in their places; the panels of the side pane are there by then."""
        self._middle = middle
        for part in (left, middle, self.side):
            self.addWidget(part)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three parts side by side where there is room, else two."""
        super().resizeEvent(event)
        self._fold()

    def show_middle(self) -> None:
        """Bring the middle to the front where it takes turns with the panels."""
        if self.is_folded:
            self.side.show_panel(MIDDLE)

    def _widths(self) -> tuple[int, int]:
        px = self._theme.px
        return min(px(self._left), self._most_left), min(px(_LEAST_SIDE), _MOST_SIDE)

    def _fold(self) -> None:
        is_folded = self.width() < sum(self._widths()) + self._theme.px(_LEAST_MIDDLE)
        if is_folded == self.is_folded or self._middle is None:
            return
        self.is_folded = is_folded
        if is_folded:
            self._turn.addWidget(self._middle)
            self.side.set_available(MIDDLE, True)
            self.side.show_panel(MIDDLE)
        else:
            self.insertWidget(1, self._middle)
            self.side.set_available(MIDDLE, False)
        self._middle.show()
        self._share()

    def _share(self) -> None:
        left, side = self._widths()
        rest = max(self.width() - left, side + self._theme.px(_LEAST_MIDDLE))
        _, middle_share, side_share = self._stretch
        if self.is_folded:
            sizes, stretches = [left, rest], (0, 1)
        else:
            more = rest - side if not side_share else rest * middle_share // (middle_share + side_share)
            sizes, stretches = [left, more, rest - more], self._stretch
        self.setSizes(sizes)
        for place, stretch in enumerate(stretches):
            self.setStretchFactor(place, stretch)
