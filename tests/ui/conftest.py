"""Takes the program's look off the application after each test, so that none depends on the one before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def no_look_left_behind() -> Iterator[None]:
    # Before as well: what a test left queued may lay the look on once more after the test has ended.
    _take_off()
    yield
    _take_off()


def _take_off() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.styleSheet():
        app.setStyleSheet("")
        app.setPalette(QPalette())
        app.setFont(QFont())
