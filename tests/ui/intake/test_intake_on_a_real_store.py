"""The intake page over the real services: drafts survive, undo comes back, and refusals are said in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.clock import FixedClock
from desktop.domain.errors import UserFacingError
from desktop.intake.case_json import load_case_file
from desktop.services.opening import open_with_password
from desktop.services.workspace import Services
from desktop.settings.paths import resources_dir
from desktop.ui.intake.document_files import read_document_file
from tests.made_store import made_store
from tests.ui.intake.conftest import Intake

PASSWORD = "correct horse battery"
CLOCK = FixedClock(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
Open = Callable[..., Intake]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = made_store(tmp_path / "store")
    yield opened
    opened.close()


@pytest.fixture
def sample_id(services: Services) -> str:
    path = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
    return services.cases.import_case(load_case_file(path.read_bytes(), path.name).case_file).value.id


def test_drafts_are_in_the_store_when_it_is_opened_again(
    open_intake: Open, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    case = services.cases.new_case().value
    intake = open_intake(case, services=services)
    family = intake.field("member", "family_name")
    family.editor.setFocus()
    qtbot.keyClicks(family.editor, "Sample <b> & \u00a0")
    intake.field("history", "narrative").area.setPlainText("Worse since May.\n\nBP <120/80")
    intake.save()
    intake.context.runner.close()
    services.close()
    again = open_with_password(tmp_path / "store", PASSWORD, clock=CLOCK)
    try:
        stored = again.cases.case(case.id)
        assert stored.member.family_name == "Sample <b> & \u00a0"
        assert stored.history.narrative == "Worse since May.\n\nBP <120/80"
    finally:
        again.close()


def test_showing_a_case_writes_nothing(open_intake: Open, services: Services, sample_id: str) -> None:
    before = services.audit()
    intake = open_intake(services.cases.case(sample_id), services=services)
    for section in intake.screen.sections:
        for row in list(section.item_rows()):
            row.summary.setChecked(True)
    intake.save()
    assert services.audit() == before


def test_a_removed_item_comes_back_by_undo(
    open_intake: Open, services: Services, sample_id: str, qtbot: QtBot
) -> None:
    case = services.cases.case(sample_id)
    intake = open_intake(case, services=services)
    row = intake.list("treatments").row(case.treatments[0].id)
    qtbot.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    intake.settle()
    assert len(services.cases.case(sample_id).treatments) == len(case.treatments) - 1
    undone = services.history.undo(sample_id)
    intake.context.refresh.changes_committed.emit(undone.changes, None)
    intake.settle()
    assert services.cases.case(sample_id) == case
    captions = [item.path[-1] for item in intake.list("treatments").rows()]
    assert captions == [treatment.id for treatment in case.treatments]


def test_a_document_with_linked_words_is_not_removed(
    open_intake: Open, services: Services, sample_id: str, qtbot: QtBot
) -> None:
    links = next(iter(services.review.view(sample_id).links.values()))
    document_id = links[0].span.document_id
    intake = open_intake(services.cases.case(sample_id), services=services)
    row = intake.list("documents").row(document_id)
    qtbot.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    intake.settle()
    assert "cannot be removed" in intake.context.notify.notices[-1].what
    assert intake.list("documents").row(document_id) is not None
    assert services.cases.case(sample_id).document(document_id) is not None


def test_a_new_case_says_what_is_missing_without_opening_in_red(
    open_intake: Open, services: Services, qtbot: QtBot
) -> None:
    intake = open_intake(services.cases.new_case().value, services=services)
    qtbot.waitUntil(lambda: intake.screen.marks.is_known, timeout=20_000)
    message = intake.field("member", "family_name").message
    assert message.startswith("! ")
    assert not intake.field("member", "family_name").editor.property("problem")
    assert intake.screen.rail.count_of(1) >= 3


def test_a_diagnosis_is_looked_up_in_the_shipped_table(
    open_intake: Open, services: Services, qtbot: QtBot
) -> None:
    intake = open_intake(services.cases.new_case().value, services=services)
    intake.list("diagnoses").add()
    intake.settle()
    added = services.cases.case(intake.screen.desk.case.id).diagnoses[0]  # type: ignore[union-attr]
    code = intake.field("diagnoses", added.id, "code")
    qtbot.keyClicks(code.line, "pseudarthrosis fus")
    qtbot.waitUntil(lambda: bool(code.offers), timeout=20_000)
    assert code.offers[0][0] == "M96.0"
    qtbot.keyClick(code.line, Qt.Key.Key_Return)
    intake.save()
    stored = services.cases.case(intake.screen.desk.case.id).diagnoses[0]  # type: ignore[union-attr]
    assert (stored.code, stored.title) == code.offers[0]


def test_a_file_that_was_opened_is_kept_with_the_document_that_was_read_from_it(
    open_intake: Open, services: Services, sample_id: str, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "addendum.txt"
    path.write_bytes(b"No bridging bone.\r\n")
    before = {document.id for document in services.cases.case(sample_id).documents}
    intake = open_intake(services.cases.case(sample_id), services=services)
    intake.screen.documents_panel.read_files([str(path)])
    intake.settle()
    intake.save()
    qtbot.waitUntil(lambda: len(services.cases.case(sample_id).documents) > len(before), timeout=10_000)
    (added,) = {document.id for document in services.cases.case(sample_id).documents} - before
    kept = services.files.of_document(sample_id, added)
    assert kept is not None
    assert kept.name == "addendum.txt"
    assert services.files.bytes_of(kept.sha256) == path.read_bytes()


def test_a_word_document_is_read_by_its_words(tmp_path: Path) -> None:
    from docx import Document as WordDocument

    written = WordDocument()
    written.add_paragraph("No bridging bone at L5-S1.")
    written.save(str(tmp_path / "Addendum.DOCX"))
    read = read_document_file(tmp_path / "Addendum.DOCX")
    assert (read.document.title, read.document.text) == ("Addendum", "No bridging bone at L5-S1.\n")
    assert read.file.content == (tmp_path / "Addendum.DOCX").read_bytes()


@pytest.mark.parametrize("name", ["gone.txt", "gone.pdf", "gone.docx", "."])
def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        read_document_file(tmp_path / name)
    assert refused.value.todo


def test_a_scan_is_a_document_without_text_that_keeps_its_pages(tmp_path: Path) -> None:
    picture = Image.new("RGB", (30, 40), "white")
    for name in ("page.png", "page.jpg", "page.tiff", "page.pdf"):
        picture.save(tmp_path / name)
        read = read_document_file(tmp_path / name)
        assert read.document.text == ""
        assert read.file.content == (tmp_path / name).read_bytes()
        assert "holds no text" in read.notices[0]


def test_a_file_that_is_only_named_like_a_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.png").write_text("words", "utf-8")
    with pytest.raises(UserFacingError, match="named like a picture"):
        read_document_file(tmp_path / "page.png")
