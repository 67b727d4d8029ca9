"""Finds out what a file is from its bytes, never from its name; it opens no picture and no PDF."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MAX_FILE_BYTES, MediaType
from desktop.intake.text_file import MAX_BYTES as MAX_TEXT_BYTES
from desktop.intake.text_file import TextFileRefusedError, text_of

_SIGNATURES: Final = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
)
_PDF_LOOKED_AT = 1024
"""Readers allow other bytes before the mark of a PDF; so do we, as far as they do."""
_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an older Office file or an e-mail", "Save it as PDF or .docx."),
    (b"{\\rtf", "is rich text (RTF)", "Open it in a word processor and save it as PDF or .docx."),
    (b"GIF8", "is a GIF picture", "Save it as PNG."),
    (b"BM", "is a bitmap picture", "Save it as PNG."),
    (b"RIFF", "is a WebP picture or a sound or film", "Save a picture as PNG."),
    (b"\x1f\x8b", "is a compressed archive", "Unpack it and add the files in it."),
    (b"7z\xbc\xaf\x27\x1c", "is a compressed archive", "Unpack it and add the files in it."),
    (b"Rar!", "is a compressed archive", "Unpack it and add the files in it."),
)


class FileRefusedError(UserFacingError):
    """A file that is none of the kinds that can be kept."""

    def __init__(self, name: str, what: str, todo: str) -> None:
        super().__init__(f"'{name}' {what}.", safe="Nothing was changed.", todo=todo)


def media_type_of(data: bytes) -> MediaType | None:
    """PDF, PNG, JPEG, TIFF, DOCX or text by its bytes; None for anything else."""
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            return media_type
    if b"%PDF-" in data[:_PDF_LOOKED_AT]:
        return MediaType.PDF
    if data.startswith(b"PK\x03\x04"):
        return MediaType.DOCX if "word/document.xml" in _names_in(data) else None
    return MediaType.TEXT if _is_text(data) else None


def require_known(data: bytes, name: str) -> MediaType:
    """As `media_type_of`. Raises FileRefusedError, with what can be done, for anything else and for too much."""
    if not data:
        raise FileRefusedError(name, "is empty: it has 0 bytes", "Ask for the file again.")
    if len(data) > MAX_FILE_BYTES:
        limit = f"{MAX_FILE_BYTES // 1_000_000} MB"
        raise FileRefusedError(
            name,
            f"has {len(data) / 1_000_000:,.0f} MB; at most {limit} are kept",
            f"Split it into files under {limit}.",
        )
    found = media_type_of(data)
    if found is None:
        raise FileRefusedError(name, *_what_it_is(data))
    return found


def _what_it_is(data: bytes) -> tuple[str, str]:
    for signature, what, todo in _OTHERS:
        if data.startswith(signature):
            return what, todo
    if data[128:132] == b"DICM":
        return "is a DICOM image", "Add the report, or export the image as PNG, JPEG or PDF."
    if data[4:8] == b"ftyp":
        return "is a HEIC picture or a film", "Save a picture as JPEG or PNG."
    if data.startswith(b"PK\x03\x04"):
        return "is an archive or an Office file other than .docx", "Unpack it, or save it as PDF."
    if data.startswith((b"II+\x00", b"MM\x00+")):
        return "is a BigTIFF picture", "Save it as TIFF, PNG or PDF."
    return "is no PDF, PNG, JPEG, TIFF, .docx or text file", "Save it as PDF and add that."


def _names_in(data: bytes) -> frozenset[str]:
    """The names in a zip archive, of which nothing is unpacked; none when its list is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return frozenset()


def _is_text(data: bytes) -> bool:
    if len(data) > MAX_TEXT_BYTES or data.startswith(b"{\\rtf"):
        return False
    try:
        text = text_of(data, "").text
    except TextFileRefusedError:
        return False
    # Windows-1252 takes almost any bytes; a text has at most a few that steer a machine.
    steering = sum(character < " " and character not in "\t\n\f" for character in text)
    return steering * 100 <= len(text)
