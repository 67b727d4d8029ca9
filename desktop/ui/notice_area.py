"""Shows notices over a corner of the window without stopping anybody; it must show what it is given as plain text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.notify import Notice, NoticeKind, Notifier
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, set_role
from desktop.ui.widgets.icons import themed_icon

INFO_MS = 7000
"""How long a plain message stays; one that offers Undo stays twice as long."""
_WIDTH = 420
_ABOVE = 116
"""From the bottom of the window: the status line, the 64 px strip of the review, and a margin."""
_HEADER = 64
"""From the top of the window: the header line, and a margin."""
_FORM = 260
"""How high something around the field with the keyboard may be to count as its form."""


class NoticeArea(QFrame):
    """One notice at a time, the newest. Errors stay until dismissed; Escape dismisses the one with the keyboard."""

    def __init__(self, notifier: Notifier, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._host = parent
        self._notice: Notice | None = None
        self.setProperty("role", "banner")
        self.setAccessibleName("Notice")
        self._symbol = label()
        self._what = label(wraps=True)
        self._safe = label(wraps=True, role="muted")
        self._todo = label(wraps=True)
        self._undo = button("Undo")
        self._close = button("Dismiss", "quiet")
        self._undo.clicked.connect(notifier.undo_requested)
        self._undo.clicked.connect(self.dismiss)
        self._close.clicked.connect(self.dismiss)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        notifier.posted.connect(self.show_notice)
        theme.changed.connect(self._restyle)
        parent.installEventFilter(self)
        # A moment later: a form that opens gives a field the keyboard before it has its place.
        self._wait_to_place = QTimer(self)
        self._wait_to_place.setSingleShot(True)
        self._wait_to_place.timeout.connect(self._place)
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
        if notice.kind is NoticeKind.INFO and self._notice and self._notice.kind is not NoticeKind.INFO:
            return
        self._notice = notice
        self._what.setText(notice.what)
        set_role(self._what, "strong" if notice.safe else "")
        self._safe.setText(notice.safe)
        self._safe.setVisible(bool(notice.safe))
        self._todo.setText(notice.todo)
        self._todo.setVisible(bool(notice.todo))
        self._undo.setVisible(notice.offers_undo)
        self.setAccessibleDescription(f"{notice.what} {notice.safe} {notice.todo}".strip())
        self._restyle()
        self.show()
        self._place()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if notice.kind is NoticeKind.INFO:
            self._timer.start(INFO_MS * (2 if notice.offers_undo else 1))

    def dismiss(self) -> None:
        """Take the notice away."""
        self._notice = None
        self.hide()

    def leave_case(self) -> None:
        """Another case comes to the front: words about the one before, and their Undo, go; an unread error stays."""
        if self._notice is not None and self._notice.kind is NoticeKind.INFO:
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

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
        if self.isHidden():
            return
        parent = self._host
        margin = self._theme.px(16)
        width = min(self._theme.px(_WIDTH), parent.width() - 2 * margin)
        self.setFixedWidth(width)
        if layout := self.layout():
            layout.activate()  # a longer text in a notice that is already up is measured anew, or it is cut
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.resize(width, height)
        self.move(self._free_place(margin))

    def _free_place(self, margin: int) -> QPoint:
        """The usual corner, or the first other place that leaves the field with the keyboard in sight."""
        right = self._host.width() - self.width() - margin
        # Above the status line and the strip of open questions over it, which is read while answering.
        low = self._host.height() - self.height() - self._theme.px(_ABOVE)
        high = self._theme.px(_HEADER)
        field, form = self._in_use()
        above = max(form.top() - self.height() - margin, high)
        places = [QPoint(right, low), QPoint(right, above), QPoint(right, high), QPoint(margin, low)]
        for taken in (form, field):
            for place in places:
                if not QRect(place, self.size()).intersects(taken):
                    return place
        return places[0]

    def _in_use(self) -> tuple[QRect, QRect]:
        """The field with the keyboard and the form around it, in the window; of lists and texts to read nothing."""
        field = QApplication.focusWidget()
        if field is None or not self._host.isAncestorOf(field) or self.isAncestorOf(field):
            return QRect(), QRect()
        is_typed_in = isinstance(field, QPlainTextEdit | QTextEdit) and not field.isReadOnly()
        if isinstance(field, QAbstractScrollArea) and not is_typed_in:
            return QRect(), QRect()
        form, around = field, field.parentWidget()
        while around is not None and around is not self._host and around.height() <= self._theme.px(_FORM):
            form, around = around, around.parentWidget()
        own, whole = (QRect(part.mapTo(self._host, QPoint()), part.size()) for part in (field, form))
        return own, whole

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and not self.isAncestorOf(now):
            self._wait_to_place.start(0)

    def _restyle(self) -> None:
        is_info = self._notice is None or self._notice.kind is NoticeKind.INFO
        name, color = ("info", "accent") if is_info else ("warning", "not_met")
        size = self._theme.px(16)
        self._symbol.setPixmap(
            themed_icon(self._theme, name, color).pixmap(QSize(size, size), self.devicePixelRatio())
        )
