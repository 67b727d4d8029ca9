"""How a block of a letter is named, where it came from, and its first printed words; pure, without Qt."""

from __future__ import annotations

from collections import Counter

from desktop.domain.letter import CITATION, BlockKind, LetterBlock, OriginKind, Provenance

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
    return CITATION.split(first)[0].split("\n")[0]


def paragraph_at(text: str, position: int) -> int:
    """Which paragraph, from 0, a position in the editable text is in; blank lines part them."""
    before = text[:position]
    starts, is_blank = 0, True
    for line in before.split("\n"):
        if line.strip() and is_blank:
            starts += 1
        is_blank = not line.strip()
    return max(0, starts - 1)
