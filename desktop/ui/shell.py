"""The one top-level window, in which lock screen, first start and desk take turns; it must know none of them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

_DEFAULT_SIZE = QSize(1400, 900)
_FRAME = (8, 40)
"""What a window manager may draw around the window: borders and a title bar."""


class Shell(QMainWindow):
    """The one top-level window: lock screen, first start and desk take turns in it."""

    close_requested = Signal()
    first_painted = Signal()
    """The first page can be seen: whatever may wait until then starts now."""

    def __init__(self) -> None:
        super().__init__()
        self.may_close = False
        self._is_painted = False
        self.setWindowTitle("Indicated")
        self.setMinimumSize(900, 600)
        self.resize(self._fitting_size())

    def show_page(self, page: QWidget) -> None:
        """Put a page in front and drop the one before, which frees everything it showed."""
        old = self.takeCentralWidget()
        self.setCentralWidget(page)
        self.setWindowTitle(page.windowTitle() or "Indicated")
        page.windowTitleChanged.connect(self.setWindowTitle)
        if old is not None:  # pyright: ignore[reportUnnecessaryComparison]
            old.hide()
            old.deleteLater()

    def _fitting_size(self) -> QSize:
        """The size to start with: no window manager puts back what hangs over the edge of the screen."""
        room = self.screen().availableSize()
        return _DEFAULT_SIZE.boundedTo(QSize(room.width() - _FRAME[0], room.height() - _FRAME[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.first_painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close:
            super().closeEvent(event)
            return
        event.ignore()
        self.close_requested.emit()
