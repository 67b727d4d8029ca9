"""Reads a text file as it is, or refuses it in words; it never drops or repairs a character."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import UserFacingError
from desktop.domain.text import TextRefusedError, accept_text
from desktop.intake.foreign_text import with_plain_line_ends

MAX_BYTES = 20_000_000
_SAFE = "Nothing was added to the case."


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file's text with `\\n` line ends, and what a reviewer must know of how it was read."""

    text: str
    notices: tuple[str, ...] = ()


class TextFileRefusedError(UserFacingError):
    """A text file that could not be read faithfully."""

    def __init__(self, name: str, what: str, todo: str) -> None:
        super().__init__(f"'{name}' {what}", safe=_SAFE, todo=todo)


def read_text_file(path: Path) -> TextFile:
    """The text of a file of at most 20 MB in UTF-8, UTF-16 with a mark, or Windows-1252 (then a notice says so).

    Raises TextFileRefusedError with the reason, and the character where one is at fault.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise TextFileRefusedError(
            path.name, f"could not be read ({reason}).", "Check that it is there and may be read."
        ) from error
    return text_of(data, path.name)


def text_of(data: bytes, name: str) -> TextFile:
    """As `read_text_file`, for bytes already at hand."""
    if not data:
        raise TextFileRefusedError(name, "is empty: it has 0 bytes.", "Ask for the file again.")
    if len(data) > MAX_BYTES:
        raise TextFileRefusedError(name, "is larger than 20 MB.", "Split it, or paste the part that matters.")
    if data.startswith(b"%PDF-"):
        raise TextFileRefusedError(name, "is a PDF, not a text file.", "Add it as a PDF.")
    text, notices = _decoded(data, name)
    if not text.strip():
        raise TextFileRefusedError(name, "holds nothing but blank space.", "Ask for the file again.")
    try:
        accept_text(text)
    except TextRefusedError as error:
        raise TextFileRefusedError(
            name, f"was refused: {error}.", "It may not be a text file at all."
        ) from error
    return TextFile(with_plain_line_ends(text), notices)


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError as error:
            raise TextFileRefusedError(
                name, f"says it is UTF-16, but is not at byte {error.start + 1:,}.", "Save it again as UTF-8."
            ) from error
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _windows_text(data, name)


def _windows_text(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise TextFileRefusedError(
            name,
            f"is neither UTF-8 nor Windows-1252 text (byte {error.start + 1:,} is 0x{data[error.start]:02X}).",
            "Save it again as UTF-8.",
        ) from error
    return text, ("It is not UTF-8 and was read as Windows-1252; look at accented letters and signs.",)
