"""The review in front leaves as a FHIR response: asked in place, without the member unless ticked, with its remarks."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.domain.criteria import LicenceClass
from desktop.ui.review.response_file import NOTHING_TO_SAVE
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.review.conftest import Reviewer, StoredReviewer


def own_set(at_store: StoredReviewer) -> str:
    return next(item.id for item in at_store.view.sets if item.licence is LicenceClass.USER)


def stand_before(at_store: StoredReviewer, set_id: str) -> None:
    line = next(item for item in at_store.view.case.service_lines if set_id in item.criteria_set_ids)
    at_store.screen.choose_line(line.id)
    at_store.screen.choose_set(0, set_id)
    at_store.tree.setFocus()


def dialog_of(at_store: StoredReviewer) -> QFileDialog:
    (found,) = at_store.screen.findChildren(QFileDialog)
    return found


def choose_place(at_store: StoredReviewer, path: Path) -> None:
    dialog = dialog_of(at_store)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    at_store.wait()


def test_f_and_enter_save_a_public_set_without_the_member_and_show_the_remarks(
    at_store: StoredReviewer, tmp_path: Path
) -> None:
    public = next(item.id for item in at_store.view.sets if item.licence is LicenceClass.PUBLIC)
    stand_before(at_store, public)
    at_store.press(Qt.Key.Key_F)
    page = at_store.screen.asking
    assert page.isVisible()
    assert page.yes.hasFocus()
    assert "license class" not in page.words.text()
    assert not page.tick.isChecked()
    at_store.press(Qt.Key.Key_Return)
    assert at_store.view.case.number in dialog_of(at_store).selectedFiles()[0]
    target = tmp_path / "review.json"
    choose_place(at_store, target)
    saved = json.loads(target.read_text("utf-8"))
    assert saved["resourceType"] == "QuestionnaireResponse"
    assert "subject" not in saved
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert at_store.said() == "Saved review.json."
    words = at_store.screen.words
    assert words.isVisible()
    assert "the member is left out" in words.words
    assert "may name the patient: read the file" in words.words
    at_store.press(Qt.Key.Key_Escape, on=words.text)
    assert at_store.screen.note_pane.isVisible()
    event = at_store.services.audit(at_store.case_id)[0]
    assert event.operation == "review_saved_as_fhir"
    assert at_store.view.case.member.full_name not in event.model_dump_json()


def test_an_own_set_is_asked_for_with_its_licence_and_the_keyboard_begins_at_no(
    at_store: StoredReviewer, tmp_path: Path
) -> None:
    stand_before(at_store, own_set(at_store))
    at_store.press(Qt.Key.Key_F)
    page = at_store.screen.asking
    assert "license class user" in page.words.text()
    assert page.no.hasFocus()
    assert_accessible(at_store.screen, 19)
    assert labels_that_guess_their_format(at_store.screen) == []
    at_store.press(Qt.Key.Key_Return)
    assert at_store.screen.findChildren(QFileDialog) == []
    assert at_store.tree.hasFocus()
    at_store.press(Qt.Key.Key_F)
    QTest.mouseClick(page.tick, Qt.MouseButton.LeftButton, pos=QPoint(8, page.tick.height() // 2))
    assert page.tick.isChecked()
    QTest.mouseClick(page.yes, Qt.MouseButton.LeftButton)
    target = tmp_path / "named.json"
    choose_place(at_store, target)
    member = at_store.view.case.member
    assert json.loads(target.read_text("utf-8"))["subject"]["display"] == member.full_name
    assert "It names the member." in at_store.screen.words.words


def test_the_tick_is_off_again_the_next_time_and_escape_saves_nothing(at_store: StoredReviewer) -> None:
    stand_before(at_store, own_set(at_store))
    page = at_store.screen.asking
    at_store.press(Qt.Key.Key_F)
    page.tick.setChecked(True)
    at_store.press(Qt.Key.Key_M)  # must not answer the criterion behind
    at_store.press(Qt.Key.Key_Escape)
    assert at_store.screen.findChildren(QFileDialog) == []
    at_store.press(Qt.Key.Key_F)
    assert not page.tick.isChecked()
    assert at_store.services.audit(at_store.case_id)[0].operation != "review_saved_as_fhir"


def test_a_question_about_one_line_does_not_stay_for_another(at_store: StoredReviewer) -> None:
    at_store.tree.setFocus()
    at_store.press(Qt.Key.Key_F)
    assert at_store.screen.asking.isVisible()
    others = [line.id for line in at_store.view.case.service_lines if line.id != "line-arthrodesis"]
    at_store.screen.choose_line(others[0])
    assert not at_store.screen.asking.isVisible()


def test_a_place_that_takes_no_file_is_said_and_no_copy_is_noted(
    at_store: StoredReviewer, tmp_path: Path
) -> None:
    at_store.tree.setFocus()
    at_store.press(Qt.Key.Key_F)
    at_store.screen.asking.yes.click()
    choose_place(at_store, tmp_path / "not-there" / "review.json")
    assert "could not be written" in at_store.said()
    assert at_store.services.audit(at_store.case_id)[0].operation != "review_saved_as_fhir"


def test_without_a_set_there_is_nothing_to_save(at_store: StoredReviewer) -> None:
    at_store.services.review.choose_sets(at_store.case_id, "line-arthrodesis", ())
    at_store.screen.show_case(at_store.case_id)
    at_store.wait()
    at_store.screen.choose_line("line-arthrodesis")
    at_store.screen.save_response()
    assert at_store.said() == NOTHING_TO_SAVE


def test_the_command_is_in_palette_and_key_sheet(reviewer: Reviewer) -> None:
    found = {command.handler_name: command for command in reviewer.screen.commands()}
    assert (found["save_response"].text, found["save_response"].key_text) == (
        "Save this review as a FHIR response…",
        "F",
    )
    assert found["take_edition"].key_text.startswith("Shift")
