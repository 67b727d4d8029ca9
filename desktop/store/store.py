"""An open store: reading it, and writing it by named operations, each one transaction with its audit event.

It must not know what an operation means, and nothing outside this package sees a connection or a row.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from desktop.domain.audit import Actor, AuditEvent
from desktop.domain.clock import Clock
from desktop.security.audit_chain import ChainProblem
from desktop.security.data_key import DataKey
from desktop.store import journal
from desktop.store.audit_log import AuditLog
from desktop.store.backup import back_up, require_sound_pages
from desktop.store.connection import engine_for, writing
from desktop.store.errors import BackupTargetError, ReadOnlyError, StoreClosedError, in_words
from desktop.store.instance_lock import InstanceLock
from desktop.store.journal import Undone
from desktop.store.row_changes import RowChange, fold, hash_of, to_json
from desktop.store.rows import RowReader, RowWriter, table_named
from desktop.store.store_files import StoreFiles
from desktop.store.unit_of_work import Reader, UnitOfWork

TYPING_PAUSE = timedelta(seconds=30)
"""Saves of the same text further apart than this are two steps to undo."""


class _Typed(NamedTuple):
    """A save of a text while it is typed: where, and when."""

    place: str
    at: datetime

    def goes_on_in(self, later: _Typed) -> bool:
        """Whether a later save belongs to the same typing."""
        return later.place == self.place and later.at - self.at <= TYPING_PAUSE


class Store:
    """An open store. Safe to use from several threads, though one is meant to do all the writing."""

    def __init__(
        self,
        files: StoreFiles,
        key: DataKey,
        *,
        actor: Actor | None,
        clock: Clock,
        lock: InstanceLock | None,
    ) -> None:
        self._files = files
        self._key = key
        self._clock = clock
        self._lock = lock
        self._is_read_only = lock is None
        self._engine: Engine | None = engine_for(files.store, key, is_read_only=self._is_read_only)
        self._log = AuditLog(files.head, key)
        self._write_lock = threading.RLock()
        self._is_writing = False
        self._newest: AuditEvent | None = None
        self._typed: dict[str, tuple[int, _Typed]] = {}
        """By case: the step that is still being typed, if its latest one is."""
        self._unsaved_views: dict[str, str] = {}
        self._end_problem: ChainProblem | None = None
        self._actor = actor or Actor(name="")
        with self._connected() as connection:
            if actor is None:
                self._actor = Reader(RowReader(connection)).profile.get() or self._actor
            self._end_problem = self._log.check_end(connection)
        if self._end_problem is not None and not self._is_read_only:
            # The next write notes a new end, so what was found must stand in the chain itself.
            self.record("audit_gap_found", self._end_problem.what)

    # What it is

    @property
    def actor(self) -> Actor:
        """Who is at the keyboard."""
        return self._actor

    @property
    def folder(self) -> Path:
        """The folder of the store."""
        return self._files.folder

    @property
    def is_read_only(self) -> bool:
        """Whether it was opened for viewing only."""
        return self._is_read_only

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self._engine is not None

    # Reading and writing

    @contextmanager
    def read(self) -> Generator[Reader]:
        """The store as it stands now. What an unfinished `write` has done is not seen, except through its own work."""
        with self._connected() as connection:
            yield Reader(RowReader(connection))

    @contextmanager
    def write(
        self,
        operation: str,
        label: str,
        *,
        case_id: str | None,
        undoable: bool = True,
    ) -> Generator[UnitOfWork]:
        """One named operation: a transaction, its audit event, and a step to undo. An exception undoes all of it.

        A write that changes nothing leaves no trace. One that is not undoable is a barrier: no earlier step of the
        case can be undone any more. Rows of a case may only be written under that case's id. Saves of one text while it
        is being typed (the work names the same place in `typing_in`, each within TYPING_PAUSE) are one step to undo.
        """
        now = self._clock.now()
        with self._transaction() as rows:
            yield (work := UnitOfWork(rows, now, is_final=not undoable or case_id is None))
            changes = fold(rows.changes)
            if not changes:
                return
            images = to_json(changes)
            steps = [change for change in changes if journal.is_undoable(change)]
            touched = {found for change in steps if (found := change.case_id) is not None}
            if case_id is not None and not touched <= {case_id}:
                raise RuntimeError(f"{operation} wrote rows of another case than the one it named")
            for one in touched:
                if case_id is not None and undoable:
                    typed = _Typed(work.typing_in, now) if work.typing_in else None
                    self._keep_step(rows, one, operation, label, steps, typed)
                else:
                    journal.forget(rows.connection, one)
            self._finish(rows, operation, label, case_id, images, touched)

    def undo(self, case_id: str) -> Undone | None:
        """Take the latest step of a case back; None when there is none. Raises UndoConflictError."""
        return self._step(case_id, is_redo=False)

    def redo(self, case_id: str) -> Undone | None:
        """Do the latest undone step of a case again; None when there is none. Raises UndoConflictError."""
        return self._step(case_id, is_redo=True)

    def undo_labels(self, case_id: str) -> tuple[str | None, str | None]:
        """What undo and redo would do, in words; None where there is nothing."""
        with self._connected() as connection:
            return journal.labels(connection, case_id)

    def record(self, operation: str, label: str, *, case_id: str | None = None) -> None:
        """An audit event for something that changes no row: a letter printed, a record exported."""
        with self._transaction() as rows:
            self._finish(rows, operation, label, case_id, "", set())

    # View state

    def remember(self, key: str, json_text: str) -> None:
        """Keep a screen's state, without audit or undo. On a read-only store it is kept until closing."""
        if self._is_read_only:
            self._unsaved_views[key] = json_text
            return
        with self._transaction() as rows:
            rows.put("view_state", {"key": key, "json_text": json_text})

    def recall(self, key: str) -> str | None:
        """The state kept under a key, or None."""
        if key in self._unsaved_views:
            return self._unsaved_views[key]
        with self._connected() as connection:
            row = RowReader(connection).one("view_state", {"key": key})
        return str(row["json_text"]) if row else None

    # Audit and safety

    def audit(self, case_id: str | None = None, limit: int = 200) -> tuple[AuditEvent, ...]:
        """The newest audit events, newest first; of one case, or of all (None)."""
        with self._connected() as connection:
            return self._log.latest(connection, case_id, limit)

    def verify_audit(self) -> ChainProblem | None:
        """The first thing wrong with the audit chain, its end included, since the store was opened; None if sound."""
        with self._connected() as connection:
            return self._end_problem or self._log.verify(connection)

    def back_up_to(self, target: Path) -> None:
        """Write a verified, encrypted copy of the store under the same key. Raises StoreError."""
        self._open_engine()
        try:
            with in_words():
                back_up(self._files.store, target, self._key)
        except OSError as error:
            raise BackupTargetError from error

    def check_pages(self) -> None:
        """Read every page and check its seal. Raises DamagedStoreError."""
        self._open_engine()
        with in_words():
            require_sound_pages(self._files.store, self._key, is_read_only=self._is_read_only)

    def change_actor(self, actor: Actor) -> None:
        """Name the reviewer anew, in the profile and for every later event."""
        with self.write("profile_changed", "Change reviewer", case_id=None) as work:
            work.profile.put(actor)
        self._actor = actor

    def close(self) -> None:
        """Close the files, forget the key, and let go of the lock. Closing twice is harmless."""
        with self._write_lock:
            if self._engine is None:
                return
            self._engine.dispose()
            self._engine = None
            self._key.wipe()
            self._unsaved_views.clear()
            if self._lock is not None:
                self._lock.release()

    # How

    def _open_engine(self) -> Engine:
        if self._engine is None:
            raise StoreClosedError
        return self._engine

    @contextmanager
    def _connected(self) -> Generator[Connection]:
        with in_words(), self._open_engine().connect() as connection:
            yield connection

    @contextmanager
    def _transaction(self) -> Generator[RowWriter]:
        if self._is_read_only:
            raise ReadOnlyError
        with self._write_lock:
            if self._is_writing:
                raise RuntimeError("a write is already open in this thread: use its unit of work")
            self._is_writing = True
            try:
                with in_words(), writing(self._open_engine().connect()) as connection, connection.begin():
                    rows = RowWriter(connection)
                    yield rows
                if self._newest is not None:
                    self._log.note(self._newest)
            finally:
                self._newest = None
                self._is_writing = False

    def _keep_step(
        self,
        rows: RowWriter,
        case_id: str,
        operation: str,
        label: str,
        changes: list[RowChange],
        typed: _Typed | None,
    ) -> None:
        step_id, last = self._typed.pop(case_id, (0, None))
        is_going_on = typed and last and last.goes_on_in(typed)
        if not (is_going_on and journal.join(rows.connection, case_id, step_id, changes)):
            step_id = journal.record(rows.connection, case_id, operation, label, to_json(changes))
        if typed is not None:
            self._typed[case_id] = (step_id, typed)

    def _finish(
        self,
        rows: RowWriter,
        operation: str,
        label: str,
        case_id: str | None,
        images: str,
        touched: set[str],
    ) -> None:
        now = self._clock.now()
        cases = table_named("case_row")
        for one in touched:
            stamped = cases.update().where(cases.c.id == one).values(updated_at=now.isoformat())
            rows.connection.execute(stamped)
        self._newest = self._log.append(
            rows.connection,
            at=now,
            actor=self._actor,
            operation=operation,
            case_id=case_id,
            label=label,
            detail_hash=hash_of(images) if images else "",
        )

    def _step(self, case_id: str, *, is_redo: bool) -> Undone | None:
        with self._transaction() as rows:
            self._typed.pop(case_id, None)
            done = journal.step(rows, case_id, is_redo=is_redo)
            if done is not None:
                verb = "redo" if is_redo else "undo"
                images = to_json(fold(rows.changes))
                label = f"{verb.capitalize()}: {done.label}"
                self._finish(rows, f"{verb}:{done.operation}", label, case_id, images, {case_id})
            return done
