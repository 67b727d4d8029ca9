"""The audit event: what was done by whom, in a chain where each event carries the hash of the one before."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value

GENESIS = "0" * 64
"""The previous hash of the first event."""


class Actor(Value):
    """The person at the keyboard, as named in the store's profile."""

    name: Text
    credential: Text = ""


class AuditEvent(Value):
    """One operation. `hash` is an HMAC over all other fields; the key is not in the store."""

    sequence: int
    at: datetime
    actor: Text
    operation: Identifier
    case_id: Identifier | None = None
    label: Text = ""
    detail_hash: str = ""
    """SHA-256 of the row images that the operation wrote."""
    previous_hash: str
    hash: str

    def payload(self) -> str:
        """The bytes that the hash is taken over, as text: one field a line, lengths first so none can be shifted."""
        fields = (
            str(self.sequence),
            self.at.isoformat(),
            self.actor,
            self.operation,
            self.case_id or "",
            self.label,
            self.detail_hash,
            self.previous_hash,
        )
        return "\n".join(f"{len(field)}:{field}" for field in fields)
