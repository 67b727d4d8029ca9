"""The window over an open encrypted store with the sample case, and someone who types a set into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.audit import Actor
from desktop.domain.clock import FixedClock
from desktop.intake.case_json import load_case_file
from desktop.services.criteria_draft import GroupDraft, NodeDraft
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.case_tabs import CaseTab
from desktop.ui.context import UiContext
from desktop.ui.criteria.criteria_editor import CriteriaEditor
from desktop.ui.main_window import MainWindow
from desktop.ui.notify import Notifier
from desktop.ui.refresh import RefreshHub
from desktop.ui.task_runner import TaskRunner
from desktop.ui.theme import Theme
from tests.made_store import made_store

CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Typist:
    """Someone at the keyboard, with the sample case open on its review."""

    def __init__(
        self, context: UiContext, case_id: str, qtbot: QtBot, size: tuple[int, int] = (1300, 820)
    ) -> None:
        self.qtbot = qtbot
        self.context = context
        self.services: Services = context.services
        self.case_id = case_id
        self.window = MainWindow(context)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.window.open_case(case_id, CaseTab.REVIEW)
        self.settle()

    @property
    def panel(self) -> CriteriaEditor:
        """The place for writing, over the case."""
        found = self.window.case_page.findChild(CriteriaEditor)
        assert isinstance(found, CriteriaEditor)
        return found

    @property
    def outline(self) -> str:
        """`a (b c) d`: what the outline shows, brackets for groups, `_` for what is not written."""

        def words(node: NodeDraft) -> str:
            if isinstance(node, GroupDraft):
                return "(" + " ".join(words(child) for child in node.children) + ")"
            return node.text or "_"

        return words(self.panel.desk.draft.root)[1:-1]

    @property
    def node(self) -> NodeDraft:
        """The node at hand."""
        return self.panel.desk.node

    @property
    def words(self) -> QWidget:
        """The field of the words of a criterion."""
        return self.panel.criterion_form.words.area

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        """Press keys where the focus is."""
        for key in keys:
            QTest.keyClick(self.focus, key, with_)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.focus, text)

    def open(self) -> None:
        """Ctrl+T."""
        self.press(Qt.Key.Key_T, with_=CTRL)
        self.settle()

    def type_head(self) -> None:
        """Fill what every set needs, by Enter from the title to the first criterion."""
        self.type("Reinsertion criteria")
        self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_A, with_=CTRL)
        self.type("Own Plan")
        self.press(Qt.Key.Key_Return)
        self.type("2026")
        self.press(Qt.Key.Key_Return)

    def type_rows(self, *rows: str) -> None:
        """Criteria one after the other, by Enter; the last one stays in hand."""
        for at, row in enumerate(rows):
            if at:
                self.press(Qt.Key.Key_Return)
            self.type(row)

    def start(self, *rows: str) -> None:
        """A new set with its names and some criteria."""
        self.open()
        self.type_head()
        self.type_rows(*rows)

    def check(self) -> None:
        """Have what is typed judged now."""
        self.panel.check_quietly()
        self.settle()

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press(Qt.Key.Key_Return, with_=CTRL)
        self.settle()

    def settle(self) -> None:
        """Until every operation is done and shown."""
        for _ in range(3):
            assert self.context.runner.wait_idle()
            QApplication.sendPostedEvents()


@pytest.fixture(scope="session")
def sample() -> bytes:
    return (resources_dir() / "sample" / "revision-fusion-l2-s1.json").read_bytes()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = made_store(tmp_path / "store", actor=Actor(name="R. Reviewer"))
    yield made
    made.close()


@pytest.fixture
def typist(
    request: pytest.FixtureRequest, services: Services, sample: bytes, qtbot: QtBot
) -> Iterator[Typist]:
    """The parameter, where there is one, is look, text scale and window size."""
    look, scale, size = getattr(request, "param", ("light", 100, (1300, 820)))
    runner, notify = TaskRunner(), Notifier()
    runner.unhandled = notify.failure
    theme = Theme(look, scale, resources_dir())
    theme.apply()
    case_id = services.cases.import_case(load_case_file(sample, "sample").case_file).value.id
    made = Typist(UiContext(services, runner, RefreshHub(), notify, theme, CLOCK), case_id, qtbot, size)
    yield made
    made.window.flush()
    made.settle()
    runner.close()
