"""What is blacked out is gone from the packet: from texts, from files, split over lines, in ligatures."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from desktop.domain.kept_file import MediaType
from desktop.domain.packet import Redaction
from desktop.letters.packet.building import build_packet
from desktop.letters.packet.plain_words import MARK, plain
from desktop.letters.packet.proving import Check, prove
from desktop.letters.packet.redacting import hidden_words, masked_text
from desktop.letters.packet.sources import EnclosureRefusedError
from desktop.letters.paper.fonts import REGULAR, register_fonts
from tests.unit.letters.packet.made_files import (
    changed,
    cropped,
    document,
    packet_inputs,
    pdf_of,
    picture,
    turned,
)
from tests.unit.letters.packet.reading import grey_at, picture_of, raw_words, words_of

SECRET = "Psychiatric history"
RECORD = f"Open words before. {SECRET} of the patient. Open words after.\n"


def words_redaction(text: str, words: str, occurrence: int = 0) -> Redaction:
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return Redaction(id="r", document_id="a", start=start, end=start + len(words))


def built(text: str, redaction: Redaction, file: bytes | None = None, media: MediaType = MediaType.PDF):
    files = {"a": file} if file is not None else {}
    return build_packet(packet_inputs([document("a", text)], files, redactions=[redaction], media=media))


def test_words_of_a_text_are_replaced_by_as_many_marks() -> None:
    made = built(RECORD, words_redaction(RECORD, SECRET))
    page = words_of(made.files[0].content)[-1]
    assert "Open words before" in page
    assert "Open words after" in page
    assert "Psychiatric" not in page
    assert page.count(MARK) == len(SECRET)
    assert [proof.holds for proof in made.proofs] == [True]


def test_words_that_run_over_a_line_end_are_replaced_on_both_lines() -> None:
    text = "Open words before. Psychiatric\nhistory of the patient.\n"
    made = built(text, words_redaction(text, "Psychiatric\nhistory"))
    page = words_of(made.files[0].content)[-1]
    assert "Psychiatric" not in page
    assert "history" not in page
    assert all(proof.holds for proof in made.proofs)


def test_words_that_are_wrapped_into_two_lines_by_us_are_proven_too() -> None:
    text = ("filling words " * 40 + SECRET + " and more " * 30).strip() + "\n"
    made = built(text, words_redaction(text, SECRET))
    assert all(proof.holds for proof in made.proofs)


def test_the_same_words_elsewhere_on_the_page_stay() -> None:
    text = "Pain at L5. Pain at S1. Pain at L4.\n"
    made = built(text, words_redaction(text, "Pain", 1))
    page = words_of(made.files[0].content)[-1]
    assert page.count("Pain") == 2
    assert f"{MARK * 4} at S1" in page
    assert all(proof.holds for proof in made.proofs)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_words_of_a_file_are_burnt_out_however_its_page_is_turned(degrees: int) -> None:
    file = turned(pdf_of([RECORD]), degrees)
    made = built(RECORD, words_redaction(RECORD, SECRET), file)
    pdf = made.files[0].content
    assert "Psychiatric" not in "".join(words_of(pdf))
    assert "Open words" not in words_of(pdf)[-1], "the page lost its whole text layer"
    assert b"Psychiatric" not in raw_words(pdf)
    assert [proof.holds for proof in made.proofs] == [True]
    assert _dark_share(pdf) > 0.002


def _dark_share(pdf: bytes) -> float:
    shown = picture_of(pdf, -1, dpi=100)
    histogram = shown.crop((0, 0, shown.width, int(shown.height * 0.94))).histogram()
    return sum(histogram[:40]) / sum(histogram)


def test_only_the_words_are_burnt_out_and_their_line_stays_readable() -> None:
    """The black area is about as large as the words: not the page."""
    made = built(RECORD, words_redaction(RECORD, SECRET), pdf_of([RECORD]))
    assert _dark_share(made.files[0].content) < 0.02


def test_a_cropped_and_turned_page_is_burnt_where_its_words_are() -> None:
    file = turned(cropped(pdf_of([RECORD]), (20, 500, 500, 780)), 90)
    made = built(RECORD, words_redaction(RECORD, SECRET), file)
    assert all(proof.holds for proof in made.proofs)
    assert _dark_share(made.files[0].content) > 0.004


def test_a_word_written_with_a_ligature_is_found() -> None:
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont(REGULAR, 12)
    canvas.drawString(72, 700, "An o\ufb03ce visit with \ufb01ndings")
    canvas.showPage()
    canvas.save()
    text = "An office visit with findings\n"
    made = built(text, words_redaction(text, "findings"), buffer.getvalue())
    assert [proof.holds for proof in made.proofs] == [True]


def test_words_split_over_lines_in_the_file_are_found() -> None:
    text = "Open words before. Psychiatric history of the patient.\n"
    made = built(
        text, words_redaction(text, SECRET), pdf_of(["Open words before. Psychiatric\nhistory of it."])
    )
    assert [proof.holds for proof in made.proofs] == [True]
    assert b"Psychiatric" not in raw_words(made.files[0].content)


def test_of_equal_words_the_marked_place_is_burnt() -> None:
    text = "Pain at L5\nPain at S1\nPain at L4\n"
    made = built(text, words_redaction(text, "Pain", 1), pdf_of([text]))
    shown = picture_of(made.files[0].content, -1, dpi=200)
    rows = {row for row in range(int(shown.height * 0.9)) if _has_bar(shown, row)}
    assert rows
    assert max(rows) - min(rows) < 60, "one line is black, not three"


def _has_bar(shown: Image.Image, row: int) -> bool:
    line = shown.tobytes()[row * shown.width : (row + 1) * shown.width]
    longest = max(len(run) for run in re.split(rb"[\x28-\xff]+", line, flags=re.DOTALL))
    return 40 < longest < shown.width * 0.5


def test_words_that_the_file_does_not_hold_are_refused_with_the_way_out() -> None:
    with pytest.raises(EnclosureRefusedError, match="not found on page 1") as caught:
        built(RECORD, words_redaction(RECORD, SECRET), pdf_of(["quite other words"]))
    assert "area" in caught.value.todo


def test_words_on_a_scan_are_refused_with_the_way_out() -> None:
    with pytest.raises(EnclosureRefusedError, match="not found on page 1"):
        built(RECORD, words_redaction(RECORD, SECRET), picture(), MediaType.PNG)


def test_an_area_on_a_page_that_the_file_does_not_have_is_refused() -> None:
    area = Redaction(id="r", document_id="a", page=7, box=(0, 0, 500, 500))
    with pytest.raises(EnclosureRefusedError, match="no page 7"):
        built(RECORD, area, pdf_of([RECORD]))


@pytest.mark.parametrize(
    ("file", "media"), [(picture("PNG"), MediaType.PNG), (picture("JPEG", mode="RGB"), MediaType.JPEG)]
)
def test_an_area_of_a_scan_is_black_and_the_rest_is_not(file: bytes, media: MediaType) -> None:
    area = Redaction(id="r", document_id="a", page=1, box=(600, 600, 900, 800))
    made = built("", area, file, media)
    shown = picture_of(made.files[0].content, -1)
    assert grey_at(shown, 0.72, 0.66) < 40
    assert grey_at(shown, 0.2, 0.66) > 240
    assert [proof.holds for proof in made.proofs] == [True]


def test_a_picture_under_a_burnt_page_leaves_the_file_also_when_other_pages_list_it() -> None:
    def list_everywhere(pdf) -> None:
        streams = [Stream(pdf, word * 50) for word in (b"% canary one\n", b"% canary two\n")]
        for stream in streams:
            stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 10, 10])})
        named = {f"/P{number}": pdf.make_indirect(stream) for number, stream in enumerate(streams, start=1)}
        shared = pdf.make_indirect(Dictionary(XObject=Dictionary(named)))
        for page, content in zip(pdf.pages, (b"/P1 Do", b"/P2 Do"), strict=True):
            page.obj["/Resources"] = shared
            page.obj["/Contents"] = Stream(pdf, content)

    area = Redaction(id="r", document_id="a", page=1, box=(0, 0, 500, 500))
    made = built("one\ftwo", area, changed(pdf_of(["1", "2"]), list_everywhere))
    found = raw_words(made.files[0].content)
    assert b"canary two" in found
    assert b"canary one" not in found


def test_the_proof_fails_where_words_are_left_or_a_place_is_not_covered() -> None:
    """The proof itself is tried on a page where nothing was blacked out."""
    page = pdf_of([RECORD])
    open_words, bare_place = prove(
        page,
        [
            Check((0,), SECRET),
            Check((0,), "", areas=((0, 0, 500, 500),), size=(612, 792)),
        ],
    )
    assert open_words == (1, True)
    assert bare_place == (0, False)


TEXT = st.text(st.sampled_from("ab L5-\nﬁ\u00ad1\f"), min_size=1, max_size=60)


@given(TEXT, st.data())
@settings(max_examples=60)
def test_masking_keeps_length_and_lines_and_takes_every_letter(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    record = document("a", text)
    redaction = Redaction(id="r", document_id="a", start=start, end=end)
    masked = masked_text(record, [redaction])
    assert len(masked) == len(text)
    assert [at for at, letter in enumerate(masked) if letter == "\n"] == [
        at for at, letter in enumerate(text) if letter == "\n"
    ]
    assert masked[:start] == text[:start]
    assert masked[end:] == text[end:]
    assert set(masked[start:end]) <= {MARK, "\n", "\t"}
    told = "".join(plain(item.words) for item in hidden_words(record, [redaction]))
    assert plain(told) == plain("".join(plain(part) for part in [text[start:end]])) or not told
