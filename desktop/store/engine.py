"""Making a store and opening one, with every way in which that fails said in words; the store itself is in `store`.

It must not ask for a password or know the vault: it is handed the key.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from desktop.domain.audit import Actor
from desktop.domain.clock import Clock
from desktop.security.data_key import DataKey
from desktop.store.audit_log import AuditLog
from desktop.store.backup import create_empty, require_sound_pages, sync
from desktop.store.connection import connect, engine_for, require_sound_sqlite, writing
from desktop.store.errors import (
    DamagedStoreError,
    DiskError,
    DiskFullError,
    FolderNotWritableError,
    NeedsMigrationError,
    StoreError,
    StoreExistsError,
    UnfinishedReadOnlyError,
    WrongKeyError,
    in_words,
    store_error_of,
)
from desktop.store.instance_lock import InstanceLock, ReadOnlyFolderError
from desktop.store.journal import Undone
from desktop.store.migrate import create_schema, migrate, needs_migration, schema_of
from desktop.store.rows import RowWriter
from desktop.store.store import Store
from desktop.store.store_files import StoreFiles, require_store_file
from desktop.store.unit_of_work import Reader, UnitOfWork

__all__ = ["Reader", "Store", "StoreError", "Undone", "UnitOfWork", "create_store", "open_store"]

_CHECKED_AT_OPENING = 32 * 1024 * 1024
"""Bytes up to which every page is checked at opening; the pages of a larger file are checked as they are read."""

_ROOM_TO_OPEN = 128 * 1024

_NOT_A_DATABASE = 26  # SQLITE_NOTADB: what a first page that fails its seal looks like


def create_store(folder: Path, key: DataKey, *, actor: Actor, clock: Clock) -> Store:
    """Make a store in a folder (made too, if need be) and open it. The actor becomes its profile.

    Raises StoreExistsError, LockedError, FolderNotWritableError, DiskFullError.
    """
    require_sound_sqlite()
    files = StoreFiles(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = InstanceLock(files.lock)
    except (ReadOnlyFolderError, OSError) as error:
        raise FolderNotWritableError from error
    try:
        if files.exists:
            raise StoreExistsError
        _make(files, key, actor, clock)
        return Store(files, key, actor=actor, clock=clock, lock=lock)
    except BaseException:
        lock.release()
        raise


def open_store(folder: Path, key: DataKey, *, actor: Actor | None = None, clock: Clock) -> Store:
    """Open the store of a folder; without an actor, its profile tells who is at the keyboard.

    A store that cannot be written to opens for viewing (`is_read_only`). Raises NotAStoreError, WrongKeyError,
    NewerSchemaError, LockedError, DamagedStoreError, MigrationFailedError, NeedsMigrationError,
    UnfinishedReadOnlyError, DiskFullError, DiskError, BusyError.
    """
    require_sound_sqlite()
    files = StoreFiles(folder)
    require_store_file(files.store)
    lock = _lock_unless_read_only(files)
    try:
        return _opened(files, key, actor, clock, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _opened(
    files: StoreFiles, key: DataKey, actor: Actor | None, clock: Clock, lock: InstanceLock | None
) -> Store:
    try:
        _prepare(files, key, is_read_only=lock is None)
        return Store(files, key, actor=actor, clock=clock, lock=lock)
    except DiskError as error:
        # Without room for the index of its log, SQLite cannot open a file at all and calls that an I/O error.
        if lock is not None and shutil.disk_usage(files.folder).free < _ROOM_TO_OPEN:
            raise DiskFullError from error
        raise


def _make(files: StoreFiles, key: DataKey, actor: Actor, clock: Clock) -> None:
    # Under another name until it is whole, its first audit event included: a store is there or it is not.
    partial = files.store.with_name("indicated.store.partial")
    for left in (partial, *(partial.with_name(partial.name + suffix) for suffix in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)
    with in_words():
        create_empty(partial)
        create_schema(partial, key)
        engine, log = engine_for(partial, key, is_pooled=False), AuditLog(files.head, key)
        try:
            with writing(engine.connect()) as connection, connection.begin():
                profile = {"id": 1, **actor.model_dump()}
                RowWriter(connection).insert("profile", profile)
                event = log.append(
                    connection,
                    at=clock.now(),
                    actor=actor,
                    operation="store_created",
                    case_id=None,
                    label="Create store",
                )
        finally:
            engine.dispose()
    sync(partial)
    log.note(event)
    partial.replace(files.store)


def _lock_unless_read_only(files: StoreFiles) -> InstanceLock | None:
    try:
        lock = InstanceLock(files.lock)
    except ReadOnlyFolderError:
        return None
    if os.access(files.store, os.W_OK):
        return lock
    lock.release()
    return None


def _prepare(files: StoreFiles, key: DataKey, *, is_read_only: bool) -> None:
    if is_read_only and files.log.exists() and files.log.stat().st_size > 0:
        raise UnfinishedReadOnlyError
    try:
        found = schema_of(files.store, key, is_read_only=is_read_only)
        if needs_migration(found):
            if is_read_only:
                raise NeedsMigrationError
            migrate(files.store, key)
        is_folded_in = is_read_only or _fold_log_in(files, key)
        if is_folded_in and files.store.stat().st_size <= _CHECKED_AT_OPENING:
            require_sound_pages(files.store, key, is_read_only=is_read_only)
    except sqlcipher.Error as error:
        raise _worded(error, files, key) or error from error


def _fold_log_in(files: StoreFiles, key: DataKey) -> bool:
    """Bring what a crash left in the log into the file, so that its pages can be judged; False on a full disk."""
    try:
        with closing(connect(files.store, key)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlcipher.OperationalError as error:
        # The log goes on serving what it holds: reading must not depend on room to write.
        if isinstance(store_error_of(error), DiskFullError):
            return False
        raise
    return True


def _worded(error: sqlcipher.Error, files: StoreFiles, key: DataKey) -> StoreError | None:
    code: object = getattr(error, "sqlite_errorcode", None)
    if code == _NOT_A_DATABASE and not AuditLog(files.head, key).owns_head():
        return WrongKeyError()
    return DamagedStoreError() if code == _NOT_A_DATABASE else store_error_of(error)
