"""Reads the text of a PDF exactly as its pages draw it: each glyph through the font's own table, nothing guessed.

Viewers merge, reorder and drop what looks doubled when they extract text; a test of fidelity must not.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_SHOWS = ("Tj", "'", '"')


def drawn_pages(data: bytes) -> list[str]:
    """The text of each page in drawing order, forms in their place, no spaces added."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [_drawn(page.obj, page.obj.Resources) for page in pdf.pages]


def drawn(data: bytes) -> str:
    """The text of all pages without whitespace."""
    return squeezed("".join(drawn_pages(data)))


def squeezed(text: str) -> str:
    """Text without whitespace."""
    return re.sub(r"[\s\u00a0]+", "", text)


def _drawn(stream: Any, resources: Any) -> str:
    tables = {name: code_table(font) for name, font in resources.get("/Font", {}).items()}
    found: list[str] = []
    table: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator):
            case "Tf":
                table = tables[str(operands[0])]
            case "TJ":
                found.extend(
                    _read(bytes(item), table) for item in operands[0] if isinstance(item, pikepdf.String)
                )
            case "Do":
                form = resources.XObject[str(operands[0])]
                if form.get("/Subtype") == "/Form":
                    found.append(_drawn(form, form.get("/Resources", resources)))
            case show if show in _SHOWS:
                found.append(_read(bytes(operands[-1]), table))
            case _:
                pass
    return "".join(found)


def code_table(font: Any) -> dict[bytes, str]:
    """Code to text, from the font's ToUnicode table."""
    table: dict[bytes, str] = {}
    if "/ToUnicode" not in font:
        return table
    source = font.ToUnicode.read_bytes()
    for body in re.findall(rb"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", body):
            table[bytes.fromhex(code.decode())] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return table


def _read(codes: bytes, table: dict[bytes, str]) -> str:
    """Codes of one byte each; a code without an entry is shown as it is not: a test must see it."""
    return "".join(table.get(bytes([code]), "\ufffd") for code in codes)


def told(data: bytes) -> list[tuple[str, str]]:
    """What a reader who listens is told: role and text of each element that holds text, in the order of the structure.

    Figures are told by their words.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = {(page.obj.objgen, mark): text for page in pdf.pages for mark, text in _marked(page.obj)}
        return list(_told(list(pdf.Root.StructTreeRoot.K), texts))


def _told(kids: list[Any], texts: dict[tuple[Any, int], str]) -> Iterator[tuple[str, str]]:
    for element in kids:
        parts = list(element.get("/K", []))
        if "/Alt" in element:
            yield str(element.S), str(element.Alt)
            continue
        marks = [part for part in parts if part.get("/Type") == "/MCR"]
        if marks:
            yield str(element.S), "".join(texts[mark.Pg.objgen, int(mark.MCID)] for mark in marks)
        yield from _told([part for part in parts if part.get("/Type") != "/MCR"], texts)


def _marked(page: Any) -> Iterator[tuple[int, str]]:
    tables = {name: code_table(font) for name, font in page.Resources.get("/Font", {}).items()}
    table: dict[bytes, str] = {}
    marks: list[int | None] = []
    texts: dict[int, list[str]] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC":
                marks.append(None)
            case "BDC" if "/MCID" in operands[1]:
                marks.append(int(operands[1].MCID))
                texts[int(operands[1].MCID)] = []
            case "BDC":
                # Words in place of what is drawn.
                texts[marks[-1] or 0].append(str(operands[1].ActualText))
                marks.append(None)
            case "EMC":
                marks.pop()
            case "Tf":
                table = tables[str(operands[0])]
            case "Tj" if marks and marks[-1] is not None:
                texts[marks[-1]].append(_read(bytes(operands[0]), table))
            case _:
                pass
    return ((number, "".join(parts)) for number, parts in texts.items())
