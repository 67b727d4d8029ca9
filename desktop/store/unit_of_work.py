"""One reading or one transaction: the repositories over one connection. It must not outlive its `with` block."""

from __future__ import annotations

from datetime import datetime

from desktop.store.archive_repository import ArchiveReader, ArchiveWriter
from desktop.store.case_repository import CaseReader, CaseWriter
from desktop.store.determination_repository import DeterminationReader, DeterminationWriter
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
        """Letters and archived PDFs."""
        return LetterReader(self._reader)

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
    """The same repositories, with their writes, inside one transaction."""

    def __init__(self, rows: RowWriter, now: datetime) -> None:
        super().__init__(rows)
        self._rows = rows
        self._now = now
        self.typing_in: str | None = None
        """The place of the text that is being typed, if the operation saves only that: see `Store.write`."""

    @property
    def cases(self) -> CaseWriter:
        """Cases."""
        return CaseWriter(self._rows, self._now)

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
        """Letters and archived PDFs."""
        return LetterWriter(self._rows, self._now)

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
