"""Turns a file the user chose into a document of the record; runs off the GUI thread and touches no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.document import Document, DocumentOrigin
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MAX_FILE_BYTES, MediaType, ReceivedFile
from desktop.domain.value import new_id

_TEXTS = (".txt", ".text", ".md")
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
READABLE = (*_TEXTS, ".pdf", ".docx", *_PICTURES)

_NO_TEXT = (
    "It is a picture of pages and holds no text. It is kept and can be enclosed as it is; what it says has to be typed "
    "or pasted into its text before words of it can be linked."
)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A document read from a file, and what the user should know about the reading."""

    document: Document
    file: ReceivedFile
    """The file as it came, to be kept with the document."""
    notices: tuple[str, ...] = ()


def read_document_file(path: Path) -> ReadFile:
    """Read a text file, the words of a PDF or .docx, or a scan, which has none yet.

    Raises UserFacingError with the file and what is wrong.
    """
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise UserFacingError(
            f"{path.name} is not a text file, a PDF, a .docx or a picture.",
            safe="Nothing was added.",
            todo="Open a .txt, .docx, .pdf, .png, .jpg or .tif, or paste the text.",
        )
    content = _bytes_of(path)
    if suffix == ".pdf":
        return _of_pdf(path, content)
    if suffix == ".docx":
        from desktop.intake.docx_text import read_docx

        words = read_docx(content, name=path.name)
        return _read(path, content, DocumentOrigin.TEXT_FILE, words.text, words.notices)
    if suffix in _TEXTS:
        from desktop.intake.media_type import require_known
        from desktop.intake.text_file import text_of

        read = text_of(content, path.name)
        require_known(content, path.name)
        return _read(path, content, DocumentOrigin.TEXT_FILE, read.text, read.notices)
    return _of_picture(path, content)


def _of_pdf(path: Path, content: bytes) -> ReadFile:
    from desktop.intake.pdf_text import PdfWithoutTextError, read_pdf

    try:
        pdf = read_pdf(content, name=path.name)
    except PdfWithoutTextError:
        return _scan(path, content)
    read = _read(path, content, DocumentOrigin.PDF_TEXT, pdf.text, pdf.notices)
    return replace(read, document=read.document.model_copy(update={"page_starts": pdf.page_starts}))


def _of_picture(path: Path, content: bytes) -> ReadFile:
    from desktop.intake.media_type import require_known

    if require_known(content, path.name) not in {MediaType.PNG, MediaType.JPEG, MediaType.TIFF}:
        raise UserFacingError(
            f"'{path.name}' is named like a picture and is none.",
            safe="Nothing was added.",
            todo="Check that it is the right file.",
        )
    return _scan(path, content)


def _scan(path: Path, content: bytes) -> ReadFile:
    return _read(path, content, DocumentOrigin.PASTED, "", (_NO_TEXT,))


def _read(
    path: Path, content: bytes, origin: DocumentOrigin, text: str, notices: tuple[str, ...]
) -> ReadFile:
    document = Document(id=new_id(), title=path.stem, origin=origin, text=text)
    return ReadFile(document, ReceivedFile(name=path.name, content=content), notices)


def _bytes_of(path: Path) -> bytes:
    """The bytes that are both read and kept, so that the two are the same; one more than may be kept at most."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UserFacingError(
            f"'{path.name}' could not be read ({error.strerror or 'no reason given'}).",
            safe="Nothing was added to the case.",
            todo="Check that it is there and may be read.",
        ) from error
