"""Brings a store to this program's schema, or leaves it exactly as it was; it refuses one from a newer program.

Foreign keys are off while the schema changes: rebuilding a table with them on deletes the rows that point at it.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, inspect, select, table, text

from desktop.security.data_key import DataKey
from desktop.store.backup import back_up, require_sound_pages
from desktop.store.connection import connect, engine_for, writing
from desktop.store.errors import DiskFullError, MigrationFailedError, NewerSchemaError, NotAStoreError

REVISIONS: Final = ("0001", "0002", "0003", "0004")
"""Every schema this program knows, oldest first; the last is its own."""

SCRIPTS: Final = Path(__file__).resolve().parent / "migrations"


class MigrationBrokenError(RuntimeError):
    """A migration lost rows or left references that lead nowhere."""


def schema_of(path: Path, key: DataKey, *, is_read_only: bool = False) -> str:
    """The store's schema. Raises NotAStoreError when there is none, or the driver's error for a wrong key."""
    with closing(connect(path, key, is_read_only=is_read_only)) as connection:
        if not connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
        ).fetchall():
            raise NotAStoreError("the file is encrypted, but holds something else")
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(found) != 1:
        raise NotAStoreError("it does not say which version of the program wrote it")
    return str(found[0][0])


def needs_migration(found: str, revisions: tuple[str, ...] = REVISIONS) -> bool:
    """Whether a schema is older than this program's. Raises NewerSchemaError for one it does not know."""
    if found not in revisions:
        raise NewerSchemaError(found, revisions[-1])
    return found != revisions[-1]


def create_schema(path: Path, key: DataKey) -> None:
    """Fill an empty file with this program's schema, in one transaction."""
    _upgrade(path, key, SCRIPTS)


def migrate(
    path: Path, key: DataKey, *, scripts: Path = SCRIPTS, revisions: tuple[str, ...] = REVISIONS
) -> Path | None:
    """Bring an existing store up to date. Returns the backup made before, or None when nothing was to be done.

    Raises NewerSchemaError; MigrationFailedError after the store was put back as it was.
    """
    found = schema_of(path, key)
    if not needs_migration(found, revisions):
        return None
    backup = path.with_name(f"{path.stem}-schema-{found}.backup")
    back_up(path, backup, key)
    try:
        _upgrade(path, key, scripts)
        require_sound_pages(path, key)
    except DiskFullError:
        _restore(backup, path, key)
        raise
    except Exception as error:
        _restore(backup, path, key)
        raise MigrationFailedError from error
    return backup


def _restore(backup: Path, path: Path, key: DataKey) -> None:
    # The log belongs to the file that is being replaced; left behind it would be played into the restored one.
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    back_up(backup, path, key)


def _upgrade(path: Path, key: DataKey, scripts: Path) -> None:
    # Imported here: Alembic costs a tenth of a second and most starts do not need it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    engine = engine_for(path, key, is_pooled=False)
    try:
        with engine.connect() as connection:
            # Outside a transaction, because inside one SQLite ignores it.
            driver = connection.connection.driver_connection
            if driver is None:
                raise MigrationBrokenError("there is no connection")
            driver.execute("PRAGMA foreign_keys = OFF")
            with writing(connection).begin():
                before = _row_counts(connection)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                _require_nothing_lost(connection, before)
    finally:
        engine.dispose()


def _row_counts(connection: Connection) -> dict[str, int]:
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names
    }


def _require_nothing_lost(connection: Connection, before: dict[str, int]) -> None:
    after = _row_counts(connection)
    lost = [name for name, count in before.items() if name in after and after[name] < count]
    if lost:
        raise MigrationBrokenError(f"rows were lost in {', '.join(sorted(lost))}")
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise MigrationBrokenError("rows point at rows that are not there")
