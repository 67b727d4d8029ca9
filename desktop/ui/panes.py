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
    for candidate in (pane, *pane.findChildren(QWidget)):
        takes = bool(candidate.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and candidate.isEnabled() and candidate.isVisible():
            return candidate
    return None
