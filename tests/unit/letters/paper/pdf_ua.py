"""Holds a PDF against those points of the Matterhorn protocol (PDF/UA-1) that a program can check on such a file.

It is no full validator: points about annotations, forms, media, optional content and encryption are answered by the
file having none of them, and what only a person can judge (whether words for a picture are good ones) is not judged.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.unit.letters.paper.extract import code_table

_ROLES = {
    "Document",
    "Sect",
    "P",
    "H1",
    "Table",
    "TR",
    "TH",
    "TD",
    "L",
    "LI",
    "LBody",
    "Figure",
    "BlockQuote",
}
_PARENTS = {
    "TR": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "Sect": {"Document", "Sect"},
}
_SHOWS = {
    "Tj",
    "TJ",
    "'",
    '"',
    "Do",
    "S",
    "s",
    "f",
    "F",
    "f*",
    "B",
    "B*",
    "b",
    "b*",
    "sh",
    "EI",
    "INLINE IMAGE",
}


def problems(data: bytes) -> list[str]:
    """Each breach with the checkpoint it belongs to; empty for a file that passes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [*_catalogue(pdf), *_content(pdf), *_structure(pdf), *_fonts(pdf), *_absent(pdf)]


def _catalogue(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "05-001 the metadata do not name PDF/UA-1"
        if not metadata.get("dc:title"):
            yield "06-003 no title in the metadata"
    if not bool(pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "07-002 the title is not displayed"
    if not str(pdf.Root.get("/Lang", "")):
        yield "11-006 no language"
    if not bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "06-001 not marked as tagged"
    if bool(pdf.Root.get("/MarkInfo", {}).get("/Suspects", False)):
        yield "02 suspects"


def _content(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Everything drawn is either told or furniture, never both and never neither."""
    for number, page in enumerate(pdf.pages):
        stack: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BMC", "BDC"}:
                kind = "furniture" if str(operands[0]) == "/Artifact" else "told"
                is_words = str(operands[0]) == "/Span" and "/ActualText" in operands[-1] and stack == ["told"]
                if stack and not is_words:
                    yield f"01-001 page {number + 1}: marks within marks"
                stack.append(kind)
            elif name == "EMC":
                stack.pop()
            elif name in _SHOWS and not stack:
                yield f"01-003 page {number + 1}: {name} is neither told nor furniture"
        if stack:
            yield f"01 page {number + 1}: a mark stays open"


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    for element, parent in _elements(pdf.Root.StructTreeRoot):
        yield from _element(element, parent)
    yield from _marks(pdf)


def _element(element: Any, parent: str) -> Iterator[str]:
    role = str(element.S).removeprefix("/")
    if role not in _ROLES:
        yield f"02-001 {role} is no standard role"
    if role in _PARENTS and parent not in _PARENTS[role]:
        yield f"09-004 {role} within {parent}"
    if role == "Figure":
        if not str(element.get("/Alt", "")).strip():
            yield "13-004 a figure without words"
        if "/BBox" not in element.get("/A", {}):
            yield "13 a figure without its place"
    if role == "TH" and str(element.get("/A", {}).get("/Scope", "")) not in {"/Row", "/Column"}:
        yield "15-003 a head cell that says not what it heads"
    if role == "Table":
        yield from _table(element)


def _marks(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every mark is told by one element, and leads back to it."""
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(nums[place]): list(nums[place + 1]) for place in range(0, len(nums), 2)}
    pages = {page.objgen: number for number, page in enumerate(page.obj for page in pdf.pages)}
    told: set[tuple[int, int]] = set()
    for element, _ in _elements(pdf.Root.StructTreeRoot):
        for kid in element.get("/K", []):
            if kid.get("/Type") != "/MCR":
                continue
            page, mark = pages[kid.Pg.objgen], int(kid.MCID)
            if (page, mark) in told:
                yield f"01 {page, mark} is told twice"
            told.add((page, mark))
            if owners[page][mark].objgen != element.objgen:
                yield f"01 {page, mark} leads back to another element"
    for number, page in enumerate(pdf.pages):
        if int(page.obj.StructParents) != number or page.obj.get("/Tabs") != "/S":
            yield f"28-008 page {number + 1} has no order"
        for operands, operator in pikepdf.parse_content_stream(page):
            is_mark = str(operator) == "BDC" and "/MCID" in operands[1]
            if is_mark and (number, int(operands[1].MCID)) not in told:
                yield f"01-005 page {number + 1}: a mark that nothing tells"


def _elements(root: Any) -> Iterator[tuple[Any, str]]:
    waiting = [(kid, "") for kid in reversed(list(root.K))]
    while waiting:
        element, parent = waiting.pop()
        yield element, parent
        role = str(element.S).removeprefix("/")
        kids = [kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        waiting.extend((kid, role) for kid in reversed(kids))


def _table(table: Any) -> Iterator[str]:
    rows = list(table.K)
    widths = {sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in row.K) for row in rows}
    if len(widths) > 1:
        yield f"15 rows of {sorted(widths)} columns"
    cells = [str(cell.S) for row in rows for cell in row.K]
    if "/TH" not in cells:
        yield "15-005 a table without a head cell"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        name = str(item.BaseFont)
        if "/FontDescriptor" not in item or "/FontFile2" not in item.FontDescriptor:
            yield f"31-009 {name} is not embedded"
            continue
        if int(item.FontDescriptor.Flags) & 4 and "/Encoding" in item:
            yield f"31-023 {name} is symbolic and names an encoding"
        if _encodings(item.FontDescriptor.FontFile2.read_bytes()) != 1:
            yield f"31-026 {name} has not exactly one table of codes"
        mapped = code_table(item)
        if any(text in {"", "\x00", "\ufeff", "\ufffe"} for text in mapped.values()):
            yield f"31-028 {name} maps a code to no character"
    for number, page in enumerate(pdf.pages):
        yield from _codes(page.obj, page.obj.Resources, number)


def _codes(stream: Any, resources: Any, number: int) -> Iterator[str]:
    tables = {name: code_table(font) for name, font in resources.get("/Font", {}).items()}
    table: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(stream):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) == "Tj":
            missing = [code for code in bytes(operands[0]) if bytes([code]) not in table]
            if missing:
                yield f"31-027 page {number + 1}: codes {missing} have no character"
        elif str(operator) == "Do":
            form = resources.XObject[str(operands[0])]
            if form.get("/Subtype") == "/Form":
                yield from _codes(form, form.Resources, number)


def _encodings(font: bytes) -> int:
    """How many tables of character codes a TrueType file has."""
    (count,) = struct.unpack(">H", font[4:6])
    for place in range(count):
        tag, _sum, offset, _length = struct.unpack(">4sIII", font[12 + 16 * place : 28 + 16 * place])
        if tag == b"cmap":
            return struct.unpack(">HH", font[offset : offset + 4])[1]
    return 0


def _absent(pdf: pikepdf.Pdf) -> Iterator[str]:
    for key in ("/AcroForm", "/OCProperties", "/OpenAction", "/AA"):
        if key in pdf.Root:
            yield f"the catalogue has {key}"
    for number, page in enumerate(pdf.pages):
        if "/Annots" in page:
            yield f"page {number + 1} has annotations"
    if pdf.is_encrypted:
        yield "26 encrypted"
