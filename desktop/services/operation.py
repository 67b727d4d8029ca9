"""What every operation returns: its value, and what it changed, so that screens know whether to look again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop.domain.changes import ChangeFlag, Changes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OperationResult(Generic[T]):
    """The value of an operation and the changes that it made."""

    value: T
    changes: Changes


def result(value: T, case_id: str, *flags: ChangeFlag) -> OperationResult[T]:
    """A result for one case. Every undoable operation also changes what can be undone."""
    touched = frozenset({*flags, ChangeFlag.UNDO})
    return OperationResult(value, Changes(touched, frozenset({case_id})))
