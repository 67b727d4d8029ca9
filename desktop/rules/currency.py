"""Whether the words linked to a criterion are recent enough for it, counted back from the day of the service.

It must not read the clock: what is asked for is the age on the day of the service, and that day may be unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from desktop.domain.document import Document
from desktop.domain.window import Window


class Currency(NamedTuple):
    """What the age of the linked words comes to. `is_outdated`: none of them is of the time asked for."""

    is_outdated: bool
    remark: str
    """One sentence that names the limit and the days; empty when there is nothing to say."""


def currency_of(
    within: Window | None, service_on: date | None, documents: Sequence[Document | None]
) -> Currency:
    """Hold the documents that supporting words stand in (None: one that is not in the record) against a limit.

    A document counts from the first day of the window up to the day of the service, both included.
    Without a limit or without documents there is nothing to hold; without a day of service nothing can be said.
    """
    if within is None or not documents:
        return Currency(is_outdated=False, remark="")
    limit = within.caption
    if service_on is None:
        return Currency(
            is_outdated=False,
            remark=f"Whether the linked words date from the {limit} before the service cannot be checked: "
            "the service line has no date.",
        )
    earliest = within.begins(service_on)
    days = [document.dated_on if document else None for document in documents]
    if any(day is not None and earliest <= day <= service_on for day in days):
        return Currency(is_outdated=False, remark="")
    named = ", ".join(dict.fromkeys(day.isoformat() if day else "undated" for day in days))
    return Currency(
        is_outdated=True,
        remark=f"None of the linked words dates from the {limit} before the service on {service_on.isoformat()} "
        f"({earliest.isoformat()} or later is needed; linked: {named}).",
    )
