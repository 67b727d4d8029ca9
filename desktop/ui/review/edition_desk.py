"""Offers the edition in force in the place of one that is not, with what goes over; the services do the carrying."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.criteria import CriteriaSet
from desktop.domain.truth import Truth
from desktop.ui.context import UiContext
from desktop.ui.library.wording import counted
from desktop.ui.review.question_desk import QuestionDesk
from desktop.ui.review.question_page import Question, QuestionPage
from desktop.ui.review.review_operations import ReviewOperations

if TYPE_CHECKING:
    from desktop.services.editions import LineChange

IN_FORCE = "This set is the edition for the day of the service, as far as the library knows."
NO_SET = "No criteria set is chosen for this service line."


class EditionDesk(QObject):
    """Asks with the number of answers that go over and the questions that changed; one step that can be undone."""

    def __init__(
        self, desk: QuestionDesk, context: UiContext, operations: ReviewOperations, questions: QuestionPage
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._context = context
        self._operations = operations
        self._questions = questions

    def ask(self, pane: int | None = None) -> None:
        """Ask whether the set of a pane, or of the one in front, yields to the edition in force."""
        desk, line = self._desk, self._desk.line
        shown = desk.active_pane if pane is None else desk.set_panes[pane]
        if line is None or not shown.set_id:
            self._context.notify.info(NO_SET)
            return
        fit = desk.fit_of(shown.set_id)
        if fit is None or fit.instead is None:
            self._context.notify.info(IN_FORCE)
            return
        old, new = fit.ranked.criteria_set, fit.instead
        editions, case_id, line_id = self._context.services.editions, self._operations.case_id, line.id

        def job() -> LineChange:
            return editions.adoption(case_id, line_id, old.id, new.id)

        done = partial(self._offer, at=desk.set_panes.index(shown), old=old, new=new)
        self._context.runner.run(job, done, self._context.notify.failure, key="review.edition")

    def _offer(self, change: LineChange, *, at: int, old: CriteriaSet, new: CriteriaSet) -> None:
        line = self._desk.line
        if line is None or line.id != change.service_line_id or old.id not in line.criteria_set_ids:
            return
        asked = Question(
            line_id=line.id,
            set_id=old.id,
            title=f"The edition in force: {new.edition or new.id}",
            words="\n\n".join(_words(change, old, new)),
            yes="Take this edition",
            no="Stay with the one chosen (Esc)",
            is_careful=False,
        )
        self._questions.ask(asked, partial(self._adopt, change, at, old.id, new))

    def _adopt(self, change: LineChange, at: int, old_id: str, new: CriteriaSet) -> None:
        self._desk.wish_for_set(at, new.id)
        words = f"Held against {new.edition or new.id} now: {_carried(change)}."
        self._operations.adopt(change.service_line_id, old_id, new.id, words)


def _words(change: LineChange, old: CriteriaSet, new: CriteriaSet) -> Iterator[str]:
    yield f"{change.caption}: “{new.title}” ({new.caption}) in the place of {old.caption}."
    if change.is_changed:
        yield f"The result: {change.before.verdict} now, {change.after.verdict} then.{_places(change)}"
    else:
        yield f"The result stays: {change.before.verdict}."
    yield f"{_carried(change)[:1].upper()}{_carried(change)[1:]}."
    if change.changed_questions:
        yield _listed("Read these again, they ask otherwise than before:", change.changed_questions)
    if change.lost_questions:
        yield _listed(
            "These are not asked any more; what was answered stays with the old edition:",
            change.lost_questions,
        )
    yield "One step, which can be undone (Ctrl+Z)."


def _places(change: LineChange) -> str:
    said = [
        f" {' '.join(part for part in (place.level, place.side) if part)}: "
        f"{_verdict(place.before)} now, {_verdict(place.after)} then."
        for place in change.places
        if place.before is not place.after and (place.level or place.side)
    ]
    return "".join(said)


def _verdict(truth: Truth | None) -> str:
    return "not evaluated" if truth is None else truth.verdict


def _carried(change: LineChange) -> str:
    if not change.carried:
        return "no answer is carried over"
    answers = counted(change.carried, "answered question", "answered questions")
    verb = "keeps its answer" if change.carried == 1 else "keep their answers"
    changed = len(change.changed_questions)
    return f"{answers} {verb}" + (f", {changed} to be read again" if changed else "")


def _listed(lead: str, texts: tuple[str, ...]) -> str:
    return "\n".join((lead, *(f"–  {text}" for text in texts)))
