"""Keeps the list of sets: what it shows, what is searched for, and which set is chosen; it shows no set itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QObject, Signal

from desktop.ui.context import UiContext
from desktop.ui.later import later
from desktop.ui.library.library_frame import LibraryFrame
from desktop.ui.library.library_reading import read_shelf
from desktop.ui.library.report_pages import problem_line
from desktop.ui.library.shelf import Listing, Shelf, ShelfView, listing
from desktop.ui.library.wording import counted

LIST_AFTER_MS = 150
READ_AFTER_MS = 40
NOTHING = {
    ShelfView.ALL: "No set contains this. Escape clears the search.",
    ShelfView.OWN: (
        "You have no sets of your own yet. Type one from a payer's bulletin, import a file, or open a set that is "
        "here and make a payer's customization of it."
    ),
    ShelfView.TO_CHECK: "No set is past the day by which it was to be checked against its source.",
}


class ShelfDesk(QObject):
    """The left side of the library."""

    chosen = Signal()
    """Another set is chosen, or none, or the same was read anew."""

    def __init__(self, context: UiContext, frame: LibraryFrame) -> None:
        super().__init__(frame)
        self._context = context
        self._frame = frame
        self._view, self._query = ShelfView.ALL, ""
        self._wanted = self._kept = ""
        """The set to go to as soon as it is there, and the one that was in front before the list changed."""
        self.shelf: Shelf | None = None
        """The library as it was read last; None before that."""
        self._list_timer = later(self, LIST_AFTER_MS, self._list)
        self._read_timer = later(self, READ_AFTER_MS, self.chosen)
        frame.search.textChanged.connect(self._list_timer.start)
        for made in frame.views.values():
            made.clicked.connect(self._choose_view)
        frame.list.selectionModel().currentChanged.connect(self._selection_changed)

    @property
    def is_still(self) -> bool:
        """Whether nothing is waiting to be shown."""
        return not (self._list_timer.isActive() or self._read_timer.isActive())

    @property
    def current_id(self) -> str:
        """The set that is chosen; empty for none."""
        row = self._frame.model.row_at(self._frame.list.currentIndex())
        return row.id if row else ""

    def reload(self) -> None:
        """Read the library again."""
        job = partial(read_shelf, self._context.services, self._context.clock.today())
        self._context.runner.run(job, self._show_shelf, key="library.read")

    def select(self, set_id: str) -> None:
        """Choose a set, at once or as soon as it is there."""
        self._wanted = set_id
        if self.shelf is not None:
            self._restore_selection()

    def go_to_new(self, set_id: str) -> None:
        """Read the library again and choose a set that has just come in, whatever was searched for."""
        self._wanted = set_id
        self._view = ShelfView.ALL
        self._frame.views[ShelfView.ALL.value].setChecked(True)
        self._frame.search.clear()
        self.reload()

    def _show_shelf(self, shelf: Shelf) -> None:
        self.shelf = shelf
        problems = shelf.library.problems
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        self._frame.show_trouble(f"! {problem_line(problems[0])}{more}" if problems else "")
        self._list()

    def _list(self) -> None:
        if self.shelf is not None:
            job = partial(listing, self.shelf, self._view, self._frame.search.text())
            self._context.runner.run(job, self._show_listing, lane="cpu", key="library.list")

    def _show_listing(self, found: Listing) -> None:
        is_new_search = bool(found.query) and found.query != self._query
        self._kept = "" if is_new_search else self.current_id  # of what a search finds, the best is in front
        self._query = found.query
        frame = self._frame
        frame.model.show(found)
        nothing = "" if found.set_count else NOTHING[ShelfView.ALL if found.query else self._view]
        frame.show_count(counted(found.set_count, "set", "sets"), nothing)
        self._restore_selection()

    def _restore_selection(self) -> None:
        model = self._frame.model
        index = model.index_of(self._wanted)
        if index.isValid():
            self._wanted = ""
        else:
            kept = model.index_of(self._kept)
            index = kept if kept.isValid() else model.first_set()
        self._frame.list.setCurrentIndex(index)
        # The heading above says why a search found it.
        self._frame.list.scrollTo(index.siblingAtRow(index.row() - 1))
        self._frame.list.scrollTo(index)
        self._read_timer.start()

    def _choose_view(self) -> None:
        self._view = ShelfView(self._frame.view)
        self._list()

    def _selection_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self._frame.list.hasFocus():
            self._wanted = ""
        self._read_timer.start()
