"""Letters and their archived PDFs in the store. An issued letter is refused here too; its bytes are kept by hash."""

from __future__ import annotations

import hashlib
from datetime import datetime

from desktop.domain.errors import SignedRecordError
from desktop.domain.letter import Letter, LetterState
from desktop.store.errors import MissingPdfError
from desktop.store.mappers import Mapper
from desktop.store.rows import RowReader, RowWriter

_LETTER = Mapper("letter", Letter)


class LetterReader:
    """Reading letters."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def all(self, case_id: str) -> tuple[Letter, ...]:
        """Every letter of a case, oldest first."""
        rows = self._reader.all("letter", {"case_id": case_id}, order_by=("position",))
        return tuple(_LETTER.read(row) for row in rows)

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
        row = _LETTER.row(letter, case_id=case_id, position=old["position"] if old else len(present))
        if old == row:
            return
        if old is not None and old["state"] == LetterState.ISSUED.value:
            raise SignedRecordError("This letter was issued and cannot be edited.")
        _LETTER.check(row)
        self._rows.put("letter", row)

    def archive_pdf(self, sha256: str, content: bytes) -> None:
        """Keep the bytes of an issued letter under their hash. Raises ValueError when the hash is not theirs."""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError("the hash does not belong to these bytes")
        if self._rows.one("letter_pdf", {"sha256": sha256}) is None:
            self._rows.insert("letter_pdf", {"sha256": sha256, "content": content, "archived_at": self._now})
