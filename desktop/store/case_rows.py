"""A case taken apart into the rows of its tables, and put together again; it must not touch the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.domain.case import Case
from desktop.domain.clinical import (
    ClinicalFact,
    ConservativeTreatment,
    Finding,
    FunctionScore,
    History,
    ImagingStudy,
    Measurement,
    PriorSurgery,
)
from desktop.domain.denial import AdverseDetermination, DenialReason
from desktop.domain.document import Document
from desktop.domain.member import Coverage, Member, Provider
from desktop.domain.service_line import Diagnosis, ServiceLine
from desktop.domain.value import Value
from desktop.store.errors import DuplicateIdError
from desktop.store.mappers import Mapper
from desktop.store.row_changes import Row

_PARTS = (
    "member",
    "coverage",
    "denial",
    "history",
    "providers",
    "service_lines",
    "diagnoses",
    "treatments",
    "scores",
    "imaging",
    "documents",
)
_CASE = Mapper("case_row", Case, elsewhere=frozenset(_PARTS))
_MEMBER = Mapper("member", Member)
_COVERAGE = Mapper("coverage", Coverage)
_DENIAL = Mapper("denial", AdverseDetermination, elsewhere=frozenset({"reasons"}))
_HISTORY = Mapper("history", History, elsewhere=frozenset({"prior_surgeries", "facts"}))
_STUDY = Mapper("imaging_study", ImagingStudy, elsewhere=frozenset({"findings", "measurements"}))
_REASON = Mapper("denial_reason", DenialReason)
_SURGERY = Mapper("prior_surgery", PriorSurgery)
_FACT = Mapper("clinical_fact", ClinicalFact)
_PROVIDER = Mapper("provider", Provider)
_LINE = Mapper("service_line", ServiceLine)
_DIAGNOSIS = Mapper("diagnosis", Diagnosis)
_TREATMENT = Mapper("treatment", ConservativeTreatment)
_SCORE = Mapper("function_score", FunctionScore)
_FINDING = Mapper("finding", Finding)
_MEASUREMENT = Mapper("measurement", Measurement)
_DOCUMENT = Mapper("document", Document)

CASE_TABLE = _CASE.table
ONE_ROW_TABLES = tuple(mapper.table for mapper in (_MEMBER, _COVERAGE, _DENIAL, _HISTORY))
LIST_TABLES = tuple(
    mapper.table
    for mapper in (
        _REASON,
        _SURGERY,
        _FACT,
        _PROVIDER,
        _LINE,
        _DIAGNOSIS,
        _TREATMENT,
        _SCORE,
        _STUDY,
        _FINDING,
        _MEASUREMENT,
        _DOCUMENT,
    )
)
_CHECKS: dict[str, Mapper[Any]] = {
    mapper.table: mapper
    for mapper in (
        _MEMBER,
        _COVERAGE,
        _REASON,
        _SURGERY,
        _FACT,
        _PROVIDER,
        _LINE,
        _DIAGNOSIS,
        _TREATMENT,
        _SCORE,
        _FINDING,
        _MEASUREMENT,
        _DOCUMENT,
        _CASE,
        _DENIAL,
        _HISTORY,
        _STUDY,
    )
}

Rows = Mapping[str, Sequence[Row]]


def check(table: str, row: Row) -> None:
    """Raise UnstorableValueError unless a row of the record can be read again."""
    _CHECKS[table].check(row)


def case_row(case: Case, *, created_at: str, updated_at: str) -> Row:
    """The case's own row."""
    return _CASE.row(case, created_at=created_at, updated_at=updated_at)


def shredded(case: Case) -> dict[str, list[Row]]:
    """Every other row of the case, by table. Raises DuplicateIdError."""
    rows: dict[str, list[Row]] = {table: [] for table in (*ONE_ROW_TABLES, *LIST_TABLES)}
    rows[_MEMBER.table].append(_MEMBER.row(case.member, case_id=case.id))
    rows[_COVERAGE.table].append(_COVERAGE.row(case.coverage, case_id=case.id))
    rows[_DENIAL.table].append(_DENIAL.row(case.denial, case_id=case.id))
    rows[_HISTORY.table].append(_HISTORY.row(case.history, case_id=case.id))
    _put(rows, _REASON, case.denial.reasons, case_id=case.id)
    _put(rows, _SURGERY, case.history.prior_surgeries, case_id=case.id)
    _put(rows, _FACT, case.history.facts, case_id=case.id)
    _put(rows, _PROVIDER, case.providers, case_id=case.id)
    _put(rows, _LINE, case.service_lines, case_id=case.id)
    _put(rows, _DIAGNOSIS, case.diagnoses, case_id=case.id)
    _put(rows, _TREATMENT, case.treatments, case_id=case.id)
    _put(rows, _SCORE, case.scores, case_id=case.id)
    _put(rows, _STUDY, case.imaging, case_id=case.id)
    _put(rows, _DOCUMENT, case.documents, case_id=case.id)
    for study in case.imaging:
        _put(rows, _FINDING, study.findings, case_id=case.id, study_id=study.id)
        _put(rows, _MEASUREMENT, study.measurements, case_id=case.id, study_id=study.id)
    return rows


def assembled(own: Row, rows: Rows) -> Case:
    """The case of its own row and all its other rows, each table's in order of position."""
    denial = _DENIAL.read(rows[_DENIAL.table][0], reasons=_read(rows, _REASON))
    history = _HISTORY.read(
        rows[_HISTORY.table][0], prior_surgeries=_read(rows, _SURGERY), facts=_read(rows, _FACT)
    )
    imaging = tuple(
        _STUDY.read(
            row,
            findings=_read(rows, _FINDING, study_id=row["id"]),
            measurements=_read(rows, _MEASUREMENT, study_id=row["id"]),
        )
        for row in rows[_STUDY.table]
    )
    return _CASE.read(
        own,
        member=_MEMBER.read(rows[_MEMBER.table][0]),
        coverage=_COVERAGE.read(rows[_COVERAGE.table][0]),
        denial=denial,
        history=history,
        imaging=imaging,
        providers=_read(rows, _PROVIDER),
        service_lines=_read(rows, _LINE),
        diagnoses=_read(rows, _DIAGNOSIS),
        treatments=_read(rows, _TREATMENT),
        scores=_read(rows, _SCORE),
        documents=_read(rows, _DOCUMENT),
    )


def _put(rows: dict[str, list[Row]], mapper: Mapper[Any], values: Sequence[Value], **owner: str) -> None:
    seen: set[object] = set()
    for position, value in enumerate(values):
        row = mapper.row(value, position=position, **owner)
        if row["id"] in seen:
            raise DuplicateIdError(mapper.table, str(row["id"]))
        seen.add(row["id"])
        rows[mapper.table].append(row)


def _read(rows: Rows, mapper: Mapper[Any], study_id: object = None) -> tuple[Any, ...]:
    return tuple(
        mapper.read(row) for row in rows[mapper.table] if study_id is None or row["study_id"] == study_id
    )
