"""The window while a store is open: places, commands, undo and saving times; it must not know what a case holds."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.changes import Changes
from desktop.ui.actions import Command, OwnedCommand, bind
from desktop.ui.case_page import CasePage
from desktop.ui.case_tabs import CaseTab
from desktop.ui.context import UiContext
from desktop.ui.key_sheet import KeySheet
from desktop.ui.notice_area import NoticeArea
from desktop.ui.palette import CommandPalette
from desktop.ui.panes import walk_panes
from desktop.ui.rail import Rail
from desktop.ui.settings_screen import SettingsScreen
from desktop.ui.status_line import StatusLine
from desktop.ui.stepping import Stepping
from desktop.ui.widgets.basics import button, hairline, label
from desktop.ui.window_commands import COMMANDS
from desktop.ui.worklist.screen import WorklistScreen

if TYPE_CHECKING:
    from desktop.ui.library.screen import LibraryScreen

APPLICATION = "Indicated"
_PLACE_KEY = "window.place"


class MainWindow(QWidget):
    """Header, rail, the place in front, status line; notices, palette and key sheet lie over it."""

    lock_requested = Signal()
    rebuild_requested = Signal()
    """Another text size was chosen: gaps and widths follow it only in a window made anew."""

    def __init__(
        self, context: UiContext, store_folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._scale = context.theme.scale_percent
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(APPLICATION)
        self.desk = WorklistScreen(context)
        self.case_page = CasePage(context)
        self.settings = SettingsScreen(context, store_folder)
        self._library: LibraryScreen | None = None
        self._rail = Rail(context.theme)
        self._rail.set_case_enabled(False)
        self._status = StatusLine(context.theme)
        self._stack = QStackedWidget()
        for place in (self.desk, self.case_page, self.settings):
            self._stack.addWidget(place)
        self._steps = Stepping(context, self.case_page, self._status, self)
        self._search = self._make_search()
        self._lay_out()
        self.notices = NoticeArea(context.notify, context.theme, self)
        self.palette_panel = CommandPalette(context, self)
        self.key_sheet = KeySheet(context.theme, self)
        leaving = [command for command in COMMANDS if command.is_for_leaving]
        for panel, name in ((self.palette_panel, "palette"), (self.key_sheet, "keys")):
            panel.know_keys([command for command in COMMANDS if command.id == name], leaving)
        self._connect()
        bind(self, COMMANDS, Qt.ShortcutContext.WindowShortcut)
        self._rail.show_place("desk")
        if context.services.is_read_only:
            self._status.show_text("View only: this store cannot be written to")

    # Places

    @property
    def library(self) -> LibraryScreen:
        """The library. Made when first asked for, so that the desk is there sooner."""
        if self._library is None:
            from desktop.ui.library.screen import LibraryScreen

            self._library = LibraryScreen(self._context)
            self._library.case_opened.connect(self.open_case)
            self._stack.addWidget(self._library)
        return self._library

    def open_case(self, case_id: str, tab: CaseTab | None = None) -> None:
        """Open a case in front."""
        if is_other := case_id != self.case_page.case_id:
            self.notices.leave_case()
        self._rail.set_case_enabled(True)
        self.case_page.open_case(case_id, tab)
        self._show_place("case")
        self.case_page.focus_screen(is_other_case=is_other)
        self._steps.load()

    def restore_place(self) -> None:
        """Go back to the case and tab that were open last."""
        self._context.runner.run(partial(self._context.services.view_state.recall, _PLACE_KEY), self._restore)

    def flush(self) -> None:
        """Have every screen save what is typed, and keep where the reviewer is."""
        self.case_page.flush()
        if self._library is not None:
            self._library.flush()
        self._remember_place()

    def leave(self) -> None:
        """Let go what would keep the store from closing, and save what is typed."""
        if self._library is not None:
            self._library.leave()
        self.flush()

    @property
    def was_import_dropped(self) -> bool:
        """Whether an import of references was let go because the store closed."""
        return self._library is not None and self._library.was_import_dropped

    def show_library(self) -> None:
        """Go to the library, to the shelf that was in front last."""
        self.case_page.flush()
        self.library.set_open_case(self.case_page.case_id)
        self._show_place("library")
        self.library.focus_list()

    def show_references(self) -> None:
        """Go to the references in the library."""
        self.show_library()
        self.library.show_references()

    def show_topics(self) -> None:
        """Go to the argument topics in the library."""
        self.show_library()
        self.library.show_topics()

    def show_desk(self) -> None:
        """Go to the desk."""
        self.case_page.flush()
        if self.case_page.case_id:
            self.desk.select(self.case_page.case_id)
        self._show_place("desk")
        self.desk.focus_list()

    def show_settings(self) -> None:
        """Go to the settings."""
        self._show_place("settings")

    def show_intake(self) -> None:
        """Go to the intake of the open case."""
        self._show_tab(CaseTab.INTAKE)

    def show_review(self) -> None:
        """Go to the review of the open case."""
        self._show_tab(CaseTab.REVIEW)

    def show_determination(self) -> None:
        """Go to the determination of the open case."""
        self._show_tab(CaseTab.DETERMINATION)

    def show_argument(self) -> None:
        """Go to what the open case is argued with."""
        self._show_tab(CaseTab.ARGUMENT)

    def show_letter(self) -> None:
        """Go to the letter of the open case."""
        self._show_tab(CaseTab.LETTER)

    def show_packet(self) -> None:
        """Go to the packet of the open case."""
        self._show_tab(CaseTab.PACKET)

    def type_criteria_set(self) -> None:
        """Type a criteria set for the open case, or in the library for none in particular."""
        if self._library is not None and self._stack.currentWidget() is self._library:
            self._library.new_set()
        elif self.case_page.case_id:
            self._show_place("case")
            self.case_page.type_criteria_set()

    def new_case(self) -> None:
        """Open an empty draft."""
        self.desk.new_case()

    def open_sample_case(self) -> None:
        """Open the sample case, which is stored when it is first asked for."""
        self.desk.open_sample_case()

    def lock(self) -> None:
        """Ask for the store to be locked."""
        self.lock_requested.emit()

    # Commands

    def all_commands(self) -> list[OwnedCommand]:
        """Everything that can be done from here, the place in front first."""
        here = [OwnedCommand(command, self) for command in COMMANDS if self._is_possible(command)]
        place = self._stack.currentWidget()
        if place is self.case_page:
            return [OwnedCommand(command, owner) for command, owner in self.case_page.commands()] + here
        if self._library is not None and place is self._library:
            return [OwnedCommand(command, owner) for command, owner in self._library.commands()] + here
        return here + [OwnedCommand(command, self.desk) for command in self.desk.commands()]

    def open_palette(self) -> None:
        """Show the palette."""
        self.key_sheet.dismiss()
        self.palette_panel.offer(self.all_commands())

    def show_keys(self) -> None:
        """Show what the keys do, or take the sheet away."""
        if self.key_sheet.isVisible():
            self.key_sheet.dismiss()
        else:
            self.key_sheet.offer([owned.command for owned in self.all_commands()])

    def undo(self) -> None:
        """Take the last step of the open case back."""
        self._steps.take("undo")

    def redo(self) -> None:
        """Do the step that was taken back again."""
        self._steps.take("redo")

    def print_letter(self) -> None:
        """Print from the letter's own screen, going there first."""
        if not self.case_page.case_id:
            return
        self._show_tab(CaseTab.LETTER)
        for command, owner in self.case_page.commands():
            if command.shortcut == "Ctrl+P":
                OwnedCommand(command, owner).run()

    def focus_next_pane(self) -> None:
        """Move the keyboard to the next part of the window."""
        self._walk_panes(1)

    def focus_previous_pane(self) -> None:
        """Move the keyboard to the part before."""
        self._walk_panes(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Here and not as shortcuts: a screen that binds these keys itself goes first.
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_F6:
            self._walk_panes(-1 if is_shifted else 1)
        elif event.key() == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.print_letter()
        elif not self.case_page.take_key(event, (self._search, self._rail, self._status)):
            super().keyPressEvent(event)

    # Making

    def _make_search(self) -> QPushButton:
        made = button("Search or jump to…    Ctrl+K", "")
        made.setAccessibleName("Search or jump to")
        made.setMinimumWidth(self._context.theme.px(300))
        return made

    def _lay_out(self) -> None:
        theme = self._context.theme
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
        top.addWidget(label(APPLICATION, "strong"))
        top.addStretch(1)
        top.addWidget(self._search)
        top.addStretch(1)
        self._who = label("", "muted")
        self._show_reviewer()
        top.addWidget(self._who)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._rail)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addLayout(body, 1)
        column.addWidget(self._status)

    def _connect(self) -> None:
        self._search.clicked.connect(self.open_palette)
        self.settings.reviewer_changed.connect(self._show_reviewer)
        self._rail.place_chosen.connect(self._choose_place)
        self.desk.case_opened.connect(self.open_case)
        self.desk.case_begun.connect(self._begin_case)
        self.palette_panel.case_chosen.connect(self.open_case)
        self.case_page.tab_changed.connect(self._remember_place)
        self.case_page.case_loaded.connect(self._show_front)
        self._status.undo_pressed.connect(self.undo)
        self._status.redo_pressed.connect(self.redo)
        self._status.keys_pressed.connect(self.show_keys)
        self._status.lock_pressed.connect(self.lock)
        self._context.notify.undo_requested.connect(self.undo)
        self._context.refresh.changes_committed.connect(self._on_changes)

    # Reacting

    def _show_reviewer(self) -> None:
        actor = self._context.services.actor
        self._who.setText(", ".join(part for part in (actor.name, actor.credential) if part))

    def _begin_case(self, case_id: str) -> None:
        """A case begins with what was asked for, whatever was in front of the one before."""
        self.open_case(case_id, CaseTab.INTAKE)

    def _choose_place(self, place: str) -> None:
        if place == "desk":
            self.show_desk()
        elif place == "library":
            self.show_library()
        else:
            self._show_place(place)

    def _show_place(self, place: str) -> None:
        if place == "case" and not self.case_page.case_id:
            place = "desk"
        parts = {"desk": self.desk, "case": self.case_page, "settings": self.settings}
        self._stack.setCurrentWidget(self.library if place == "library" else parts[place])
        self._rail.show_place(place)
        self._show_front()
        self._remember_place()
        if place != "settings" and self._scale != self._context.theme.scale_percent:
            self._scale = self._context.theme.scale_percent
            self.rebuild_requested.emit()

    def _show_tab(self, tab: CaseTab) -> None:
        if self.case_page.case_id:
            self.case_page.show_tab(tab)
            self._show_place("case")
            self.case_page.focus_screen()

    def _show_front(self) -> None:
        # The number only: titles are seen in task switchers and by screen recorders.
        number = self.case_page.number if (is_case := self._stack.currentWidget() is self.case_page) else ""
        self.setWindowTitle(f"{APPLICATION} – {number}" if number else APPLICATION)
        self._status.set_case_in_front(is_case)

    def _is_possible(self, command: Command) -> bool:
        return command.group != "Case" or bool(self.case_page.case_id)

    def _on_changes(self, changes: Changes, initiator: object) -> None:
        self._status.show_saved(self._context.clock.now())
        if self.case_page.case_id in changes.case_ids:
            self._steps.load()

    def _remember_place(self) -> None:
        if self._context.services.is_read_only:
            return
        is_case = self._stack.currentWidget() is self.case_page
        place = {"case": self.case_page.case_id, "tab": self.case_page.tab.slug, "is_open": is_case}
        self._context.runner.run(
            partial(self._context.services.view_state.remember, _PLACE_KEY, json.dumps(place))
        )

    def _restore(self, text: str | None) -> None:
        place: object = json.loads(text) if text else None
        if not isinstance(place, dict) or self.case_page.case_id:
            return
        kept = cast("dict[str, object]", place)
        case_id, tab = kept.get("case"), CaseTab.of_slug(kept.get("tab"))
        if isinstance(case_id, str) and case_id and kept.get("is_open"):
            self._context.runner.run(
                partial(self._context.services.cases.case, case_id),
                partial(self._reopen, tab),
                self._not_there,
            )

    def _reopen(self, tab: CaseTab | None, case: Case) -> None:
        self.open_case(case.id, tab)

    def _not_there(self, error: Exception) -> None:
        # The case was deleted since: the desk is where to go on, and there is nothing to tell.
        self._show_place("desk")

    def _walk_panes(self, step: int) -> None:
        place = self._stack.currentWidget()
        if self._library is not None and place is self._library:
            inner = self._library.panes()
        else:
            inner = place.panes() if isinstance(place, WorklistScreen | CasePage) else [self.settings]
        walk_panes([self._rail, *inner, self._status, self.notices], step)
