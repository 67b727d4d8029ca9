"""The audit chain as kept in the store, and the note of its newest event beside the store."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, RowMapping, select

from desktop.domain.audit import Actor, AuditEvent
from desktop.security.audit_chain import ChainProblem, append, verify
from desktop.security.chain_head import check_head, read_head, write_head
from desktop.security.data_key import DataKey
from desktop.store.mappers import Mapper
from desktop.store.rows import table_named

_LOG = logging.getLogger(__name__)
_EVENT = Mapper("audit_event", AuditEvent)
_AT_ONCE = 500


class AuditLog:
    """Appends to the chain inside a caller's transaction; the note is written once that has been committed."""

    def __init__(self, head_path: Path, key: DataKey) -> None:
        self._head_path = head_path
        self._event_key = key.derive(b"audit chain")
        self._head_key = key.derive(b"audit head")

    def append(
        self,
        connection: Connection,
        *,
        at: datetime,
        actor: Actor,
        operation: str,
        case_id: str | None,
        label: str,
        detail_hash: str = "",
    ) -> AuditEvent:
        """Write the next event."""
        newest = self.newest(connection)
        event = append(
            newest,
            at=at,
            actor=actor,
            operation=operation,
            case_id=case_id,
            label=label,
            detail_hash=detail_hash,
            key=self._event_key,
        )
        connection.execute(table_named("audit_event").insert().values(_EVENT.row(event)))
        return event

    def newest(self, connection: Connection) -> AuditEvent | None:
        """The last event of the chain."""
        events = self.latest(connection, None, 1)
        return events[0] if events else None

    def latest(self, connection: Connection, case_id: str | None, limit: int) -> tuple[AuditEvent, ...]:
        """The newest events, newest first; of one case, or of all (None)."""
        table = table_named("audit_event")
        query = select(table).order_by(table.c.sequence.desc()).limit(max(0, limit))
        if case_id is not None:
            query = query.where(table.c.case_id == case_id)
        return tuple(_event(row) for row in connection.execute(query).mappings())

    def verify(self, connection: Connection) -> ChainProblem | None:
        """Whether the whole chain holds, end included."""
        return verify(self._oldest_first(connection), self._event_key) or self.check_end(connection)

    def check_end(self, connection: Connection) -> ChainProblem | None:
        """Whether the chain still reaches the event that was noted beside the store."""
        head = read_head(self._head_path, self._head_key)
        noted = None
        if head is not None:
            table = table_named("audit_event")
            row = (
                connection.execute(select(table).where(table.c.sequence == head.sequence)).mappings().first()
            )
            noted = _event(row) if row is not None else None
        return check_head(head, noted)

    def owns_head(self) -> bool:
        """Whether the note was written with this store's key, which proves the key to be the right one."""
        return read_head(self._head_path, self._head_key) is not None

    def note(self, event: AuditEvent) -> None:
        """Note a committed event beside the store. A failure is only logged: the event itself is safe in the store."""
        try:
            write_head(self._head_path, event, self._head_key)
        except OSError:
            _LOG.warning(
                "the note of the newest audit event could not be written; the next event is noted again"
            )

    def _oldest_first(self, connection: Connection) -> Iterator[AuditEvent]:
        table, after = table_named("audit_event"), 0
        while True:
            query = select(table).where(table.c.sequence > after).order_by(table.c.sequence).limit(_AT_ONCE)
            rows = connection.execute(query).mappings().all()
            yield from (_event(row) for row in rows)
            if len(rows) < _AT_ONCE:
                return
            after = rows[-1]["sequence"]


def _event(found: RowMapping) -> AuditEvent:
    row = dict(found)
    try:
        return _EVENT.read(row)
    except ValidationError:
        # An event that someone wrote over must neither stop the list nor the program: its hash will not hold.
        shown: dict[str, Any] = dict(row)
        shown |= {"at": datetime.fromtimestamp(0, UTC), "operation": "unreadable_event"}
        shown |= {"label": "This event was changed and cannot be read."}
        return AuditEvent.model_construct(**shown)
