"""The audit chain: every event carries an HMAC over itself and the one before, under a key that is not in the store.

It must not know where events are kept. It finds edits, deletions, insertions and reordering; that the newest events
were cut off is found by `chain_head`, whose record lies outside the store.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.domain.audit import GENESIS, Actor, AuditEvent


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """Where the chain does not hold, and how, in words. `sequence` is the event at which it shows."""

    sequence: int
    what: str

    def __str__(self) -> str:
        return self.what


def append(
    previous: AuditEvent | None,
    *,
    at: datetime,
    actor: Actor,
    operation: str,
    key: bytes,
    case_id: str | None = None,
    label: str = "",
    detail_hash: str = "",
) -> AuditEvent:
    """The next event of the chain. `at` needs a zone; the actor is written as name and credential."""
    if at.tzinfo is None:
        raise ValueError("an audit event needs an instant with a zone")
    unsigned = AuditEvent(
        sequence=1 if previous is None else previous.sequence + 1,
        at=at.astimezone(UTC),
        actor=named(actor),
        operation=operation,
        case_id=case_id,
        label=label,
        detail_hash=detail_hash,
        previous_hash=GENESIS if previous is None else previous.hash,
        hash="",
    )
    return unsigned.model_copy(update={"hash": seal(unsigned, key)})


def named(actor: Actor) -> str:
    """A person as events name them: `Ada Example, RN`."""
    return ", ".join(part for part in (actor.name, actor.credential) if part)


def seal(event: AuditEvent, key: bytes) -> str:
    """The event's hash: hex HMAC-SHA256 over all its other fields."""
    return hmac.new(key, event.payload().encode("utf-8"), hashlib.sha256).hexdigest()


def is_same(left: str, right: str) -> bool:
    """Whether two hashes are equal, in a time that tells nothing; either may hold any character after tampering."""
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))


def verify(events: Iterable[AuditEvent], key: bytes) -> ChainProblem | None:
    """The first place where a whole chain, oldest first, does not hold; None when it does."""
    previous_hash = GENESIS
    for sequence, event in enumerate(events, start=1):
        if event.sequence != sequence:
            return ChainProblem(
                sequence, f"Audit event {sequence} is missing or out of place; {event.sequence} stands there."
            )
        if not is_same(event.hash, seal(event, key)):
            return ChainProblem(sequence, f"Audit event {sequence} was changed after it was written.")
        if event.previous_hash != previous_hash:
            return ChainProblem(sequence, f"Audit event {sequence} does not follow the one before it.")
        previous_hash = event.hash
    return None
