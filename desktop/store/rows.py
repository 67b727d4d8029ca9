"""Reading and writing rows as plain dictionaries; every write is recorded so that it can be audited and undone.

It must not know what a row means; that is the mappers' and the repositories' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, update
from sqlmodel import SQLModel

from desktop.store import review_tables as _review_tables
from desktop.store import tables as _tables
from desktop.store.row_changes import Cell, Row, RowChange

__all__ = ["RowReader", "RowWriter", "table_named"]

# Importing the two modules fills the metadata.
_REGISTERED = (_tables, _review_tables)


def table_named(name: str) -> Table:
    """The table with a name."""
    return SQLModel.metadata.tables[name]


class RowReader:
    """Rows of one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def all(self, table: str, where: Mapping[str, Cell], *, order_by: Sequence[str] = ()) -> list[Row]:
        """Every row whose columns equal `where`."""
        described = table_named(table)
        query = select(described).where(*_is(described, where))
        query = query.order_by(*(described.c[name] for name in order_by))
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def column(
        self, table: str, name: str, where: Mapping[str, Cell], *, order_by: Sequence[str] = ()
    ) -> list[Cell]:
        """One column of every row whose columns equal `where`: for when the others are large."""
        described = table_named(table)
        query = select(described.c[name]).where(*_is(described, where))
        return list(
            self.connection.execute(query.order_by(*(described.c[item] for item in order_by))).scalars()
        )

    def one(self, table: str, where: Mapping[str, Cell]) -> Row | None:
        """The row whose columns equal `where` (its key), or None."""
        found = self.all(table, where)
        return found[0] if found else None


class RowWriter(RowReader):
    """Rows that can also be written; `changes` records what was done, in order."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.changes: list[RowChange] = []

    def insert(self, table: str, row: Row) -> None:
        """Add a row."""
        self.connection.execute(insert(table_named(table)).values(row))
        self.changes.append(RowChange(table, _key_of(table, row), None, row))

    def update(self, table: str, old: Row, new: Row) -> None:
        """Write the columns in which `new` differs from `old`; nothing happens when none does."""
        changed = [name for name in new if new[name] != old[name]]
        if not changed:
            return
        key, after = _key_of(table, old), {name: new[name] for name in changed}
        described = table_named(table)
        self.connection.execute(update(described).where(*_is(described, dict(key))).values(after))
        self.changes.append(RowChange(table, key, {name: old[name] for name in changed}, after))

    def delete(self, table: str, row: Row) -> None:
        """Remove a row."""
        key, described = _key_of(table, row), table_named(table)
        self.connection.execute(delete(described).where(*_is(described, dict(key))))
        self.changes.append(RowChange(table, key, row, None))

    def put(self, table: str, row: Row) -> None:
        """Insert a row, or update the one with its key."""
        old = self.one(table, dict(_key_of(table, row)))
        if old is None:
            self.insert(table, row)
        else:
            self.update(table, old, row)

    def replace(self, table: str, rows: Iterable[Row], where: Mapping[str, Cell]) -> None:
        """Make the rows that equal `where` exactly `rows`, touching only those that differ."""
        old = {_key_of(table, row): row for row in self.all(table, where)}
        new = {_key_of(table, row): row for row in rows}
        for key in old.keys() - new.keys():
            self.delete(table, old[key])
        for key, row in new.items():
            if key in old:
                self.update(table, old[key], row)
            else:
                self.insert(table, row)

    def apply(self, change: RowChange) -> bool:
        """Do a recorded change, or an inverse. False, with nothing done, when the row is not as the change found it."""
        present = self.one(change.table, dict(change.key))
        if change.before is None or present is None:
            if change.before is not None or present is not None or change.after is None:
                return False
            self.insert(change.table, dict(change.after))
            return True
        # `updated_at` moves with every write and is no part of what a step did.
        if any(present[name] != value for name, value in change.before.items() if name != "updated_at"):
            return False
        if change.after is None:
            self.delete(change.table, present)
        else:
            self.update(change.table, present, {**present, **change.after})
        return True


def _key_of(table: str, row: Row) -> tuple[tuple[str, Cell], ...]:
    return tuple((column.name, row[column.name]) for column in table_named(table).primary_key.columns)


def _is(described: Table, where: Mapping[str, Cell]) -> list[ColumnElement[bool]]:
    return [described.c[name] == value for name, value in where.items()]
