"""The undo journal: each undoable step of a case with the row images that take it back or do it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, select, update

from desktop.store.errors import UndoConflictError
from desktop.store.row_changes import RowChange, fold, from_json, to_json
from desktop.store.rows import RowWriter, table_named

MOST_STEPS = 500
"""Steps kept for each case; the oldest go first."""

_BOOKS = frozenset(
    {
        "letter_pdf",
        "kept_file",
        "kept_for",
        "criteria_source",
        "criteria_case",
        "criteria_archive",
        "profile",
        "number_series",
    }
)


@dataclass(frozen=True, slots=True)
class Undone:
    """A step that was taken back or done again."""

    operation: str
    label: str


def is_undoable(change: RowChange) -> bool:
    """Whether a row belongs to a case's record; the store's own books are never undone."""
    return change.table not in _BOOKS


def record(connection: Connection, case_id: str, operation: str, label: str, images: str) -> int:
    """Add a step and return its id. What had been undone can no longer be done again."""
    journal = table_named("journal")
    connection.execute(delete(journal).where(journal.c.case_id == case_id, journal.c.is_undone == 1))
    step = {"case_id": case_id, "operation": operation, "label": label, "images": images, "is_undone": 0}
    added = connection.execute(journal.insert().values(step).returning(journal.c.id)).scalar_one()
    kept = (
        select(journal.c.id)
        .where(journal.c.case_id == case_id)
        .order_by(journal.c.id.desc())
        .limit(MOST_STEPS)
        .scalar_subquery()
    )
    connection.execute(delete(journal).where(journal.c.case_id == case_id, journal.c.id.not_in(kept)))
    return int(added)


def join(connection: Connection, case_id: str, step_id: int, changes: Sequence[RowChange]) -> bool:
    """Make the changes part of a step; False, with nothing done, unless it is the case's latest and nothing is undone.

    So that a sentence saved three times while it was typed is one step to take back. A step that comes to nothing goes.
    """
    latest = _next(connection, case_id, is_redo=False)
    if latest is None or latest[0] != step_id or _next(connection, case_id, is_redo=True):
        return False
    journal = table_named("journal")
    joined = fold((*from_json(latest[3]), *changes))
    if joined:
        images = to_json(joined)
        connection.execute(update(journal).where(journal.c.id == step_id).values(images=images))
    else:
        connection.execute(delete(journal).where(journal.c.id == step_id))
    return True


def forget(connection: Connection, case_id: str) -> None:
    """Drop every step of a case: nothing before this moment can be undone or done again."""
    journal = table_named("journal")
    connection.execute(delete(journal).where(journal.c.case_id == case_id))


def labels(connection: Connection, case_id: str) -> tuple[str | None, str | None]:
    """The labels of the next undo and the next redo."""
    return _label(connection, case_id, is_redo=False), _label(connection, case_id, is_redo=True)


def step(rows: RowWriter, case_id: str, *, is_redo: bool) -> Undone | None:
    """Take the latest step back, or do the latest undone one again; None when there is none.

    Raises UndoConflictError when the rows are not as the step left them.
    """
    found = _next(rows.connection, case_id, is_redo=is_redo)
    if found is None:
        return None
    step_id, operation, label, images = found
    changes = from_json(images)
    wanted = changes if is_redo else tuple(change.inverse for change in reversed(changes))
    for change in wanted:
        if not rows.apply(change):
            raise UndoConflictError
    journal = table_named("journal")
    rows.connection.execute(
        update(journal).where(journal.c.id == step_id).values(is_undone=0 if is_redo else 1)
    )
    return Undone(operation, label)


def _label(connection: Connection, case_id: str, *, is_redo: bool) -> str | None:
    # Without the images: those of a large import are megabytes, and the label is asked for at each reading.
    column = table_named("journal").c.label
    found: str | None = connection.execute(_latest(case_id, column, is_redo=is_redo)).scalar()
    return found


def _next(connection: Connection, case_id: str, *, is_redo: bool) -> tuple[int, str, str, str] | None:
    journal = table_named("journal")
    columns = (journal.c.id, journal.c.operation, journal.c.label, journal.c.images)
    row = connection.execute(_latest(case_id, *columns, is_redo=is_redo)).mappings().first()
    return (row["id"], row["operation"], row["label"], row["images"]) if row is not None else None


def _latest(case_id: str, *columns: ColumnElement[Any], is_redo: bool) -> Select[Any]:
    """Of the step that undo would take back, or redo do again, these columns."""
    journal = table_named("journal")
    query = select(*columns).where(journal.c.case_id == case_id, journal.c.is_undone == (1 if is_redo else 0))
    return query.order_by(journal.c.id.asc() if is_redo else journal.c.id.desc()).limit(1)
