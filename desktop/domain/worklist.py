"""The worklist: what the desk asks the store for, and one line per case; rows carry no more than a list may show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from desktop.domain.case import CaseStatus
from desktop.domain.member import Sex


class WorklistOrder(Enum):
    """How the desk is sorted."""

    UPDATED = "updated"
    """Last changed first."""
    DEADLINE = "deadline"
    """The earliest stated deadline first; cases without one last."""
    NUMBER = "number"
    DUE = "due"
    """The earliest day of an open task first; cases without one last."""


@dataclass(frozen=True, slots=True)
class WorklistQuery:
    """One page of the worklist. Empty `statuses` means every status; `text` is looked for in the case's headings."""

    statuses: tuple[CaseStatus, ...] = ()
    text: str = ""
    is_waiting: bool = False
    """Only cases with open tasks: those that wait for records."""
    order: WorklistOrder = WorklistOrder.UPDATED
    limit: int = 200
    offset: int = 0


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One case on the desk. Only the case's number and id are named in its `repr`."""

    case_id: str
    number: str
    status: CaseStatus
    initials: str = field(repr=False)
    date_of_birth: date | None = field(repr=False)
    sex: Sex = field(repr=False)
    payer: str = field(repr=False)
    service: str = field(repr=False)
    """The first service line's label and code."""
    levels: str = field(repr=False)
    """The levels of all service lines as a range, for example `L2-S1`."""
    line_count: int
    open_count: int
    """Questions answered so far with unclear or not documented."""
    deadline_stated_on: date | None
    updated_at: datetime
    is_synthetic: bool
    open_task_count: int = 0
    next_due_on: date | None = None
    """The earliest day of an open task."""
