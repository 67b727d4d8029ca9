"""Turns a file the user chose into a document of the record; runs off the GUI thread and touches no widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.document import Document, DocumentOrigin
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MAX_FILE_BYTES, ReceivedFile
from desktop.domain.value import new_id

READABLE = (".txt", ".text", ".md", ".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A document read from a file, and what the user should know about the reading."""

    document: Document
    file: ReceivedFile
    """The file as it came, to be kept with the document."""
    notices: tuple[str, ...] = ()


def read_document_file(path: Path) -> ReadFile:
    """Read a text file, or the words of a PDF or .docx. Raises UserFacingError with the file and what is wrong."""
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        from desktop.intake.pdf_text import read_pdf

        content = _bytes_of(path)
        pdf = read_pdf(content, name=path.name)
        document = Document(
            id=new_id(),
            title=path.stem,
            origin=DocumentOrigin.PDF_TEXT,
            text=pdf.text,
            page_starts=pdf.page_starts,
        )
        return ReadFile(document, ReceivedFile(name=path.name, content=content), pdf.notices)
    if suffix == ".docx":
        from desktop.intake.docx_text import read_docx

        content = _bytes_of(path)
        words = read_docx(content, name=path.name)
        document = Document(id=new_id(), title=path.stem, origin=DocumentOrigin.TEXT_FILE, text=words.text)
        return ReadFile(document, ReceivedFile(name=path.name, content=content), words.notices)
    if suffix in READABLE:
        from desktop.intake.media_type import require_known
        from desktop.intake.text_file import text_of

        content = _bytes_of(path)
        read = text_of(content, path.name)
        require_known(content, path.name)
        document = Document(id=new_id(), title=path.stem, origin=DocumentOrigin.TEXT_FILE, text=read.text)
        return ReadFile(document, ReceivedFile(name=path.name, content=content), read.notices)
    raise UserFacingError(
        f"{path.name} is not a text file, a PDF or a .docx.",
        safe="Nothing was added.",
        todo="Open a .txt, a .docx or a text PDF, or paste the text.",
    )


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
