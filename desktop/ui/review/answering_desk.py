"""Answering the question in front and linking its words: each key or click becomes one operation; it holds no rule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.assessment import Amount, AssessmentKey, AssessmentState, Stance
from desktop.domain.errors import SignedRecordError
from desktop.ui.context import UiContext
from desktop.ui.review.highlights import EvidenceRow
from desktop.ui.review.record_says import record_says
from desktop.ui.review.returning_desk import ReturningDesk
from desktop.ui.review.review_operations import ReviewOperations

HOW_TO_LINK = "Select the words, then Enter. With Shift they contradict. Esc stops."


class AnsweringDesk(ReturningDesk):
    """The desk with everything that changes answers, values, notes and links."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._operations = ReviewOperations(context, self, self)
        self._linking: AssessmentKey | None = None
        operations, note, panel = self._operations, self.note_pane.view, self.panel
        operations.note_saved.connect(panel.note.confirm)
        operations.note_refused.connect(panel.note.refuse)
        note.selected.connect(self._words_selected)
        panel.states.chosen.connect(self.answer)
        panel.exception_given.connect(self._exception_given)
        panel.amount.amount_asked.connect(self._amount_asked)
        panel.note.save_asked.connect(self._note_asked)
        panel.evidence.chosen.connect(self._evidence_chosen)
        panel.evidence.removal_asked.connect(self._removal_asked)
        panel.record.take_asked.connect(self.take_offer)

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

    # What the record says

    def take_offer(self) -> None:
        """Take the value that the record gives for the question in front, or take out one it no longer gives."""
        key = self._editable_key()
        if key is None or self._view is None:
            return
        says = record_says(self._view, key)
        if says is None or not says.action:
            self._context.notify.info(
                "The record gives no value for this criterion."
                if says is None
                else "The value of the record stands here already."
            )
        elif key in self._view.offers:
            self._operations.take_offer(key)
        else:
            self._operations.set_amount(key, None)

    def take_every_offer(self) -> None:
        """Take every value that settles a question without an answer, in one step."""
        if not self.may_change() or self._view is None:
            return
        waiting = len(self._view.untaken_offers)
        if waiting:
            self._operations.take_offers(waiting)
        else:
            self._context.notify.info(
                "The record settles no question that is still without an answer. Values that settle nothing are "
                "shown at their criterion."
            )

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
        self.show_note()
        if self.note_pane.view.selected_span() is not None:
            self._link_selection(Stance.SUPPORTS)
            return
        self._linking = key
        row = self.active_pane.tree.current_row()
        level = f" at {key.subject}" if row and row.is_per_place else ""
        self.note_pane.announce(f"Linking to: {row.text if row else ''}{level}", HOW_TO_LINK)
        self.note_pane.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

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
        if span is None or document is None or not self.note_pane.isVisibleTo(self):
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
        self.show_note()
        self.note_pane.reveal(span.document_id, span.start, span.end)
        self.spotlight(row.link.id)

    def _removal_asked(self, link_id: str) -> None:
        if self.may_change():
            self._operations.unlink(link_id)
