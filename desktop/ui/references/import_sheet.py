"""What a reference file holds: how far it is read, then to be ticked before anything is stored; it stores nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QListView,
    QProgressBar,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.letters.references.parts import ReadEntry
from desktop.services.reference_library import Proposed
from desktop.ui.chips import ChipRow
from desktop.ui.library.page import Line, Page, Run, Tone, heading, small, text, title
from desktop.ui.library.reading_page import ReadingPage
from desktop.ui.library.wording import counted
from desktop.ui.references.import_model import ImportModel
from desktop.ui.references.reading import ReadImport
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

_MOST_TOLD = 400


class _Narrow(QStyledItemDelegate):
    """As wide as the list: what does not fit is shortened, and stands whole in the tooltip."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, super().sizeHint(option, index).height())


class ImportSheet(QWidget):
    """The entries with a tick each, those that repeat another without; and what was not kept."""

    taken = Signal(object, str)
    """The `Proposed` that are ticked, and where they come from."""
    discarded = Signal()
    stop_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: ReadImport | None = None
        self._is_busy = False
        self._model = ImportModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName("Entries of the file; the space bar ticks one")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_Narrow(self.list))
        self.heading = label("", "heading", wraps=True)
        self.hint = label("", "muted", wraps=True)
        self.report = ReadingPage(theme)
        self._to_know = ""
        self.take = button("Store", "primary")
        self.all = button("Tick all")
        self.none = button("Tick none")
        self.discard = button("Discard the file")
        self.stop = button("Stop")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How far the file is")
        deeds = ChipRow()
        for made in (self.take, self.all, self.none, self.discard, self.stop):
            deeds.flow.addWidget(made)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(self.report)
        for half in (self.list, self.report):
            half.setMinimumHeight(theme.px(56))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        column.addWidget(self.progress)
        column.addWidget(halves, 1)
        column.addWidget(deeds)
        column.addStretch(0)
        self._halves = halves
        self._model.ticks_changed.connect(self._count)
        self.take.clicked.connect(self._take)
        self.all.clicked.connect(self._tick_all)
        self.none.clicked.connect(self._tick_none)
        self.discard.clicked.connect(self.discarded)
        self.stop.clicked.connect(self._stop)

    def show_busy(self, words: str, to_know: str = "") -> None:
        """Say what is under way and what to know of it, with a button that stops it."""
        self.heading.setText(words)
        self._to_know = to_know
        self.hint.setText(to_know)
        self.progress.setRange(0, 0)
        self._turn(is_busy=True)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, what: str, done: int, of: int) -> None:
        """Say how far it is."""
        if self._is_busy and self.stop.isEnabled():
            self.hint.setText(f"{done:,} of {of:,} {what}{'. ' if self._to_know else ''}{self._to_know}")
            self.progress.setRange(0, of)
            self.progress.setValue(done)

    def show_ticks(self) -> None:
        """Back to the entries, as they were ticked."""
        if self._read is not None:
            self._tell(self._read)
            self._turn(is_busy=False)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_import(self, read: ReadImport) -> None:
        """Offer what was read."""
        self._read = read
        self._model.show(read.proposed)
        self.list.setCurrentIndex(self._model.index(0, 0))
        self.report.show_page(_report(read))
        self.show_ticks()

    @property
    def ticked(self) -> tuple[Proposed, ...]:
        """The entries that would be stored."""
        return self._model.ticked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter stores; Escape discards, or stops what is under way."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._is_busy:
            if event.key() == Qt.Key.Key_Escape:
                self._stop()
            else:
                super().keyPressEvent(event)
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.discarded.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, read: ReadImport) -> None:
        repeats = sum(bool(item.repeats) for item in read.proposed)
        self.heading.setText(f"{read.read.name}: {counted(len(read.proposed), 'entry', 'entries')}")
        is_told = f"{counted(repeats, 'entry repeats', 'entries repeat')} what is here: not ticked. "
        self.hint.setText(
            (is_told if repeats else "")
            + "What you store counts as unverified until you have recorded where and when you checked it."
        )

    def _turn(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        for part in (self._halves, self.take, self.all, self.none, self.discard):
            part.setVisible(not is_busy)
        for part in (self.progress, self.stop):
            part.setVisible(is_busy)
        self.stop.setEnabled(True)

    def _count(self) -> None:
        count = self._model.ticked_count
        self.take.setText(f"Store {counted(count, 'entry', 'entries')}")
        self.take.setAccessibleName(self.take.text())
        self.take.setEnabled(count > 0)

    def _take(self) -> None:
        if self._read is not None and self._model.ticked_count:
            self.taken.emit(self.ticked, self._read.origin)

    def _stop(self) -> None:
        if self.stop.isEnabled():
            self.stop.setEnabled(False)
            self.hint.setText("Stopping…")
            self.stop_wanted.emit()

    def _tick_all(self) -> None:
        self._model.tick_all(is_ticked=True)

    def _tick_none(self) -> None:
        self._model.tick_all(is_ticked=False)


def _report(read: ReadImport) -> Page:
    """What was not kept, entry by entry."""
    dropped: Sequence[ReadEntry] = [entry for entry in read.read.entries if entry.dropped]
    lines: list[Line] = [title("What was not kept")]
    if not dropped and not read.read.problems:
        lines.append(text("✓ Every field of the file was kept.", Tone.GOOD))
    for entry in dropped[:_MOST_TOLD]:
        name = entry.bibliography.title or "Without a title"
        lines.append(Line((Run(f"{entry.where}  ", Tone.MUTED), Run(name[:100]))))
        lines += [small(f"− {words}", depth=1) for words in entry.dropped]
    if len(dropped) > _MOST_TOLD:
        lines.append(small(f"and {len(dropped) - _MOST_TOLD} more"))
    if read.read.problems:
        lines.append(heading("Lines that are in no entry"))
        lines += [
            text(f"− {words}", Tone.WARNING, is_joined=True) for words in read.read.problems[:_MOST_TOLD]
        ]
    return Page(f"What was not kept of {read.read.name}", tuple(lines))
