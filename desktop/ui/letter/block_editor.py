"""The block being written: its text, the table or figure it prints, where the words came from, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.domain.letter import LetterBlock, Provenance
from desktop.domain.letter_check import LetterProblem
from desktop.domain.letter_history import LetterComment
from desktop.domain.severity import Severity
from desktop.letters.spelling import Misspelling
from desktop.ui.chips import ChipRow
from desktop.ui.field_values import FieldTextError, read_text
from desktop.ui.letter.block_table import BlockTable
from desktop.ui.letter.block_words import origins_at, provenance_of, says_the_same, states_of, title_of
from desktop.ui.letter.chips import ProvenanceChips
from desktop.ui.letter.letter_text import LetterText
from desktop.ui.letter.stale_strip import StaleStrip
from desktop.ui.letter.text_places import MarkKind, TextMark, cell_of, marks_for, paragraph_at, place_of
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

_TABLE_NOTE = "This table is composed from the record. Change it in Intake or Review; it follows."


class BlockEditor(QWidget):
    """Shows one block and emits `typed` while it is written; the screen saves it."""

    typed = Signal()
    wanted = Signal()
    """The keyboard is about to come here: it must be in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._block: LetterBlock | None = None
        self._problems: tuple[LetterProblem, ...] = ()
        self._comments: tuple[LetterComment, ...] = ()
        self._misspelt: tuple[Misspelling, ...] = ()
        self._is_filling = False
        self._title = label("", "heading", wraps=True)
        self._note = label("", "muted", wraps=True)
        self.stale = StaleStrip(theme)
        self.text = LetterText(theme)
        self._problem = label("", "error", wraps=True)
        self.table = BlockTable(theme)
        self._figure = label("", "", wraps=True)
        self.chips = ProvenanceChips(theme)
        self.restore_button = button("Take the composed text", "link")
        self.lock_button = button("Keep as it is", "link")
        self.remove_button = button("Leave out", "link")
        self.comment_button = button("Comment", "link")
        self._lay_out()
        self.text.textChanged.connect(self._changed)
        self.text.cursorPositionChanged.connect(self._follow_cursor)
        self.table.origins_shown.connect(self.chips.show_origins)
        theme.changed.connect(self._take_fonts)
        self._take_fonts()

    @property
    def block_id(self) -> str:
        """The block shown; empty before the first."""
        return self._block.id if self._block else ""

    @property
    def block(self) -> LetterBlock | None:
        """The block shown, as it was read."""
        return self._block

    def show_block(self, block: LetterBlock, *, is_read_only: bool) -> None:
        """Show a block; text that says the same leaves cursor and selection alone."""
        is_other = block.id != self.block_id
        self._block = block
        self._title.setText(title_of(block))
        states = [words.lower() for words in states_of(block)]
        self._note.setText(", ".join(states).capitalize())
        self._note.setVisible(bool(states))
        self._offer(block, is_read_only=is_read_only)
        if is_other or not says_the_same(block, self.text.exact_text()):
            self._is_filling = True
            at = 0 if is_other else self.text.textCursor().position()
            self.text.setPlainText(block.text)
            if at:  # a fix, an undo: who writes goes on where the cursor was
                self.text.go_to(at, at)
            self._is_filling = False
            self._misspelt = ()
            self._problem.hide()
        self.text.setReadOnly(is_read_only or block.is_locked)
        has_other = block.table is not None or block.figure is not None
        self.text.setVisible(not has_other or bool(block.paragraphs))
        self.table.setVisible(block.table is not None)
        self.table.show_table(block.table)
        self._figure.setText(block.figure.alternative if block.figure else "")
        self._figure.setVisible(block.figure is not None)
        self._table_note.setText(
            _TABLE_NOTE if block.table else "Drawn on the page from the record; in words:"
        )
        self._table_note.setVisible(has_other)
        if not block.is_stale:
            self.stale.hide()
        self._mark()
        self._follow_cursor()

    def show_findings(self, problems: Sequence[LetterProblem], comments: Sequence[LetterComment]) -> None:
        """Mark what the check and a second reader found in this block."""
        self._problems, self._comments = tuple(problems), tuple(comments)
        self._mark()

    def show_misspelt(self, words: Sequence[Misspelling]) -> None:
        """Underline words that no dictionary knows."""
        self._misspelt = tuple(words)
        self._mark()

    def misspelt_at_cursor(self) -> Misspelling | None:
        """The unknown word at the cursor, or the next one behind it, or the first."""
        at = self.text.textCursor().selectionStart()
        here = next((word for word in self._misspelt if word.start <= at <= word.end), None)
        after = next((word for word in self._misspelt if word.start >= at), None)
        return here or after or next(iter(self._misspelt), None)

    def focus_text(self) -> None:
        """Put the keyboard into the text."""
        self.wanted.emit()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_of_cursor(self) -> tuple[int, int, int]:
        """Where the cursor is in the block: text (0) or table (1), paragraph or row, character or column."""
        if self._block is None:
            return 0, 0, 0
        if self.text.isHidden() or self.table.hasFocus():
            return 1, max(0, self.table.currentRow()), max(0, self.table.currentColumn())
        return (
            0,
            *paragraph_at(self._block, self.text.exact_text(), self.text.textCursor().selectionStart()),
        )

    def go_to_place(self, problem: LetterProblem) -> None:
        """Put the keyboard on what a finding is about."""
        if self._block is None:
            return
        self.wanted.emit()
        cell, found = cell_of(problem, self._block), place_of(problem, self._block, self.text.exact_text())
        if cell is not None and not self.table.isHidden():
            self.table.setCurrentCell(*cell)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if found is not None:
            self.text.go_to(*found)
        target = self.text if not self.text.isHidden() else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> str:
        """The text. Raises FieldTextError naming a character that cannot be kept."""
        return read_text(self.text.exact_text())

    def check(self) -> bool:
        """Whether the text can be kept; says under it why not."""
        try:
            self.read()
        except FieldTextError as error:
            self._problem.setText(f"× {error}")
            self._problem.show()
            return False
        self._problem.hide()
        return True

    @property
    def problem(self) -> str:
        """What is said under the text."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _offer(self, block: LetterBlock, *, is_read_only: bool) -> None:
        self.restore_button.setVisible(block.is_edited and not is_read_only and not block.is_locked)
        self.lock_button.setVisible(not is_read_only)
        words = "Unlock" if block.is_locked else "Keep as it is"
        self.lock_button.setText(words)
        self.lock_button.setAccessibleName(words)
        self.remove_button.setVisible(not is_read_only)
        self.comment_button.setVisible(not is_read_only)

    def _mark(self) -> None:
        block = self._block
        if block is None:
            return
        text = self.text.exact_text()
        spelling = [TextMark(word.start, word.end, MarkKind.SPELLING) for word in self._misspelt]
        self.text.show_marks((*spelling, *marks_for(block, text, self._problems, self._comments)))
        cells: dict[tuple[int, int], Severity] = {}
        for problem in self._problems:
            cell = cell_of(problem, block)
            if cell is not None and cells.get(cell) is not Severity.ERROR:
                cells[cell] = problem.severity
        self.table.mark_cells(cells)

    def _lay_out(self) -> None:
        # With large text in a small window the parts would squeeze each other: then the pane scrolls.
        inner = QWidget()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.text.setMinimumHeight(self._theme.px(110))
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.setSpacing(6)
        rows.addWidget(self._title)
        rows.addWidget(self._note)
        deeds = ChipRow()
        for item in (self.comment_button, self.lock_button, self.remove_button, self.restore_button):
            deeds.flow.addWidget(item)
        rows.addWidget(self.stale)
        rows.addWidget(self.text, 3)
        rows.addWidget(self._problem)
        self._problem.hide()
        self._table_note = label("", "caption", wraps=True)
        rows.addWidget(self._table_note)
        rows.addWidget(self._figure)
        rows.addWidget(self.table, 4)
        rows.addWidget(deeds)
        rows.addWidget(label("Where these words come from", "section", wraps=True))
        rows.addWidget(self.chips)
        # Takes the height only where nothing else does: a figure has neither text nor table to fill the pane.
        rows.addStretch(0)

    def _changed(self) -> None:
        if not self._is_filling:
            self.typed.emit()

    def _follow_cursor(self) -> None:
        if self._block is not None:
            self.chips.show_origins(self._origins_at_cursor(self._block))

    def _origins_at_cursor(self, block: LetterBlock) -> tuple[Provenance, ...]:
        if not block.paragraphs:
            return self.table.origins or provenance_of(block)
        return origins_at(block, self.text.exact_text(), self.text.textCursor().position())

    def _take_fonts(self) -> None:
        self.text.setFont(self._theme.font(15, face="reading"))
        size = self._theme.px(15)
        face = self._theme.font(15, face="reading").families()[0]
        # The stylesheet gives every widget the interface size; only a rule of its own outranks it.
        self.text.setStyleSheet(f'QPlainTextEdit {{ font-family: "{face}"; font-size: {size}px; }}')
