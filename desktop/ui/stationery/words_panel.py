"""The words that the user's spell check takes as right, to be read, added to and taken back; it checks nothing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.stationery import KnownWord
from desktop.ui.chips import ChipRow
from desktop.ui.context import UiContext
from desktop.ui.stationery.kept_words import KeptLine
from desktop.ui.widgets.basics import button, label

_MOST_ROWS = 8
_KEY = int(Qt.ItemDataRole.UserRole) + 1


class WordsPanel(QWidget):
    """Enter adds a word, Delete takes the one in front back, and undo brings it again."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_stale = True
        self._step: str | None = None
        self._is_mine = False
        """Whether the last step on stationery was made here; only such a one is offered to be taken back here."""
        self.word = KeptLine("A word to take as right", placeholder="a colleague's name, a device")
        self.add = button("Add the word")
        self.list = QListWidget()
        self.list.setAccessibleName("Words taken as right; Delete takes one back")
        self.nothing = label(
            "There are none. The spell check of letters offers to add a word where it does not know one.",
            "muted",
            wraps=True,
        )
        self.remove = button("Take the word back")
        self.undo = button("Undo", "quiet")
        deeds = ChipRow()
        for made in (self.add, self.remove, self.undo):
            deeds.flow.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(context.theme.px(8))
        for part in (self.word, self.list, self.nothing, deeds):
            column.addWidget(part)
        for part in (self.word, self.add):
            part.setEnabled(not context.services.is_read_only)
        self.word.line.returnPressed.connect(self.add_word)
        self.add.clicked.connect(self.add_word)
        self.remove.clicked.connect(self.remove_word)
        self.undo.clicked.connect(self.take_back)
        self.list.currentRowChanged.connect(self._show_deeds)
        context.refresh.changes_committed.connect(self._on_changes)
        self._show(((), None))

    def add_word(self) -> None:
        """Take what is typed as right from now on."""
        if not self.word.check():
            return
        words = self.word.read().strip()
        if not words or any(character.isspace() for character in words):
            self.word.set_own_problem("Type one word at a time.")
            self.word.setFocus()
            return
        stationery = self._context.services.stationery
        self._context.commit(partial(stationery.add_word, words), self._added, initiator=self)

    def remove_word(self) -> None:
        """Take the word in front back."""
        item = self.list.currentItem()
        if self.list.currentRow() >= 0 and not self._context.services.is_read_only:
            stationery = self._context.services.stationery
            self._context.commit(partial(stationery.remove_word, str(item.data(_KEY))), initiator=self)

    def take_back(self) -> None:
        """Undo the last step that was made here; further back it is undone where it was made."""
        self._context.commit(self._context.services.stationery.undo, self._undone, initiator=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete in the list."""
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.remove_word()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the panel was hidden."""
        super().showEvent(event)
        if self._is_stale:
            self._load()

    def _load(self) -> None:
        self._is_stale = False
        stationery = self._context.services.stationery

        def job() -> tuple[tuple[KnownWord, ...], str | None]:
            return stationery.words(), stationery.undo_labels()[0]

        self._context.runner.run(job, self._show, key="settings.words")

    def _show(self, read: tuple[tuple[KnownWord, ...], str | None]) -> None:
        words, self._step = read
        row = self.list.currentRow()
        self.list.clear()
        for known in sorted(words, key=_spelled):
            item = QListWidgetItem(known.word)
            item.setData(_KEY, known.id)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * min(len(words), _MOST_ROWS) + 8)
        self.list.setVisible(bool(words))
        self.nothing.setVisible(not words)
        self._show_deeds()

    def _show_deeds(self) -> None:
        may_write = not self._context.services.is_read_only
        self.remove.setVisible(self.list.currentRow() >= 0 and may_write)
        self.undo.setVisible(self._step is not None and self._is_mine and may_write)
        self.undo.setText(f"Undo: {self._step}".replace("&", "&&"))
        self.undo.setAccessibleName(f"Undo: {self._step}")

    def _added(self, _known: KnownWord) -> None:
        self.word.show_value("")
        self.word.setFocus()

    def _undone(self, words: str) -> None:
        self._is_mine = False
        self._show_deeds()
        self._context.notify.info(f"Taken back: {words}")

    def _on_changes(self, changes: Changes, initiator: object) -> None:
        if ChangeFlag.STATIONERY not in changes.flags:
            return
        self._is_mine = initiator is self
        if self.isVisible():
            self._load()
        else:
            self._is_stale = True


def _spelled(known: KnownWord) -> tuple[str, str]:
    return known.word.casefold(), known.word
