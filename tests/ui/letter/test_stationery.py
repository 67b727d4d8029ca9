"""Letterheads, snippets and templates are made beside the letters, by keyboard, and used at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.stationery import Letterhead, Snippet
from desktop.ui.notify import NoticeKind
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]


def press(desk: Desk, qtbot: QtBot, name: str) -> None:
    made = getattr(desk.frame.stationery, name)
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Return)
    desk.settle()


def test_a_letterhead_is_made_by_keyboard_and_heads_the_letter(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_stationery()
    press(desk, qtbot, "new_letterhead_button")
    form = desk.frame.stationery.letterhead
    assert QApplication.focusWidget() is form.name.line
    qtbot.keyClicks(form.name.line, "Main office")
    qtbot.keyClicks(form.lines.area, "Example Clinic")
    qtbot.keyClick(form.lines.area, Qt.Key.Key_Return)
    qtbot.keyClicks(form.lines.area, "1 Example Road")
    desk.screen.flush()
    desk.settle()
    kept = desk.context.services.stationery.letterheads()
    assert [(item.name, item.lines) for item in kept] == [
        ("Main office", ("Example Clinic", "1 Example Road"))
    ]
    assert_accessible(desk.screen)
    assert labels_that_guess_their_format(desk.screen) == []
    qtbot.mouseClick(desk.frame.stationery.back_button, Qt.MouseButton.LeftButton)
    desk.screen.show_settings()
    box = desk.frame.settings.letterhead.box
    box.setCurrentIndex(box.findText("Main office"))
    desk.screen.flush()
    desk.settle()
    assert "Example Clinic" in desk.block_text("letterhead")


def test_a_name_is_needed_and_what_was_typed_stays(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.screen.show_stationery()
    press(desk, qtbot, "new_snippet_button")
    form = desk.frame.stationery.snippet
    form.name.line.clear()
    desk.screen.flush()
    desk.settle()
    assert "Give it a name" in form.name.message
    assert [item.name for item in desk.context.services.stationery.snippets()] == ["new snippet"]
    form.text.area.setPlainText("Typed before the name.")
    desk.screen.flush()
    desk.screen.desk.load()
    desk.settle()
    assert form.text.area.exact_text() == "Typed before the name."
    form.name.line.setText("thanks")
    desk.screen.flush()
    desk.settle()
    assert [(item.name, item.text) for item in desk.context.services.stationery.snippets()] == [
        ("thanks", "Typed before the name.")
    ]


def test_choosing_another_saves_what_was_typed_and_stays_with_the_other(
    open_letter: Open, qtbot: QtBot
) -> None:
    desk = open_letter()
    stationery = desk.context.services.stationery
    stationery.put(Snippet(id="one", name="one", text="First."))
    stationery.put(Letterhead(id="two", name="two"))
    desk.screen.show_stationery()
    desk.screen.desk.load()
    desk.settle()
    page = desk.frame.stationery
    page.list.choose("one")
    desk.settle()
    page.snippet.text.area.setPlainText("First, changed.")
    page.list.choose("two")
    desk.settle()
    assert [item.text for item in stationery.snippets()] == ["First, changed."]
    assert page.list.current_id == "two"
    assert page.letterhead.isVisible()


def test_a_placeholder_that_no_field_has_is_told_with_the_nearest(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.screen.show_stationery()
    press(desk, qtbot, "new_snippet_button")
    form = desk.frame.stationery.snippet
    form.text.area.setPlainText("Dear {{member.nam}}")
    desk.screen.flush()
    desk.settle()
    assert "member.name" in form.text.message
    form.text.area.setPlainText("")
    form.fields.setCurrentIndex(0)
    form.fields.activated.emit(0)
    assert form.text.area.exact_text().startswith("{{")
    assert form.text.area.hasFocus()


def test_a_logo_is_taken_in_and_a_file_that_is_no_picture_is_refused_in_words(
    open_letter: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = open_letter()
    desk.screen.show_stationery()
    press(desk, qtbot, "new_letterhead_button")
    form = desk.frame.stationery.letterhead
    picture, broken = tmp_path / "logo.png", tmp_path / "broken.png"
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#0A5C6E"))
    image.save(str(picture))
    broken.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    qtbot.mouseClick(form.logo.choose_button, Qt.MouseButton.LeftButton)
    desk.screen.stationery.take_picture(str(broken))
    desk.settle()
    assert desk.context.notify.notices[-1].kind is NoticeKind.ERROR
    desk.screen.stationery.take_picture(str(picture))
    desk.settle()
    qtbot.waitUntil(form.logo.remove_button.isVisible, timeout=5000)
    assert desk.context.services.stationery.letterheads()[0].logo_sha256
    qtbot.mouseClick(form.logo.remove_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert not desk.context.services.stationery.letterheads()[0].logo_sha256


def test_a_template_comes_from_a_file_and_goes_into_one(open_letter: Open, tmp_path: Path) -> None:
    desk = open_letter()
    desk.screen.show_stationery()
    box = desk.frame.stationery.add_template
    box.activated.emit(box.findText("Record first appeal"))
    desk.settle()
    (template,) = desk.context.services.stationery.templates()
    desk.screen.stationery.write_template(str(tmp_path / "mine.yaml"))
    desk.settle()
    desk.screen.stationery.take_template(str(tmp_path / "mine.yaml"))
    desk.settle()
    assert desk.context.services.stationery.templates() == (template,)
    (tmp_path / "bad.yaml").write_text("name: [", encoding="utf-8")
    desk.screen.stationery.take_template(str(tmp_path / "bad.yaml"))
    desk.settle()
    assert desk.context.notify.notices[-1].kind is NoticeKind.ERROR
    assert "bad.yaml" in desk.context.notify.notices[-1].what


def test_removing_asks_first_and_the_keyboard_begins_at_the_careful_answer(
    open_letter: Open, qtbot: QtBot
) -> None:
    desk = open_letter()
    desk.screen.show_stationery()
    press(desk, qtbot, "new_snippet_button")
    page = desk.frame.stationery
    qtbot.mouseClick(page.remove_button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page.ask.no
    qtbot.keyClick(page.ask.no, Qt.Key.Key_Return)
    desk.settle()
    assert len(desk.context.services.stationery.snippets()) == 1
    qtbot.mouseClick(page.remove_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.ask.yes, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.context.services.stationery.snippets() == ()
    assert page.current is None


def test_undo_keys_on_this_page_are_those_of_stationery(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.show_stationery()
    press(desk, qtbot, "new_snippet_button")
    page, stationery = desk.frame.stationery, desk.context.services.stationery
    page.ask.agreed.emit()
    desk.settle()
    assert stationery.snippets() == ()
    assert desk.context.notify.notices[-1].what == "Removed: new snippet. Ctrl+Z brings it back."
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Z, control)
    desk.settle()
    assert [item.name for item in stationery.snippets()] == ["new snippet"]
    qtbot.keyClick(page.list, Qt.Key.Key_Z, control | shift)
    desk.settle()
    assert stationery.snippets() == ()
    assert desk.context.services.letters.current(desk.case_id) is not None


@pytest.mark.parametrize("words", ["nul \x00", "bell \x07", "x" * 401])
def test_what_cannot_be_kept_is_said_beside_the_field_and_nothing_is_written(
    open_letter: Open, qtbot: QtBot, words: str
) -> None:
    desk = open_letter()
    desk.screen.show_stationery()
    press(desk, qtbot, "new_letterhead_button")
    before = desk.context.services.stationery.letterheads()
    form = desk.frame.stationery.letterhead
    form.signer.line.setText(words)
    desk.screen.flush()
    desk.settle()
    assert desk.context.services.stationery.letterheads() == before
    assert "this field is not saved" in form.signer.line.accessibleDescription()
    assert [notice for notice in desk.context.notify.notices if notice.kind is not NoticeKind.INFO] == []
    assert form.signer.line.text() == words
