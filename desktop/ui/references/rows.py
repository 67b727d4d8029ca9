"""Which references a view, a search and the filters leave, as rows; plain functions, no widget and no store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from desktop.domain.reference import EvidenceLevel, Reference, ReferenceStance, Standing
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.references.search import ReferenceQuery, search_references
from desktop.ui.library.row_list import Row, RowMark
from desktop.ui.library.wording import counted
from desktop.ui.references.wording import STANDINGS, short_name
from desktop.ui.widgets.state_badge import StateVisual

MOST_SEARCHED = 2_000
"""Characters of a search that are read; a pasted page is not a search."""

_YEARS = re.compile(r"^(\d{4})?\s*([-–]|to)?\s*(\d{4})?$", re.IGNORECASE)
OWN = StateVisual("Own", "case", "accent", "accent_soft")
_STANCE_MARKS = {
    ReferenceStance.MIXED: RowMark("Mixed", "tilde", "unclear"),
    ReferenceStance.AGAINST: RowMark("Against", "cross", "not_met"),
}


class ReferenceView(Enum):
    """Which references are shown."""

    ALL = "All"
    VERIFIED = "Verified"
    DOUBTFUL = "Doubtful"
    """Not verified, retracted or superseded: citing one needs a reason."""
    OWN = "Own"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; what is empty or None does not narrow."""

    view: ReferenceView = ReferenceView.ALL
    words: str = ""
    stance: ReferenceStance | None = None
    evidence: EvidenceLevel | None = None
    topic: str = ""
    years: tuple[int | None, int | None] = (None, None)

    @property
    def is_narrowing(self) -> bool:
        """Whether anything but the view narrows."""
        return self != Filters(view=self.view)


def rows_of(library: ReferenceLibrary, filters: Filters) -> tuple[Row, ...]:
    """The references that are left, best first; without words, in the order of the library."""
    query = ReferenceQuery(
        words=filters.words[:MOST_SEARCHED],
        topic=filters.topic,
        stance=filters.stance,
        evidence=filters.evidence,
        year_from=filters.years[0],
        year_to=filters.years[1],
    )
    claims: dict[str, int] = {}
    for claim in library.all_claims():
        claims[claim.reference_id] = claims.get(claim.reference_id, 0) + 1
    return tuple(
        row_of(found.reference, claims.get(found.reference.id, 0))
        for found in search_references(library, query)
        if _covers(filters.view, found.reference)
    )


def row_of(reference: Reference, claim_count: int) -> Row:
    """What the list shows of a reference; what to beware of stands first."""
    marks: list[RowMark] = []
    if reference.standing is not Standing.CURRENT:
        marks.append(RowMark(STANDINGS[reference.standing], "warning", "not_met"))
    if not reference.is_verified:
        marks.append(RowMark("Not verified", "tilde", "unclear"))
    if reference.stance in _STANCE_MARKS:
        marks.append(_STANCE_MARKS[reference.stance])
    if reference.may_be_cited:
        marks.append(RowMark("Verified", "check", "met"))
    if reference.evidence is not EvidenceLevel.NOT_STATED:
        marks.append(RowMark(reference.evidence.label))
    marks.append(RowMark(counted(claim_count, "claim", "claims") if claim_count else "no claim"))
    return Row(
        reference.id,
        short_name(reference),
        reference.bibliography.title or reference.citation,
        tuple(marks),
        OWN if reference.is_own else None,
        is_faint=reference.standing is not Standing.CURRENT,
    )


def read_years(text: str) -> tuple[int | None, int | None]:
    """`2015-2024`, `2015-`, `-2024` or `2019` as first and last year. Raises ValueError for anything else."""
    words = text.strip()
    found = _YEARS.match(words)
    if found is None or words in {"-", "–"}:
        raise ValueError("Write years as 2015-2024, 2015- or 2019.")
    first, dash, last = found[1], found[2], found[3]
    if first and last and not dash:
        raise ValueError("Write years as 2015-2024, 2015- or 2019.")
    if first and not dash:
        last = first
    return (int(first) if first else None), (int(last) if last else None)


def topics_in(library: ReferenceLibrary) -> tuple[str, ...]:
    """Every subject, then every topic of a claim, each in the order of the alphabet."""
    subjects = {name for item in library.all() for name in item.subjects}
    topics = {name for item in library.all() for name in item.topics} - subjects
    return (*sorted(subjects, key=str.casefold), *sorted(topics, key=str.casefold))


def nothing_found(filters: Filters) -> str:
    """What an empty list says, and how to go on."""
    if filters.is_narrowing:
        return "No reference answers this. Escape clears the search and the filters."
    match filters.view:
        case ReferenceView.OWN:
            return (
                "You have no entries of your own yet. Add one, or import a file of RIS, BibTeX, NBIB or CSL-JSON. "
                "An entry counts as verified once you have recorded where and when you checked it."
            )
        case ReferenceView.DOUBTFUL:
            return "Every reference is verified and stands."
        case _:
            return "There are no references."


def _covers(view: ReferenceView, reference: Reference) -> bool:
    match view:
        case ReferenceView.VERIFIED:
            return reference.may_be_cited
        case ReferenceView.DOUBTFUL:
            return not reference.may_be_cited
        case ReferenceView.OWN:
            return reference.is_own
        case _:
            return True
