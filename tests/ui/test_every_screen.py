"""Every screen over the sample case, in every look, text and window size: named, whole, in reach of the keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.clock import FixedClock
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.context import UiContext
from desktop.ui.letter.letter_screen import LetterScreen
from desktop.ui.main_window import MainWindow
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import LookChoice, Theme
from desktop.ui.widgets.basics import ElidedLabel
from desktop.ui.worklist.sample import open_sample
from tests.made_store import made_store
from tests.ui.accessibility import (
    assert_accessible,
    focusable,
    is_part_of_another,
    labels_that_guess_their_format,
    place_of,
)

CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
SCREENS = (
    "desk",
    "intake",
    "review",
    "determination",
    "argument",
    "letter",
    "packet",
    "library",
    "settings",
)
LOOKS: tuple[LookChoice, ...] = ("light", "dark", "high_contrast")
SIZES = ((1400, 900), (1280, 800))
SMALLEST = (1280, 720)
SUBPAGES = {
    "review": ("choose_a_set", "explain", "differ", "save_response", "make_task", "show_tasks", "type_set"),
    "argument": ("toggle_calls",),
    "letter": (
        "show_papers",
        "show_pages",
        "show_settings",
        "show_review",
        "show_versions",
        "show_sources",
        "show_delivery",
        "show_call",
        "show_stationery",
    ),
    "packet": ("show_redactions", "show_warnings"),
}
"""What the screens of a case show besides, by the names of their methods."""
MOST_STEPS = 400


@dataclass
class Opened:
    window: MainWindow
    context: UiContext
    qtbot: QtBot

    def show(self, screen: str) -> None:
        getattr(self.window, f"show_{screen}")()
        self.qtbot.waitUntil(self.is_still, timeout=20_000)

    def is_still(self) -> bool:
        front = self.window.case_page.screen_in_front
        is_drawing = isinstance(front, LetterScreen) and front.frame.preview.is_waiting
        return self.context.runner.pending == 0 and not is_drawing


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, str]]:
    """A store with the sample case, decided, and its letter composed."""
    folder = tmp_path_factory.mktemp("screens") / "store"
    services = made_store(folder)
    case_id = open_sample(services).value.id
    services.letters.compose(case_id)
    yield services, case_id
    services.close()


@pytest.fixture
def opened(
    request: pytest.FixtureRequest, stored: tuple[Services, str], qtbot: QtBot, qapp: QApplication
) -> Iterator[Opened]:
    """The window with the sample case open; the parameter is look, text scale and size."""
    look, scale, size = getattr(request, "param", ("light", 100, SIZES[0]))
    services, case_id = stored
    theme = Theme(look, scale, resources_dir())
    theme.apply()
    runner = TaskRunner()
    notifier = Notifier()
    runner.unhandled = notifier.failure
    context = UiContext(services, runner, RefreshHub(), notifier, theme, CLOCK)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.open_case(case_id)
    made = Opened(window, context, qtbot)
    qtbot.waitUntil(made.is_still, timeout=20_000)
    yield made
    window.flush()
    qtbot.waitUntil(lambda: runner.pending == 0, timeout=20_000)
    runner.close()


EVERY = [
    pytest.param((look, scale, size), id=f"{look}-{scale}-{size[0]}x{size[1]}")
    for look in LOOKS
    for scale in (100, 200)
    for size in SIZES
]


@pytest.mark.parametrize("opened", EVERY, indirect=True)
def test_every_screen_is_named_whole_and_plain(opened: Opened) -> None:
    found: list[str] = []
    for screen in SCREENS:
        opened.show(screen)
        assert_accessible(opened.window)
        assert labels_that_guess_their_format(opened.window) == []
        # A layout takes its new sizes with a later event: only what stays cut is a defect.
        with suppress(opened.qtbot.TimeoutError):
            opened.qtbot.waitUntil(lambda: not clipped(opened.window), timeout=1500)
        found += [f"{screen}: {words}" for words in clipped(opened.window)]
    assert found == [], "\n  ".join(["clipped:", *found])


@pytest.mark.parametrize("opened", EVERY, indirect=True)
def test_what_opens_in_the_place_of_note_and_criterion_is_whole_too(opened: Opened) -> None:
    opened.show("review")
    screen = opened.window.case_page.screen_in_front
    found: list[str] = []
    for page in ("choose_a_set", "explain", "differ", "save_response", "make_task", "show_tasks"):
        getattr(screen, page)()
        opened.qtbot.waitUntil(opened.is_still, timeout=20_000)
        assert_accessible(opened.window)
        assert labels_that_guess_their_format(opened.window) == []
        with suppress(opened.qtbot.TimeoutError):
            opened.qtbot.waitUntil(lambda: not clipped(opened.window), timeout=1500)
        found += [f"{page}: {words}" for words in clipped(opened.window)]
    assert found == [], "\n  ".join(["clipped:", *found])


@pytest.mark.parametrize("opened", EVERY, indirect=True)
def test_calls_and_panels_of_the_packet_are_whole_too(opened: Opened) -> None:
    found: list[str] = []
    for tab, page in (
        ("argument", "toggle_calls"),
        ("packet", "show_redactions"),
        ("packet", "show_warnings"),
    ):
        opened.show(tab)
        getattr(opened.window.case_page.screen_in_front, page)()
        opened.qtbot.waitUntil(opened.is_still, timeout=20_000)
        assert_accessible(opened.window)
        assert labels_that_guess_their_format(opened.window) == []
        with suppress(opened.qtbot.TimeoutError):
            opened.qtbot.waitUntil(lambda: not clipped(opened.window), timeout=1500)
        found += [f"{page}: {words}" for words in clipped(opened.window)]
    assert found == [], "\n  ".join(["clipped:", *found])


@pytest.mark.parametrize("opened", [pytest.param(("light", 200, SMALLEST), id="200")], indirect=True)
def test_no_page_makes_the_smallest_window_grow_at_the_largest_text(opened: Opened) -> None:
    window, grown = opened.window, list[str]()

    def judge(page: str) -> None:
        least = window.minimumSizeHint()
        if (window.width(), window.height()) != SMALLEST or max(
            least.width() - SMALLEST[0], least.height() - SMALLEST[1]
        ) > 0:
            grown.append(f"{page}: has {window.size().toTuple()}, wants {least.toTuple()}")

    judge("at the start")
    for screen in (*SCREENS, "references", "topics"):
        opened.show(screen)
        judge(screen)
        for page in SUBPAGES.get(screen, ()):
            opened.show(screen)
            getattr(window.case_page.screen_in_front, page)()
            opened.qtbot.waitUntil(opened.is_still, timeout=20_000)
            judge(f"{screen}, {page}")
    opened.show("desk")
    window.desk.print_letters()
    opened.qtbot.waitUntil(opened.is_still, timeout=20_000)
    judge("letters of many cases")
    for panel in ("open_palette", "show_keys"):
        getattr(window, panel)()
        judge(panel)
    assert grown == [], "\n  ".join(["grown:", *grown])


@pytest.mark.parametrize("screen", SCREENS)
def test_every_part_of_a_screen_is_reached_by_tab_and_f6_without_a_trap(opened: Opened, screen: str) -> None:
    opened.show(screen)
    reached = walk(opened.window)
    missed = [
        place_of(widget, opened.window)
        for widget in focusable(opened.window)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and not is_part_of_another(widget)
        and id(widget) not in reached
    ]
    assert missed == [], "\n  ".join(["never reached:", *missed])


def walk(window: QWidget) -> set[int]:
    """Everything that had the keyboard while Tab went round in each pane that F6 leads to."""
    reached: set[int] = set()
    starts: set[int] = set()
    for _ in range(MOST_STEPS):
        start = focus_of(window)
        if id(start) in starts:
            return reached
        starts.add(id(start))
        round_trip: set[int] = set()
        here = start
        while id(here) not in round_trip:
            round_trip.add(id(here))
            QTest.keyClick(here, Qt.Key.Key_Tab)
            here = focus_of(window)
        reached |= round_trip
        start.setFocus()
        QTest.keyClick(start, Qt.Key.Key_F6)
    raise AssertionError("F6 never came back to where it began")


def focus_of(window: QWidget) -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None, "nothing has the keyboard"
    assert here.isVisible()
    return here


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit, or that stick out of what shows them."""
    found: list[str] = []
    for part in window.findChildren(QWidget):
        if not isinstance(part, QLabel | QPushButton) or isinstance(part, ElidedLabel):
            continue
        if not part.isVisible() or not part.text() or part.objectName().startswith("qt_"):
            continue
        need, has = part.sizeHint(), part.size()
        wraps = isinstance(part, QLabel) and part.wordWrap()
        needed_height = part.heightForWidth(has.width()) if wraps else need.height()
        if (not wraps and has.width() < need.width() - 1) or has.height() < needed_height - 1:
            found.append(
                f"{place_of(part, window)} {part.text()[:40]!r} has {has.width()}x{has.height()}, "
                f"needs {need.width()}x{needed_height}"
            )
        elif sticks_out(part):
            found.append(f"{place_of(part, window)} {part.text()[:40]!r} sticks out of its page")
    return found


def sticks_out(part: QWidget) -> bool:
    """Whether it ends right of its page; a page may scroll down, but not sideways."""
    owner = part.parentWidget()
    while owner is not None:
        outer = owner.parentWidget()
        if isinstance(outer, QAbstractScrollArea) and owner is outer.viewport():
            scrolls_sideways = isinstance(outer, QScrollArea) and outer.horizontalScrollBar().maximum() > 0
            return scrolls_sideways or part.mapTo(owner, QPoint(part.width(), 0)).x() > owner.width() + 1
        if outer is None:
            return part.mapTo(owner, QPoint(part.width(), 0)).x() > owner.width() + 1
        owner = outer
    return False
