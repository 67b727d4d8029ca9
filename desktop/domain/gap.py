"""What is still missing for a criteria set to be met, and the shortest ways to get there."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from desktop.domain.assessment import AssessmentState
from desktop.domain.document import DocumentKind
from desktop.domain.text import Text
from desktop.domain.truth import Truth
from desktop.domain.value import Identifier, Value


class Gap(Value):
    """One open criterion: what it must become, and which document of which date, from whom, would close it."""

    set_id: Identifier
    service_line_id: Identifier
    criterion_id: Identifier
    subject: str = ""
    """As in an AssessmentKey: a level, a side, a service line's id, or empty for the case."""
    text: Text
    state: AssessmentState | None = None
    must_become: Truth = Truth.TRUE
    """TRUE: shown to be met as written. FALSE: shown not to be, because the criterion stands under a NOT."""
    is_contrary: bool = False
    """The record says the opposite: a document alone does not close it, the facts would have to be others."""
    evidence_types: tuple[DocumentKind, ...] = ()
    dated_from: date | None = None
    dated_to: date | None = None
    """The first and the last day that a closing document may bear, both included; None where no limit is set."""
    closes_with: Text = ""
    owed_by: Text = ""
    """Who can supply it, in words."""
    effort: int = Field(default=0, ge=0)
    """How hard the document is to obtain, 0 (it is in the record) upwards; only for putting ways in order."""


class WayToMet(Value):
    """A smallest set of gaps: closing every one makes the result met, leaving any one open does not."""

    gaps: tuple[Gap, ...]

    @property
    def effort(self) -> int:
        """The sum of its gaps' efforts."""
        return sum(gap.effort for gap in self.gaps)


class LevelGaps(Value):
    """The ways for one level (and side) of a line, best first; none when it is met or cannot become so."""

    level: str = ""
    side: str = ""
    truth: Truth
    ways: tuple[WayToMet, ...] = ()


class LineGaps(Value):
    """The ways for a whole service line under one set, and those of each of its levels."""

    set_id: Identifier
    set_title: Text
    service_line_id: Identifier
    truth: Truth
    ways: tuple[WayToMet, ...] = ()
    """Ways that make every level met at once, a criterion shared by levels counted once."""
    levels: tuple[LevelGaps, ...] = ()
    is_exact: bool = True
    """False when the search was cut off: the ways shown work, but a smaller one may exist."""
