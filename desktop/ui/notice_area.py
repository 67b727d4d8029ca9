"""Shows notices over a corner of the window without stopping anybody; it must show what it is given as plain text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.in_use import best_place, in_use, overlap, point_of
from desktop.ui.notify import Notice, NoticeKind, Notifier
from desktop.ui.overlay import Overlay
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, set_role
from desktop.ui.widgets.icons import themed_icon

INFO_MS = 7000
"""How long a plain message stays; one that offers Undo stays twice as long."""
_READING_MS = 80
"""For each letter of a message, where that is longer."""
_WIDTH = 420
_ABOVE = 116
"""From the bottom of the window: the status line, the 64 px strip of the review, and a margin."""
_HEADER = 64
"""From the top of the window: the header line, and a margin."""
_FORM = 260
"""How high something around the field with the keyboard may be to count as its form."""
_STEP = 24
"""How far the places that are tried lie apart."""
_MOVING = frozenset({QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease, QEvent.Type.Wheel})
"""After these another row, line or part of a page may be in use."""


class NoticeArea(QFrame):
    """One notice at a time, the newest; an unread error comes back when a later one is dismissed.

    It lies where it covers nothing that is in use, and moves when something under it comes into use. Errors stay until
    dismissed. Escape dismisses it from anywhere: an error alone, so that no form under it closes unseen.
    """

    def __init__(self, notifier: Notifier, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notice: Notice | None = None
        self._unread: list[Notice] = []
        self._came_from: QWidget | None = None
        self.setProperty("role", "banner")
        self.setAccessibleName("Notice")
        self._symbol = label()
        self._what = label(wraps=True)
        self._safe = label(wraps=True, role="muted")
        self._todo = label(wraps=True)
        self._undo = button("Undo")
        self._close = button("Dismiss", "quiet")
        self._close.setToolTip("Dismiss (Escape)")
        self._undo.clicked.connect(notifier.undo_requested)
        self._undo.clicked.connect(self.dismiss)
        self._close.clicked.connect(self.dismiss)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_out)
        notifier.posted.connect(self.show_notice)
        theme.changed.connect(self._restyle)
        parent.installEventFilter(self)
        # A moment later: a form that opens gives a field the keyboard before it has its place.
        self._wait_to_place = QTimer(self, singleShot=True, interval=0)
        self._wait_to_place.timeout.connect(self._place)
        self._wait_to_clear = QTimer(self, singleShot=True, interval=0)
        self._wait_to_clear.timeout.connect(self._clear_what_is_in_use)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown now."""
        return self._notice

    def show_notice(self, notice: Notice) -> None:
        """Show a notice instead of the present one, but never an info instead of an unread error."""
        present = self._notice
        if present is not None and present.kind is not NoticeKind.INFO:
            if notice.kind is NoticeKind.INFO:
                return
            if notice != present and present not in self._unread:
                self._unread.append(present)
        self._unread = [item for item in self._unread if item != notice]
        self._show(notice)

    def _show(self, notice: Notice) -> None:
        self._notice = notice
        self._what.setText(notice.what)
        set_role(self._what, "strong" if notice.safe else "")
        self._safe.setText(notice.safe)
        self._safe.setVisible(bool(notice.safe))
        self._todo.setText(notice.todo)
        self._todo.setVisible(bool(notice.todo))
        self._undo.setVisible(notice.offers_undo)
        words = f"{notice.what} {notice.safe} {notice.todo}".strip()
        self.setAccessibleDescription(words)
        self._restyle()
        self.show()
        self._place()
        self.raise_()
        is_info = notice.kind is NoticeKind.INFO
        announce(self, words, is_urgent=not is_info)
        self._timer.stop()
        if is_info:
            self._timer.start(max(INFO_MS, _READING_MS * len(words)) * (2 if notice.offers_undo else 1))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.installEventFilter(self)  # installed twice it is still called once

    def dismiss(self) -> None:
        """Take the notice away; an earlier error that nobody has dismissed comes back."""
        self._timer.stop()
        if self._unread:
            self._show(self._unread.pop())
            return
        self._notice = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.removeEventFilter(self)
        focused, came_from, self._came_from = QApplication.focusWidget(), self._came_from, None
        if (
            focused is not None
            and self.isAncestorOf(focused)
            and came_from is not None
            and came_from.isVisible()
        ):
            # Before hiding: Qt would give the keyboard to whatever comes next.
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def leave_case(self) -> None:
        """Another case comes to the front: words about the one before, and their Undo, go; an unread error stays."""
        if self._notice is not None and self._notice.kind is NoticeKind.INFO:
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Resize:
            if watched is self.parentWidget():
                self._place()
        elif kind in _MOVING:
            self._wait_to_clear.start()
        elif kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and isinstance(event, QKeyEvent):
            return self._escape(watched, event)
        return False

    def _escape(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether the key is used up: an error is dismissed alone, a message beside what Escape does anyway."""
        if event.key() != Qt.Key.Key_Escape or event.modifiers() or not isinstance(watched, QWidget):
            return False
        is_beside = watched.window() is not self.window() or QApplication.activePopupWidget() is not None
        if self._notice is None or is_beside or _is_in_overlay(watched):
            return False
        is_error = self._notice.kind is not NoticeKind.INFO
        if event.type() == QEvent.Type.ShortcutOverride:
            if is_error:
                event.accept()  # or a shortcut under it would take it
            return is_error
        self.dismiss()
        return is_error

    def _lay_out(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(10), px(8), px(10))
        row.setSpacing(px(10))
        row.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(3))
        for part in (self._what, self._safe, self._todo):
            column.addWidget(part)
        row.addLayout(column, 1)
        row.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def _place(self) -> None:
        host = self.parentWidget()
        if self.isHidden() or host is None:
            return
        margin = self._theme.px(16)
        width = min(self._theme.px(_WIDTH), host.width() - 2 * margin)
        self.setFixedWidth(width)
        if layout := self.layout():
            layout.activate()  # a longer text in a notice that is already up is measured anew, or it is cut
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.resize(width, height)
        used = in_use(host, self, self._theme.px(_FORM))
        self.move(best_place(self.size(), self._places(host, margin), used))

    def _places(self, host: QWidget, margin: int) -> tuple[QPoint, ...]:
        """Where it may lie, the usual corner first: above the status line and the questions read while answering."""
        left, right = margin, host.width() - self.width() - margin
        high = self._theme.px(_HEADER)
        usual = max(high, host.height() - self.height() - self._theme.px(_ABOVE))
        lowest = max(high, host.height() - self.height() - margin)
        step = self._theme.px(_STEP)
        # Over the header as well: with large letters there is often no other place that leaves the work free.
        downs = (usual, *range(usual - step, high, -step), high, margin // 4, lowest)
        return tuple(QPoint(x, y) for x in (right, left, (left + right) // 2) for y in downs)

    def _clear_what_is_in_use(self) -> None:
        """Go elsewhere when the row, the line or the field that is in use now lies under it."""
        host, focused = self.parentWidget(), QApplication.focusWidget()
        if self.isHidden() or host is None or focused is None or self.isAncestorOf(focused):
            return
        if host.isAncestorOf(focused) and overlap(self.geometry(), point_of(host, focused)):
            self._place()

    def _time_out(self) -> None:
        focused = QApplication.focusWidget()
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            self._timer.start(INFO_MS)  # someone is about to press its button
        else:
            self.dismiss()

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if not self.isVisible() or now is None:
            return
        if not self.isAncestorOf(now):
            self._wait_to_place.start()
        elif old is not None and not self.isAncestorOf(old):
            self._came_from = old

    def _restyle(self) -> None:
        is_info = self._notice is None or self._notice.kind is NoticeKind.INFO
        name, color = ("info", "accent") if is_info else ("warning", "not_met")
        size = self._theme.px(16)
        self._symbol.setPixmap(
            themed_icon(self._theme, name, color).pixmap(QSize(size, size), self.devicePixelRatio())
        )


def announce(about: QWidget, words: str, *, is_urgent: bool) -> None:
    """Have a screen reader say words, an urgent one at once; older readers are told that a notice is there."""
    QAccessible.updateAccessibility(QAccessibleEvent(about, QAccessible.Event.Alert))
    spoken = QAccessibleAnnouncementEvent(about, words)
    politeness = QAccessible.AnnouncementPoliteness
    spoken.setPoliteness(politeness.Assertive if is_urgent else politeness.Polite)
    QAccessible.updateAccessibility(spoken)


def _is_in_overlay(part: QWidget) -> bool:
    around: QWidget | None = part
    while around is not None and not isinstance(around, Overlay):
        around = around.parentWidget()
    return around is not None
