"""The criteria library: find a set, read it, compare it, try it, and open it for writing; it changes no set itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import ChangeFlag
from desktop.domain.criteria import CriteriaSet
from desktop.ui.actions import Command
from desktop.ui.context import UiContext
from desktop.ui.library.exchange import Exchange
from desktop.ui.library.library_commands import COMMANDS
from desktop.ui.library.library_frame import LibraryFrame
from desktop.ui.library.library_reading import (
    ShownSet,
    read_cases,
    read_comparison,
    read_set,
)
from desktop.ui.library.library_shelf import LibraryShelf
from desktop.ui.library.page import Page, text
from desktop.ui.library.report_pages import problems_page
from desktop.ui.library.shelf_desk import ShelfDesk

if TYPE_CHECKING:
    from desktop.ui.criteria.criteria_editor import CriteriaEditor

_DEPENDS = frozenset({ChangeFlag.CRITERIA, ChangeFlag.CASE, ChangeFlag.CASE_LIST})
_PAGE = "library.page"
_EMPTY = Page("No set chosen", (text("Choose a set on the left to read it."),))


class CriteriaShelf(LibraryShelf):
    """Needs no case; the editor lies over it while a set is written."""

    case_opened = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        self.frame = LibraryFrame(context.theme)
        super().__init__(context, self.frame, self.frame.list, COMMANDS, _DEPENDS, parent)
        self._case_id = ""
        self._shown: ShownSet | None = None
        self._editor: CriteriaEditor | None = None
        self.desk = ShelfDesk(context, self.frame)
        self.exchange = Exchange(context, self.frame.ask)
        self._connect()
        for action in self._actions:
            # The editor is a child of the screen and has keys of its own: these are for what lies under it.
            self.removeAction(action)
            self.frame.addAction(action)

    @property
    def is_still(self) -> bool:
        """Whether nothing is waiting to be shown."""
        return self.desk.is_still

    @property
    def shown(self) -> ShownSet | None:
        """The set in front."""
        return self._shown

    @property
    def editor(self) -> CriteriaEditor | None:
        """The editor over the screen; None before it was first opened."""
        return self._editor

    def set_open_case(self, case_id: str) -> None:
        """The case that is open elsewhere: the editor tries a set on it. Empty for none."""
        self._case_id = case_id

    def commands(self) -> list[tuple[Command, QWidget]]:
        """What can be done here, each with who does it."""
        if self._editor is not None and self._editor.is_open:
            return [(item, self._editor) for item in self._editor.commands()]
        return super().commands()

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        if self._editor is not None and self._editor.is_open:
            return [self._editor]
        return super().panes()

    def flush(self) -> None:
        """Keep what is typed in the editor and not saved."""
        if self._editor is not None:
            self._editor.flush()

    def reload(self) -> None:
        """Read the library again."""
        self.desk.reload()

    def select(self, set_id: str) -> None:
        """Put a set in front, at once or as soon as it is read."""
        self.desk.select(set_id)

    # What commands and buttons do

    def new_set(self) -> None:
        """Type a set from nothing."""
        if self._may_write:
            self._open_editor().open_for(self._case_id)

    def open_set(self) -> None:
        """Edit an own set; look at one that comes with the program."""
        if self._shown is not None:
            self._open_editor().open_set(self._shown.criteria_set.id, self._case_id)

    def customise(self) -> None:
        """Make a payer's own form of the set."""
        if self._shown is not None and self._may_write:
            self._open_editor().open_customisation(self._shown.criteria_set.id, self._case_id)

    def new_edition(self) -> None:
        """Begin the edition that takes the place of an own set."""
        if self._shown is None or not self._may_write:
            return
        if self._shown.is_own:
            self._open_editor().open_edition(self._shown.criteria_set.id, self._case_id)
        else:
            self._context.notify.info(
                "This set comes with the program: make a payer's customization of it instead."
            )

    def compare(self) -> None:
        """Choose the set to compare with."""
        if self._shown is not None:
            self.frame.set_actions.compare.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.frame.set_actions.compare.showPopup()

    def compare_with(self, other_id: str) -> None:
        """Show the set in front beside another."""
        if self._shown is not None and self.desk.shelf is not None:
            one_id = self._shown.criteria_set.id
            job = partial(read_comparison, self._context.services, self.desk.shelf, one_id, other_id)
            self._read_page(job, _PAGE)

    def run_cases(self) -> None:
        """Show how the set's cases come out."""
        if self._shown is not None and self.desk.shelf is not None:
            set_id = self._shown.criteria_set.id
            self._read_page(partial(read_cases, self._context.services, self.desk.shelf, set_id), _PAGE)

    def export(self) -> None:
        """Choose the form in which the set leaves."""
        if self._shown is not None:
            self.frame.set_actions.export.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.frame.set_actions.export.showPopup()

    def bring(self) -> None:
        """Import a set from a file."""
        if self._may_write:
            self.exchange.bring()

    def delete(self) -> None:
        """Delete an own set that no case uses."""
        if self._shown is None or not self._may_write:
            return
        if not self._shown.is_own:
            self._context.notify.info("This set comes with the program and cannot be deleted.")
        elif self._shown.use_count:
            self._context.notify.info("A case uses this set, so it cannot be deleted.")
        else:
            self.exchange.delete(self._shown.criteria_set)

    def go_back(self) -> None:
        """From a report to the set; then from a search to all sets."""
        if self._is_elsewhere:
            self._show_set_page()
            self.focus_list()
        elif self.frame.search.text():
            self.frame.search.clear()
            self.focus_list()

    def read_troubles(self) -> None:
        """Show every file that cannot be read, with what to write instead."""
        if self.desk.shelf is not None and self.desk.shelf.library.problems:
            self._show_page(problems_page(self.desk.shelf.library.problems))

    # Showing

    def _connect(self) -> None:
        frame, actions = self.frame, self.frame.set_actions
        self.desk.chosen.connect(self._load_set)
        frame.list.activated.connect(self.open_set)
        frame.new_set.clicked.connect(self.new_set)
        frame.bring.clicked.connect(self.bring)
        frame.trouble_more.clicked.connect(self.read_troubles)
        for made, slot in (
            (actions.back, self.go_back),
            (actions.edit, self.open_set),
            (actions.customise, self.customise),
            (actions.edition, self.new_edition),
            (actions.run, self.run_cases),
            (actions.delete, self.delete),
        ):
            made.clicked.connect(slot)
        actions.compare_asked.connect(self.compare_with)
        actions.export_asked.connect(self._export_as)
        actions.case_asked.connect(self.case_opened)
        self.exchange.page_made.connect(self._show_page)
        self.exchange.stored.connect(self._stored)
        self.exchange.ended.connect(self._answered)
        for made in (frame.new_set, frame.bring):
            made.setEnabled(self._may_write)

    def _load_set(self) -> None:
        set_id, shelf = self.desk.current_id, self.desk.shelf
        if not set_id or shelf is None:
            self._shown = None
            self.frame.set_actions.show_set(None)
            if not self._is_elsewhere:
                self.frame.page.show_page(_EMPTY)
            return
        self._context.runner.run(
            partial(read_set, self._context.services, shelf, set_id), self._show_set, key="library.set"
        )

    def _show_set(self, shown: ShownSet) -> None:
        if self.desk.current_id != shown.criteria_set.id:
            return
        is_other = self._shown is None or self._shown.criteria_set.id != shown.criteria_set.id
        self._shown = shown
        self.frame.set_actions.show_set(shown, is_read_only=not self._may_write)
        self.frame.set_actions.show_back(self._is_elsewhere and not is_other)
        if is_other or not self._is_elsewhere:
            self._show_set_page()

    def _show_set_page(self) -> None:
        self._is_elsewhere = False
        self.exchange.forget()
        self.frame.set_actions.show_back(False)
        self.frame.page.show_page(self._shown.page if self._shown is not None else _EMPTY)

    def _stand_aside(self) -> None:
        self.exchange.forget()
        self.frame.set_actions.show_back(True)

    # Reacting

    def _export_as(self, kind: str) -> None:
        if self._shown is not None:
            self.exchange.export(kind, self._shown.criteria_set)

    def _stored(self, set_id: str) -> None:
        self._is_elsewhere = False
        self.desk.go_to_new(set_id)

    def _answered(self) -> None:
        if self._is_elsewhere:
            self._show_set_page()
        self.focus_list()

    def _open_editor(self) -> CriteriaEditor:
        if self._editor is None:
            from desktop.ui.criteria.criteria_editor import CriteriaEditor

            self._editor = CriteriaEditor(self._context, self)
            self._editor.operations.stored.connect(self._written)
            self._editor.closed.connect(self.focus_list)
        return self._editor

    def _written(self, criteria_set: CriteriaSet) -> None:
        self._stored(criteria_set.id)
