"""The topics shelf: what a reviewer may argue with, to read and to follow to its sources; own ones come and go."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import ChangeFlag
from desktop.domain.topic import TopicKind
from desktop.rules.file_problem import FileProblem
from desktop.ui.actions import Command
from desktop.ui.context import UiContext
from desktop.ui.later import later
from desktop.ui.library.library_shelf import LibraryShelf
from desktop.ui.library.page import Page, text
from desktop.ui.library.report_pages import problems_page
from desktop.ui.library.row_frame import RowFrame, pick_box
from desktop.ui.library.row_list import Row
from desktop.ui.library.step_keys import step_of
from desktop.ui.library.wording import counted
from desktop.ui.topics.exchange import TopicExchange
from desktop.ui.topics.reading import (
    ReadTopics,
    ShownTopic,
    read_check,
    read_left_out_page,
    read_shown,
    read_topics,
    rows_of,
)
from desktop.ui.widgets.basics import button

_GROUP = "Argument topics"
COMMANDS = [
    Command("topics.find", "Find a topic", "Ctrl+F", "focus_search", _GROUP),
    Command("topics.left_out", "Show what the topics leave out, and why", "Ctrl+U", "show_left_out", _GROUP),
    Command("topics.check", "Check the topics", "Ctrl+R", "check", _GROUP),
    Command("topics.import", "Import a topic of your own", "Ctrl+O", "bring", _GROUP),
    Command("topics.export", "Export the topic as a file", "Ctrl+S", "export", _GROUP),
    Command("topics.remove", "Remove your own topic", "Ctrl+Delete", "remove", _GROUP),
    Command("topics.sources", "Go to a source of the topic", "Ctrl+J", "choose_source", _GROUP),
    Command("topics.undo", "Undo the last step on your own topics", "Ctrl+Z", "undo", _GROUP, is_bound=False),
    Command(
        "topics.redo", "Redo the last step on your own topics", "Ctrl+Shift+Z", "redo", _GROUP, is_bound=False
    ),
    Command(
        "topics.back", "Back to the topic, or clear the search", "Esc", "go_back", _GROUP, is_bound=False
    ),
]
LIST_AFTER_MS = 120
READ_AFTER_MS = 40
_OWN = "Own"
_NOTHING = "No topic contains this. Escape clears the search."
_NO_OWN = (
    "You have no topics of your own yet. A topic is a text file (YAML): export one that comes with the program to "
    "begin from, give it an id that begins with own-, point each claim at a claim of the references, yours included, "
    "and import it. It is checked line by line before it is stored."
)
_DEPENDS = frozenset({ChangeFlag.STATIONERY, ChangeFlag.REFERENCES, ChangeFlag.CRITERIA})
_VIEWS: dict[str, TopicKind | None] = {
    "All": None,
    "Clinical": TopicKind.CLINICAL,
    "Rules of review": TopicKind.PROCESS,
    _OWN: None,
}
_PAGE = "topics.page"
_EMPTY = Page("No topic chosen", (text("Choose a topic on the left to read it."),))


class TopicsShelf(LibraryShelf):
    """List left, the topic right; its sources open on the shelf of references."""

    reference_asked = Signal(str)
    """The id of a reference to show."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        self.frame = RowFrame(context.theme, "Topics", list(_VIEWS))
        super().__init__(context, self.frame, self.frame.list, COMMANDS, _DEPENDS, parent)
        self._read: ReadTopics | None = None
        self._shown: ShownTopic | None = None
        self._wanted = ""
        self._told: list[tuple[str, tuple[FileProblem, ...]]] = []
        """The problems of the last reading."""
        self._to_tell: Page | None = None
        self.frame.search.setPlaceholderText("Title, claim, code, source")
        self.frame.search.setAccessibleName("Find a topic")
        self.frame.filters.hide()
        self.left_out = button("Left out, and why")
        self.check_button = button("Check")
        self.import_button = button("Import…")
        self.import_button.setEnabled(self._may_write)
        self.frame.foot.flow.addWidget(self.import_button)
        self.frame.foot.flow.addWidget(self.left_out)
        self.frame.foot.flow.addWidget(self.check_button)
        self.undo_button = button("Undo", "quiet")
        self.redo_button = button("Redo", "quiet")
        for made in (self.undo_button, self.redo_button):
            self.frame.foot.flow.addWidget(made)
            made.hide()
        self.back = button("Back to the topic")
        self.back.hide()
        self.sources = pick_box(context.theme, "Sources (99)", room=520)
        self.sources.setAccessibleName("Go to a source of the topic")
        self.frame.deeds.flow.addWidget(self.back)
        self.frame.deeds.flow.addWidget(self.sources)
        self.export_button = button("Export…")
        self.remove_button = button("Remove", "quiet")
        for made in (self.export_button, self.remove_button):
            self.frame.deeds.flow.addWidget(made)
            made.hide()
        self.exchange = TopicExchange(context, self.frame.ask)
        self._list_timer = later(self, LIST_AFTER_MS, self._list)
        self._read_timer = later(self, READ_AFTER_MS, self._load)
        self._connect()

    @property
    def is_still(self) -> bool:
        """Whether nothing is waiting to be shown."""
        return not (self._list_timer.isActive() or self._read_timer.isActive())

    @property
    def shown(self) -> ShownTopic | None:
        """The topic in front."""
        return self._shown

    def select(self, topic_id: str) -> None:
        """Put a topic in front, whatever was searched for; at once or as soon as it is there."""
        if self.frame.list.choose(topic_id):
            self._show_topic_page()
            return
        self._wanted = topic_id
        self.frame.views["All"].setChecked(True)
        self.frame.search.clear()
        self._list_timer.start()

    def bring(self) -> None:
        """Import a topic from a file."""
        if self._may_write:
            self.exchange.bring()

    def export(self) -> None:
        """Save the topic in front as a file; one of the program is where an own one may begin."""
        if self._shown is not None and not self._is_elsewhere:
            self.exchange.export(self._shown.topic)

    def remove(self) -> None:
        """Take the own topic in front out."""
        if not self._may_write or self._shown is None:
            return
        if self._shown.topic.is_own:
            self.exchange.remove(self._shown.topic)
        else:
            self._context.notify.info("This topic comes with the program and cannot be removed.")

    def undo(self) -> None:
        """Take the last step on own topics back."""
        self._step(0)

    def redo(self) -> None:
        """Do the step that was taken back again."""
        self._step(1)

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

    def choose_source(self) -> None:
        """Choose the source to go to."""
        if self.sources.isVisible():
            self.sources.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.sources.showPopup()

    def show_left_out(self) -> None:
        """Show what the topics leave out, and why."""
        self._read_page(partial(read_left_out_page, self._context.services), _PAGE)

    def check(self) -> None:
        """Show what the check of the topics finds."""
        self._read_page(partial(read_check, self._context.services), _PAGE)

    def go_back(self) -> None:
        """From a report to the topic; then from a search to all topics."""
        if self._is_elsewhere:
            self._show_topic_page()
            self.focus_list()
        elif self.frame.search.text():
            self.frame.search.clear()
            self.focus_list()

    def reload(self) -> None:
        """Read the topics again."""
        job = partial(read_topics, self._context.services)
        self._context.runner.run(job, self._show_topics, key="topics.read")

    def _connect(self) -> None:
        frame = self.frame
        frame.search.textChanged.connect(self._list_timer.start)
        for made in frame.views.values():
            made.clicked.connect(self._list)
        frame.list.row_chosen.connect(self._read_timer.start)
        frame.list.row_opened.connect(self._read_on)
        self.left_out.clicked.connect(self.show_left_out)
        self.check_button.clicked.connect(self.check)
        self.back.clicked.connect(self.go_back)
        self.import_button.clicked.connect(self.bring)
        self.export_button.clicked.connect(self.export)
        self.remove_button.clicked.connect(self.remove)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.exchange.page_made.connect(self._show_page)
        self.exchange.stored.connect(self._stored)
        self.exchange.ended.connect(self._answered)
        self.sources.activated.connect(self._go_to_source)

    def _show_topics(self, read: ReadTopics) -> None:
        self._read = read
        told = [(error.origin, error.problems) for error in read.library.problems]
        if any(item not in self._told for item in told):
            self._to_tell = problems_page(read.library.problems)
        self._told = told
        self._show_steps(read)
        self._list()

    def _tell_problems(self) -> None:
        """Once, and only where nothing is asked; whoever is typing goes on typing."""
        page, self._to_tell = self._to_tell, None
        if page is None or self.frame.ask.question:
            return
        is_searching = self.frame.search.hasFocus()
        self._show_page(page)
        if is_searching:
            self.frame.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_steps(self, read: ReadTopics) -> None:
        pairs = zip((self.undo_button, self.redo_button), ("Undo", "Redo"), read.steps, strict=True)
        for made, word, step in pairs:
            made.setVisible(step is not None and self._may_write)
            made.setAccessibleDescription(step or "")
            made.setToolTip(f"{word}: {step}" if step else "")
        self.frame.foot.updateGeometry()

    def _step(self, which: int) -> None:
        if not self._may_write or self._read is None:
            return
        if self._read.steps[which] is None:
            word = ("undo", "redo")[which]
            self._context.notify.info(f"There is nothing to {word} on topics of your own.")
        elif which == 0:
            self.exchange.undo()
        else:
            self.exchange.redo()

    def _list(self) -> None:
        self._list_timer.stop()
        if self._read is not None:
            view, words = self.frame.view, self.frame.search.text()[:2000]
            job = partial(rows_of, self._read, _VIEWS[view], words, is_own=view == _OWN)
            self._context.runner.run(job, self._show_rows, lane="cpu", key="topics.list")

    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        self.frame.list.show_rows(rows, self._wanted)
        if self._wanted == self.frame.list.current_id:
            self._wanted = ""
        is_none = self.frame.view == _OWN and not self.frame.search.text()
        nothing = "" if rows else (_NO_OWN if is_none else _NOTHING)
        self.frame.show_count(counted(len(rows), "topic", "topics"), nothing)

    def _load(self) -> None:
        topic_id = self.frame.list.current_id
        if not topic_id or self._read is None:
            self._shown = None
            self._show_deeds()
            if not self._is_elsewhere:
                self.frame.page.show_page(_EMPTY)
            self._tell_problems()
            return
        self._context.runner.run(
            partial(read_shown, self._read, topic_id), self._show, lane="cpu", key="topics.topic"
        )

    def _show(self, shown: ShownTopic | None) -> None:
        if shown is None or shown.topic.id != self.frame.list.current_id:
            return
        is_other = self._shown is None or self._shown.topic.id != shown.topic.id
        self._shown = shown
        if is_other or not self._is_elsewhere:
            self._show_topic_page(keeps_question=not is_other)
        self._tell_problems()

    def _show_topic_page(self, *, keeps_question: bool = False) -> None:
        self._is_elsewhere = False
        if not keeps_question:
            self.exchange.forget()
        shown = self._shown
        self.frame.page.show_page(shown.page if shown is not None else _EMPTY)
        self.sources.clear()
        for reference_id, words in shown.sources if shown is not None else ():
            self.sources.addItem(words, reference_id)
        self.sources.setCurrentIndex(-1)
        self.sources.setPlaceholderText(f"Sources ({self.sources.count()})")
        self._show_deeds()

    def _show_deeds(self) -> None:
        shown = self._shown if not self._is_elsewhere else None
        is_own = shown is not None and shown.topic.is_own
        self.sources.setVisible(shown is not None and self.sources.count() > 0)
        self.export_button.setVisible(shown is not None)
        self.remove_button.setVisible(is_own and self._may_write)
        self.back.setVisible(self._is_elsewhere and self._shown is not None)

    def _stored(self, topic_id: str) -> None:
        self._show_topic_page()
        self._shown = None  # the same topic may have another text
        self.frame.views["All"].setChecked(True)
        self.frame.search.clear()
        self._wanted = topic_id
        self.reload()

    def _answered(self) -> None:
        if self._is_elsewhere:
            self._show_topic_page()
        self.focus_list()

    def _stand_aside(self) -> None:
        self.exchange.forget()
        self._show_deeds()

    def _read_on(self) -> None:
        self.frame.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_source(self, at: int) -> None:
        reference_id = str(self.sources.itemData(at) or "")
        self.sources.setCurrentIndex(-1)
        if reference_id:
            self.reference_asked.emit(reference_id)
