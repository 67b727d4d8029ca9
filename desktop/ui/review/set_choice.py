"""Chooses, adds and removes the criteria sets of the service line in front; it reads and types no set itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.review.question_desk import QuestionDesk
from desktop.ui.review.review_operations import ReviewOperations


class SetChoice(QObject):
    """What the pickers of both panes ask for."""

    def __init__(
        self, desk: QuestionDesk, operations: ReviewOperations, may_change: Callable[[], bool]
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._operations = operations
        self._may_change = may_change
        for pane in desk.set_panes:
            pane.set_chosen.connect(self._choose)
            pane.set_removed.connect(self._remove)

    def _choose(self, set_id: str) -> None:
        line = self._desk.line
        pane = 1 if self.sender() is self._desk.set_panes[1] else 0
        if line is None:
            return
        if set_id in line.criteria_set_ids:
            self._desk.choose_set(pane, set_id)
        elif self._may_change():
            self._desk.wish_for_set(pane, set_id)
            self._operations.choose_sets(line.id, (*line.criteria_set_ids, set_id))

    def _remove(self, set_id: str) -> None:
        line = self._desk.line
        if line is not None and self._may_change():
            left = tuple(item for item in line.criteria_set_ids if item != set_id)
            self._operations.choose_sets(line.id, left)
