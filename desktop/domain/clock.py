"""Time as a dependency, so that services can be tested at any instant and rules never read the wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the program gets its instants and its local calendar day."""

    def now(self) -> datetime:
        """The present instant, in UTC, with a zone."""
        ...

    def today(self) -> date:
        """The user's local calendar day."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The local calendar day of this machine."""
        return datetime.now().astimezone().date()


class FixedClock:
    """A clock that stands still, for the demo and for tests."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._instant

    def today(self) -> date:
        """The UTC day of that instant."""
        return self._instant.date()
