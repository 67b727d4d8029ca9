"""The block being written: its text, the table it prints, where the words came from, and the way back to them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.letter import LetterBlock, LetterTable, Provenance
from desktop.ui.field_values import FieldTextError, read_text
from desktop.ui.letter.block_words import origins_at, provenance_of, says_the_same, title_of
from desktop.ui.letter.chips import ProvenanceChips
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, plain_tooltip, section_header


class LetterText(QPlainTextEdit):
    """Plain text in the reading face; what is pasted is text only, and Tab leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Text of the block")
        self.setPlaceholderText("This block has no text of its own.")

    def exact_text(self) -> str:
        """The text with line feeds; `toPlainText` would turn non-breaking spaces into others."""
        return self.document().toRawText().replace("\u2029", "\n")

    def insertFromMimeData(self, source: object) -> None:
        """Paste text only."""
        self.insertPlainText(source.text())  # type: ignore[attr-defined]


class BlockEditor(QWidget):
    """Shows one block and emits `typed` while it is written; the screen saves it."""

    typed = Signal()
    restore_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._block: LetterBlock | None = None
        self._is_filling = False
        self._title = label("", "heading", wraps=True)
        self._note = label("", "muted", wraps=True)
        self.text = LetterText()
        self._problem = label("", "error", wraps=True)
        self.table = QTableWidget()
        self.chips = ProvenanceChips(theme)
        self.restore_button = button("Restore composed text", "link")
        self._lay_out()
        self.text.textChanged.connect(self._changed)
        self.text.cursorPositionChanged.connect(self._follow_cursor)
        self.table.currentCellChanged.connect(self._follow_row)
        self.restore_button.clicked.connect(self.restore_wanted)
        theme.changed.connect(self._take_fonts)
        self._take_fonts()

    @property
    def block_id(self) -> str:
        """The block shown; empty before the first."""
        return self._block.id if self._block else ""

    def show_block(self, block: LetterBlock, *, is_read_only: bool) -> None:
        """Show a block; text that says the same leaves cursor and selection alone."""
        is_other = block.id != self.block_id
        self._block = block
        self._title.setText(title_of(block))
        self._note.setText("Edited by you; composing again keeps it." if block.is_edited else "")
        self._note.setVisible(block.is_edited)
        self.restore_button.setVisible(block.is_edited and not is_read_only)
        if is_other or not says_the_same(block, self.text.exact_text()):
            self._is_filling = True
            self.text.setPlainText(block.text)
            self._is_filling = False
            self._problem.hide()
        self.text.setReadOnly(is_read_only)
        self.text.setVisible(block.table is None or bool(block.paragraphs))
        self._show_table(block.table if is_other or block.table is None else self._changed_table(block.table))
        self._follow_cursor()

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
        self.text.setMinimumHeight(self._theme.px(90))
        self.table.setMinimumHeight(self._theme.px(90))
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.setSpacing(8)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._note)
        head.addLayout(words, 1)
        head.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(head)
        rows.addWidget(self.text, 3)
        rows.addWidget(self._problem)
        self._problem.hide()
        self._table_note = label(
            "This table is composed from the record. Change it in Intake or Review, then compose again.",
            "caption",
            wraps=True,
        )
        rows.addWidget(self._table_note)
        rows.addWidget(self.table, 4)
        self._prepare_table()
        rows.addWidget(section_header("Where these words come from"))
        rows.addWidget(self.chips)

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName("Table of the block")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def _changed_table(self, table: LetterTable) -> LetterTable | None:
        shown = (self.table.columnCount(), self.table.rowCount())
        is_same = shown == (len(table.columns), len(table.rows)) and all(
            self._cell(r, c) == cell for r, row in enumerate(table.rows) for c, cell in enumerate(row.cells)
        )
        return None if is_same else table

    def _cell(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text() if item is not None else ""

    def _show_table(self, table: LetterTable | None) -> None:
        has_table = self._block is not None and self._block.table is not None
        self.table.setVisible(has_table)
        self._table_note.setVisible(has_table)
        if table is None:
            return
        self.table.clear()
        self.table.setColumnCount(len(table.columns))
        self.table.setHorizontalHeaderLabels(list(table.columns))
        self.table.setRowCount(len(table.rows))
        for place, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                item = QTableWidgetItem(cell)
                item.setToolTip(plain_tooltip(cell))
                self.table.setItem(place, column, item)
        total = sum(table.widths) or 1
        for column, width in enumerate(table.widths):
            self.table.setColumnWidth(column, round(self._theme.px(460) * width / total))

    def _changed(self) -> None:
        if not self._is_filling:
            self.typed.emit()

    def _follow_cursor(self) -> None:
        if self._block is not None:
            self.chips.show_origins(self._origins_at_cursor(self._block))

    def _origins_at_cursor(self, block: LetterBlock) -> tuple[Provenance, ...]:
        if not block.paragraphs:
            row = self.table.currentRow()
            rows = block.table.rows if block.table is not None else ()
            return rows[row].provenance if 0 <= row < len(rows) else provenance_of(block)
        return origins_at(block, self.text.exact_text(), self.text.textCursor().position())

    def _follow_row(self, row: int, _column: int, _before: int, _before_column: int) -> None:
        table = self._block.table if self._block is not None else None
        if table is not None and 0 <= row < len(table.rows):
            self.chips.show_origins(table.rows[row].provenance)

    def _take_fonts(self) -> None:
        self.text.setFont(self._theme.font(15, face="reading"))
        size = self._theme.px(15)
        face = self._theme.font(15, face="reading").families()[0]
        # The stylesheet gives every widget the interface size; only a rule of its own outranks it.
        self.text.setStyleSheet(f'QPlainTextEdit {{ font-family: "{face}"; font-size: {size}px; }}')
        self.table.verticalHeader().setDefaultSectionSize(self._theme.px(28))
