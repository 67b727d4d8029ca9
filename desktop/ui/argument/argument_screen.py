"""The argument tab: choosing what a case is argued with, and keeping the calls with the plan's physician."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.argument import OfferedException
from desktop.domain.changes import ChangeFlag
from desktop.domain.letter import LetterKind
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.ui.actions import Command
from desktop.ui.argument.argument_commands import argument_commands
from desktop.ui.argument.argument_frame import ArgumentFrame
from desktop.ui.argument.argument_reading import Chosen, ReadArgument, choose, read_argument
from desktop.ui.argument.change_words import PaperChange, change_lines, change_sentence, changes_of
from desktop.ui.argument.offer_page import nothing_page, offer_page
from desktop.ui.argument.offer_rows import Filter, count_of, offer_rows
from desktop.ui.case_tabs import CaseTab
from desktop.ui.context import UiContext
from desktop.ui.letter.case_screen import LETTER_RESTS_ON, CaseScreen
from desktop.ui.widgets.basics import plain_tooltip

if TYPE_CHECKING:
    from desktop.services.argument import ArgumentView
    from desktop.services.operation import OperationResult

_SAVE_AFTER_MS = 700


class ArgumentScreen(CaseScreen):
    """What is offered for one case. A choice is stored at once, and can be undone with the case."""

    depends = LETTER_RESTS_ON - {ChangeFlag.PACKET, ChangeFlag.STATIONERY}
    tab_asked = Signal(object)
    """A `CaseTab` to go to."""
    paper_asked = Signal(object)
    """A `LetterKind` to compose and show."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read: ReadArgument | None = None
        self._filter = Filter.ALL
        self._note_key = ""
        self._changes: tuple[str, tuple[PaperChange, ...]] = ("", ())
        self.frame = ArgumentFrame(context.theme)
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._pause.timeout.connect(self._save_note)
        self._connect()
        self._hold(self.frame)

    # What every screen offers

    def show_case(self, case_id: str) -> None:
        """Load what a case can be argued with; what was typed before is saved first."""
        self.flush()
        if case_id != self._case_id:
            self._case_id, self._read, self._note_key = case_id, None, ""
            self._tell("")
            self.frame.search.clear()
        self._load()

    def flush(self) -> None:
        """Start saving what is typed but not saved yet."""
        if self._pause.isActive():
            self._save_note()
        self.frame.calls.flush()

    def commands(self) -> list[Command]:
        """What can be done here."""
        return argument_commands()

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        frame = self.frame
        if frame.is_calls:
            return [frame.calls.list, frame.calls.form]
        return [frame.list, frame.search, frame.page, frame.toggle_button, frame.note]

    # Choosing

    def toggle(self) -> None:
        """Take the chosen offer into the papers, or leave it out."""
        self._toggle(self.frame.list.current_id)

    def forget(self) -> None:
        """Let the chosen offer stand as the program offers it."""
        key, case_id, argument = self.frame.list.current_id, self._case_id, self._context.services.argument

        def job() -> OperationResult[ArgumentView]:
            return argument.forget(case_id, key)

        if key and self._read is not None and key in self._read.view.choices:
            self._context.commit(job)

    def write_note(self) -> None:
        """Go to the field for the reviewer's own words."""
        if self.frame.note.isVisible():
            self.frame.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Go to the search."""
        self._show_place(is_calls=False)
        self.frame.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.frame.search.selectAll()

    def next_filter(self) -> None:
        """List the next kind of offers."""
        kinds = list(Filter)
        self._filter = kinds[(kinds.index(self._filter) + 1) % len(kinds)]
        self.frame.filters[self._filter].setChecked(True)
        self._show_rows()

    def go_to_letter(self) -> None:
        """Go to the letter."""
        self.flush()
        self.tab_asked.emit(CaseTab.LETTER)

    # Calls

    def toggle_calls(self) -> None:
        """Show the calls with the plan's physician, or go back to what is offered."""
        self._show_place(is_calls=not self.frame.is_calls)

    def new_call(self) -> None:
        """Have another call typed."""
        self._show_place(is_calls=True)
        self.frame.calls.begin()

    def compose_card(self) -> None:
        """Compose the one-page card and show it."""
        self.flush()
        self.paper_asked.emit(LetterKind.PEER_TO_PEER_CARD)

    def compose_request(self) -> None:
        """Compose the letter that asks for a call and show it."""
        self.flush()
        self.paper_asked.emit(LetterKind.PEER_TO_PEER)

    # Loading and showing

    def _load(self) -> None:
        self._is_outdated = False
        services, case_id = self._context.services, self._case_id

        def job() -> ReadArgument:
            return read_argument(services, case_id)

        self._context.runner.run(job, self._show, self._context.notify.failure, key=f"argument-{id(self)}")

    def _show(self, read: ReadArgument) -> None:
        if read.case.id != self._case_id:
            return
        self._read = read
        self.frame.show_count(len(read.calls))
        self.frame.show_counts({kind: count_of(read, kind) for kind in Filter})
        self.frame.calls.show_calls(read.case, read.calls)
        self._show_rows()

    def _show_rows(self) -> None:
        if self._read is None:
            return
        rows = offer_rows(self._read, self._filter, self.frame.search.text())
        self.frame.list.show_rows(rows)
        self._show_offer()

    def _show_offer(self) -> None:
        read, frame = self._read, self.frame
        key = frame.list.current_id if frame.list.rows else ""
        offered = read.offered(key) if read is not None else None
        is_exception = isinstance(offered, OfferedException)
        frame.show_parts(has_offer=offered is not None, has_note=is_exception)
        if read is None or offered is None:
            is_filtered = read is not None and bool(read.view.claims or read.view.exceptions)
            frame.page.show_page(nothing_page(is_filtered=is_filtered))
            self._note_key = ""
            return
        if self._changes[0] not in ("", key):
            self._tell("")
        frame.page.show_page(offer_page(read, offered, tuple(change_lines(self._changes[1]))))
        words = "Leave out   Space" if read.view.is_included(offered) else "Take into the papers   Space"
        frame.toggle_button.setText(words)
        frame.toggle_button.setAccessibleName(words.removesuffix("   Space"))
        if is_exception and not self._is_being_typed(key, read.view.note(key)):
            self._note_key = key
            frame.note.show_value(read.view.note(key))

    def _is_being_typed(self, key: str, stored: str) -> bool:
        """Whether the field holds more than was stored, or only white space more, which must not vanish."""
        is_same = str(self.frame.note.read()).strip() == stored
        return self._note_key == key and (self._pause.isActive() or is_same)

    def _choose_row(self, _key: str) -> None:
        if self._pause.isActive():
            self._save_note()
        self.frame.saved.setText("")
        self._tell("")
        self._show_offer()

    def _toggle(self, key: str) -> None:
        read = self._read
        offered = read.offered(key) if read is not None else None
        if read is None or offered is None:
            return
        self._pause.stop()
        is_exception = isinstance(offered, OfferedException)
        note = str(self.frame.note.read()) if is_exception and key == self._note_key else read.view.note(key)
        self._commit(key, not read.view.is_included(offered), note)

    def _commit(self, key: str, is_included: bool, note: str) -> None:
        services, case_id = self._context.services, self._case_id

        def job() -> OperationResult[Chosen]:
            return choose(services, case_id, key, is_included, note)

        self._context.commit(job, self._chosen, initiator=self, key=f"argument-choice-{id(self)}")

    def _chosen(self, chosen: Chosen) -> None:
        if chosen.read.case.id != self._case_id:
            return
        changes = changes_of(chosen.before, chosen.read.papers)
        self._changes = (chosen.key, changes)
        said = change_sentence(changes, chosen.before, chosen.read.papers)
        self.frame.changed.setText(said)
        self.frame.changed.setToolTip(plain_tooltip(said))
        self._show(chosen.read)

    def _tell(self, _nothing: str) -> None:
        """Take away what was said of a change: it was about another offer."""
        self._changes = ("", ())
        self.frame.changed.setText("")

    # The reviewer's own words

    def _note_typed(self, _field: object) -> None:
        self.frame.saved.setText("")
        self._pause.start()

    def _save_note(self) -> None:
        self._pause.stop()
        read, key = self._read, self._note_key
        offered = read.offered(key) if read is not None else None
        if read is None or offered is None or not self.frame.note.check():
            return
        note = str(self.frame.note.read())
        if note.strip() != read.view.note(key):
            # Words for an argument are meant to be printed: they take it in, where only they were missing.
            is_wanted = bool(note.strip()) and isinstance(offered, OfferedException) and bool(offered.needs)
            self._commit(key, is_wanted or read.view.is_included(offered), note)
            self.frame.saved.setText(f"Saved {self._context.clock.now().astimezone():%H:%M}")

    # Calls

    def _keep_call(self, call: PeerToPeer) -> None:
        case_id, calls = self._case_id, self._context.services.peer_to_peer

        def job() -> OperationResult[PeerToPeer]:
            return calls.put(case_id, call)

        self._context.commit(job)

    def _remove_call(self, call_id: str) -> None:
        case_id, calls, notify = self._case_id, self._context.services.peer_to_peer, self._context.notify

        def job() -> OperationResult[None]:
            return calls.remove(case_id, call_id)

        def done(_: None) -> None:
            notify.info("The call was removed.", undo=True)

        self._context.commit(job, done)

    def _show_place(self, *, is_calls: bool) -> None:
        self.flush()
        self.frame.show_calls(is_calls)
        target = self.frame.calls.list if is_calls else self.frame.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter_pressed(self) -> None:
        self._filter = next(kind for kind, pill in self.frame.filters.items() if pill is self.sender())
        self._show_rows()

    def _connect(self) -> None:
        frame = self.frame
        frame.list.row_chosen.connect(self._choose_row)
        frame.list.toggled.connect(self._toggle)
        frame.list.row_opened.connect(self._open)
        frame.search.textChanged.connect(self._show_rows)
        frame.search.left_down.connect(self._leave_search)
        frame.toggle_button.clicked.connect(self.toggle)
        frame.letter_button.clicked.connect(self.go_to_letter)
        frame.calls_button.clicked.connect(self.toggle_calls)
        frame.note.edited.connect(self._note_typed)
        for pill in frame.filters.values():
            pill.clicked.connect(self._filter_pressed)
        frame.calls.back_wanted.connect(self.toggle_calls)
        frame.calls.changed.connect(self._keep_call)
        frame.calls.removed.connect(self._remove_call)
        frame.calls.card_wanted.connect(self.compose_card)
        frame.calls.request_wanted.connect(self.compose_request)
        frame.show_parts(has_offer=False, has_note=False)

    def _open(self, _key: str) -> None:
        target = self.frame.note if self.frame.note.isVisible() else self.frame.page
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_search(self) -> None:
        self.frame.list.setFocus(Qt.FocusReason.OtherFocusReason)
