"""Keeps the field that has the keyboard in sight, and in its place while remarks above it come and go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.ui.forms import Field

_ROOM = 16
"""Pixels left above and below what was gone to."""


class ScrollAnchor(QObject):
    """Watches the page of a scroll area. It moves nothing while the mouse scrolls."""

    def __init__(self, scroll: QScrollArea, page: QWidget) -> None:
        super().__init__(scroll)
        self._scroll = scroll
        self._page = page
        self._held: QWidget | None = None
        self._y: int = 0
        self._is_new = False
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._put_back)
        page.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._hold)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The rows inside are placed only after the page itself: look again when that is done."""
        # Asked of Qt: an attribute of ours is gone while a window that nobody holds any more is taken apart.
        scroll = self.parent()
        if (
            event.type() == QEvent.Type.Resize
            and isinstance(scroll, QScrollArea)
            and watched is scroll.widget()
        ):
            self._settle.start()
        return False

    def _hold(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or now is self._held:
            return  # another window was in front for a moment: the page stays as it was left
        self._held = now if self._page.isAncestorOf(now) else None
        self._is_new = self._held is not None
        if self._is_new:
            self._settle.start()

    def _put_back(self) -> None:
        held = self._held
        if held is None or held is not QApplication.focusWidget():
            return
        y = held.mapTo(self._page, QPoint(0, 0)).y()
        if self._is_new:
            # Qt scrolls to what Tab reaches, not to what a command of the program puts the keyboard into.
            self._scroll.ensureWidgetVisible(_with_its_words(held), 0, _ROOM)
        elif y != self._y:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + y - self._y)
        self._y, self._is_new = y, False


def _with_its_words(editor: QWidget) -> QWidget:
    """The field that an editor belongs to: its label and its remark are to be seen as well."""
    owner = editor.parentWidget()
    return owner if isinstance(owner, Field) else editor
