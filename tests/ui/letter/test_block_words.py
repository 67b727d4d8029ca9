"""Blocks in words: names, origins, and which paragraph of the edited text came from where."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterParagraph,
    LetterRow,
    LetterTable,
    OriginKind,
    Provenance,
)
from desktop.ui.letter.block_words import (
    anchor_of,
    origin_of,
    origins_at,
    outline_words,
    provenance_of,
    says_the_same,
    title_of,
)

RECORD = Provenance(kind=OriginKind.RECORD, ref="member.name", label="Member")
QUOTE = Provenance(kind=OriginKind.QUOTE, ref="q1", label="CT 2026-09-08, p. 1")

lines = st.text(alphabet="ab .\n", max_size=12)


def block(*texts: str, heading: str = "", kind: BlockKind = BlockKind.HISTORY) -> LetterBlock:
    paragraphs = tuple(LetterParagraph(text=text, provenance=(RECORD,)) for text in texts)
    return LetterBlock(id="b1", kind=kind, heading=heading, paragraphs=paragraphs)


def test_a_block_without_heading_is_named_by_what_it_is() -> None:
    assert title_of(block(kind=BlockKind.CONCESSION)) == "What is not met"
    assert title_of(block(heading="Clinical history")) == "Clinical history"


def test_tables_of_criteria_are_told_apart_by_their_set() -> None:
    shown = block(heading="Arthrodesis (CPT 22612): Public policy", kind=BlockKind.CRITERIA_TABLE)
    assert outline_words(shown) == ("Public policy", "Arthrodesis (CPT 22612)")


def test_origins_are_counted_once_each() -> None:
    table = LetterTable(
        columns=("A",),
        widths=(1.0,),
        rows=(LetterRow(cells=("x",), provenance=(QUOTE,)), LetterRow(cells=("y",), provenance=(QUOTE,))),
    )
    shown = block("one", "two").model_copy(update={"table": table})
    assert provenance_of(shown) == (RECORD, QUOTE)
    assert origin_of(shown) == "Record 1 · Quote 1"
    assert origin_of(shown.model_copy(update={"is_edited": True})).startswith("Edited · ")


def test_the_anchor_ends_before_the_first_citation_and_line_end() -> None:
    assert anchor_of(block("CT shows loosening [@smith2020] and more")) == "CT shows loosening "
    assert anchor_of(block("first\nsecond")) == "first"
    assert not anchor_of(block())


def test_the_anchor_reads_as_printed_where_words_of_the_record_look_like_a_citation() -> None:
    assert anchor_of(block("He wrote \\[@here] and then [@smith2020]")) == "He wrote [@here] and then "


def test_a_composed_paragraph_keeps_its_origin_while_others_are_typed() -> None:
    shown = block("one", "two")
    text = "one\n\nmine\n \ntwo"
    assert origins_at(shown, text, 1) == (RECORD,)
    assert [origin.kind for origin in origins_at(shown, text, text.index("mine") + 2)] == [OriginKind.TYPED]
    assert origins_at(shown, text, len(text)) == (RECORD,)
    assert origins_at(shown, "", 0) == ()


@given(st.lists(lines, max_size=4))
def test_the_text_of_a_block_always_stands_for_its_paragraphs(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    typed = block().with_typed_text(text)
    assert says_the_same(typed, text)
    assert says_the_same(typed, typed.text)


@given(lines, st.integers(min_value=0, max_value=14))
def test_any_position_in_any_text_has_an_answer(text: str, position: int) -> None:
    origins_at(block("a", "b"), text, position)
