"""An open store and the references shelf over it, with what the tests type and drop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.context import UiContext
from desktop.ui.references.screen import ReferencesShelf
from tests.ui.shelf_desk import CLOCK, context, put_on_screen, rest, services, settle, wait

__all__ = ["CLOCK", "context", "services", "settle", "wait"]

RIS = """\
TY  - JOUR
TI  - Pedicle screws in osteoporotic bone
AU  - Doe, Jane
PY  - 2020
ZZ  - a field of no form
ER  -
TY  - JOUR
TI  - A record that is here already
DO  - 10.1177/21925682251336715
ER  -
"""


@pytest.fixture
def shelf(context: UiContext, qtbot: QtBot) -> Iterator[ReferencesShelf]:
    made = ReferencesShelf(context)
    put_on_screen(made, qtbot, 1190, 700)
    settle(context, made)
    made.focus_list()
    yield made
    rest(context)


@pytest.fixture
def still(context: UiContext, shelf: ReferencesShelf) -> Callable[[], None]:
    """Waits until everything asked for is shown."""
    return partial(settle, context, shelf)
