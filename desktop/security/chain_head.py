"""The newest audit event, noted outside the store, so that cutting off the end of the chain is seen.

It cannot see the whole folder, this note included, being put back to an earlier day.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from desktop.domain.audit import AuditEvent
from desktop.security.atomic_file import write_private
from desktop.security.audit_chain import ChainProblem, is_same


class _Note(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    sequence: int
    hash: str
    mac: str


@dataclass(frozen=True, slots=True)
class Head:
    """The number and the hash of the newest event when the note was written."""

    sequence: int
    hash: str


def write_head(path: Path, event: AuditEvent, key: bytes) -> None:
    """Note the newest event. Raises OSError; the older note then stands, which is harmless."""
    note = _Note(sequence=event.sequence, hash=event.hash, mac=_mac(event.sequence, event.hash, key))
    write_private(path, note.model_dump_json().encode("ascii"))


def read_head(path: Path, key: bytes) -> Head | None:
    """The note, or None when it is missing, damaged or was not written with this key."""
    try:
        note = _Note.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    if not is_same(note.mac, _mac(note.sequence, note.hash, key)):
        return None
    return Head(note.sequence, note.hash)


def check_head(head: Head | None, noted: AuditEvent | None) -> ChainProblem | None:
    """Hold the note against `noted`, the store's event with the note's number.

    A store that is ahead of its note is sound: the program ended between writing the one and the other.
    """
    if head is None:
        return ChainProblem(0, "The note of the newest audit event (head.json) is missing or was changed.")
    if noted is None:
        return ChainProblem(
            head.sequence,
            f"The store ends before audit event {head.sequence}, which was once written: it was cut off, "
            "or an older copy of the store was put in its place.",
        )
    if noted.sequence != head.sequence or not is_same(noted.hash, head.hash):
        return ChainProblem(
            head.sequence, f"Audit event {head.sequence} is not the one that was once written."
        )
    return None


def _mac(sequence: int, event_hash: str, key: bytes) -> str:
    return hmac.new(key, f"{sequence}\n{event_hash}".encode(), hashlib.sha256).hexdigest()
