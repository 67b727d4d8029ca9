"""Takes the text out of a PDF, page by page, through a limited process; it never opens one itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from desktop.domain.errors import UserFacingError
from desktop.intake import limited_process
from desktop.intake.foreign_text import replaced_characters, with_plain_line_ends
from desktop.intake.pdf_worker import MAX_CHARACTERS, MAX_PAGES

MAX_FILE_BYTES = 100_000_000
_MAX_ANSWER_BYTES = 6 * MAX_CHARACTERS + 1_000_000
"""Every character may come as a six-byte escape."""
_HYPHENATED = "\x02"
"""pdfium's own mark where a line ends in a hyphen and the word goes on; the page shows hyphen and line end."""
_SAFE = "Nothing was added to the case."
_PASTE = "Open it in a PDF reader, copy the text, and paste it instead."


@dataclass(frozen=True, slots=True)
class PdfText:
    """A PDF's text. `page_starts` are character offsets, first always 0; `notices` say what a reviewer must know."""

    text: str
    page_starts: tuple[int, ...]
    notices: tuple[str, ...] = ()


class PdfRefusedError(UserFacingError):
    """A PDF whose text could not be taken."""

    def __init__(self, name: str, what: str, todo: str) -> None:
        super().__init__(f"'{name}' {what}", safe=_SAFE, todo=todo)


class PdfWithoutTextError(PdfRefusedError):
    """A sound PDF that holds pictures of pages only, as scans and faxes do: it can be kept, not read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "holds pictures of pages and no text, as scans and faxes do.",
            "Reading pictures (OCR) is not part of this version: paste or type the text.",
        )


def read_pdf(source: Path | bytes, *, name: str = "", timeout_s: float = 20.0) -> PdfText:
    """The text of a PDF of at most 200 MB and 2,000 pages, in at most `timeout_s` seconds.

    `name` is for messages; by default the file's own. Raises PdfRefusedError in words, whatever the file holds.
    Call it off the GUI thread: it waits for another process.
    """
    shown = name or (source.name if isinstance(source, Path) else "The PDF")
    data = _bytes_of(source, shown)
    answer = _ask_worker(data, shown, timeout_s)
    if "refused" in answer:
        raise _refusal(shown, answer)
    return _joined(shown, cast("list[str]", answer["pages"]), cast("list[int]", answer["unread"]))


def worker_command() -> list[str]:
    """How to start the limited process: the module, or in a frozen program the program itself with `pdf-worker`."""
    return limited_process.worker_command("desktop.intake.pdf_worker", "pdf-worker")


def _bytes_of(source: Path | bytes, name: str) -> bytes:
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                source = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            reason = error.strerror or "no reason given"
            raise PdfRefusedError(
                name, f"could not be read ({reason}).", "Check that it is there and may be read."
            ) from error
    if len(source) > MAX_FILE_BYTES:
        limit = f"{MAX_FILE_BYTES // 1_000_000} MB"
        raise PdfRefusedError(name, f"is larger than {limit}.", f"Split it into files under {limit}.")
    if not source:
        raise PdfRefusedError(name, "is empty: it has 0 bytes.", "Ask for the file again.")
    if b"%PDF-" not in source[:1024]:
        raise PdfRefusedError(name, "is not a PDF.", "Check that it is the right file.")
    return source


def _ask_worker(data: bytes, name: str, timeout_s: float) -> dict[str, Any]:
    output = limited_process.answer_of(
        worker_command(), data, timeout_s=timeout_s, max_bytes=_MAX_ANSWER_BYTES
    )
    if output is None:
        raise PdfRefusedError(name, f"could not be read within {timeout_s:g} seconds.", _PASTE)
    try:
        answer = json.loads(output)
    except ValueError:
        # The limits killed the process, or the file crashed the PDF library in it.
        raise PdfRefusedError(
            name, "could not be read; it may be damaged or built to do harm.", _PASTE
        ) from None
    return cast("dict[str, Any]", answer)


def _refusal(name: str, answer: dict[str, Any]) -> PdfRefusedError:
    count = answer.get("count", 0)
    match answer["refused"]:
        case "encrypted":
            return PdfRefusedError(
                name,
                "is protected with a password.",
                "Save a copy without the password, or copy the text in a PDF reader and paste it.",
            )
        case "pages":
            return PdfRefusedError(
                name,
                f"has {count:,} pages; at most {MAX_PAGES:,} are read.",
                "Split it and add the part that matters.",
            )
        case "characters":
            return PdfRefusedError(
                name,
                f"holds more than {MAX_CHARACTERS:,} characters by page {count:,}.",
                "Split it into smaller files.",
            )
        case "memory":
            return PdfRefusedError(name, "needs more memory than a document should.", _PASTE)
        case _:
            return PdfRefusedError(
                name, "is damaged and could not be opened.", "Ask for the file again, or paste the text."
            )


def _joined(name: str, pages: list[str], unread: list[int]) -> PdfText:
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for raw in pages:
        starts.append(length)
        part = with_plain_line_ends(raw.replace(_HYPHENATED, "-\n")).rstrip("\n") + "\n"
        parts.append(part)
        length += len(part)
    if not any(part.strip() for part in parts):
        raise PdfWithoutTextError(name)
    text, notices = replaced_characters("".join(parts))
    blank = [number for number, part in enumerate(parts, 1) if not part.strip() and number not in unread]
    return PdfText(
        text,
        tuple(starts),
        (
            *_page_notice(blank, "without text, perhaps a scan"),
            *_page_notice(unread, "could not be read"),
            *notices,
        ),
    )


def _page_notice(numbers: list[int], what: str) -> tuple[str, ...]:
    if not numbers:
        return ()
    listed = ", ".join(str(number) for number in numbers[:12])
    rest = f" and {len(numbers) - 12} more" if len(numbers) > 12 else ""
    return (f"Page {listed}{rest}: {what}.",)
