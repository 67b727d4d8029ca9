"""Operations on the record of a case: opening, intake sections, documents and import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.domain.case import Case
from desktop.domain.case_file import CaseFile
from desktop.domain.changes import ChangeFlag
from desktop.domain.clinical import ConservativeTreatment, FunctionScore, History, ImagingStudy
from desktop.domain.clock import Clock
from desktop.domain.denial import AdverseDetermination
from desktop.domain.determination import Determination, LineDetermination
from desktop.domain.document import Document
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import ReceivedFile
from desktop.domain.member import Coverage, Member, Provider
from desktop.domain.service_line import Diagnosis, ServiceLine
from desktop.domain.value import new_id
from desktop.domain.worklist import WorklistQuery, WorklistRow
from desktop.intake.validation import FieldProblem, validate_case
from desktop.services.catalogue import Catalogue
from desktop.services.file_review import review_of
from desktop.services.files import keep_in
from desktop.services.operation import OperationResult, result
from desktop.services.signature_lock import require_open_review
from desktop.services.typed_place import typed_place
from desktop.store.engine import Store, UnitOfWork


class Cases:
    """The record. Each save replaces one section; the store writes only the rows that differ."""

    def __init__(self, store: Store, clock: Clock, catalogue: Catalogue) -> None:
        self._store = store
        self._clock = clock
        self._catalogue = catalogue

    # Reading

    def worklist(self, query: WorklistQuery) -> tuple[WorklistRow, ...]:
        """One page of the worklist, filtered and ordered by the store."""
        with self._store.read() as reader:
            return reader.cases.worklist(query)

    def case(self, case_id: str) -> Case:
        """The whole case. Raises CaseNotFoundError."""
        with self._store.read() as reader:
            return reader.cases.get(case_id)

    def id_of(self, number: str) -> str | None:
        """The id of the case with a number, or None."""
        with self._store.read() as reader:
            return reader.cases.id_of(number)

    def problems(self, case_id: str) -> tuple[FieldProblem, ...]:
        """What is wrong or missing in the record, field by field, in words."""
        return validate_case(self.case(case_id), self._clock.today())

    # Opening

    def new_case(self) -> OperationResult[Case]:
        """Open an empty draft with the next free number."""
        with self._store.write(
            "case_opened", "New case", case_id=(case_id := new_id()), undoable=False
        ) as work:
            case = Case(id=case_id, number=work.cases.next_number(self._clock.today().year))
            work.cases.add(case)
        return result(case, case_id, ChangeFlag.CASE_LIST)

    def import_case(
        self,
        case_file: CaseFile,
        *,
        name: str = "The case file",
        files: Mapping[str, ReceivedFile] | None = None,
    ) -> OperationResult[Case]:
        """Store a case file: record, typed criteria, assessments, links, files and draft determination in one step.

        A signature in the file is not taken over: only a person at this keyboard can sign. `name` is for messages.
        Raises CaseFileError when the file names criteria that are not there: their answers would be lost unseen.
        """
        case = case_file.case
        own_sets = self._catalogue.criteria_of(case_file, name)
        assessments, links = review_of(case_file)
        with self._store.write("case_imported", "Import case", case_id=case.id, undoable=False) as work:
            if work.cases.exists(case.id):
                raise UserFacingError(
                    "This case is already in your store.",
                    safe="Nothing was changed.",
                    todo="Open it from the desk, or give the case in the file another id.",
                )
            if not case.number or work.cases.id_of(case.number) is not None:
                number = work.cases.next_number(self._clock.today().year)
                case = case.model_copy(update={"number": number})
            work.cases.add(case)
            for text, criteria_set in own_sets:
                work.criteria.put(criteria_set.id, text, criteria_set.licence)
                work.archive.add(criteria_set)
            for document_id, file in (files or {}).items():
                keep_in(work, case.id, document_id, file)
            for assessment in assessments:
                work.review.put_assessment(case.id, assessment)
            for link in links:
                work.review.add_link(case.id, link)
            if case_file.determinations:
                lines = tuple(LineDetermination(**item.model_dump()) for item in case_file.determinations)
                work.determinations.put(case.id, Determination(id=new_id(), version=1, lines=lines))
        return result(case, case.id, ChangeFlag.CASE_LIST, ChangeFlag.CRITERIA)

    # Sections of the intake

    def save_question(self, case_id: str, question: str) -> OperationResult[Case]:
        """Save the review question."""
        return self._save(case_id, "question_saved", "Edit review question", review_question=question)

    def save_member(self, case_id: str, member: Member) -> OperationResult[Case]:
        """Save the member."""
        return self._save(case_id, "member_saved", "Edit member", member=member)

    def save_coverage(self, case_id: str, coverage: Coverage) -> OperationResult[Case]:
        """Save the coverage."""
        return self._save(case_id, "coverage_saved", "Edit coverage", coverage=coverage)

    def save_denial(self, case_id: str, denial: AdverseDetermination) -> OperationResult[Case]:
        """Save the denial."""
        return self._save(case_id, "denial_saved", "Edit denial", denial=denial)

    def save_history(self, case_id: str, history: History) -> OperationResult[Case]:
        """Save history, prior surgeries and facts."""
        return self._save(case_id, "history_saved", "Edit history", history=history)

    def save_providers(self, case_id: str, providers: tuple[Provider, ...]) -> OperationResult[Case]:
        """Save the providers."""
        return self._save(case_id, "providers_saved", "Edit providers", providers=providers)

    def save_service_lines(self, case_id: str, lines: tuple[ServiceLine, ...]) -> OperationResult[Case]:
        """Save the service lines; refused once the determination is signed, because it speaks of them."""
        return self._save(
            case_id, "service_lines_saved", "Edit service lines", locked=True, service_lines=lines
        )

    def save_diagnoses(self, case_id: str, diagnoses: tuple[Diagnosis, ...]) -> OperationResult[Case]:
        """Save the diagnoses."""
        return self._save(case_id, "diagnoses_saved", "Edit diagnoses", diagnoses=diagnoses)

    def save_treatments(
        self, case_id: str, treatments: tuple[ConservativeTreatment, ...]
    ) -> OperationResult[Case]:
        """Save the conservative treatments."""
        return self._save(case_id, "treatments_saved", "Edit treatments", treatments=treatments)

    def save_scores(self, case_id: str, scores: tuple[FunctionScore, ...]) -> OperationResult[Case]:
        """Save the function scores."""
        return self._save(case_id, "scores_saved", "Edit scores", scores=scores)

    def save_imaging(self, case_id: str, imaging: tuple[ImagingStudy, ...]) -> OperationResult[Case]:
        """Save the imaging studies; refused once signed, because silence is judged by their findings."""
        return self._save(case_id, "imaging_saved", "Edit imaging", locked=True, imaging=imaging)

    # Documents

    def add_document(
        self, case_id: str, document: Document, file: ReceivedFile | None = None
    ) -> OperationResult[Case]:
        """Add a document at the end of the record, with the file it was read from."""
        with self._store.write("document_added", "Add document", case_id=case_id) as work:
            case = work.cases.get(case_id)
            if case.document(document.id) is not None:
                raise UserFacingError(
                    "A document with this id is already in the case.",
                    safe="Nothing was changed.",
                    todo="Add it as a new document.",
                )
            case = case.model_copy(update={"documents": (*case.documents, document)})
            work.cases.put(case)
            if file is not None:
                keep_in(work, case_id, document.id, file)
        return result(case, case_id, ChangeFlag.CASE, ChangeFlag.DOCUMENTS)

    def save_document_details(self, case_id: str, document: Document) -> OperationResult[Case]:
        """Save kind, title, date, author and facility; text and pages only while no evidence rests on them.

        Kind and date of evidence decide results, so they are refused once the determination is signed.
        """
        with self._store.write("document_saved", "Edit document", case_id=case_id) as work:
            case = work.cases.get(case_id)
            old = case.document(document.id)
            if old is None:
                raise UserFacingError(
                    "This document is not in the case any more.",
                    safe="Nothing was changed.",
                    todo="Add it as a new document.",
                )
            if (old.text, old.page_starts) != (document.text, document.page_starts):
                self._require_no_evidence(
                    work, case_id, document.id, "The text of this document cannot change."
                )
            if (old.kind, old.dated_on) != (document.kind, document.dated_on) and _resting(
                work, case_id, old.id
            ):
                require_open_review(work, case_id)
            documents = tuple(document if item.id == document.id else item for item in case.documents)
            work.typing_in = typed_place(case, {"documents": documents})
            case = case.model_copy(update={"documents": documents})
            work.cases.put(case)
        return result(case, case_id, ChangeFlag.CASE, ChangeFlag.DOCUMENTS, ChangeFlag.EVIDENCE)

    def remove_document(self, case_id: str, document_id: str) -> OperationResult[Case]:
        """Remove a document; refused while evidence rests on it."""
        with self._store.write("document_removed", "Remove document", case_id=case_id) as work:
            self._require_no_evidence(work, case_id, document_id, "This document cannot be removed.")
            case = work.cases.get(case_id)
            documents = tuple(item for item in case.documents if item.id != document_id)
            case = case.model_copy(update={"documents": documents})
            work.cases.put(case)
        return result(case, case_id, ChangeFlag.CASE, ChangeFlag.DOCUMENTS)

    def _require_no_evidence(self, work: UnitOfWork, case_id: str, document_id: str, what: str) -> None:
        if resting := _resting(work, case_id, document_id):
            raise UserFacingError(
                f"{what} {resting} linked quotation(s) rest on it.",
                safe="Nothing was changed.",
                todo="Unlink them first, or add the corrected text as a new document.",
            )

    def _save(
        self, case_id: str, operation: str, label: str, *, locked: bool = False, **sections: Any
    ) -> OperationResult[Case]:
        with self._store.write(operation, label, case_id=case_id) as work:
            if locked:
                require_open_review(work, case_id)
            case = work.cases.get(case_id)
            work.typing_in = typed_place(case, sections)
            case = case.model_copy(update=sections)
            work.cases.put(case)
        return result(case, case_id, ChangeFlag.CASE, ChangeFlag.CASE_LIST)


def _resting(work: UnitOfWork, case_id: str, document_id: str) -> int:
    """How many linked quotations rest on a document."""
    return sum(link.span.document_id == document_id for link in work.review.links(case_id))
