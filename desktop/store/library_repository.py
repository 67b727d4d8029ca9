"""The criteria sets a user typed, as text, and the profile of the reviewer; it does not read the criteria language."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.audit import Actor
from desktop.domain.criteria import LicenceClass
from desktop.domain.text import TextRefusedError, accept_text
from desktop.store.errors import UnstorableValueError
from desktop.store.mappers import Mapper
from desktop.store.rows import RowReader, RowWriter

_PROFILE = Mapper("profile", Actor)
_ONLY = 1


class CriteriaReader:
    """Reading typed criteria sets."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def sources(self) -> tuple[tuple[str, str], ...]:
        """Id and YAML text of every typed set, ordered by id."""
        rows = self._reader.all("criteria_source", {}, order_by=("set_id",))
        return tuple((str(row["set_id"]), str(row["yaml"])) for row in rows)

    def cases(self, set_id: str) -> str:
        """The test cases of a typed set as YAML text; empty when it has none."""
        row = self._reader.one("criteria_case", {"set_id": set_id})
        return str(row["yaml"]) if row else ""


class CriteriaWriter(CriteriaReader):
    """Reading and writing typed criteria sets."""

    def __init__(self, rows: RowWriter, now: datetime) -> None:
        super().__init__(rows)
        self._rows = rows
        self._now = now.isoformat()

    def put(self, set_id: str, yaml: str, licence: LicenceClass = LicenceClass.USER) -> None:
        """Store a set's text, replacing an earlier one with its id; the day it was first added is kept.

        Raises UnstorableValueError for text that could not be read again.
        """
        _require_text(yaml)
        old = self._rows.one("criteria_source", {"set_id": set_id})
        added_at = old["added_at"] if old else self._now
        self._rows.put(
            "criteria_source",
            {"set_id": set_id, "yaml": yaml, "licence": licence.value, "added_at": added_at},
        )

    def put_cases(self, set_id: str, yaml: str) -> None:
        """Store a typed set's test cases, replacing those it had; an empty text means it has none.

        Raises UnstorableValueError for text that could not be read again.
        """
        _require_text(yaml)
        if yaml:
            self._rows.put("criteria_case", {"set_id": set_id, "yaml": yaml})
        elif (row := self._rows.one("criteria_case", {"set_id": set_id})) is not None:
            self._rows.delete("criteria_case", row)

    def remove(self, set_id: str) -> None:
        """Forget a set and its test cases; nothing happens when there is none."""
        for table in ("criteria_source", "criteria_case"):
            row = self._rows.one(table, {"set_id": set_id})
            if row is not None:
                self._rows.delete(table, row)


class ProfileReader:
    """Reading the profile."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def get(self) -> Actor | None:
        """The reviewer this store belongs to, or None before one was named."""
        row = self._reader.one("profile", {"id": _ONLY})
        return _PROFILE.read(row) if row else None


class ProfileWriter(ProfileReader):
    """Reading and writing the profile."""

    def __init__(self, rows: RowWriter) -> None:
        super().__init__(rows)
        self._rows = rows

    def put(self, actor: Actor) -> None:
        """Name the reviewer this store belongs to."""
        row = _PROFILE.row(actor, id=_ONLY)
        _PROFILE.check(row)
        self._rows.put("profile", row)


def _require_text(yaml: str) -> None:
    try:
        accept_text(yaml)
    except TextRefusedError as error:
        raise UnstorableValueError(str(error)) from error
