"""A built packet: its order, its index, its numbers, its files when it is divided by size."""

from __future__ import annotations

import io
import os
import re
from datetime import date
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.domain.document import Document, DocumentKind
from desktop.domain.errors import UserFacingError
from desktop.domain.kept_file import MediaType
from desktop.domain.packet import BuiltPacket, PacketChoice
from desktop.letters.enclosures import enclosures_of, exhibit_letter
from desktop.letters.packet.building import build_packet
from desktop.letters.packet.split import FIXED, PageTooLargeError, PageWeight, divide
from tests.unit.letters.packet.made_files import document, packet_inputs, pdf_of
from tests.unit.letters.packet.reading import raw_words, words_of


def scan(pages: int, kilobytes: int) -> bytes:
    """A PDF of pictures that no packing makes smaller."""
    side = int((kilobytes * 1000) ** 0.5)
    pdf = pikepdf.Pdf.new()
    for _ in range(pages):
        image = pikepdf.Stream(pdf, os.urandom(side * side))
        image.update(
            {
                "/Type": pikepdf.Name.XObject,
                "/Subtype": pikepdf.Name.Image,
                "/Width": side,
                "/Height": side,
                "/ColorSpace": pikepdf.Name.DeviceGray,
                "/BitsPerComponent": 8,
            }
        )
        pdf.add_blank_page(page_size=(612, 792))
        page = pdf.pages[-1].obj
        page["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
        page["/Contents"] = pikepdf.Stream(pdf, b"q 500 0 0 500 50 200 cm /Im Do Q")
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def all_words(built: BuiltPacket) -> list[str]:
    return [page for file in built.files for page in words_of(file.content)]


def check_whole(built: BuiltPacket) -> None:
    """Every page has its number and the files follow one another without a gap."""
    pages = all_words(built)
    assert len(pages) == built.page_count
    for number, page in enumerate(pages, start=1):
        assert f"Packet page {number} of {built.page_count}" in page
    first = 1
    for file in built.files:
        assert file.first_page == first
        first += file.page_count
    for exhibit in built.exhibits:
        assert exhibit.first_page is not None
        for ordinal in range(exhibit.page_count):
            assert f"Exhibit {exhibit.letter}-{ordinal + 1}" in "".join(pages)
        assert f"Exhibit {exhibit.letter}-1" in pages[exhibit.first_page - 1]


def test_a_packet_is_cover_letter_index_and_exhibits_in_order() -> None:
    documents = [
        document("consent", "signed", DocumentKind.SIGNED_FORM),
        document("notice", "denied", DocumentKind.DENIAL_LETTER),
        document("ct", "lucency", DocumentKind.IMAGING_REPORT),
    ]
    built = build_packet(packet_inputs(documents))
    check_whole(built)
    pages = all_words(built)
    order = [
        "Fax cover",
        "Letter page one",
        "Letter page two",
        "Index of exhibits",
        "denied",
        "lucency",
        "signed",
    ]
    assert [word in page for word, page in zip(order, pages, strict=True)] == [True] * len(order)


def test_the_cover_names_nobody_and_the_reference_is_on_it() -> None:
    inputs = packet_inputs([document("a")])
    cover = words_of(build_packet(inputs).files[0].content)[0]
    assert "Testerman" not in cover
    assert "SYN-1" not in cover
    assert "Reference number" in cover
    assert "Confidential" in cover


def test_the_index_says_where_each_page_of_a_document_stands() -> None:
    long_page = "\n".join(f"line {number}" for number in range(120))
    built = build_packet(packet_inputs([document("a", f"short\f{long_page}\flast")]))
    check_whole(built)
    index = next(page for page in all_words(built) if page.startswith("Index of exhibits"))
    (exhibit,) = built.exhibits
    first = exhibit.first_page or 0
    assert exhibit.page_count == 5
    told = " ".join(index.split())
    assert f"p. 1 on {first}, p. 2 on {first + 1}–{first + 3}, p. 3 on {first + 4}" in told


def test_chosen_pages_keep_the_numbers_that_the_letter_cites() -> None:
    file = pdf_of([f"page {number}" for number in range(1, 7)])
    kept = document("a", "\f".join("123456"))
    choice = PacketChoice(document_id="a", pages=(2, 3, 6))
    built = build_packet(packet_inputs([kept], {"a": file}, choices=[choice]))
    check_whole(built)
    pages = all_words(built)
    first = built.exhibits[0].first_page or 0
    assert [
        f"page {number} of the document" in pages[first - 1 + at] for at, number in enumerate((2, 3, 6))
    ] == [True] * 3
    assert f"p. 2–3 on {first}–{first + 1}, p. 6 on {first + 2}" in " ".join(pages[first - 2].split())
    assert b"(page 4)" not in raw_words(built.files[0].content)


def test_bookmarks_labels_and_title_name_what_is_there() -> None:
    built = build_packet(packet_inputs([document("a"), document("b")]))
    with pikepdf.open(io.BytesIO(built.files[0].content)) as pdf:
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles == [
            "Fax cover",
            "First-level appeal",
            "Index of exhibits",
            "Exhibit A – Document a",
            "Exhibit B – Document b",
        ]
        assert [page.label for page in pdf.pages] == [
            "Cover-1",
            "Letter-1",
            "Letter-2",
            "Index-1",
            "A-1",
            "B-1",
        ]
        assert str(pdf.docinfo["/Title"]) == "Packet 26-0001"
        assert "/Author" not in pdf.docinfo


def test_more_than_twenty_six_exhibits_over_several_index_pages() -> None:
    documents = [document(f"d{number:02}", "words") for number in range(60)]
    built = build_packet(packet_inputs(documents))
    check_whole(built)
    assert [exhibit.letter for exhibit in built.exhibits] == [exhibit_letter(number) for number in range(60)]
    assert sum(1 for page in all_words(built) if page.startswith("Index of exhibits")) > 1


def test_a_packet_without_documents_is_the_letter_with_an_empty_index() -> None:
    built = build_packet(packet_inputs([]))
    check_whole(built)
    assert "No documents are enclosed" in all_words(built)[-1]


def test_characters_that_no_font_has_are_printed_by_number_and_named() -> None:
    built = build_packet(packet_inputs([document("a", "open \u05d0 words")]))
    assert "open [U+05D0] words" in all_words(built)[-1]
    assert any("U+05D0" in notice for notice in built.notices)


def test_a_document_without_file_or_text_is_named() -> None:
    built = build_packet(packet_inputs([document("a", "")]))
    check_whole(built)
    assert any("neither a file nor a text" in notice for notice in built.notices)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(DocumentKind), st.integers(1, 4), st.booleans(), st.none() | st.integers(0, 9)
        ),
        max_size=30,
    )
)
@settings(max_examples=12, deadline=None)
def test_letter_and_packet_use_the_same_letters(made) -> None:
    documents = [
        Document(
            id=f"d{number}",
            kind=kind,
            title=f"Document {number}",
            dated_on=date(2026, 1, 1 + number % 28),
            text="words\f" * count,
            page_starts=tuple(range(0, 6 * count, 6)),
        )
        for number, (kind, count, _, _) in enumerate(made)
    ]
    choices = [
        PacketChoice(document_id=f"d{number}", is_left_out=is_out, position=place)
        for number, (_, _, is_out, place) in enumerate(made)
    ]
    built = build_packet(packet_inputs(documents, choices=choices))
    check_whole(built)
    named_by_letter = {item.document.id: item.letter for item in enclosures_of(documents, choices)}
    assert {item.document_id: item.letter for item in built.exhibits} == named_by_letter


# ---------------------------------------------------------------------------------------------------- divided by size


def test_a_packet_is_divided_between_exhibits_with_an_index_in_each_file() -> None:
    documents = [document(name) for name in "abcd"]
    files = {name: scan(2, 300) for name in "abcd"}
    cap = 1_600_000
    built = build_packet(packet_inputs(documents, files), cap_bytes=cap)
    check_whole(built)
    assert len(built.files) > 1
    assert all(len(file.content) <= cap for file in built.files)
    whole = [letter for file in built.files for letter in file.exhibits]
    assert whole == ["A", "B", "C", "D"], "no exhibit is cut"
    for number, file in enumerate(built.files, start=1):
        pages = words_of(file.content)
        index = [page for page in pages if page.startswith("Index of exhibits")]
        assert index
        assert f"Part {number} of {len(built.files)}" in index[0]
        assert file.name.endswith(f"part {number} of {len(built.files)}.pdf")


def test_an_exhibit_larger_than_a_file_is_cut_inside() -> None:
    cap = 1_500_000
    built = build_packet(packet_inputs([document("a")], {"a": scan(8, 400)}), cap_bytes=cap)
    check_whole(built)
    assert len(built.files) >= 3
    assert all(len(file.content) <= cap for file in built.files)
    with pikepdf.open(io.BytesIO(built.files[1].content)) as pdf, pdf.open_outline() as outline:
        assert "(continued)" in outline.root[-1].title


def test_a_page_larger_than_a_file_is_named() -> None:
    inputs = packet_inputs([document("a")], {"a": scan(1, 900)})
    with pytest.raises(UserFacingError, match=r"Page 1 of 'Document a' alone takes 1\.0 MB"):
        build_packet(inputs, cap_bytes=800_000)


def test_without_a_cap_there_is_one_file() -> None:
    built = build_packet(packet_inputs([document("a")], {"a": scan(2, 900)}), cap_bytes=None)
    assert len(built.files) == 1


WEIGHTS = st.lists(
    st.tuples(st.integers(0, 4), st.lists(st.integers(0, 12), max_size=4)), min_size=1, max_size=40
).map(sorted)


@given(WEIGHTS, st.lists(st.integers(0, 90_000), min_size=13, max_size=13), st.integers(50_000, 400_000))
def test_every_page_stands_in_one_file_and_no_file_is_too_large(pages, sizes, room) -> None:
    made = [PageWeight(exhibit, tuple((0, part) for part in parts)) for exhibit, parts in pages]
    weights = {(0, part): size for part, size in enumerate(sizes)}
    heaviest = max(900 + sum(weights[need] for need in set(page.needs)) for page in made)
    if heaviest > room:
        with pytest.raises(PageTooLargeError):
            divide(made, weights, FIXED + room)
        return
    cuts = divide(made, weights, FIXED + room)
    assert cuts[0][0] == 0
    assert cuts[-1][1] == len(made)
    assert all(before[1] == after[0] for before, after in pairwise(cuts))
    for start, end in cuts:
        assert start < end
        needed = {need for page in made[start:end] for need in page.needs}
        assert sum(weights[need] for need in needed) + 900 * (end - start) <= room


def test_a_picture_file_and_a_text_stand_beside_a_pdf() -> None:
    buffer = io.BytesIO()
    Image.new("L", (600, 800), 200).save(buffer, "PNG")
    inputs = packet_inputs([document("a"), document("b")], {"a": buffer.getvalue()}, media=MediaType.PNG)
    built = build_packet(inputs)
    check_whole(built)
    assert re.search(r"words of the record", all_words(built)[-1])
