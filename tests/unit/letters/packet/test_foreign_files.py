"""Foreign files in a packet: nothing that acts leaves with it, and what cannot be enclosed is named in a sentence."""

from __future__ import annotations

import io
import random

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream, String

from desktop.domain.kept_file import MediaType
from desktop.domain.packet import PacketChoice
from desktop.letters.packet import worker_link
from desktop.letters.packet.building import build_packet
from desktop.letters.packet.sources import EnclosureRefusedError, refusal
from desktop.letters.packet.worker_link import PacketCancelledError
from desktop.letters.packet.worker_tasks import Desk
from tests.unit.letters.packet.made_files import (
    changed,
    document,
    encrypted,
    packet_inputs,
    pdf_of,
    picture,
    turned,
)
from tests.unit.letters.packet.reading import every_object, grey_at, picture_of, raw_words, words_of

ACTIVE = {
    "/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/XFA", "/URI", "/Metadata", "/AcroForm",
}  # fmt: skip


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="canary"/></rdf:RDF></x:xmpmeta>'
)


def built_with(file: bytes, media: MediaType = MediaType.PDF, **more):
    return build_packet(packet_inputs([document("a")], {"a": file}, media=media, **more))


def made_active(pdf: pikepdf.Pdf) -> None:
    """Scripts, launch actions, links, an attachment, a form with XFA, metadata and private data."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('canary')"))
    launch = Dictionary(S=Name.Launch, F=String("canary.exe"))
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[0, 0, 100, 100],
        A=Dictionary(S=Name.URI, URI=String("http://canary.example")),
    )
    attached = pdf.make_stream(b"canary attachment")
    page = pdf.pages[0].obj
    page["/AA"] = Dictionary(O=launch)
    page["/Annots"] = Array([pdf.make_indirect(link)])
    page["/PieceInfo"] = Dictionary(Canary=String("canary"))
    pdf.docinfo["/Author"] = String("canary")
    root = pdf.Root
    root["/OpenAction"] = script
    root["/AA"] = Dictionary(WC=script)
    root["/AcroForm"] = Dictionary(XFA=pdf.make_stream(b"<canary/>"), Fields=Array([]))
    root["/Names"] = Dictionary(
        JavaScript=Dictionary(Names=Array([String("canary"), pdf.make_indirect(script)])),
        EmbeddedFiles=Dictionary(
            Names=Array(
                [
                    String("canary"),
                    Dictionary(Type=Name.Filespec, F=String("canary"), EF=Dictionary(F=attached)),
                ]
            )
        ),
    )
    root["/Metadata"] = pdf.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)


def test_nothing_that_acts_leaves_with_the_packet() -> None:
    built = built_with(changed(pdf_of(["plain words"]), made_active))
    pdf = built.files[0].content
    assert "plain words" in words_of(pdf)[-1]
    assert b"canary" not in raw_words(pdf)
    for item in every_object(pdf):
        if isinstance(item, Dictionary | Stream):
            keys = set(item.keys()) & ACTIVE
            assert not keys, keys
    assert any("form" in notice for notice in built.notices)


def test_links_of_the_index_lead_within_the_packet_and_nowhere_else() -> None:
    pdf = built_with(pdf_of(["words"])).files[0].content
    links = 0
    for item in every_object(pdf):
        if isinstance(item, Dictionary) and item.get("/Subtype") == Name.Link:
            links += 1
            assert "/A" not in item
            assert "/Dest" in item
    assert links == 1


def test_a_mark_that_someone_drew_on_the_page_stays_in_sight() -> None:
    def mark(pdf: pikepdf.Pdf) -> None:
        look = Stream(pdf, b"0 g 0 0 100 100 re f")
        look.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 100, 100])})
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Square,
            Rect=[200, 300, 300, 400],
            F=4,
            AP=Dictionary(N=pdf.make_indirect(look)),
        )
        pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])

    pdf = built_with(changed(pdf_of([""]), mark)).files[0].content
    shown = picture_of(pdf, 4)
    assert grey_at(shown, 0.41, 0.53) < 60


def test_a_layer_that_the_file_hides_stays_hidden() -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("notes")))
        page = pdf.pages[0].obj
        page["/Resources"] = Dictionary(Properties=Dictionary(L=layer))
        page["/Contents"] = Stream(pdf, b"/OC /L BDC 0 g 100 100 400 600 re f EMC")
        pdf.Root["/OCProperties"] = Dictionary(
            OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([]))
        )

    pdf = built_with(changed(pdf_of([""]), hide)).files[0].content
    shown = picture_of(pdf, 4)
    assert grey_at(shown, 0.5, 0.5) > 240


def test_pages_left_out_do_not_travel_in_the_resources_of_others() -> None:
    def list_all_pictures_everywhere(pdf: pikepdf.Pdf) -> None:
        first, second = (Stream(pdf, word * 50) for word in (b"canary one", b"canary two"))
        for stream in (first, second):
            stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 10, 10])})
        shared = pdf.make_indirect(
            Dictionary(
                XObject=Dictionary({"/P1": pdf.make_indirect(first), "/P2": pdf.make_indirect(second)})
            )
        )
        for page, name in zip(pdf.pages, (b"/P1 Do", b"/P2 Do"), strict=True):
            page.obj["/Resources"] = shared
            page.obj["/Contents"] = Stream(pdf, name)

    file = changed(pdf_of(["1", "2"]), list_all_pictures_everywhere)
    kept = document("a", "one\ftwo")
    choice = PacketChoice(document_id="a", pages=(2,))
    pdf = build_packet(packet_inputs([kept], {"a": file}, choices=(choice,))).files[0].content
    assert b"canary two" in raw_words(pdf)
    assert b"canary one" not in raw_words(pdf)


def test_an_encrypted_enclosure_is_named() -> None:
    with pytest.raises(EnclosureRefusedError, match="'Document a' is protected with a password"):
        built_with(encrypted(pdf_of(["words"])))


def test_a_file_that_opens_without_a_password_is_enclosed_whatever_its_owner_forbids() -> None:
    assert "words" in words_of(built_with(encrypted(pdf_of(["words"]), user="")).files[0].content)[-1]


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"%PDF-1.7\nnothing that is a PDF", MediaType.PDF),
        (pdf_of(["words"])[:300], MediaType.PDF),
        (picture()[:200], MediaType.PNG),
        (b"\xff\xd8\xff\xe0 no picture", MediaType.JPEG),
        (b"II*\x00 no picture", MediaType.TIFF),
    ],
)
def test_a_broken_file_is_named(content: bytes, media: MediaType) -> None:
    with pytest.raises(EnclosureRefusedError, match="'Document a' is damaged"):
        built_with(content, media)


def test_a_file_that_was_put_together_again_is_named_for_a_look() -> None:
    whole = pdf_of(["first", "second"])
    cut = whole.replace(b"startxref\n", b"startxref\n9")
    assert any("is damaged and was read as far as" in notice for notice in built_with(cut).notices)
    assert not any("damaged" in notice for notice in built_with(whole).notices)


def test_a_picture_that_claims_to_be_enormous_is_refused() -> None:
    header = bytearray(picture("PNG", (10, 10)))
    header[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib

    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
    with pytest.raises(EnclosureRefusedError, match=r"million points|damaged"):
        built_with(bytes(header), MediaType.PNG)


def test_a_file_nested_without_end_is_named() -> None:
    choice = PacketChoice(document_id="bomb", pages=(1,))
    inputs = packet_inputs(
        [document("a", "1\f2"), document("bomb", "1\f2")],
        {"a": pdf_of(["fine", "fine"]), "bomb": changed(pdf_of(["x", "y"]), _nest_forms)},
        choices=(choice,),
    )
    with pytest.raises(EnclosureRefusedError, match="'Document bomb'"):
        build_packet(inputs)


def _nest_forms(pdf: pikepdf.Pdf) -> None:
    """A form that draws itself."""
    form = pdf.make_indirect(Stream(pdf, b"/F Do"))
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 10, 10])})
    form["/Resources"] = Dictionary(XObject=Dictionary(F=form))
    for page in pdf.pages:
        page.obj["/Resources"] = Dictionary(XObject=Dictionary(F=form))
        page.obj["/Contents"] = Stream(pdf, b"/F Do")


def test_a_cancel_ends_the_work_at_once() -> None:
    import time

    many = pdf_of(["words of a page"] * 600)
    asked_at: list[float] = []

    def is_cancelled() -> bool:
        asked_at.append(time.monotonic())
        return len(asked_at) > 2

    with pytest.raises(PacketCancelledError):
        build_packet(packet_inputs([document("a")], {"a": many}), is_cancelled=is_cancelled)
    ended = time.monotonic()
    assert ended - asked_at[-1] < 0.2


def test_progress_rises_to_the_end() -> None:
    told: list[int] = []
    many = pdf_of(["words of a page"] * 400)

    def progress(done: int, of: int) -> None:
        assert of == 100
        told.append(done)

    build_packet(packet_inputs([document("a")], {"a": many}), progress=progress)
    assert told == sorted(told)
    assert told[-1] == 100


def test_the_process_that_opens_files_is_ended_with_the_packet(monkeypatch) -> None:
    started = []
    real = worker_link.subprocess.Popen

    def noted(*args, **options):
        started.append(real(*args, **options))
        return started[-1]

    monkeypatch.setattr(worker_link.subprocess, "Popen", noted)
    built_with(pdf_of(["words"]))
    assert started
    assert all(process.poll() is not None for process in started)


def test_the_limited_process_is_limited() -> None:
    import subprocess
    import sys

    code = (
        "import resource, desktop.letters.packet.file_worker as w; w.limit_this_process();"
        "print(resource.getrlimit(resource.RLIMIT_FSIZE)[0], resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    if sys.platform == "win32":
        pytest.skip("Windows has no such limits")
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert found[0] == "0"
    assert int(found[1]) <= 3_072 * 1024 * 1024


def test_a_packet_is_a_sound_file() -> None:
    pdf = built_with(pdf_of(["words"])).files[0].content
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []


@pytest.mark.allow_log
@pytest.mark.filterwarnings("ignore::UserWarning")  # what Pillow says of a damaged TIFF
@given(st.integers(0, 2**32), st.sampled_from(range(5)))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_damaged_file_it_is_opened_or_refused_by_a_word(seed: int, which: int) -> None:
    chance = random.Random(seed)
    media, content = SEEDS[which]
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 3, 10, 60])):
        at = chance.randrange(len(damaged))
        if chance.random() < 0.7:
            damaged[at] = chance.randrange(256)
        elif len(damaged) > 100:
            del damaged[at : at + chance.randrange(1, 20)]
    desk = Desk()
    file = {"media": media, "pages": [], "burns": [], "is_own": False}
    message = {"files": [file], "may_split": chance.random() < 0.5}
    (answer,) = desk.read(message, [bytes(damaged)], _silent)["files"]
    if "refused" in answer:
        assert refusal("a", answer["refused"], answer["count"]).what
        return
    pages = [[0, leaf, ""] for leaf in range(len(answer["sheets"]))]
    part = {"pages": pages, "title": "", "bookmarks": [], "labels": [], "links": [], "checks": []}
    _, (made,) = desk.assemble({"parts": [part]}, [pdf_of(["fonts"])], _silent)
    assert made.startswith(b"%PDF-")


def _silent(done: int, of: int) -> None:
    return None


SEEDS = (
    ("pdf", changed(pdf_of(["one", "two"]), made_active)),
    ("pdf", turned(pdf_of(["one"]), 90)),
    ("picture", picture("PNG", (80, 60))),
    ("picture", picture("JPEG", (80, 60), "RGB")),
    ("picture", picture("TIFF", (80, 60))),
)
