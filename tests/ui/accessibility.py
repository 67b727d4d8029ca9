"""Audits a window the way a screen reader and a shaky hand would meet it; every screen's tests call it.

It must not look at how a widget was made, only at what the accessibility interface says of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

LEAST_TARGET_PX = 24
"""Smallest width and height of something to click (WCAG 2.2, 2.5.8)."""

_TARGETS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractSlider)


def assert_accessible(window: QWidget, least_target_px: int = LEAST_TARGET_PX) -> None:
    """Fails with every defect of the window's visible part, one per line. Show the window before."""
    found = defects(window, least_target_px)
    assert not found, "not accessible:\n  " + "\n  ".join(found)


def defects(window: QWidget, least_target_px: int = LEAST_TARGET_PX) -> list[str]:
    """What keeps someone from using the window by ear or with an unsteady hand."""
    if not window.isVisible():
        raise ValueError("show the window first: a hidden one has no geometry to judge")
    found: list[str] = []
    for widget in focusable(window):
        if not is_named(widget):
            found.append(f"{place_of(widget, window)} can be reached, but has no accessible name")
        if isinstance(widget, _TARGETS) and not isinstance(widget, QScrollBar):
            size = widget.size()
            if size.width() < least_target_px or size.height() < least_target_px:
                found.append(
                    f"{place_of(widget, window)} is {size.width()} x {size.height()} px, "
                    f"less than {least_target_px} x {least_target_px}"
                )
    found += mnemonics_used_twice(window)
    return found


def focusable(window: QWidget) -> Iterator[QWidget]:
    """Every visible widget that keyboard or mouse can put the focus on, and that is not a part of another one."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible():
            continue
        if widget.window() is not window.window() or is_part_of_another(widget):
            continue
        yield widget


def is_part_of_another(widget: QWidget) -> bool:
    """The line edit inside a spin box, the viewport inside a list: they speak through their owner."""
    if widget.objectName().startswith("qt_") or widget.focusProxy() is not None:
        return True
    owner = widget.parentWidget()
    if isinstance(owner, (QComboBox, QAbstractSpinBox)):
        return True
    return isinstance(owner, QAbstractScrollArea) and widget is owner.viewport()


def is_named(widget: QWidget) -> bool:
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None:
        return False
    if isinstance(widget, QComboBox):
        # A combo box gives its current value as its name; what it is for comes from elsewhere.
        return bool(widget.accessibleName().strip()) or has_label(interface)
    if isinstance(widget, QTabBar):
        return all(widget.tabText(index).strip() for index in range(widget.count()))
    if interface.text(QAccessible.Text.Name).strip():
        return True
    return has_label(interface)


def has_label(interface: QAccessibleInterface) -> bool:
    """True when another widget is declared as the label of this one and says something."""
    for related, relation in interface.relations():
        if relation & QAccessible.RelationFlag.Label and related.text(QAccessible.Text.Name).strip():
            return True
    return False


def mnemonics_used_twice(window: QWidget) -> list[str]:
    """Alt+letter that two visible buttons or labels of the window claim: then it only moves the focus."""
    owners: dict[str, QWidget] = {}
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, (QAbstractButton, QLabel)) or not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.buddy() is None:
            continue
        letter = mnemonic_of(widget.text())
        if letter is None:
            continue
        if letter in owners:
            first, second = place_of(owners[letter], window), place_of(widget, window)
            found.append(f"Alt+{letter.upper()} is claimed by {first} and by {second}")
        owners[letter] = widget
    return found


def mnemonic_of(text: str) -> str | None:
    plain = text.replace("&&", "")
    position = plain.find("&")
    return plain[position + 1].lower() if 0 <= position < len(plain) - 1 else None


def labels_that_guess_their_format(window: QWidget) -> list[str]:
    """Labels that would draw markup found in a patient's data, because their text format was left to guessing."""
    return [
        place_of(label, window)
        for label in window.findChildren(QLabel)
        if label.textFormat() == Qt.TextFormat.AutoText and not label.objectName().startswith("qt_")
    ]


def place_of(widget: QWidget, window: QWidget) -> str:
    """A path that leads to the widget in the source: class and object name, outermost first."""
    names: list[str] = []
    current: QWidget | None = widget
    while current is not None and current is not window:
        name = current.objectName()
        names.append(type(current).__name__ + (f"#{name}" if name else ""))
        current = current.parentWidget()
    names.append(type(window).__name__)
    return " > ".join(reversed(names[:1] + names[-3:] if len(names) > 4 else names))
