"""Remembers where the reviewer left off in a case, and comes back to it; it must hold nothing clinical."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from PySide6.QtCore import QObject, QTimer

from desktop.ui.context import UiContext

T = TypeVar("T", bound=BaseModel)

SAVE_AFTER_MS = 800


class Place(BaseModel):
    """Where the reviewer is in one case: ids and offsets only."""

    model_config = ConfigDict(frozen=True)

    line_id: str = ""
    set_ids: tuple[str, ...] = ()
    """The sets shown, left to right."""
    pane: int = 0
    level: str = ""
    side: str = ""
    questions: tuple[str, ...] = ()
    """The current row of each pane."""
    collapsed: dict[str, tuple[str, ...]] = {}
    """Folded groups by set."""
    document_id: str = ""
    places: dict[str, int] = {}
    """First visible character by document."""


class Layout(BaseModel):
    """How the screen is divided, for every case alike."""

    model_config = ConfigDict(frozen=True)

    splitters: dict[str, tuple[int, ...]] = {}
    is_compared: bool = True


class ViewMemory(QObject):
    """Asks for the present place shortly after it changed, and stores it in the db lane."""

    def __init__(
        self,
        context: UiContext,
        present: Callable[[], tuple[str, Place, Layout]],
        parent: QObject | None = None,
    ) -> None:
        """`present` gives the case's id, the place and the layout as they are now."""
        super().__init__(parent)
        self._context = context
        self._present = present
        self._kept: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    def touch(self) -> None:
        """Something moved."""
        self._timer.start()

    def flush(self) -> None:
        """Store what is not stored yet."""
        self._timer.stop()
        case_id, place, layout = self._present()
        if case_id:
            self._keep(f"review/place/{case_id}", place.model_dump_json())
            self._keep("review/layout", layout.model_dump_json())

    def recall(self, case_id: str, done: Callable[[tuple[Place, Layout]], None]) -> None:
        """Read what was stored; a damaged or older text counts as nothing stored."""
        state = self._context.services.view_state

        def job() -> tuple[Place, Layout]:
            return (
                _read(Place, state.recall(f"review/place/{case_id}")),
                _read(Layout, state.recall("review/layout")),
            )

        self._context.runner.run(job, done, self._context.notify.failure, key="review.recall")

    def _keep(self, key: str, text: str) -> None:
        if self._kept.get(key) == text:
            return
        self._kept[key] = text
        state = self._context.services.view_state

        def job() -> None:
            state.remember(key, text)

        self._context.runner.run(job, None, self._context.notify.failure)


def _read(kind: type[T], text: str | None) -> T:
    try:
        return kind.model_validate_json(text or "{}")
    except ValidationError:
        return kind()
