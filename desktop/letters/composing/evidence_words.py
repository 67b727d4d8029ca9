"""Chooses and shortens the words of the record that a criterion rests on; it never alters a quotation inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.assessment import EvidenceLink, Stance
from desktop.domain.document import DocumentKind
from desktop.domain.evaluation import NodeTrace
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import ended, level_list, listed, one_line, opened, row_list, shortened

LONGEST_QUOTE = 220
"""Characters of one quotation; the document is enclosed."""

MOST_QUOTES = 2
"""Supporting quotations in one row; further ones are named by document and page. Words against are always quoted."""

ANSWERS_HEADING = "Words against the request"

Place = tuple[str, int, int]
"""Document, start and end: the same words linked twice are one place."""


def place_of(link: EvidenceLink) -> Place:
    """Where the linked words stand."""
    return (link.span.document_id, link.span.start, link.span.end)


def quotation(link: EvidenceLink) -> str:
    """The linked words in quotation marks, cut at the end where they are long."""
    return f"“{shortened(link.span.quote, LONGEST_QUOTE)}”"


def mark_of(inputs: LetterInputs, link: EvidenceLink) -> str:
    """Enclosure, date and page of linked words."""
    return inputs.source_mark(link.span.document_id, link.span.page)


@dataclass(frozen=True, slots=True)
class Words:
    """Linked words with notes, the levels or sides they were linked for, and how strong they are (lowest first)."""

    link: EvidenceLink
    notes: tuple[str, ...]
    levels: tuple[str, ...]
    rank: tuple[bool, int, int]


def words_for(
    inputs: LetterInputs,
    nodes: Sequence[NodeTrace],
    levels: Sequence[str],
    kinds: Sequence[DocumentKind] = (),
) -> tuple[Words, ...]:
    """The words linked to one criterion over levels, each place once; the strongest for each level come first.

    Stronger is what comes from a kind of document that proves the criterion (`kinds`), then what was linked first.
    """
    found: dict[tuple[Place, Stance], list[tuple[EvidenceLink, str, tuple[bool, int, int]]]] = {}
    for turn, node in enumerate(nodes):
        for order, link in enumerate(inputs.evidence(node.evidence_ids)):
            document = inputs.case.document(link.span.document_id)
            is_proof = document is not None and (not kinds or document.kind in kinds)
            rank = (not is_proof, order, turn)
            found.setdefault((place_of(link), link.stance), []).append((link, node.subject, rank))
    made = (
        Words(
            link=same[0][0],
            notes=tuple(
                dict.fromkeys(ended(one_line(link.note)) for link, _, _ in same if link.note.strip())
            ),
            levels=tuple(subject for _, subject, _ in same if subject in levels),
            rank=min(rank for _, _, rank in same),
        )
        for same in found.values()
    )
    return tuple(sorted(made, key=lambda item: item.rank))


class Ledger:
    """Which row first gave which words and notes, so that a later one leads back instead of repeating them."""

    def __init__(self) -> None:
        self._quoted: dict[Place, str] = {}
        self._rows: dict[str, set[Place]] = {}
        self._details: dict[str, set[str]] = {}

    def row_with(self, places: set[Place]) -> str:
        """The first row that gives all these places; empty when none does."""
        return next((number for number, known in self._rows.items() if places and places <= known), "")

    def row_of(self, place: Place) -> str:
        """The row in which words are quoted; empty before they are."""
        return self._quoted.get(place, "")

    def details_of(self, number: str) -> set[str]:
        """What was said of the finding in a row."""
        return self._details.get(number, set())

    def enter(self, number: str, quoted: set[Place], places: set[Place], details: Sequence[str]) -> None:
        """Remember a row that was written."""
        for place in quoted:
            self._quoted.setdefault(place, number)
        self._rows[number] = places
        self._details[number] = set(details)


def source_cell(
    inputs: LetterInputs, words: Sequence[Words], levels: Sequence[str], ledger: Ledger, *, is_answered: bool
) -> tuple[str, set[Place]]:
    """What a row rests on, in words of the record with their source, and the places quoted in it.

    Where the words against it are answered elsewhere (`is_answered`), their notes stand there.
    """
    lines: list[str] = []
    quoted: set[Place] = set()
    named: set[str] = set()
    further: dict[str, None] = {}
    earlier: dict[str, None] = {}
    for item in (item for item in words if item.link.stance is Stance.SUPPORTS):
        place, source = place_of(item.link), f"{mark_of(inputs, item.link)}{_noted(item)}"
        row = ledger.row_of(place)
        if row and not item.notes:
            earlier.setdefault(row)
        elif row or len(quoted) == MOST_QUOTES:
            further.setdefault(source)
        else:
            quoted.add(place)
            named.add(source)
            text = f"{_at(item, levels)}{quotation(item.link)}"
            if lines and lines[-1].endswith(f" {source}"):
                # Words from one page are quoted one after another, with their source once.
                text = f"{lines.pop().removesuffix(source)}{text}"
            lines.append(f"{text} {source}")
    if earlier:
        lines.append(f"{'Also the' if lines else 'The'} words of {row_list(earlier)}.")
    # More words of a page that is named with a quotation are found there.
    if further := {source: None for source in further if source not in named}:
        lines.append(f"Also {listed(further)}.")
    for item in (item for item in words if item.link.stance is Stance.CONTRADICTS):
        row, note = ledger.row_of(place_of(item.link)), "" if is_answered else _noted(item)
        if row:
            lines.append(f"Against: as in {row_list((row,))}.{note}")
        else:
            quoted.add(place_of(item.link))
            lines.append(
                f"Against: {_at(item, levels)}{quotation(item.link)} {mark_of(inputs, item.link)}{note}"
            )
    return "\n".join(lines), quoted


def _noted(item: Words) -> str:
    return f" ({' '.join(item.notes)})" if item.notes else ""


def _at(item: Words, levels: Sequence[str]) -> str:
    """The levels or sides that words were linked for, where the row is about several."""
    is_some = item.levels and set(item.levels) < set(levels)
    return f"{opened(level_list(item.levels))}: " if is_some else ""
