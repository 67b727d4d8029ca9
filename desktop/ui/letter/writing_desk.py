"""Saves what is typed into a block, and moves, keeps, leaves out and restores blocks; an issued paper is left alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.letter import Letter
from desktop.ui.letter.block_editor import BlockEditor
from desktop.ui.letter.block_outline import BlockOutline
from desktop.ui.letter.paper_desk import PaperDesk
from desktop.ui.letter.paper_reading import ReadPapers

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.letters.placeholders import Filled
    from desktop.services.letters import Letters
    from desktop.services.operation import OperationResult

_SAVE_AFTER_MS = 700
_LONGEST_WAIT_MS = 1600


class WritingDesk(QObject):
    """The editor and the outline with the store behind them. What is typed is never overwritten by what is read."""

    state_changed = Signal(str)
    """A word about what is not saved yet; empty once it is."""

    def __init__(self, desk: PaperDesk, editor: BlockEditor, outline: BlockOutline) -> None:
        super().__init__(desk)
        self._desk = desk
        self._editor = editor
        self._outline = outline
        self._is_dirty = False
        self._in_flight = 0
        self._here = ("", "")
        """The paper and the block in the editor."""
        self._cursors: dict[tuple[str, str], int] = {}
        """Where the cursor was when a block was left."""
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._longest = QTimer(self, singleShot=True, interval=_LONGEST_WAIT_MS)
        self._pause.timeout.connect(self.flush)
        self._longest.timeout.connect(self.flush)
        desk.shown.connect(self._show)
        desk.block_chosen.connect(self._show_block)
        outline.block_chosen.connect(self.choose)
        outline.block_dragged.connect(self._move_block)
        outline.removed_chosen.connect(self._bring_back)
        editor.typed.connect(self._typed)
        editor.text.snippet_taken.connect(self._put_snippet)
        editor.restore_button.clicked.connect(self.restore)
        editor.remove_button.clicked.connect(self.remove)
        editor.lock_button.clicked.connect(self.lock)
        editor.stale.kept.connect(self.keep_mine)
        editor.stale.taken.connect(self.restore)

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that is not on its way to the store."""
        return self._is_dirty

    def forget(self) -> None:
        """Another case: nothing typed belongs to it."""
        self._is_dirty = False

    def flush(self) -> None:
        """Start saving what is typed but not saved yet."""
        self._pause.stop()
        self._longest.stop()
        if not self._is_dirty or not self._editor.check():
            return
        self._is_dirty = False
        case_id, letter_id, letters = self._desk.case_id, self._desk.letter_id, self._letters
        block_id, text = self._editor.block_id, self._editor.read()
        self._in_flight += 1

        def job() -> OperationResult[Letter]:
            return letters.edit_block(case_id, block_id, text, letter_id)

        def done(_letter: Letter) -> None:
            self._in_flight -= 1
            if (case_id, letter_id) == (self._desk.case_id, self._desk.letter_id):
                self._desk.load()

        def failed(_error: Exception) -> None:
            self._in_flight -= 1
            if case_id == self._desk.case_id and block_id == self._editor.block_id:
                self._is_dirty = True
            self.state_changed.emit("not saved yet")

        self._desk.commit(job, done, failed, is_own=True)

    def is_all_saved(self) -> bool:
        """Whether all that is typed can be saved, and is being saved; the keyboard goes to what cannot."""
        self.flush()
        if self._is_dirty:
            self._editor.focus_text()
        return not self._is_dirty

    def choose(self, block_id: str) -> None:
        """Write another block; what is typed is saved first, and what cannot be saved holds the block."""
        if block_id == self._desk.block_id:
            return
        self.flush()
        if self._is_dirty:  # a character cannot be kept: leaving now would lose the text
            self._outline.choose(self._desk.block_id)
            self._editor.focus_text()
            return
        self._outline.choose(block_id)
        self._desk.choose_block(block_id)

    def step(self, by: int) -> None:
        """Write the block further down, or up."""
        ids = self._outline.block_ids()
        if self._desk.block_id in ids:
            self.choose(ids[max(0, min(len(ids) - 1, ids.index(self._desk.block_id) + by))])

    def move(self, offset: int) -> None:
        """Move the block in front among its neighbours."""
        self._move_block(self._desk.block_id, offset)

    def restore(self) -> None:
        """Take what is composed for the block in place of what was typed."""
        self._is_dirty = False
        self._pause.stop()
        letters, case_id, letter_id, block_id = self._names()
        self._change(lambda: letters.restore_block(case_id, block_id, letter_id))

    def keep_mine(self) -> None:
        """Hold what was typed to be right for the record as it is now."""
        block = self._desk.block
        if block is None or not block.is_stale:
            return
        self.flush()
        letters, case_id, letter_id, block_id = self._names()
        self._change(lambda: letters.keep_text(case_id, block_id, letter_id))

    def take_theirs(self) -> None:
        """Take the record's words, where there is a choice."""
        block = self._desk.block
        if block is None or not block.is_stale:
            return
        if block.is_locked:
            self._desk.context.notify.info("The block is kept as it is. Unlock it first: Ctrl+Shift+L.")
        else:
            self.restore()

    def remove(self) -> None:
        """Leave the block in front out; the one left out already comes back."""
        if self._outline.removed_id:
            self._bring_back(self._outline.removed_id)
            return
        self.flush()
        letters, case_id, letter_id, block_id = self._names()

        def done(_letter: Letter) -> None:
            self._desk.context.notify.info("Left out of the letter. It stands under the blocks.", undo=True)

        if block_id and self._desk.may_write:
            self.step_away(block_id)
            self._desk.commit(lambda: letters.remove_block(case_id, block_id, letter_id), done)

    def step_away(self, block_id: str) -> None:
        """Go to the neighbour of a block that is about to go, so that the place in the letter is kept."""
        ids = self._outline.block_ids()
        if block_id in ids and len(ids) > 1:
            at = ids.index(block_id)
            self.choose(ids[at + 1] if at + 1 < len(ids) else ids[at - 1])

    def lock(self) -> None:
        """Keep the block as it is however the record changes, or let it follow again."""
        block = self._desk.block
        if block is None:
            return
        self.flush()
        letters, case_id, letter_id, block_id = self._names()
        is_locked = not block.is_locked
        self._change(lambda: letters.lock_block(case_id, block_id, is_locked, letter_id))

    def offer_snippets(self) -> None:
        """Offer the snippets at the cursor, or say where they are made."""
        if self._desk.read is None or not self._desk.may_write or self._editor.text.isHidden():
            return
        if not self._desk.read.house.snippets:
            self._desk.context.notify.info(
                "No snippet is kept yet. The letter's settings lead to where they are made."
            )
            return
        self._editor.focus_text()
        self._editor.text.offer_snippets()

    def _put_snippet(self, snippet_id: str) -> None:
        """Fill a snippet's placeholders from the record, and put it where it was asked for."""
        read = self._desk.read
        snippet = (
            next((item for item in read.house.snippets if item.id == snippet_id), None) if read else None
        )
        if snippet is None:
            return
        letters, case_id, letter_id, block_id = self._names()
        words = snippet.text

        def job() -> Filled:
            return letters.fill(case_id, words, letter_id)

        def done(filled: Filled) -> None:
            if block_id != self._editor.block_id or self._editor.text.isReadOnly():
                return
            self._editor.text.put(filled.text)
            missing = ", ".join((*filled.unknown, *filled.empty))
            if missing:
                self._desk.context.notify.info(f"The record holds nothing for: {missing}.")

        self._desk.context.runner.run(job, done, self._desk.context.notify.failure)

    # Showing

    def _show(self, read: ReadPapers) -> None:
        letter = read.letter
        if letter is None:
            return
        self._outline.show_blocks(
            letter.content.blocks,
            read.severities,
            self._desk.block_id,
            removed=letter.content.set_aside,
            comments=Counter(comment.block_id for comment in read.comments if comment.is_open),
        )
        if not self._is_dirty and not self._in_flight:
            self._show_block()
        self.state_changed.emit("")

    def _show_block(self) -> None:
        read, block = self._desk.read, self._desk.block
        if read is None or block is None:
            return
        here = (self._desk.letter_id, block.id)
        is_other, left = here != self._here, self._here
        self._cursors[left] = self._editor.text.textCursor().position()
        self._editor.show_block(block, is_read_only=read.is_issued)
        if is_other:
            self._here, at = here, self._cursors.get(here, 0)
            self._editor.text.go_to(at, at)
        stale = next((item for item in read.stale if item.block_id == block.id), None)
        if block.is_stale and stale is not None:
            self._editor.stale.show_difference(stale.was, stale.is_now)
            self._editor.stale.show_locked(block.is_locked)

    # Doing

    @property
    def _letters(self) -> Letters:
        return self._desk.context.services.letters

    def _names(self) -> tuple[Letters, str, str, str]:
        return self._letters, self._desk.case_id, self._desk.letter_id, self._desk.block_id

    def _change(self, job: Callable[[], OperationResult[Letter]]) -> None:
        if self._desk.may_write and self._desk.block_id:
            self._desk.commit(job)

    def _move_block(self, block_id: str, offset: int) -> None:
        self.flush()
        letters, case_id, letter_id, _ = self._names()
        if block_id:
            self._change(lambda: letters.move_block(case_id, block_id, offset, letter_id))

    def _bring_back(self, block_id: str) -> None:
        self.flush()
        letters, case_id, letter_id, _ = self._names()

        def done(_letter: Letter) -> None:
            self._desk.choose_block(block_id)

        self._desk.commit(lambda: letters.bring_back_block(case_id, block_id, letter_id), done)

    def _typed(self) -> None:
        self._is_dirty = True
        self.state_changed.emit("typing")
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
