"""Three parts side by side where there is room, two where there is not, and what Space and the tick mean in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.letter.three_panes import MIDDLE
from desktop.ui.packet.packet_frame import BUILD, REDACTIONS
from desktop.ui.panes import walk_panes
from tests.ui.accessibility import assert_accessible
from tests.ui.packet.conftest import Desk

WIDE, NARROW = 1180, 900


def resize(desk: Desk, width: int) -> None:
    desk.screen.resize(width, 560)
    desk.settle()


def test_with_little_width_the_document_takes_turns_with_the_panels(desk: Desk) -> None:
    frame = desk.screen.frame
    assert not frame.panes.is_folded
    resize(desk, NARROW)
    assert frame.panes.is_folded
    assert frame.side.current == MIDDLE
    assert frame.view.isVisible()
    assert frame.view.width() > NARROW // 2
    frame.side.show_panel(BUILD)
    assert not frame.view.isVisible()
    desk.press(Qt.Key.Key_Down, on=frame.list)
    assert frame.view.isVisible()
    assert_accessible(desk.screen)


def test_with_room_again_the_document_goes_back_between_list_and_panels(desk: Desk) -> None:
    frame = desk.screen.frame
    resize(desk, NARROW)
    resize(desk, WIDE)
    assert not frame.panes.is_folded
    assert frame.view.isVisible()
    assert frame.side.current == BUILD
    assert frame.side.button_of(MIDDLE).isHidden()
    assert frame.list.mapTo(frame, frame.list.rect().topLeft()).x() < frame.view.x() < frame.side.x()


def test_keys_for_the_document_bring_it_to_the_front(desk: Desk) -> None:
    frame = desk.screen.frame
    resize(desk, NARROW)
    for deed in (desk.screen.blacken, desk.screen.flip, desk.screen.choose_pages):
        frame.side.show_panel(REDACTIONS)
        deed()
        assert frame.side.current == MIDDLE


def test_pages_typed_are_kept_when_a_panel_takes_the_documents_turn(desk: Desk) -> None:
    resize(desk, NARROW)
    desk.screen.choose_pages()
    QTest.keyClicks(desk.screen.frame.view.pages.line, "1")
    desk.screen.frame.side.show_panel(BUILD, takes_keyboard=True)
    desk.settle()
    document_id = desk.screen.frame.list.current_id
    choices = {item.document_id: item for item in desk.services.packets.choices(desk.case_id)}
    assert choices[document_id].pages == (1,)


def test_it_is_said_in_words_what_space_does_and_what_the_tick_means(desk: Desk) -> None:
    frame = desk.screen.frame
    said = " ".join(part.text() for part in frame.findChildren(type(frame.warnings)) if part.isVisible())
    assert "Space encloses or leaves out" in said
    assert "✓ holds linked evidence" in said
    assert "Space encloses or leaves out" in frame.list.accessibleName()
    assert frame.view.toggle_button.accessibleDescription().startswith("Takes the document out")
    assert frame.view.toggle_button.accessibleDescription() in frame.view.toggle_button.toolTip()
    ticked = [row for row in frame.list.rows if any(mark.icon == "check" for mark in row.marks)]
    assert ticked
    assert all("holds linked evidence" in row.spoken for row in ticked)
    desk.press(Qt.Key.Key_Space, on=frame.list)
    assert frame.view.toggle_button.accessibleDescription().startswith("Puts the document into the packet")


def test_the_key_for_the_next_pane_goes_to_the_document_and_not_to_its_fields(desk: Desk) -> None:
    walk_panes(desk.screen.panes(), 1)
    assert desk.screen.frame.view.text.hasFocus()
    resize(desk, NARROW)
    desk.screen.frame.list.setFocus()
    walk_panes(desk.screen.panes(), 1)
    assert desk.screen.frame.view.text.hasFocus()
