"""The text of a block as it is written: plain, in the reading face, with marks under words and words on offer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.domain.stationery import Snippet
from desktop.letters.spelling import Misspelling
from desktop.ui.letter.text_places import MarkKind, TextMark
from desktop.ui.letter.word_popup import WordPopup
from desktop.ui.theme import Theme

_ABBREVIATION = re.compile(r"(?:^|(?<=\s));([^\s;]*)$")
_WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline
_ADD = "add:"


class LetterText(QPlainTextEdit):
    """What is pasted is text only, and Tab leaves. `;` offers snippets."""

    snippet_taken = Signal(str)
    """The id of a snippet that is to stand in the place of the abbreviation."""
    word_added = Signal(str)
    """A word that the user's dictionary is to hold."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._snippets: tuple[Snippet, ...] = ()
        self._marks: tuple[TextMark, ...] = ()
        self._word: Misspelling | None = None
        self.setTabChangesFocus(True)
        self.setAccessibleName("Text of the block")
        self.setPlaceholderText("This block has no text of its own.")
        self.popup = WordPopup(theme, self)
        self.popup.taken.connect(self._take)
        theme.changed.connect(self._paint_marks)

    def exact_text(self) -> str:
        """The text with line feeds; `toPlainText` would turn non-breaking spaces into others."""
        return self.document().toRawText().replace("\u2029", "\n")

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text only."""
        self.insertPlainText(source.text())

    # Marks

    @property
    def marks(self) -> tuple[TextMark, ...]:
        """What is marked now."""
        return self._marks

    def show_marks(self, marks: Sequence[TextMark]) -> None:
        """Mark these places; they move along with what is typed before them until the next ones come."""
        self._marks = tuple(marks)
        self._paint_marks()

    def go_to(self, start: int, end: int) -> None:
        """Select characters and bring them into view."""
        cursor = self.textCursor()
        cursor.setPosition(min(start, len(self.exact_text())))
        cursor.setPosition(min(end, len(self.exact_text())), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _paint_marks(self) -> None:
        length = len(self.exact_text())
        made: list[QTextEdit.ExtraSelection] = []
        for mark in self._marks:
            if mark.end > length:
                continue
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(mark.start)
            cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor  # type: ignore[attr-defined]
            selection.format = self._format(mark.kind)  # type: ignore[attr-defined]
            made.append(selection)
        self.setExtraSelections(made)

    def _format(self, kind: MarkKind) -> QTextCharFormat:
        theme, form = self._theme, QTextCharFormat()
        if kind is MarkKind.COMMENT:
            form.setBackground(theme.color("exception_soft"))
            return form
        form.setUnderlineStyle(_WAVE)
        names = {MarkKind.ERROR: "not_met", MarkKind.WARNING: "unclear", MarkKind.SPELLING: "accent"}
        form.setUnderlineColor(theme.color(names[kind]))
        if kind is MarkKind.ERROR:
            ground = QColor(theme.color("not_met_soft"))
            form.setBackground(ground)
        return form

    # Words on offer

    def set_snippets(self, snippets: Sequence[Snippet]) -> None:
        """What `;` offers."""
        self._snippets = tuple(snippets)

    def offer_snippets(self) -> None:
        """Offer every snippet at the cursor."""
        if not self.isReadOnly():
            self._offer("")

    def offer_spellings(self, word: Misspelling, suggestions: Sequence[str]) -> None:
        """Offer what may have been meant by a word, and to keep it as it is from now on."""
        if self.exact_text()[word.start : word.end] != word.word:
            return
        self._word = word
        choices = [(suggestion, suggestion) for suggestion in suggestions]
        choices.append((f"{_ADD}{word.word}", f"Add “{word.word}” to my words"))
        self.go_to(word.start, word.end)
        self.popup.offer(choices, self.cursorRect())

    def put(self, words: str) -> None:
        """Put words where the cursor is, in the place of an abbreviation that stands before it; one step of undo."""
        cursor = self.textCursor()
        found = self._abbreviation()
        cursor.beginEditBlock()
        if found is not None:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(found.group())
            )
        cursor.insertText(words)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """The list on offer first; then writing, which may bring one up."""
        if self.popup.steer(e):
            return
        super().keyPressEvent(e)
        if e.text() and not self.isReadOnly():
            self._word = None
            found = self._abbreviation()
            if found is not None:
                self._offer(found.group(1))
            else:
                self.popup.dismiss()

    def focusOutEvent(self, e: QFocusEvent) -> None:
        """Whoever leaves wants no list."""
        self.popup.dismiss()
        super().focusOutEvent(e)

    def _abbreviation(self) -> re.Match[str] | None:
        cursor = self.textCursor()
        return _ABBREVIATION.search(cursor.block().text()[: cursor.positionInBlock()])

    def _offer(self, typed: str) -> None:
        wanted = typed.casefold()
        fitting = [item for item in self._snippets if wanted in item.name.casefold()]
        fitting.sort(key=lambda item: not item.name.casefold().startswith(wanted))
        self.popup.offer([(item.id, item.name) for item in fitting], self.cursorRect())

    def _take(self, value: str) -> None:
        word, self._word = self._word, None
        if word is None:
            self.snippet_taken.emit(value)
        elif value.startswith(_ADD):
            self.word_added.emit(value.removeprefix(_ADD))
        elif self.exact_text()[word.start : word.end] == word.word:
            self.go_to(word.start, word.end)
            self.insertPlainText(value)
