"""Criteria sets and filled reviews exchanged as FHIR R4 resources; reading and writing files is the caller's.

What a user typed or licensed, and whose review it is, leaves only when the caller says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.clock import Clock
from desktop.domain.member import Member
from desktop.rules.licence import require_may_leave
from desktop.rules.questionnaire_json import Object, write_json
from desktop.rules.questionnaire_response import response_of
from desktop.services.catalogue import Catalogue, no_such_set
from desktop.services.questionnaire_file import (
    ImportedQuestionnaire,
    import_questionnaire,
    questionnaire_text,
)
from desktop.services.review_view import view_of
from desktop.store.engine import Store

__all__ = ["CriteriaExchange", "ExportedResponse", "ImportedQuestionnaire", "import_questionnaire"]


@dataclass(frozen=True, slots=True)
class ExportedResponse:
    """The JSON of a QuestionnaireResponse, and remarks on what it leaves out or holds."""

    text: str
    remarks: tuple[str, ...]


class CriteriaExchange:
    """Questionnaires and responses over one open store."""

    def __init__(self, store: Store, catalogue: Catalogue, clock: Clock) -> None:
        self._store = store
        self._catalogue = catalogue
        self._clock = clock

    def import_questionnaire(self, source: bytes | Path) -> ImportedQuestionnaire:
        """A questionnaire as a draft set for the editor; nothing is stored. Raises UserFacingError."""
        return import_questionnaire(source, [item.id for item in self._catalogue.library().sets])

    def export_questionnaire(self, set_id: str, *, with_user_text: bool = False) -> str:
        """A set as the JSON of a FHIR R4 Questionnaire.

        Raises UserFacingError for an unknown set, and for one that is not public unless `with_user_text`.
        """
        return questionnaire_text(self._catalogue.set_called(set_id), with_user_text=with_user_text)

    def export_response(
        self,
        case_id: str,
        line_id: str,
        set_id: str,
        *,
        with_user_text: bool = False,
        with_subject: bool = False,
    ) -> ExportedResponse:
        """The answers of a case's service line to a set as the JSON of a FHIR R4 QuestionnaireResponse.

        The patient is named only `with_subject`. Quoted words and notes stand as the reviewer linked and wrote them.
        Once the case is signed, the edition that was signed answers. Raises UserFacingError for an unknown line or
        set, and for a set that is not public unless `with_user_text`.
        """
        view = view_of(self._store, self._catalogue, case_id)
        line = next((item for item in view.case.service_lines if item.id == line_id), None)
        found = next((item for item in view.sets if item.id == set_id), None)
        if line is None or found is None or set_id not in line.criteria_set_ids:
            raise no_such_set(set_id, " for this service line")
        require_may_leave(found, with_user_text)
        response = response_of(
            found,
            line,
            view.assessments,
            view.links,
            documents=view.case.documents,
            authored=self._clock.now(),
            subject=_subject(view.case.member) if with_subject else None,
        )
        return ExportedResponse(write_json(response.document), (*response.remarks, _READ_FIRST))

    def note_response(self, case_id: str) -> None:
        """Put into the audit chain that a filled review left the store; a store open for viewing keeps none."""
        if not self._store.is_read_only:
            self._store.record("review_saved_as_fhir", "Review saved as a FHIR response", case_id=case_id)


_READ_FIRST = (
    "Quoted words and notes stand as they are and may name the patient: read the file before it leaves."
)


def _subject(member: Member) -> Object | None:
    subject: Object = {"type": "Patient"}
    if member.member_id:
        subject["identifier"] = {"value": member.member_id}
    if member.full_name:
        subject["display"] = member.full_name
    return subject if len(subject) > 1 else None
