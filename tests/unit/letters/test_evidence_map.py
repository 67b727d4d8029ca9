"""Every sentence of a letter leads to what it rests on, and no sentence is given more than it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.letter import (
    BlockKind,
    Letter,
    LetterBlock,
    LetterContent,
    LetterKind,
    LetterParagraph,
    OriginKind,
    Provenance,
)
from desktop.domain.reference import CitationStyle
from desktop.domain.text import sha256_of
from desktop.letters.composing.letter import compose_letter
from desktop.letters.evidence_map import EvidenceMap, content_sha256, evidence_map
from desktop.letters.sentences import sentences_of
from tests.unit.letters.fixtures import inputs_for


def mapped(*paragraphs: LetterParagraph) -> EvidenceMap:
    block = LetterBlock(id="opening", kind=BlockKind.OPENING, paragraphs=paragraphs)
    content = LetterContent(kind=LetterKind.FIRST_LEVEL, title="T", running_head="R", blocks=(block,))
    return evidence_map(Letter(id="l", content=content), inputs_for())


def origin(kind: OriginKind, ref: str) -> Provenance:
    return Provenance(kind=kind, ref=ref, label=ref)


def test_every_piece_of_the_composed_letter_has_a_source() -> None:
    inputs = inputs_for()
    content = compose_letter(inputs)
    found = evidence_map(Letter(id="l", content=content), inputs)
    assert [block.id for block in found.blocks] == [block.id for block in content.blocks]
    pieces = [(block, item) for block in found.blocks for item in block.sentences]
    assert pieces
    assert all(item.sources for _, item in pieces)
    assert {place for _, item in pieces for place in item.sources} == set(range(len(found.sources)))
    for block in content.blocks:
        said = [item.text for of, item in pieces if of.id == block.id and item.place.startswith("para")]
        assert " ".join(said).split() == " ".join(part.text for part in block.paragraphs).split()


def test_a_quotation_leads_to_its_document_place_and_seal() -> None:
    inputs = inputs_for()
    found = evidence_map(Letter(id="l", content=compose_letter(inputs)), inputs)
    links = {link.id: link for links in inputs.links.values() for link in links}
    quotes = [source for source in found.sources if source.kind is OriginKind.QUOTE]
    assert quotes
    for source in quotes:
        span = links[source.ref].span
        document = inputs.case.document(span.document_id)
        assert document is not None
        assert (source.document_sha256, source.seal) == (document.sha256, span.seal)
        assert document.text[source.start : source.end] == source.quote
        assert source.is_intact


def test_a_sentence_is_given_only_the_reference_it_cites() -> None:
    one, two = (origin(OriginKind.REFERENCE, name) for name in ("smith-2020", "jones-2021"))
    record = origin(OriginKind.RECORD, "denial")
    text = "The plan refused. Fusion helps.[@smith-2020] Loosening hurts.[@jones-2021]"
    found = mapped(LetterParagraph(text=text, provenance=(record, one, two)))
    told = [
        (item.text, {found.sources[place].ref for place in item.sources})
        for item in found.blocks[0].sentences
    ]
    assert told == [
        ("The plan refused.", {"denial"}),
        ("Fusion helps.[@smith-2020]", {"denial", "smith-2020"}),
        ("Loosening hurts.[@jones-2021]", {"denial", "jones-2021"}),
    ]


def test_what_no_sentence_shows_stands_behind_all_of_them() -> None:
    """Also where a paragraph rests on nothing but sources that other sentences cite."""
    hidden = origin(OriginKind.REFERENCE, "smith-2020")
    found = mapped(LetterParagraph(text="One holds. Two holds.", provenance=(hidden,)))
    assert [item.sources for item in found.blocks[0].sentences] == [(0,), (0,)]
    shown = LetterParagraph(text="One holds. Two holds.[@smith-2020]", provenance=(hidden,))
    assert [item.sources for item in mapped(shown).blocks[0].sentences] == [(0,), (0,)]


def test_a_claim_of_the_library_is_named_where_it_is_told() -> None:
    inputs = inputs_for()
    claim = inputs.references.all_claims()[0]
    found = mapped(LetterParagraph(text=f"It is known: {claim.cited_text}", provenance=()))
    assert found.blocks[0].sentences[-1].claims == (f"{claim.reference_id}/{claim.id}",)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Smith saw her on Sept. 14, 2026. She could not walk.", 2),
        ("The set (No. 5) asks for 6 weeks vs. 7 weeks.", 1),
        ("Loosening at L5. The screws moved 3.5 mm. “They moved.” It hurts!", 4),
        ("J. A. Smith signed. b is not a start.", 1),
        ("Enclosed, p. 3. See there.", 2),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, count: int) -> None:
    assert len(sentences_of(text)) == count


@given(st.text(alphabet="ab. A!?\n[@1]“”L5\t", max_size=80))
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(sentences_of(text)) == text


def test_a_content_that_was_hashed_before_styles_could_be_chosen_keeps_its_hash() -> None:
    content = compose_letter(inputs_for())
    older = content.model_dump(mode="json")
    del older["citation_style"]
    text = content.model_dump_json(exclude={"citation_style"})

    assert content_sha256(LetterContent.model_validate(older)) == content_sha256(content) == sha256_of(text)
    vancouver = content.model_copy(update={"citation_style": CitationStyle.VANCOUVER})
    assert content_sha256(vancouver) != content_sha256(content)
