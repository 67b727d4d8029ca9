"""What an operation touched, as flags that screens subscribe to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ChangeFlag(Enum):
    """A part of the store that a screen may depend on."""

    CASE_LIST = "case_list"
    CASE = "case"
    DOCUMENTS = "documents"
    CRITERIA = "criteria"
    ASSESSMENTS = "assessments"
    EVIDENCE = "evidence"
    DETERMINATION = "determination"
    LETTER = "letter"
    TASKS = "tasks"
    REFERENCES = "references"
    ARGUMENT = "argument"
    PACKET = "packet"
    PEER_TO_PEER = "peer_to_peer"
    STATIONERY = "stationery"
    """Letterheads, snippets and templates."""
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Changes:
    """Flags and the cases they concern."""

    flags: frozenset[ChangeFlag]
    case_ids: frozenset[str]
    """Empty: every case, as after a criteria set was typed."""

    def touches(self, flags: frozenset[ChangeFlag], case_id: str | None) -> bool:
        """Whether a screen that shows `case_id` (None: all cases) and depends on `flags` must refresh."""
        is_of_case = case_id is None or not self.case_ids or case_id in self.case_ids
        return bool(self.flags & flags) and is_of_case
