"""What a DOCX needs beyond python-docx: page fields, header rows, shading, alternate text, equal bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, cast

from docx import oxml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

if TYPE_CHECKING:
    from docx.styles.style import ParagraphStyle

FONT = "Cambria"
"""A serif with wide coverage that both common word processors have or replace by one of equal widths."""

_ALWAYS = (1980, 1, 1, 0, 0, 0)


def element(name: str, **attributes: str) -> Any:
    """A new XML element such as `w:tblHeader`, its attributes in the same namespace."""
    made = cast("Any", oxml).OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def colour(value: str) -> RGBColor:
    """A colour from `#rrggbb`."""
    return RGBColor.from_string(value.removeprefix("#"))


def styled(style: ParagraphStyle, size: float, color: str, **changes: Any) -> None:
    """Set a paragraph style: size and distances in points, `bold`, `italic`, `before`, `after`, `left`, `right`."""
    font: Any = style.font
    font.name, font.size = FONT, Pt(size)
    font.color.rgb = colour(color)
    font.bold, font.italic = changes.get("bold", False), changes.get("italic", False)
    fonts = cast("Any", style.element).get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    layout: Any = style.paragraph_format
    layout.space_before, layout.space_after = Pt(changes.get("before", 0)), Pt(changes.get("after", 0))
    layout.left_indent, layout.right_indent = Pt(changes.get("left", 0)), Pt(changes.get("right", 0))
    layout.line_spacing = 1.12
    layout.keep_with_next = changes.get("keep", False)
    layout.widow_control = True


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """A field such as PAGE, which the word processor fills; `shown` stands there until it has."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "":
            instruction = element("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)  # noqa: SLF001  (python-docx has no fields)
        elif kind == "text":
            run.text = text
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001


def is_header_row(row: Any) -> None:
    """Flag a table row as head: it is repeated on each page and read with its column."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001


def kept_whole(row: Any) -> None:
    """A row that no page end cuts in two."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001


def shaded(cell: Any, color: str) -> None:
    """Fill a cell."""
    fill = element("w:shd", val="clear", color="auto", fill=color.removeprefix("#"))
    cell._tc.get_or_add_tcPr().append(fill)  # noqa: SLF001


def ruled(table: Any, accent: str, rule: str, *, has_header: bool) -> None:
    """Rules between rows and below the last; above the first where no head row stands there."""
    borders = element("w:tblBorders")
    for side, color, size in (("top", accent, "6"), ("bottom", accent, "6"), ("insideH", rule, "3")):
        shown = "nil" if side == "top" and has_header else "single"
        borders.append(element(f"w:{side}", val=shown, sz=size, space="0", color=color.removeprefix("#")))
    # The schema wants them before the layout and the look.
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # noqa: SLF001


def boxed(paragraph: Any, bar: str, tint: str) -> None:
    """A tint behind a paragraph and a bar at its left."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="24", space="6", color=bar.removeprefix("#")))
    shade = element("w:shd", val="clear", color="auto", fill=tint.removeprefix("#"))
    # The schema wants both before the spacing and the indent.
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    properties.insert_element_before(shade, *_AFTER_BORDERS[1:])


_AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:rPr",
    "w:sectPr",
)


def described(shape: Any, alternative: str) -> None:
    """The alternate text of a picture, which stands where it is put: without distances one program adds its own."""
    inline = shape._inline  # noqa: SLF001
    inline.docPr.set("descr", alternative)
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")


def same_bytes(file: bytes) -> bytes:
    """The same package with one date for all its parts, so that equal letters are equal files."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _ALWAYS)
            part.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(part, source.read(name))
    return target.getvalue()
