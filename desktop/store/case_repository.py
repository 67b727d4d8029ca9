"""Cases in the store: read whole, written by the rows that differ; it must not know what a case means."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from desktop.domain.case import Case
from desktop.domain.worklist import WorklistQuery, WorklistRow
from desktop.store import case_rows, worklist_query
from desktop.store.errors import CaseExistsError, CaseNotFoundError
from desktop.store.file_repository import let_go
from desktop.store.row_changes import Row
from desktop.store.rows import RowReader, RowWriter, table_named

_REVIEW_TABLES = (
    "task",
    "evidence_link",
    "assessment",
    "determination",
    "letter",
    "letter_version",
    "case_item",
    "document_file",
)


class CaseReader:
    """Reading cases."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def get(self, case_id: str) -> Case:
        """The whole case. Raises CaseNotFoundError."""
        own = self._own_row(case_id)
        rows = {table: self._reader.all(table, {"case_id": case_id}) for table in case_rows.ONE_ROW_TABLES}
        for table in case_rows.LIST_TABLES:
            rows[table] = self._reader.all(table, {"case_id": case_id}, order_by=("position",))
        return case_rows.assembled(own, rows)

    def exists(self, case_id: str) -> bool:
        """Whether there is a case with this id."""
        return self._reader.one(case_rows.CASE_TABLE, {"id": case_id}) is not None

    def id_of(self, number: str) -> str | None:
        """The id of the case with a number, or None."""
        found = self._reader.one(case_rows.CASE_TABLE, {"number": number}) if number else None
        return str(found["id"]) if found else None

    def worklist(self, query: WorklistQuery) -> tuple[WorklistRow, ...]:
        """One page of the worklist."""
        return worklist_query.page(self._reader.connection, query)

    def count(self, query: WorklistQuery) -> int:
        """How many cases the query finds, on all its pages."""
        return worklist_query.count(self._reader.connection, query)

    def using_set(self, set_id: str) -> tuple[str, ...]:
        """The ids of the cases with a service line that is held against a criteria set, by case number."""
        return worklist_query.cases_using_set(self._reader.connection, set_id)

    def member_names(self, except_case_id: str) -> frozenset[tuple[str, str]]:
        """Given and family name of the members of every case but one; only names that are there."""
        members = table_named("member")
        query = select(members.c.given_name, members.c.family_name).where(members.c.case_id != except_case_id)
        found = self._reader.connection.execute(query)
        return frozenset((given, family) for given, family in found if given or family)

    def next_number(self, year: int) -> str:
        """The next free case number of a year (`26-0001`); never one that was given before."""
        prefix = f"{year % 100:02d}"
        series = self._reader.one("number_series", {"prefix": prefix})
        last = series["last"] if series else 0
        return f"{prefix}-{(last if isinstance(last, int) else 0) + 1:04d}"

    def _own_row(self, case_id: str) -> Row:
        own = self._reader.one(case_rows.CASE_TABLE, {"id": case_id})
        if own is None:
            raise CaseNotFoundError
        return own


class CaseWriter(CaseReader):
    """Reading and writing cases."""

    def __init__(self, rows: RowWriter, now: datetime, *, is_final: bool) -> None:
        super().__init__(rows)
        self._rows = rows
        self._now = now.isoformat()
        self._is_final = is_final

    def add(self, case: Case) -> None:
        """Store a new case. Raises CaseExistsError for an id or a number that is taken."""
        if self.exists(case.id):
            raise CaseExistsError
        self._require_free(case)
        own = case_rows.case_row(case, created_at=self._now, updated_at=self._now)
        case_rows.check(case_rows.CASE_TABLE, own)
        self._rows.insert(case_rows.CASE_TABLE, own)
        for table, rows in case_rows.shredded(case).items():
            for row in rows:
                case_rows.check(table, row)
                self._rows.insert(table, row)
        self._note_number(case.number)

    def put(self, case: Case) -> None:
        """Store a case that is there, touching only the rows that differ. Raises CaseNotFoundError, CaseExistsError."""
        old = self._own_row(case.id)
        if case.number != old["number"]:
            self._require_free(case)
            self._note_number(case.number)
        own = {**old, **case_rows.case_row(case, created_at="", updated_at="")}
        own |= {"created_at": old["created_at"], "updated_at": old["updated_at"]}
        if own != old:
            case_rows.check(case_rows.CASE_TABLE, own)
        self._rows.update(case_rows.CASE_TABLE, old, own)
        for table, rows in case_rows.shredded(case).items():
            present = self._rows.all(table, {"case_id": case.id})
            for row in rows:
                if row not in present:
                    case_rows.check(table, row)
            self._rows.replace(table, rows, {"case_id": case.id})
        documents = {document.id for document in case.documents}
        for file in self._rows.all("document_file", {"case_id": case.id}):
            if file["document_id"] not in documents:
                self._rows.delete("document_file", file)

    def delete(self, case_id: str) -> None:
        """Remove a case with its whole review, its letters and files.

        Where this cannot be undone, the bytes of archived PDFs and kept files that nothing else uses go too.
        """
        own = self._own_row(case_id)
        archived = [
            row["pdf_sha256"] for row in self._rows.all("letter", {"case_id": case_id}) if row["pdf_sha256"]
        ]
        for table in (*_REVIEW_TABLES, *case_rows.LIST_TABLES, *case_rows.ONE_ROW_TABLES):
            self._rows.replace(table, (), {"case_id": case_id})
        self._rows.delete(case_rows.CASE_TABLE, own)
        if not self._is_final:
            return
        let_go(self._rows, case_id)
        for sha256 in archived:
            pdf = self._rows.one("letter_pdf", {"sha256": sha256})
            if pdf is not None and not self._rows.all("letter", {"pdf_sha256": sha256}):
                self._rows.delete("letter_pdf", pdf)

    def _require_free(self, case: Case) -> None:
        if case.number and self._rows.all(case_rows.CASE_TABLE, {"number": case.number}):
            raise CaseExistsError(f"The case number {case.number} is already in use.")

    def _note_number(self, number: str) -> None:
        prefix, dash, rest = number.partition("-")
        if not (dash and len(prefix) == 2 and prefix.isdecimal() and rest.isascii() and rest.isdecimal()):
            return
        series = self._rows.one("number_series", {"prefix": prefix})
        last = series["last"] if series else 0
        if int(rest) > (last if isinstance(last, int) else 0) and len(rest) < 10:
            self._rows.put("number_series", {"prefix": prefix, "last": int(rest)})
