"""A verified, encrypted copy of the store made by SQLite's backup API; copying the file itself could lose the log."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from desktop.security.data_key import DataKey
from desktop.store.connection import connect
from desktop.store.errors import DamagedStoreError


def back_up(source: Path, target: Path, key: DataKey) -> None:
    """Copy a store to `target` under the same key, and read every page of the copy before it gets its name.

    Raises DamagedStoreError when the copy does not verify; `target` is then not there.
    """
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        create_empty(partial)
        with closing(connect(source, key)) as live, closing(connect(partial, key)) as copy:
            live.backup(copy)
        require_sound_pages(partial, key)
        sync(partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def create_empty(path: Path) -> None:
    """An empty file that only its owner may read, for SQLite to fill."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def sync(path: Path) -> None:
    """Have the file on the disk before going on."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_sound_pages(path: Path, key: DataKey, *, is_read_only: bool = False) -> None:
    """Read every page and check its seal and the tables' structure. Raises DamagedStoreError."""
    with closing(connect(path, key, is_read_only=is_read_only)) as connection:
        damaged = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if damaged:
            raise DamagedStoreError(len(damaged))
        if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise DamagedStoreError
