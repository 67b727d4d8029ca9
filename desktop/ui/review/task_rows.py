"""The tasks of a case in the words of the screen; pure values, it judges no due date and changes no task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.assessment import AssessmentKey

if TYPE_CHECKING:
    from desktop.domain.case import Case
    from desktop.services.tasks import TaskView

CLOSED_BY_RECORD = "the record has closed it"


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What a task says, as typed. `closes` and `service_line_id` are kept from the gap it is made for."""

    text: str = ""
    owed_by: str = ""
    due_on: date | None = None
    service_line_id: str | None = None
    closes: AssessmentKey | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as the list shows it."""

    id: str
    draft: TaskDraft
    service: str
    """The code of the service line it is for, with its level or side; empty for the case."""
    due: str
    is_open: bool
    is_overdue: bool
    is_closed_by_record: bool

    @property
    def details(self) -> str:
        """When, by whom and for what, on one line."""
        owed = f"owed by {self.draft.owed_by}" if self.draft.owed_by else ""
        return " · ".join(part for part in (self.due, self.service, owed) if part)

    @property
    def news(self) -> str:
        """What the record has done for it meanwhile; empty when nothing, or when it is done."""
        return CLOSED_BY_RECORD if self.is_open and self.is_closed_by_record else ""

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        state = "open" if self.is_open else "done"
        return ", ".join(part for part in (self.draft.text, state, self.news, self.details) if part)


def task_rows(views: tuple[TaskView, ...], case: Case, today: date) -> tuple[TaskRow, ...]:
    """The tasks in the order given, held against a day."""
    return tuple(_row(view, case, today) for view in views)


def summary(rows: tuple[TaskRow, ...]) -> str:
    """How many are open, how many are late and when the next is due."""
    waiting = [row for row in rows if row.is_open]
    if not waiting:
        return "None open"
    late = sum(row.is_overdue for row in waiting)
    days = [row.draft.due_on for row in waiting if row.draft.due_on and not row.is_overdue]
    closed = sum(row.is_closed_by_record for row in waiting)
    parts = (
        f"{len(waiting)} open",
        f"{late} overdue" if late else "",
        f"next due {min(days)}" if days else "",
        f"{closed} closed by the record" if closed else "",
    )
    return " · ".join(part for part in parts if part)


def _row(view: TaskView, case: Case, today: date) -> TaskRow:
    task = view.task
    line = case.service_line(task.service_line_id) if task.service_line_id else None
    subject = task.closes.subject if task.closes and line and task.closes.subject != line.id else ""
    return TaskRow(
        id=task.id,
        draft=TaskDraft(task.text, task.owed_by, task.due_on, task.service_line_id, task.closes),
        service=" ".join(part for part in ((line.code or line.label) if line else "", subject) if part),
        due=_due(view, today),
        is_open=task.is_open,
        is_overdue=view.is_overdue,
        is_closed_by_record=view.is_closed_by_record,
    )


def _due(view: TaskView, today: date) -> str:
    task = view.task
    if task.done_on is not None:
        return f"done {task.done_on}"
    if task.due_on is None:
        return "no due date"
    left = (task.due_on - today).days
    if left < 0:
        return f"due {task.due_on}, {-left} d overdue"
    return f"due {task.due_on}, " + ("today" if left == 0 else f"{left} d left")
