"""Writes an abbreviation out where a paper first uses it; it must not touch quotations or what a person typed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.domain.letter import (
    BlockKind,
    LetterBlock,
    LetterParagraph,
    LetterRow,
    LetterTable,
    OriginKind,
    Provenance,
)

ABBREVIATIONS = {
    "CT": "computed tomography",
    "MRI": "magnetic resonance imaging",
    "DXA": "dual-energy X-ray absorptiometry",
    "EMG": "electromyography",
    "ODI": "Oswestry Disability Index",
    "NDI": "Neck Disability Index",
    "VAS": "visual analog scale",
    "NRS": "numeric rating scale",
    "KOOS": "Knee injury and Osteoarthritis Outcome Score",
    "AHI": "apnea-hypopnea index",
    "BMI": "body mass index",
    "HbA1c": "glycated hemoglobin",
    "QALY": "quality-adjusted life year",
    "CI": "confidence interval",
    "CPT": "Current Procedural Terminology",
    "LCD": "local coverage determination",
    "NCD": "national coverage determination",
    "CMS": "Centers for Medicare & Medicaid Services",
    "ERISA": "Employee Retirement Income Security Act",
}
"""What reviewers write without thinking, and a reader from outside may not know."""

_OUTSIDE_QUOTES = re.compile(r"“[^”]*”|\[@[^\]]*\]|(?<![\w-])(?:" + "|".join(ABBREVIATIONS) + r")(?![\w-])")
_TYPED_FIELDS = ("history.narrative", "history.why_", "history.risk_", "review_question")


def written_out(blocks: Iterable[LetterBlock]) -> tuple[LetterBlock, ...]:
    """The blocks with each known abbreviation written out where it first stands, in the order of reading."""
    writer = _Writer()
    return tuple(writer.block(block) for block in blocks)


class _Writer:
    """Remembers which abbreviations were written out."""

    def __init__(self) -> None:
        self._done: set[str] = set()

    def block(self, block: LetterBlock) -> LetterBlock:
        """One block, its paragraphs before its table; titles of documents stay as they are."""
        if block.kind is BlockKind.ENCLOSURES:
            return block
        paragraphs = tuple(map(self._paragraph, block.paragraphs))
        table = block.table
        if table is not None:
            table = LetterTable(
                columns=table.columns, widths=table.widths, rows=tuple(map(self._row, table.rows))
            )
        return block.model_copy(update={"paragraphs": paragraphs, "table": table})

    def _paragraph(self, item: LetterParagraph) -> LetterParagraph:
        if item.is_quote or any(map(_is_typed, item.provenance)):
            return item
        return item.model_copy(update={"text": self._text(item.text)})

    def _row(self, item: LetterRow) -> LetterRow:
        return item.model_copy(update={"cells": tuple(map(self._text, item.cells))})

    def _text(self, text: str) -> str:
        return _OUTSIDE_QUOTES.sub(self._written, text)

    def _written(self, match: re.Match[str]) -> str:
        short = match.group()
        if short not in ABBREVIATIONS or short in self._done:
            return short
        self._done.add(short)
        long = ABBREVIATIONS[short]
        opens = match.start() == 0 or match.string[: match.start()].rstrip()[-1:] in ".!?\n"
        is_inside = match.string.count("(", 0, match.start()) > match.string.count(")", 0, match.start())
        words = long[:1].upper() + long[1:] if opens else long
        return f"{words}, {short}" if is_inside else f"{words} ({short})"


def _is_typed(origin: Provenance) -> bool:
    is_own = origin.kind is OriginKind.TYPED or origin.ref.startswith(_TYPED_FIELDS)
    return is_own or origin.ref.endswith(".rationale")
