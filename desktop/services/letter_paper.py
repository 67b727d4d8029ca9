"""A letter on paper: rendered while it is a draft, read from the archive once it was issued."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Literal

from desktop.domain.letter import Letter, LetterKind, LetterSettings, LetterState
from desktop.domain.stationery import LetterTemplate
from desktop.letters.composing.letter import compose_letter
from desktop.letters.placeholders import Filled, fill
from desktop.services.letter_checks import LetterChecks
from desktop.store.engine import Reader


class PaperForm(Enum):
    """What a letter is rendered as. Only the PDF is archived; the others are made from the same frozen content."""

    PDF = "pdf"
    ACCESSIBLE_PDF = "accessible_pdf"
    DOCX = "docx"
    TEXT = "text"

    @property
    def suffix(self) -> str:
        """The ending of a file's name."""
        return {PaperForm.DOCX: ".docx", PaperForm.TEXT: ".txt"}.get(self, ".pdf")


class LetterPaper(LetterChecks):
    """The part of the letters that puts them on paper."""

    def render(self, case_id: str, letter_id: str | None, form: PaperForm = PaperForm.PDF) -> bytes:
        """The letter in a form, marked as a draft until it is issued; the archived bytes of an issued PDF.

        Raises UserFacingError when there is no such letter, or it cannot be printed as it is.
        """
        with self.desk.store.read() as reader:
            letter = self.desk.read(reader, case_id, letter_id).letter
            if letter.state is LetterState.ISSUED and form is PaperForm.PDF:
                return reader.letters.pdf(letter.pdf_sha256)
            return self.rendered(reader, letter, form)

    def preview_pdf(self, case_id: str, letter_id: str | None = None) -> bytes:
        """The PDF as it would be issued, marked as a draft until it is; the archived bytes afterwards."""
        return self.render(case_id, letter_id)

    def text(self, case_id: str, letter_id: str | None = None) -> str:
        """The letter as plain text, marked as a draft until it is issued."""
        return self.render(case_id, letter_id, PaperForm.TEXT).decode()

    def fill(self, case_id: str, text: str, letter_id: str | None = None) -> Filled:
        """Words of a snippet with the fields of the case put in, and what of them was unknown or is not recorded."""
        with self.desk.store.read() as reader:
            letter = self.desk.stored(reader, case_id, letter_id)
            kind = letter.kind if letter else LetterKind.FIRST_LEVEL
            settings = letter.settings if letter else LetterSettings()
            return fill(text, self.desk.inputs(reader, case_id, kind, settings, letter))

    def in_template(self, case_id: str, template: LetterTemplate) -> str:
        """The paper of the template's kind as text, composed in a template that need not be stored; nothing is kept."""
        from desktop.letters.paper.text import render_text

        with self.desk.store.read() as reader:
            inputs = self.desk.inputs(reader, case_id, template.kind, LetterSettings())
        content = compose_letter(replace(inputs, template=template))
        return render_text(content, inputs.references, is_draft=True)

    def issued_pdf(self, case_id: str, letter_id: str | None = None) -> bytes | None:
        """The archived bytes of a letter (None: the latest) when it was issued, else None."""
        with self.desk.store.read() as reader:
            letter = self.desk.stored(reader, case_id, letter_id)
            if letter is None or letter.state is not LetterState.ISSUED:
                return None
            return reader.letters.pdf(letter.pdf_sha256)

    def note_copy(
        self,
        case_id: str,
        how: Literal["printed", "saved_as_pdf", "saved_as_accessible_pdf", "saved_as_docx", "saved_as_text"],
    ) -> None:
        """Put into the audit chain that a copy of the letter left the store; a store open for viewing keeps none."""
        if not self.desk.store.is_read_only:
            label = f"Letter {how.replace('_', ' ')}"
            self.desk.store.record(f"letter_{how}", label, case_id=case_id)

    def rendered(self, reader: Reader, letter: Letter, form: PaperForm) -> bytes:
        """A letter that was read, in a form; the pictures it names are read with it."""
        # Each renderer takes a while to import: only when its paper is wanted.
        content, references = letter.content, self.desk.references.library()
        is_draft = letter.state is not LetterState.ISSUED
        if form is PaperForm.TEXT:
            from desktop.letters.paper.text import render_text

            return render_text(content, references, is_draft=is_draft).encode()
        images = {
            sha256: reader.kept.bytes(sha256)
            for sha256 in (content.logo_sha256, content.signature_sha256)
            if sha256
        }
        if form is PaperForm.DOCX:
            from desktop.letters.paper.docx import render_docx

            return render_docx(content, references, is_draft=is_draft, images=images)
        if form is PaperForm.ACCESSIBLE_PDF:
            from desktop.letters.paper.accessible import render_accessible_pdf

            return render_accessible_pdf(content, references, is_draft=is_draft, images=images)
        from desktop.letters.paper.pdf import render_pdf

        return render_pdf(content, references, is_draft=is_draft, images=images)
