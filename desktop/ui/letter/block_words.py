"""How a block of a letter is named, where it came from, and its first printed words; pure, without Qt."""

from __future__ import annotations

import re
from collections import Counter

from desktop.domain.letter import CITATION, BlockKind, LetterBlock, OriginKind, Provenance
from desktop.letters.references.numbering import spoken

ORIGIN_WORDS = {
    OriginKind.RECORD: "Record",
    OriginKind.QUOTE: "Quote",
    OriginKind.TRACE: "Criteria",
    OriginKind.REFERENCE: "Reference",
    OriginKind.TYPED: "Typed",
    OriginKind.FORM: "Letter form",
}
_TITLES = {
    BlockKind.RE: "Re",
    BlockKind.DENIAL: "The denial",
    BlockKind.CRITERIA_TABLE: "Criteria, point by point",
    BlockKind.NECESSITY: "Why this service",
    BlockKind.SILENCE: "Where the criteria are silent",
    BlockKind.SUPPORT: "Guidelines and literature",
    BlockKind.CONCESSION: "What is not met",
    BlockKind.RELIEF: "What is asked for",
}


def title_of(block: LetterBlock) -> str:
    """The heading as printed, or what the block is."""
    named = _TITLES.get(block.kind, block.kind.value.replace("_", " ").capitalize())
    return block.heading or named


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
    return " · ".join((["Edited"] if block.is_edited else []) + parts)


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
    return [words for _, words in _paragraphs(text)] == [
        words for paragraph in block.paragraphs for _, words in _paragraphs(paragraph.text)
    ]


def origins_at(block: LetterBlock, text: str, position: int) -> tuple[Provenance, ...]:
    """Where the paragraph at a position of the editor's text comes from.

    A paragraph that still reads as composed keeps its origin; any other was typed, saved or not.
    """
    known = {paragraph.text: paragraph.provenance for paragraph in block.paragraphs}
    here = [words for start, words in _paragraphs(text) if start <= position]
    if not here:
        return ()
    typed = Provenance(kind=OriginKind.TYPED, ref=block.id, label="Typed by the reviewer")
    return known.get(here[-1], (typed,))


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """The paragraphs of an editable text with where each starts; blank lines part them."""
    found: list[tuple[int, str]] = []
    at = 0
    for part in re.split(r"(\n[ \t]*\n)", text):
        words = part.strip("\n")
        if words.strip():
            found.append((at + part.index(words), words))
        at += len(part)
    return found
