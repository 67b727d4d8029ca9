"""Has the files of a packet opened in the limited process, and lays their pages out in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.text import listed, name_of
from desktop.letters.packet.numbering import LETTER, BodyPage
from desktop.letters.packet.redacting import hidden_words, masked_text, page_range
from desktop.letters.packet.sources import EnclosureRefusedError, ExhibitSource, PacketInputs, refusal
from desktop.letters.packet.split import PageWeight
from desktop.letters.packet.typeset import SetDocuments, TextDocument, set_documents
from desktop.letters.packet.worker_link import IsCancelled, WorkerLink, WorkerLostError
from desktop.letters.paper.pdf import ONE_AT_A_TIME

_LETTER_FILE = 0
_SET_FILE = 1
_MOST_NAMED = 6


@dataclass(repr=False)
class Opened:
    """The pages of letter and exhibits in order, what they weigh, and what the reviewer should know."""

    body: list[BodyPage] = field(default_factory=list[BodyPage])
    weighed: list[PageWeight] = field(default_factory=list[PageWeight])
    weights: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    """By file and part; empty unless the packet may have to be divided."""
    notices: tuple[str, ...] = ()


def open_all(
    link: WorkerLink, inputs: PacketInputs, *, may_split: bool, is_cancelled: IsCancelled | None
) -> Opened:
    """Open the letter, the set texts and the kept files. Raises EnclosureRefusedError naming the document."""
    with ONE_AT_A_TIME:
        texts = _set_texts(inputs, is_cancelled)
    asked = [_plain_file(is_own=False), _plain_file(is_own=True)]
    blobs = [inputs.letter_pdf, texts.pdf]
    titles = ["The letter", "The text of the record"]
    for exhibit in inputs.exhibits:
        if exhibit.is_file and exhibit.content is not None:
            asked.append(_asked(exhibit))
            blobs.append(exhibit.content)
            titles.append(exhibit.title)
    message = {"do": "read", "files": asked, "may_split": may_split}
    try:
        answer, _ = link.ask(message, blobs)
    except WorkerLostError:
        raise _culprit(asked, blobs, titles, is_cancelled) from None
    for title, told in zip(titles, answer.get("files", []), strict=False):
        if "refused" in told:
            raise refusal(title, told["refused"], told["count"])
    if "files" not in answer:
        raise _culprit(asked, blobs, titles, is_cancelled)
    return _laid_out(inputs, texts, answer["files"], may_split=may_split)


def _plain_file(*, is_own: bool) -> dict[str, Any]:
    return {"media": "pdf", "pages": [], "burns": [], "is_own": is_own}


def _asked(exhibit: ExhibitSource) -> dict[str, Any]:
    burns: dict[int, dict[str, Any]] = {}
    document = exhibit.enclosure.document
    for item in hidden_words(document, exhibit.redactions):
        burn = burns.setdefault(item.page, {"page": item.page, "areas": [], "words": []})
        burn["words"].append([item.words, item.nth if item.of > 0 else None, item.of])
    for item in exhibit.redactions:
        if item.page is not None and item.box is not None:
            burn = burns.setdefault(item.page, {"page": item.page, "areas": [], "words": []})
            burn["areas"].append(list(item.box))
    return {
        "media": "picture" if exhibit.is_picture else "pdf",
        "pages": list(exhibit.chosen_pages),
        "burns": list(burns.values()),
        "is_own": False,
    }


def _set_texts(inputs: PacketInputs, is_cancelled: IsCancelled | None) -> SetDocuments:
    documents: list[TextDocument] = []
    for exhibit in inputs.exhibits:
        if exhibit.is_file:
            continue
        document = exhibit.enclosure.document
        if any(item.box is not None for item in exhibit.redactions):
            raise EnclosureRefusedError(
                exhibit.title,
                "has an area blacked out, but no file whose page it could be blacked out on.",
                "Take that redaction back, and select the words in the text instead.",
            )
        text = masked_text(document, exhibit.redactions)
        pages: list[tuple[int, str]] = []
        for number in exhibit.enclosure.pages:
            start, end = page_range(document, number)
            pages.append((number, text[start:end]))
        documents.append(TextDocument(exhibit.title, tuple(pages), len(document.page_starts)))
    return set_documents(documents, is_cancelled)


def _laid_out(
    inputs: PacketInputs, texts: SetDocuments, files: Sequence[dict[str, Any]], *, may_split: bool
) -> Opened:
    opened = Opened()
    notices: list[str] = []
    if may_split:
        for file, told in enumerate(files):
            opened.weights.update({(file, part): weight for part, weight in enumerate(told["weights"])})

    def add(exhibit: int, file: int, leaf: int, document_page: int, ordinal: int) -> None:
        width = files[file]["sheets"][leaf][0]
        opened.body.append(BodyPage(exhibit, file, leaf, document_page, ordinal, width))
        if may_split:
            needs = tuple((file, part) for part in files[file]["needs"][leaf])
            opened.weighed.append(PageWeight(exhibit, needs))

    for leaf, number in enumerate(files[_LETTER_FILE]["numbers"]):
        add(LETTER, _LETTER_FILE, leaf, number, number)
    next_file, next_text, next_sheet = _SET_FILE + 1, 0, 0
    for place, exhibit in enumerate(inputs.exhibits):
        if exhibit.is_file:
            told = files[next_file]
            for leaf, number in enumerate(told["numbers"]):
                add(place, next_file, leaf, number, leaf + 1)
            notices.extend(_file_notices(exhibit, told))
            next_file += 1
        else:
            for ordinal, number in enumerate(texts.sheets[next_text], start=1):
                add(place, _SET_FILE, next_sheet, number, ordinal)
                next_sheet += 1
            notices.extend(_text_notices(exhibit, texts.unprintable[next_text]))
            next_text += 1
    opened.notices = tuple(notices)
    return opened


def _file_notices(exhibit: ExhibitSource, told: dict[str, Any]) -> list[str]:
    notices: list[str] = []
    if "xfa" in told["notices"]:
        notices.append(
            f"'{exhibit.title}' is a form that only its maker's program fills in: look at its pages in the packet."
        )
    if "repaired" in told["notices"]:
        notices.append(
            f"The file of '{exhibit.title}' is damaged and was read as far as it could be: look whether its pages in "
            "the packet are whole."
        )
    in_record, in_file = len(exhibit.enclosure.document.page_starts), len(told["numbers"])
    if not exhibit.chosen_pages and exhibit.enclosure.document.text.strip() and in_record != in_file:
        notices.append(
            f"'{exhibit.title}' has {in_file} pages in its file and {in_record} in the text of the record: page "
            "numbers in the letter are those of the text."
        )
    return notices


def _text_notices(exhibit: ExhibitSource, unprintable: Sequence[str]) -> list[str]:
    notices: list[str] = []
    if unprintable:
        named = listed(name_of(one) for one in unprintable[:_MOST_NAMED])
        notices.append(f"'{exhibit.title}' holds characters that are printed as their code points: {named}.")
    if not exhibit.enclosure.document.text.strip():
        notices.append(f"'{exhibit.title}' has neither a file nor a text: its page in the packet is empty.")
    return notices


def _culprit(
    asked: Sequence[dict[str, Any]],
    blobs: Sequence[bytes],
    titles: Sequence[str],
    is_cancelled: IsCancelled | None,
) -> EnclosureRefusedError:
    """Which file ended the limited process: each is opened alone, in a process of its own."""
    for item, blob, title in zip(asked, blobs, titles, strict=True):
        with WorkerLink(is_cancelled) as link:
            try:
                answer, _ = link.ask({"do": "read", "files": [item], "may_split": False}, [blob])
            except WorkerLostError:
                return refusal(title, "lost", 0)
            told = answer.get("files", [{"refused": "memory", "count": 0}])[0]
            if "refused" in told:
                return refusal(title, told["refused"], told["count"])
    return refusal("One of the documents", "memory", 0)
