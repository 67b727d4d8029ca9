"""The table of a block: every word of it can be read, at any width, and a long one does not hold up the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEventLoop, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.letter import LetterRow, LetterTable
from desktop.settings.paths import resources_dir
from desktop.ui.letter.block_table import BlockTable
from desktop.ui.theme import Theme

LONG = (
    "Supervised physical therapy with a home programme, twelve visits, without lasting relief of the pain. "
    * 2
)
WRAPPED = int(Qt.TextFlag.TextWordWrap)


def table_of(rows: int) -> LetterTable:
    cells = [(f"2025-01-{at % 28 + 1:02d}", LONG if at % 2 else "Brace") for at in range(rows)]
    return LetterTable(
        columns=("Date", "Treatment"),
        widths=(1, 2),
        rows=tuple(LetterRow(cells=cell, provenance=()) for cell in cells),
    )


def height_of_words(table: BlockTable, row: int) -> int:
    item = table.item(row, 1)
    assert item is not None
    room = QRect(0, 0, table.columnWidth(1) - 12, 100_000)
    return table.fontMetrics().boundingRect(room, WRAPPED, item.text()).height()


@pytest.fixture(params=[100, 200])
def table(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot) -> BlockTable:
    theme = Theme("light", request.param, resources_dir())
    theme.apply()
    made = BlockTable(theme)
    qtbot.addWidget(made)
    made.resize(420, 500)
    made.show()
    return made


def stand_still() -> None:
    loop = QEventLoop()
    QTimer.singleShot(20, loop.quit)
    loop.exec()


def test_rows_are_as_high_as_their_words_at_every_width(table: BlockTable) -> None:
    table.show_table(table_of(6))
    heights: list[int] = []
    for width in (700, 1200, 500):
        table.resize(width, 500)
        stand_still()
        assert all(table.rowHeight(row) >= height_of_words(table, row) for row in range(6))
        heights.append(table.rowHeight(1))
    assert heights[1] < heights[0] < heights[2]
    assert table.rowHeight(0) < table.rowHeight(1)


def test_a_table_takes_no_more_room_than_its_rows(table: BlockTable) -> None:
    table.show_table(table_of(2))
    rows = table.rowHeight(0) + table.rowHeight(1)
    assert rows <= table.maximumHeight() <= rows + table.horizontalHeader().height() + 40


def test_a_long_table_is_measured_once_its_width_stands_still(table: BlockTable, qtbot: QtBot) -> None:
    table.show_table(table_of(300))
    before = table.rowHeight(299)
    for width in (900, 1000, 1200, 1400):
        table.resize(width, 500)
        assert table.rowHeight(299) == before
    qtbot.waitUntil(lambda: table.rowHeight(299) < before)
    assert table.rowHeight(299) >= height_of_words(table, 299)


def test_a_head_that_is_wider_than_its_column_goes_on_below(table: BlockTable) -> None:
    row = LetterRow(cells=("Asked for", LONG), provenance=())
    head = "What is asked for in this letter"
    table.show_table(LetterTable(columns=(head, "Result"), widths=(1, 9), rows=(row,)))
    item = table.horizontalHeaderItem(0)
    assert item is not None
    lines = item.text().split("\n")
    assert len(lines) > 1
    assert " ".join(lines) == head
    metrics = table.horizontalHeader().fontMetrics()
    assert all(metrics.horizontalAdvance(line) < table.columnWidth(0) for line in lines)
    assert table.horizontalHeader().sizeHint().height() > len(lines) * metrics.lineSpacing()


def test_a_heading_over_rows_goes_over_all_columns(table: BlockTable) -> None:
    rows = (LetterRow(cells=("Both of these",), provenance=(), is_heading=True), *table_of(2).rows)
    table.show_table(LetterTable(columns=("Date", "Treatment"), widths=(1, 2), rows=rows))
    assert table.columnSpan(0, 0) == 2
    table.show_table(table_of(2))
    assert table.columnSpan(0, 0) == 1


def test_the_scroll_bar_changes_no_width_and_so_no_height(table: BlockTable) -> None:
    table.show_table(table_of(40))
    before = [table.columnWidth(column) for column in range(2)]
    table.resize(table.width(), 8000)
    stand_still()
    assert [table.columnWidth(column) for column in range(2)] == before
