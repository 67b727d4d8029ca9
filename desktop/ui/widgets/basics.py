"""The plain building blocks of every screen: headings, hairlines, buttons, labels that shorten, the focus ring."""

from __future__ import annotations

from html import escape
from typing import Literal, cast

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.ui.theme import Theme

LabelRole = Literal["", "title", "heading", "strong", "muted", "caption", "section", "error", "warning", "ok"]
ButtonKind = Literal["", "primary", "quiet", "link", "danger"]


def label(
    text: str = "", role: LabelRole = "", *, wraps: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A label for plain text: whatever stands in the record is shown as it is, never read as markup."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, kind: ButtonKind = "", *, parent: QWidget | None = None) -> QPushButton:
    """A push button. A literal `&` must be doubled by the caller; a single one marks the mnemonic."""
    made = QPushButton(text, parent)
    # Qt presses an auto-default button by Enter as well as by the space bar, outside dialogs too.
    made.setAutoDefault(True)
    made.setAccessibleName(text.replace("&", ""))
    if kind:
        made.setProperty("kind", kind)
    return made


def pill_button(text: str, *, parent: QWidget | None = None) -> QPushButton:
    """A button that stays down: one of several filters or answers."""
    made = button(text, "quiet", parent=parent)
    made.setCheckable(True)
    return made


class _EnterPresses(QObject):
    """Lets Enter press a button that Qt would press by the space bar only."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QAbstractButton):
            pressed = cast("QKeyEvent", event)
            is_enter = pressed.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and not pressed.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                watched.click()
                return True
        return False


def press_on_enter(made: QAbstractButton) -> None:
    """Have Enter press a button that is not a `button()`, as it does everywhere else."""
    made.installEventFilter(_EnterPresses(made))


def hairline(parent: QWidget | None = None) -> QFrame:
    """A line of one pixel between two sections."""
    made = QFrame(parent)
    made.setProperty("role", "hairline")
    made.setFixedHeight(1)
    return made


def section_header(text: str, parent: QWidget | None = None) -> QLabel:
    """The small heading over a group."""
    return label(text, "section", parent=parent)


def set_role(widget: QWidget, role: str) -> None:
    """Change a widget's role and have the stylesheet applied to it again."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def plain_tooltip(text: str) -> str:
    """Text as a tooltip that shows it as it is: Qt would read markup found in the record."""
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if text else ""


def paint_focus_ring(painter: QPainter, rect: QRect | QRectF, theme: Theme) -> None:
    """The 2 px ring around what has the keyboard, inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 5, 5)
    painter.restore()


class WholeText(QLabel):
    """Wrapped words that a layout short of room never cuts: they ask for the height of all their lines."""

    def __init__(self, text: str = "", role: LabelRole = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._ask_for_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_room()

    def _ask_for_room(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class ElidedLabel(QLabel):
    """One line that is shortened with an ellipsis instead of pushing its neighbours away."""

    def __init__(self, text: str = "", role: LabelRole = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip("")

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        line = " ".join(self.text().split())
        shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()
