"""Small values of a case and of the house, as JSON under a noun; which nouns there are stands here and only here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from desktop.domain.argument import ArgumentChoice
from desktop.domain.kept_file import KeptFile
from desktop.domain.letter_history import Delivery, LetterComment
from desktop.domain.packet import PacketChoice, Redaction
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.stationery import HouseTopic, KnownWord, Letterhead, LetterTemplate, Snippet
from desktop.domain.value import Value
from desktop.store.errors import UnstorableValueError
from desktop.store.row_changes import Row
from desktop.store.rows import RowReader, RowWriter

C = TypeVar("C", LetterComment, Delivery, PeerToPeer, Redaction, PacketChoice, ArgumentChoice)
H = TypeVar("H", Letterhead, Snippet, LetterTemplate, KnownWord, KeptFile, HouseTopic)

CaseItem = LetterComment | Delivery | PeerToPeer | Redaction | PacketChoice | ArgumentChoice
HouseItem = Letterhead | Snippet | LetterTemplate | KnownWord | KeptFile | HouseTopic

PICTURE = "picture"

_OF_A_CASE: Mapping[type[Value], tuple[str, str]] = {
    LetterComment: ("comment", "id"),
    Delivery: ("delivery", "id"),
    PeerToPeer: ("peer_to_peer", "id"),
    Redaction: ("redaction", "id"),
    PacketChoice: ("packet_choice", "document_id"),
    ArgumentChoice: ("argument_choice", "key"),
}
"""By type: its noun in the store, and the field that names one among the others."""

_OF_THE_HOUSE: Mapping[type[Value], tuple[str, str]] = {
    Letterhead: ("letterhead", "id"),
    Snippet: ("snippet", "id"),
    LetterTemplate: ("template", "id"),
    KnownWord: ("known_word", "id"),
    KeptFile: (PICTURE, "sha256"),
    HouseTopic: ("topic", "id"),
}


class CaseItemReader:
    """Reading the small values of a case."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def all(self, case_id: str, kind: type[C]) -> tuple[C, ...]:
        """Every value of a kind, in the order they were made."""
        where = {"case_id": case_id, "noun": _OF_A_CASE[kind][0]}
        rows = self._reader.all("case_item", where, order_by=("position",))
        return tuple(kind.model_validate_json(str(row["json_text"])) for row in rows)

    def get(self, case_id: str, kind: type[C], item_id: str) -> C | None:
        """The value of a kind with an id, or None."""
        row = self._reader.one("case_item", {"case_id": case_id, "noun": _OF_A_CASE[kind][0], "id": item_id})
        return kind.model_validate_json(str(row["json_text"])) if row else None


class CaseItemWriter(CaseItemReader):
    """Reading and writing the small values of a case."""

    def __init__(self, rows: RowWriter) -> None:
        super().__init__(rows)
        self._rows = rows

    def put(self, case_id: str, item: CaseItem) -> None:
        """Store a value at the end, or in the place of the one with its id. Raises UnstorableValueError."""
        noun, id_field = _OF_A_CASE[type(item)]
        row: Row = {"case_id": case_id, "noun": noun, "id": getattr(item, id_field)}
        _put(self._rows, "case_item", row, {"case_id": case_id, "noun": noun}, item)

    def remove(self, case_id: str, kind: type[CaseItem], item_id: str) -> None:
        """Forget a value; nothing happens when there is none."""
        row = self._rows.one("case_item", {"case_id": case_id, "noun": _OF_A_CASE[kind][0], "id": item_id})
        if row is not None:
            self._rows.delete("case_item", row)


class HouseReader:
    """Reading what the house writes its letters on and with."""

    def __init__(self, rows: RowReader) -> None:
        self._reader = rows

    def all(self, kind: type[H]) -> tuple[H, ...]:
        """Every value of a kind, in the order they were made."""
        rows = self._reader.all("house_item", {"noun": _OF_THE_HOUSE[kind][0]}, order_by=("position",))
        return tuple(kind.model_validate_json(str(row["json_text"])) for row in rows)

    def get(self, kind: type[H], item_id: str) -> H | None:
        """The value of a kind with an id, or None."""
        row = self._reader.one("house_item", {"noun": _OF_THE_HOUSE[kind][0], "id": item_id})
        return kind.model_validate_json(str(row["json_text"])) if row else None


class HouseWriter(HouseReader):
    """Reading and writing what the house writes its letters on and with."""

    def __init__(self, rows: RowWriter) -> None:
        super().__init__(rows)
        self._rows = rows

    def put(self, item: HouseItem) -> None:
        """Store a value at the end, or in the place of the one with its id. Raises UnstorableValueError."""
        noun, id_field = _OF_THE_HOUSE[type(item)]
        _put(self._rows, "house_item", {"noun": noun, "id": getattr(item, id_field)}, {"noun": noun}, item)

    def remove(self, kind: type[HouseItem], item_id: str) -> None:
        """Forget a value; nothing happens when there is none."""
        row = self._rows.one("house_item", {"noun": _OF_THE_HOUSE[kind][0], "id": item_id})
        if row is not None:
            self._rows.delete("house_item", row)


def _put(rows: RowWriter, table: str, key: Row, siblings: Row, item: Value) -> None:
    try:
        text = item.model_dump_json(warnings="none")  # they would quote the record
        is_same = type(item).model_validate_json(text) == item
    except ValueError as error:  # of pydantic, in either direction
        raise UnstorableValueError("it would not be read back as it is") from error
    if not is_same:
        raise UnstorableValueError("it would not be read back as it is")
    old = rows.one(table, key)
    if old is not None:
        position = old["position"]
    else:
        taken = rows.column(table, "position", siblings)
        position = max((place for place in taken if isinstance(place, int)), default=-1) + 1
    rows.put(table, {**key, "position": position, "json_text": text})
