"""What every screen is given: services, threads, refresh, notices, look and clock; it holds no state of a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from desktop.domain.clock import Clock
from desktop.ui.notify import Notifier
from desktop.ui.preferences import Preferences
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner, is_wanted
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.operation import OperationResult
    from desktop.services.workspace import Services

T = TypeVar("T")


@dataclass
class UiContext:
    """The surroundings of a screen while a store is open. Dropped as a whole when the store is locked."""

    services: Services
    runner: TaskRunner
    refresh: RefreshHub
    notify: Notifier
    theme: Theme
    clock: Clock
    preferences: Preferences = field(default_factory=Preferences)
    _latest: dict[str, int] = field(default_factory=dict[str, int], init=False, repr=False)

    def commit(
        self,
        job: Callable[[], OperationResult[T]],
        done: Callable[[T], None] | None = None,
        *,
        initiator: object = None,
        key: str | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run an operation in the db lane, then announce its changes, then call `done(value)`.

        `key`: a newer commit with the same key drops the older one's `done`; its changes are announced and its
        failure is shown all the same, because the store was asked to change. Failures go to the notifier, and
        then to `failed` where the caller wants to know as well.
        """
        generation = 0
        if key is not None:
            generation = self._latest.get(key, 0) + 1
            self._latest[key] = generation

        def finished(result: OperationResult[T]) -> None:
            self.refresh.changes_committed.emit(result.changes, initiator)
            is_current = key is None or self._latest.get(key) == generation
            if done is not None and is_current and is_wanted(done):
                done(result.value)

        def refused(error: Exception) -> None:
            self.notify.failure(error)
            if failed is not None:
                failed(error)

        self.runner.run(job, finished, refused, lane="db")
