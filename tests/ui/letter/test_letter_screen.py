"""The letter page on the sample case: what is seen is the PDF, what is typed is kept, what is issued is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.letter import BlockKind, LetterState, OriginKind
from desktop.domain.member import Member
from desktop.services.letter_paper import PaperForm
from desktop.ui.notify import NoticeKind
from tests.ui.accessibility import assert_accessible, labels_that_guess_their_format
from tests.ui.letter.conftest import Desk

Open = Callable[..., Desk]


def write(desk: Desk, qtbot: QtBot, block_id: str, text: str) -> None:
    desk.frame.outline.choose(block_id)
    area = desk.frame.editor.text
    area.setFocus()
    area.selectAll()
    qtbot.keyClicks(area, text)


def pdf_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(
        " ".join(document[index].get_textpage().get_text_range().split()) for index in range(len(document))
    )


def test_without_a_letter_the_one_next_step_is_offered_and_taken_by_keyboard(
    open_letter: Open, qtbot: QtBot
) -> None:
    desk = open_letter()
    assert desk.frame.first_button.isVisible()
    desk.frame.first_button.setFocus()
    qtbot.keyClick(desk.frame.first_button, Qt.Key.Key_Space)
    desk.settle()
    assert desk.frame.outline.block_ids() == [block.id for block in desk.letter().content.blocks]
    assert QApplication.focusWidget() is desk.frame.outline


def test_the_preview_is_the_pdf_itself(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    pdf = desk.context.services.letters.preview_pdf(desk.case_id)
    document = pypdfium2.PdfDocument(pdf)
    assert desk.frame.preview.pages.page_count == len(document)
    assert "page 1 of" in desk.frame.preview.pages.accessibleName()


def test_the_pages_follow_the_block_being_written(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    pages = desk.frame.preview.pages
    assert pages.page == 0
    desk.frame.outline.choose("enclosures")
    desk.settle()
    last_third = pages.page_count * 2 // 3
    assert pages.page >= last_third
    desk.frame.outline.choose("letterhead")
    desk.settle()
    assert pages.page == 0


def test_every_block_is_found_on_the_pages(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    from desktop.ui.letter.block_words import anchor_of
    from desktop.ui.letter.pdf_pages import render

    blocks = desk.letter().content.blocks
    pdf = desk.context.services.letters.preview_pdf(desk.case_id)
    found = render(pdf, 300, {block.id: anchor_of(block) for block in blocks}).places
    order = [(found[block.id].page, found[block.id].down) for block in blocks]
    assert order == sorted(order)


def test_what_is_typed_is_saved_printed_and_marked_as_typed(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    write(desk, qtbot, "opening", "BP <120/80 & A&B <3: we ask for review.")
    qtbot.waitUntil(lambda: desk.block_text("opening").startswith("BP <120/80"), timeout=5000)
    desk.settle()
    assert desk.block_text("opening") == "BP <120/80 & A&B <3: we ask for review."
    assert "BP <120/80 & A&B <3: we ask for review." in pdf_text(
        desk.context.services.letters.preview_pdf(desk.case_id)
    )
    assert [origin.kind for origin in desk.frame.editor.chips.origins] == [OriginKind.TYPED]
    assert desk.frame.editor.restore_button.isVisible()


def test_restoring_brings_the_composed_words_back(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    composed = desk.block_text("opening")
    write(desk, qtbot, "opening", "Mine.")
    desk.screen.flush()
    desk.settle()
    qtbot.mouseClick(desk.frame.editor.restore_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.block_text("opening") == composed
    assert desk.frame.editor.text.exact_text() == composed


def test_composing_again_keeps_what_was_typed(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    write(desk, qtbot, "opening", "Mine, kept.")
    desk.compose()
    assert desk.block_text("opening") == "Mine, kept."


def test_leaving_a_block_saves_it(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    write(desk, qtbot, "opening", "Typed and left.")
    desk.screen.next_block()
    desk.settle()
    assert desk.block_text("opening") == "Typed and left."
    assert desk.frame.editor.block_id == "denial"


def test_a_character_that_cannot_be_kept_holds_the_block_and_is_named(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    desk.frame.outline.choose("opening")
    before = desk.block_text("opening")
    desk.frame.editor.text.setPlainText("a\x00b")
    desk.screen.next_block()
    desk.settle()
    assert desk.frame.editor.block_id == "opening"
    assert "U+0000 (NUL)" in desk.frame.editor.problem
    assert desk.frame.editor.text.exact_text() == "a\x00b"
    assert desk.block_text("opening") == before


def test_a_refresh_does_not_touch_what_is_being_typed(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    write(desk, qtbot, "opening", "half a sent")
    result = desk.context.services.letters.move_block(desk.case_id, "denial", 1)
    desk.context.refresh.changes_committed.emit(result.changes, None)
    assert desk.context.runner.wait_idle()
    assert desk.frame.editor.text.exact_text() == "half a sent"


def test_blocks_are_moved_by_keyboard(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    before = desk.frame.outline.block_ids()
    desk.frame.outline.setFocus()
    desk.frame.outline.choose(before[4])
    qtbot.keyClick(desk.frame.outline, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    after = desk.frame.outline.block_ids()
    assert after[4:6] == [before[5], before[4]]
    assert desk.frame.editor.block_id == before[4]
    qtbot.keyClick(desk.frame.outline, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert desk.frame.outline.block_ids() == before


def test_chips_name_the_source_of_the_paragraph_the_cursor_is_in(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    block = next(block for block in desk.letter().content.blocks if block.kind is BlockKind.HISTORY)
    desk.frame.outline.choose(block.id)
    area = desk.frame.editor.text
    for paragraph in block.paragraphs:
        cursor = area.textCursor()
        cursor.setPosition(area.exact_text().index(paragraph.text) + 1)
        area.setTextCursor(cursor)
        assert desk.frame.editor.chips.origins == tuple(dict.fromkeys(paragraph.provenance))


def test_a_row_of_a_table_names_its_own_sources(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    block = next(b for b in desk.letter().content.blocks if b.kind is BlockKind.CRITERIA_TABLE)
    assert block.table is not None
    desk.frame.outline.choose(block.id)
    desk.frame.editor.table.setCurrentCell(1, 0)
    assert desk.frame.editor.chips.origins == tuple(dict.fromkeys(block.table.rows[1].provenance))[:40]


def test_issue_is_refused_with_what_is_missing_and_one_key_goes_there(
    open_letter: Open, qtbot: QtBot
) -> None:
    desk = open_letter(is_signed=False)
    desk.compose()
    assert "to put right" in desk.frame.check.heading
    qtbot.mouseClick(desk.frame.issue_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.letter().state is LetterState.DRAFT
    notice = desk.context.notify.notices[-1]
    assert notice.kind is NoticeKind.ERROR
    assert notice.what.startswith("The letter cannot be issued yet.")
    desk.frame.outline.setFocus()
    for _ in range(desk.frame.check.list.count()):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    concerned = {
        problem.block_id
        for problem in desk.context.services.letters.problems(desk.case_id)
        if problem.block_id
    }
    assert not concerned or desk.frame.editor.block_id in concerned


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_not_yet_leaves_the_draft_open_and_the_keyboard_where_it_was(
    open_letter: Open, qtbot: QtBot, key: Qt.Key
) -> None:
    desk = open_letter()
    desk.compose()
    area = desk.frame.editor.text
    area.setFocus()
    desk.screen.issue()
    assert QApplication.focusWidget() is desk.frame.issue_strip.issue_button
    if key == Qt.Key.Key_Return:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), key)
    desk.settle()
    assert desk.letter().state is LetterState.DRAFT
    assert not desk.frame.issue_strip.isVisible()
    assert area.hasFocus()


def test_text_that_cannot_be_kept_is_put_right_before_the_letter_is_issued(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    desk.frame.editor.text.setPlainText("before\x00after")
    desk.screen.issue()
    desk.settle()
    assert not desk.frame.issue_strip.isVisible()
    assert desk.frame.editor.text.hasFocus()
    assert desk.letter().state is LetterState.DRAFT


def test_an_issued_letter_is_closed_and_its_archived_bytes_are_shown(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    qtbot.keyClick(
        desk.frame.outline,
        Qt.Key.Key_I,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    desk.settle()
    assert desk.letter().state is LetterState.ISSUED
    assert not desk.frame.issue_strip.isVisible()
    assert desk.frame.outline.hasFocus()
    assert desk.frame.badge.visual.word == "Issued"
    assert desk.frame.state.text().startswith("Issued 2026-11-22")
    assert desk.frame.editor.text.isReadOnly()
    assert not desk.frame.issue_button.isVisible()
    assert "DRAFT" not in pdf_text(desk.context.services.letters.preview_pdf(desk.case_id))


def test_untouched_blocks_follow_the_record_and_typed_ones_stay(open_letter: Open, qtbot: QtBot) -> None:
    desk = open_letter()
    desk.compose()
    write(desk, qtbot, "opening", "Mine, kept.")
    desk.screen.flush()
    desk.settle()
    result = desk.context.services.cases.save_member(
        desk.case_id, Member(given_name="Rosa", family_name="Changed")
    )
    desk.context.refresh.changes_committed.emit(result.changes, None)
    desk.settle()
    assert desk.frame.editor.text.exact_text() == "Mine, kept."
    desk.frame.outline.choose("re")
    table = desk.frame.editor.table
    cells = [
        table.item(row, column) for row in range(table.rowCount()) for column in range(table.columnCount())
    ]
    assert "Rosa Changed" in " ".join(cell.text() for cell in cells if cell is not None)


def test_the_pdf_and_the_text_are_saved_under_the_case_number(open_letter: Open, tmp_path: Path) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.save_pdf()
    dialog = desk.screen.findChildren(QFileDialog)[-1]
    number = desk.context.services.cases.case(desk.case_id).number
    assert desk.screen.delivery.name == f"First-level appeal {number}"
    dialog.fileSelected.emit(str(tmp_path / "out.pdf"))
    dialog.close()
    desk.screen.delivery.write(str(tmp_path / "out.txt"), PaperForm.TEXT)
    desk.settle()
    assert (tmp_path / "out.pdf").read_bytes() == desk.context.services.letters.preview_pdf(desk.case_id)
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == desk.context.services.letters.text(
        desk.case_id
    )


def test_a_folder_that_is_not_there_gives_a_sentence_and_no_half_file(
    open_letter: Open, tmp_path: Path
) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.delivery.write(str(tmp_path / "nowhere" / "out.pdf"), PaperForm.PDF)
    desk.settle()
    notice = desk.context.notify.notices[-1]
    assert notice.what.startswith("out.pdf could not be written")
    assert "unchanged" in notice.safe


def test_the_printed_pages_are_those_of_the_pdf_and_the_job_names_no_one(
    open_letter: Open, tmp_path: Path
) -> None:
    desk = open_letter()
    desk.compose()
    from desktop.ui.letter.output import printer_for

    printer = printer_for(desk.screen.delivery.name)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setResolution(72)
    printer.setFromTo(1, 2)
    desk.screen.delivery.print_on(printer)
    desk.settle()
    assert len(pypdfium2.PdfDocument(tmp_path / "paper.pdf")) == 2
    assert desk.context.notify.notices[-1].what == "Sent 2 pages to the printer."
    number = desk.context.services.cases.case(desk.case_id).number
    assert printer.docName() == f"First-level appeal {number}"


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_gives_a_sentence(open_letter: Open, tmp_path: Path) -> None:
    desk = open_letter()
    desk.compose()
    from desktop.domain.errors import UserFacingError
    from desktop.ui.letter.output import print_pdf, printer_for

    printer = printer_for("Letter")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "paper.pdf"))
    with pytest.raises(UserFacingError, match="did not take the letter"):
        print_pdf(printer, desk.context.services.letters.preview_pdf(desk.case_id))


def test_print_opens_the_dialog_of_the_system(open_letter: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_letter()
    desk.compose()
    monkeypatch.setattr("desktop.ui.letter.delivery.require_printer", bool)
    desk.screen.print_letter()
    dialog = desk.screen.findChildren(QPrintDialog)[-1]
    dialog.reject()


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="this machine has a printer")
def test_without_a_printer_a_sentence_says_so_and_nothing_counts_as_printed(open_letter: Open) -> None:
    desk = open_letter()
    desk.compose()
    desk.screen.print_letter()
    notice = desk.context.notify.notices[-1]
    assert notice.what == "This computer has no printer set up."
    assert "not marked as printed" in notice.safe
    dialog = desk.screen.findChildren(QFileDialog)[-1]
    assert dialog.windowTitle() == "Save the letter"
    dialog.close()
    assert not any(event.operation == "letter_printed" for event in desk.context.services.audit(desk.case_id))


def test_everything_is_named_and_large_enough_at_both_ends_of_the_text_scale(
    open_letter: Open, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    desk = open_letter()
    desk.compose()
    for scale in (100, 200):
        desk.context.theme.choose("dark", scale)
        qtbot.wait(100)
        assert_accessible(desk.screen)
        assert labels_that_guess_their_format(desk.screen) == []
        assert desk.screen.minimumSizeHint().height() <= 640
        assert desk.screen.minimumSizeHint().width() <= 1180
