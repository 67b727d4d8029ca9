"""What is enclosed, chosen by key and mouse over a real store; the letter's enclosures follow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.document import DocumentKind
from desktop.domain.letter import BlockKind
from desktop.domain.packet import PORTAL_CAP_BYTES
from desktop.ui.case_tabs import CaseTab
from desktop.ui.packet.exhibit_rows import MISSING
from tests.ui.accessibility import assert_accessible
from tests.ui.packet.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_exhibits_stand_in_the_order_of_the_letter_under_its_letters(desk: Desk) -> None:
    rows = [
        row for row in desk.screen.frame.list.rows if not row.is_heading and not row.id.startswith(MISSING)
    ]
    plan = desk.services.packets.plan(desk.case_id)
    assert [row.id for row in rows] == [item.document_id for item in plan.exhibits]
    assert [row.title.split()[0] for row in rows] == [item.letter for item in plan.exhibits]


def test_a_missing_document_is_named_with_why_and_what_to_do(desk: Desk) -> None:
    (missing,) = desk.services.packets.plan(desk.case_id).missing
    desk.choose(f"{MISSING}{missing.kind.value}")
    said = desk.screen.frame.view.words.toPlainText()
    assert missing.why in said
    assert "Add it under Intake" in said


def test_space_leaves_a_document_out_and_the_letter_follows(desk: Desk) -> None:
    letter = desk.services.letters.compose(desk.case_id).value
    note = desk.document(DocumentKind.CLINIC_NOTE)
    desk.choose(note.id)
    desk.press(Qt.Key.Key_Space)
    assert note.id not in desk.letters()
    row = next(row for row in desk.screen.frame.list.rows if row.id == note.id)
    assert row.badge is not None
    assert row.badge.word == "Left out"
    assert desk.screen.frame.list.current_id == note.id
    now = desk.services.letters.letter(desk.case_id, letter.id)
    block = next(item for item in now.content.blocks if item.kind is BlockKind.ENCLOSURES)
    assert block.table is not None
    assert f"documents.{note.id}" not in {row.provenance[0].ref for row in block.table.rows if row.provenance}
    desk.press(Qt.Key.Key_Space)
    assert note.id in desk.letters()


def test_evidence_that_is_left_out_is_warned_of(desk: Desk) -> None:
    view = desk.services.review.view(desk.case_id)
    linked = next(link.span.document_id for links in view.links.values() for link in links)
    before = desk.services.packets.plan(desk.case_id).warnings
    desk.choose(linked)
    desk.press(Qt.Key.Key_Space)
    assert len(desk.services.packets.plan(desk.case_id).warnings) > len(before)
    assert "which is left out" in desk.screen.frame.warnings.text()


def test_an_exhibit_moves_within_its_group_by_key_and_goes_back_by_date(desk: Desk) -> None:
    first, second = desk.document(DocumentKind.CLINIC_NOTE), desk.document(DocumentKind.CLINIC_NOTE, 1)
    letters = desk.letters()
    desk.choose(first.id)
    assert not desk.screen.frame.up_button.isEnabled()
    desk.press(Qt.Key.Key_Down, ALT)
    assert desk.letters()[second.id] == letters[first.id]
    assert desk.letters()[first.id] == letters[second.id]
    assert desk.screen.frame.list.current_id == first.id
    desk.press(Qt.Key.Key_Up, ALT)
    assert desk.letters() == letters
    desk.press(Qt.Key.Key_Down, ALT)
    desk.screen.place_by_date()
    desk.settle()
    assert desk.letters() == letters


def test_moving_one_after_the_other_never_stands_still(desk: Desk) -> None:
    notes = [desk.document(DocumentKind.CLINIC_NOTE, place).id for place in range(4)]
    wanted = list(notes)
    for name, offset in ((0, 1), (2, 1), (0, 1), (3, -1), (1, 1), (0, 1)):
        desk.choose(notes[name])
        here = wanted.index(notes[name])
        if 0 <= here + offset < len(wanted):
            wanted.insert(here + offset, wanted.pop(here))
        desk.press(Qt.Key.Key_Down if offset > 0 else Qt.Key.Key_Up, ALT)
        plan = desk.services.packets.plan(desk.case_id)
        kind = DocumentKind.CLINIC_NOTE
        assert [item.document_id for item in plan.exhibits if item.kind is kind] == wanted


def test_only_the_chosen_pages_are_enclosed_and_the_text_says_which(desk: Desk) -> None:
    ct = desk.document(DocumentKind.IMAGING_REPORT, 1)
    assert len(ct.page_starts) == 2
    desk.choose(ct.id)
    desk.press(Qt.Key.Key_E, CTRL)
    field = desk.screen.frame.view.pages
    assert field.line.hasFocus()
    QTest.keyClicks(field.line, "2")
    desk.press(Qt.Key.Key_Return)
    choice = next(item for item in desk.services.packets.choices(desk.case_id) if item.document_id == ct.id)
    assert choice.pages == (2,)
    assert "1 page" in desk.screen.frame.view.detail.text()
    field.line.setText("none of them")
    desk.screen.flush()
    assert "Write pages as numbers" in field.message


def test_the_cap_is_ten_megabytes_until_another_is_typed(desk: Desk) -> None:
    cap = desk.screen.frame.build.cap
    assert cap.read() == PORTAL_CAP_BYTES
    assert cap.line.text() == "10"
    cap.line.setText("a lot")
    assert not cap.check()


def test_keys_walk_through_the_exhibits_from_anywhere(desk: Desk) -> None:
    exhibits = desk.services.packets.plan(desk.case_id).exhibits
    assert desk.screen.frame.list.current_id == exhibits[0].document_id
    desk.screen.frame.view.text.setFocus()
    desk.press(Qt.Key.Key_PageDown, CTRL)
    assert desk.screen.frame.list.current_id == exhibits[1].document_id
    desk.press(Qt.Key.Key_PageUp, CTRL)
    assert desk.screen.frame.list.current_id == exhibits[0].document_id


def test_a_case_without_documents_says_what_the_place_is_for(desk: Desk) -> None:
    empty = desk.services.cases.new_case().value.id
    desk.screen.show_case(empty)
    desk.settle()
    said = desk.screen.frame.view.words.toPlainText()
    assert "Missing" in said or "Nothing to enclose yet" in said
    assert not desk.screen.frame.build.build_button.isEnabled()
    assert "No letter is composed yet" in desk.screen.frame.build.what.text()


def test_adding_a_document_leads_to_intake(desk: Desk) -> None:
    asked: list[object] = []
    desk.screen.tab_asked.connect(asked.append)
    QTest.mouseClick(desk.screen.frame.intake_button, Qt.MouseButton.LeftButton)
    assert asked == [CaseTab.INTAKE]


def test_every_part_is_named(desk: Desk) -> None:
    assert_accessible(desk.screen)
    desk.screen.show_redactions()
    desk.settle()
    assert_accessible(desk.screen)


def test_a_choice_is_undone_with_the_case(desk: Desk) -> None:
    note = desk.document(DocumentKind.CLINIC_NOTE)
    desk.choose(note.id)
    desk.press(Qt.Key.Key_Space)
    desk.context.commit(lambda: desk.services.history.undo(desk.case_id))
    desk.settle()
    row = next(row for row in desk.screen.frame.list.rows if row.id == note.id)
    assert row.badge is None
    assert QApplication.focusWidget() is desk.screen.frame.list
