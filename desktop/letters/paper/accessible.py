"""Prints a letter as tagged PDF for readers who listen: the page is the one of the plain PDF, with its structure told.

Roles, reading order, head cells, words for figures, language and title follow PDF/UA-1; which of its points are
checked, and by what, stands beside the tests. It draws nothing: pdf_document does.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desktop.domain.letter import LetterContent
from desktop.letters.paper.pdf import laid_out
from desktop.letters.paper.structure import Element
from desktop.letters.references.library import ReferenceLibrary

if TYPE_CHECKING:
    import pikepdf


def render_accessible_pdf(
    content: LetterContent,
    references: ReferenceLibrary,
    *,
    is_draft: bool = False,
    images: Mapping[str, bytes] | None = None,
) -> bytes:
    """The letter as tagged PDF, equal over runs; the same pages as `render_pdf`, and it raises as that does."""
    import pikepdf

    plain, job = laid_out(content, references, is_draft=is_draft, images=images or {}, is_tagged=True)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        _Tree(pdf).write(job.structure)
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.Root.Lang = pikepdf.String(content.language)
        _describe(pdf, content)
        pdf.save(
            target,
            min_version="1.7",
            deterministic_id=True,
            # A structure has thousands of small objects; packed together they take a tenth of the room.
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return target.getvalue()


class _Tree:
    """The structure tree of one PDF being written."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        import pikepdf

        self._pdf = pdf
        self._k = pikepdf
        self._pages = [page.obj for page in pdf.pages]
        self._owners: list[dict[int, Any]] = [{} for _ in self._pages]
        """Of each page, the element that owns each mark."""

    def write(self, structure: Element) -> None:
        """Write the tree, and the way back from each mark to its element."""
        k = self._k
        root = self._pdf.make_indirect(k.Dictionary(Type=k.Name.StructTreeRoot))
        document = self._element(structure, root)
        root.K = k.Array([document] if document is not None else [])
        entries: list[Any] = []
        for number, page in enumerate(self._pages):
            owners = self._owners[number]
            page.StructParents = number
            page.Tabs = k.Name.S
            ordered = [owners[mark] for mark in range(len(owners))]
            entries.extend((number, self._pdf.make_indirect(k.Array(ordered))))
        root.ParentTree = self._pdf.make_indirect(k.Dictionary(Nums=k.Array(entries)))
        root.ParentTreeNextKey = len(self._pages)
        self._pdf.Root.StructTreeRoot = root

    def _element(self, element: Element, parent: Any) -> Any:
        """The element as an object; None for one that holds nothing, save an empty cell, which keeps its column."""
        k = self._k
        if not element.marks and not element.parts and element.role not in {"TD", "TH"}:
            return None
        made = self._pdf.make_indirect(
            k.Dictionary(Type=k.Name.StructElem, S=k.Name(f"/{element.role}"), P=parent)
        )
        self._describe(element, made)
        kids: list[Any] = []
        for page, mark in element.marks:
            kids.append(k.Dictionary(Type=k.Name.MCR, Pg=self._pages[page], MCID=mark))
            self._owners[page][mark] = made
        parts = (self._element(part, made) for part in element.parts)
        kids.extend(part for part in parts if part is not None)
        if not kids and element.role not in {"TD", "TH"}:
            return None
        made.K = k.Array(kids)
        return made

    def _describe(self, element: Element, made: Any) -> None:
        """Words for what is seen, and what a cell heads or spans."""
        k = self._k
        if element.alternative:
            made.Alt = k.String(element.alternative)
        table = {}
        if element.scope:
            table["/Scope"] = k.Name(f"/{element.scope}")
        if element.columns > 1:
            table["/ColSpan"] = element.columns
        if table:
            made.A = k.Dictionary({"/O": k.Name.Table, **table})
        if element.box is not None:
            box = k.Array([round(edge, 2) for edge in element.box])
            made.A = k.Dictionary({"/O": k.Name.Layout, "/BBox": box, "/Placement": k.Name.Block})


def _describe(pdf: pikepdf.Pdf, content: LetterContent) -> None:
    """Title, language and the mark of PDF/UA-1, without a date, so that equal letters are equal files."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = content.title or "Letter"
        metadata["dc:language"] = {content.language}
        metadata["pdfuaid:part"] = "1"
