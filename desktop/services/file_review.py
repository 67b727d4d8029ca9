"""The review that a case file carries, as answers and sealed links; it must not store anything."""

from __future__ import annotations

from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink
from desktop.domain.case_file import CaseFile
from desktop.domain.errors import UserFacingError
from desktop.domain.value import new_id
from desktop.intake.case_json import evidence_span


def review_of(case_file: CaseFile) -> tuple[list[CriterionAssessment], list[EvidenceLink]]:
    """The file's answers and links. Raises UserFacingError for words of a document that is not in the case."""
    assessments: list[CriterionAssessment] = []
    links: list[EvidenceLink] = []
    for item in case_file.assessments:
        key = AssessmentKey(set_id=item.set_id, criterion_id=item.criterion_id, subject=item.subject)
        if item.state is not None or item.note or item.amount is not None:
            assessments.append(
                CriterionAssessment(
                    key=key,
                    state=item.state,
                    note=item.note,
                    amount=item.amount,
                    arithmetic=item.arithmetic,
                    exception_source=item.exception_source,
                )
            )
        for evidence in item.evidence:
            document = case_file.case.document(evidence.document_id)
            if document is None:
                # The loader reports this with its path; a CaseFile that was built in code has not seen the loader.
                raise UserFacingError(
                    f"Evidence for {item.criterion_id} names a document that is not in the case.",
                    safe="Nothing was stored.",
                    todo="Name one of the case's documents.",
                )
            span = evidence_span(document, evidence)
            links.append(
                EvidenceLink(id=new_id(), key=key, span=span, stance=evidence.stance, note=evidence.note)
            )
    return assessments, links
