"""Building from the screen: progress, stopping, proofs in words, failures with what to do, and saving to a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.document import DocumentKind
from desktop.domain.letter import LetterKind
from desktop.domain.packet import Redaction
from tests.ui.packet.conftest import Desk
from tests.ui.tab_desk import wait

CTRL = Qt.KeyboardModifier.ControlModifier


def compose(desk: Desk) -> None:
    desk.context.commit(lambda: desk.services.letters.compose(desk.case_id))
    desk.settle()


def test_a_draft_is_built_by_key_and_marked_as_one(desk: Desk) -> None:
    compose(desk)
    panel = desk.screen.frame.build
    assert "marked DRAFT" in panel.draft.text()
    desk.press(Qt.Key.Key_Return, CTRL)
    assert panel.state.text().startswith("Built: ")
    (row,) = panel.files.rows
    assert row.badge is not None
    assert row.badge.word == "Draft"
    assert "exhibits A to M" in row.detail


def test_the_files_are_saved_to_a_folder_and_the_chain_of_audit_says_so(desk: Desk, tmp_path: Path) -> None:
    compose(desk)
    desk.screen.build()
    desk.settle()
    desk.screen.building.save(str(tmp_path))
    desk.settle()
    desk.screen.building.save(str(tmp_path))
    desk.settle()
    names = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert names == ["DRAFT Packet 26-0142 (2).pdf", "DRAFT Packet 26-0142.pdf"]
    assert (tmp_path / names[1]).read_bytes().startswith(b"%PDF")
    assert "packet_saved" in {event.operation for event in desk.services.audit(desk.case_id)}


def test_what_was_blacked_out_is_proven_in_words(desk: Desk) -> None:
    compose(desk)
    document = desk.document(DocumentKind.DENIAL_LETTER)
    start = document.text.index("Harlan Testerman")
    made = Redaction(id="b", document_id=document.id, start=start, end=start + 16)
    desk.context.commit(lambda: desk.services.packets.redact(desk.case_id, made))
    desk.settle()
    desk.screen.build()
    desk.settle()
    said = desk.screen.frame.build.proof.text()
    assert said.startswith("✓ 1 redaction was proven")
    assert "none of the words is left" in said


def test_anything_that_changes_makes_what_was_built_out_of_date(desk: Desk) -> None:
    compose(desk)
    desk.screen.build()
    desk.settle()
    assert desk.screen.building.built is not None
    desk.choose(desk.document(DocumentKind.LAB_REPORT).id)
    desk.press(Qt.Key.Key_Space)
    assert desk.screen.building.built is None
    assert "Build it again" in desk.screen.frame.build.state.text()
    assert not desk.screen.frame.build.save_button.isVisible()


def test_a_document_that_cannot_be_enclosed_is_named_with_what_to_do(desk: Desk) -> None:
    compose(desk)
    document = desk.document(DocumentKind.LAB_REPORT)
    broken = b"%PDF-1.7\n" + b"junk " * 100
    desk.context.commit(lambda: desk.services.files.keep(desk.case_id, document.id, broken, "broken.pdf"))
    desk.settle()
    desk.screen.build()
    desk.settle()
    panel = desk.screen.frame.build
    assert document.title.split()[0] in panel.error.text()
    assert "leave the document out" in panel.help.text()
    assert panel.build_button.isVisible()


def test_building_can_be_stopped_and_begun_again(desk: Desk) -> None:
    compose(desk)
    desk.screen.build()
    assert desk.screen.frame.build.stop_button.isVisible()
    desk.screen.build()  # one at a time
    QTest.mouseClick(desk.screen.frame.build.stop_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.screen.building.built is None
    assert desk.screen.frame.build.state.text().startswith("Stopped.")
    desk.screen.build()
    desk.settle()
    assert desk.screen.building.built is not None


def test_a_packet_larger_than_the_cap_is_divided(desk: Desk) -> None:
    compose(desk)
    for place in range(3):
        desk.keep_pdf(desk.document(DocumentKind.IMAGING_REPORT, place))
    desk.screen.frame.build.cap.line.setText("0.3")
    desk.screen.build()
    assert desk.screen.frame.build.cap.message, "files smaller than half a megabyte cannot hold a packet"
    assert not desk.screen.building.is_building


def test_another_case_drops_what_was_built(desk: Desk) -> None:
    compose(desk)
    desk.screen.build()
    other = desk.services.cases.new_case().value.id
    desk.screen.show_case(other)
    desk.settle()
    wait(200)
    assert desk.screen.building.built is None
    assert not desk.screen.frame.build.files.isVisible()


def test_a_letter_to_the_patient_does_not_draw_the_record_to_itself_but_can_be_chosen(desk: Desk) -> None:
    compose(desk)
    desk.context.commit(lambda: desk.services.letters.compose(desk.case_id, LetterKind.PATIENT))
    desk.settle()
    panel = desk.screen.frame.build
    assert panel.what.text().startswith("First-level appeal with 13 exhibits")
    assert panel.letter.isVisible()
    words = [panel.letter.box.itemText(place) for place in range(panel.letter.box.count())]
    assert words == ["Letter to the patient, draft", "First-level appeal, draft"]
    panel.letter.box.setCurrentIndex(0)
    desk.settle()
    assert panel.what.text().startswith("Letter to the patient with")
    assert desk.screen.building.built is None
