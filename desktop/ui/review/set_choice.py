"""Chooses, adds, removes and types the criteria sets of the service line in front; it reads no YAML itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import UserFacingError
from desktop.rules.file_problem import CriteriaFileError
from desktop.ui.context import UiContext
from desktop.ui.review.question_desk import QuestionDesk
from desktop.ui.review.review_operations import ReviewOperations

DRAFT = "review/typed-set"


class SetChoice(QObject):
    """What the pickers of both panes and the editor ask for. A typed set is checked, stored, and put first."""

    settled = Signal()
    """The trees are in front again."""

    def __init__(
        self,
        context: UiContext,
        desk: QuestionDesk,
        operations: ReviewOperations,
        may_change: Callable[[], bool],
    ) -> None:
        super().__init__(desk)
        self._context = context
        self._desk = desk
        self._editor = desk.editor
        self._operations = operations
        self._may_change = may_change
        for pane in desk.set_panes:
            pane.set_chosen.connect(self._choose)
            pane.set_removed.connect(self._remove)
            pane.typing_asked.connect(self.type_one)
        self._editor.check_asked.connect(self._check)
        self._editor.accepted.connect(self._store)
        self._editor.closed.connect(self._put_away)

    def type_one(self) -> None:
        """Open the editor, beside the notes, with the draft that was left."""
        if self._desk.line is None or not self._may_change():
            return
        self._desk.pane_splitter.hide()
        state = self._context.services.view_state

        def job() -> str:
            return state.recall(DRAFT) or ""

        self._context.runner.run(job, self._editor.open, self._context.notify.failure)

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

    def _put_away(self) -> None:
        self._desk.pane_splitter.show()
        self.settled.emit()

    def _check(self, text: str) -> None:
        catalogue, state = self._context.services.catalogue, self._context.services.view_state

        def job() -> CriteriaSet:
            state.remember(DRAFT, text)
            return catalogue.parse_typed(text)

        self._context.runner.run(job, self._readable, self._unreadable, key="review.typed-set")

    def _readable(self, _criteria_set: CriteriaSet) -> None:
        self._editor.show_problems(())

    def _unreadable(self, error: Exception) -> None:
        if isinstance(error, CriteriaFileError):
            self._editor.show_problems(error.problems)
        elif isinstance(error, UserFacingError):
            self._editor.show_refusal(f"{error.what} {error.todo}")
        else:
            self._context.notify.unexpected(error)

    def _store(self, text: str) -> None:
        catalogue = self._context.services.catalogue

        def readable(_criteria_set: CriteriaSet) -> None:
            self._context.commit(lambda: catalogue.type_set(text), self._stored, initiator=self._desk)

        # Read first: a mistake is shown beside the text and not as a failure of the program.
        self._context.runner.run(lambda: catalogue.parse_typed(text), readable, self._unreadable)

    def _stored(self, criteria_set: CriteriaSet) -> None:
        state, line = self._context.services.view_state, self._desk.line
        # The draft has become a set: the next one starts afresh.
        self._context.runner.run(lambda: state.remember(DRAFT, ""), None, self._context.notify.failure)
        self._editor.hide()
        self._operations.read_library()
        if line is not None:
            others = tuple(item for item in line.criteria_set_ids if item != criteria_set.id)
            self._desk.wish_for_set(0, criteria_set.id)
            self._operations.choose_sets(line.id, (criteria_set.id, *others))
        self._put_away()
