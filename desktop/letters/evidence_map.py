"""The evidence map of a letter: which sentence rests on which source, for the screen and for the archive.

It claims no more than the letter knows: an origin is given to a sentence of its own where the sentence shows it (a
citation mark, quoted words), and else to every sentence of the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop import __version__
from desktop.domain.assessment import EvidenceLink
from desktop.domain.document import SpanState, check_span
from desktop.domain.figure import Timeline
from desktop.domain.letter import (
    CITATION,
    Letter,
    LetterBlock,
    LetterContent,
    LetterKind,
    OriginKind,
    Provenance,
)
from desktop.domain.letter_check import CheckOverride
from desktop.domain.reference import CitationStyle
from desktop.domain.text import Text, sha256_of
from desktop.domain.value import Identifier, Value
from desktop.letters.composing.closing import made_statement
from desktop.letters.inputs import LetterInputs
from desktop.letters.recorded_fields import RecordedField, fields_of, fields_of_document
from desktop.letters.sentences import sentences_of
from desktop.letters.wording import one_line

FORMAT = "indicated-evidence-map/1"


class MappedSource(Value):
    """An origin with what it takes to find it again. For a quotation: the words, their place and their seal."""

    kind: OriginKind
    ref: Text
    label: Text
    document_id: str = ""
    document_title: Text = ""
    document_sha256: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    quote: Text = ""
    seal: str = ""
    is_intact: bool = True
    """Whether the quoted words stood in the record when the map was made."""
    citation: Text = ""
    verified_from: tuple[Text, ...] = ()


class MappedSentence(Value):
    """A sentence of a paragraph, a cell of a table or a figure in words; `sources` are places in the map's list."""

    place: Text
    """`paragraph 1`, `row 2, column 3`, `figure`."""
    text: Text
    sources: tuple[int, ...]
    claims: tuple[Text, ...] = ()
    """`reference-id/claim-id` of the claims of the library that it states."""


class MappedBlock(Value):
    """A block with its sentences in order."""

    id: Identifier
    kind: str
    heading: Text
    is_edited: bool
    sentences: tuple[MappedSentence, ...]


class MappedSet(Value):
    """An edition of a criteria set that the letter argues from."""

    id: Identifier
    title: Text
    edition: Text
    sha256: str


class MappedDetermination(Value):
    """The determination that the letter rests on, by the hash that its signature covers."""

    id: Identifier
    version: int
    content_sha256: str
    signed_by: Text = ""
    credential: Text = ""
    signed_at: datetime | None = None


class EvidenceMap(Value):
    """What a letter rests on, sentence by sentence, and what was rendered."""

    format: str = FORMAT
    program: Text
    made: Text
    """The statement of how the letter was made."""
    letter_id: Identifier
    kind: LetterKind
    title: Text
    issued_at: datetime | None
    pdf_sha256: str
    """Of the bytes that were issued; empty while nothing is."""
    content_sha256: str
    determination: MappedDetermination | None
    sets: tuple[MappedSet, ...]
    overrides: tuple[CheckOverride, ...]
    blocks: tuple[MappedBlock, ...]
    sources: tuple[MappedSource, ...]
    fields: tuple[RecordedField, ...] = ()
    """What the fields of the record said that sentences rest on; an older program kept none of it."""


def evidence_map(letter: Letter, inputs: LetterInputs) -> EvidenceMap:
    """The map of a letter as it is, against the record as it is."""
    sources = _Sources(inputs)
    blocks = tuple(
        MappedBlock(
            id=block.id,
            kind=block.kind.value,
            heading=block.heading,
            is_edited=block.is_edited,
            sentences=tuple(_sentences(block, sources)),
        )
        for block in letter.content.blocks
    )
    determination = inputs.determination
    sign_off = determination.sign_off if determination else None
    return EvidenceMap(
        program=f"Indicated {__version__}",
        made=made_statement(),
        letter_id=letter.id,
        kind=letter.kind,
        title=letter.content.title,
        issued_at=letter.issued_at,
        pdf_sha256=letter.pdf_sha256,
        content_sha256=content_sha256(letter.content),
        determination=MappedDetermination(
            id=determination.id,
            version=determination.version,
            content_sha256=determination.hash_of_content(),
            signed_by=sign_off.name if sign_off else "",
            credential=sign_off.credential if sign_off else "",
            signed_at=sign_off.signed_at if sign_off else None,
        )
        if determination
        else None,
        sets=tuple(
            dict.fromkeys(
                MappedSet(id=item.set_id, title=item.set_title, edition=item.edition, sha256=item.set_hash)
                for item in inputs.reasons
            )
        ),
        overrides=letter.overrides,
        blocks=blocks,
        sources=sources.all(),
        fields=sources.fields(),
    )


def content_sha256(content: LetterContent) -> str:
    """Hex SHA-256 of a letter's content as JSON."""
    # AMA is left out: letters were issued, and hashed, before another style could be chosen.
    is_ama = content.citation_style is CitationStyle.AMA
    return sha256_of(content.model_dump_json(exclude={"citation_style"} if is_ama else None))


class _Sources:
    """The origins of a letter, each once, in order of first appearance."""

    def __init__(self, inputs: LetterInputs) -> None:
        self.inputs = inputs
        self._links = {link.id: link for links in inputs.links.values() for link in links}
        self._places: dict[Provenance, int] = {}

    def place(self, origin: Provenance) -> int:
        return self._places.setdefault(origin, len(self._places))

    def link(self, origin: Provenance) -> EvidenceLink | None:
        return self._links.get(origin.ref) if origin.kind is OriginKind.QUOTE else None

    def all(self) -> tuple[MappedSource, ...]:
        return tuple(self._mapped(origin) for origin in self._places)

    def fields(self) -> tuple[RecordedField, ...]:
        found = {item.path: item for origin in self._places for item in fields_of(origin, self.inputs)}
        links = (link for origin in self._places if (link := self.link(origin)) is not None)
        for document_id in dict.fromkeys(link.span.document_id for link in links):
            found.update((item.path, item) for item in fields_of_document(document_id, self.inputs))
        return tuple(found.values())

    def _mapped(self, origin: Provenance) -> MappedSource:
        plain = MappedSource(kind=origin.kind, ref=origin.ref, label=origin.label)
        link = self.link(origin)
        if link is not None:
            document = self.inputs.case.document(link.span.document_id)
            return plain.model_copy(
                update={
                    "document_id": link.span.document_id,
                    "document_title": document.citation if document else "",
                    "document_sha256": document.sha256 if document else "",
                    "start": link.span.start,
                    "end": link.span.end,
                    "page": link.span.page,
                    "quote": link.span.quote,
                    "seal": link.span.seal,
                    "is_intact": check_span(link.span, document) is SpanState.INTACT,
                }
            )
        reference = self.inputs.references.get(origin.ref) if origin.kind is OriginKind.REFERENCE else None
        if reference is None:
            return plain
        printed = reference.printed(self.inputs.settings.citation_style)
        return plain.model_copy(update={"citation": printed, "verified_from": reference.verified_from})


def _sentences(block: LetterBlock, sources: _Sources) -> Iterator[MappedSentence]:
    for number, paragraph in enumerate(block.paragraphs, start=1):
        parts = sentences_of(paragraph.text)
        for part in parts:
            origins = _origins_of(part, parts, paragraph.provenance, sources)
            yield MappedSentence(
                place=f"paragraph {number}",
                text=part.strip(),
                sources=tuple(map(sources.place, origins)),
                claims=tuple(_claims(part, sources.inputs)),
            )
    for number, row in enumerate(block.table.rows if block.table else (), start=1):
        places = tuple(map(sources.place, row.provenance))
        for column, cell in enumerate(row.cells, start=1):
            if cell.strip():
                claims = tuple(_claims(cell, sources.inputs))
                place = f"row {number}, column {column}"
                yield MappedSentence(place=place, text=cell, sources=places, claims=claims)
    if block.figure is not None:
        paths: Sequence[str] = ()
        if isinstance(block.figure, Timeline):
            paths = [event.source for event in block.figure.events if event.source]
        drawn = [
            Provenance(kind=OriginKind.RECORD, ref=path, label="Record") for path in dict.fromkeys(paths)
        ]
        form = Provenance(kind=OriginKind.FORM, ref=block.figure.kind, label="Figure of the letter form")
        places = tuple(sources.place(item) for item in (form, *drawn))
        yield MappedSentence(place="figure", text=block.figure.alternative, sources=places)


def _origins_of(
    sentence: str, sentences: Sequence[str], origins: Sequence[Provenance], sources: _Sources
) -> tuple[Provenance, ...]:
    found = tuple(
        origin
        for origin in origins
        if _shows(sentence, origin, sources) or not any(_shows(item, origin, sources) for item in sentences)
    )
    return found or tuple(origins)


def _shows(sentence: str, origin: Provenance, sources: _Sources) -> bool:
    """Whether a sentence itself shows an origin; one of the record or the review never does."""
    if origin.kind is OriginKind.REFERENCE:
        return origin.ref in CITATION.findall(sentence)
    link = sources.link(origin)
    return link is not None and one_line(link.span.quote) in one_line(sentence)


def _claims(sentence: str, inputs: LetterInputs) -> Iterator[str]:
    for reference_id in dict.fromkeys(CITATION.findall(sentence)):
        for claim in inputs.references.claims_of(reference_id):
            if claim.text.rstrip(". ") in sentence:
                yield f"{reference_id}/{claim.id}"
