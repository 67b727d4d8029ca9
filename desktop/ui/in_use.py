"""What of a window is in use, as rectangles: the control with the keyboard, its form, what can be pressed or read.

It must move and change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

STAYS_IN_SIGHT = "stays_in_sight"
"""The property of a part that is read while the keyboard is elsewhere: a notice leaves it free like a form."""
_PRESSED = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractSlider,
    QPlainTextEdit,
    QTextEdit,
)
_LINES_AROUND = 1
"""How many lines above and below the caret are being written or read."""


@dataclass(frozen=True, slots=True)
class InUse:
    """Rectangles in the coordinates of the window; empty ones where there is nothing."""

    point: QRect
    """What the keyboard is at: the field, the row, or the lines round the caret. It must stay in sight."""
    read: tuple[QRect, ...]
    """What is read while the keyboard is elsewhere."""
    form: QRect
    """The field with what belongs to it, as high as a form may be."""
    controls: tuple[QRect, ...]
    """Everything else that can be pressed or typed in."""


def in_use(host: QWidget, apart: QWidget, form_height: int) -> InUse:
    """What is in use in `host`, leaving out what is in `apart`; a form is at most `form_height` pixels high."""
    focused = QApplication.focusWidget()
    point, form = QRect(), QRect()
    if focused is not None and host.isAncestorOf(focused) and not _is_in(focused, apart):
        point = point_of(host, focused)
        form = seen_part(host, _form_of(host, focused, form_height))
    read, controls = list[QRect](), list[QRect]()
    for part in host.findChildren(QWidget):
        if not part.isVisible() or _is_in(part, apart):
            continue
        if part.property(STAYS_IN_SIGHT):
            read.append(seen_part(host, part))
        elif isinstance(part, _PRESSED) and part.isEnabled():
            controls.append(seen_part(host, part))
    return InUse(point, tuple(read), form, tuple(rect for rect in controls if not rect.isEmpty()))


def point_of(host: QWidget, focused: QWidget) -> QRect:
    """Where in a control the keyboard is: a list is in use in one row, a text in a few lines."""
    if isinstance(focused, QPlainTextEdit | QTextEdit):
        caret = focused.cursorRect()
        around = caret.height() * _LINES_AROUND
        lines = caret.adjusted(0, -around, 0, around)
        lines.setLeft(0)
        lines.setRight(focused.viewport().width())
        return seen_part(host, focused.viewport(), lines)
    if isinstance(focused, QAbstractItemView):
        return seen_part(host, focused.viewport(), focused.visualRect(focused.currentIndex()))
    if isinstance(focused, QAbstractScrollArea):
        return QRect()
    return seen_part(host, focused)


def seen_part(host: QWidget, part: QWidget, rect: QRect | None = None) -> QRect:
    """The part of a widget, or of a rectangle in it, that no scroll area round it cuts off."""
    seen = QRect(part.rect() if rect is None else rect)
    inner = part
    while inner is not host:
        seen = seen.intersected(inner.rect())
        outer = inner.parentWidget()
        if outer is None:
            return QRect()
        seen.translate(inner.pos())
        inner = outer
    return seen.intersected(host.rect())


def _form_of(host: QWidget, field: QWidget, most: int) -> QWidget:
    """What lies round the field and is no higher than a form; a list or a large text is its own."""
    form, around = field, field.parentWidget()
    while around is not None and around is not host and around.height() <= most:
        if isinstance(around, QScrollArea) or around.parentWidget() is None:
            break
        form, around = around, around.parentWidget()
    return form


def _is_in(part: QWidget, whole: QWidget) -> bool:
    return part is whole or whole.isAncestorOf(part)


def overlap(first: QRect, second: QRect) -> int:
    """How many pixels two rectangles share."""
    shared = first.intersected(second)
    return 0 if shared.isEmpty() else shared.width() * shared.height()


def best_place(size: QSize, places: tuple[QPoint, ...], used: InUse) -> QPoint:
    """The first of the places that covers least: never what the keyboard is at where another place is to be had."""
    best, least = places[0], _cost(QRect(places[0], size), used)
    for place in places[1:]:
        if not any(least):
            break
        cost = _cost(QRect(place, size), used)
        if cost < least:
            best, least = place, cost
    return best


def _cost(rect: QRect, used: InUse) -> tuple[int, int, int, int]:
    return (
        overlap(rect, used.point),
        sum(overlap(rect, part) for part in used.read),
        overlap(rect, used.form),
        sum(rect.intersects(control) for control in used.controls),
    )
