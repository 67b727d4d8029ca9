"""Keeps what was typed until it is saved, and knows which fields must not be overwritten; it draws nothing.

Fields hand in only that they changed; their values are read when it is time to save, because reading a long
text at every key would be slow.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.case import Case
from desktop.domain.errors import SignedRecordError
from desktop.ui.context import UiContext
from desktop.ui.forms import Field
from desktop.ui.intake.case_edits import AddItem, Edit, Path, RemoveItem, SetField, apply_edits
from desktop.ui.intake.section_saver import save_edits

PAUSE_MS = 700
"""Saved when the keyboard rests this long ..."""
LONGEST_WAIT_MS = 1600
"""... and at the latest this long after the first key."""


class SavingState(Enum):
    """Where what was typed stands."""

    NOTHING_YET = "nothing_yet"
    TYPING = "typing"
    SAVED = "saved"
    NOT_SAVED = "not_saved"


class DraftDesk(QObject):
    """One per intake screen. `case` is the newest case known; forms show it and hand their edits in here."""

    case_shown = Signal(object)
    """A newer case arrived: fields without an edit of their own show it."""
    state_changed = Signal(object)
    """A `SavingState`."""
    form_built = Signal()
    """Fields came into being that have not been told their problems yet."""

    def __init__(self, context: UiContext, initiator: QObject) -> None:
        super().__init__(initiator)
        self.context = context
        self.case: Case | None = None
        self.rows_changed = False
        """Rows came into being since the order of the keyboard's stops was last set."""
        self._initiator = initiator
        self._dirty: dict[Path, Field] = {}
        self._unread: dict[Path, Field] = {}
        self._held: list[Edit] = []
        self._in_flight: list[frozenset[Path]] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_WAIT_MS)
        self._pause.timeout.connect(self.save)
        self._longest.timeout.connect(self.save)

    # What forms say

    def field_changed(self, path: Path, field: Field) -> None:
        """A field was typed into."""
        self._dirty[path] = field
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        self.state_changed.emit(SavingState.TYPING)

    def make(self, edit: AddItem | RemoveItem) -> None:
        """Add or remove an item now, after everything typed before it."""
        if isinstance(edit, RemoveItem):
            self._forget_under(edit.path)
        self._held.extend(self._read_dirty())
        self._held.append(edit)
        if self.case is not None:
            self.show(apply_edits(self.case, (edit,)))
        self.save()

    def is_list_changing(self, path: Path) -> bool:
        """Whether an item of the list at `path` was added or removed and the store has not answered yet."""
        waiting = [edit.path for edit in self._held] + [item for paths in self._in_flight for item in paths]
        return any(item in (path, (*path, item[-1])) for item in waiting)

    def is_protected(self, path: Path) -> bool:
        """Whether the field holds something that no newer case may overwrite."""
        if path in self._dirty or path in self._unread:
            return True
        return any(path in paths for paths in self._in_flight) or any(
            isinstance(edit, SetField) and edit.path == path for edit in self._held
        )

    @property
    def unread(self) -> frozenset[Path]:
        """Fields whose text makes no value and is therefore not saved."""
        return frozenset(self._unread)

    # Cases

    def show(self, case: Case) -> None:
        """Take over a case that was read from the store."""
        if self.case is not None and case.id != self.case.id:
            self._dirty.clear()
            self._unread.clear()
            self._held.clear()
        self.case = case
        self.case_shown.emit(case)

    def reload(self) -> None:
        """Read the case again; what was typed and not saved stays."""
        if self.case is None:
            return
        case_id, cases = self.case.id, self.context.services.cases

        def job() -> Case:
            return cases.case(case_id)

        self.context.runner.run(job, self.show, self.context.notify.failure, key=f"intake-case-{id(self)}")

    def save(self) -> None:
        """Start saving everything typed so far."""
        self._pause.stop()
        self._longest.stop()
        case = self.case
        if case is None:
            return
        edits = (*self._held, *self._read_dirty())
        self._held = []
        by_root: dict[str, list[Edit]] = {}
        for edit in edits:
            by_root.setdefault(edit.path[0], []).append(edit)
        for root, group in by_root.items():
            self._commit(case.id, root, tuple(group))
        if not by_root and self._unread:
            self.state_changed.emit(SavingState.NOT_SAVED)

    def _commit(self, case_id: str, root: str, edits: tuple[Edit, ...]) -> None:
        paths = frozenset(edit.path for edit in edits)
        self._in_flight.append(paths)
        services = self.context.services

        def job():
            return save_edits(services, case_id, root, edits)

        def done(case: Case) -> None:
            self._in_flight.remove(paths)
            if self.case is not None and self.case.id == case.id:
                self.show(case)
                if any(isinstance(edit, RemoveItem) for edit in edits):
                    self.context.notify.info("Removed.", undo=True)
                if not (self._dirty or self._held):
                    is_whole = not self._unread
                    self.state_changed.emit(SavingState.SAVED if is_whole else SavingState.NOT_SAVED)

        def failed(error: Exception) -> None:
            self._in_flight.remove(paths)
            self._after_failure(case_id, edits, error)

        self.context.commit(job, done, initiator=self._initiator, failed=failed)

    def _after_failure(self, case_id: str, edits: tuple[Edit, ...], error: Exception) -> None:
        """What was refused for good is taken back on the screen; the rest waits for the next attempt."""
        if self.case is None or self.case.id != case_id:
            return
        kept = [edit for edit in edits if not isinstance(edit, RemoveItem)]
        if isinstance(error, SignedRecordError) or not kept:
            self.reload()
            return
        newer = set(self._dirty)
        self._held = [edit for edit in kept if edit.path not in newer] + self._held
        self.show(self.case)
        self.state_changed.emit(SavingState.NOT_SAVED)

    def _read_dirty(self) -> list[Edit]:
        """The values of the fields typed into; those that make no value say so beside themselves and wait."""
        edits: list[Edit] = []
        for path, field in self._dirty.items():
            if field.check():
                self._unread.pop(path, None)
                edits.append(SetField(path, field.read()))
            else:
                self._unread[path] = field
        self._dirty = {}
        return edits

    def _forget_under(self, path: Path) -> None:
        for fields in (self._dirty, self._unread):
            for other in [item for item in fields if item[: len(path)] == path]:
                del fields[other]
