"""Moves the keyboard from one part of the window to the next; it must know nothing of what the parts are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def walk_panes(panes: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the next (step 1) or previous (-1) visible part that can take it, going round."""
    visible = [pane for pane in panes if pane.isVisible()]
    focused = QApplication.focusWidget()
    at = next(
        (
            index
            for index, pane in enumerate(visible)
            if focused is not None and (pane is focused or pane.isAncestorOf(focused))
        ),
        -1 if step > 0 else 0,
    )
    for offset in range(1, len(visible) + 1):
        target = first_focusable(visible[(at + step * offset) % len(visible)])
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            return


def first_focusable(pane: QWidget) -> QWidget | None:
    """The pane itself or the first thing in it that takes the keyboard; None when nothing does."""
    return next(iter(stops_in(pane)), None)


def stops_in(pane: QWidget) -> list[QWidget]:
    """The pane itself and everything in it that takes the keyboard now."""
    return [
        part
        for part in (pane, *pane.findChildren(QWidget))
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.isVisible()
    ]
