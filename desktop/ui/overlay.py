"""A panel over the window that goes away by Escape or a click beside it; it must never block what is underneath."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop.ui.theme import Theme


class Overlay(QFrame):
    """Centred at the top of its parent. Gives the keyboard back to where it came from."""

    def __init__(self, theme: Theme, parent: QWidget, width: int, height: int) -> None:
        super().__init__(parent)
        self._theme = theme
        self._host = parent
        self._design = (width, height)
        self._came_from: QWidget | None = None
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def open(self) -> None:
        """Show the panel and remember who had the keyboard."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self._came_from = focused
        self._place()
        self.show()
        self.raise_()
        self._host.installEventFilter(self)
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

    def dismiss(self) -> None:
        """Hide the panel and give the keyboard back."""
        if self.isHidden():
            return
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)
        self._host.removeEventFilter(self)
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self._came_from = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if watched is not self and not self.isAncestorOf(watched):
                self.dismiss()
        elif event.type() == QEvent.Type.Resize and watched is self._host:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _place(self) -> None:
        parent = self._host
        width = min(self._theme.px(self._design[0]), parent.width() - 32)
        height = min(self._theme.px(self._design[1]), parent.height() - 72)
        self.setGeometry((parent.width() - width) // 2, 44, width, height)
