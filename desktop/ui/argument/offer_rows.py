"""The rows of the argument list: exceptions, then claims by section, filtered and searched; pure values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from desktop.domain.argument import OfferedException
from desktop.domain.case import Case
from desktop.domain.letter import CITATION
from desktop.domain.topic import TopicKind, TopicSection
from desktop.domain.topic_offer import OfferedClaim
from desktop.letters.composing.support import LETTER_SECTIONS
from desktop.letters.wording import listed
from desktop.ui.argument.argument_reading import ReadArgument
from desktop.ui.letter.two_line_list import ListRow
from desktop.ui.widgets.state_badge import StateVisual

TAKEN = StateVisual("Taken", "check", "met", "met_soft")
LEFT_OUT = StateVisual("Left out", "dash", "muted", "sunken")
NEEDS = StateVisual("Needs you", "warning", "unclear", "unclear_soft")
_EXCEPTIONS = "Exceptions"
_RULES = "Rules of review and appeal"


class Filter(Enum):
    """Which offers are listed."""

    ALL = "All"
    TAKEN = "Taken"
    LEFT_OUT = "Left out"
    NEEDS = "Needs you"


@dataclass(frozen=True, slots=True)
class OfferRow(ListRow):
    """A row that can be searched for."""

    words: str = field(default="", repr=False)
    """Everything that a search looks at, in small letters."""


def offer_rows(read: ReadArgument, wanted: Filter = Filter.ALL, search: str = "") -> tuple[OfferRow, ...]:
    """The rows in the order to argue in, headings only over what is listed."""
    sought = search.casefold().split()
    found: list[OfferRow] = []
    for heading, rows in _grouped(read):
        shown = [row for row in rows if _is_wanted(row, wanted) and all(word in row.words for word in sought)]
        if shown:
            found += [OfferRow("", f"{heading}  {len(shown)}", is_heading=True), *shown]
    return tuple(found)


def count_of(read: ReadArgument, wanted: Filter) -> int:
    """How many offers a filter lists."""
    everything = (*read.view.exceptions, *read.view.claims)
    return sum(1 for item in everything if wanted is Filter.ALL or state_of(read, item).word == wanted.value)


def state_of(read: ReadArgument, offered: OfferedClaim | OfferedException) -> StateVisual:
    """Taken, left out, or taken but not printed before the reviewer has added something."""
    if not read.view.is_included(offered):
        return LEFT_OUT
    return NEEDS if isinstance(offered, OfferedException) and offered.needs else TAKEN


def is_for_letter(offered: OfferedClaim) -> bool:
    """Whether a letter may print it; else it is told in a clinical opinion only."""
    return offered.claim.is_for_letter and offered.claim.section in LETTER_SECTIONS


def plain_claim(text: str) -> str:
    """A claim without its citation marks."""
    return CITATION.sub("", text)


def codes_of(case: Case, line_ids: tuple[str, ...]) -> str:
    """`22849 and 22612`: the service lines, by code or by label where they have none."""
    lines = [line for line in case.service_lines if line.id in line_ids]
    return listed(line.code or line.label or "a line without code" for line in lines)


def _is_wanted(row: OfferRow, wanted: Filter) -> bool:
    return wanted is Filter.ALL or (row.sign is not None and row.sign.word == wanted.value)


def _grouped(read: ReadArgument) -> Iterator[tuple[str, list[OfferRow]]]:
    yield _EXCEPTIONS, [_exception(read, item) for item in read.view.exceptions]
    clinical = [item for item in read.view.claims if item.topic_kind is TopicKind.CLINICAL]
    for section in TopicSection:
        yield section.label, [_claim(read, item) for item in clinical if item.claim.section is section]
    rules = [item for item in read.view.claims if item.topic_kind is not TopicKind.CLINICAL]
    yield _RULES, [_claim(read, item) for item in rules]


def _exception(read: ReadArgument, offered: OfferedException) -> OfferRow:
    title, code = offered.kind.label, codes_of(read.case, (offered.service_line_id,))
    words = " ".join((_EXCEPTIONS, title, code, *offered.grounds, read.view.note(offered.key)))
    return _row(read, offered, title, f"for {code}", words)


def _claim(read: ReadArgument, offered: OfferedClaim) -> OfferRow:
    claim, code = offered.claim, codes_of(read.case, offered.service_line_ids)
    title = plain_claim(claim.text)
    parts = [] if is_for_letter(offered) else ["opinion only"]
    parts += [f"for {code}", offered.topic_title]
    if claim.counter is not None:
        parts.append("with an objection and its answer")
    counter = (claim.counter.text, claim.counter.answer) if claim.counter else ()
    sources = [source.reference_id for source in claim.all_sources]
    cited = [found.citation for item in sources if (found := read.library.get(item)) is not None]
    words = " ".join((title, *parts, claim.section.label, *counter, *cited))
    return _row(read, offered, title, " · ".join(parts), words)


def _row(
    read: ReadArgument, offered: OfferedClaim | OfferedException, title: str, detail: str, words: str
) -> OfferRow:
    state = state_of(read, offered)
    return OfferRow(
        offered.key, title, detail, sign=state, is_faint=state is LEFT_OUT, words=words.casefold()
    )
