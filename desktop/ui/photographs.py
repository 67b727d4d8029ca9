"""Pictures of the real windows over an open store, for the demo, the self-test and the README."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal

from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop.domain.criteria import LicenceClass
from desktop.domain.errors import UserFacingError
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.case_tabs import CaseTab
from desktop.ui.context import UiContext
from desktop.ui.main_window import MainWindow
from desktop.ui.notify import NoticeKind, Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.review.review_screen import ReviewScreen
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import LookChoice, Theme

Place = Literal["worklist", "criteria", "intake", "review", "determination", "argument", "letter", "packet"]

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
    raised: list[BaseException] = []
    runner.unhandled = notify.failure
    theme = Theme(look, scale_percent, resources_dir())
    theme.apply()
    context = UiContext(services, runner, RefreshHub(), notify, theme, services.clock)

    def keep(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        raised.append(error)

    hook, sys.excepthook = sys.excepthook, keep
    try:
        window = MainWindow(context)
        window.resize(*SIZE)
        window.show()
        names = tuple(_photograph(window, context, case_id, folder, place) for place in places)
        window.flush()
        runner.wait_idle()
        window.close()
        window.deleteLater()
    finally:
        runner.close()
        sys.excepthook = hook
    if raised:
        # An exception in a slot reaches nobody but the hook: without this a half-built screen would pass.
        raise raised[0]
    failures = [notice for notice in notify.notices if notice.kind is not NoticeKind.INFO]
    if failures:
        raise UserFacingError(failures[0].what, safe=failures[0].safe, todo=failures[0].todo)
    return names


def _photograph(window: MainWindow, context: UiContext, case_id: str, folder: Path, place: Place) -> str:
    runner = context.runner
    tab = CaseTab.of_slug(place)
    if tab is not None:
        window.open_case(case_id, tab)
    elif place == "criteria":
        _show_criteria(window, context.services, case_id)
    else:
        window.show_desk()
    _settle(runner)
    if place == "review":
        _show_best_evidence(window, context.services, case_id)
        _settle(runner)
    name = f"{place}.png"
    if not window.grab().save(str(folder / name)):
        raise UserFacingError(
            f"The picture {name} could not be written.",
            safe="The demonstration uses a store of its own; yours was not touched.",
            todo="Check that the folder can be written to and that the disk has room.",
        )
    return name


def _show_criteria(window: MainWindow, services: Services, case_id: str) -> None:
    """Put the library in front, with a set that the case is held against and that a publisher wrote."""
    chosen = services.catalogue.for_case(services.cases.case(case_id))
    window.show_library()
    public = next((item for item in chosen if item.licence is LicenceClass.PUBLIC), None)
    if public is not None:
        window.library.select(public.id)


def _show_best_evidence(window: MainWindow, services: Services, case_id: str) -> None:
    """Put the most linked question of a level in front, with its first words: it shows what the screen is for."""
    screen = window.case_page.screen_in_front
    view = services.review.view(case_id)
    if not isinstance(screen, ReviewScreen) or not view.links:
        return
    key = max(view.links, key=lambda key: (bool(key.subject), len(view.links[key]), key.subject))
    line = next((line for line in view.case.service_lines if key.set_id in line.criteria_set_ids), None)
    if line is not None:
        span = view.links[key][0].span
        screen.choose_line(line.id)
        screen.go_to(key)
        screen.note_pane.reveal(span.document_id, span.start, span.end)


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
    qInstallMessageHandler(_show_qt_message)
    _KEPT.append(QApplication(["indicated"]))


def _show_qt_message(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    # The offscreen platform says this of every window; it is of no use to anybody.
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


_KEPT: list[QApplication] = []
