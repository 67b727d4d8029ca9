"""Blocks are dragged, left out, brought back, kept, and compared with a record that has moved on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.letter import LetterBlock
from desktop.domain.stationery import Snippet
from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def write(desk: Desk, qtbot: QtBot, block_id: str, text: str) -> None:
    desk.frame.outline.choose(block_id)
    area = desk.frame.editor.text
    area.setFocus()
    area.selectAll()
    qtbot.keyClicks(area, text)
    desk.screen.flush()
    desk.settle()


def block(desk: Desk, block_id: str) -> LetterBlock:
    found = desk.letter().content.block(block_id)
    assert found is not None
    return found


def rename_member(desk: Desk, family_name: str) -> None:
    services = desk.context.services
    member = services.cases.case(desk.case_id).member.model_copy(update={"family_name": family_name})
    desk.context.commit(lambda: services.cases.save_member(desk.case_id, member))
    desk.settle()


def stale_opening(desk: Desk, qtbot: QtBot) -> None:
    desk.compose()
    write(desk, qtbot, "opening", "We ask for review.")
    rename_member(desk, "Changed")
    desk.frame.outline.choose("opening")


def test_a_block_is_dragged_to_another_place(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    before = desk.frame.outline.block_ids()
    desk.frame.outline.move_to(2, 5)
    desk.settle()
    after = desk.frame.outline.block_ids()
    assert after == [*before[:2], before[3], before[4], before[2], *before[5:]]
    desk.frame.outline.move_to(4, 2)
    desk.settle()
    assert desk.frame.outline.block_ids() == before


def test_a_drop_asks_for_the_move_and_leaves_the_rows_to_the_store(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    outline = desk.frame.outline
    before = outline.block_ids()
    outline.choose(before[2])
    at = outline.visualRect(outline.model().index(5, 0)).center()
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data = outline.model().mimeData([outline.currentIndex()])
    event = QDropEvent(QPointF(at), Qt.DropAction.MoveAction, data, buttons, none)
    outline.dropEvent(event)
    assert not event.isAccepted()
    assert outline.block_ids() == before
    desk.settle()
    assert outline.block_ids() == [*before[:2], before[3], before[4], before[2], *before[5:]]


def test_a_block_dropped_where_it_stands_changes_nothing(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    saved = desk.context.services.history.labels(desk.case_id)
    desk.frame.outline.move_to(2, 2)
    desk.frame.outline.move_to(2, 3)
    desk.settle()
    assert desk.context.services.history.labels(desk.case_id) == saved


def test_a_block_is_left_out_and_brought_back_by_keyboard(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    before = desk.frame.outline.block_ids()
    desk.frame.outline.setFocus()
    desk.frame.outline.choose("history")
    qtbot.keyClick(desk.frame.outline, Qt.Key.Key_Delete, BOTH)
    desk.settle()
    assert "history" not in desk.frame.outline.block_ids()
    assert "history" not in {item.id for item in desk.letter().content.blocks}
    faint = [row for row in desk.frame.outline.rows if row.is_faint]
    assert [row.title for row in faint] == ["Clinical history"]
    desk.frame.outline.choose(faint[0].id)
    qtbot.keyClick(desk.frame.outline, Qt.Key.Key_Return)
    desk.settle()
    assert desk.frame.outline.block_ids() == before


def test_a_kept_block_stays_as_it_is_and_cannot_be_typed_into(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.frame.outline.choose("opening")
    kept = block(desk, "opening").text
    qtbot.mouseClick(desk.frame.editor.lock_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert block(desk, "opening").is_locked
    assert desk.frame.editor.text.isReadOnly()
    rename_member(desk, "Changed")
    assert block(desk, "opening").text == kept
    assert desk.frame.editor.stale.isVisible()
    strip = desk.frame.editor.stale
    assert not strip.take_button.isEnabled()
    assert any("unlock the block" in part.text() for part in strip.findChildren(QLabel) if part.isVisible())
    desk.screen.take_theirs()
    assert desk.context.notify.notices[-1].what.startswith("The block is kept as it is. Unlock it first")
    qtbot.mouseClick(desk.frame.editor.lock_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert "Changed" in block(desk, "opening").text
    assert not desk.frame.editor.stale.isVisible()


def test_what_the_record_says_now_stands_beside_what_it_said(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    stale_opening(desk, qtbot)
    strip = desk.frame.editor.stale
    assert strip.isVisible()
    told = strip.page.toPlainText()
    assert "Testerman" in told
    assert "Changed" in told
    row = next(row for row in desk.frame.outline.rows if row.id == "opening")
    assert "the record has changed since" in row.spoken
    assert "1 to compare with the record" in desk.frame.state.text()


def test_one_key_keeps_mine(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    stale_opening(desk, qtbot)
    qtbot.keyClick(desk.frame.editor.text, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert block(desk, "opening").text == "We ask for review."
    assert not block(desk, "opening").is_stale
    assert not desk.frame.editor.stale.isVisible()


def test_one_key_takes_the_record_s(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    stale_opening(desk, qtbot)
    qtbot.keyClick(desk.frame.editor.text, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert "Changed" in desk.frame.editor.text.exact_text()
    assert not block(desk, "opening").is_edited


def test_taking_the_record_s_needs_a_choice_to_take(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    write(desk, qtbot, "opening", "Mine.")
    qtbot.keyClick(desk.frame.editor.text, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert block(desk, "opening").text == "Mine."


def test_a_snippet_is_put_by_its_name_with_its_placeholders_filled(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    stationery = desk.context.services.stationery
    stationery.put(Snippet(id="thanks", name="thanks", text="We thank you on behalf of {{member.name}}."))
    stationery.put(Snippet(id="call", name="call us", text="Please call."))
    desk.compose()
    desk.frame.outline.choose("opening")
    area = desk.frame.editor.text
    area.setFocus()
    area.selectAll()
    qtbot.keyClicks(area, "Dear all; yes. ;th")
    popup = area.popup
    assert popup.isVisible()
    assert [popup.item(row).text() for row in range(popup.count())] == ["thanks"]
    assert area.accessibleDescription() == "Enter inserts: thanks"
    qtbot.keyClick(area, Qt.Key.Key_Return)
    desk.settle()
    assert area.exact_text() == "Dear all; yes. We thank you on behalf of Harlan Testerman."


def test_escape_leaves_an_abbreviation_as_it_was_typed(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.context.services.stationery.put(Snippet(id="thanks", name="thanks", text="Thank you."))
    desk.compose()
    desk.frame.outline.choose("opening")
    area = desk.frame.editor.text
    area.setFocus()
    area.selectAll()
    qtbot.keyClicks(area, ";th")
    qtbot.keyClick(area, Qt.Key.Key_Escape)
    assert not area.popup.isVisible()
    qtbot.keyClick(area, Qt.Key.Key_Return)
    assert area.exact_text() == ";th\n"


def test_without_a_snippet_the_key_says_where_they_are_made(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.frame.outline.choose("opening")
    qtbot.keyClick(desk.frame.editor.text, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert desk.context.notify.notices[-1].what.startswith("No snippet is kept yet")


def test_an_unknown_word_is_underlined_and_one_key_suggests(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    write(desk, qtbot, "opening", "The patholgy of Testerman is clear.")
    area = desk.frame.editor.text
    assert [
        area.exact_text()[mark.start : mark.end] for mark in area.marks if mark.kind.value == "spelling"
    ] == ["patholgy"]
    qtbot.keyClick(area, Qt.Key.Key_F7)
    desk.settle()
    assert area.popup.item(0).text() == "pathology"
    qtbot.keyClick(area, Qt.Key.Key_Return)
    assert area.exact_text() == "The pathology of Testerman is clear."


def test_a_word_is_added_to_the_user_s_own(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    write(desk, qtbot, "opening", "The patholgy is clear.")
    area = desk.frame.editor.text
    qtbot.keyClick(area, Qt.Key.Key_F7)
    desk.settle()
    qtbot.keyClick(area, Qt.Key.Key_Up)
    qtbot.keyClick(area, Qt.Key.Key_Return)
    desk.settle()
    assert [item.word for item in desk.context.services.stationery.words()] == ["patholgy"]
    assert not [mark for mark in area.marks if mark.kind.value == "spelling"]
