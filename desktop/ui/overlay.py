"""A panel over the window that goes by Escape or a click beside it; while it is open, no key reaches what is under."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop.ui.actions import Command, is_key_of
from desktop.ui.panes import stops_in
from desktop.ui.theme import Theme

_TOP = 44
"""Under the search field that opens the palette, in pixels at 100 %."""


class Overlay(QFrame):
    """Centred at the top of its parent. Gives the keyboard back to where it came from.

    What lies under it cannot be seen well, so no key reaches it: shortcuts rest, Tab goes round inside, and what
    would take the keyboard away meanwhile gets it when the panel closes.
    """

    def __init__(self, theme: Theme, parent: QWidget, width: int, height: int) -> None:
        super().__init__(parent)
        self._theme = theme
        self._host = parent
        self._design = (width, height)
        self._came_from: QWidget | None = None
        self._inside: QWidget | None = None
        self._opened_by: tuple[Command, ...] = ()
        self._passing: tuple[Command, ...] = ()
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def know_keys(self, opened_by: Iterable[Command], passing: Iterable[Command]) -> None:
        """The commands whose key closes the panel again, and those that work although it is open."""
        self._opened_by = tuple(opened_by)
        self._passing = tuple(passing)

    def open(self) -> None:
        """Show the panel and remember who had the keyboard."""
        focused = QApplication.focusWidget()
        if focused is None or not self._has(focused):
            self._came_from = focused
        self._inside = None
        self._place()
        self.show()
        self.raise_()
        self._host.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.installEventFilter(self)
            app.focusChanged.connect(self._keep_keyboard, Qt.ConnectionType.UniqueConnection)

    def dismiss(self) -> None:
        """Hide the panel and give the keyboard back."""
        if self.isHidden():
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.removeEventFilter(self)
            app.focusChanged.disconnect(self._keep_keyboard)
        self._host.removeEventFilter(self)
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self._came_from = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Accepted, it comes as a key pressed instead of as the shortcut of whatever lies underneath.
            is_ours = isinstance(watched, QWidget) and watched.window() is self.window()
            if is_ours and not is_key_of(self._passing, event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if not self._has(watched):
                self.dismiss()
        elif event.type() == QEvent.Type.Resize and watched is self._host:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or is_key_of(self._opened_by, event):
            self.dismiss()
        event.accept()  # or the window under it would take the key

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's name)
        """Tab goes round in the panel."""
        stops, focused = stops_in(self), QApplication.focusWidget()
        if stops:
            at = stops.index(focused) if focused in stops else -1
            reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
            stops[(at + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    def _has(self, part: QWidget) -> bool:
        return part is self or self.isAncestorOf(part)

    def _keep_keyboard(self, old: QWidget | None, now: QWidget | None) -> None:
        """A screen that was still loading may ask for the keyboard: it gets it when the panel closes."""
        if now is None or now.window() is not self.window():
            return
        if self._has(now):
            self._inside = now
        elif self._inside is not None:
            self._came_from = now
            self._inside.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        parent = self._host
        width = min(self._theme.px(self._design[0]), parent.width() - 32)
        top = self._theme.px(_TOP)
        height = min(self._theme.px(self._design[1]), parent.height() - top - 28)
        self.setGeometry((parent.width() - width) // 2, top, width, height)
