"""An in-memory stand-in for the services that the intake uses, so that its tests need neither store nor key."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from desktop.domain.case import Case
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.clock import FixedClock
from desktop.domain.determination import Determination
from desktop.domain.document import Document
from desktop.domain.errors import UserFacingError
from desktop.intake.validation import FieldProblem
from desktop.services.operation import OperationResult

CLOCK = FixedClock(datetime(2026, 11, 22, 14, 2, tzinfo=UTC))


class FakeCases:
    """Keeps one case; `saves` lists every save as (section, value), in order."""

    def __init__(self, case: Case) -> None:
        self.stored = case
        self.saves: list[tuple[str, Any]] = []
        self.found: tuple[FieldProblem, ...] = ()
        self.fails_with: Exception | None = None
        self.linked_documents: set[str] = set()
        self.threads: set[str] = set()

    def case(self, case_id: str) -> Case:
        self.threads.add(threading.current_thread().name.split("_")[0])
        assert case_id == self.stored.id
        return self.stored

    def problems(self, case_id: str) -> tuple[FieldProblem, ...]:
        return self.found

    def _put(self, section: str, value: Any) -> OperationResult[Case]:
        if self.fails_with is not None:
            raise self.fails_with
        self.stored = self.stored.model_copy(update={section: value})
        self.saves.append((section, value))
        return self._result()

    def _result(self) -> OperationResult[Case]:
        return OperationResult(
            self.stored, Changes(frozenset({ChangeFlag.CASE}), frozenset({self.stored.id}))
        )

    def __getattr__(self, name: str) -> Any:
        sections = {"save_question": "review_question"}
        section = sections.get(name, name.removeprefix("save_"))
        if not name.startswith("save_"):
            raise AttributeError(name)

        def save(case_id: str, value: Any) -> OperationResult[Case]:
            return self._put(section, value)

        return save

    def add_document(self, case_id: str, document: Document, file: object = None) -> OperationResult[Case]:
        return self._put("documents", (*self.stored.documents, document))

    def save_document_details(self, case_id: str, document: Document) -> OperationResult[Case]:
        return self._put(
            "documents", tuple(document if old.id == document.id else old for old in self.stored.documents)
        )

    def remove_document(self, case_id: str, document_id: str) -> OperationResult[Case]:
        if document_id in self.linked_documents:
            raise UserFacingError(
                "This document cannot be removed. 1 linked quotation(s) rest on it.",
                safe="Nothing was changed.",
                todo="Unlink them first.",
            )
        return self._put("documents", tuple(d for d in self.stored.documents if d.id != document_id))


class FakeViewState:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def remember(self, key: str, json_text: str) -> None:
        self.kept[key] = json_text

    def recall(self, key: str) -> str | None:
        return self.kept.get(key)


class FakeCodes:
    def __init__(self) -> None:
        self.threads: set[str] = set()

    def title(self, code: str) -> str | None:
        self.threads.add(threading.current_thread().name.split("_")[0])
        return None

    def search(self, query: str, limit: int = 20) -> tuple[tuple[str, str], ...]:
        self.threads.add(threading.current_thread().name.split("_")[0])
        table = (
            ("M96.0", "Pseudarthrosis after fusion or arthrodesis"),
            ("M54.50", "Low back pain, unspecified"),
        )
        return tuple(
            row
            for row in table
            if row[0].lower().startswith(query.lower()) or query.lower() in row[1].lower()
        )[:limit]


def _unsigned(case_id: str) -> Determination:
    return Determination(id="d1", version=1)


def fake_services(case: Case) -> Any:
    return SimpleNamespace(
        cases=FakeCases(case),
        view_state=FakeViewState(),
        diagnosis_codes=FakeCodes(),
        determinations=SimpleNamespace(current=_unsigned),
    )
