"""Undo and redo of the case in front, told in words; it must decide nothing about what can be taken back."""

from __future__ import annotations

from functools import partial
from typing import Literal

from PySide6.QtCore import QObject

from desktop.ui.case_page import CasePage
from desktop.ui.context import UiContext
from desktop.ui.status_line import StatusLine

Direction = Literal["undo", "redo"]
Labels = tuple[str | None, str | None]


class Stepping(QObject):
    """Takes a step back or does it again, and keeps the status line true about what comes next."""

    def __init__(self, context: UiContext, page: CasePage, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._page = page
        self._status = status

    def load(self) -> None:
        """Read what undo and redo would do in the open case."""
        labels = partial(self._context.services.history.labels, self._page.case_id)
        self._context.runner.run(labels, self._show, key="window.steps")

    def take(self, direction: Direction) -> None:
        """Take the last step of the case in front back, or do it again."""
        case_id = self._page.case_id
        if not case_id or self._page.isHidden():  # behind the desk, the library or the settings
            return
        self._page.flush()
        labels = partial(self._context.services.history.labels, case_id)
        self._context.runner.run(labels, partial(self._take, direction, case_id))

    def _take(self, direction: Direction, case_id: str, labels: Labels) -> None:
        if labels[direction == "redo"] is None:
            # No error: that would stay, and keep every later notice from being seen.
            self._context.notify.info(
                f"There is nothing to {direction}. What is signed or issued is superseded, not undone."
            )
            return
        history = self._context.services.history
        job = partial(history.undo if direction == "undo" else history.redo, case_id)
        self._context.commit(job, self._undone if direction == "undo" else self._redone, initiator=self)

    def _undone(self, text: str) -> None:
        self._context.notify.info(f"Taken back: {text}")

    def _redone(self, text: str) -> None:
        self._context.notify.info(f"Done again: {text}")

    def _show(self, labels: Labels) -> None:
        self._status.show_steps(*labels)
