"""The worklist as a list for Qt: cases under headings, fetched page by page; it asks the store for nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.domain.worklist import WorklistRow
from desktop.ui.worklist.views import spoken, week_title

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between groups; it cannot be selected."""

    text: str


Entry = Heading | WorklistRow


class WorklistModel(QAbstractListModel):
    """Headings and rows. `more_wanted` asks whoever feeds it for the next page."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._today = date.min
        self._is_private = False
        self._is_waiting = False
        self._is_complete = True
        self._is_loading = False

    @property
    def today(self) -> date:
        """The day that the weeks are counted from."""
        return self._today

    @property
    def is_private(self) -> bool:
        """Whether identifiers are masked."""
        return self._is_private

    @property
    def is_waiting(self) -> bool:
        """Whether the cases stand by their next task instead of by their deadline."""
        return self._is_waiting

    def set_private(self, is_private: bool) -> None:
        """Mask or show identifiers."""
        self._is_private = is_private
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def show_first_page(
        self, rows: Sequence[WorklistRow], today: date, *, is_complete: bool, is_waiting: bool = False
    ) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._is_waiting = is_waiting
        self._today = today
        self._entries = self._with_headings(rows, "")
        self._is_complete = is_complete
        self._is_loading = False
        self.endResetModel()

    def add_page(self, rows: Sequence[WorklistRow], *, is_complete: bool) -> None:
        """Add the next page at the end."""
        self._is_complete = is_complete
        self._is_loading = False
        last = self._entries[-1] if self._entries else None
        fresh = self._with_headings(rows, self._title(last) if isinstance(last, WorklistRow) else "")
        if fresh:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._entries.extend(fresh)
            self.endInsertRows()

    def _with_headings(self, rows: Sequence[WorklistRow], title: str) -> list[Entry]:
        entries: list[Entry] = []
        for row in rows:
            fresh = self._title(row)
            if fresh != title:
                entries.append(Heading(fresh))
                title = fresh
            entries.append(row)
        return entries

    def _title(self, row: WorklistRow) -> str:
        return week_title(row, self._today, is_waiting=self._is_waiting)

    def row_at(self, index: Index) -> WorklistRow | None:
        """The case at an index; None for a heading or an invalid index."""
        entry = self._entries[index.row()] if index.isValid() else None
        return entry if isinstance(entry, WorklistRow) else None

    def index_of(self, case_id: str) -> QModelIndex:
        """Where a case stands; invalid when it is not in what was fetched so far."""
        for at, entry in enumerate(self._entries):
            if isinstance(entry, WorklistRow) and entry.case_id == case_id:
                return self.index(at)
        return QModelIndex()

    def first_case(self) -> QModelIndex:
        """The first line that can be selected."""
        at = next((at for at, entry in enumerate(self._entries) if isinstance(entry, WorklistRow)), None)
        return QModelIndex() if at is None else self.index(at)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if isinstance(entry, Heading):
                return entry.text
            return spoken(entry, self._today, is_private=self._is_private, is_waiting=self._is_waiting)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_complete and not self._is_loading

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._is_loading = True
            self.more_wanted.emit()
