"""Asks for the proof of each redaction in a part: which pages are read again, for which words, and what may remain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.letters.packet.numbering import NumberedPart
from desktop.letters.packet.opening import Opened
from desktop.letters.packet.plain_words import MARK, plain
from desktop.letters.packet.redacting import HiddenWords, hidden_words, masked_text, page_range
from desktop.letters.packet.sources import ExhibitSource, PacketInputs
from desktop.letters.packet.typeset import HEAD


@dataclass(frozen=True, slots=True, repr=False)
class AskedProof:
    """A proof that is asked for: of which redaction, on which page of the part (from 0), in which words."""

    redaction_id: str
    page: int
    message: dict[str, Any]


def asked_proofs(inputs: PacketInputs, opened: Opened, part: NumberedPart) -> list[AskedProof]:
    """The proofs that are due for the pages of one file of the packet."""
    found: list[AskedProof] = []
    for number, exhibit in enumerate(inputs.exhibits):
        if not exhibit.redactions:
            continue
        sheets: dict[int, list[int]] = {}
        for place, page in enumerate(part.body):
            if page.exhibit == number:
                sheets.setdefault(page.document_page, []).append(part.page_of(place))
        whole = {
            page: len(pages) == sum(1 for item in opened.body if (item.exhibit, item.document_page) == (number, page))
            for page, pages in sheets.items()
        }  # fmt: skip
        found.extend(
            _of_words(exhibit, words, sheets[words.page], is_whole=whole[words.page])
            for words in hidden_words(exhibit.enclosure.document, exhibit.redactions)
            if words.page in sheets
        )
        for item in exhibit.redactions:
            if item.box is not None and item.page in sheets:
                page = sheets[item.page][0]
                found.append(AskedProof(item.id, page, _message([page], "", 0, 0)))
    return found


def _of_words(exhibit: ExhibitSource, words: HiddenWords, sheets: list[int], *, is_whole: bool) -> AskedProof:
    if exhibit.is_file:
        return AskedProof(words.redaction_id, sheets[0], _message(sheets[:1], words.words, 0, 0))
    document = exhibit.enclosure.document
    start, end = page_range(document, words.page)
    text = masked_text(document, exhibit.redactions)[start:end]
    # The same words may stand elsewhere on the page; the line over each sheet is not read.
    allowed = plain(text).count(plain(words.words))
    marks = text.count(MARK) if is_whole else 0
    return AskedProof(words.redaction_id, sheets[0], _message(sheets, words.words, allowed, marks, HEAD))


def _message(pages: list[int], words: str, allowed: int, marks: int, head: float = 0) -> dict[str, Any]:
    return {"pages": pages, "words": words, "allowed": allowed, "marks": marks, "head": head}
