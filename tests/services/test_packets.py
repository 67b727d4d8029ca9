"""The packet of a case over a real store: planned, chosen, redacted, built with its letter, and put on record."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from desktop.domain.document import DocumentKind
from desktop.domain.errors import UserFacingError
from desktop.domain.letter import BlockKind, LetterKind
from desktop.domain.packet import PacketChoice, Redaction
from desktop.services.packets import letter_for_packet
from desktop.services.workspace import Services
from tests.unit.letters.packet.made_files import pdf_of


def text_of(pdf: bytes) -> list[str]:
    with PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.fixture
def lettered(services: Services, sample_id: str) -> str:
    services.letters.compose(sample_id)
    return sample_id


def enclosures_in_letter(services: Services, case_id: str) -> dict[str, str]:
    content = services.letters.letter(case_id).content
    block = next(block for block in content.blocks if block.kind is BlockKind.ENCLOSURES)
    assert block.table is not None
    return {row.provenance[0].ref.removeprefix("documents."): row.cells[0] for row in block.table.rows}


def test_the_packet_has_the_letters_that_the_letter_names_also_after_a_choice(services, lettered) -> None:
    services.packets.choose(lettered, PacketChoice(document_id="doc-denial", is_left_out=True))
    plan = services.packets.plan(lettered)
    named = {item.document_id: item.letter for item in plan.exhibits}
    assert named == enclosures_in_letter(services, lettered)
    assert "doc-denial" not in named
    assert plan.left_out
    built = services.packets.make(lettered)
    assert {item.document_id: item.letter for item in built.exhibits} == named


def test_a_left_out_notice_is_named_as_missing_with_why(services, lettered) -> None:
    services.packets.choose(lettered, PacketChoice(document_id="doc-denial", is_left_out=True))
    missing = {item.kind: item.why for item in services.packets.plan(lettered).missing}
    assert "left out" in missing[DocumentKind.DENIAL_LETTER]


def test_the_sample_packet_is_whole(services, lettered) -> None:
    built = services.packets.make(lettered)
    (file,) = built.files
    pages = text_of(file.content)
    assert len(pages) == built.page_count == file.page_count
    assert all(
        f"Packet page {number} of {built.page_count}" in page for number, page in enumerate(pages, start=1)
    )
    assert all("SYN-0000-4417" in page for page in pages[1:])
    assert "Testerman" not in pages[0]
    for exhibit in built.exhibits:
        assert exhibit.first_page is not None
        assert f"Exhibit {exhibit.letter}-1" in pages[exhibit.first_page - 1]


def test_an_issued_letter_keeps_the_packet_to_its_enclosures(services, lettered) -> None:
    case = services.cases.case(lettered)
    first = next(item for item in case.documents if item.kind is DocumentKind.IMAGING_REPORT)
    services.letters.edit_block(
        lettered,
        next(
            block.id
            for block in services.letters.letter(lettered).content.blocks
            if block.kind is BlockKind.ENCLOSURES
        ),
        "The record.",
    )
    services.letters.lock_block(
        lettered,
        next(
            block.id
            for block in services.letters.letter(lettered).content.blocks
            if block.kind is BlockKind.ENCLOSURES
        ),
        True,
    )
    services.packets.choose(lettered, PacketChoice(document_id=first.id, is_left_out=True))
    with pytest.raises(UserFacingError, match="not those of the packet"):
        services.packets.build(lettered)


def test_words_that_are_blacked_out_leave_the_packet_and_stay_in_the_record(services, lettered) -> None:
    case = services.cases.case(lettered)
    document = case.document("doc-denial")
    start = document.text.index("100 Sample Lane")
    redaction = Redaction(id="r1", document_id=document.id, start=start, end=start + 15)
    services.packets.redact(lettered, redaction)
    built = services.packets.make(lettered)
    assert [proof.redaction_id for proof in built.proofs] == ["r1"]
    assert all(proof.holds for proof in built.proofs)
    exhibit = next(item for item in built.exhibits if item.document_id == document.id)
    assert "100 Sample Lane" not in text_of(built.files[0].content)[exhibit.first_page - 1]
    assert services.cases.case(lettered).document("doc-denial").text == document.text
    services.packets.unredact(lettered, "r1")
    assert services.packets.redactions(lettered) == ()


def test_the_plan_warns_where_evidence_is_hidden(services, lettered) -> None:
    before = services.packets.plan(lettered).warnings
    with services._store.read() as reader:
        link = reader.review.links(lettered)[0]
    span = link.span
    hidden = Redaction(id="r1", document_id=span.document_id, start=span.start, end=span.end)
    assert len(services.packets.redact(lettered, hidden).value.warnings) > len(before)
    services.packets.unredact(lettered, "r1")
    left_out = PacketChoice(document_id=span.document_id, is_left_out=True)
    assert len(services.packets.choose(lettered, left_out).value.warnings) > len(before)


def test_a_choice_and_a_redaction_can_be_undone(services, lettered) -> None:
    services.packets.choose(lettered, PacketChoice(document_id="doc-denial", is_left_out=True))
    services.history.undo(lettered)
    assert services.packets.choices(lettered) == ()
    services.packets.redact(lettered, Redaction(id="r1", document_id="doc-denial", start=0, end=5))
    services.history.undo(lettered)
    assert services.packets.redactions(lettered) == ()


@pytest.mark.parametrize(
    "redaction",
    [
        Redaction(id="r", document_id="doc-denial"),
        Redaction(id="r", document_id="doc-denial", start=5, end=5),
        Redaction(id="r", document_id="doc-denial", start=5, end=10_000_000),
        Redaction(id="r", document_id="doc-denial", page=1, box=(0, 0, 100, 100)),
        Redaction(id="r", document_id="doc-denial", page=1, box=(200, 0, 100, 100)),
        Redaction(id="r", document_id="gone", start=0, end=1),
    ],
)
def test_a_redaction_of_what_is_not_there_is_refused_in_words(services, lettered, redaction) -> None:
    with pytest.raises(UserFacingError):
        services.packets.redact(lettered, redaction)
    assert services.packets.redactions(lettered) == ()


def test_the_file_of_a_document_is_enclosed_page_by_page(services, lettered) -> None:
    services.files.keep(lettered, "doc-denial", pdf_of(["first words", "second words"]), "notice.pdf")
    built = services.packets.make(lettered)
    exhibit = next(item for item in built.exhibits if item.document_id == "doc-denial")
    pages = text_of(built.files[0].content)
    assert "second words" in pages[exhibit.first_page]
    assert "Set from the text of the record" not in pages[exhibit.first_page]


def test_an_area_of_a_kept_file_is_burnt_and_proven(services, lettered) -> None:
    services.files.keep(lettered, "doc-denial", pdf_of(["secret words", "open words"]), "notice.pdf")
    area = Redaction(id="r", document_id="doc-denial", page=1, box=(0, 0, 1000, 200))
    services.packets.redact(lettered, area)
    built = services.packets.make(lettered)
    assert [proof.holds for proof in built.proofs] == [True]
    assert "secret" not in "".join(text_of(built.files[0].content))


def test_without_a_letter_the_packet_says_so(services, sample_id) -> None:
    with pytest.raises(UserFacingError, match="no letter"):
        services.packets.build(sample_id)


def test_a_cap_that_holds_nothing_is_refused(services, lettered) -> None:
    with pytest.raises(UserFacingError, match="cannot hold"):
        services.packets.build(lettered, cap_bytes=10_000)


def test_a_packet_that_leaves_stands_in_the_audit_chain_by_its_hash(services, lettered) -> None:
    files = services.packets.build(lettered)
    services.packets.note_copy(lettered, files)
    event = services.audit(lettered)[0]
    assert event.operation == "packet_saved"
    assert "SHA-256" in event.label
    assert services.audit_problem() is None


def test_another_letter_can_lead_the_packet(services, lettered) -> None:
    request = services.letters.compose(lettered, LetterKind.CLAIM_FILE).value
    built = services.packets.make(lettered, request.id)
    assert any("draft" in notice for notice in built.notices)
    with pikepdf.open(io.BytesIO(built.files[0].content)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root][1] == f"{LetterKind.CLAIM_FILE.label} (draft)"


def test_a_document_that_changed_after_something_was_blacked_out_is_not_sent(services, lettered) -> None:
    services.files.keep(lettered, "doc-denial", pdf_of(["secret words", "open words"]), "notice.pdf")
    area = Redaction(id="r", document_id="doc-denial", page=1, box=(0, 0, 1000, 200))
    services.packets.redact(lettered, area)
    services.files.keep(lettered, "doc-denial", pdf_of(["other words", "secret words"]), "notice.pdf")
    with pytest.raises(UserFacingError, match="was changed after"):
        services.packets.build(lettered)
    assert any("was changed after" in warning for warning in services.packets.plan(lettered).warnings)


def test_a_later_letter_to_the_patient_does_not_draw_the_record_to_itself(
    services: Services, lettered: str
) -> None:
    services.letters.compose(lettered, LetterKind.PATIENT)
    chosen = letter_for_packet(services.letters.all(lettered))
    assert chosen is not None
    assert chosen.kind is LetterKind.FIRST_LEVEL
