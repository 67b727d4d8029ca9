"""Builds the word processor's document from the blocks of a letter; text goes in as text, never as markup."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt

from desktop.domain.figure import Figure, Timeline
from desktop.domain.letter import BlockKind, LetterBlock, LetterContent
from desktop.letters.paper.docx_parts import add_field, boxed, colour, described, element, same_bytes, styled
from desktop.letters.paper.docx_table import add_table, write
from desktop.letters.paper.figure_picture import picture_of
from desktop.letters.paper.figures import drawings_of, rows_of, undated_text
from desktop.letters.paper.markup import NUMBERED, unified_lines
from desktop.letters.paper.pictures import Pictures
from desktop.letters.paper.styles import (
    ACCENT,
    ALERT,
    GREY,
    INK,
    LOGO_BOX,
    MARGIN_BOTTOM,
    MARGIN_SIDE,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIGNATURE_BOX,
    SYNTHETIC_MARK,
    TEXT_WIDTH,
    TINT,
)
from desktop.letters.paper.text import DRAFT_MARK
from desktop.letters.references.numbering import Numbering

_STYLES = {
    BlockKind.DATE: "Tight",
    BlockKind.ADDRESSEE: "Tight",
    BlockKind.SIGNATURE: "Tight",
    BlockKind.CARBON_COPY: "Tight",
    BlockKind.DISCLAIMER: "Small",
    BlockKind.MADE: "Small",
    BlockKind.HEADLINE: "Headline",
    BlockKind.CAUTION: "Caution",
}
_SET_APART = (BlockKind.LETTERHEAD, BlockKind.DATE, BlockKind.ADDRESSEE, BlockKind.SIGNATURE)
_FOREIGN = ("/thumbnail", "/extended-properties")
_BARS = {BlockKind.HEADLINE: ACCENT, BlockKind.CAUTION: ALERT}


def build_docx(content: LetterContent, numbering: Numbering, pictures: Pictures, *, is_draft: bool) -> bytes:
    """The bytes of the document."""
    writer = _Writer(content, numbering, pictures)
    writer.prepare(is_draft=is_draft)
    for block in content.blocks:
        writer.block(block)
    buffer = io.BytesIO()
    writer.document.save(buffer)
    return same_bytes(buffer.getvalue())


class _Writer:
    """One document being written."""

    def __init__(self, content: LetterContent, numbering: Numbering, pictures: Pictures) -> None:
        self.document: Any = Document()
        self._content = content
        self._numbering = numbering
        self._pictures = pictures
        self._style_ids: dict[str, str] = {}

    def prepare(self, *, is_draft: bool) -> None:
        """Page, styles, title, language, running head."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
        section.left_margin = section.right_margin = Pt(MARGIN_SIDE)
        section.top_margin, section.bottom_margin = Pt(MARGIN_TOP), Pt(MARGIN_BOTTOM)
        section.header_distance, section.footer_distance = Pt(24), Pt(22)
        self._styles()
        self._style_ids = {style.name: style.style_id for style in self.document.styles}
        properties = self.document.core_properties
        properties.title, properties.language = self._content.title, self._content.language
        properties.author = properties.last_modified_by = "Indicated"
        properties.comments = ""
        # The library's template brings a picture of its own first page and says which program wrote it.
        parts = self.document.part.package.rels
        for key in [key for key, part in parts.items() if part.reltype.endswith(_FOREIGN)]:
            del parts[key]
        self._running_head(section, is_draft=is_draft)

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE

        styles = self.document.styles
        for name in (
            "Tight",
            "Small",
            "Headline",
            "Caution",
            "Letterhead",
            "Letterhead line",
            "Reference",
            "Numbered",
            "Cell",
        ):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        styled(styles["Normal"], 10, INK, after=5)
        styled(styles["Tight"], 10, INK)
        styled(styles["Small"], 9, GREY, after=4)
        styled(styles["Headline"], 10.5, INK, bold=True, left=10, after=6)
        styled(styles["Caution"], 9.6, INK, left=10, after=6)
        styled(styles["Letterhead"], 16.5, ACCENT, bold=True, after=2)
        styled(styles["Letterhead line"], 9, GREY)
        styled(styles["Reference"], 9, INK, after=2, left=20)
        styled(styles["Numbered"], 10, INK, after=3, left=16)
        styled(styles["Cell"], 8.8, INK, before=1.5, after=2)
        styled(styles["Heading 1"], 11.5, ACCENT, bold=True, before=9, after=3, keep=True)
        styled(styles["Title"], 15, ACCENT, bold=True, after=6, keep=True)
        styled(styles["Quote"], 10, INK, italic=True, left=18, right=18, after=5)
        styled(styles["Caption"], 8.8, GREY, italic=True, before=2, after=5)
        styled(styles["List Bullet"], 10, INK, after=3, left=16)
        styled(styles["Footer"], 8.2, GREY)
        styled(styles["Header"], 9, ALERT, bold=True)
        styles["Reference"].paragraph_format.first_line_indent = Pt(-20)
        for name in ("Letterhead", "Letterhead line"):
            styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(element("w:lang", val=self._content.language, eastAsia=self._content.language))

    def _running_head(self, section: Any, *, is_draft: bool) -> None:
        if is_draft:
            head = section.header.paragraphs[0]
            head.text = DRAFT_MARK
            head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot = section.footer.paragraphs[0]
        # The template's own stops, in the middle and elsewhere, would catch the tab.
        tabs = self.document.styles["Footer"].element.pPr.find(qn("w:tabs"))
        if tabs is not None:
            tabs.getparent().remove(tabs)
        foot.paragraph_format.tab_stops.add_tab_stop(Pt(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        foot.add_run("Page ")
        add_field(foot, "PAGE", "1")
        foot.add_run(" of ")
        add_field(foot, "NUMPAGES", "1")
        foot.add_run("\t" + " ".join(self._content.running_head.split()))
        if self._content.is_synthetic:
            mark = section.footer.add_paragraph(style="Footer")
            mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = mark.add_run(SYNTHETIC_MARK)
            run.bold = True
            run.font.color.rgb = colour(ALERT)

    def block(self, block: LetterBlock) -> None:
        """One block, in the order of the PDF."""
        if block.kind is BlockKind.LETTERHEAD:
            self._logo()
        if block.kind is not BlockKind.REFERENCES:
            is_title = not self._content.kind.is_sent and block is self._content.blocks[0]
            self._heading(block.heading, "Title" if is_title else "Heading 1")
        for index, item in enumerate(block.paragraphs):
            style = "Quote" if item.is_quote else self._style(block.kind, index, item.text)
            paragraph = self._paragraph(item.text, style)
            if block.kind in _BARS and not item.is_quote:
                boxed(paragraph, _BARS[block.kind], TINT)
            if block.kind is BlockKind.SIGNATURE and index == 0:
                self._signature(block)
        if block.kind in _SET_APART and block.paragraphs:
            self.document.paragraphs[-1].paragraph_format.space_after = Pt(8)
        if block.figure is not None:
            self._figure(block.figure)
        if block.table is not None:
            add_table(self.document, block.kind, block.table, self._numbering)
        if block.kind is BlockKind.REFERENCES:
            self._references(block)

    def _style(self, kind: BlockKind, index: int, text: str) -> str:
        if kind is BlockKind.LETTERHEAD:
            return "Letterhead" if index == 0 else "Letterhead line"
        if kind is BlockKind.TALKING_POINTS:
            return "Numbered" if NUMBERED.match(text) else "List Bullet"
        return _STYLES.get(kind, "Normal")

    def _heading(self, text: str, style: str = "Heading 1") -> None:
        if text.strip():
            write(self._added(style), text, None)

    def _paragraph(self, text: str, style: str) -> Any:
        paragraph = self._added(style)
        write(paragraph, text, self._numbering)
        return paragraph

    def _added(self, style: str) -> Any:
        paragraph = self.document.add_paragraph()
        # By its id: python-docx would look through all styles for the name, once for each paragraph.
        paragraph._p.style = self._style_ids[style]  # noqa: SLF001
        return paragraph

    def _references(self, block: LetterBlock) -> None:
        if self._numbering.references:
            self._heading(block.heading or "References")
        for number, citation in enumerate(self._numbering.printed, start=1):
            paragraph = self._added("Reference")
            write(paragraph, f"{number}.\t{unified_lines(citation)}", None)

    def _logo(self) -> None:
        logo = self._pictures.logo
        if logo is not None:
            paragraph = self._picture(logo.png, logo.fitted(*LOGO_BOX)[0], self._content.logo_alternative)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _signature(self, block: LetterBlock) -> None:
        picture = self._pictures.signature
        if picture is None:
            # Room to sign by hand.
            self.document.paragraphs[-1].paragraph_format.space_after = Pt(36)
            return
        signer = block.paragraphs[1].text if len(block.paragraphs) > 1 else ""
        self._picture(picture.png, picture.fitted(*SIGNATURE_BOX)[0], f"Signature {signer}".strip())

    def _figure(self, figure: Figure) -> None:
        for drawing in drawings_of(figure, TEXT_WIDTH):
            self._picture(picture_of(drawing), drawing.width, figure.alternative)
        if figure.caption.strip():
            self._paragraph(figure.caption, "Caption")
        if isinstance(figure, Timeline) and figure.undated:
            self._paragraph(undated_text(figure), "Small")
        rows = rows_of(figure)
        if rows.rows:
            add_table(self.document, BlockKind.TIMELINE, rows, self._numbering)

    def _picture(self, png: bytes, width: float, alternative: str) -> Any:
        paragraph = self._added("Tight")
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Pt(width))
        described(shape, alternative)
        return paragraph
