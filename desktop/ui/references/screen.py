"""The references shelf: find a source, read what it supports, cite it, check it, keep one's own; it stores nothing."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import ChangeFlag
from desktop.domain.reference import Standing
from desktop.letters.references.exchange import ReferenceForm
from desktop.settings.paths import resources_dir
from desktop.ui.context import UiContext
from desktop.ui.library.library_shelf import LibraryShelf
from desktop.ui.library.page import Page, text
from desktop.ui.library.step_keys import step_of
from desktop.ui.references.commands import COMMANDS
from desktop.ui.references.exchange import ReferenceExchange
from desktop.ui.references.frame import ReferencesFrame
from desktop.ui.references.import_sheet import ImportSheet
from desktop.ui.references.list_desk import ListDesk
from desktop.ui.references.own_desk import OwnDesk
from desktop.ui.references.reading import ReadImport, ShownReference, read_check, read_entry

_DEPENDS = frozenset({ChangeFlag.REFERENCES, ChangeFlag.STATIONERY})
"""Own topics belong to the stationery; an entry names those that point at it."""
_EMPTY = Page("No reference chosen", (text("Choose a reference on the left to read it."),))


class ReferencesShelf(LibraryShelf):
    """List left; the entry, the form of one, or a file that was read right."""

    topic_asked = Signal(str)
    """The id of a topic to show."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        self.frame = ReferencesFrame(context.theme)
        super().__init__(context, self.frame, self.frame.list, COMMANDS, _DEPENDS, parent)
        self._is_first = True
        self._shown: ShownReference | None = None
        self.desk = ListDesk(context, self.frame)
        self.own = OwnDesk(context, self.frame)
        self.exchange = ReferenceExchange(context, self)
        self.import_sheet = ImportSheet(context.theme)
        self._connect()

    @property
    def is_still(self) -> bool:
        """Whether nothing is waiting to be shown."""
        return self.desk.is_still

    @property
    def shown(self) -> ShownReference | None:
        """The reference in front."""
        return self._shown

    def flush(self) -> None:
        """Keep what is typed and not saved; a file that is still being read is let go."""
        self.own.flush()
        self.exchange.stop_reading()

    def leave(self) -> None:
        """The store is about to close: what is still being stored is let go whole."""
        self.exchange.leave()

    @property
    def was_import_dropped(self) -> bool:
        """Whether an import was let go because the store closed."""
        return self.exchange.was_dropped

    def reload(self) -> None:
        """Read the library again."""
        self.desk.reload()

    def select(self, reference_id: str) -> None:
        """Put a reference in front."""
        self.desk.select(reference_id)

    def focus_list(self) -> None:
        """Put the keyboard into the list, or into the form that lies in front."""
        if self.own.is_typing:
            self.own.form.title.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_list()

    # What commands and buttons do

    def add(self) -> None:
        """Have an entry of one's own typed."""
        if self._may_write and self.desk.read is not None:
            self.own.add(self.desk.read.library)

    def edit(self) -> None:
        """Have the own entry in front changed."""
        if not self._may_write or self._shown is None or self.desk.read is None:
            return
        if self._shown.own is None:
            self._context.notify.info("This entry comes with the program: it can be marked, not changed.")
        else:
            self.own.edit(self._shown.own, self.desk.read.library)

    def verify(self) -> None:
        """Record where and when the own entry in front was checked."""
        if not self._may_write or self._shown is None:
            return
        if self._shown.own is None:
            self._context.notify.info("This entry comes with the program, and says where it was checked.")
        else:
            self.own.verify(self._shown.reference)

    def mark(self) -> None:
        """Choose how the entry is marked."""
        if self._may_write and self._shown is not None and self.frame.mark.isVisible():
            self.frame.mark.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.frame.mark.showPopup()

    def remove(self) -> None:
        """Take the own entry in front out."""
        if self._may_write and self._shown is not None and self._shown.own is not None:
            self.own.remove(self._shown.reference, [label for _, label in self._shown.topics])

    def copy_ama(self) -> None:
        """Put the citation in AMA style on the clipboard."""
        if self._shown is not None:
            self._copy(self._shown.reference.citation, "AMA")

    def copy_vancouver(self) -> None:
        """Put the citation in Vancouver style on the clipboard."""
        if self._shown is not None:
            self._copy(self._shown.reference.vancouver, "Vancouver")

    def export(self) -> None:
        """Choose the form in which the selected references leave."""
        if self.frame.export.isVisible():
            self.frame.export.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.frame.export.showPopup()

    def bring(self) -> None:
        """Import references from a file."""
        if self._may_write:
            self.exchange.bring()

    def check(self) -> None:
        """Show what the check of the library finds."""
        job = partial(read_check, self._context.services, resources_dir() / "references")
        self._read_page(job, "references.page")

    def undo(self) -> None:
        """Take the last step on references back."""
        if self._may_write and not self.own.is_typing:
            self._step(0)

    def redo(self) -> None:
        """Do the step that was taken back again."""
        if self._may_write and not self.own.is_typing:
            self._step(1)

    @property
    def may_go_back(self) -> bool:
        """Also from a form, and from filters."""
        return super().may_go_back or self.own.is_typing or self.frame.filters_now().is_narrowing

    def go_back(self) -> None:
        """From a report to the entry; then from a search to all references."""
        if self.own.is_typing:
            self.own.cancel()
        elif self._is_elsewhere:
            self._show_entry_page()
            self.focus_list()
        elif self.frame.filters_now().is_narrowing:
            self.desk.clear_filters()
            self.focus_list()

    def event(self, event: QEvent) -> bool:
        """Ask for undo and redo before the window's own shortcut for cases takes them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and step_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo are those of this shelf."""
        if step := step_of(event):
            (self.undo if step == "undo" else self.redo)()
        else:
            super().keyPressEvent(event)

    # Showing

    def _connect(self) -> None:
        frame = self.frame
        self.desk.chosen.connect(self._load)
        frame.list.selection_changed.connect(self._show_export)
        for made, slot in (
            (frame.add, self.add),
            (frame.bring, self.bring),
            (frame.check, self.check),
            (frame.undo, self.undo),
            (frame.redo, self.redo),
            (frame.back, self.go_back),
            (frame.verify, self.verify),
            (frame.edit, self.edit),
            (frame.copy_ama, self.copy_ama),
            (frame.copy_vancouver, self.copy_vancouver),
            (frame.remove, self.remove),
        ):
            made.clicked.connect(slot)
        frame.list.row_opened.connect(self._open)
        frame.mark.activated.connect(self._mark_as)
        frame.export.activated.connect(self._export_as)
        frame.topics.activated.connect(self._go_to_topic)
        self.own.stored.connect(self.select)
        self.own.left.connect(self._come_back)
        self.exchange.begun.connect(self._show_busy)
        self.exchange.progressed.connect(self.import_sheet.show_progress)
        self.exchange.came_to_nothing.connect(self._import_ended)
        self.exchange.file_read.connect(self._show_import)
        self.exchange.stored.connect(self._came_in)
        self.import_sheet.taken.connect(self.exchange.take)
        self.import_sheet.discarded.connect(self._come_back)
        self.import_sheet.stop_wanted.connect(self.exchange.stop)
        for made in (frame.add, frame.bring):
            made.setEnabled(self._may_write)

    def _load(self) -> None:
        if self.desk.read is not None:
            self.own.know(self.desk.read.library)
            if self._is_first and self._may_write:
                self._is_first = False
                self.own.recall()
        if not self.desk.current_id:
            self._shown = None
            self._show_deeds()
            if not self._is_elsewhere:
                self.frame.page.show_page(_EMPTY)
            return
        job = partial(read_entry, self._context.services, self.desk.current_id)
        self._context.runner.run(job, self._show, self._context.notify.failure, key="references.entry")

    def _show(self, shown: ShownReference) -> None:
        if self.desk.current_id != shown.reference.id:
            return
        is_other = self._shown is None or self._shown.reference.id != shown.reference.id
        self._shown = shown
        if is_other:
            self.own.forget()
        if is_other or not self._is_elsewhere:
            self._show_entry_page(keeps_sheet=not is_other or self.own.is_typing)

    def _show_entry_page(self, *, keeps_sheet: bool = False) -> None:
        self._is_elsewhere = False
        self._show_deeds()
        self.frame.page.show_page(self._shown.page if self._shown is not None else _EMPTY)
        if not keeps_sheet:
            self.frame.show_page_sheet()

    def _stand_aside(self) -> None:
        self.own.forget()
        self._show_deeds()

    def _show_deeds(self) -> None:
        shown = self._shown
        self.frame.show_deeds(
            is_there=shown is not None,
            is_own=shown is not None and shown.own is not None,
            is_verified=shown is not None and shown.reference.is_verified,
            may_write=self._may_write,
            standing=shown.reference.standing if shown is not None else Standing.CURRENT,
            is_elsewhere=self._is_elsewhere,
        )
        self.frame.show_topics(shown.topics if shown is not None and not self._is_elsewhere else ())
        self._show_export()

    def _show_export(self) -> None:
        count = len(self.frame.list.selected_ids)
        self.frame.export.setPlaceholderText(f"Export {count}…" if count > 1 else "Export…")
        self.frame.export.setAccessibleName(
            f"Export the {count} selected references" if count > 1 else "Export the reference"
        )

    def _show_import(self, read: ReadImport) -> None:
        self.own.forget()
        self.frame.show_sheet(self.import_sheet)
        self.import_sheet.show_import(read)

    def _show_busy(self, words: str, to_know: str) -> None:
        self.own.forget()
        self.frame.show_sheet(self.import_sheet)
        self.import_sheet.show_busy(words, to_know)

    # Reacting

    def _import_ended(self, is_still_there: bool) -> None:
        if is_still_there:
            self.import_sheet.show_ticks()
        elif self.frame.sheets.currentWidget() is self.import_sheet:
            self._come_back()

    def _open(self) -> None:
        if self._shown is not None and self._shown.own is not None and self._may_write:
            self.edit()
        else:
            self.frame.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _came_in(self, reference_id: str) -> None:
        self._come_back()
        self.select(reference_id)

    def _come_back(self) -> None:
        self._show_entry_page()
        self.focus_list()

    def _mark_as(self, at: int) -> None:
        standing = cast("Standing | None", self.frame.mark.itemData(at))
        self.frame.mark.setCurrentIndex(-1)
        if standing is not None and self._shown is not None and self.desk.read is not None:
            self.own.mark(self._shown.reference, standing, self.desk.read.library)

    def _export_as(self, at: int) -> None:
        form = cast("ReferenceForm | None", self.frame.export.itemData(at))
        self.frame.export.setCurrentIndex(-1)
        ids = self.frame.list.selected_ids or ((self.desk.current_id,) if self.desk.current_id else ())
        if form is not None and ids and self.desk.read is not None:
            self.exchange.export(self.desk.read.library, ids, form)

    def _go_to_topic(self, at: int) -> None:
        topic_id = str(self.frame.topics.itemData(at) or "")
        self.frame.topics.setCurrentIndex(-1)
        if topic_id:
            self.topic_asked.emit(topic_id)

    def _copy(self, citation: str, style: str) -> None:
        QGuiApplication.clipboard().setText(citation)
        self._context.notify.info(f"Copied in {style} style.")

    def _step(self, which: int) -> None:
        steps = self.desk.read.steps if self.desk.read is not None else (None, None)
        if steps[which] is None:
            word = ("undo", "redo")[which]
            self._context.notify.info(f"There is nothing to {word} on the references.")
        elif which == 0:
            self.own.undo()
        else:
            self.own.redo()
