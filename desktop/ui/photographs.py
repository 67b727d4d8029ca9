"""Pictures of the real windows over an open store, for the demo, the self-test and the README."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import UserFacingError
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.context import UiContext
from desktop.ui.main_window import MainWindow
from desktop.ui.notify import NoticeKind, Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import LookChoice, Theme

Place = Literal["worklist", "intake", "review", "determination", "letter"]

_TABS: dict[Place, int] = {"intake": 0, "review": 1, "determination": 2, "letter": 3}
SIZE = (1400, 900)
SETTLE_MS = 400
"""How long a screen may go on starting work of its own after everything asked for was delivered."""


def take_photographs(
    services: Services,
    case_id: str,
    folder: Path,
    places: Sequence[Place],
    *,
    look: LookChoice = "light",
    scale_percent: int = 100,
) -> tuple[str, ...]:
    """Open the window on a case and save one PNG for each place; returns the file names.

    Raises UserFacingError when a screen reported a failure: a picture of a broken window is no proof.
    """
    _ensure_application()
    runner, notify = TaskRunner(), Notifier()
    runner.unhandled = notify.failure
    theme = Theme(look, scale_percent, resources_dir())
    theme.apply()
    context = UiContext(services, runner, RefreshHub(), notify, theme, services.clock)
    window = MainWindow(context)
    window.resize(*SIZE)
    window.show()
    try:
        names = tuple(_photograph(window, runner, case_id, folder, place) for place in places)
    finally:
        window.flush()
        runner.wait_idle()
        window.close()
        runner.close()
        window.deleteLater()
    failures = [notice for notice in notify.notices if notice.kind is not NoticeKind.INFO]
    if failures:
        raise UserFacingError(failures[0].what, safe=failures[0].safe, todo=failures[0].todo)
    return names


def _photograph(window: MainWindow, runner: TaskRunner, case_id: str, folder: Path, place: Place) -> str:
    if place in _TABS:
        window.open_case(case_id, _TABS[place])
    else:
        window.show_desk()
    _settle(runner)
    name = f"{place}.png"
    if not window.grab().save(str(folder / name)):
        raise UserFacingError(
            f"The picture {name} could not be written.",
            safe="The demonstration uses a store of its own; yours was not touched.",
            todo="Check that the folder can be written to and that the disk has room.",
        )
    return name


def _settle(runner: TaskRunner) -> None:
    """Handle events until nothing is under way, twice: showing a result may ask for more."""
    for _ in range(2):
        runner.wait_idle(30_000)
        loop = QEventLoop()
        QTimer.singleShot(SETTLE_MS, loop.quit)
        loop.exec()
    runner.wait_idle(30_000)


def _ensure_application() -> None:
    if isinstance(QApplication.instance(), QApplication):
        return
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not has_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Kept by the module: without a reference the application would be collected and take every widget along.
    _KEPT.append(QApplication(["indicated"]))


_KEPT: list[QApplication] = []
