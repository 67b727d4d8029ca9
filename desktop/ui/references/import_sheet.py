"""What a reference file holds, to be read and ticked before anything is stored; it stores nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QListView,
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
from desktop.ui.references.reading import ReadImport
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label, plain_tooltip

_MOST_TOLD = 400


class _Narrow(QStyledItemDelegate):
    """As wide as the list: what does not fit is shortened, and stands whole in the tooltip."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, super().sizeHint(option, index).height())


class ImportSheet(QWidget):
    """The entries with a tick each, those that repeat one of the library without; and what was not kept."""

    taken = Signal(object, str)
    """The `Proposed` that are ticked, and where they come from."""
    discarded = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: ReadImport | None = None
        self._is_filling = False
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName("Entries of the file; the space bar ticks one")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_Narrow(self.list))
        self.heading = label("", "heading", wraps=True)
        self.hint = label("", "muted", wraps=True)
        self.report = ReadingPage(theme)
        self.take = button("Store", "primary")
        self.all = button("Tick all")
        self.none = button("Tick none")
        self.discard = button("Discard the file")
        deeds = ChipRow()
        for made in (self.take, self.all, self.none, self.discard):
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
        column.addWidget(halves, 1)
        column.addWidget(deeds)
        self._model.itemChanged.connect(self._count)
        self.take.clicked.connect(self._take)
        self.all.clicked.connect(self._tick_all)
        self.none.clicked.connect(self._tick_none)
        self.discard.clicked.connect(self.discarded)

    def show_import(self, read: ReadImport) -> None:
        """Offer what was read."""
        self._read = read
        repeats = sum(bool(item.repeats) for item in read.proposed)
        self.heading.setText(f"{read.read.name}: {counted(len(read.proposed), 'entry', 'entries')}")
        is_told = f"{counted(repeats, 'entry repeats', 'entries repeat')} what is here: not ticked. "
        self.hint.setText(
            (is_told if repeats else "")
            + "What you store counts as unverified until you have recorded where and when you checked it."
        )
        self._is_filling = True
        self._model.clear()
        for item in read.proposed:
            self._model.appendRow(_item(item))
        self._is_filling = False
        self.list.setCurrentIndex(self._model.index(0, 0))
        self.report.show_page(_report(read))
        self._count()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def ticked(self) -> tuple[Proposed, ...]:
        """The entries that would be stored."""
        if self._read is None:
            return ()
        return tuple(
            item
            for place, item in enumerate(self._read.proposed)
            if self._model.item(place).checkState() is Qt.CheckState.Checked
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter stores, Escape discards."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.discarded.emit()
        else:
            super().keyPressEvent(event)

    def _count(self) -> None:
        if self._is_filling:
            return
        count = len(self.ticked)
        self.take.setText(f"Store {counted(count, 'entry', 'entries')}")
        self.take.setAccessibleName(self.take.text())
        self.take.setEnabled(count > 0)

    def _take(self) -> None:
        if self._read is not None and self.ticked:
            self.taken.emit(self.ticked, self._read.origin)

    def _tick_all(self) -> None:
        self._tick(Qt.CheckState.Checked)

    def _tick_none(self) -> None:
        self._tick(Qt.CheckState.Unchecked)

    def _tick(self, state: Qt.CheckState) -> None:
        self._is_filling = True
        for place in range(self._model.rowCount()):
            self._model.item(place).setCheckState(state)
        self._is_filling = False
        self._count()


def _item(item: Proposed) -> QStandardItem:
    entry = item.bibliography
    words = entry.title or "Without a title"
    if item.repeats:
        words = f"{words} (has {item.reason} as {item.repeats})"
    elif entry.year:
        words = f"{words} ({entry.year})"
    made = QStandardItem(words)
    made.setCheckable(True)
    made.setEditable(False)
    made.setCheckState(Qt.CheckState.Unchecked if item.repeats else Qt.CheckState.Checked)
    made.setToolTip(plain_tooltip(words))
    return made


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
