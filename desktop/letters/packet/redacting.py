"""Takes words out of the text of a document, and says which places of which page they stood at; it opens no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.document import Document
from desktop.domain.errors import UserFacingError
from desktop.domain.packet import Redaction
from desktop.letters.packet.plain_words import MARK, plain

_KEPT = frozenset("\n\t")


@dataclass(frozen=True, slots=True, repr=False)
class HiddenWords:
    """Words taken out of one page of a document: which place of how many equal ones the page holds."""

    redaction_id: str
    page: int
    words: str
    nth: int
    of: int


def require_sound(redaction: Redaction, document: Document) -> None:
    """Raise UserFacingError for a redaction that names neither words nor an area, or a place that is not there."""
    start, end, box = redaction.start, redaction.end, redaction.box
    has_words = start is not None and end is not None and 0 <= start < end <= len(document.text)
    has_area = redaction.page is not None and box is not None and _is_area(box)
    if has_words == has_area:
        raise UserFacingError(
            "What is to be blacked out is not in the document.",
            safe="Nothing was changed.",
            todo="Select the words, or draw the area, on the document as it is now.",
        )


def masked_text(document: Document, redactions: Iterable[Redaction]) -> str:
    """The text with a mark for each letter and space of the words; line ends stay, so that pages keep their lines."""
    letters = list(document.text)
    for item in redactions:
        if item.start is None or item.end is None:
            continue
        for at in range(item.start, min(item.end, len(letters))):
            if letters[at] not in _KEPT:
                letters[at] = MARK
    return "".join(letters)


def marks_in(document: Document, redaction: Redaction) -> int:
    """How many marks stand for the words of a redaction."""
    words = document.text[redaction.start or 0 : redaction.end or 0]
    return sum(1 for letter in words if letter not in _KEPT)


def hidden_words(document: Document, redactions: Iterable[Redaction]) -> tuple[HiddenWords, ...]:
    """The words to be found again on the pages of the file that the text was read from, page by page."""
    found: list[HiddenWords] = []
    for item in redactions:
        if item.start is None or item.end is None:
            continue
        for page, start, end in _by_page(document, item.start, item.end):
            found.extend(_placed(document, item.id, page, start, end))
    return tuple(found)


def _placed(document: Document, redaction_id: str, page: int, start: int, end: int) -> Sequence[HiddenWords]:
    words = document.text[start:end]
    if not (sought := plain(words)):
        return ()
    first, last = page_range(document, page)
    before = plain(document.text[first:start])
    whole = plain(document.text[first:last])
    nth = _places(whole, sought).index(len(before)) if len(before) in _places(whole, sought) else -1
    count = len(_places(whole, sought))
    return (HiddenWords(redaction_id, page, words, nth, count if nth >= 0 else -1),)


def _places(text: str, sought: str) -> list[int]:
    found: list[int] = []
    at = text.find(sought)
    while at >= 0:
        found.append(at)
        at = text.find(sought, at + 1)
    return found


def page_range(document: Document, page: int) -> tuple[int, int]:
    """Where a page's text begins and ends."""
    starts = (*document.page_starts, len(document.text))
    return starts[page - 1], starts[page]


def _by_page(document: Document, start: int, end: int) -> Iterable[tuple[int, int, int]]:
    for page in range(document.page_at(start), document.page_at(max(start, end - 1)) + 1):
        first, last = page_range(document, page)
        yield page, max(start, first), min(end, last)


def _is_area(box: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = box
    return 0 <= left < right <= 1000 and 0 <= top < bottom <= 1000
