"""A signed copy from the window: certificate, passphrase, reason in the page; what goes wrong is said beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.services.letter_paper import PaperForm
from tests.certificate import PASSPHRASE, certificate
from tests.ui.accessibility import assert_accessible
from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]


@pytest.fixture
def issued(open_letter: Open, tmp_path: Path) -> Desk:
    desk = open_letter()
    desk.compose()
    desk.context.services.letters.issue(desk.case_id)
    desk.screen.desk.load()
    desk.settle()
    (tmp_path / "mine.p12").write_bytes(certificate())
    (tmp_path / "old.p12").write_bytes(certificate(2010, 2020))
    return desk


def notices(desk: Desk) -> list[str]:
    return [notice.what for notice in desk.context.notify.notices]


def test_a_copy_is_signed_by_keyboard_and_the_passphrase_is_forgotten(
    issued: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    strip = issued.frame.sign_strip
    box = issued.frame.save_box
    box.activated.emit(box.findText("Signed copy…"))
    assert strip.isVisible()
    assert_accessible(issued.screen)
    assert QApplication.focusWidget() is strip.file_button
    strip.take_file(str(tmp_path / "mine.p12"))
    assert QApplication.focusWidget() is strip.passphrase
    qtbot.keyClicks(strip.passphrase, "wrong")
    qtbot.keyClick(strip.passphrase, Qt.Key.Key_Return)
    issued.settle()
    assert "does not open with this passphrase" in strip.problem.text()
    assert strip.passphrase.text() == ""
    strip.reason.setText("Appeal")
    qtbot.keyClicks(strip.passphrase, PASSPHRASE)
    qtbot.keyClick(strip.passphrase, Qt.Key.Key_Return)
    issued.settle()
    dialog = next(item for item in issued.screen.findChildren(QFileDialog) if item.isVisible())
    assert "Ann Doctor" in dialog.windowTitle()
    dialog.close()
    issued.screen.signing.write(str(tmp_path / "signed.pdf"))
    issued.settle()
    archived = issued.context.services.letters.issued_pdf(issued.case_id)
    assert archived is not None
    signed = (tmp_path / "signed.pdf").read_bytes()
    assert signed.startswith(archived)
    assert b"(Appeal)" in signed
    assert not strip.isVisible()
    assert strip.passphrase.text() == ""
    assert any(words.startswith("Saved signed.pdf, signed.") for words in notices(issued))
    assert not any(PASSPHRASE in words for words in notices(issued))
    events = issued.context.services.audit(issued.case_id)
    assert [event.operation for event in events].count("letter_signed_copy") == 1


def test_what_cannot_sign_is_said_in_the_strip_and_escape_leaves_all(
    issued: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    strip = issued.frame.sign_strip
    issued.screen.save_signed_copy()
    qtbot.mouseClick(strip.save_button, Qt.MouseButton.LeftButton)
    assert "Choose the file" in strip.problem.text()
    for name, said in (("old.p12", "expired on 2020-01-01"), ("gone.p12", "cannot be read")):
        strip.take_file(str(tmp_path / name))
        strip.passphrase.setText(PASSPHRASE)
        qtbot.mouseClick(strip.save_button, Qt.MouseButton.LeftButton)
        issued.settle()
        assert said in strip.problem.text()
    strip.passphrase.setText(PASSPHRASE)
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert strip.passphrase.text() == ""


def test_a_draft_is_not_signed_and_that_is_said(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.save_signed_copy()
    assert not desk.frame.sign_strip.isVisible()
    assert notices(desk)[-1].startswith("Only an issued letter can be signed.")


def test_another_form_of_an_issued_letter_says_that_the_pdf_is_the_original(
    issued: Desk, tmp_path: Path
) -> None:
    for form in PaperForm:
        issued.screen.delivery.write(str(tmp_path / f"letter-{form.value}{form.suffix}"), form)
        issued.settle()
        assert ("The archived original is the PDF." in notices(issued)[-1]) is (form is not PaperForm.PDF)
