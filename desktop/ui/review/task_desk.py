"""Makes tasks of gaps and carries out what is asked of tasks; it closes no gap and answers no criterion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.domain.gap import Gap
from desktop.ui.context import UiContext
from desktop.ui.review.question_desk import QuestionDesk
from desktop.ui.review.task_rows import TaskDraft, summary, task_rows
from desktop.ui.review.way_rows import asked_for, gap_at, key_of, needs_of

if TYPE_CHECKING:
    from desktop.domain.task import Task
    from desktop.services.operation import OperationResult
    from desktop.services.reviews import ReviewView
    from desktop.services.tasks import TaskView


class TaskDesk(QObject):
    """Keeps the list up to date and the pane in its place. Tasks may be changed after signing too."""

    def __init__(self, desk: QuestionDesk, context: UiContext) -> None:
        super().__init__(desk)
        self._desk = desk
        self._context = context
        self._case_id = ""
        pane = desk.tasks
        pane.add_asked.connect(self._add)
        pane.change_asked.connect(self._change)
        pane.done_asked.connect(self._set_done)
        pane.removal_asked.connect(self._remove)
        pane.question_chosen.connect(self._go_to)
        pane.closed.connect(self.close)
        desk.side.tasks_asked.connect(self.show_tasks)

    def read(self, view: ReviewView) -> None:
        """Read the tasks of the review that is shown."""
        if view.case.id != self._case_id:
            self._case_id = view.case.id
            self._desk.drawer.setCurrentWidget(self._desk.panel)
        tasks = self._context.services.tasks

        def job() -> tuple[ReviewView, tuple[TaskView, ...]]:
            return view, tasks.of_view(view)

        self._context.runner.run(job, self._show, self._context.notify.failure, key="review.tasks")

    def make_task(self) -> None:
        """Have a task typed for the gap under the keyboard, for that of the question in front, or for the next one."""
        if self._desk.view is None:
            return
        gap = self._gap()
        draft = TaskDraft(service_line_id=self._desk.line.id if self._desk.line else None)
        if gap is not None:
            draft = TaskDraft(asked_for(gap), gap.owed_by, None, gap.service_line_id, key_of(gap))
        self._desk.drawer.setCurrentWidget(self._desk.tasks)
        self._desk.tasks.ask(
            draft, f"Closes: {needs_of(gap)}" if gap else "Of its own: it closes no criterion"
        )

    def show_tasks(self) -> None:
        """Show the tasks in the place of the criterion."""
        pane = self._desk.tasks
        self._desk.drawer.setCurrentWidget(pane)
        if pane.list.rows:
            pane.edit()
            pane.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.make_task()

    def close(self) -> None:
        """Back to the criterion."""
        if self.is_open:
            self._desk.drawer.setCurrentWidget(self._desk.panel)
            self._desk.active_pane.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_open(self) -> bool:
        """Whether the tasks stand in the place of the criterion."""
        return self._desk.drawer.currentWidget() is self._desk.tasks

    def _gap(self) -> Gap | None:
        strip = self._desk.strip
        asked = strip.focused_gap() or gap_at(self._desk.line_gaps, self._desk.current_key)
        return asked or next((item.gap for item in strip.way.items), None)

    def _show(self, read: tuple[ReviewView, tuple[TaskView, ...]]) -> None:
        view, tasks = read
        if view.case.id == self._case_id:
            rows = task_rows(tasks, view.case, self._context.clock.today())
            self._desk.tasks.show_tasks(rows)
            self._desk.side.show_tasks(summary(rows))

    # Carrying out

    def _add(self, draft: TaskDraft) -> None:
        case_id, tasks = self._case_id, self._context.services.tasks

        def job() -> OperationResult[Task]:
            return tasks.add(
                case_id,
                draft.text,
                owed_by=draft.owed_by,
                due_on=draft.due_on,
                service_line_id=draft.service_line_id,
                closes=draft.closes,
            )

        def done(task: Task) -> None:
            day = f", due {task.due_on}" if task.due_on else ""
            self._context.notify.info(f"Task added{day}: {task.text}", undo=True)
            self.close()
            self._read_again()

        self._context.commit(job, done, initiator=self._desk)

    def _change(self, task_id: str, draft: TaskDraft) -> None:
        case_id, tasks = self._case_id, self._context.services.tasks

        def job() -> OperationResult[Task]:
            return tasks.change(case_id, task_id, text=draft.text, owed_by=draft.owed_by, due_on=draft.due_on)

        def done(_task: Task) -> None:
            self._read_again()
            self._desk.tasks.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self._context.commit(job, done, initiator=self._desk)

    def _set_done(self, task_id: str, is_done: bool) -> None:
        case_id, tasks = self._case_id, self._context.services.tasks
        self._commit(lambda: tasks.set_done(case_id, task_id, is_done))

    def _remove(self, task_id: str) -> None:
        case_id, tasks = self._case_id, self._context.services.tasks

        def done(task: Task) -> None:
            self._context.notify.info(f"Task removed: {task.text}", undo=True)
            self._read_again()

        self._context.commit(lambda: tasks.remove(case_id, task_id), done, initiator=self._desk)

    def _commit(self, job: Callable[[], OperationResult[Task]]) -> None:
        def done(_task: Task) -> None:
            self._read_again()

        self._context.commit(job, done, initiator=self._desk)

    def _read_again(self) -> None:
        if self._desk.view is not None:
            self.read(self._desk.view)

    def _go_to(self, key: object) -> None:
        row = self._desk.tasks.list.current()
        if row is None or row.draft.closes is None:
            return
        if row.draft.service_line_id:
            self._desk.choose_line(row.draft.service_line_id)
        self.close()
        self._desk.go_to(row.draft.closes)
