"""A stretch of time counted back from a day, in the calendar units that criteria are written in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import Enum

from pydantic import Field

from desktop.domain.value import Value

MAX_WINDOW = 5000
"""More than thirteen years in days: a longer window is a slip of the pen."""


class TimeUnit(Enum):
    """Calendar units, as criteria spell them in the plural."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Window(Value):
    """So many calendar units up to and including a day."""

    count: int = Field(ge=1, le=MAX_WINDOW)
    unit: TimeUnit

    @property
    def caption(self) -> str:
        """For example `6 weeks` or `1 month`."""
        word = self.unit.value
        return f"{self.count} {word if self.count != 1 else word[:-1]}"

    def begins(self, day: date) -> date:
        """The first day of the window that ends on `day`; both belong to it. Never earlier than `date.min`."""
        match self.unit:
            case TimeUnit.DAYS:
                return _days_before(day, self.count)
            case TimeUnit.WEEKS:
                return _days_before(day, 7 * self.count)
            case TimeUnit.MONTHS:
                return months_before(day, self.count)
            case _:
                return months_before(day, 12 * self.count)


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months (0 or more) earlier, or that month's last day where it is shorter.

    31 March less one month is 28 February, or the 29th in a leap year. Never earlier than `date.min`.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_before(day: date, days: int) -> date:
    return day - timedelta(days=days) if (day - date.min).days >= days else date.min
