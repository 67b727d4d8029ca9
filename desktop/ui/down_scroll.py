"""Lets a page be taller than its place, and brings what has the keyboard into sight; it must never scroll sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.ui.scroll_anchor import ScrollAnchor

_LEAST = 96
"""Pixels of the page that stay in sight at the least."""


class DownScroll(QScrollArea):
    """As wide as its page needs, as low as the window wants. Where there is room for the page nothing of it is seen."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        self._anchor = ScrollAnchor(self, page)

    def minimumSizeHint(self) -> QSize:
        """The width of the page with a bar beside it: what is cut off at the side could not be reached."""
        page = self.widget()
        return QSize((page.minimumSizeHint().width() if page else 0) + self._bar_width(), _LEAST)

    def sizeHint(self) -> QSize:
        """Room for the whole page."""
        page = self.widget()
        wanted = page.sizeHint() if page else QSize(0, _LEAST)
        return QSize(wanted.width() + self._bar_width(), wanted.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Asked of Qt: an attribute of ours is gone while a window that nobody holds any more is taken apart.
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _bar_width(self) -> int:
        return self.verticalScrollBar().sizeHint().width()
