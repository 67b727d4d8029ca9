"""The library as a place of the window, with three shelves: criteria, references, topics; each keeps its own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from desktop.ui.actions import Command, bind
from desktop.ui.chips import ChipRow
from desktop.ui.context import UiContext
from desktop.ui.library.criteria_shelf import CriteriaShelf
from desktop.ui.library.library_shelf import LibraryShelf
from desktop.ui.library.row_frame import FrontStack
from desktop.ui.widgets.basics import pill_button

if TYPE_CHECKING:
    from desktop.ui.references.screen import ReferencesShelf
    from desktop.ui.topics.screen import TopicsShelf

_GROUP = "Library"
COMMANDS = [
    Command("library.criteria", "Show the criteria", "Alt+1", "show_criteria", _GROUP),
    Command("library.references", "Show the references", "Alt+2", "show_references", _GROUP),
    Command("library.topics", "Show the argument topics", "Alt+3", "show_topics", _GROUP),
]
_NAMES = {"criteria": "Criteria", "references": "References", "topics": "Topics"}


class LibraryScreen(QWidget):
    """One shelf in front at a time; the other two are made when they are first asked for."""

    case_opened = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.criteria = CriteriaShelf(context)
        self._references: ReferencesShelf | None = None
        self._topics: TopicsShelf | None = None
        self._pills: dict[str, QPushButton] = {}
        self._stack = FrontStack()
        self._stack.addWidget(self.criteria)
        self._lay_out()
        self.criteria.case_opened.connect(self.case_opened)
        bind(self, COMMANDS)

    @property
    def references(self) -> ReferencesShelf:
        """The references."""
        if self._references is None:
            from desktop.ui.references.screen import ReferencesShelf

            self._references = ReferencesShelf(self._context)
            self._references.topic_asked.connect(self.show_topic)
            self._stack.addWidget(self._references)
        return self._references

    @property
    def topics(self) -> TopicsShelf:
        """The argument topics."""
        if self._topics is None:
            from desktop.ui.topics.screen import TopicsShelf

            self._topics = TopicsShelf(self._context)
            self._topics.reference_asked.connect(self.show_reference)
            self._stack.addWidget(self._topics)
        return self._topics

    @property
    def is_still(self) -> bool:
        """Whether nothing is waiting to be shown."""
        return self._front().is_still

    def set_open_case(self, case_id: str) -> None:
        """The case that is open elsewhere; empty for none."""
        self.criteria.set_open_case(case_id)

    def commands(self) -> list[tuple[Command, QWidget]]:
        """What can be done here, each with who does it."""
        places: list[tuple[Command, QWidget]] = [(item, self) for item in COMMANDS]
        return self._front().commands() + places

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        return [self._bar, *self._front().panes()]

    def flush(self) -> None:
        """Keep what is typed on any shelf and not saved."""
        self.criteria.flush()
        if self._references is not None:
            self._references.flush()

    def leave(self) -> None:
        """The store is about to close: nothing is waited for that can be let go whole."""
        if self._references is not None:
            self._references.leave()

    @property
    def was_import_dropped(self) -> bool:
        """Whether an import of references was let go because the store closed."""
        return self._references is not None and self._references.was_import_dropped

    def focus_list(self) -> None:
        """Put the keyboard into the list of the shelf in front."""
        self._front().focus_list()

    def select(self, set_id: str) -> None:
        """Put a criteria set in front."""
        self._show("criteria", self.criteria)
        self.criteria.select(set_id)

    def new_set(self) -> None:
        """Type a criteria set from nothing."""
        self._show("criteria", self.criteria)
        self.criteria.new_set()

    def show_criteria(self) -> None:
        """Put the criteria in front."""
        self._show("criteria", self.criteria)
        self.criteria.focus_list()

    def show_references(self) -> None:
        """Put the references in front."""
        self._show("references", self.references)
        self.references.focus_list()

    def show_topics(self) -> None:
        """Put the argument topics in front."""
        self._show("topics", self.topics)
        self.topics.focus_list()

    def show_reference(self, reference_id: str) -> None:
        """Put one reference in front."""
        self.show_references()
        self.references.select(reference_id)

    def show_topic(self, topic_id: str) -> None:
        """Put one topic in front."""
        self.show_topics()
        self.topics.select(topic_id)

    def _front(self) -> LibraryShelf:
        front = self._stack.currentWidget()
        return front if isinstance(front, LibraryShelf) else self.criteria

    def _show(self, name: str, shelf: QWidget) -> None:
        self._pills[name].setChecked(True)
        self._stack.setCurrentWidget(shelf)

    def _lay_out(self) -> None:
        px = self._context.theme.px
        self._bar = ChipRow()
        self._bar.setContentsMargins(px(8), px(8), px(8), 0)
        group = QButtonGroup(self)
        for (name, words), command in zip(_NAMES.items(), COMMANDS, strict=True):
            made = pill_button(words)
            made.setAccessibleDescription(f"{command.text} ({command.key_text})")
            made.setChecked(name == "criteria")
            made.clicked.connect(getattr(self, command.handler_name))
            group.addButton(made)
            self._pills[name] = made
            self._bar.flow.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
