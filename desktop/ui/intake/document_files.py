"""Turns a file the user chose into a document of the record; runs off the GUI thread and touches no widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.document import Document, DocumentOrigin
from desktop.domain.errors import UserFacingError
from desktop.domain.value import new_id

READABLE = (".txt", ".text", ".md", ".pdf")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A document read from a file, and what the user should know about the reading."""

    document: Document
    notices: tuple[str, ...] = ()


def read_document_file(path: Path) -> ReadFile:
    """Read a text file or the text of a PDF. Raises UserFacingError naming the file and what is wrong with it."""
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        from desktop.intake.pdf_text import read_pdf

        pdf = read_pdf(path)
        document = Document(
            id=new_id(),
            title=path.stem,
            origin=DocumentOrigin.PDF_TEXT,
            text=pdf.text,
            page_starts=pdf.page_starts,
        )
        return ReadFile(document, pdf.notices)
    if suffix in READABLE:
        from desktop.intake.text_file import read_text_file

        read = read_text_file(path)
        document = Document(id=new_id(), title=path.stem, origin=DocumentOrigin.TEXT_FILE, text=read.text)
        return ReadFile(document, read.notices)
    raise UserFacingError(
        f"{path.name} is not a text file or a PDF.",
        safe="Nothing was added.",
        todo="Open a .txt or a text PDF, or paste the text.",
    )
