"""Operations on the tasks of a case: most often the document that closes a gap, with the day it is due.

A task never changes an answer, and an answer never marks a task done: the view only says that the two agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.assessment import AssessmentKey
from desktop.domain.case import Case
from desktop.domain.changes import ChangeFlag
from desktop.domain.clock import Clock
from desktop.domain.errors import UserFacingError
from desktop.domain.task import Task
from desktop.domain.value import new_id
from desktop.rules.open_criteria import goal_of
from desktop.services.operation import OperationResult, result
from desktop.services.review_view import ReviewView
from desktop.services.reviews import Reviews
from desktop.store.engine import Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task, and what the review and the calendar say of it."""

    task: Task
    is_closed_by_record: bool
    """The question it was made for has become what was asked for, or does not count any more."""
    is_overdue: bool
    """Open, and its day is past."""


class Tasks:
    """The tasks of a case. They stay open to change after signing: a signature does not speak of them."""

    def __init__(self, store: Store, clock: Clock, reviews: Reviews) -> None:
        self._store = store
        self._clock = clock
        self._reviews = reviews

    def list(self, case_id: str) -> tuple[TaskView, ...]:
        """Open tasks first, those with the earliest day before all others, then those that are done."""
        return self.of_view(self._reviews.view(case_id))

    def of_view(self, view: ReviewView) -> tuple[TaskView, ...]:
        """As `list`, for a review that was read already."""
        with self._store.read() as reader:
            tasks = reader.tasks.all(view.case.id)
        today = self._clock.today()
        views = [
            TaskView(
                task=task,
                is_closed_by_record=task.closes is not None and _is_closed(task, task.closes, view),
                is_overdue=task.is_open and task.due_on is not None and task.due_on < today,
            )
            for task in tasks
        ]
        return tuple(sorted(views, key=_order))

    def add(
        self,
        case_id: str,
        text: str,
        *,
        owed_by: str = "",
        due_on: date | None = None,
        service_line_id: str | None = None,
        closes: AssessmentKey | None = None,
    ) -> OperationResult[Task]:
        """Add a task at the end of the list. Raises UserFacingError without a text, or for a line that is not there."""
        task = Task(
            id=new_id(),
            text=_worded(text),
            owed_by=owed_by.strip(),
            due_on=due_on,
            service_line_id=service_line_id,
            closes=closes,
        )
        with self._store.write("task_added", "Add task", case_id=case_id) as work:
            _require_line(work.cases.get(case_id), service_line_id)
            work.tasks.put(case_id, task)
        return _done(task, case_id)

    def change(
        self, case_id: str, task_id: str, *, text: str, owed_by: str, due_on: date | None
    ) -> OperationResult[Task]:
        """Save what a task says, who owes it and its day. Text that is being typed is one step to undo."""
        fields = {"text": _worded(text), "owed_by": owed_by, "due_on": due_on}
        with self._store.write("task_changed", "Change task", case_id=case_id) as work:
            old = _task(work, case_id, task_id)
            changed = [name for name, value in fields.items() if getattr(old, name) != value]
            if changed in (["text"], ["owed_by"]):
                work.typing_in = f"task {task_id} {changed[0]}"
            task = old.model_copy(update=fields)
            work.tasks.put(case_id, task)
        return _done(task, case_id)

    def set_done(self, case_id: str, task_id: str, is_done: bool) -> OperationResult[Task]:
        """Mark a task done today, or open again; one that is done already keeps its day."""
        label = "Task done" if is_done else "Open task again"
        operation = "task_done" if is_done else "task_reopened"
        with self._store.write(operation, label, case_id=case_id) as work:
            old = _task(work, case_id, task_id)
            done_on = (old.done_on or self._clock.today()) if is_done else None
            task = old.model_copy(update={"done_on": done_on})
            work.tasks.put(case_id, task)
        return _done(task, case_id)

    def remove(self, case_id: str, task_id: str) -> OperationResult[Task]:
        """Remove a task; the value is the task that was removed."""
        with self._store.write("task_removed", "Remove task", case_id=case_id) as work:
            task = _task(work, case_id, task_id)
            work.tasks.remove(case_id, task_id)
        return _done(task, case_id)


def _is_closed(task: Task, key: AssessmentKey, view: ReviewView) -> bool:
    criteria_set = next((item for item in view.sets if item.id == key.set_id), None)
    goal = goal_of(criteria_set, key.criterion_id) if criteria_set else None
    if goal is None:
        return False
    asked = [
        node
        for trace in view.traces
        if trace.set_id == key.set_id and task.service_line_id in {None, trace.service_line_id}
        for level in trace.levels
        for node in level.root.nodes()
        if node.kind == "criterion" and (node.id, node.subject) == (key.criterion_id, key.subject)
    ]
    return bool(asked) and all(node.truth is goal or not node.is_applicable for node in asked)


def _order(view: TaskView) -> tuple[bool, date]:
    return not view.task.is_open, view.task.due_on or date.max


def _worded(text: str) -> str:
    if not (words := text.strip()):
        raise UserFacingError(
            "The task says nothing yet.",
            safe="Nothing was changed.",
            todo="Write what is to be done, for example which document is to be asked for.",
        )
    return words


def _require_line(case: Case, service_line_id: str | None) -> None:
    if service_line_id is not None and case.service_line(service_line_id) is None:
        raise UserFacingError(
            "This service line is not in the case any more.",
            safe="Nothing was changed.",
            todo="Add the task for one of the lines that the case has now.",
        )


def _task(work: UnitOfWork, case_id: str, task_id: str) -> Task:
    task = work.tasks.get(case_id, task_id)
    if task is None:
        raise UserFacingError(
            "This task is not in the case any more.",
            safe="Nothing was changed.",
            todo="Undo its removal, or add it again.",
        )
    return task


def _done(task: Task, case_id: str) -> OperationResult[Task]:
    return result(task, case_id, ChangeFlag.TASKS, ChangeFlag.CASE_LIST)
