"""The review screen as the window knows it: keys and clicks become operations; it holds no rule and no row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.changes import ChangeFlag, Changes
from desktop.ui.actions import Command
from desktop.ui.context import UiContext
from desktop.ui.review.answering_desk import AnsweringDesk
from desktop.ui.review.edition_desk import EditionDesk
from desktop.ui.review.question_page import QuestionPage
from desktop.ui.review.response_file import ResponseFile
from desktop.ui.review.review_keys import ReviewKeys, review_commands
from desktop.ui.review.set_choice import SetChoice
from desktop.ui.review.task_desk import TaskDesk
from desktop.ui.review.view_memory import Layout, Place, ViewMemory
from desktop.ui.review.words_desk import WordsDesk

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView

DEPENDS_ON = frozenset(
    {
        ChangeFlag.CASE,
        ChangeFlag.DOCUMENTS,
        ChangeFlag.CRITERIA,
        ChangeFlag.ASSESSMENTS,
        ChangeFlag.EVIDENCE,
        ChangeFlag.TASKS,
        ChangeFlag.DETERMINATION,
    }
)


class ReviewScreen(AnsweringDesk):
    """Criteria beside the notes of one case."""

    set_typing_asked = Signal(str, str)
    """A criteria set is to be typed: the service line it is for, and the own set to edit (empty: a new one)."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._memory = ViewMemory(context, self._present, self)
        self._keys = ReviewKeys(self)
        self._sets = SetChoice(self, self._operations, self.may_change)
        self._tasks = TaskDesk(self, context)
        self._words = WordsDesk(self, context)
        questions = QuestionPage(self)
        self._response = ResponseFile(self, context, questions)
        self._edition = EditionDesk(self, context, self._operations, questions)
        self._returning: Place | None = None
        self._is_stale = False
        self._connect()

    def show_case(self, case_id: str) -> None:
        """Load a case and show it where it was left."""
        self.flush()
        self._stop_linking()
        self._is_stale = False
        self._returning = None
        self.show_note()
        self._operations.forget_fits()
        self._memory.recall(case_id, self._recalled)
        self._operations.read(case_id)

    def flush(self) -> None:
        """Start saving what is typed but not yet saved, and where the reviewer is."""
        self.panel.note.flush()
        if self._view is not None:
            self._memory.flush()

    def commands(self) -> list[Command]:
        """What can be done here."""
        return review_commands()

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        panes = [pane for pane in self.set_panes if pane.isVisible()]
        trees: list[QWidget] = [pane.tree for pane in panes]
        parts: list[QWidget] = [*trees, self.note_pane.view, self.panel.states, self.panel.evidence]
        pickers: list[QWidget] = [self.line_picker, *(pane.picker for pane in panes), self.note_pane.picker]
        rest = [
            self.words,
            self.chooser,
            self.asking,
            self.missing_sets,
            self.tasks,
            self.side.spine,
            self.side.lines,
            self.side.tasks,
            self.strip,
        ]
        return [*parts, self.panel.note, *rest, *pickers]

    # Moving

    def next_gap(self) -> None:
        """Go to the next open question."""
        if self.go_to_next_gap():
            self.active_pane.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._context.notify.info("Nothing is open under this criteria set for this service line.")

    def next_way(self) -> None:
        """The next way to met."""
        self.strip.next_way()

    def previous_way(self) -> None:
        """The way to met before."""
        self.strip.previous_way()

    def change_reach(self) -> None:
        """The way for the level in front, or the one for the whole line."""
        self.strip.change_reach()

    def bring_set(self, set_id: str, line_ids: tuple[str, ...]) -> None:
        """Bring a set to the front where the line in front is one of these, at once or when it is held against it."""
        line = self.line
        if line is None or line.id not in line_ids:
            return
        if set_id in line.criteria_set_ids:
            self.choose_set(self._active, set_id)
        else:
            self.wish_for_set(self._active, set_id)

    def choose_a_set(self) -> None:
        """Choose a criteria set for the service line in front."""
        self._sets.ask()

    def take_edition(self) -> None:
        """Go over to the edition of the set in front that is in force on the day of the service."""
        if self.may_change():
            self.panel.note.flush()
            self._edition.ask()

    def save_response(self) -> None:
        """Save the review of the line and set in front as a FHIR response."""
        self.panel.note.flush()
        self._response.ask()

    def explain(self) -> None:
        """Say the result in sentences."""
        self._words.explain()

    def differ(self) -> None:
        """Say in sentences how the two sets differ."""
        self._words.differ()

    def make_task(self) -> None:
        """Make a task of the gap in front."""
        self._tasks.make_task()

    def show_tasks(self) -> None:
        """Show the tasks of the case."""
        self._tasks.show_tasks()

    def find_in_note(self) -> None:
        """Open the find bar."""
        self.show_note()
        self.note_pane.open_find()

    def next_document(self) -> None:
        """The next document."""
        self.show_note()
        self.note_pane.go_on()

    def previous_document(self) -> None:
        """The document before."""
        self.show_note()
        self.note_pane.go_back()

    def write_note(self) -> None:
        """Put the caret into the note on the criterion."""
        if self._editable_key() is not None:
            self.panel.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def write_value(self) -> None:
        """Put the caret into the measured value."""
        if self._editable_key() is None:
            return
        if self.panel.amount.isVisible():
            self.panel.amount.ask()
        else:
            self._context.notify.info("This criterion has no threshold to hold a value against.")

    def other_set(self) -> None:
        """Go to the tree of the other set, or bring the next set of the line to the front."""
        if self.set_panes[1].isVisible():
            self.set_panes[1 - self._active].tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._set_ids[1]:
            self.choose_set(0, self._set_ids[1])
            self.active_pane.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_compare(self) -> None:
        """One set or two side by side."""
        if self.compare.isEnabled():
            self.compare.toggle()
        else:
            self._context.notify.info(self.why_one_set(has_line=self.line is not None))

    def type_set(self) -> None:
        """Type the payer's criteria; the set then stands first on this service line."""
        self._ask_to_type("")

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was committed elsewhere meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self._operations.read(self._operations.case_id)

    # Loading

    def _recalled(self, found: tuple[Place, Layout]) -> None:
        self._returning = found[0]
        self.return_to(*found)

    def _viewed(self, view: ReviewView) -> None:
        self.show_view(view)
        self._operations.read_gaps(view)
        self._operations.read_fits(view.case)
        self._words.follow()
        self._tasks.read(view)
        if self._returning is not None:
            place, self._returning = self._returning, None
            self.return_to_questions(place)
            if self.isVisible():
                self._take_focus()

    def _take_focus(self) -> None:
        """Where work begins: the tree, or what has to be chosen first."""
        pane = self.active_pane
        starts = (pane.tree, pane.picker, self.side.lines)
        start = next(
            (widget for widget in starts if widget.isVisible() and widget.isEnabled()), self.side.lines
        )
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _committed(self, changes: Changes, initiator: object) -> None:
        case_id = self._operations.case_id
        if initiator is self or not case_id:
            return
        if ChangeFlag.CRITERIA in changes.flags:
            self._operations.forget_fits()
        if not changes.touches(DEPENDS_ON, case_id):
            return
        if self.isVisible():
            self._operations.read(case_id)
        else:
            self._is_stale = True

    def _present(self) -> tuple[str, Place, Layout]:
        case_id = self._view.case.id if self._view else ""
        return case_id, self.place(), self.layout_now()

    # Reacting

    def _connect(self) -> None:
        operations, keys, note, panel = self._operations, self._keys, self.note_pane.view, self.panel
        operations.changed.connect(self._viewed)
        operations.gaps_read.connect(self.show_gaps)
        operations.fits_read.connect(self.show_fits)
        self._context.refresh.changes_committed.connect(self._committed)
        for pane in self.set_panes:
            keys.watch(pane.tree, clears=True, links=True)
            pane.typing_asked.connect(self._ask_to_type)
            pane.edition_asked.connect(self._edition_asked)
        keys.watch(note, links=True)
        keys.watch(panel.evidence)
        keys.watch(self.side.lines)  # or its search for typed letters takes them
        keys.watch(self)  # what a picker or a button has no use for comes up to here
        keys.pressed.connect(self._key_pressed)
        keys.state_pressed.connect(self.answer)
        keys.cleared.connect(self.clear_answer)
        keys.linked.connect(self._enter_pressed)
        keys.digit_pressed.connect(self._digit_pressed)
        keys.escaped.connect(self._escaped)
        keys.tabbed.connect(self._tabbed)
        panel.typing_ended.connect(self._typing_ended)
        self._response.saved.connect(self._words.tell)
        self.moved.connect(self._memory.touch)
        self.moved.connect(self._words.follow)
        note.verticalScrollBar().valueChanged.connect(self._memory.touch)
        for splitter in self.splitters.values():
            splitter.splitterMoved.connect(self._memory.touch)

    def _key_pressed(self, handler_name: str) -> None:
        getattr(self, handler_name)()

    def _escaped(self) -> None:
        if self._linking is not None:
            self._stop_linking()
        elif self.note_pane.view.hasFocus() and self.note_pane.view.textCursor().hasSelection():
            self.note_pane.view.clear_selection()
            return
        elif self.reader.currentWidget() is not self.note_pane:
            self.show_note()
        else:
            self._tasks.close()
        self.active_pane.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tabbed(self, step: int) -> None:
        """Tree, note, evidence, and round again; everything else is reached by F6 and by Tab from there."""
        ring: list[QWidget] = [self.active_pane.tree, self.note_pane.view, self.panel.evidence]
        stops = [widget for widget in ring if widget.isVisible()]
        focused = QApplication.focusWidget()
        at = stops.index(focused) if focused in stops else 0
        stops[(at + step) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
        )

    def _ask_to_type(self, set_id: str) -> None:
        if self.may_change():
            self.set_typing_asked.emit(self._line_id, set_id)

    def _edition_asked(self) -> None:
        if self.may_change():
            self._edition.ask(1 if self.sender() is self.set_panes[1] else 0)

    def _typing_ended(self) -> None:
        self.active_pane.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
