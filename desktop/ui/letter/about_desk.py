"""Carries out what the panels beside the text ask for: settings, review, remarks, versions, sending, the call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.letter import Letter, LetterSettings, ReviewStatus
from desktop.domain.letter_history import Delivery, LetterComment, LetterVersion
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.ui.letter.block_words import title_of
from desktop.ui.letter.letter_frame import LetterFrame
from desktop.ui.letter.paper_desk import PaperDesk
from desktop.ui.letter.paper_reading import CALL_KINDS, ReadPapers
from desktop.ui.letter.source_words import block_page, whole_page
from desktop.ui.letter.versions_panel import NOW, described
from desktop.ui.letter.word_difference import difference_page
from desktop.ui.letter.writing_desk import WritingDesk

if TYPE_CHECKING:
    from desktop.services.letter_history import LetterHistory
    from desktop.services.operation import OperationResult
    from desktop.ui.library.page import Page


class AboutDesk(QObject):
    """Fills the panels from what was read. Only the panel in front is given what takes time to make."""

    discarded = Signal()
    """A draft of the case was thrown away."""

    def __init__(self, desk: PaperDesk, frame: LetterFrame, writing: WritingDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._frame = frame
        self._writing = writing
        desk.shown.connect(self._show)
        desk.block_chosen.connect(self._show_block)
        frame.side.panel_shown.connect(self._show_slow)
        frame.settings.changed.connect(self._change_settings)
        frame.review.status_wanted.connect(self._set_status)
        comments = frame.review.comments
        comments.comment_wanted.connect(self._comment)
        comments.place_wanted.connect(self._go_to_comment)
        comments.settle_wanted.connect(self._settle)
        frame.versions.keep_wanted.connect(self.keep_version)
        frame.versions.compare_wanted.connect(self._compare)
        frame.sources.scope_changed.connect(self._show_sources)
        frame.delivery.delivery_recorded.connect(self._record_delivery)
        frame.call.changed.connect(self._save_call)
        frame.editor.text.selectionChanged.connect(self._show_subject)

    def flush(self) -> None:
        """Say what is typed in the panels."""
        if self._desk.read is not None:
            self._frame.settings.flush()
            self._frame.call.flush()

    def keep_version(self) -> None:
        """Keep the paper as it reads now."""
        if not self._desk.may_write or not self._writing.is_all_saved():
            return
        history, case_id, letter_id = self._history, self._desk.case_id, self._desk.letter_id

        def job() -> OperationResult[LetterVersion]:
            return history.keep_version(case_id, letter_id)

        def done(version: LetterVersion) -> None:
            self._desk.context.notify.info(f"Kept as version {version.number}.")

        self._desk.commit(job, done)

    def discard(self, letter: Letter) -> None:
        """Throw a draft away; what is typed is saved first, so that undo brings that back as well."""
        if not self._writing.is_all_saved():
            return
        self.flush()
        letters, case_id = self._desk.context.services.letters, self._desk.case_id

        def job() -> OperationResult[Letter]:
            return letters.discard(case_id, letter.id)

        def done(gone: Letter) -> None:
            self._desk.context.notify.info(f"Thrown away: {gone.kind.label}, draft.", undo=True)
            if case_id == self._desk.case_id:
                self.discarded.emit()

        self._desk.commit(job, done)

    def start_comment(self) -> None:
        """Have a remark typed about what is chosen in the block."""
        if self._desk.may_write:
            self._show_subject()
            self._frame.side.show_panel("review")
            self._frame.review.comments.start()

    # Showing

    def _show(self, read: ReadPapers) -> None:
        letter, frame = read.letter, self._frame
        if letter is None:
            return
        house = read.house
        frame.settings.show_settings(
            letter.id,
            letter.kind,
            letter.settings,
            house.letterheads,
            house.templates,
            is_read_only=read.is_issued,
        )
        frame.editor.text.set_snippets(house.snippets)
        frame.review.show_status(letter.status, letter.status_history, is_read_only=read.is_issued)
        titles = {block.id: title_of(block) for block in letter.content.blocks}
        frame.review.comments.show_comments(read.comments, titles, is_read_only=read.is_issued)
        frame.side.set_count("review", sum(comment.is_open for comment in read.comments))
        frame.side.set_count("versions", len(read.versions))
        frame.side.set_available("delivery", read.is_issued and letter.kind.is_sent)
        frame.side.set_count("delivery", len(read.deliveries))
        frame.side.set_available("call", letter.kind in CALL_KINDS)
        frame.versions.show_versions(letter.id, read.versions, is_read_only=read.is_issued)
        if read.is_issued:
            today, documents = self._desk.context.clock.today(), read.case.documents
            named = [(document.id, document.title or document.kind.label) for document in documents]
            frame.delivery.show_deliveries(letter.id, read.deliveries, read.case.coverage.payer, today, named)
        frame.call.show_calls(read.case.id, read.calls, read.case.service_lines)
        self._show_subject()
        self._show_slow()

    def _show_block(self) -> None:
        self._show_subject()
        if self._frame.side.current == "sources" and not self._frame.sources.is_whole:
            self._show_sources()

    def _show_subject(self) -> None:
        block = self._desk.block
        if block is not None:
            quote = self._frame.editor.text.textCursor().selectedText().replace("\u2029", "\n")
            self._frame.review.comments.show_subject(title_of(block), quote)

    def _show_slow(self, _panel: str = "") -> None:
        if self._frame.side.current == "sources":
            self._show_sources()
        elif self._frame.side.current == "versions":
            chosen = self._frame.versions.pair
            if chosen is not None:
                self._compare(*chosen)

    def _show_sources(self) -> None:
        desk, letters = self._desk, self._desk.context.services.letters
        case_id, letter_id, block_id = desk.case_id, desk.letter_id, desk.block_id
        is_whole = self._frame.sources.is_whole

        is_issued = desk.read is not None and desk.read.is_issued

        def job() -> Page:
            evidence = letters.evidence_map(case_id, letter_id)
            if not is_whole:
                return block_page(evidence, block_id)
            return whole_page(evidence, letters.verify_issued(case_id, letter_id) if is_issued else None)

        if letter_id and block_id:
            self._desk.context.runner.run(
                job,
                self._frame.sources.show_sources,
                self._desk.context.notify.failure,
                key=f"letter-sources-{id(self)}",
            )

    def _compare(self, earlier: str, later: str) -> None:
        read, history = self._desk.read, self._history
        if read is None or read.letter is None:
            return
        versions = {version.id: version for version in read.versions}
        old, letter = versions.get(earlier), read.letter
        new = letter if later == NOW else versions.get(later)
        if old is None or new is None:
            return
        name = "the paper as it is now" if later == NOW else described(versions[later])

        def job() -> Page:
            return difference_page(history.difference(old, new), described(old), name)

        self._desk.context.runner.run(
            job,
            self._frame.versions.show_difference,
            self._desk.context.notify.failure,
            lane="cpu",
            key=f"letter-versions-{id(self)}",
        )

    # Doing

    @property
    def _history(self) -> LetterHistory:
        return self._desk.context.services.letter_history

    def _change_settings(self, settings: LetterSettings) -> None:
        if not self._desk.may_write or not self._writing.is_all_saved():
            return
        letters, case_id, letter_id = (
            self._desk.context.services.letters,
            self._desk.case_id,
            self._desk.letter_id,
        )

        def job() -> OperationResult[Letter]:
            return letters.change_settings(case_id, letter_id, settings)

        self._desk.commit(job)

    def _set_status(self, status: ReviewStatus, by: str, credential: str, note: str) -> None:
        if not self._writing.is_all_saved():
            return
        history, case_id, letter_id = self._history, self._desk.case_id, self._desk.letter_id

        def job() -> OperationResult[Letter]:
            return history.set_status(case_id, letter_id, status, by=by, credential=credential, note=note)

        self._desk.commit(job)

    def _comment(self, words: str) -> None:
        if not self._writing.is_all_saved():
            return
        history, case_id, letter_id = self._history, self._desk.case_id, self._desk.letter_id
        block_id = self._desk.block_id
        quote = self._frame.editor.text.textCursor().selectedText().replace("\u2029", "\n")

        def job() -> OperationResult[LetterComment]:
            return history.comment(case_id, letter_id, block_id, words, quote=quote)

        def done(_comment: LetterComment) -> None:
            self._frame.review.comments.clear_text()

        self._desk.commit(job, done)

    def _go_to_comment(self, comment: LetterComment) -> None:
        if comment.block_id not in self._frame.outline.block_ids():
            return
        self._writing.choose(comment.block_id)
        text = self._frame.editor.text
        at = text.exact_text().find(comment.quote) if comment.quote else -1
        if at >= 0:
            text.go_to(at, at + len(comment.quote))
        self._frame.editor.focus_text()

    def _settle(self, comment_id: str) -> None:
        history, case_id = self._history, self._desk.case_id

        def job() -> OperationResult[LetterComment]:
            return history.resolve_comment(case_id, comment_id)

        self._desk.commit(job)

    def _record_delivery(self, delivery: Delivery) -> None:
        history, case_id = self._history, self._desk.case_id

        def job() -> OperationResult[Delivery]:
            return history.record_delivery(case_id, delivery)

        def done(kept: Delivery) -> None:
            self._desk.context.notify.info(f"Recorded: {kept.channel.label}, sent {kept.sent_on}.", undo=True)

        self._desk.commit(job, done)

    def _save_call(self, call: PeerToPeer) -> None:
        calls, case_id = self._desk.context.services.peer_to_peer, self._desk.case_id

        def job() -> OperationResult[PeerToPeer]:
            return calls.put(case_id, call)

        self._desk.commit(job)
