"""Whether the words linked to a criterion are recent enough for it, counted in calendar months before the service.

It must not read the clock: what is asked for is the age on the day of the service, and that day may be unknown.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from desktop.domain.document import Document


class Currency(NamedTuple):
    """What the age of the linked words comes to. `is_outdated`: none of them is of the time asked for."""

    is_outdated: bool
    remark: str
    """One sentence that names the limit and the days; empty when there is nothing to say."""


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months (0 or more) earlier, or that month's last day where it is shorter.

    31 March less one month is 28 February, or the 29th in a leap year. Never earlier than `date.min`.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def currency_of(
    within_months: int | None, service_on: date | None, documents: Sequence[Document | None]
) -> Currency:
    """Hold the documents that supporting words stand in (None: one that is not in the record) against a limit.

    A document counts from the day so many months before the service up to the day of the service, both included.
    Without a limit or without documents there is nothing to hold; without a day of service nothing can be said.
    """
    if within_months is None or not documents:
        return Currency(is_outdated=False, remark="")
    limit = f"{within_months} month{'' if within_months == 1 else 's'}"
    if service_on is None:
        return Currency(
            is_outdated=False,
            remark=f"Whether the linked words date from the {limit} before the service cannot be checked: "
            "the service line has no date.",
        )
    earliest = months_before(service_on, within_months)
    days = [document.dated_on if document else None for document in documents]
    if any(day is not None and earliest <= day <= service_on for day in days):
        return Currency(is_outdated=False, remark="")
    named = ", ".join(dict.fromkeys(day.isoformat() if day else "undated" for day in days))
    return Currency(
        is_outdated=True,
        remark=f"None of the linked words dates from the {limit} before the service on {service_on.isoformat()} "
        f"({earliest.isoformat()} or later is needed; linked: {named}).",
    )
