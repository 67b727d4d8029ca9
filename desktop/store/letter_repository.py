"""Letters, their kept versions and archived PDFs in the store. An issued letter and a version are never changed."""

from __future__ import annotations

import hashlib
from datetime import datetime

from desktop.domain.errors import SignedRecordError
from desktop.domain.letter import Letter, LetterState
from desktop.domain.letter_history import LetterVersion
from desktop.store.errors import MissingPdfError
from desktop.store.file_repository import keep_for
from desktop.store.mappers import Mapper
from desktop.store.rows import RowReader, RowWriter

_LETTER = Mapper("letter", Letter)
_VERSION = Mapper("letter_version", LetterVersion)


class LetterReader:
    """Reading letters."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def all(self, case_id: str) -> tuple[Letter, ...]:
        """Every letter of a case, oldest first."""
        rows = self._reader.all("letter", {"case_id": case_id}, order_by=("position",))
        return tuple(_LETTER.read(row) for row in rows)

    def get(self, case_id: str, letter_id: str) -> Letter | None:
        """The letter with an id, or None."""
        row = self._reader.one("letter", {"case_id": case_id, "id": letter_id})
        return _LETTER.read(row) if row else None

    def versions(self, case_id: str, letter_id: str) -> tuple[LetterVersion, ...]:
        """The kept versions of a letter, oldest first."""
        where = {"case_id": case_id, "letter_id": letter_id}
        rows = self._reader.all("letter_version", where, order_by=("number",))
        return tuple(_VERSION.read(row) for row in rows)

    def is_cited_in_issued(self, reference_id: str) -> bool:
        """Whether a letter that was issued, of any case, cites a reference."""
        rows = self._reader.all("letter", {"state": LetterState.ISSUED.value})
        return any(f"[@{reference_id}]" in str(row["content"]) for row in rows)

    def pdf(self, sha256: str) -> bytes:
        """The archived bytes with a hash, checked against it. Raises MissingPdfError."""
        row = self._reader.one("letter_pdf", {"sha256": sha256})
        content = row["content"] if row else None
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != sha256:
            raise MissingPdfError
        return content


class LetterWriter(LetterReader):
    """Reading and writing letters."""

    def __init__(self, rows: RowWriter, now: datetime) -> None:
        super().__init__(rows)
        self._rows = rows
        self._now = now.isoformat()

    def put(self, case_id: str, letter: Letter) -> None:
        """Store a letter, new at the end or changed. Raises SignedRecordError when the stored one was issued."""
        present = self._rows.all("letter", {"case_id": case_id}, order_by=("position",))
        old = next((row for row in present if row["id"] == letter.id), None)
        # Behind the last one: where a draft was thrown away, counting them would give a place twice.
        last = present[-1]["position"] if present else -1
        behind = (last if isinstance(last, int) else -1) + 1
        row = _LETTER.row(letter, case_id=case_id, position=old["position"] if old else behind)
        if old == row:
            return
        if old is not None and old["state"] == LetterState.ISSUED.value:
            raise SignedRecordError("This letter was issued and cannot be edited.")
        _LETTER.check(row)
        self._rows.put("letter", row)
        if letter.evidence_map_sha256:
            keep_for(self._rows, case_id, letter.evidence_map_sha256)

    def discard(self, case_id: str, letter_id: str) -> None:
        """Remove a draft with its kept versions; nothing happens when there is none.

        Raises SignedRecordError when it was issued.
        """
        old = self._rows.one("letter", {"case_id": case_id, "id": letter_id})
        if old is None:
            return
        if old["state"] == LetterState.ISSUED.value:
            raise SignedRecordError("This letter was issued and cannot be thrown away.")
        for version in self._rows.all("letter_version", {"case_id": case_id, "letter_id": letter_id}):
            self._rows.delete("letter_version", version)
        self._rows.delete("letter", old)

    def add_version(self, case_id: str, version: LetterVersion) -> None:
        """Keep a version; nothing happens when it is there. Raises SignedRecordError when it was kept otherwise."""
        row = _VERSION.row(version, case_id=case_id)
        old = self._rows.one("letter_version", {"case_id": case_id, "id": version.id})
        if old == row:
            return
        if old is not None:
            raise SignedRecordError("A kept version of a letter cannot be changed.")
        _VERSION.check(row)
        where = {"case_id": case_id, "letter_id": version.letter_id, "number": version.number}
        if self._rows.all("letter_version", where):
            raise SignedRecordError(f"Version {version.number} of this letter was already kept.")
        self._rows.insert("letter_version", row)

    def archive_pdf(self, sha256: str, content: bytes) -> None:
        """Keep the bytes of an issued letter under their hash. Raises ValueError when the hash is not theirs."""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError("the hash does not belong to these bytes")
        if self._rows.one("letter_pdf", {"sha256": sha256}) is None:
            self._rows.insert("letter_pdf", {"sha256": sha256, "content": content, "archived_at": self._now})
