"""How a block of a letter is named, where it came from, and its first printed words; pure, without Qt."""

from __future__ import annotations

from collections import Counter

from desktop.domain.letter import CITATION, BlockKind, LetterBlock, OriginKind, Provenance
from desktop.letters.references.numbering import spoken
from desktop.letters.titles import title_of
from desktop.ui.letter.text_places import paragraphs_in

ORIGIN_WORDS = {
    OriginKind.RECORD: "Record",
    OriginKind.QUOTE: "Quote",
    OriginKind.TRACE: "Criteria",
    OriginKind.REFERENCE: "Reference",
    OriginKind.TYPED: "Typed",
    OriginKind.FORM: "Letter form",
}


def provenance_of(block: LetterBlock) -> tuple[Provenance, ...]:
    """Everything the block came from, once each, in order."""
    rows = block.table.rows if block.table else ()
    found = [item for paragraph in block.paragraphs for item in paragraph.provenance]
    found += [item for row in rows for item in row.provenance]
    return tuple(dict.fromkeys(found))


def origin_of(block: LetterBlock) -> str:
    """In a few words: `Edited · Record 3 · Quote 2`."""
    counts = Counter(item.kind for item in provenance_of(block))
    parts = [f"{words} {counts[kind]}" for kind, words in ORIGIN_WORDS.items() if counts[kind]]
    if block.figure is not None and not parts:
        parts = ["Figure, drawn from the record"]
    return " · ".join([*states_of(block), *parts])


def states_of(block: LetterBlock) -> list[str]:
    """What a reviewer did to the block, and what the record did since, in words."""
    return [
        words
        for words, is_so in (
            ("Record changed", block.is_stale),
            ("Edited", block.is_edited),
            ("Kept as it is", block.is_locked),
        )
        if is_so
    ]


def outline_words(block: LetterBlock) -> tuple[str, str]:
    """Two lines for a list: what tells this block from its neighbours first, then what it shares with them."""
    title, origin = title_of(block), origin_of(block)
    shared, colon, own = title.partition(": ")
    if block.kind in (BlockKind.CRITERIA_TABLE, BlockKind.IMAGING) and colon:
        return own, " · ".join(part for part in (shared, origin) if part)
    return title, origin


def anchor_of(block: LetterBlock) -> str:
    """The first words the block prints, up to the first citation, whose number is not known here."""
    texts = [block.heading, *(paragraph.text for paragraph in block.paragraphs)]
    if block.table is not None:
        texts += [*block.table.columns]
    first = next((text for text in texts if text.strip()), "")
    return spoken(CITATION.split(first)[0].split("\n")[0])


def says_the_same(block: LetterBlock, text: str) -> bool:
    """Whether a text in the editor stands for the block's paragraphs, whatever blank lines part them."""
    return [words for _, words in paragraphs_in(text)] == [
        words for paragraph in block.paragraphs for _, words in paragraphs_in(paragraph.text)
    ]


def origins_at(block: LetterBlock, text: str, position: int) -> tuple[Provenance, ...]:
    """Where the paragraph at a position of the editor's text comes from.

    A paragraph that still reads as composed keeps its origin; any other was typed, saved or not.
    """
    known = {paragraph.text: paragraph.provenance for paragraph in block.paragraphs}
    here = [words for start, words in paragraphs_in(text) if start <= position]
    if not here:
        return ()
    typed = Provenance(kind=OriginKind.TYPED, ref=block.id, label="Typed by the reviewer")
    return known.get(here[-1], (typed,))
