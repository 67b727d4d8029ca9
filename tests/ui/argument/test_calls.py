"""Peer-to-peer calls: several, typed and saved by keyboard, with what to know before one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.letter import LetterKind
from desktop.domain.peer_to_peer import PeerToPeer, PeerToPeerOutcome
from desktop.ui.argument.call_page import PRACTICE
from tests.ui.argument.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def put(desk: Desk, call_id: str, name: str) -> None:
    call = PeerToPeer(id=call_id, physician_name=name, requested_on=date(2026, 11, 3))
    desk.context.commit(lambda: desk.services.peer_to_peer.put(desk.case_id, call))
    desk.settle()


def test_the_calls_are_one_key_away_and_one_key_back(desk: Desk) -> None:
    desk.press(Qt.Key.Key_J, CTRL)
    assert desk.screen.frame.is_calls
    assert desk.screen.frame.calls.list.hasFocus()
    desk.press(Qt.Key.Key_J, CTRL)
    assert not desk.screen.frame.is_calls
    assert desk.screen.frame.list.hasFocus()


def test_a_call_is_saved_as_it_is_typed_with_its_npi_checked(desk: Desk) -> None:
    desk.press(Qt.Key.Key_J, CTRL)
    form = desk.screen.frame.calls.form
    QTest.keyClicks(form.physician_name.line, "A. Director")
    QTest.keyClicks(form.physician_npi.line, "1234567890")
    desk.screen.flush()
    desk.settle()
    assert "check digit" in form.physician_npi.message
    form.physician_npi.line.clear()
    QTest.keyClicks(form.physician_npi.line, "1234567893")
    desk.screen.flush()
    desk.settle()
    assert form.physician_npi.message == ""
    (call,) = desk.services.peer_to_peer.all(desk.case_id)
    assert (call.physician_name, call.physician_npi) == ("A. Director", "1234567893")
    assert desk.screen.frame.calls_button.text() == "Peer-to-peer 1"


def test_several_calls_keep_apart(desk: Desk) -> None:
    put(desk, "call-1", "First")
    put(desk, "call-2", "Second")
    desk.press(Qt.Key.Key_J, CTRL)
    calls = desk.screen.frame.calls
    assert [row.title for row in calls.list.rows] == ["First", "Second"]
    calls.list.choose("call-1")
    desk.settle()
    assert calls.form.physician_name.read() == "First"
    desk.press(Qt.Key.Key_J, CTRL | SHIFT)
    QTest.keyClicks(calls.form.physician_name.line, "Third")
    desk.screen.flush()
    desk.settle()
    names = [call.physician_name for call in desk.services.peer_to_peer.all(desk.case_id)]
    assert names == ["First", "Second", "Third"]


def test_lines_overturned_are_asked_for_when_the_outcome_says_so(desk: Desk) -> None:
    put(desk, "call-1", "First")
    desk.press(Qt.Key.Key_J, CTRL)
    form = desk.screen.frame.calls.form
    assert not form.overturned.isVisible()
    form.outcome.box.setCurrentIndex(list(PeerToPeerOutcome).index(PeerToPeerOutcome.OVERTURNED_IN_PART))
    assert form.overturned.isVisible()
    chip = form.overturned.chips["line-reinsertion"]
    chip.click()
    desk.screen.flush()
    desk.settle()
    (call,) = desk.services.peer_to_peer.all(desk.case_id)
    assert call.overturned_line_ids == ("line-reinsertion",)
    (row,) = desk.screen.frame.calls.list.rows
    assert "overturned for 22849" in row.detail


def test_a_call_that_is_removed_can_be_brought_back(desk: Desk) -> None:
    put(desk, "call-1", "First")
    desk.press(Qt.Key.Key_J, CTRL)
    QTest.mouseClick(desk.screen.frame.calls.remove_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.services.peer_to_peer.all(desk.case_id) == ()
    assert desk.context.notify.notices[-1].offers_undo


def test_the_caution_says_what_is_practice_and_what_the_record_says(desk: Desk) -> None:
    call = PeerToPeer(id="call-1", window_ends_on=date(2026, 11, 20))
    desk.context.commit(lambda: desk.services.peer_to_peer.put(desk.case_id, call))
    desk.settle()
    desk.press(Qt.Key.Key_J, CTRL)
    said = desk.screen.frame.calls.caution.text()
    assert "November 20, 2026, as recorded" in said
    assert PRACTICE in said
    assert "The notice gives May 1, 2027" in said


def test_the_caution_says_the_same_as_the_card(desk: Desk) -> None:
    card = desk.services.letters.compose(desk.case_id, LetterKind.PEER_TO_PEER_CARD).value
    assert PRACTICE in "\n".join(block.text for block in card.content.blocks)
