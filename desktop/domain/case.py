"""The case: everything recorded about one denial, as one immutable value that services read and hand out."""

from __future__ import annotations

from enum import Enum

from desktop.domain.clinical import ConservativeTreatment, FunctionScore, History, ImagingStudy
from desktop.domain.denial import AdverseDetermination
from desktop.domain.document import Document
from desktop.domain.member import Coverage, Member, Provider, ProviderRole
from desktop.domain.service_line import Diagnosis, ServiceLine
from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class CaseStatus(Enum):
    """Where a case stands."""

    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    DETERMINED = "determined"
    LETTER_ISSUED = "letter_issued"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return self.value.replace("_", " ").capitalize()


class Case(Value):
    """One case. Tuples keep the order the reviewer gave them."""

    id: Identifier
    number: Text = ""
    """The case number, for example `26-0142`: the only identifier allowed in window titles."""
    status: CaseStatus = CaseStatus.DRAFT
    is_synthetic: bool = False
    review_question: Text = ""
    member: Member = Member()
    coverage: Coverage = Coverage()
    denial: AdverseDetermination = AdverseDetermination()
    history: History = History()
    providers: tuple[Provider, ...] = ()
    service_lines: tuple[ServiceLine, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    treatments: tuple[ConservativeTreatment, ...] = ()
    scores: tuple[FunctionScore, ...] = ()
    imaging: tuple[ImagingStudy, ...] = ()
    documents: tuple[Document, ...] = ()

    def document(self, document_id: str | None) -> Document | None:
        """The document with an id, or None."""
        return next((item for item in self.documents if item.id == document_id), None)

    def service_line(self, line_id: str) -> ServiceLine | None:
        """The service line with an id, or None."""
        return next((item for item in self.service_lines if item.id == line_id), None)

    def provider(self, role: ProviderRole) -> Provider | None:
        """The first provider with a role, or None."""
        return next((item for item in self.providers if item.role is role), None)

    @property
    def levels(self) -> tuple[str, ...]:
        """Every level of every service line once, in the order first named."""
        return tuple(dict.fromkeys(level for line in self.service_lines for level in line.levels))

    @property
    def criteria_set_ids(self) -> tuple[str, ...]:
        """Every criteria set that a service line is held against once, in the order first named."""
        named = (set_id for line in self.service_lines for set_id in line.criteria_set_ids)
        return tuple(dict.fromkeys(named))
