"""Fields stand in columns that begin and end where the page does, whatever stands in them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.field_grid import FieldGrid


@pytest.mark.parametrize("spans", [(4,), (4, 4), (2, 2), (1, 1, 4), (1, 1, 1, 1), (2, 1, 1)])
def test_a_row_of_fields_is_as_wide_as_the_page(spans: tuple[int, ...], qtbot: QtBot) -> None:
    grid = FieldGrid()
    qtbot.addWidget(grid)
    fields = [QLineEdit() for _ in spans]
    for field, span in zip(fields, spans, strict=True):
        grid.add(field, span)
    grid.resize(870, 200)
    grid.show()
    qtbot.waitUntil(lambda: max(field.geometry().right() for field in fields) == 869)
    assert min(field.x() for field in fields) == 0
