"""The limited process that opens a foreign PDF, so that a hostile or broken one can only harm itself.

It reads the file's bytes from standard input and writes one JSON object to standard output. It must not
open any file, and it must not import more of the program than it needs; its parent, `pdf_text`, takes only its caps.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000
_MEMORY_BYTES = 1_536 * 1024 * 1024
_CPU_S = 30
_PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD of pdfium's fpdfview.h."""


def main() -> int:
    """Read a PDF from standard input, answer on standard output. Returns the exit code: always 0 once it answered."""
    import_module("pypdfium2")  # pdfium is loaded before memory is limited
    limit_this_process()
    answer(sys.stdin.buffer.read(), sys.stdout.buffer)
    return 0


def limit_this_process() -> None:
    """Bound memory and processor time, and forbid core dumps and writing files. Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource

    for kind, amount in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (bound, bound))


def answer(data: bytes, out: BinaryIO) -> None:
    """Write `{"pages": [text, ...]}`, or `{"refused": word, "count": n}` for what the parent puts into words."""
    try:
        result = _read(data)
    except MemoryError:
        result = {"refused": "memory"}
    # Lone surrogates that a PDF holds survive as escapes: the parent names them.
    out.write(json.dumps(result).encode("ascii"))
    out.flush()


def _read(data: bytes) -> dict[str, object]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        return {"refused": "encrypted" if is_locked else "broken"}
    count = len(document)
    if count > MAX_PAGES:
        return {"refused": "pages", "count": count}
    pages: list[str] = []
    unread: list[int] = []
    total = 0
    for number in range(count):
        try:
            text = _page_text(document, number)
        except PdfiumError:
            unread.append(number + 1)
            text = ""
        total += len(text)
        if total > MAX_CHARACTERS:
            return {"refused": "characters", "count": number + 1}
        pages.append(text)
    return {"pages": pages, "unread": unread}


def _page_text(document: PdfDocument, number: int) -> str:
    page = document[number]
    text: Any = page.get_textpage()
    # `get_text_range` knows only the first 65,536 characters of Unicode; by default both drop what they cannot decode.
    words: str = text.get_text_bounded(errors="surrogatepass")
    text.close()
    page.close()
    return words


if __name__ == "__main__":
    sys.exit(main())
