"""Keeps the list of references: what it shows, what is looked for, which is in front; it shows none itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.ui.context import UiContext
from desktop.ui.later import later
from desktop.ui.library.row_list import Row
from desktop.ui.library.wording import counted
from desktop.ui.references.frame import ReferencesFrame
from desktop.ui.references.reading import ReadShelf, read_shelf
from desktop.ui.references.rows import Filters, ReferenceView, nothing_found, rows_of, topics_in

LIST_AFTER_MS = 120
READ_AFTER_MS = 40


class ListDesk(QObject):
    """The left side of the shelf."""

    chosen = Signal()
    """Another reference is in front, or none, or the same was read anew."""

    def __init__(self, context: UiContext, frame: ReferencesFrame) -> None:
        super().__init__(frame)
        self._context = context
        self._frame = frame
        self._wanted = ""
        self._searched = ""
        self.read: ReadShelf | None = None
        """The library as it was read last; None before that."""
        self._list_timer = later(self, LIST_AFTER_MS, self._list)
        self._read_timer = later(self, READ_AFTER_MS, self.chosen)
        frame.search.textChanged.connect(self._list_timer.start)
        frame.years.textChanged.connect(self._list_timer.start)
        for box in (frame.stance, frame.evidence, frame.topic):
            box.currentIndexChanged.connect(self._list_timer.start)
        for made in frame.views.values():
            made.clicked.connect(self._list)
        frame.clear.clicked.connect(self.clear_filters)
        frame.list.row_chosen.connect(self._read_timer.start)

    @property
    def is_still(self) -> bool:
        """Whether nothing is waiting to be shown."""
        return not (self._list_timer.isActive() or self._read_timer.isActive())

    @property
    def current_id(self) -> str:
        """The reference in front; empty for none."""
        return self._frame.list.current_id

    def reload(self) -> None:
        """Read the library again."""
        self._context.runner.run(
            partial(read_shelf, self._context.services), self._show_shelf, key="references.read"
        )

    def select(self, reference_id: str) -> None:
        """Put a reference in front, whatever was looked for before; at once or as soon as it is there."""
        if not self._frame.list.choose(reference_id):
            self._wanted = reference_id
            self._frame.views[ReferenceView.ALL.value].setChecked(True)
            self._frame.clear_filters()
            self._list_timer.start()

    def clear_filters(self) -> None:
        """Look for nothing in particular."""
        self._frame.clear_filters()
        self._list()

    def _show_shelf(self, read: ReadShelf) -> None:
        self.read = read
        self._frame.offer_topics(topics_in(read.library))
        self._frame.show_steps(*read.steps)
        self._list()

    def _list(self) -> None:
        self._list_timer.stop()
        filters = self._frame.filters_now()
        self._frame.clear.setVisible(filters.is_narrowing)
        if self.read is not None:
            job = partial(rows_of, self.read.library, filters)
            self._context.runner.run(
                job, partial(self._show_rows, filters), lane="cpu", key="references.list"
            )

    def _show_rows(self, filters: Filters, rows: tuple[Row, ...]) -> None:
        # Of what a new search finds, the best is in front.
        is_new_search = bool(filters.words) and filters.words != self._searched
        self._searched = filters.words
        best = rows[0].id if is_new_search and rows and not self._wanted else ""
        self._frame.list.show_rows(rows, self._wanted or best)
        if self._wanted and self.current_id == self._wanted:
            self._wanted = ""
        self._frame.show_count(
            counted(len(rows), "reference", "references"), "" if rows else nothing_found(filters)
        )
