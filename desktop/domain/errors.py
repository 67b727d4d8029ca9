"""Errors that carry the three things a user needs: what happened, whether work is safe, what to do."""

from __future__ import annotations


class UserFacingError(Exception):
    """An error in words. `what` happened, whether work is `safe`, what `todo` next; no patient data in any."""

    def __init__(self, what: str, *, safe: str, todo: str) -> None:
        self.what = what
        self.safe = safe
        self.todo = todo
        super().__init__(f"{what} {safe} {todo}")


class SignedRecordError(UserFacingError):
    """A signed determination or an issued letter was about to be edited."""

    def __init__(self, what: str) -> None:
        super().__init__(
            what,
            safe="Nothing was changed.",
            todo="Supersede it with a new version if it must change.",
        )
