"""How the blocks of a letter are called where they have no heading of their own; it reads nothing of a case."""

from __future__ import annotations

from desktop.domain.letter import BlockKind, LetterBlock

_TITLES = {
    BlockKind.RE: "Re",
    BlockKind.DENIAL: "The denial",
    BlockKind.CRITERIA_TABLE: "Criteria, point by point",
    BlockKind.NECESSITY: "Why this service",
    BlockKind.SILENCE: "Where the criteria are silent",
    BlockKind.SUPPORT: "Guidelines and literature",
    BlockKind.CONCESSION: "What is not met",
    BlockKind.RELIEF: "What is asked for",
    BlockKind.HEADLINE: "The conclusion",
    BlockKind.NEW_EVIDENCE: "What is new",
    BlockKind.LEVEL_MAP: "Map of the levels",
    BlockKind.TIMELINE: "Timeline of treatment",
    BlockKind.EXCEPTION: "Exception argument",
    BlockKind.OBJECTIONS: "Likely objections",
    BlockKind.CARBON_COPY: "Copies to",
    BlockKind.MADE: "How this was made",
    BlockKind.OWN: "Your own text",
}


def title_of(block: LetterBlock) -> str:
    """The heading as printed, or what the block is."""
    return block.heading or title_of_kind(block.kind)


def title_of_kind(kind: BlockKind) -> str:
    """What a block is, whatever heading it has."""
    return _TITLES.get(kind, kind.value.replace("_", " ").capitalize())
