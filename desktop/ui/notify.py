"""Tells the user what happened without stopping them; it must show plain text only and never ask anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserFacingError

KEPT = 50
"""How many notices are kept for the list of past ones."""


class NoticeKind(Enum):
    """How loud a notice is."""

    INFO = "info"
    ERROR = "error"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class Notice:
    """Words for the user. `safe` and `todo` are empty for a plain message."""

    kind: NoticeKind
    what: str
    safe: str = ""
    todo: str = ""
    offers_undo: bool = False


class Notifier(QObject):
    """Where screens put notices; the window's notice area shows them as they come."""

    posted = Signal(object)
    """A `Notice`."""
    undo_requested = Signal()
    """The user pressed Undo on a notice."""

    def __init__(
        self, report: Callable[[BaseException], object] | None = None, parent: QObject | None = None
    ) -> None:
        """`report` writes a crash report without patient data; it gets what no one expected."""
        super().__init__(parent)
        self._report = report
        self._notices: list[Notice] = []

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was shown in this session, oldest first."""
        return tuple(self._notices)

    def info(self, text: str, undo: bool = False) -> None:
        """A short message that goes away by itself; with `undo` it offers to take the step back."""
        self._post(Notice(NoticeKind.INFO, text, offers_undo=undo))

    def error(self, error: UserFacingError) -> None:
        """An error in words: what happened, whether work is safe, what to do. Stays until it is dismissed."""
        self._post(Notice(NoticeKind.ERROR, error.what, error.safe, error.todo))

    def unexpected(self, error: BaseException) -> None:
        """A mistake of the program. Its text may quote the record, so only its type is named on the screen."""
        if self._report is not None:
            self._report(error)
        self._post(
            Notice(
                NoticeKind.UNEXPECTED,
                f"Something went wrong inside the program ({type(error).__name__}).",
                "What was saved before is safe; the last step was not carried out.",
                "Try again. If it happens again, lock and unlock, and send the crash report in Settings.",
            )
        )

    def failure(self, error: Exception) -> None:
        """Show any failure in the right way: `error` when it carries words for the user, else `unexpected`."""
        if isinstance(error, UserFacingError):
            self.error(error)
        else:
            self.unexpected(error)

    def _post(self, notice: Notice) -> None:
        self._notices.append(notice)
        del self._notices[:-KEPT]
        self.posted.emit(notice)
