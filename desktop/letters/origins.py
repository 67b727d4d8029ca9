"""Short ways to make the pieces of a letter with where they came from; the ids must lead back to the record.

What is made here is plain text: a look-alike of a citation in it is only printed. Sentences that do cite are made by
`citing`, whose caller marks the words of the record in them as literal.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.assessment import EvidenceLink
from desktop.domain.document import Document
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.letter import LetterParagraph, LetterRow, OriginKind, Provenance
from desktop.letters.references.numbering import literal


def record(path: str, label: str) -> Provenance:
    """A field of the case; `path` is the field path, for example `denial.received_on`."""
    return Provenance(kind=OriginKind.RECORD, ref=path, label=label)


def form(name: str) -> Provenance:
    """Fixed wording of this program's letter form."""
    return Provenance(kind=OriginKind.FORM, ref=name, label="Wording of the letter form")


def cited(reference_id: str) -> Provenance:
    """A reference of the library."""
    return Provenance(kind=OriginKind.REFERENCE, ref=reference_id, label=f"Reference {reference_id}")


def quote(link: EvidenceLink, document: Document | None) -> Provenance:
    """Words of the record that the reviewer linked."""
    name = document.citation if document else "a document that is no longer in the case"
    return Provenance(kind=OriginKind.QUOTE, ref=link.id, label=f"{name}, page {link.span.page}")


def trace(evaluation: EvaluationTrace, node_id: str, subject: str = "") -> Provenance:
    """A node of an evaluation."""
    place = f"{evaluation.set_id}/{node_id}" + (f"/{subject}" if subject else "")
    return Provenance(
        kind=OriginKind.TRACE,
        ref=f"{evaluation.service_line_id}/{place}",
        label=f"Evaluation of {evaluation.set_title}",
    )


def paragraph(text: str, *origins: Provenance, is_quote: bool = False) -> LetterParagraph:
    """A paragraph of plain text with its origins; each origin is kept once."""
    return LetterParagraph(text=literal(text), provenance=tuple(dict.fromkeys(origins)), is_quote=is_quote)


def citing(text: str, *origins: Provenance) -> LetterParagraph:
    """A paragraph with citation marks that count; words of the record in it must have gone through `literal`."""
    return LetterParagraph(text=text, provenance=tuple(dict.fromkeys(origins)))


def row(cells: Iterable[str], *origins: Provenance) -> LetterRow:
    """A table row of plain text with its origins; each origin is kept once."""
    return LetterRow(cells=tuple(map(literal, cells)), provenance=tuple(dict.fromkeys(origins)))


def heading_row(text: str, *origins: Provenance) -> LetterRow:
    """A line over the rows that follow it."""
    return LetterRow(cells=(literal(text),), provenance=tuple(dict.fromkeys(origins)), is_heading=True)
