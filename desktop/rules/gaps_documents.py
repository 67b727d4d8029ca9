"""Which document would close an open criterion: of what days, from whom, and how hard it is to get.

The order of efforts is this program's advice for putting ways in order, from our sense of what takes an office longest.
It says nothing about medicine and nothing about what a publisher asks. It must not read the clock: only the service's
day counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from desktop.domain.assessment import AssessmentState
from desktop.domain.case import Case
from desktop.domain.clinical import TreatmentKind
from desktop.domain.criteria import Criterion
from desktop.domain.document import DocumentKind
from desktop.domain.member import Provider, ProviderRole
from desktop.domain.service_line import ServiceLine

IN_THE_RECORD = 0
CONTRARY_EFFORT = 10
"""Added where the record says the opposite: the facts would have to be others."""

_EFFORT = {
    DocumentKind.SIGNED_FORM: 1,
    DocumentKind.DENIAL_LETTER: 1,
    DocumentKind.POLICY: 1,
    DocumentKind.LITERATURE: 1,
    DocumentKind.PHYSICIAN_STATEMENT: 2,
    DocumentKind.SCORE_FORM: 2,
    DocumentKind.CLINIC_NOTE: 2,
    DocumentKind.OTHER: 2,
    DocumentKind.PT_RECORD: 3,
    DocumentKind.OPERATIVE_NOTE: 3,
    DocumentKind.INJECTION_RECORD: 3,
    DocumentKind.LAB_REPORT: 4,
    DocumentKind.IMAGING_REPORT: 5,
}
# Where the reviewer has said that the record does not settle it, what is in the record has been read.
_ALREADY_LOOKED = frozenset({AssessmentState.NOT_DOCUMENTED, AssessmentState.UNCLEAR})


class Days(NamedTuple):
    """The first and the last day that a closing document may bear; None where no limit is set or known."""

    first: date | None
    last: date | None

    def include(self, day: date | None) -> bool:
        """Whether a document of that day would do; one without a date does only where nothing is asked."""
        if self.first is None or self.last is None:
            return True
        return day is not None and self.first <= day <= self.last


def days_for(criterion: Criterion, line: ServiceLine) -> Days:
    """The days that a document must be of, from the criterion's time window and the day of the service."""
    if criterion.within is None or line.service_on is None:
        return Days(None, None)
    return Days(criterion.within.begins(line.service_on), line.service_on)


def effort_for(
    criterion: Criterion, state: AssessmentState | None, days: Days, case: Case, *, is_contrary: bool
) -> int:
    """How hard the closing document is to obtain: that of the easiest kind asked for.

    0 when a document of a kind asked for, and of the days asked for, is in the record and nobody has said that it does
    not settle the question. A criterion that asks for no kind of document is as hard as a clinic note.
    """
    kinds = criterion.evidence_types or (DocumentKind.CLINIC_NOTE,)
    effort = min(_EFFORT[kind] for kind in kinds)
    if is_contrary:
        return effort + CONTRARY_EFFORT
    if state in _ALREADY_LOOKED:
        return effort
    is_there = any(
        document.kind in criterion.evidence_types and days.include(document.dated_on)
        for document in case.documents
    )
    return IN_THE_RECORD if is_there else effort


def owed_by(criterion: Criterion, subject: str, case: Case) -> str:
    """Who can supply the document, in words, the easiest kind first: `Dr. A. Example or the physical therapist`."""
    kinds = sorted(criterion.evidence_types or (DocumentKind.OTHER,), key=_EFFORT.__getitem__)
    return " or ".join(dict.fromkeys(_holder(kind, subject, case) for kind in kinds))


def _holder(kind: DocumentKind, subject: str, case: Case) -> str:
    match kind:
        case DocumentKind.IMAGING_REPORT:
            return _imaging_facility(case)
        case DocumentKind.OPERATIVE_NOTE:
            return _surgical_facility(case, subject)
        case DocumentKind.LAB_REPORT:
            return f"a laboratory, ordered by {_treating(case)}"
        case DocumentKind.PT_RECORD:
            return _giver(case, TreatmentKind.PHYSICAL_THERAPY) or "the physical therapist"
        case DocumentKind.INJECTION_RECORD:
            return _giver(case, TreatmentKind.INJECTION) or "whoever gave the injections"
        case DocumentKind.SIGNED_FORM:
            return f"{_treating(case)} and the patient"
        case DocumentKind.POLICY | DocumentKind.DENIAL_LETTER:
            return case.coverage.payer.strip() or "the plan"
        case _:
            return _treating(case)


def _treating(case: Case) -> str:
    found = case.provider(ProviderRole.ORDERING) or case.provider(ProviderRole.RENDERING)
    return (_name(found) if found else "") or "the treating provider"


def _name(provider: Provider) -> str:
    name = ", ".join(part for part in (provider.name.strip(), provider.credential.strip()) if part)
    return name if provider.name.strip() else provider.organization.strip()


def _imaging_facility(case: Case) -> str:
    return _newest((study.performed_on, study.facility) for study in case.imaging) or "an imaging facility"


def _surgical_facility(case: Case, subject: str) -> str:
    surgeries = case.history.prior_surgeries
    at_level = tuple(item for item in surgeries if subject and subject in item.levels)
    found = _newest((item.performed_on, item.facility) for item in at_level or surgeries)
    return found or "the facility of the earlier operation"


def _giver(case: Case, kind: TreatmentKind) -> str:
    return _newest(
        (item.ended_on or item.started_on, item.provider) for item in case.treatments if item.kind is kind
    )


def _newest(named: Iterable[tuple[date | None, str]]) -> str:
    """The name that stands with the newest day; of equal days, or of none, the first. Empty when nothing is named."""
    found = [(day or date.min, name.strip()) for day, name in named if name.strip()]
    if not found:
        return ""
    newest = max(day for day, _ in found)
    return next(name for day, name in found if day == newest)
