"""An open store with two editions of an own set, and the library screen or the whole window over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.workspace import Services
from desktop.ui.context import UiContext
from desktop.ui.library.criteria_shelf import CriteriaShelf
from tests.made_store import made_store
from tests.ui.library.sets import LATER, OWN
from tests.ui.shelf_desk import CLOCK, context, put_on_screen, rest, settle, wait

__all__ = ["CLOCK", "context", "rest", "settle", "wait"]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = made_store(tmp_path / "open")
    made.catalogue.type_set(OWN)
    made.catalogue.type_set(LATER)
    yield made
    made.close()


@pytest.fixture
def screen(context: UiContext, qtbot: QtBot) -> Iterator[CriteriaShelf]:
    made = CriteriaShelf(context)
    put_on_screen(made, qtbot, 1200, 760)
    settle(context, made)
    yield made
    rest(context)


@pytest.fixture
def still(context: UiContext, screen: CriteriaShelf) -> Callable[[], None]:
    """Waits until everything asked for is shown."""
    return partial(settle, context, screen)
