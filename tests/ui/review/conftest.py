"""A review screen over services in memory, shown and loaded, and ways to press keys in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.clock import Clock, SystemClock
from desktop.intake.case_json import load_case_file
from desktop.services.reviews import ReviewView
from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.review.criteria_model import CriteriaModel
from desktop.ui.review.criteria_tree import CriteriaTree
from desktop.ui.review.note_view import NoteView
from desktop.ui.review.review_screen import ReviewScreen
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.made_store import made_store
from tests.ui.review.fake_services import SAMPLE, FakeServices, sample_services, small_services
from tests.ui.review.small_case import PAYER_SET, PUBLIC_SET, small_case

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
RESOURCES = Path(__file__).resolve().parents[3] / "resources"


class Hands:
    """Someone at the screen: presses keys, selects words, and sees what is shown."""

    def __init__(self, services: Services, case_id: str, clock: Clock, theme: Theme, qtbot: QtBot) -> None:
        self.case_id = case_id
        self.runner = TaskRunner()
        self.notify = Notifier()
        self.context = UiContext(
            services=services,
            runner=self.runner,
            refresh=RefreshHub(),
            notify=self.notify,
            theme=theme,
            clock=clock,
        )
        self.qtbot = qtbot
        self._shown: list[ReviewScreen] = []
        self.screen = self.open_screen()

    def open_screen(self) -> ReviewScreen:
        """A new screen on the same services, as after a restart: the one before remembers nothing any more."""
        for timer in [timer for shown in self._shown for timer in shown.findChildren(QTimer)]:
            timer.stop()
        screen = ReviewScreen(self.context)
        self._shown.append(screen)
        self.qtbot.addWidget(screen)
        screen.resize(1320, 760)
        screen.show()
        screen.activateWindow()
        screen.show_case(self.case_id)
        self.wait()
        self.screen = screen
        return screen

    @property
    def lit(self) -> set[str]:
        """The criteria of the active tree that are lit."""
        return {key.criterion_id for key in cast("CriteriaModel", self.tree.model()).lit}

    def wait(self) -> None:
        """Until every operation is done and shown."""
        assert self.runner.wait_idle()
        QApplication.sendPostedEvents()

    @property
    def tree(self) -> CriteriaTree:
        """The tree the keys act on."""
        return self.screen.active_pane.tree

    @property
    def note(self) -> NoteView:
        """The note that is read."""
        return self.screen.note_pane.view

    def press(self, *keys: Qt.Key, shift: bool = False, on: QWidget | None = None) -> None:
        """Press keys where the focus is."""
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for key in keys:
            target = on or QApplication.focusWidget()
            assert target is not None
            QTest.keyClick(target, key, modifier)
        self.wait()

    def stand_on(self, criterion_id: str, level: str = "") -> None:
        """Have a criterion in front, with the focus in its tree."""
        self.tree.setFocus()
        if level:
            self.screen.choose_level(level)
        self.tree.go_to_row(criterion_id)

    def select(self, words: str) -> None:
        """Select words of the note by keyboard."""
        start = self.note.note.text.index(words)
        self.note.setFocus()
        cursor = self.note.textCursor()
        cursor.setPosition(self.note.note.position(start))
        self.note.setTextCursor(cursor)
        for _ in words:
            QTest.keyClick(self.note, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert self.note.textCursor().selectedText() == words

    def drag(self, words: str) -> None:
        """Select words of the note by mouse."""
        start = self.note.note.text.index(words)
        end = start + len(words)
        port = self.note.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=self.spot(start))
        QTest.mouseMove(port, self.spot(end))
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=self.spot(end))
        self.wait()

    def spot(self, offset: int) -> QPoint:
        """A point of the note's viewport just right of the gap before a character."""
        cursor = QTextCursor(self.note.document())
        cursor.setPosition(self.note.note.position(offset))
        rect = self.note.cursorRect(cursor)
        return QPoint(rect.left() + 1, rect.center().y())

    def said(self) -> str:
        """The newest notice."""
        return self.notify.notices[-1].what if self.notify.notices else ""

    def leave(self) -> None:
        """Close the screen as the window does."""
        self.screen.flush()
        self.wait()
        self.runner.close()


class Reviewer(Hands):
    """Someone at a screen over services in memory."""

    def __init__(self, services: FakeServices, theme: Theme, qtbot: QtBot) -> None:
        self.services = services
        self.review = services.review
        super().__init__(cast("Services", services), services.review.case.id, SystemClock(), theme, qtbot)

    def quotes(self, criterion_id: str) -> list[tuple[str, str]]:
        """Stance and words of every link to a criterion."""
        return [
            (link.stance.value, link.span.quote)
            for key, links in self.review.links.items()
            if key.criterion_id == criterion_id
            for link in links
        ]

    def state(self, criterion_id: str, subject: str = "") -> str | None:
        """The recorded answer of a criterion."""
        found = [
            item.state.value if item.state else None
            for key, item in self.review.assessments.items()
            if (key.criterion_id, key.subject) == (criterion_id, subject)
        ]
        return found[0] if found else None


class StoredReviewer(Hands):
    """Someone at a screen over a store with the sample case in it."""

    def __init__(self, services: Services, case_id: str, theme: Theme, qtbot: QtBot) -> None:
        self.services = services
        super().__init__(services, case_id, services.clock, theme, qtbot)

    @property
    def view(self) -> ReviewView:
        """The review as it is stored."""
        return self.services.review.view(self.case_id)


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[tuple[Services, str]]:
    """A store with the sample case, and its id."""
    services = made_store(tmp_path / "store")
    case_file = load_case_file(SAMPLE.read_bytes(), SAMPLE.name).case_file
    yield services, services.cases.import_case(case_file).value.id
    services.close()


@pytest.fixture
def at_store(stored: tuple[Services, str], theme: Theme, qtbot: QtBot) -> Iterator[StoredReviewer]:
    """The sample case on its second line, in front of the review screen."""
    made = StoredReviewer(*stored, theme, qtbot)
    made.screen.choose_line("line-arthrodesis")
    yield made
    made.leave()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light look, without the application's stylesheet: fast, and the same on every machine."""
    return Theme("light", 100, RESOURCES)


@pytest.fixture
def reviewer(theme: Theme, qtbot: QtBot) -> Iterator[Reviewer]:
    """A small case with two sets, in front of its first criterion."""
    made = Reviewer(small_services(small_case(), PAYER_SET, PUBLIC_SET), theme, qtbot)
    yield made
    made.leave()


@pytest.fixture
def sample_reviewer(theme: Theme, qtbot: QtBot) -> Iterator[Reviewer]:
    """The shipped sample case with its answers."""
    made = Reviewer(sample_services(), theme, qtbot)
    yield made
    made.leave()
