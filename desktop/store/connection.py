"""Connections to the encrypted file: keyed, quiet, durable. It must never write the key or an error to a log."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Final
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import NullPool, QueuePool
from sqlmodel import create_engine

from desktop.security.data_key import DataKey

# Before 3.51.3 a race in resetting the write-ahead log could corrupt a file with two connections
# (https://sqlite.org/wal.html, "WAL-reset bug").
OLDEST_SQLITE: Final = (3, 51, 3)
_BUSY_MS: Final = 5_000
_SMALL_PARTS: Final = "SELECT " + ", ".join(["'" + "0" * 40 + "'"] * 400)
_WRITES: Final = "indicated_writes"


class OutdatedSqliteError(RuntimeError):
    """The SQLCipher library in this installation is too old to be trusted with a record."""


def require_sound_sqlite() -> None:
    """Raise OutdatedSqliteError when the SQLite inside SQLCipher has the race that corrupts files."""
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise OutdatedSqliteError(f"SQLite {sqlcipher.sqlite_version} is older than 3.51.3")


def connect(path: Path, key: DataKey, *, is_read_only: bool = False) -> sqlcipher.Connection:
    """A keyed connection in autocommit mode; a wrong key shows only at the first statement that reads.

    Read-only connections take the file as immutable: a file in WAL mode opens in no other way on a read-only disk.
    """
    mode = "mode=ro&immutable=1" if is_read_only else "mode=rw"
    # No statement cache while the key is set, so that no copy of the statement with the key stays in it.
    connection = sqlcipher.connect(
        f"file:{quote(str(path.absolute()))}?{mode}",
        timeout=_BUSY_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=0,
        uri=True,
    )
    try:
        # SQLCipher prints its errors on stderr unless told not to.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA cipher_log = off")
        _set_key(connection, key)
        # Version 4 of the file format, whatever a later SQLCipher takes as its default.
        connection.execute("PRAGMA cipher_compatibility = 4")
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _set_key(connection: sqlcipher.Connection, key: DataKey) -> None:
    """Key the connection and leave no copy of the key in freed memory (tests/store/memory_scan.py looks for one)."""
    raw = key.expose()
    digits = raw.hex()
    statement = f"PRAGMA key = \"x'{digits}'\""
    connection.execute(statement)
    for copy in (raw, digits, statement):
        _clear(copy)
    # SQLite frees its own copy without clearing it. A statement of many small parts takes every block of that size.
    connection.execute(_SMALL_PARTS)


def _clear(secret: str | bytes) -> None:
    """Write over the characters of an object that nothing else holds; both kinds keep them at their end, then a NUL."""
    if sys.implementation.name == "cpython" and (isinstance(secret, bytes) or secret.isascii()):
        start = id(secret) + sys.getsizeof(secret) - len(secret) - 1
        ctypes.memset(start, 0, len(secret))


def engine_for(path: Path, key: DataKey, *, is_read_only: bool = False, is_pooled: bool = True) -> Engine:
    """An engine over keyed connections. It begins transactions itself: IMMEDIATE for writers, plain for readers."""

    def creator() -> sqlcipher.Connection:
        connection = connect(path, key, is_read_only=is_read_only)
        if not is_read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        return connection

    engine = create_engine(
        "sqlite://",
        creator=creator,
        module=sqlcipher,
        poolclass=QueuePool if is_pooled else NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def writing(connection: Connection) -> Connection:
    """The connection, set to begin its transactions as a writer: waiting for the lock then, not failing later."""
    return connection.execution_options(**{_WRITES: True})


def _begin(connection: Connection) -> None:
    writes = bool(connection.get_execution_options().get(_WRITES, False))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
