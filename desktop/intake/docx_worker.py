"""The limited process that opens a foreign Word document, so that a hostile or broken one can only harm itself.

It reads the file's bytes from standard input and writes one JSON object to standard output; it must not open any file.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree import ElementTree as ET

from desktop.intake.pdf_worker import MAX_CHARACTERS, limit_this_process

MAX_XML_BYTES = 100_000_000
_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"})
"""What a tracked change took out, and the codes of fields: they are not on the page."""

_OF_A_ROW = frozenset({f"{_W}trPr", f"{_W}tblPrEx"})


def main() -> int:
    """Read a document from standard input, answer on standard output. Returns the exit code: always 0."""
    limit_this_process()
    answer(sys.stdin.buffer.read(), sys.stdout.buffer)
    return 0


def answer(data: bytes, out: BinaryIO) -> None:
    """Write `{"text": words}`, or `{"refused": word}` for what the parent puts into words."""
    try:
        result = _read(data)
    except MemoryError:
        result = {"refused": "memory"}
    out.write(json.dumps(result).encode("ascii"))
    out.flush()


def _read(data: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_MAIN) as part:
            xml = part.read(MAX_XML_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, ValueError, OSError, zlib.error):
        # RuntimeError: a part is encrypted.
        return {"refused": "broken"}
    if len(xml) > MAX_XML_BYTES:
        return {"refused": "characters"}
    if b"<!DOCTYPE" in xml:
        return {"refused": "broken"}  # Word writes none, and one can grow without end
    try:
        root = ET.fromstring(xml)  # noqa: S314 - limited process, no document type, nothing outside is read
    except ET.ParseError:
        return {"refused": "broken"}
    text = "".join(_words(root))
    return {"refused": "characters"} if len(text) > MAX_CHARACTERS else {"text": text}


def _words(element: ET.Element) -> Iterator[str]:
    """The words as they stand, with a line for each paragraph and a tab between the cells of a row."""
    if element.tag in _LEFT_OUT:
        return
    if element.tag == f"{_W}tr":
        cells = ("".join(_words(child)) for child in element if child.tag not in _OF_A_ROW)
        yield "\t".join(cell.strip("\n").replace("\n", " ") for cell in cells) + "\n"
        return
    if element.tag == f"{_W}t":
        yield element.text or ""
    elif element.tag == f"{_W}tab":
        yield "\t"
    elif element.tag in {f"{_W}br", f"{_W}cr"}:
        yield "\n"
    elif element.tag == f"{_W}noBreakHyphen":
        yield "\u2011"
    for child in element:
        yield from _words(child)
    if element.tag == f"{_W}p":
        yield "\n"


if __name__ == "__main__":
    sys.exit(main())
