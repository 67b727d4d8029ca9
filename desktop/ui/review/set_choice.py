"""Chooses, adds and removes the criteria sets of the service line in front; it reads and types no set itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from desktop.ui.review.choice_rows import Choices
from desktop.ui.review.question_desk import QuestionDesk
from desktop.ui.review.review_operations import ReviewOperations


class SetChoice(QObject):
    """What the pickers of both panes and the page of sets ask for."""

    def __init__(
        self, desk: QuestionDesk, operations: ReviewOperations, may_change: Callable[[], bool]
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._operations = operations
        self._may_change = may_change
        self._pane = 0
        self._line_id = ""
        for pane in desk.set_panes:
            pane.set_chosen.connect(self._choose)
            pane.set_removed.connect(self._remove)
            pane.choosing_asked.connect(self._ask)
        desk.chooser.chosen.connect(self._chosen)
        desk.chooser.closed.connect(self.close)
        desk.missing_sets.removal_asked.connect(self._remove)
        desk.moved.connect(self._follow)

    def ask(self) -> None:
        """Show the sets that can be chosen for the pane in front."""
        self._ask_for(self._desk.set_panes.index(self._desk.active_pane))

    def close(self) -> None:
        """Back to the note."""
        if self.is_open:
            self._desk.show_note()
            pane = self._desk.active_pane
            start = pane.tree if pane.tree.isVisible() else pane.picker
            start.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_open(self) -> bool:
        """Whether the sets to choose from are in sight."""
        return self._desk.reader.currentWidget() is self._desk.chooser

    def _ask(self) -> None:
        self._ask_for(1 if self.sender() is self._desk.set_panes[1] else 0)

    def _ask_for(self, pane: int) -> None:
        view, line = self._desk.view, self._desk.line
        if view is None or line is None or not self._may_change():
            return
        self._pane, self._line_id = pane, line.id
        self._operations.read_choices(view.case, line, self._show)

    def _show(self, choices: Choices) -> None:
        line = self._desk.line
        if line is None or line.id != self._line_id:
            return
        day = f" · service on {line.service_on}" if line.service_on else " · no day of service yet"
        self._desk.reader.setCurrentWidget(self._desk.chooser)
        self._desk.chooser.ask(f"A criteria set for {line.caption or line.id}{day}", choices)

    def _follow(self) -> None:
        """What was offered for one line is not offered for another."""
        line = self._desk.line
        if self.is_open and (line is None or line.id != self._line_id):
            self._desk.show_note()

    def _chosen(self, set_id: str) -> None:
        if self._desk.line is None or self._desk.line.id != self._line_id:
            return
        self._take(self._pane, set_id)
        self.close()

    def _choose(self, set_id: str) -> None:
        self._take(1 if self.sender() is self._desk.set_panes[1] else 0, set_id)

    def _take(self, pane: int, set_id: str) -> None:
        line = self._desk.line
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
