"""Small values, kept versions and kept files come back as they were stored, and go and return with their case."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.argument import ArgumentChoice
from desktop.domain.case import Case
from desktop.domain.document import Document
from desktop.domain.errors import SignedRecordError
from desktop.domain.kept_file import KeptFile, MediaType
from desktop.domain.letter import Letter, LetterState
from desktop.domain.letter_history import Delivery, DeliveryChannel, LetterComment, LetterVersion
from desktop.domain.member import Member
from desktop.domain.packet import PacketChoice, Redaction
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.stationery import KnownWord, Letterhead, LetterTemplate, Snippet
from desktop.store.connection import connect
from desktop.store.engine import Store
from desktop.store.errors import MissingFileError, MissingPdfError, UnstorableValueError
from desktop.store.row_changes import STATIONERY
from tests.store import write_sample
from tests.store.case_strategies import IDS, TEXTS, values
from tests.store.conftest import new_key, opened

CASE_KINDS: dict[Any, str] = {
    LetterComment: "id",
    Delivery: "id",
    PeerToPeer: "id",
    Redaction: "id",
    PacketChoice: "document_id",
    ArgumentChoice: "key",
}
HOUSE_KINDS: dict[Any, str] = {
    Letterhead: "id",
    Snippet: "id",
    LetterTemplate: "id",
    KnownWord: "id",
    KeptFile: "sha256",
}
NAMES = TEXTS.filter(bool)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
GIVEN: dict[Any, dict[str, st.SearchStrategy[Any]]] = {
    LetterComment: {"made_at": INSTANTS, "resolved_at": st.none() | INSTANTS},
    Redaction: {
        "page": st.none() | st.integers(1, 9),
        "box": st.none() | st.tuples(*[st.integers(0, 1000)] * 4),
    },
    ArgumentChoice: {"key": NAMES},
    Snippet: {"name": NAMES},
    LetterTemplate: {"name": NAMES},
    KnownWord: {"word": NAMES},
}
NOTE = Document(id="d1", text="loose screws")


def add(store: Store, case: Case) -> None:
    with store.write("case_opened", "New case", case_id=case.id) as work:
        work.cases.add(case)


def keep(store: Store, content: bytes, case_id: str = "case-1", document_id: str = "d1") -> KeptFile:
    """Keep bytes as the file of a document."""
    sha256 = hashlib.sha256(content).hexdigest()
    file = KeptFile(sha256=sha256, media_type=MediaType.PDF, name="note.pdf", size=len(content))
    with store.write("file_kept", "Keep", case_id=case_id) as work:
        assert work.kept.put(content) == sha256
        work.files.put(case_id, document_id, file)
    return file


def has_bytes(store: Store, sha256: str) -> bool:
    try:
        with store.read() as reader:
            reader.kept.bytes(sha256)
    except MissingFileError:
        return False
    return True


@given(data=st.data(), kind=st.sampled_from([*CASE_KINDS]))
@settings(max_examples=40, deadline=None)
def test_any_small_values_of_a_case_come_back_in_the_order_they_were_made(
    tmp_path_factory: pytest.TempPathFactory, template: Path, data: st.DataObject, kind: Any
) -> None:
    key = CASE_KINDS[kind]
    one = values(kind, GIVEN.get(kind))
    items = data.draw(st.lists(one, max_size=3, unique_by=lambda item: getattr(item, key)))
    store = opened(Path(shutil.copytree(template, tmp_path_factory.mktemp("items") / "store")))
    with closing(store):
        add(store, Case(id="case-1"))
        with store.write("items", "Items", case_id="case-1") as work:
            for item in items:
                work.items.put("case-1", item)
        with store.read() as reader:
            assert reader.items.all("case-1", kind) == tuple(items)
            assert all(reader.items.get("case-1", kind, getattr(item, key)) == item for item in items)
            assert reader.items.all("case-2", kind) == ()


@given(data=st.data(), kind=st.sampled_from([*HOUSE_KINDS]))
@settings(max_examples=30, deadline=None)
def test_any_things_of_the_house_come_back_in_the_order_they_were_made(
    tmp_path_factory: pytest.TempPathFactory, template: Path, data: st.DataObject, kind: Any
) -> None:
    key = HOUSE_KINDS[kind]
    one = values(kind, {"sha256": IDS} if kind is KeptFile else GIVEN.get(kind))
    things = data.draw(st.lists(one, max_size=3, unique_by=lambda thing: getattr(thing, key)))
    store = opened(Path(shutil.copytree(template, tmp_path_factory.mktemp("house") / "store")))
    with closing(store):
        with store.write("house", "House", case_id=STATIONERY) as work:
            for thing in things:
                work.house.put(thing)
        with store.read() as reader:
            assert reader.house.all(kind) == tuple(things)
            assert all(reader.house.get(kind, getattr(thing, key)) == thing for thing in things)


def test_a_small_value_is_replaced_where_it_stands_and_one_kind_leaves_another_alone(store: Store) -> None:
    add(store, Case(id="case-1"))
    calls = [PeerToPeer(id=f"p{number}") for number in range(3)]
    changed = calls[0].model_copy(update={"notes": "busy"})
    with store.write("items", "Items", case_id="case-1") as work:
        for call in calls:
            work.items.put("case-1", call)
        work.items.put("case-1", Redaction(id="p1", document_id="d1"))
        work.items.put("case-1", changed)
        work.items.remove("case-1", PeerToPeer, "p1")
        work.items.remove("case-1", PeerToPeer, "never there")
        work.items.put("case-1", calls[1])
    with store.read() as reader:
        assert reader.items.all("case-1", PeerToPeer) == (changed, calls[2], calls[1])
        assert [item.id for item in reader.items.all("case-1", Redaction)] == ["p1"]
        assert reader.items.get("case-1", PeerToPeer, "never there") is None


def test_a_small_value_that_could_not_be_read_again_is_refused(store: Store) -> None:
    add(store, Case(id="case-1"))
    for unchecked in (
        PeerToPeer(id="p").model_copy(update={"notes": "half \ud800"}),
        PeerToPeer(id="p").model_copy(update={"held_on": "yesterday"}),
        PeerToPeer(id="p").model_copy(update={"overturned_line_ids": ["not a tuple"]}),
    ):
        refused = pytest.raises(UnstorableValueError)
        with refused, store.write("items", "Items", case_id="case-1") as work:
            work.items.put("case-1", unchecked)
    with store.read() as reader:
        assert reader.items.all("case-1", PeerToPeer) == ()


def test_stationery_has_an_undo_of_its_own(store: Store) -> None:
    add(store, Case(id="case-1"))
    head = Letterhead(id="h", name="Office")
    with store.write("letterhead_saved", "Save letterhead", case_id=STATIONERY) as work:
        work.house.put(head)
    with store.write("letterhead_removed", "Remove letterhead", case_id=STATIONERY) as work:
        work.house.remove(Letterhead, "h")
        work.house.remove(Letterhead, "never there")
    assert store.undo_labels("case-1") == ("New case", None)
    assert store.undo_labels(STATIONERY) == ("Remove letterhead", None)
    store.undo(STATIONERY)
    with store.read() as reader:
        assert reader.house.all(Letterhead) == (head,)
        assert reader.house.get(Letterhead, "h") == head


def test_a_kept_version_is_never_changed(store: Store) -> None:
    add(store, Case(id="case-1"))
    version = write_sample.letter_version()
    second = version.model_copy(update={"id": "v2", "number": 2})
    with store.write("version_kept", "Keep", case_id="case-1") as work:
        work.letters.add_version("case-1", second)
        work.letters.add_version("case-1", version)
        work.letters.add_version("case-1", version)
    for other in ({"made_by": "Someone"}, {"id": "v3"}):
        changed: LetterVersion = version.model_copy(update=other)
        refused = pytest.raises(SignedRecordError)
        with refused, store.write("version_kept", "Keep", case_id="case-1") as work:
            work.letters.add_version("case-1", changed)
    with store.read() as reader:
        assert reader.letters.versions("case-1", "le1") == (version, second)
        assert reader.letters.versions("case-1", "another") == ()


def test_a_letter_comes_back_with_settings_overrides_and_status(store: Store) -> None:
    add(store, Case(id="case-1"))
    letter = write_sample.letter()
    with store.write("letter_issued", "Issue", case_id="case-1", undoable=False) as work:
        assert letter.evidence_map_sha256 == work.kept.put(write_sample.EVIDENCE_MAP)
        work.letters.put("case-1", letter)
    with store.read() as reader:
        assert reader.letters.get("case-1", "le1") == letter
        assert reader.letters.get("case-1", "another") is None
    changed: Letter = letter.model_copy(update={"status_history": ()})
    with pytest.raises(SignedRecordError), store.write("x", "x", case_id="case-1") as work:
        work.letters.put("case-1", changed)


# Files


def test_bytes_come_back_whole_and_are_kept_once(store: Store, folder: Path) -> None:
    content = bytes(range(256)) * 5_000
    add(store, Case(id="case-1", documents=(NOTE, Document(id="d2"))))
    file = keep(store, content)
    again = keep(store, content, document_id="d2")
    with store.read() as reader:
        assert reader.kept.bytes(file.sha256) == content
        assert reader.files.of_case("case-1") == {"d1": file, "d2": again}
    store.close()
    with closing(connect(folder / "indicated.store", new_key())) as raw:
        assert raw.execute("SELECT count(*) FROM kept_file").fetchone() == (1,)


def test_bytes_that_are_not_those_that_were_kept_are_never_handed_out(
    open_here: Callable[[], Store], folder: Path
) -> None:
    store = open_here()
    add(store, Case(id="case-1", documents=(NOTE,)))
    file = keep(store, b"%PDF-1.4 as it came")
    store.close()
    with closing(connect(folder / "indicated.store", new_key())) as raw:
        raw.execute("UPDATE kept_file SET content = ?", (b"%PDF-1.4 swapped",))
    with open_here().read() as reader, pytest.raises(MissingFileError):
        reader.kept.bytes(file.sha256)


def test_a_file_needs_its_bytes_and_its_document(store: Store) -> None:
    add(store, Case(id="case-1", documents=(NOTE,)))
    file = keep(store, b"%PDF-1.4")
    with pytest.raises(UnstorableValueError), store.write("x", "x", case_id="case-1") as work:
        work.files.put("case-1", "no such document", file)
    with pytest.raises(MissingFileError), store.write("x", "x", case_id="case-1") as work:
        work.files.put("case-1", "d1", file.model_copy(update={"sha256": "0" * 64}))


def test_a_file_goes_with_its_document_and_returns_with_it(store: Store) -> None:
    case = Case(id="case-1", documents=(NOTE, Document(id="d2")))
    add(store, case)
    file = keep(store, b"%PDF-1.4")
    with store.write("document_removed", "Remove", case_id="case-1") as work:
        work.cases.put(case.model_copy(update={"documents": case.documents[1:]}))
    with store.read() as reader:
        assert reader.files.of_case("case-1") == {}
    store.undo("case-1")
    with store.read() as reader:
        assert reader.files.of_case("case-1") == {"d1": file}
        assert reader.kept.bytes(file.sha256) == b"%PDF-1.4"
    store.undo("case-1")
    with store.read() as reader:
        assert reader.files.of_case("case-1") == {}
    store.redo("case-1")
    with store.read() as reader:
        assert reader.files.of_case("case-1") == {"d1": file}


def test_undoing_the_deletion_of_a_case_brings_its_papers_and_files_back(store: Store) -> None:
    add(store, Case(id="case-1", documents=(NOTE,)))
    letter = write_sample.letter()
    with store.write("letter_issued", "Issue", case_id="case-1", undoable=False) as work:
        work.kept.put(write_sample.EVIDENCE_MAP)
        work.letters.archive_pdf(letter.pdf_sha256, write_sample.PDF)
        work.letters.put("case-1", letter)
        work.letters.add_version("case-1", write_sample.letter_version())
    file = keep(store, b"%PDF-1.4")
    items = write_sample.case_items()
    with store.write("items", "Items", case_id="case-1") as work:
        for item in items:
            work.items.put("case-1", item)
    with store.write("case_deleted", "Delete", case_id="case-1") as work:
        work.cases.delete("case-1")
    with store.read() as reader:
        assert reader.files.of_case("case-1") == {}
        assert reader.letters.versions("case-1", "le1") == ()
        assert all(reader.items.all("case-1", kind) == () for kind in CASE_KINDS)
    store.undo("case-1")
    with store.read() as reader:
        assert reader.files.of_case("case-1") == {"d1": file}
        assert reader.kept.bytes(file.sha256) == b"%PDF-1.4"
        assert reader.kept.bytes(letter.evidence_map_sha256) == write_sample.EVIDENCE_MAP
        assert reader.letters.pdf(letter.pdf_sha256) == write_sample.PDF
        assert reader.letters.versions("case-1", "le1") == (write_sample.letter_version(),)
        for item in items:
            kind: Any = type(item)
            assert reader.items.all("case-1", kind) == (item,)


def test_deleting_a_case_for_good_takes_the_bytes_that_nothing_else_needs(store: Store) -> None:
    documents = (NOTE, Document(id="d2"), Document(id="d3"), Document(id="d4"))
    for case_id in ("case-1", "case-2"):
        add(store, Case(id=case_id, documents=documents))
    own = keep(store, b"%PDF-1.4 own", document_id="d1")
    removed = keep(store, b"%PDF-1.4 of a document that was removed", document_id="d2")
    shared = keep(store, b"%PDF-1.4 shared", document_id="d3")
    keep(store, b"%PDF-1.4 shared", "case-2", "d3")
    logo = keep(store, b"%PDF-1.4 also a logo", document_id="d4")
    with store.write("picture_kept", "Picture", case_id=STATIONERY) as work:
        work.house.put(logo)
    evidence_map = hashlib.sha256(b"map").hexdigest()
    letter = write_sample.letter().model_copy(
        update={"state": LetterState.ISSUED, "evidence_map_sha256": evidence_map}
    )
    with store.write("letter_issued", "Issue", case_id="case-1") as work:
        work.kept.put(b"map")
        work.letters.archive_pdf(letter.pdf_sha256, write_sample.PDF)
        work.letters.put("case-1", letter)
        work.cases.put(Case(id="case-1", documents=(documents[0], documents[2], documents[3])))
    with store.write("case_deleted", "Delete", case_id="case-1", undoable=False) as work:
        work.cases.delete("case-1")
    kept = {sha: has_bytes(store, sha) for sha in (own.sha256, removed.sha256, evidence_map)}
    assert not any(kept.values())
    assert has_bytes(store, shared.sha256)
    assert has_bytes(store, logo.sha256)
    with store.read() as reader, pytest.raises(MissingPdfError):
        reader.letters.pdf(letter.pdf_sha256)
    with store.write("case_deleted", "Delete", case_id="case-2", undoable=False) as work:
        work.cases.delete("case-2")
    assert not has_bytes(store, shared.sha256)
    assert store.verify_audit() is None


def test_the_names_of_all_other_members_are_known_without_reading_their_cases(store: Store) -> None:
    for case_id, family, given_name in (
        ("1", "Doe", "Jan"),
        ("2", "Roe", ""),
        ("3", "", ""),
        ("4", "Roe", ""),
    ):
        add(store, Case(id=case_id, member=Member(family_name=family, given_name=given_name)))
    with store.read() as reader:
        assert reader.cases.member_names("1") == {("", "Roe")}
        assert reader.cases.member_names("2") == {("Jan", "Doe"), ("", "Roe")}
        assert reader.cases.member_names("nobody") == {("Jan", "Doe"), ("", "Roe")}


def test_a_delivery_keeps_its_days_apart_from_instants(store: Store) -> None:
    add(store, Case(id="case-1"))
    sent = Delivery(id="x", letter_id="l", channel=DeliveryChannel.COURIER, sent_on=date(2026, 3, 2))
    with store.write("delivered", "Deliver", case_id="case-1") as work:
        work.items.put("case-1", sent)
    with store.read() as reader:
        assert reader.items.get("case-1", Delivery, "x") == sent
