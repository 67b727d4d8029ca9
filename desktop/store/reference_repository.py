"""The references a user added, and their marks on the library's; what is in the library itself is not stored."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from desktop.domain.reference import OwnReference, ReferenceMark
from desktop.store.errors import UnstorableValueError
from desktop.store.mappers import Mapper
from desktop.store.rows import RowReader, RowWriter

_MARK = Mapper("reference_mark", ReferenceMark)


class ReferenceReader:
    """Reading own references and marks."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def all(self, known: dict[str, OwnReference] | None = None) -> tuple[OwnReference, ...]:
        """Every own reference, in order of their ids. `known`: by text what was read before, to be read only once."""
        texts = self._reader.column("own_reference", "json_text", {}, order_by=("id",))
        read = known if known is not None else {}
        for text in texts:
            if text not in read:
                read[str(text)] = OwnReference.model_validate_json(str(text))
        found = tuple(read[str(text)] for text in texts)
        if len(read) > len(found):  # what is there no longer is forgotten
            read.clear()
            read.update(zip((str(text) for text in texts), found, strict=True))
        return found

    def get(self, reference_id: str) -> OwnReference | None:
        """The own reference with an id, or None."""
        row = self._reader.one("own_reference", {"id": reference_id})
        return OwnReference.model_validate_json(str(row["json_text"])) if row else None

    def marks(self) -> tuple[ReferenceMark, ...]:
        """Every mark, in order of the ids."""
        return tuple(
            _MARK.read(row) for row in self._reader.all("reference_mark", {}, order_by=("reference_id",))
        )


class ReferenceWriter(ReferenceReader):
    """Reading and writing own references and marks."""

    def __init__(self, rows: RowWriter, now: datetime) -> None:
        super().__init__(rows)
        self._rows = rows
        self._now = now.isoformat()

    def put(self, reference: OwnReference) -> None:
        """Store a reference, replacing the one with its id. Raises UnstorableValueError."""
        text = _text_of(reference)
        old = self._rows.one("own_reference", {"id": reference.id})
        added_at = old["added_at"] if old else self._now
        self._rows.put("own_reference", {"id": reference.id, "json_text": text, "added_at": added_at})

    def add(self, reference: OwnReference) -> None:
        """Store a reference whose id is new, of many: nothing is looked up. Raises UnstorableValueError."""
        self._rows.insert(
            "own_reference", {"id": reference.id, "json_text": _text_of(reference), "added_at": self._now}
        )

    def remove(self, reference_id: str) -> None:
        """Forget an own reference and the mark on it; nothing happens when there is none."""
        row = self._rows.one("own_reference", {"id": reference_id})
        if row is not None:
            self._rows.delete("own_reference", row)
            self.unmark(reference_id)

    def mark(self, mark: ReferenceMark) -> None:
        """Store a mark, replacing the one on the same reference. Raises UnstorableValueError."""
        row = _MARK.row(mark)
        _MARK.check(row)
        self._rows.put("reference_mark", row)

    def unmark(self, reference_id: str) -> None:
        """Take a mark off; nothing happens when there is none."""
        row = self._rows.one("reference_mark", {"reference_id": reference_id})
        if row is not None:
            self._rows.delete("reference_mark", row)


def _text_of(reference: OwnReference) -> str:
    text = reference.model_dump_json()
    try:
        OwnReference.model_validate_json(text)
    except ValidationError as error:
        raise UnstorableValueError("The reference would not be read back as it is.") from error
    return text
