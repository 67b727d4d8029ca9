"""One reading or one transaction: the repositories over one connection. It must not outlive its `with` block."""

from __future__ import annotations

from datetime import datetime

from desktop.store.archive_repository import ArchiveReader, ArchiveWriter
from desktop.store.case_repository import CaseReader, CaseWriter
from desktop.store.determination_repository import DeterminationReader, DeterminationWriter
from desktop.store.file_repository import DocumentFileReader, DocumentFileWriter, KeptReader, KeptWriter
from desktop.store.item_repository import CaseItemReader, CaseItemWriter, HouseReader, HouseWriter
from desktop.store.letter_repository import LetterReader, LetterWriter
from desktop.store.library_repository import CriteriaReader, CriteriaWriter, ProfileReader, ProfileWriter
from desktop.store.reference_repository import ReferenceReader, ReferenceWriter
from desktop.store.review_repository import ReviewReader, ReviewWriter
from desktop.store.rows import RowReader, RowWriter
from desktop.store.task_repository import TaskReader, TaskWriter


class Reader:
    """The store as it stood at one moment."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    @property
    def cases(self) -> CaseReader:
        """Cases."""
        return CaseReader(self._reader)

    @property
    def review(self) -> ReviewReader:
        """Assessments and evidence links."""
        return ReviewReader(self._reader)

    @property
    def determinations(self) -> DeterminationReader:
        """Determinations."""
        return DeterminationReader(self._reader)

    @property
    def letters(self) -> LetterReader:
        """Letters, their kept versions and archived PDFs."""
        return LetterReader(self._reader)

    @property
    def items(self) -> CaseItemReader:
        """Comments, deliveries, redactions and the like."""
        return CaseItemReader(self._reader)

    @property
    def files(self) -> DocumentFileReader:
        """Which file each document was read from."""
        return DocumentFileReader(self._reader)

    @property
    def kept(self) -> KeptReader:
        """The bytes of kept files."""
        return KeptReader(self._reader)

    @property
    def house(self) -> HouseReader:
        """Letterheads, snippets, templates and kept pictures."""
        return HouseReader(self._reader)

    @property
    def criteria(self) -> CriteriaReader:
        """Criteria sets the user typed."""
        return CriteriaReader(self._reader)

    @property
    def archive(self) -> ArchiveReader:
        """Editions of criteria sets that were used."""
        return ArchiveReader(self._reader)

    @property
    def references(self) -> ReferenceReader:
        """References the user added, and marks."""
        return ReferenceReader(self._reader)

    @property
    def tasks(self) -> TaskReader:
        """Tasks."""
        return TaskReader(self._reader)

    @property
    def profile(self) -> ProfileReader:
        """The reviewer."""
        return ProfileReader(self._reader)


class UnitOfWork(Reader):
    """The same repositories, with their writes, inside one transaction; `is_final`: no step to undo is kept of it."""

    def __init__(self, rows: RowWriter, now: datetime, *, is_final: bool = False) -> None:
        super().__init__(rows)
        self._rows = rows
        self._now = now
        self._is_final = is_final
        self.typing_in: str | None = None
        """The place of the text that is being typed, if the operation saves only that: see `Store.write`."""

    @property
    def cases(self) -> CaseWriter:
        """Cases."""
        return CaseWriter(self._rows, self._now, is_final=self._is_final)

    @property
    def review(self) -> ReviewWriter:
        """Assessments and evidence links."""
        return ReviewWriter(self._rows)

    @property
    def determinations(self) -> DeterminationWriter:
        """Determinations."""
        return DeterminationWriter(self._rows)

    @property
    def letters(self) -> LetterWriter:
        """Letters, their kept versions and archived PDFs."""
        return LetterWriter(self._rows, self._now)

    @property
    def items(self) -> CaseItemWriter:
        """Comments, deliveries, redactions and the like."""
        return CaseItemWriter(self._rows)

    @property
    def files(self) -> DocumentFileWriter:
        """Which file each document was read from."""
        return DocumentFileWriter(self._rows)

    @property
    def kept(self) -> KeptWriter:
        """The bytes of kept files."""
        return KeptWriter(self._rows, self._now)

    @property
    def house(self) -> HouseWriter:
        """Letterheads, snippets, templates and kept pictures."""
        return HouseWriter(self._rows)

    @property
    def criteria(self) -> CriteriaWriter:
        """Criteria sets the user typed."""
        return CriteriaWriter(self._rows, self._now)

    @property
    def archive(self) -> ArchiveWriter:
        """Editions of criteria sets that were used."""
        return ArchiveWriter(self._rows, self._now)

    @property
    def references(self) -> ReferenceWriter:
        """References the user added, and marks."""
        return ReferenceWriter(self._rows, self._now)

    @property
    def tasks(self) -> TaskWriter:
        """Tasks."""
        return TaskWriter(self._rows)

    @property
    def profile(self) -> ProfileWriter:
        """The reviewer."""
        return ProfileWriter(self._rows)
