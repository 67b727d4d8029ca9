"""Who asks on the question page at the moment, and what becomes of the answer; it knows none of the questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from desktop.ui.review.question_desk import QuestionDesk


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, for one line and set: another one in front takes the question away."""

    line_id: str
    set_id: str
    title: str
    words: str
    yes: str
    no: str
    is_careful: bool
    tick: str = ""


class QuestionPage(QObject):
    """One question at a time: a newer one takes the place of the one before."""

    def __init__(self, desk: QuestionDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._asked: Question | None = None
        self._then: Callable[[], None] | None = None
        desk.asking.agreed.connect(self._agreed)
        desk.asking.declined.connect(self.close)
        desk.moved.connect(self._follow)

    @property
    def is_open(self) -> bool:
        """Whether a question is in sight."""
        return self._desk.reader.currentWidget() is self._desk.asking

    @property
    def is_ticked(self) -> bool:
        """Whether what may be added is to be."""
        return self._desk.asking.tick.isChecked()

    def ask(self, asked: Question, then: Callable[[], None]) -> None:
        """Ask; `then` is called for a yes."""
        self._asked, self._then = asked, then
        page = self._desk.asking
        page.ask(asked.title, asked.words, asked.yes, asked.no, is_careful=asked.is_careful, tick=asked.tick)
        self._desk.reader.setCurrentWidget(page)
        page.begin()

    def close(self) -> None:
        """The careful answer: back to the note."""
        self._asked = self._then = None
        if self.is_open:
            self._desk.show_note()
            pane = self._desk.active_pane
            start = pane.tree if pane.tree.isVisible() else pane.picker
            start.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _agreed(self) -> None:
        then = self._then
        self.close()
        if then is not None:
            then()

    def _follow(self) -> None:
        """What was asked of one line and set is not answered for another."""
        line, asked = self._desk.line, self._asked
        if not self.is_open or asked is None:
            return
        if line is None or (line.id, asked.set_id in line.criteria_set_ids) != (asked.line_id, True):
            self.close()
