"""Letter content keeps provenance through editing and numbers citations by first appearance."""

from __future__ import annotations

from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterContent,
    LetterKind,
    LetterParagraph,
    LetterRow,
    LetterTable,
    OriginKind,
    Provenance,
)

RECORD = Provenance(kind=OriginKind.RECORD, ref="history.narrative", label="History")


def _paragraph(text: str) -> LetterParagraph:
    return LetterParagraph(text=text, provenance=(RECORD,))


BLOCK = LetterBlock(
    id="history", kind=BlockKind.HISTORY, paragraphs=(_paragraph("One [@b]."), _paragraph("Two."))
)


def test_typed_paragraphs_are_marked_as_typed_and_untouched_ones_keep_their_origin() -> None:
    edited = BLOCK.with_typed_text("One [@b].\n \nNew words.\n\n\n")
    assert edited.is_edited
    assert [paragraph.text for paragraph in edited.paragraphs] == ["One [@b].", "New words."]
    assert edited.paragraphs[0] is BLOCK.paragraphs[0]
    assert [item.kind for item in edited.paragraphs[1].provenance] == [OriginKind.TYPED]


def test_the_editable_text_comes_back_as_the_same_paragraphs() -> None:
    assert BLOCK.text == "One [@b].\n\nTwo."
    assert BLOCK.with_typed_text(BLOCK.text).paragraphs == BLOCK.paragraphs


def test_references_are_listed_in_order_of_first_citation_in_text_and_tables() -> None:
    row = LetterRow(cells=("Cell [@c]", "[@a] and [@b]"), provenance=(RECORD,))
    table = LetterBlock(
        id="table",
        kind=BlockKind.CRITERIA_TABLE,
        table=LetterTable(columns=("A", "B"), widths=(1.0, 2.0), rows=(row,)),
    )
    content = LetterContent(
        kind=LetterKind.FIRST_LEVEL, title="26-0001", running_head="Member", blocks=(BLOCK, table)
    )
    assert content.cited() == ("b", "c", "a")
