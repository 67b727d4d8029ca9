"""The letter screen goes when it is closed: nothing it connected keeps it, and late answers find nobody."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]


def test_a_closed_screen_is_freed(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_sources()
    desk.settle()
    parts = [weakref.ref(part) for part in (desk.screen.writing, desk.frame.editor, desk.frame.side)]
    desk.screen.desk.load()  # an answer that is still on the way
    desk.screen.hide()
    desk.screen.deleteLater()
    QCoreApplication.sendPostedEvents(desk.screen, QEvent.Type.DeferredDelete)
    assert not isValid(desk.screen)
    assert desk.context.runner.wait_idle()
    del desk.screen, desk.frame
    gc.collect()
    assert [part() for part in parts] == [None, None, None]
