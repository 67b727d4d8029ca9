"""Runs slow work off the GUI thread and brings its result back; it must know nothing of what the work is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from desktop.ui.garbage import GarbageKeeper

T = TypeVar("T")

Lane = Literal["db", "cpu"]
"""`db`: one thread, in order, all access to the store. `cpu`: two threads for text and pictures."""

CPU_THREADS = 2


@dataclass(frozen=True, slots=True)
class _Job:
    """What to do with one result, and whether anybody still wants it."""

    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    key: str | None
    generation: int


class TaskRunner(QObject):
    """Two lanes of threads. `done` and `failed` are always called later, on the thread this object lives in.

    A newer job with the same `key` makes the older one's result stale: its job still runs to the end (it may
    write), but neither `done` nor `failed` is called for it. When its widget was freed meanwhile `done` is not called,
    and a failure goes to `unhandled`.
    """

    idle = Signal()
    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unhandled: Callable[[Exception], None] | None = None
        """Called with the failure of a job that named no `failed`; without it the failure is raised."""
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            "db": ThreadPoolExecutor(1, thread_name_prefix="db"),
            "cpu": ThreadPoolExecutor(CPU_THREADS, thread_name_prefix="cpu"),
        }
        self._generations: dict[str, int] = {}
        self._pending = 0
        self._is_closed = False
        self._garbage = GarbageKeeper(self)
        self._garbage.start()
        # Queued even for a job that had already ended when its callback was attached: `done` is never called
        # from inside `run`.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """How many jobs have not been delivered yet."""
        return self._pending

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        lane: Lane = "db",
        key: str | None = None,
    ) -> None:
        """Run `job` in a lane, then `done(result)` or `failed(error)` on this thread. After `close`: nothing."""
        if self._is_closed:
            return
        generation = 0
        if key is not None:
            generation = self._generations.get(key, 0) + 1
            self._generations[key] = generation
        self._pending += 1
        future = self._lanes[lane].submit(job)
        future.add_done_callback(partial(self._announce, _Job(done, failed, key, generation)))

    def forget(self, key: str) -> None:
        """Make the result of every job with `key` that is still under way stale."""
        self._generations[key] = self._generations.get(key, 0) + 1

    def wait_idle(self, timeout_ms: int = 5000) -> bool:
        """Handle events until every job was delivered; False when that took too long. For tests and locking."""
        loop = QEventLoop()
        timer = QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        self.idle.connect(loop.quit)
        timer.start(timeout_ms)
        # Again and again: what a callback starts counts as well.
        while self._pending and timer.isActive():
            loop.exec()
        timer.stop()
        self.idle.disconnect(loop.quit)
        return self._pending == 0

    def close(self) -> None:
        """Let the db lane finish what it was given (writes are never thrown away), drop the rest, end threads."""
        self._is_closed = True
        self._lanes["cpu"].shutdown(wait=True, cancel_futures=True)
        self._lanes["db"].shutdown(wait=True)
        self._garbage.stop()

    def _announce(self, job: _Job, future: Future[Any]) -> None:
        """In the worker's thread: hand the finished future over to this object's thread."""
        self._finished.emit(job, future)

    def _deliver(self, job: _Job, future: Future[Any]) -> None:
        self._pending -= 1
        try:
            self._call_back(job, future)
        finally:
            if self._pending == 0:
                self.idle.emit()

    def _call_back(self, job: _Job, future: Future[Any]) -> None:
        if self._is_closed or future.cancelled():
            return
        error = future.exception()
        if error is not None and not isinstance(error, Exception):
            raise error
        if job.key is not None and self._generations[job.key] != job.generation:
            return
        if error is None:
            if job.done is not None and is_wanted(job.done):
                job.done(future.result())
            return
        # What failed is told even when the screen that asked is gone: it may have been a write.
        handler = job.failed if job.failed is not None and is_wanted(job.failed) else self.unhandled
        if handler is None:
            raise error
        handler(error)


def is_wanted(callback: Callable[..., object]) -> bool:
    """Whether whoever asked is still there: a screen may have been freed while its answer was on the way."""
    function = callback.func if isinstance(callback, partial) else callback  # pyright: ignore[reportUnknownMemberType,reportUnknownVariableType]
    owner: object = getattr(function, "__self__", None)  # pyright: ignore[reportUnknownArgumentType]
    return not isinstance(owner, QObject) or isValid(owner)
