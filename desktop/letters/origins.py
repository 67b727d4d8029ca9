"""Short ways to say where a piece of a letter came from; the ids must lead back to the record."""

from __future__ import annotations

from desktop.domain.assessment import EvidenceLink
from desktop.domain.document import Document
from desktop.domain.evaluation import EvaluationTrace
from desktop.domain.letter import LetterParagraph, OriginKind, Provenance


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
    """A paragraph with its origins; each origin is kept once."""
    return LetterParagraph(text=text, provenance=tuple(dict.fromkeys(origins)), is_quote=is_quote)
