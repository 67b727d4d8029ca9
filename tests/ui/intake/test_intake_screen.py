"""The intake page as a reviewer uses it: typing is saved, nothing is lost, and what is wrong is said in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.determination import Determination, SignOff
from desktop.domain.document import Document
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.member import LineOfBusiness
from desktop.domain.severity import Severity
from desktop.intake.validation import FieldProblem
from desktop.ui.forms import Loudness
from desktop.ui.intake.draft_desk import LONGEST_WAIT_MS
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.intake.conftest import Intake
from tests.ui.intake.fakes import CLOCK, fake_services
from tests.ui.intake.sample import sample_case

Open = Callable[..., Intake]
_TOUCHED = Changes(frozenset({ChangeFlag.CASE}), frozenset({"case1"}))


def type_into(qtbot: QtBot, field: Any, text: str) -> None:
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, text)


def test_what_is_typed_is_saved_without_a_button(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    type_into(qtbot, intake.field("member", "family_name"), "Renamed")
    qtbot.waitUntil(lambda: intake.cases.stored.member.family_name == "Renamed", timeout=2 * LONGEST_WAIT_MS)
    qtbot.waitUntil(lambda: "Saved" in saved_words(intake))
    assert intake.cases.threads == {"db"}


def saved_words(intake: Intake) -> str:
    return next(
        label.text() for label in intake.screen.findChildren(QLabel) if label.accessibleName() == "Saved"
    )


def test_only_the_section_that_changed_is_saved(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    type_into(qtbot, intake.field("coverage", "payer"), "Another Plan")
    intake.save()
    assert [section for section, _ in intake.cases.saves] == ["coverage"]


def test_typing_never_overwrites_what_another_screen_saved_meanwhile(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    type_into(qtbot, intake.field("member", "family_name"), "Mine")
    stored = intake.cases.stored
    theirs = stored.member.model_copy(update={"member_id": "THEIRS"})
    intake.cases.stored = stored.model_copy(update={"member": theirs})
    intake.save()
    assert (intake.cases.stored.member.family_name, intake.cases.stored.member.member_id) == (
        "Mine",
        "THEIRS",
    )


def test_a_refresh_shows_newer_data_but_leaves_what_is_being_typed(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    type_into(qtbot, intake.field("member", "family_name"), "Half-typ")
    stored = intake.cases.stored
    newer = stored.member.model_copy(update={"given_name": "Newer", "family_name": "Newer"})
    intake.cases.stored = stored.model_copy(update={"member": newer})
    intake.context.refresh.changes_committed.emit(_TOUCHED, None)
    intake.settle()
    assert intake.field("member", "given_name").line.text() == "Newer"
    assert intake.field("member", "family_name").line.text() == "Half-typ"


def test_a_refresh_of_another_case_is_none_of_our_business(open_intake: Open) -> None:
    intake = open_intake(sample_case())
    stored = intake.cases.stored
    newer = stored.member.model_copy(update={"given_name": "Newer"})
    intake.cases.stored = stored.model_copy(update={"member": newer})
    changes = Changes(frozenset({ChangeFlag.CASE}), frozenset({"other"}))
    intake.context.refresh.changes_committed.emit(changes, None)
    intake.settle()
    assert intake.field("member", "given_name").line.text() == "Sam"


def test_a_date_that_cannot_be_is_named_beside_its_field_and_the_rest_is_saved(
    open_intake: Open, qtbot: QtBot
) -> None:
    intake = open_intake(sample_case())
    born = intake.field("member", "date_of_birth")
    type_into(qtbot, born, "2/30/1962")
    type_into(qtbot, intake.field("member", "group_number"), "G-78")
    intake.save()
    assert intake.cases.stored.member.group_number == "G-78"
    assert intake.cases.stored.member.date_of_birth is None
    assert "no such day" in born.message
    assert born.line.text() == "2/30/1962"
    assert "cannot be read" in saved_words(intake)
    type_into(qtbot, born, "2/28/1962")
    intake.save()
    assert intake.cases.stored.member.date_of_birth == date(1962, 2, 28)
    assert not born.message


def test_an_american_date_is_written_as_stored_when_the_keyboard_leaves(
    open_intake: Open, qtbot: QtBot
) -> None:
    intake = open_intake(sample_case())
    born = intake.field("member", "date_of_birth")
    type_into(qtbot, born, "5/11/1962")
    intake.field("member", "member_id").editor.setFocus()
    assert born.line.text() == "1962-05-11"
    intake.save()
    assert intake.cases.stored.member.date_of_birth == date(1962, 5, 11)


def test_a_character_that_cannot_be_kept_is_named_and_the_text_stays(open_intake: Open) -> None:
    intake = open_intake(sample_case())
    field = intake.field("history", "narrative")
    field.area.setPlainText("before\x00after")
    intake.save()
    assert "U+0000 (NUL) at character 7" in field.message
    assert field.area.exact_text() == "before\x00after"
    assert intake.cases.stored.history.narrative == sample_case().history.narrative


@pytest.mark.parametrize(
    "text", ["BP <120/80, A&B <3", "x\u00a0y", "\u202eRTL \u05d0\u05d1", "\U0001f600\n\n tabs\t"]
)
def test_text_is_stored_exactly(open_intake: Open, text: str) -> None:
    intake = open_intake(sample_case())
    intake.field("history", "narrative").area.setPlainText(text)
    intake.save()
    assert intake.cases.stored.history.narrative == text


def test_a_long_line_is_not_cut(open_intake: Open) -> None:
    intake = open_intake(sample_case())
    intake.field("member", "subscriber_name").line.setText("x" * 100_000)
    intake.save()
    assert len(intake.cases.stored.member.subscriber_name) == 100_000


def test_levels_are_read_and_spelled_out(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    intake.list("service_lines").row("l2").open()
    levels = intake.field("service_lines", "l2", "levels")
    type_into(qtbot, levels, "L3-S1")
    intake.save()
    assert intake.cases.stored.service_lines[1].levels == ("L3-L4", "L4-L5", "L5-S1")
    assert levels.message == "3 levels: L3-L4, L4-L5, L5-S1"


def test_an_npi_with_a_mistyped_digit_is_doubted_at_once_and_kept(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    intake.list("providers").row("p1").open()
    npi = intake.field("providers", "p1", "npi")
    type_into(qtbot, npi, "1234567894")
    intake.save()
    assert "check digit" in npi.message
    assert intake.cases.stored.providers[0].npi == "1234567894"
    type_into(qtbot, npi, "1234567893")
    intake.save()
    assert not npi.message


def test_what_validation_finds_stands_beside_the_field_and_on_the_rail(
    open_intake: Open, qtbot: QtBot
) -> None:
    services = fake_services(sample_case())
    services.cases.found = (
        FieldProblem(("member", "date_of_birth"), "The letter needs the date of birth."),
        FieldProblem(("providers", "p1", "npi"), "The check digit does not fit."),
        FieldProblem(("treatments",), "No treatment is recorded.", Severity.WARNING),
        FieldProblem(("service_lines", "l1", "criteria_set_ids"), "No set is chosen.", Severity.WARNING),
    )
    intake = open_intake(sample_case(), services=services)
    intake.settle()
    wait_for_marks(intake, qtbot)
    assert intake.field("member", "date_of_birth").message == "! The letter needs the date of birth."
    assert [intake.screen.rail.count_of(row) for row in (1, 4, 5, 8)] == [1, 1, 1, 1]
    assert intake.list("treatments").remarks.text() == "! No treatment is recorded."
    assert intake.list("service_lines").row("l1").remarks.text() == "! No set is chosen."
    row = intake.list("providers").row("p1")
    assert "1 to look at" in row.summary.accessibleName()
    row.open()
    assert intake.field("providers", "p1", "npi").message.startswith("× The check digit does not fit")


def wait_for_marks(intake: Intake, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: intake.screen.marks.is_known)


def test_f8_walks_from_one_missing_thing_to_the_next(open_intake: Open, qtbot: QtBot) -> None:
    services = fake_services(sample_case())
    services.cases.found = (
        FieldProblem(("member", "date_of_birth"), "Missing."),
        FieldProblem(("providers", "p1", "npi"), "Wrong."),
    )
    intake = open_intake(sample_case(), services=services)
    wait_for_marks(intake, qtbot)
    intake.field("review_question").editor.setFocus()
    qtbot.keyClick(intake.screen, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is intake.field("member", "date_of_birth").editor
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert QApplication.focusWidget() is intake.field("providers", "p1", "npi").editor
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert QApplication.focusWidget() is intake.field("member", "date_of_birth").editor


def test_an_item_is_added_filled_and_removed_by_keyboard(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    intake.screen.go_to(9)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "KOOS")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "41.5")
    intake.save()
    added = intake.cases.stored.scores[-1]
    assert (added.instrument, str(added.value)) == ("KOOS", "41.5")
    row = intake.list("scores").row(added.id)
    assert "KOOS 41.5" in row.summary.accessibleName()
    row.summary.setFocus()
    qtbot.keyClick(row.summary, Qt.Key.Key_Delete)
    intake.settle()
    assert [score.id for score in intake.cases.stored.scores] == ["o1", "o2"]
    assert intake.context.notify.notices[-1].offers_undo
    assert isinstance(QApplication.focusWidget(), type(row.summary))


def test_an_item_removed_elsewhere_disappears_and_a_new_one_appears_in_its_place(open_intake: Open) -> None:
    intake = open_intake(sample_case())
    stored = intake.cases.stored
    first, second = stored.scores
    newer = first.model_copy(update={"id": "o3", "instrument": "NDI"})
    intake.cases.stored = stored.model_copy(update={"scores": (second, newer)})
    intake.context.refresh.changes_committed.emit(_TOUCHED, None)
    intake.settle()
    captions = [row.summary.caption.title for row in intake.list("scores").rows()]
    assert captions == ["NRS back 8/10", "NDI 52%"]


def test_nested_items_are_saved_with_their_study(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    study = intake.list("imaging").row("i1")
    study.open()
    findings = study.lists[0]
    findings.add()
    added = QApplication.focusWidget()
    assert added is not None
    intake.settle()
    finding = intake.cases.stored.imaging[0].findings[-1]
    type_into(qtbot, intake.field("imaging", "i1", "findings", finding.id, "level"), "L4-5")
    intake.save()
    assert intake.cases.stored.imaging[0].findings[-1].level == "L4-L5"


def test_a_failed_save_keeps_the_text_and_the_next_one_stores_it(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    intake.cases.fails_with = UserFacingError(
        "The disk is full.", safe="Your text is here.", todo="Make room."
    )
    type_into(qtbot, intake.field("member", "family_name"), "Kept")
    intake.save()
    assert intake.context.notify.notices[-1].what == "The disk is full."
    assert intake.field("member", "family_name").line.text() == "Kept"
    assert "not saved yet" in saved_words(intake)
    intake.context.refresh.changes_committed.emit(_TOUCHED, None)
    intake.settle()
    assert intake.field("member", "family_name").line.text() == "Kept"
    intake.cases.fails_with = None
    intake.save()
    assert intake.cases.stored.member.family_name == "Kept"
    assert "Saved" in saved_words(intake)


def test_an_edit_that_the_signature_forbids_is_taken_back_on_the_screen(
    open_intake: Open, qtbot: QtBot
) -> None:
    intake = open_intake(sample_case())
    intake.list("service_lines").row("l1").open()
    intake.cases.fails_with = SignedRecordError("The determination is signed.")
    type_into(qtbot, intake.field("service_lines", "l1", "label"), "Forbidden")
    intake.save()
    intake.settle()
    assert intake.field("service_lines", "l1", "label").line.text() == "Reinsertion of fixation"


def test_a_signed_determination_closes_the_sections_it_stands_on(open_intake: Open) -> None:
    services = fake_services(sample_case())
    signed = SignOff(name="R", credential="RN", meaning="m", signed_at=CLOCK.now(), content_hash="0")
    services.determinations.current = lambda _case_id: Determination(id="d", version=1, sign_off=signed)
    intake = open_intake(sample_case(), services=services)
    lines = intake.list("service_lines")
    assert not lines.add_button.isVisibleTo(intake.screen)
    lines.row("l1").open()
    assert intake.field("service_lines", "l1", "label").line.isReadOnly()
    assert not intake.field("member", "family_name").line.isReadOnly()


def test_the_wheel_scrolls_the_page_and_never_changes_a_choice(open_intake: Open) -> None:
    intake = open_intake(sample_case())
    box = intake.field("coverage", "line_of_business").box
    box.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(box.mapToGlobal(QPoint(5, 5))), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    intake.save()
    assert intake.cases.saves == []
    assert intake.field("coverage", "line_of_business").read() is LineOfBusiness.UNKNOWN


def test_a_diagnosis_is_found_by_words_and_chosen_with_its_title(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    intake.list("diagnoses").add()
    intake.settle()
    added = intake.cases.stored.diagnoses[-1]
    code = intake.field("diagnoses", added.id, "code")
    qtbot.keyClicks(code.line, "low back")
    qtbot.waitUntil(lambda: bool(code.offers))
    assert intake.services.diagnosis_codes.threads == {"cpu"}
    assert code.list.isVisible()
    qtbot.keyClick(code.line, Qt.Key.Key_Down)
    qtbot.keyClick(code.line, Qt.Key.Key_Return)
    intake.save()
    chosen = intake.cases.stored.diagnoses[-1]
    assert (chosen.code, chosen.title) == ("M54.50", "Low back pain, unspecified")


def test_a_diagnosis_is_not_called_wrong_while_its_code_is_looked_up(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    intake.list("diagnoses").add()
    intake.settle()
    added = intake.cases.stored.diagnoses[-1]
    code = intake.field("diagnoses", added.id, "code")
    qtbot.keyClicks(code.line, "low back")
    qtbot.waitUntil(lambda: bool(code.offers))
    code.set_remark("This is no code.", Loudness.ERROR)
    assert (code.message, bool(code.line.property("problem"))) == ("", False)
    qtbot.keyClick(code.line, Qt.Key.Key_Escape)
    assert (code.message, code.line.property("problem")) == ("× This is no code.", True)
    qtbot.keyClicks(code.line, " p")
    qtbot.waitUntil(code.list.isVisible)
    assert not code.message
    qtbot.keyClick(code.line, Qt.Key.Key_Return)
    assert (code.line.text(), code.message) == ("M54.50", "")


def test_pasted_text_becomes_a_document_by_keyboard(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    area = intake.screen.documents_panel.paste.area
    area.setFocus()
    area.setPlainText("Clinic note. BP <120/80.")
    qtbot.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    intake.settle()
    document = intake.cases.stored.documents[-1]
    assert document.text == "Clinic note. BP <120/80."
    assert not area.exact_text()
    row = intake.list("documents").row(document.id)
    assert row.summary.isChecked()
    type_into(qtbot, intake.field("documents", document.id, "title"), "Clinic note")
    intake.save()
    assert intake.cases.stored.documents[-1].title == "Clinic note"
    assert intake.cases.stored.documents[-1].text == "Clinic note. BP <120/80."


def test_pasted_text_not_added_yet_is_there_again_next_time(open_intake: Open) -> None:
    services = fake_services(sample_case())
    first = open_intake(sample_case(), services=services)
    first.screen.documents_panel.paste.area.setPlainText("not added yet")
    first.save()
    again = open_intake(sample_case(), services=services)
    assert again.screen.documents_panel.paste.area.exact_text() == "not added yet"


def drop(intake: Intake, paths: list[Path]) -> None:
    urls = QMimeData()
    urls.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, action = QPointF(300, 300), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(
        QPoint(300, 300), action, urls, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(intake.screen, enter)
    assert enter.isAccepted()
    dropped = QDropEvent(where, action, urls, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(intake.screen, dropped)


def test_dropped_text_and_pdf_files_become_documents_off_the_gui_thread(
    open_intake: Open, tmp_path: Path
) -> None:
    intake = open_intake(sample_case())
    note = tmp_path / "clinic note.txt"
    note.write_text("Pain 8/10 <b>", encoding="utf-8")
    drop(intake, [note, report_pdf(tmp_path)])
    intake.settle()
    by_title = {document.title: document for document in intake.cases.stored.documents}
    assert by_title["clinic note"].text == "Pain 8/10 <b>"
    assert "No bridging bone" in by_title["report"].text


def report_pdf(folder: Path) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    path = folder / "report.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "No bridging bone is seen at L5-S1.")
    canvas.save()
    return path


def test_a_broken_pdf_gives_a_sentence(open_intake: Open, tmp_path: Path) -> None:
    intake = open_intake(sample_case())
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    intake.screen.documents_panel.read_files([str(broken)])
    intake.settle()
    notice = intake.context.notify.notices[-1]
    assert "broken.pdf" in notice.what
    assert notice.todo
    assert intake.cases.saves == []


def test_a_file_that_is_no_document_gives_a_sentence(open_intake: Open, tmp_path: Path) -> None:
    intake = open_intake(sample_case())
    archive = tmp_path / "scans.zip"
    archive.write_bytes(b"PK\x03\x04")
    drop(intake, [archive])
    intake.settle()
    assert (
        intake.context.notify.notices[-1].what == "scans.zip is not a text file, a PDF, a .docx or a picture."
    )
    assert intake.cases.saves == []


def test_a_document_that_evidence_rests_on_comes_back(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    intake.cases.linked_documents = {"doc1"}
    row = intake.list("documents").row("doc1")
    qtbot.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    intake.settle()
    assert "cannot be removed" in intake.context.notify.notices[-1].what
    assert intake.list("documents").row("doc1") is not None


def test_choosing_a_section_on_the_rail_goes_there(open_intake: Open) -> None:
    intake = open_intake(sample_case())
    intake.screen.rail.clicked.emit(intake.screen.rail.model().index(10, 0))
    assert QApplication.focusWidget() is intake.list("imaging").row("i1").summary
    intake.screen.next_section()
    assert intake.screen.rail.currentIndex().row() == 11
    intake.screen.previous_section()
    assert intake.screen.rail.currentIndex().row() == 10


def test_switching_the_case_saves_the_one_before(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    type_into(qtbot, intake.field("member", "family_name"), "LastWord")
    intake.screen.show_case("case1")
    intake.settle()
    assert intake.cases.stored.member.family_name == "LastWord"


def test_everything_is_named_and_large_enough_at_both_ends_of_the_text_scale(
    open_intake: Open, qtbot: QtBot
) -> None:
    for scale in (100, 200):
        intake = open_intake(sample_case(), scale=scale)
        for path, item in (("providers", "p1"), ("imaging", "i1"), ("documents", "doc1")):
            intake.list(path).row(item).summary.setChecked(True)
        qtbot.wait(80)
        assert_accessible(intake.screen)
        assert labels_that_guess_their_format(intake.screen) == []


def test_an_empty_case_shows_what_each_section_is_for(open_intake: Open) -> None:
    intake = open_intake(Case(id="case1", number="26-0001"))
    assert list(intake.list("providers").rows()) == []
    intake.screen.add_item()
    assert intake.cases.saves == []


def test_a_document_row_shows_the_exact_text_read_only(open_intake: Open) -> None:
    case = sample_case()
    text = "<b>not bold</b> & x\u00a0y"
    case = case.model_copy(update={"documents": (Document(id="doc1", title="Note", text=text),)})
    intake = open_intake(case)
    intake.list("documents").row("doc1").open()
    from PySide6.QtWidgets import QPlainTextEdit

    view = next(
        item
        for item in intake.screen.findChildren(QPlainTextEdit)
        if item.accessibleName() == "Text of the document"
    )
    assert view.isReadOnly()
    assert view.document().toRawText() == text


def test_the_rail_does_not_call_a_section_done_that_holds_nothing(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(Case(id="case1"))
    rail = intake.screen.rail
    qtbot.waitUntil(lambda: intake.screen.marks.is_known)
    assert (rail.words_of(0), rail.words_of(11)) == ("Question, empty", "Documents, empty")
    type_into(qtbot, intake.field("review_question"), "Is it necessary?")
    intake.save()
    qtbot.waitUntil(lambda: rail.words_of(0) == "Question, nothing missing")


def test_a_state_typed_in_lower_case_is_capitalised_not_marked(open_intake: Open, qtbot: QtBot) -> None:
    intake = open_intake(sample_case())
    state = intake.field("coverage", "state")
    type_into(qtbot, state, "oh")
    intake.field("coverage", "payer").editor.setFocus()
    assert state.line.text() == "OH"
    intake.save()
    assert intake.cases.stored.coverage.state == "OH"
