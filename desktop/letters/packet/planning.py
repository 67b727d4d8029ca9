"""Plans a packet from the record and the reviewer's choices: what it holds in which order, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.assessment import EvidenceLink
from desktop.domain.case import Case
from desktop.domain.document import Document
from desktop.domain.kept_file import KeptFile
from desktop.domain.packet import Exhibit, PacketChoice, PacketPlan, Redaction
from desktop.letters.enclosures import Enclosure, enclosures_of
from desktop.letters.packet.plain_words import plain
from desktop.letters.packet.redacting import masked_text
from desktop.letters.packet.required import missing_exhibits
from desktop.letters.wording import listed, one_line, shortened

_SHOWN = 60
_TELLING = 6
"""Letters from which on words are looked for elsewhere: a shorter one stands everywhere."""


def plan_packet(
    case: Case,
    choices: Sequence[PacketChoice] = (),
    redactions: Sequence[Redaction] = (),
    links: Sequence[EvidenceLink] = (),
    files: Mapping[str, KeptFile] | None = None,
) -> PacketPlan:
    """The packet before it is built: exhibits under the letters that the letter names, and what is missing."""
    enclosures = enclosures_of(case.documents, choices)
    enclosed = {item.document.id for item in enclosures}
    return PacketPlan(
        exhibits=tuple(_exhibit(item) for item in enclosures),
        missing=missing_exhibits(case, enclosures),
        left_out=tuple(
            one_line(item.title) or item.kind.label for item in case.documents if item.id not in enclosed
        ),
        redactions=sum(1 for item in redactions if item.document_id in enclosed),
        warnings=tuple(
            dict.fromkeys(
                (
                    *(_outdated_words(item) for item in outdated(enclosures, redactions, files or {})),
                    *_warnings(case, enclosures, redactions, links),
                    *_still_read(enclosures, redactions),
                )
            )
        ),
    )


def outdated(
    enclosures: Sequence[Enclosure], redactions: Sequence[Redaction], files: Mapping[str, KeptFile]
) -> tuple[Enclosure, ...]:
    """Enclosures whose text or file is not the one any more on which something was blacked out."""
    return tuple(
        item
        for item in enclosures
        if any(
            one.seal and one.seal != seal_for(one, item.document, files.get(item.document.id))
            for one in redactions
            if one.document_id == item.document.id
        )
    )


def seal_for(redaction: Redaction, document: Document, file: KeptFile | None) -> str:
    """What a redaction is sealed with: the file for an area, the text for words."""
    if redaction.box is not None:
        return file.sha256 if file else ""
    return document.sha256


def _outdated_words(item: Enclosure) -> str:
    what = f"Exhibit {item.letter} was changed after something was blacked out in it"
    return f"{what}: take that back, and black it out anew."


def _exhibit(item: Enclosure) -> Exhibit:
    document = item.document
    return Exhibit(
        letter=item.letter,
        document_id=document.id,
        title=one_line(document.title) or document.kind.label,
        kind=document.kind,
        page_count=item.page_count,
    )


def _warnings(
    case: Case,
    enclosures: Sequence[Enclosure],
    redactions: Sequence[Redaction],
    links: Sequence[EvidenceLink],
) -> Iterator[str]:
    """Words of the record that the review rests on, and the plan will not be able to read."""
    by_document = {item.document.id: item for item in enclosures}
    for link in links:
        span = link.span
        quote = f"“{shortened(span.quote, _SHOWN)}”"
        found = by_document.get(span.document_id)
        if found is None:
            document = case.document(span.document_id)
            if document is not None:
                title = one_line(document.title) or document.kind.label
                yield f"{quote} is evidence from “{title}”, which is left out."
            continue
        if span.page not in found.pages:
            yield f"{quote} is evidence from page {span.page} of exhibit {found.letter}, which is left out."
        if any(_hides(item, link) for item in redactions):
            yield f"{quote} in exhibit {found.letter} is evidence, and is blacked out at least in part."
    for item in redactions:
        if item.box is not None and item.document_id in by_document and _on_page(item, links):
            letter = by_document[item.document_id].letter
            yield f"An area on page {item.page} of exhibit {letter} is blacked out, and evidence stands on that page."


def _hides(redaction: Redaction, link: EvidenceLink) -> bool:
    if redaction.document_id != link.span.document_id or redaction.start is None or redaction.end is None:
        return False
    return redaction.start < link.span.end and link.span.start < redaction.end


def _on_page(redaction: Redaction, links: Sequence[EvidenceLink]) -> bool:
    place = (redaction.document_id, redaction.page)
    return any((link.span.document_id, link.span.page) == place for link in links)


def _still_read(enclosures: Sequence[Enclosure], redactions: Sequence[Redaction]) -> Iterator[str]:
    """Words that are blacked out in one place, and can be read in another of the packet or in a title."""
    hidden = [
        (item, words)
        for item in enclosures
        for one in redactions
        if one.document_id == item.document.id and one.start is not None
        for words in [item.document.text[one.start : one.end]]
        if len(plain(words)) >= _TELLING
    ]
    if not hidden:
        return
    read = {
        item.letter: plain(item.document.title)
        + "\n"
        + plain(masked_text(item.document, _of(item, redactions)))
        for item in enclosures
    }
    for item, words in hidden:
        letters = [letter for letter, text in read.items() if plain(words) in text]
        if letters:
            yield (
                f"“{shortened(words, _SHOWN)}” is blacked out in exhibit {item.letter}, and can still be read in "
                f"exhibit {listed(letters)}."
            )


def _of(item: Enclosure, redactions: Sequence[Redaction]) -> list[Redaction]:
    return [one for one in redactions if one.document_id == item.document.id]
