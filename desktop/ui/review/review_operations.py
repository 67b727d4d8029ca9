"""Starts the operations of a review and hands back the view they leave; it shows nothing and keeps no answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.assessment import Amount, AssessmentKey, AssessmentState, Stance
from desktop.domain.case import Case
from desktop.domain.gap import LineGaps
from desktop.domain.service_line import ServiceLine
from desktop.rules.editions import edition_instead, review_state
from desktop.ui.context import UiContext
from desktop.ui.review.choice_rows import Choices, Fit

if TYPE_CHECKING:
    from desktop.services.operation import OperationResult
    from desktop.services.reviews import ReviewView


class ReviewOperations(QObject):
    """Every way in which the review screen changes the store. Results of a case that was left are dropped."""

    changed = Signal(object)
    """The ReviewView after an operation, or as read."""
    gaps_read = Signal(object)
    """The LineGaps of every line and set."""
    fits_read = Signal(object)
    """The Fit of every chosen set, by line and set."""
    note_saved = Signal(object)
    note_refused = Signal(object)
    """The AssessmentKey of a note that was stored, or that could not be."""

    def __init__(self, context: UiContext, initiator: object, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._initiator = initiator
        self._case_id = ""
        self._fitted: Case | None = None

    @property
    def case_id(self) -> str:
        """The case whose review this is."""
        return self._case_id

    def read(self, case_id: str) -> None:
        """Read the review of a case; a newer reading makes an older one stale."""
        if case_id != self._case_id:
            self._fitted = None
        self._case_id = case_id
        review = self._context.services.review

        def job() -> ReviewView:
            return review.view(case_id)

        self._context.runner.run(job, self._deliver, self._context.notify.failure, key="review.read")

    def read_gaps(self, view: ReviewView) -> None:
        """Work out what is missing in a review that was read."""
        review = self._context.services.review
        case_id = view.case.id

        def job() -> tuple[LineGaps, ...]:
            return review.gaps(view)

        def done(gaps: tuple[LineGaps, ...]) -> None:
            if case_id == self._case_id:
                self.gaps_read.emit(gaps)

        self._context.runner.run(job, done, self._context.notify.failure, lane="cpu", key="review.gaps")

    def read_fits(self, case: Case) -> None:
        """Work out how the chosen sets of every line fit it; not again while neither case nor library changed."""
        if case == self._fitted:
            return
        self._fitted = case
        catalogue, today = self._context.services.catalogue, self._context.clock.today()

        def job() -> dict[tuple[str, str], Fit]:
            sets = catalogue.library().sets
            return {
                (line.id, ranked.criteria_set.id): Fit(
                    ranked,
                    review_state(ranked.criteria_set, today),
                    edition_instead(ranked.criteria_set, line.service_on, sets),
                )
                for line in case.service_lines
                for ranked in catalogue.chosen(case, line)
            }

        def done(fits: dict[tuple[str, str], Fit]) -> None:
            if case.id == self._case_id:
                self.fits_read.emit(fits)

        self._context.runner.run(job, done, self._context.notify.failure, key="review.fits")

    def forget_fits(self) -> None:
        """The library changed: work out anew how the chosen sets fit."""
        self._fitted = None

    def read_choices(self, case: Case, line: ServiceLine, done: Callable[[Choices], None]) -> None:
        """Read which sets can be chosen for a line, those that fit it first."""
        catalogue, today = self._context.services.catalogue, self._context.clock.today()

        def job() -> Choices:
            matches, sets = catalogue.matches(case, line), catalogue.library().sets
            return Choices(matches, sets, line.criteria_set_ids, line.service_on, today)

        self._context.runner.run(job, done, self._context.notify.failure, key="review.choices")

    def set_state(self, key: AssessmentKey, state: AssessmentState | None, source: str = "") -> None:
        """Answer a question, or clear the answer."""
        case_id, review = self._case_id, self._context.services.review
        self._commit(lambda: review.set_state(case_id, key, state, source))

    def set_note(self, key: AssessmentKey, text: str) -> None:
        """Store the note on a question."""
        case_id, review = self._case_id, self._context.services.review

        def done(view: ReviewView) -> None:
            self.note_saved.emit(key)
            self._deliver(view)

        def failed(_error: Exception) -> None:
            self.note_refused.emit(key)

        self._context.commit(
            lambda: review.set_note(case_id, key, text), done, initiator=self._initiator, failed=failed
        )

    def set_amount(self, key: AssessmentKey, amount: Amount | None) -> None:
        """Record a measured value."""
        case_id, review = self._case_id, self._context.services.review
        self._commit(lambda: review.set_amount(case_id, key, amount))

    def take_offer(self, key: AssessmentKey) -> None:
        """Take the value that the record gives for a question."""
        case_id, review = self._case_id, self._context.services.review
        self._commit(lambda: review.take_offer(case_id, key))

    def take_offers(self, waiting: int) -> None:
        """Take every value that settles an unanswered question; `waiting` is how many there are."""
        case_id, review, notify = self._case_id, self._context.services.review, self._context.notify

        def done(view: ReviewView) -> None:
            answers = "1 answer was" if waiting == 1 else f"{waiting} answers were"
            notify.info(f"{answers} taken from the record, each with its arithmetic.", undo=True)
            self._deliver(view)

        self._context.commit(lambda: review.take_offers(case_id), done, initiator=self._initiator)

    def link(self, key: AssessmentKey, document_id: str, start: int, end: int, stance: Stance) -> None:
        """Link words of a document to a question."""
        case_id, review = self._case_id, self._context.services.review
        self._commit(lambda: review.link(case_id, key, document_id, start, end, stance))

    def unlink(self, link_id: str) -> None:
        """Remove a link."""
        case_id, review = self._case_id, self._context.services.review
        self._commit(lambda: review.unlink(case_id, link_id))

    def choose_sets(self, line_id: str, set_ids: tuple[str, ...]) -> None:
        """Hold a service line against these sets."""
        case_id, review = self._case_id, self._context.services.review
        self._commit(lambda: review.choose_sets(case_id, line_id, set_ids))

    def adopt(self, line_id: str, old_id: str, to_id: str, words: str) -> None:
        """Hold a line against another edition and take its answers along; `words` say so once it is done."""
        case_id, editions, notify = self._case_id, self._context.services.editions, self._context.notify

        def done(view: ReviewView) -> None:
            notify.info(words, undo=True)
            self._deliver(view)

        self._context.commit(
            lambda: editions.adopt(case_id, line_id, old_id, to_id), done, initiator=self._initiator
        )

    def _commit(self, job: Callable[[], OperationResult[ReviewView]]) -> None:
        self._context.commit(job, self._deliver, initiator=self._initiator)

    def _deliver(self, view: ReviewView) -> None:
        if view.case.id == self._case_id:
            self.changed.emit(view)
