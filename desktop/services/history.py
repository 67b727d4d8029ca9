"""Undo and redo of operations on a case, named so that the reviewer sees what will be taken back."""

from __future__ import annotations

from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.errors import UserFacingError
from desktop.services.operation import OperationResult
from desktop.store.engine import Store

# A step may have touched any part of the case, so every screen on it looks again.
_ANYTHING = frozenset(ChangeFlag)


class History:
    """The steps of a case, backwards and forwards; they survive a restart."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def labels(self, case_id: str) -> tuple[str | None, str | None]:
        """What undo and redo would do, in words; None where there is nothing."""
        return self._store.undo_labels(case_id)

    def undo(self, case_id: str) -> OperationResult[str]:
        """Take the latest step back; the value is its label."""
        undone = self._store.undo(case_id)
        return self._done(case_id, undone.label if undone else None, "undo")

    def redo(self, case_id: str) -> OperationResult[str]:
        """Do the latest undone step again; the value is its label."""
        redone = self._store.redo(case_id)
        return self._done(case_id, redone.label if redone else None, "redo")

    def _done(self, case_id: str, label: str | None, direction: str) -> OperationResult[str]:
        if label is None:
            raise UserFacingError(
                f"There is nothing to {direction}.",
                safe="Nothing was changed.",
                todo="Signed determinations and issued letters are superseded, not undone.",
            )
        return OperationResult(label, Changes(_ANYTHING, frozenset({case_id})))
