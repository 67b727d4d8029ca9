"""Letters made of pieces, for tests of paper: one block or many, figures of any size, a logo."""

from __future__ import annotations

import hashlib
import io
from datetime import date, timedelta
from typing import Any

from desktop.domain.figure import EventRow, LevelMap, MapLine, MapPlace, MarkState, Timeline, TimelineEvent
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

ORIGIN = (Provenance(kind=OriginKind.RECORD, ref="x", label="x"),)
SPINE = ("L2-L3", "L3-L4", "L4-L5", "L5-S1")
_LABELS = (
    "Lumbar fusion",
    "CT lumbar spine",
    "Physical therapy",
    "ODI 58",
    "Denial received",
    "Requested service",
)


def paragraphs(*texts: str, is_quote: bool = False) -> tuple[LetterParagraph, ...]:
    return tuple(LetterParagraph(text=text, provenance=ORIGIN, is_quote=is_quote) for text in texts)


def table(columns: tuple[str, ...], *rows: tuple[str, ...]) -> LetterTable:
    made = tuple(LetterRow(cells=cells, provenance=ORIGIN, is_heading=len(cells) == 1) for cells in rows)
    return LetterTable(columns=columns, widths=tuple(1.0 for _ in columns), rows=made)


def letter(*blocks: LetterBlock, **changes: Any) -> LetterContent:
    values: dict[str, Any] = {
        "kind": LetterKind.FIRST_LEVEL,
        "title": "Letter",
        "running_head": "Member X · Ref. 7",
    }
    return LetterContent(**{**values, **changes}, blocks=blocks)


def block(kind: BlockKind, heading: str = "", *texts: str, **changes: Any) -> LetterBlock:
    return LetterBlock(
        id=f"{kind.value}.{heading[:20].replace(' ', '-')}",
        kind=kind,
        heading=heading,
        paragraphs=paragraphs(*texts),
        **changes,
    )


def level_map(lines: int = 2, places: tuple[str, ...] = SPINE, *, is_spine: bool = True) -> LevelMap:
    states = tuple(MarkState)
    return LevelMap(
        caption="Services and findings by level",
        places=tuple(
            MapPlace(place=place, findings=("loosening (affirmed)",) if n else ())
            for n, place in enumerate(places)
        ),
        lines=tuple(
            MapLine(
                service_line_id=str(n),
                name=f"Service number {n}",
                states=tuple(states[(n + m) % 4] for m in range(len(places))),
            )
            for n in range(lines)
        ),
        is_spine=is_spine,
    )


def timeline(events: int, days: int = 900) -> Timeline:
    rows = tuple(EventRow)
    made: list[TimelineEvent] = []
    for number in range(events):
        day = date(2024, 3, 1) + timedelta(days=number * days // max(1, events))
        row = rows[number % 6]
        last = day + timedelta(days=70) if row is EventRow.TREATMENT else None
        made.append(
            TimelineEvent(row=row, label=f"{_LABELS[number % 6]} {number}", starts_on=day, ends_on=last)
        )
    return Timeline(caption="Treatment by date", events=tuple(made), undated=("Smoking cessation",))


def logo(mode: str = "RGBA", size: tuple[int, int] = (300, 100), form: str = "PNG") -> bytes:
    from PIL import Image

    image: Any = Image.new(mode, size, 40000 if mode.startswith("I") else 0)
    target = io.BytesIO()
    image.save(target, form)
    return target.getvalue()


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def every_block() -> LetterContent:
    """A letter with a block of each kind that has a layout of its own."""
    picture = logo()
    return letter(
        block(BlockKind.LETTERHEAD, "", "Riverside Spine", "1 Main Street"),
        block(BlockKind.DATE, "", "November 22, 2026", "By fax"),
        block(BlockKind.ADDRESSEE, "", "Example Plan", "Appeals"),
        block(
            BlockKind.RE,
            "",
            table=table(("", "", "", ""), ("Member", "X Y", "ID", "77"), ("Service", "to the edge")),
        ),
        block(
            BlockKind.HEADLINE,
            "Conclusion",
            "Reinsertion at L5-S1 is necessary.",
            "Arthrodesis is not asked for.",
        ),
        block(
            BlockKind.SECTION,
            "Review status",
            "It stands as follows:",
            table=table(
                ("Status", "When", "By"),
                ("Submitted", "Nov 20, 2026", "A. Reviewer"),
                ("heading over rows",),
                ("a", "b", "c"),
            ),
        ),
        block(BlockKind.LEVEL_MAP, "Level by level", "For each level:", figure=level_map()),
        block(BlockKind.TIMELINE, "Timeline", "What the record dates.", figure=timeline(12)),
        block(BlockKind.TALKING_POINTS, "Five facts", "The CT shows loosening.", "1. A numbered one."),
        block(BlockKind.OBJECTIONS, "Objections", "“No criterion is met.” The set is silent."),
        block(BlockKind.CAUTION, "Before you call", "Filing the appeal often closes the conversation."),
        LetterBlock(
            id="denial",
            kind=BlockKind.DENIAL,
            heading="The denial",
            paragraphs=paragraphs("Not necessary.", is_quote=True),
        ),
        block(BlockKind.SIGNATURE, "", "Sincerely,", "Ann Doctor, MD", "NPI 123"),
        block(BlockKind.CARBON_COPY, "Copies to", "The patient", "The plan"),
        block(BlockKind.DISCLAIMER, "Disclaimer", "Not legal advice."),
        block(BlockKind.MADE, "How this was made", "By rules, from the record."),
        is_synthetic=True,
        logo_sha256=sha(picture),
        logo_alternative="Riverside Spine, a river under a bridge",
        signature_sha256=sha(picture),
    )
