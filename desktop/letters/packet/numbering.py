"""Numbers the pages of a packet and says what stands on each: stamps, index rows, bookmarks, page labels.

Pages are counted through all files of a packet: a page has one number, whichever file it is in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.letters.packet.front_pages import IndexRow, index_sheets
from desktop.letters.packet.sources import ExhibitSource, PacketInputs
from desktop.letters.packet.stamps import Stamp
from desktop.letters.wording import short_date

LETTER = -1
"""Stands for the letter where a page names its exhibit."""
_MOST_RUNS = 12
_ROUNDS = 8


@dataclass(frozen=True, slots=True, repr=False)
class BodyPage:
    """A page of the letter or of an exhibit: where it comes from, and which page of the document it shows."""

    exhibit: int
    file: int
    leaf: int
    document_page: int
    ordinal: int
    """Which page of its exhibit it is, from 1: the 3 of `C-3`."""
    width: float
    """Of its stamp."""


@dataclass(frozen=True, slots=True, repr=False)
class NumberedPart:
    """One file of a packet, its pages numbered. `first_page` counts through all files from 1."""

    number: int
    of: int
    has_cover: bool
    body: tuple[BodyPage, ...]
    index_sheets: int
    first_page: int

    @property
    def name(self) -> str:
        """`Part 2 of 3`; empty for a packet in one file."""
        return f"Part {self.number} of {self.of}" if self.of > 1 else ""

    @property
    def letter_pages(self) -> int:
        """How many pages of the letter are in it; they stand before the index."""
        return sum(1 for page in self.body if page.exhibit == LETTER)

    @property
    def front(self) -> int:
        """Pages before the first exhibit."""
        return int(self.has_cover) + self.letter_pages + self.index_sheets

    @property
    def page_count(self) -> int:
        """All its pages."""
        return int(self.has_cover) + self.index_sheets + len(self.body)

    def page_of(self, place: int) -> int:
        """The page within this file, from 0, of the body's page at `place`."""
        before = int(self.has_cover) + (0 if place < self.letter_pages else self.index_sheets)
        return before + place


def numbered(
    inputs: PacketInputs, body: Sequence[BodyPage], cuts: Sequence[tuple[int, int]]
) -> tuple[NumberedPart, ...]:
    """The parts with as many index pages as their index needs, which in turn depends on the numbers."""
    sheets = [1] * len(cuts)
    for _ in range(_ROUNDS):
        parts = _numbered(body, cuts, sheets)
        needed = [
            max(old, len(index_sheets(index_rows(inputs, parts, part))))
            for old, part in zip(sheets, parts, strict=True)
        ]
        if needed == sheets:
            break
        sheets = needed
    return _numbered(body, cuts, sheets)


def _numbered(
    body: Sequence[BodyPage], cuts: Sequence[tuple[int, int]], sheets: Sequence[int]
) -> tuple[NumberedPart, ...]:
    parts: list[NumberedPart] = []
    page = 1
    for number, ((start, end), count) in enumerate(zip(cuts, sheets, strict=True), start=1):
        part = NumberedPart(number, len(cuts), number == 1, tuple(body[start:end]), count, page)
        parts.append(part)
        page += part.page_count
    return tuple(parts)


def index_rows(
    inputs: PacketInputs, parts: Sequence[NumberedPart], here: NumberedPart
) -> tuple[IndexRow, ...]:
    """The index of all exhibits as it stands in one of the files."""
    found: dict[int, list[tuple[int, BodyPage]]] = {}
    for part in parts:
        for place, page in enumerate(part.body):
            found.setdefault(page.exhibit, []).append((part.first_page + part.page_of(place), page))
    last_here = here.first_page + here.page_count
    rows: list[IndexRow] = []
    for number, exhibit in enumerate(inputs.exhibits):
        pages = found.get(number, [])
        numbers = [page for page, _ in pages]
        inside = [page for page in numbers if here.first_page <= page < last_here]
        rows.append(
            IndexRow(
                letter=exhibit.enclosure.letter,
                title=exhibit.title,
                day=short_date(exhibit.enclosure.document.dated_on),
                pages=f"{_run(numbers[0], numbers[-1])}{_elsewhere(parts, here, numbers)}" if numbers else "",
                places=_places(pages),
                target=inside[0] - here.first_page if inside else None,
            )
        )
    return tuple(rows)


def _elsewhere(parts: Sequence[NumberedPart], here: NumberedPart, numbers: Sequence[int]) -> str:
    """` (part 2)` for an exhibit of which nothing is in this file."""
    holding = [part for part in parts if part.first_page <= numbers[0] < part.first_page + part.page_count]
    return f" (part {holding[0].number})" if holding and holding[0] is not here and len(parts) > 1 else ""


def _places(pages: Sequence[tuple[int, BodyPage]]) -> str:
    """`p. 1 on 12, p. 2–4 on 13–15`: pages of the document, as the letter cites them, and pages of the packet."""
    runs: list[list[int]] = []  # first and last page of the document, first and last page of the packet
    for number, page in pages:
        last = runs[-1] if runs else None
        if last is not None and last[1] == page.document_page and last[3] == number - 1:
            if last[0] == last[1]:
                last[3] = number
                continue
            # A page that takes several sheets stands alone: its first sheet leaves the run it was put into.
            last[1], last[3] = last[1] - 1, last[3] - 1
            runs.append([page.document_page, page.document_page, number - 1, number])
        elif last is not None and _goes_on(last, page.document_page, number):
            last[1], last[3] = page.document_page, number
        else:
            runs.append([page.document_page, page.document_page, number, number])
    told = [f"p. {_run(run[0], run[1])} on {_run(run[2], run[3])}" for run in runs[:_MOST_RUNS]]
    return ", ".join(told) + (", …" if len(runs) > _MOST_RUNS else "")


def _goes_on(run: Sequence[int], document_page: int, number: int) -> bool:
    """Whether a page carries on a run of pages that take one sheet each."""
    is_next = document_page == run[1] + 1 and number == run[3] + 1
    return is_next and run[1] - run[0] == run[3] - run[2]


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def stamps_of(inputs: PacketInputs, part: NumberedPart, total: int) -> tuple[Stamp, ...]:
    """The stamps of every page of a file, in order. The cover names nobody: a fax lies open where it arrives."""
    member = inputs.case.member
    number = f"Member ID {member.member_id.strip()}" if member.member_id.strip() else ""
    whose = " · ".join(name for name in (member.full_name, number) if name) or "Member not recorded"
    today = short_date(inputs.today)
    words: list[tuple[str, str, str, str]] = []
    if part.has_cover:
        words.append(("Fax cover", part.name, "", today))
    words += [(inputs.letter_label, "", whose, today)] * part.letter_pages
    words += [("Index of exhibits", part.name, whose, today)] * part.index_sheets
    for page in part.body[part.letter_pages :]:
        exhibit = inputs.exhibits[page.exhibit]
        name = f"Exhibit {exhibit.enclosure.letter}-{page.ordinal}"
        words.append((name, f"page {page.document_page} of the document", whose, _day(exhibit)))
    return tuple(
        Stamp(name, detail, f"Packet page {part.first_page + at} of {total}", owner, day)
        for at, (name, detail, owner, day) in enumerate(words)
    )


def _day(exhibit: ExhibitSource) -> str:
    day = exhibit.enclosure.document.dated_on
    return f"Dated {short_date(day)}" if day else "Not dated"


def bookmarks_of(inputs: PacketInputs, part: NumberedPart) -> list[tuple[str, int]]:
    """Title and page (from 0) of what a reader jumps to."""
    marks: list[tuple[str, int]] = [("Fax cover", 0)] if part.has_cover else []
    if part.letter_pages:
        marks.append((inputs.letter_label, int(part.has_cover)))
    marks.append(("Index of exhibits", int(part.has_cover) + part.letter_pages))
    for place, page, begins in _beginnings(part):
        exhibit = inputs.exhibits[page.exhibit]
        on = "" if begins else " (continued)"
        marks.append((f"Exhibit {exhibit.enclosure.letter} – {exhibit.title}{on}", part.page_of(place)))
    return marks


def labels_of(inputs: PacketInputs, part: NumberedPart) -> list[tuple[int, str, int]]:
    """Page labels: `Cover-1`, `Letter-2`, `Index-1`, `C-3`; page, prefix and first number of each run."""
    labels: list[tuple[int, str, int]] = [(0, "Cover-", 1)] if part.has_cover else []
    if part.letter_pages:
        labels.append((int(part.has_cover), "Letter-", 1))
    labels.append((int(part.has_cover) + part.letter_pages, "Index-", 1))
    for place, page, _ in _beginnings(part):
        letter = inputs.exhibits[page.exhibit].enclosure.letter
        labels.append((part.page_of(place), f"{letter}-", page.ordinal))
    return labels


def _beginnings(part: NumberedPart) -> list[tuple[int, BodyPage, bool]]:
    """Where in this file each exhibit begins or goes on, and whether it begins."""
    found: list[tuple[int, BodyPage, bool]] = []
    for place, page in enumerate(part.body):
        is_new = place == 0 or part.body[place - 1].exhibit != page.exhibit
        if is_new and page.exhibit != LETTER:
            found.append((place, page, page.ordinal == 1))
    return found
