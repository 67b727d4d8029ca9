"""The tasks of a case in the store; when a task is done is the services' business."""

from __future__ import annotations

from desktop.domain.task import Task
from desktop.store.mappers import Mapper
from desktop.store.rows import RowReader, RowWriter

_TASK = Mapper("task", Task, spread={"closes": ""})


class TaskReader:
    """Reading the tasks of a case."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def all(self, case_id: str) -> tuple[Task, ...]:
        """Every task, in the order they were made."""
        rows = self._reader.all("task", {"case_id": case_id}, order_by=("position",))
        return tuple(_TASK.read(row) for row in rows)

    def get(self, case_id: str, task_id: str) -> Task | None:
        """The task with an id, or None."""
        row = self._reader.one("task", {"case_id": case_id, "id": task_id})
        return _TASK.read(row) if row else None


class TaskWriter(TaskReader):
    """Reading and writing the tasks of a case."""

    def __init__(self, rows: RowWriter) -> None:
        super().__init__(rows)
        self._rows = rows

    def put(self, case_id: str, task: Task) -> None:
        """Store a task at the end, or replace the one with its id where it stands."""
        old = self._rows.one("task", {"case_id": case_id, "id": task.id})
        if old is not None:
            position = old["position"]
        else:
            present = self._rows.all("task", {"case_id": case_id}, order_by=("position",))
            last = present[-1]["position"] if present else -1
            position = last + 1 if isinstance(last, int) else 0
        row = _TASK.row(task, case_id=case_id, position=position)
        _TASK.check(row)
        self._rows.put("task", row)

    def remove(self, case_id: str, task_id: str) -> None:
        """Remove a task; nothing happens when there is none."""
        row = self._rows.one("task", {"case_id": case_id, "id": task_id})
        if row is not None:
            self._rows.delete("task", row)
