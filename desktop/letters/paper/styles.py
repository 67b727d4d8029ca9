"""Sizes, faces and colours of the printed letter; one place, so that it stays one design."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from desktop.letters.paper.fonts import BOLD, ITALIC, REGULAR, register_fonts

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

INK = "#16191D"
ACCENT = "#1D4457"
GREY = "#5A636B"
RULE = "#9AA3AA"
TINT = "#F2F4F5"
ALERT = "#8A1C1C"
WATERMARK = "#E7EAEC"

PAGE_WIDTH, PAGE_HEIGHT = 612.0, 792.0
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 60.0, 52.0, 62.0
CARD_MARGIN_TOP = 32.0
LOGO_BOX, SIGNATURE_BOX = (190.0, 62.0), (170.0, 44.0)
"""Points of width and height that these pictures may take."""

SYNTHETIC_MARK = "SYNTHETIC SAMPLE — not a real patient"
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN_SIDE
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM

_SIZES = ("fontSize", "leading", "spaceBefore", "spaceAfter", "bulletFontSize")


@lru_cache(maxsize=8)
def styles(scale: float = 1.0) -> dict[str, ParagraphStyle]:
    """Every paragraph style by name; with another `scale`, sizes and distances in proportion."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.styles import ParagraphStyle

    register_fonts()
    body = ParagraphStyle(
        "body",
        fontName=REGULAR,
        fontSize=9.6,
        leading=12.4,
        spaceAfter=4.8,
        textColor=HexColor(INK),
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
        bulletFontName=REGULAR,
        bulletFontSize=10.2,
    )

    def child(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=body, **changes)

    made = (
        body,
        child(
            "letterhead",
            fontName=BOLD,
            fontSize=16.5,
            leading=21,
            textColor=HexColor(ACCENT),
            spaceAfter=2,
            alignment=TA_CENTER,
        ),
        child(
            "letterhead_line",
            fontSize=8.8,
            leading=12,
            textColor=HexColor(GREY),
            spaceAfter=0,
            alignment=TA_CENTER,
        ),
        child("lead", keepWithNext=1),
        child("tight", spaceAfter=0),
        child("small", fontSize=8.8, leading=11.6, textColor=HexColor(GREY), spaceAfter=4),
        child("intro", fontSize=9.2, leading=11.8, spaceAfter=4),
        child(
            "heading",
            fontName=BOLD,
            fontSize=11,
            leading=14,
            textColor=HexColor(ACCENT),
            spaceBefore=9,
            spaceAfter=3,
            keepWithNext=1,
        ),
        child("quote", leftIndent=17, rightIndent=17, fontName=ITALIC, spaceBefore=1, spaceAfter=5.5),
        child("numbered", leftIndent=17),
        child("point", leftIndent=14, spaceAfter=3.4),
        child("title", fontName=BOLD, fontSize=15, leading=19, textColor=HexColor(ACCENT), spaceAfter=6),
        child("headline", fontName=BOLD, fontSize=10, leading=13, leftIndent=11, rightIndent=9, spaceAfter=6),
        child("caution", fontSize=9.2, leading=11.9, leftIndent=11, rightIndent=9, spaceAfter=6),
        child("caption", fontName=ITALIC, fontSize=8.6, leading=11, textColor=HexColor(GREY), spaceBefore=3),
        child("cell", fontSize=8.5, leading=10.5, spaceAfter=0),
        child("cell_strong", fontName=BOLD, fontSize=8.5, leading=10.5, spaceAfter=0),
        child("column", fontName=BOLD, fontSize=8.3, leading=10.5, textColor=HexColor(ACCENT), spaceAfter=0),
        child("re_label", fontSize=9.3, leading=11.9, textColor=HexColor(GREY), spaceAfter=0),
        child("re_value", fontSize=9.3, leading=11.9, spaceAfter=0),
        child("overflow", fontSize=8.6, leading=11, spaceAfter=3),
        child("signer", fontName=BOLD, spaceAfter=0),
        child(
            "reference",
            fontSize=8.5,
            leading=10.6,
            leftIndent=19,
            bulletFontName=REGULAR,
            bulletFontSize=8.5,
            spaceAfter=2,
        ),
    )
    found = {style.name: style for style in made}
    if scale != 1.0:
        for style in made:
            for size in _SIZES:
                setattr(style, size, getattr(style, size) * scale)
        for name in ("heading", "title"):
            # Small type keeps its blocks apart with less.
            found[name].spaceBefore *= scale
            found[name].spaceAfter *= scale * scale
    found["heading_alone"] = ParagraphStyle("heading_alone", parent=found["heading"], keepWithNext=0)
    for name in ("body", "lead", "quote", "intro", "small", "tight", "headline", "caution", "caption"):
        # The parts of one paragraph stand close together.
        found[f"{name}_part"] = ParagraphStyle(
            f"{name}_part", parent=found[name], spaceAfter=0, keepWithNext=0
        )
    return found
