"""Editions of criteria sets that results rest on, kept by the hash of their source text; nothing here changes one."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from desktop.domain.criteria import CriteriaSet
from desktop.store.errors import UnstorableValueError
from desktop.store.rows import RowReader, RowWriter


class ArchiveReader:
    """Reading archived editions."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def get(self, content_hash: str) -> CriteriaSet | None:
        """The edition with a content hash, or None when it was never archived.

        Raises UnstorableValueError when this version of the program cannot read what an earlier one wrote.
        """
        row = self._reader.one("criteria_archive", {"hash": content_hash})
        return None if row is None else _read(str(row["json_text"]))

    def hashes(self, set_id: str) -> frozenset[str]:
        """The content hashes under which editions of a set are archived."""
        rows = self._reader.all("criteria_archive", {"set_id": set_id})
        return frozenset(str(row["hash"]) for row in rows)


class ArchiveWriter(ArchiveReader):
    """Reading and adding archived editions."""

    def __init__(self, rows: RowWriter, now: datetime) -> None:
        super().__init__(rows)
        self._rows = rows
        self._now = now.isoformat()

    def add(self, criteria_set: CriteriaSet) -> None:
        """Keep an edition; nothing happens when it is there. Raises UnstorableValueError without a content hash."""
        if not criteria_set.content_hash:
            raise UnstorableValueError("The criteria set was not read from a text, so it has no hash.")
        if self._rows.one("criteria_archive", {"hash": criteria_set.content_hash}) is not None:
            return
        text = criteria_set.model_dump_json()
        if _read(text) != criteria_set:
            raise UnstorableValueError("The criteria set would not be read back as it is.")
        self._rows.insert(
            "criteria_archive",
            {
                "hash": criteria_set.content_hash,
                "set_id": criteria_set.id,
                "edition": criteria_set.edition,
                "licence": criteria_set.licence.value,
                "json_text": text,
                "archived_at": self._now,
            },
        )


def _read(text: str) -> CriteriaSet:
    try:
        return CriteriaSet.model_validate_json(text)
    except ValidationError as error:
        raise UnstorableValueError("The archived criteria set cannot be read by this program.") from error
