"""Files kept as they came, by the hash of their bytes, and which document each belongs to; bytes are never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from desktop.domain.kept_file import KeptFile
from desktop.store.errors import MissingFileError, UnstorableValueError
from desktop.store.item_repository import PICTURE
from desktop.store.mappers import Mapper
from desktop.store.rows import RowReader, RowWriter

_FILE = Mapper("document_file", KeptFile)


class KeptReader:
    """Reading the bytes of kept files."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def bytes(self, sha256: str) -> bytes:
        """The bytes with a hash, checked against it. Raises MissingFileError."""
        row = self._reader.one("kept_file", {"sha256": sha256})
        content = row["content"] if row else None
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != sha256:
            raise MissingFileError
        return content


class KeptWriter(KeptReader):
    """Reading and keeping bytes."""

    def __init__(self, rows: RowWriter, now: datetime) -> None:
        super().__init__(rows)
        self._rows = rows
        self._now = now.isoformat()

    def put(self, content: bytes) -> str:
        """Keep bytes, once, and return their hash. Whoever names the hash in a row keeps them from being let go."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not _is_there(self._rows, sha256):
            self._rows.insert("kept_file", {"sha256": sha256, "content": content, "kept_at": self._now})
        return sha256


class DocumentFileReader:
    """Reading which file a document was read from."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def of_case(self, case_id: str) -> Mapping[str, KeptFile]:
        """The kept files of a case by the ids of their documents."""
        rows = self._reader.all("document_file", {"case_id": case_id}, order_by=("document_id",))
        return {str(row["document_id"]): _FILE.read(row) for row in rows}


class DocumentFileWriter(DocumentFileReader):
    """Reading and writing which file a document was read from."""

    def __init__(self, rows: RowWriter) -> None:
        super().__init__(rows)
        self._rows = rows

    def put(self, case_id: str, document_id: str, file: KeptFile) -> None:
        """Say which kept file a document of the case was read from, in place of an earlier one.

        Raises MissingFileError when its bytes are not kept, UnstorableValueError without such a document.
        """
        if not _is_there(self._rows, file.sha256):
            raise MissingFileError
        if self._rows.one("document", {"case_id": case_id, "id": document_id}) is None:
            raise UnstorableValueError("the case has no such document")
        row = _FILE.row(file, case_id=case_id, document_id=document_id)
        _FILE.check(row)
        self._rows.put("document_file", row)
        keep_for(self._rows, case_id, file.sha256)

    def remove(self, case_id: str, document_id: str) -> None:
        """Forget which file a document was read from; nothing happens when none is known."""
        row = self._rows.one("document_file", {"case_id": case_id, "document_id": document_id})
        if row is not None:
            self._rows.delete("document_file", row)


def keep_for(rows: RowWriter, case_id: str, sha256: str) -> None:
    """Note that a case needs a kept file, if only to undo."""
    owner = {"sha256": sha256, "case_id": case_id}
    if rows.one("kept_for", owner) is None:
        rows.insert("kept_for", {**owner})


def let_go(rows: RowWriter, case_id: str) -> None:
    """Delete the kept files that only this case needed: for when it is gone for good."""
    for owner in rows.all("kept_for", {"case_id": case_id}):
        rows.delete("kept_for", owner)
        sha256 = owner["sha256"]
        is_picture = rows.one("house_item", {"noun": PICTURE, "id": sha256}) is not None
        kept = rows.one("kept_file", {"sha256": sha256})
        if kept is not None and not is_picture and not rows.all("kept_for", {"sha256": sha256}):
            rows.delete("kept_file", kept)


def _is_there(rows: RowReader, sha256: str) -> bool:
    return bool(rows.column("kept_file", "sha256", {"sha256": sha256}))
