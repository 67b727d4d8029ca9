"""Guards against a Qt binding that loses a reference to None per call, which aborts Python 3.11 unheard.

PySide6 6.12.0 loses one per call that returns nothing; after about 5,000 calls the interpreter stops with
`none_dealloc`, without a traceback. An ordinary suite makes too few calls to notice.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 5000


def test_qt_calls_do_not_eat_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        if sys.getrefcount(None) < before - 1000:
            break  # far enough to know, early enough to live to tell
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 50
