"""The review screen as the window knows it: keys and clicks become operations; it holds no rule and no row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.assessment import Amount, AssessmentKey, AssessmentState, Stance
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.criteria import CriteriaSet
from desktop.domain.errors import SignedRecordError
from desktop.ui.actions import Command
from desktop.ui.context import UiContext
from desktop.ui.review.highlights import EvidenceRow
from desktop.ui.review.question_desk import QuestionDesk
from desktop.ui.review.review_keys import ReviewKeys, review_commands
from desktop.ui.review.review_operations import ReviewOperations
from desktop.ui.review.set_choice import SetChoice
from desktop.ui.review.view_memory import Layout, Place, ViewMemory

if TYPE_CHECKING:
    from desktop.services.reviews import ReviewView

DEPENDS_ON = frozenset(
    {
        ChangeFlag.CASE,
        ChangeFlag.DOCUMENTS,
        ChangeFlag.CRITERIA,
        ChangeFlag.ASSESSMENTS,
        ChangeFlag.EVIDENCE,
        ChangeFlag.DETERMINATION,
    }
)


HOW_TO_LINK = "Select the words, then Enter. With Shift they contradict. Esc stops."


class ReviewScreen(QuestionDesk):
    """Criteria beside the notes of one case."""

    set_typing_asked = Signal(str, str)
    """A criteria set is to be typed: the service line it is for, and the own set to edit (empty: a new one)."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._operations = ReviewOperations(context, self, self)
        self._memory = ViewMemory(context, self._present, self)
        self._keys = ReviewKeys(self)
        self._sets = SetChoice(self, self._operations, self.may_change)
        self._returning: Place | None = None
        self._is_stale = False
        self._linking: AssessmentKey | None = None
        self._connect()

    def show_case(self, case_id: str) -> None:
        """Load a case and show it where it was left."""
        self.flush()
        self._stop_linking()
        self._is_stale = False
        self._returning = None
        self._operations.read_library()
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
        return [*parts, self.panel.note, self.side.spine, self.side.lines, *pickers]

    # Answers

    def answer(self, state: AssessmentState) -> None:
        """Answer the current question. An exception asks first for what waives the criterion."""
        key = self._editable_key()
        if key is None:
            return
        if state is AssessmentState.EXCEPTION:
            self.panel.exception.ask()
        else:
            self._operations.set_state(key, state)

    def answer_met(self) -> None:
        """Met."""
        self.answer(AssessmentState.MET)

    def answer_not_met(self) -> None:
        """Not met."""
        self.answer(AssessmentState.NOT_MET)

    def answer_unclear(self) -> None:
        """Unclear."""
        self.answer(AssessmentState.UNCLEAR)

    def answer_not_documented(self) -> None:
        """Not documented."""
        self.answer(AssessmentState.NOT_DOCUMENTED)

    def answer_not_applicable(self) -> None:
        """Not applicable."""
        self.answer(AssessmentState.NOT_APPLICABLE)

    def answer_exception(self) -> None:
        """Exception: ask for its source."""
        self.answer(AssessmentState.EXCEPTION)

    def clear_answer(self) -> None:
        """Take the answer back; its note, value and evidence stay."""
        if (key := self._editable_key()) is not None:
            self._operations.set_state(key, None)

    # Evidence

    def link_supporting(self) -> None:
        """Link the selected words to the current question."""
        self._link_selection(Stance.SUPPORTS)

    def link_contradicting(self) -> None:
        """Link the selected words against the current question."""
        self._link_selection(Stance.CONTRADICTS)

    def start_linking(self) -> None:
        """The other way round: first the criterion, then the words."""
        key = self._editable_key()
        if key is None or self.note_pane.document is None:
            return
        if self.note_pane.view.selected_span() is not None:
            self._link_selection(Stance.SUPPORTS)
            return
        self._linking = key
        row = self.active_pane.tree.current_row()
        level = f" at {key.subject}" if row and row.is_per_place else ""
        self.note_pane.announce(f"Linking to: {row.text if row else ''}{level}", HOW_TO_LINK)
        self.note_pane.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Moving

    def next_gap(self) -> None:
        """Go to the next open question."""
        if self.go_to_next_gap():
            self.active_pane.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._context.notify.info("Nothing is open under this criteria set for this service line.")

    def find_in_note(self) -> None:
        """Open the find bar."""
        self.note_pane.open_find()

    def next_document(self) -> None:
        """The next document."""
        self.note_pane.go_on()

    def previous_document(self) -> None:
        """The document before."""
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

    def _library_read(self, sets: tuple[CriteriaSet, ...]) -> None:
        self.show_library(sets)

    def _committed(self, changes: Changes, initiator: object) -> None:
        case_id = self._operations.case_id
        if initiator is self or not case_id:
            return
        if ChangeFlag.CRITERIA in changes.flags:
            self._operations.read_library()
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
        operations.library_read.connect(self._library_read)
        operations.note_saved.connect(panel.note.confirm)
        operations.note_refused.connect(panel.note.refuse)
        self._context.refresh.changes_committed.connect(self._committed)
        for pane in self.set_panes:
            keys.watch(pane.tree, clears=True, links=True)
            pane.typing_asked.connect(self._ask_to_type)
        keys.watch(note, links=True)
        keys.watch(panel.evidence)
        keys.watch(self)  # what a picker or a button has no use for comes up to here
        keys.pressed.connect(self._key_pressed)
        keys.state_pressed.connect(self.answer)
        keys.cleared.connect(self.clear_answer)
        keys.linked.connect(self._enter_pressed)
        keys.digit_pressed.connect(self._digit_pressed)
        keys.escaped.connect(self._escaped)
        keys.tabbed.connect(self._tabbed)
        note.selected.connect(self._words_selected)
        panel.states.chosen.connect(self.answer)
        panel.exception_given.connect(self._exception_given)
        panel.amount.amount_asked.connect(self._amount_asked)
        panel.note.save_asked.connect(self._note_asked)
        panel.evidence.chosen.connect(self._evidence_chosen)
        panel.evidence.removal_asked.connect(self._removal_asked)
        panel.typing_ended.connect(self._typing_ended)
        self.moved.connect(self._memory.touch)
        note.verticalScrollBar().valueChanged.connect(self._memory.touch)
        for splitter in self.splitters.values():
            splitter.splitterMoved.connect(self._memory.touch)

    def _editable_key(self) -> AssessmentKey | None:
        """The current question, if it may be answered; otherwise say why not."""
        if not self.may_change():
            return None
        key = self.current_key
        if key is None:
            self._context.notify.info("Choose a criterion first: a group has no answer of its own.")
        return key

    def _link_selection(self, stance: Stance, key: AssessmentKey | None = None) -> bool:
        span, document = self.note_pane.view.selected_span(), self.note_pane.document
        if span is None or document is None:
            return False
        target = self._editable_key() if key is None else key
        if target is None or (key is not None and not self.may_change()):
            return True
        self._operations.link(target, document.id, *span, stance)
        self.note_pane.view.clear_selection()
        self._stop_linking()
        if target != self.current_key:
            self.go_to(target)
        return True

    def may_change(self) -> bool:
        """Whether the review is open; says why when it is signed."""
        if self._view is None or not self._view.is_signed:
            return self._view is not None
        self._context.notify.error(SignedRecordError("This review is signed and cannot be edited."))
        return False

    def _stop_linking(self) -> None:
        self._linking = None
        self.note_pane.announce("")

    def _key_pressed(self, handler_name: str) -> None:
        getattr(self, handler_name)()

    def _enter_pressed(self, stance: Stance) -> None:
        if self._link_selection(stance, self._linking):
            return
        note = self.note_pane.view
        if not note.hasFocus():
            self.start_linking()
        elif note.selected_span() is None:
            self._context.notify.info(
                "No words are selected. Select them with Shift and the arrow keys, then Enter."
            )

    def _digit_pressed(self, digit: int, stance: Stance) -> None:
        key = self.key_of_digit(digit)
        if key is not None and not self._link_selection(stance, key):
            self.go_to(key)

    def _words_selected(self) -> None:
        if self._linking is not None:
            shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
            self._link_selection(Stance.CONTRADICTS if shift else Stance.SUPPORTS, self._linking)

    def _escaped(self) -> None:
        if self._linking is not None:
            self._stop_linking()
        elif self.note_pane.view.hasFocus() and self.note_pane.view.textCursor().hasSelection():
            self.note_pane.view.clear_selection()
            return
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

    def _exception_given(self, source: str) -> None:
        if (key := self._editable_key()) is not None:
            self._operations.set_state(key, AssessmentState.EXCEPTION, source)

    def _amount_asked(self, amount: Amount | None) -> None:
        if (key := self._editable_key()) is not None:
            self._operations.set_amount(key, amount)

    def _note_asked(self, key: AssessmentKey, text: str) -> None:
        self._operations.set_note(key, text)

    def _evidence_chosen(self, row: EvidenceRow) -> None:
        span = row.link.span
        self.note_pane.reveal(span.document_id, span.start, span.end)
        self.spotlight(row.link.id)

    def _removal_asked(self, link_id: str) -> None:
        if self.may_change():
            self._operations.unlink(link_id)

    def _typing_ended(self) -> None:
        self.active_pane.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
