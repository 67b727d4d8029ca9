"""Determinations in the store. A signed version is refused here too, whatever a caller believes it may do."""

from __future__ import annotations

from desktop.domain.determination import Determination
from desktop.domain.errors import SignedRecordError
from desktop.store.mappers import Mapper
from desktop.store.rows import RowReader, RowWriter

_DETERMINATION = Mapper("determination", Determination)


class DeterminationReader:
    """Reading determinations."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def all(self, case_id: str) -> tuple[Determination, ...]:
        """Every version, oldest first."""
        rows = self._reader.all("determination", {"case_id": case_id}, order_by=("version",))
        return tuple(_DETERMINATION.read(row) for row in rows)


class DeterminationWriter(DeterminationReader):
    """Reading and writing determinations."""

    def __init__(self, rows: RowWriter) -> None:
        super().__init__(rows)
        self._rows = rows

    def put(self, case_id: str, determination: Determination) -> None:
        """Store a version, new or changed. Raises SignedRecordError when the stored one is signed."""
        row = _DETERMINATION.row(determination, case_id=case_id)
        old = self._rows.one("determination", {"case_id": case_id, "id": determination.id})
        if old == row:
            return
        if old is not None and old["sign_off"] is not None:
            raise SignedRecordError("This determination is signed and cannot be edited.")
        _DETERMINATION.check(row)
        self._rows.put("determination", row)
