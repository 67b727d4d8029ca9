"""The letter's embedded fonts and which characters they can print; nothing is drawn that no font has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from desktop.domain.errors import UserFacingError
from desktop.domain.text import name_of
from desktop.settings.paths import resources_dir

REGULAR = "Letter"
BOLD = "Letter-Bold"
ITALIC = "Letter-Italic"
FALLBACK = "Letter-Fallback"
"""Used character by character where the text face has no glyph."""

_FILES = {
    REGULAR: "CharisSIL-Regular.ttf",
    BOLD: "CharisSIL-Bold.ttf",
    ITALIC: "CharisSIL-Italic.ttf",
    FALLBACK: "DejaVuSans.ttf",
}
# Right-to-left text needs reordering and shaping that reportlab does not do: printed as is, it would read backwards.
_UNSHAPED = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"})
_TURNING = _UNSHAPED - {"R", "AL", "AN"}
# Shown as something else or lost when the page is read back: a soft hyphen would stand as a hyphen inside a word, the
# layout engine takes a space without width for one with it, and the separators end no line in print.
_NOT_AS_IS = frozenset("\u00ad\u200b\u2064\u2028\u2029")
_LAYOUT = frozenset("\n\t")


class MissingGlyphError(UserFacingError):
    """The letter holds characters that cannot be printed as they are; each is named."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(dict.fromkeys(characters))
        named = "; ".join(name_of(character) for character in self.characters[:8])
        more = f" and {len(self.characters) - 8} more" if len(self.characters) > 8 else ""
        super().__init__(
            f"The letter holds characters that cannot be printed as they are: {named}{more}.",
            safe="Nothing was printed and nothing was changed.",
            todo="Write them another way, for example in Latin letters, and try again.",
        )


def font_file(name: str) -> Path:
    """The file of a face."""
    return resources_dir() / "fonts" / _FILES[name]


@lru_cache(maxsize=1)
def register_fonts() -> dict[str, frozenset[int]]:
    """Register the faces with reportlab once; returns the code points of each."""
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.pdfbase.ttfonts import TTFont

    cast("Any", ttfonts).makeToUnicodeCMap = _to_unicode

    metrics = cast("Any", pdfmetrics)  # its registry carries no types
    coverage: dict[str, frozenset[int]] = {}
    for name in _FILES:
        font = TTFont(name, str(font_file(name)))
        metrics.registerFont(font)
        coverage[name] = frozenset(font.face.charToGlyph)
    metrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    return coverage


def _to_unicode(name: str, subset: Sequence[int]) -> str:
    """The table by which a viewer turns the codes of a font's subset back into text.

    In place of reportlab's, which writes a broken entry for every character above U+FFFF and one that maps to no
    character for every code that is not used.
    """
    entries = [
        f"<{code:02X}> <{chr(value).encode('utf-16-be').hex().upper()}>"
        for code, value in enumerate(subset)
        if value
    ]
    # A table may hold a hundred entries at once.
    parts = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    tables = "\n".join("\n".join([f"{len(part)} beginbfchar", *part, "endbfchar"]) for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo\n<< /Registry ({name})\n/Ordering ({name})\n/Supplement 0\n>> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{max(0, len(subset) - 1):02X}>\nendcodespacerange\n{tables}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters of the text that cannot be printed faithfully, each once, in order."""
    coverage = register_fonts()
    return tuple(
        character
        for character in dict.fromkeys(text)
        if not _can_print(character, coverage, REGULAR, FALLBACK)
    )


def unwritable_characters(text: str) -> tuple[str, ...]:
    """The characters that a word processor's file cannot hold, or would show as something else; each once, in order.

    It has its own fonts and writes from right to left, so only control characters, those that turn the direction of
    what follows, and code points that are no characters remain.
    """
    return tuple(character for character in dict.fromkeys(text) if _is_unwritable(character))


def _is_unwritable(character: str) -> bool:
    if character in _LAYOUT:
        return False
    code = ord(character)
    return (
        unicodedata.category(character) in {"Cc", "Cs"}
        or unicodedata.bidirectional(character) in _TURNING
        or character in _NOT_AS_IS
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )


def font_runs(text: str, font: str) -> Iterator[tuple[str, str]]:
    """The text cut into runs of (font name, text), falling back where `font` has no glyph."""
    own = _characters(font)
    if own.issuperset(text):
        # Nearly every text there is.
        if text:
            yield font, text
        return

    def face(character: str) -> str:
        # A space takes the run's own face, so that a lone symbol does not carry its neighbours' spaces along.
        return font if character in own else FALLBACK

    for name, characters in groupby(text, key=face):
        yield name, "".join(characters)


@lru_cache
def _characters(font: str) -> frozenset[str]:
    """What is set in this face itself."""
    return _LAYOUT.union(chr(code) for code in register_fonts()[font])


def _can_print(character: str, coverage: dict[str, frozenset[int]], *fonts: str) -> bool:
    if character in _LAYOUT:
        return True
    if unicodedata.category(character) == "Cc" or unicodedata.bidirectional(character) in _UNSHAPED:
        return False
    if character in _NOT_AS_IS:
        return False
    return any(ord(character) in coverage[font] for font in fonts)
