"""One thing that is missing, as a link that is shortened to the room there is; it goes nowhere itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.ui.review.way_rows import GapItem
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import plain_tooltip


class GapButton(QPushButton):
    """Number and caption; the whole sentence is its name and its tool tip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.item: GapItem | None = None
        self._number = 0
        self.setAutoDefault(True)
        self.setProperty("kind", "link")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(theme.px(60))

    def show_item(self, number: int, item: GapItem | None) -> None:
        """Name something that is missing, or nothing."""
        self.item, self._number = item, number
        self.setVisible(item is not None)
        if item is not None:
            self.setAccessibleName(f"Missing {number}: {item.whole}")
            self.setToolTip(plain_tooltip(item.whole))
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shortens differently."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        if self.item is not None:
            room = max(20, self.width() - self._theme.px(14))
            words = f"{self._number}  {self.item.caption}"
            shown = QFontMetrics(self.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
            self.setText(shown.replace("&", "&&"))
