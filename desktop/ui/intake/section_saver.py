"""Lays edits over the newest case and saves the section they belong to; runs in the db lane and touches no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from desktop.domain.case import Case
from desktop.domain.changes import Changes
from desktop.domain.document import Document
from desktop.ui.intake.case_edits import AddItem, Edit, RemoveItem, SetField, apply_edits

if TYPE_CHECKING:
    from desktop.services.operation import OperationResult
    from desktop.services.workspace import Services

_SAVES = {
    "review_question": "save_question",
    "member": "save_member",
    "coverage": "save_coverage",
    "denial": "save_denial",
    "history": "save_history",
    "providers": "save_providers",
    "service_lines": "save_service_lines",
    "diagnoses": "save_diagnoses",
    "treatments": "save_treatments",
    "scores": "save_scores",
    "imaging": "save_imaging",
}


def save_edits(services: Services, case_id: str, root: str, edits: tuple[Edit, ...]) -> OperationResult[Case]:
    """Save one section: the newest case is read, the edits are laid over it, and that section is written."""
    if root == "documents":
        return _save_documents(services, case_id, edits)
    case = apply_edits(services.cases.case(case_id), edits)
    save = getattr(services.cases, _SAVES[root])
    return cast("OperationResult[Case]", save(case_id, getattr(case, root)))


def _save_documents(services: Services, case_id: str, edits: tuple[Edit, ...]) -> OperationResult[Case]:
    """Documents are saved one by one, because evidence may rest on each of them."""
    results: list[OperationResult[Case]] = []
    changed: dict[str, None] = {}
    for edit in edits:
        match edit:
            case SetField():
                changed[edit.path[1]] = None
            case AddItem():
                results.append(services.cases.add_document(case_id, cast("Document", edit.item), edit.file))
            case RemoveItem():
                results.append(services.cases.remove_document(case_id, edit.path[1]))
    typed = tuple(edit for edit in edits if isinstance(edit, SetField))
    case = apply_edits(services.cases.case(case_id), typed)
    for document_id in changed:
        document = case.document(document_id)
        if document is not None:
            results.append(services.cases.save_document_details(case_id, document))
    flags = frozenset(flag for item in results for flag in item.changes.flags)
    changes = Changes(flags, frozenset({case_id}))
    newest = results[-1].value if results else case
    return _result(newest, changes)


def _result(case: Case, changes: Changes) -> OperationResult[Case]:
    from desktop.services.operation import OperationResult

    return OperationResult(case, changes)
