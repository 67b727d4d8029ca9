"""The letter page: the papers of a case, written block by block beside the real pages, checked, reviewed and issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.audience import Audience
from desktop.domain.letter import Letter, LetterKind, LetterState
from desktop.services.letter_paper import PaperForm
from desktop.ui.actions import bind
from desktop.ui.context import UiContext
from desktop.ui.letter.about_desk import AboutDesk
from desktop.ui.letter.batch_desk import BatchDesk
from desktop.ui.letter.checking_desk import CheckingDesk
from desktop.ui.letter.delivery import Delivery
from desktop.ui.letter.issuing_desk import IssuingDesk
from desktop.ui.letter.letter_commands import letter_commands
from desktop.ui.letter.letter_frame import SIGNED, LetterFrame
from desktop.ui.letter.paper_desk import PaperDesk
from desktop.ui.letter.paper_reading import ReadPapers
from desktop.ui.letter.paper_words import badge_of, paper_detail
from desktop.ui.letter.signing_desk import SigningDesk
from desktop.ui.letter.stationery_desk import StationeryDesk
from desktop.ui.letter.writing_desk import WritingDesk

if TYPE_CHECKING:
    from desktop.services.operation import OperationResult
    from desktop.ui.actions import Command


class LetterScreen(QWidget):
    """The papers of one case. A draft can be edited; an issued paper can only be read, sent, saved and printed."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.frame = LetterFrame(context)
        self.delivery = Delivery(context, self)
        self.desk = PaperDesk(context, self)
        self.writing = WritingDesk(self.desk, self.frame.editor, self.frame.outline)
        self.checking = CheckingDesk(self.desk, self.frame, self.writing)
        self.about = AboutDesk(self.desk, self.frame, self.writing)
        self.issuing = IssuingDesk(self.desk, self.frame, self.writing)
        self.signing = SigningDesk(self.desk, self.frame.sign_strip, self)
        self.batch = BatchDesk(context, self.frame.batch, self)
        self.stationery = StationeryDesk(self.desk, self.frame.stationery, self)
        self._is_on_papers = False
        self._started_for = ""
        """The case whose papers were shown last."""
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.frame)
        self._connect()
        self.setProperty("role", "page")
        bind(self, self.commands())

    # What every screen offers

    def show_case(self, case_id: str) -> None:
        """Load the case's papers; what was typed before is saved first."""
        self.flush()
        if case_id != self.desk.case_id:
            self.writing.forget()
            self.frame.issue_strip.decline()
            self.frame.check.reason.dismiss()
            self._is_on_papers = False
        self.desk.show_case(case_id)

    def flush(self) -> None:
        """Start saving what is typed but not saved yet."""
        self.writing.flush()
        self.about.flush()
        self.stationery.flush()

    def commands(self) -> list[Command]:
        """What can be done here."""
        return letter_commands()

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        frame = self.frame
        if frame.other is not None:
            return [frame.other]
        if not frame.has_workplace:
            # Where there is no paper yet, the keyboard begins at the one next step.
            return [frame.papers] if self._letter is not None else [frame.first_button, frame.papers]
        return [frame.outline, frame.editor, frame.side, frame.check]

    # Papers

    def show_papers(self) -> None:
        """Show all papers of the case, and the kinds that can be begun; or go back to the one in front."""
        self.flush()
        self._is_on_papers = not self._is_on_papers
        self._show_place()
        if self._is_on_papers:
            self.frame.papers.focus_start()
        else:
            self.frame.outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def compose(self) -> None:
        """Compose the kind in front anew from the record; what was typed is kept."""
        letter = self._letter
        kind = letter.kind if letter is not None and self.frame.has_workplace else self.frame.papers.kind
        self.compose_kind(kind, letter.settings.audience if letter else Audience.MEDICAL_DIRECTOR)

    def compose_kind(self, kind: LetterKind, audience: Audience) -> None:
        """Compose a paper of a kind, or go on with its draft; an opinion for a reader."""
        self.flush()
        letters, case_id = self._context.services.letters, self.desk.case_id

        def job() -> OperationResult[Letter]:
            composed = letters.compose(case_id, kind)
            settings = composed.value.settings
            if kind is not LetterKind.OPINION or settings.audience is audience:
                return composed
            wanted = settings.model_copy(update={"audience": audience})
            return letters.change_settings(case_id, composed.value.id, wanted)

        def done(letter: Letter) -> None:
            if case_id == self.desk.case_id:
                self.open_paper(letter.id)

        self.desk.commit(job, done, is_own=True)

    def open_paper(self, letter_id: str) -> None:
        """Bring a paper to the front."""
        self.flush()
        self._is_on_papers = False
        self.desk.show_letter(letter_id)

    # The panels beside the text

    def show_pages(self) -> None:
        """Show the pages as they print."""
        self._show_panel("pages")

    def show_settings(self) -> None:
        """Show what the paper is composed with."""
        self._show_panel("settings")

    def show_review(self) -> None:
        """Show the review status and the remarks."""
        self._show_panel("review")

    def show_versions(self) -> None:
        """Show the kept versions."""
        self._show_panel("versions")

    def show_sources(self) -> None:
        """Show where the sentences come from."""
        self._show_panel("sources")

    def show_delivery(self) -> None:
        """Show how the paper was sent."""
        self._show_panel("delivery")

    def show_call(self) -> None:
        """Show the peer-to-peer call."""
        self._show_panel("call")

    # The paper as a whole

    def issue(self) -> None:
        """Ask whether to issue the paper for good; refused in words while something required is missing."""
        self.issuing.ask()

    def save_pdf(self) -> None:
        """Ask where the PDF goes."""
        self._save(PaperForm.PDF)

    def save_accessible_pdf(self) -> None:
        """Ask where the PDF for screen readers goes."""
        self._save(PaperForm.ACCESSIBLE_PDF)

    def save_docx(self) -> None:
        """Ask where the Word document goes."""
        self._save(PaperForm.DOCX)

    def save_text(self) -> None:
        """Ask where the plain text goes."""
        self._save(PaperForm.TEXT)

    def save_signed_copy(self) -> None:
        """Ask for the certificate that a copy of the issued paper is signed with."""
        if self.frame.has_workplace:
            self.signing.ask()

    def print_letter(self) -> None:
        """Choose a printer."""
        if self._letter is not None:
            self.flush()
            self.delivery.ask_for_printer()

    def print_many(self) -> None:
        """Show the cases of which the letters can be printed in one go."""
        self.flush()
        self.batch.show_cases()
        self.frame.show_other(self.frame.batch)
        self.frame.batch.cases.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_stationery(self) -> None:
        """Show letterheads, snippets and templates."""
        self.flush()
        self.frame.show_other(self.frame.stationery)
        self.frame.stationery.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def discard(self) -> None:
        """Throw the draft in front away, or the one that is chosen among the papers; undo brings it back."""
        letter = self._letter if self.frame.has_workplace else self.frame.papers.current
        if letter is not None and self.frame.other is None:
            self.about.discard(letter)

    def keep_version(self) -> None:
        """Keep the paper as it reads now."""
        self.about.keep_version()

    # The block in front

    def restore_block(self) -> None:
        """Take the composed text of the block again."""
        block = self.desk.block
        if block is not None and block.is_edited:
            self.writing.restore()

    def keep_mine(self) -> None:
        """The record changed: keep what was typed."""
        self.writing.keep_mine()

    def take_theirs(self) -> None:
        """The record changed: take what it composes now."""
        self.writing.take_theirs()

    def lock_block(self) -> None:
        """Keep the block as it is, or let it follow the record again."""
        self.writing.lock()

    def remove_block(self) -> None:
        """Leave the block out of the paper, or bring the one back that is chosen."""
        self.writing.remove()

    def move_up(self) -> None:
        """Move the block before its neighbour above."""
        self.writing.move(-1)

    def move_down(self) -> None:
        """Move the block after its neighbour below."""
        self.writing.move(1)

    def next_block(self) -> None:
        """Write the block below."""
        self.writing.step(1)

    def previous_block(self) -> None:
        """Write the block above."""
        self.writing.step(-1)

    def insert_snippet(self) -> None:
        """Offer the snippets at the cursor."""
        self.writing.offer_snippets()

    def suggest_spelling(self) -> None:
        """Offer what may have been meant by an unknown word."""
        self.checking.spell()

    def comment(self) -> None:
        """Comment on what is chosen."""
        self.about.start_comment()

    # The check

    def next_problem(self) -> None:
        """Go to the words of the next finding of the letter check."""
        self.checking.go_to_next()

    def fix_problem(self) -> None:
        """Carry out the fix of the chosen finding."""
        self.frame.check.fix()

    def give_reason(self) -> None:
        """Give a reason against the chosen finding."""
        self.frame.check.ask_for_reason()

    # Showing

    @property
    def _letter(self) -> Letter | None:
        return self.desk.read.letter if self.desk.read else None

    def _show(self, read: ReadPapers) -> None:
        frame, letter = self.frame, read.letter
        had_first_button = frame.first_button.hasFocus() or frame.papers.isAncestorOf(
            self.focusWidget() or self
        )
        had_papers = frame.papers.current is not None
        frame.papers.show_papers(read.letters, letter.id if letter else "")
        self.delivery.case_id, self.delivery.number = read.case.id, read.case.number
        was_on_papers = not frame.has_workplace
        self._show_place()
        is_first, self._started_for = self._started_for != read.case.id, read.case.id
        if letter is None:
            # Where Qt left the keyboard when the tab came to the front is no choice of the reviewer's.
            if (is_first or had_papers) and had_first_button:
                frame.papers.focus_start()
            return
        self.delivery.letter_id, self.delivery.kind = letter.id, letter.kind.label
        if was_on_papers and frame.has_workplace and had_first_button:
            frame.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        frame.title.setText(letter.kind.label)
        frame.badge.set_visual(badge_of(letter))
        is_issued = letter.state is LetterState.ISSUED
        self.delivery.is_issued = is_issued
        frame.compose_button.setVisible(is_issued)
        frame.issue_button.setVisible(not is_issued and letter.kind is not LetterKind.PEER_TO_PEER_CARD)
        count = len(read.letters)
        frame.papers_button.setText(f"← Papers {count}" if count > 1 else "← Papers")
        frame.papers_button.setAccessibleName(f"Papers of this case: {count}")
        frame.preview.show_letter(read.case.id, letter)
        if frame.preview.block_id != self.desk.block_id:
            self._follow()
        self._show_state("")

    def _leave_discarded(self) -> None:
        self._is_on_papers = True
        self._show_place()
        self.frame.papers.focus_start()

    def _show_place(self) -> None:
        if self.frame.other is None:
            self.frame.show_workplace(self._letter is not None and not self._is_on_papers)

    def _leave_other(self) -> None:
        self.stationery.flush()
        self.frame.show_workplace(self._letter is not None and not self._is_on_papers)
        target = self.frame.outline if self.frame.has_workplace else self.frame.papers.kinds
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self, remark: str) -> None:
        letter = self._letter
        if letter is not None:
            detail = paper_detail(letter)
            self.frame.state.setText(f"{detail} · {remark}" if remark else detail)

    def _show_panel(self, name: str) -> None:
        if self.frame.has_workplace:
            self.frame.side.show_panel(name, takes_keyboard=True)

    def _follow(self) -> None:
        self.frame.preview.follow(self.desk.block_id)

    def _show_chosen(self) -> None:
        # Where the block takes turns with the panels, a panel that shows the same block stays.
        if self.frame.side.current not in ("pages", "sources"):
            self.frame.panes.show_middle()
        self._follow()

    def _save(self, form: PaperForm) -> None:
        if self._letter is not None:
            self.flush()
            self.delivery.ask_for_file(form)

    def _save_chosen(self, index: int) -> None:
        chosen: object = self.frame.save_box.itemData(index)
        self.frame.save_box.setCurrentIndex(-1)
        if chosen == SIGNED:
            self.save_signed_copy()
        elif isinstance(chosen, PaperForm):
            self._save(chosen)

    def _connect(self) -> None:
        frame = self.frame
        self.desk.shown.connect(self._show)
        self.desk.block_chosen.connect(self._show_chosen)
        self.writing.state_changed.connect(self._show_state)
        frame.papers.paper_wanted.connect(self.open_paper)
        frame.papers.compose_wanted.connect(self.compose_kind)
        frame.papers.discard_wanted.connect(self.discard)
        self.about.discarded.connect(self._leave_discarded)
        frame.papers_button.clicked.connect(self.show_papers)
        frame.compose_button.clicked.connect(self.compose)
        frame.save_box.activated.connect(self._save_chosen)
        frame.print_button.clicked.connect(self.print_letter)
        frame.batch.back_wanted.connect(self._leave_other)
        frame.stationery.back_wanted.connect(self._leave_other)
        frame.papers.stationery_button.clicked.connect(self.show_stationery)
        frame.settings.stationery_button.clicked.connect(self.show_stationery)
        frame.papers.many_button.clicked.connect(self.print_many)
        frame.editor.comment_button.clicked.connect(self.comment)
