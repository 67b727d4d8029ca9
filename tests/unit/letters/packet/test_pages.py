"""Pages of every kind in a packet: the stamp stands in sight and over no word, the page is shown as it was meant."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.kept_file import MediaType
from desktop.letters.packet.building import build_packet
from desktop.letters.packet.geometry import LEAST_SIDE, STRIP, sheet_for, visible_box
from tests.unit.letters.packet.made_files import (
    changed,
    cropped,
    document,
    packet_inputs,
    pdf_of,
    picture,
    turned,
)
from tests.unit.letters.packet.reading import grey_at, picture_of, places_of, words_of

WORDS = "lucency at the screw"


def built_with(file: bytes, media: MediaType = MediaType.PDF) -> bytes:
    built = build_packet(packet_inputs([document("a")], {"a": file}, media=media))
    return built.files[0].content


PAGES = {
    "letter": pdf_of([WORDS]),
    "a4": pdf_of([WORDS], (595.28, 841.89)),
    "landscape": pdf_of([WORDS], (792, 612)),
    "turned 90": turned(pdf_of([WORDS]), 90),
    "turned 180": turned(pdf_of([WORDS]), 180),
    "turned 270": turned(pdf_of([WORDS]), 270),
    "turned -90": turned(pdf_of([WORDS]), -90),
    "cropped": cropped(pdf_of([WORDS]), (30, 400, 400, 760)),
    "cropped and turned": turned(cropped(pdf_of([WORDS]), (30, 400, 400, 760)), 90),
    "crop beyond the page": cropped(pdf_of([WORDS]), (-200, -200, 5000, 5000)),
    "tiny": pdf_of([WORDS], (160, 100)),
    "huge": pdf_of([WORDS], (3600, 4800)),
    "full to the edge": pdf_of(["\n".join([WORDS] * 44)], (612, 792)),
}


@pytest.mark.parametrize("name", PAGES)
def test_stamp_and_words_are_in_sight_and_apart(name: str) -> None:
    pdf = built_with(PAGES[name])
    stamps = places_of(pdf, "Exhibit A-1")
    assert len(stamps) == 1
    page, stamp, (width, height) = stamps[0]
    assert 0 <= stamp[0] < stamp[2] <= width
    assert 0 <= stamp[1] < stamp[3] <= height
    words = [box for number, box, _ in places_of(pdf, WORDS) if number == page]
    assert words, "the page's own words are gone"
    top_of_stamp = STRIP * max(1.0, min(width, height) / 612.0)
    for box in words:
        assert box[1] >= top_of_stamp - 0.5 or box[3] <= 0, "a word lies in the strip of the stamp"


@pytest.mark.parametrize(("degrees", "corner"), [(0, "tl"), (90, "tr"), (180, "br"), (270, "bl")])
def test_a_turned_page_is_shown_as_a_reader_shows_it(degrees: int, corner: str) -> None:
    marked = changed(pdf_of([""]), _black_corner)
    pdf = built_with(turned(marked, degrees))
    (page, _, _) = places_of(pdf, "Exhibit A-1")[0]
    shown = picture_of(pdf, page)
    at = {"tl": (0.09, 0.06), "tr": (0.91, 0.06), "br": (0.91, 0.86), "bl": (0.09, 0.86)}
    dark = {name for name, place in at.items() if grey_at(shown, *place) < 80}
    assert dark == {corner}


def _black_corner(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.obj["/Contents"] = pikepdf.Stream(pdf, b"0 g 0 672 120 120 re f")


def test_content_that_leaves_its_state_open_does_not_move_the_stamp() -> None:
    def unbalance(pdf: pikepdf.Pdf) -> None:
        own = pdf.pages[0].Contents.read_bytes()
        loose = b"Q Q Q q q 3 0 0 3 -500 -900 cm " + own + b" q 9 0 0 9 0 0 cm"
        pdf.pages[0].obj["/Contents"] = pikepdf.Stream(pdf, loose)

    pdf = built_with(changed(pdf_of([WORDS]), unbalance))
    (_, box, (width, _height)) = places_of(pdf, "Exhibit A-1")[0]
    assert 0 <= box[0] < box[2] <= width
    assert box[3] <= STRIP


def test_a_page_without_content_or_boxes_is_a_blank_page() -> None:
    def empty(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        for key in ("/Contents", "/Resources"):
            if key in page:
                del page[key]
        page["/MediaBox"] = pikepdf.Array([0, 0, 0, 0])

    assert "Exhibit A-1" in words_of(built_with(changed(pdf_of(["x"]), empty)))[-1]


def test_several_content_streams_are_drawn_one_after_the_other() -> None:
    def divide(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        own = page.Contents.read_bytes()
        cut = own.rfind(b"\n", 0, len(own) // 2)
        first, second = own[:cut], own[cut:]
        page.obj["/Contents"] = pikepdf.Array([pikepdf.Stream(pdf, first), pikepdf.Stream(pdf, second)])

    assert WORDS in words_of(built_with(changed(pdf_of([WORDS]), divide)))[-1]


def test_one_content_stream_used_by_two_pages_serves_both() -> None:
    def share(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj["/Contents"] = pdf.pages[0].obj["/Contents"]

    pages = words_of(built_with(changed(pdf_of([WORDS, "other"]), share)))
    assert WORDS in pages[-1]
    assert WORDS in pages[-2]


@pytest.mark.parametrize(
    ("form", "mode", "media"),
    [
        ("PNG", "L", MediaType.PNG),
        ("PNG", "RGB", MediaType.PNG),
        ("PNG", "RGBA", MediaType.PNG),
        ("PNG", "P", MediaType.PNG),
        ("PNG", "1", MediaType.PNG),
        ("PNG", "I;16", MediaType.PNG),
        ("JPEG", "L", MediaType.JPEG),
        ("JPEG", "RGB", MediaType.JPEG),
        ("JPEG", "CMYK", MediaType.JPEG),
        ("TIFF", "1", MediaType.TIFF),
        ("TIFF", "CMYK", MediaType.TIFF),
    ],
)
def test_a_picture_is_drawn_with_its_blacks_black_and_its_whites_white(form, mode, media) -> None:
    made = picture(form, mode="L" if mode == "I;16" else mode)
    if mode == "I;16":
        made = _sixteen_bits()
    pdf = built_with(made, media)
    shown = picture_of(pdf, 4)
    assert grey_at(shown, 0.25, 0.16) < 60
    assert grey_at(shown, 0.8, 0.5) > 240


def _sixteen_bits() -> bytes:
    from PIL import Image

    plain = Image.open(io.BytesIO(picture()))
    deep = plain.convert("I").point(lambda value: value * 200)
    buffer = io.BytesIO()
    deep.convert("I;16").save(buffer, "PNG")
    return buffer.getvalue()


def test_every_frame_of_a_tiff_is_a_page() -> None:
    from PIL import Image

    frames = [Image.new("1", (850, 1100), 1) for _ in range(3)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "TIFF", save_all=True, append_images=frames[1:], compression="group4")
    assert "Exhibit A-3" in words_of(built_with(buffer.getvalue(), MediaType.TIFF))[-1]


def test_a_photograph_turned_by_its_camera_is_upright_and_tells_no_place() -> None:
    from PIL import Image

    image = Image.new("RGB", (400, 300), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "taken at the patient's home"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    pdf = built_with(buffer.getvalue(), MediaType.JPEG)
    assert b"patient's home" not in pdf
    plain = io.BytesIO()
    exif[0x0112] = 1
    image.save(plain, "JPEG", exif=exif, comment=b"a comment of the camera")
    pdf = built_with(plain.getvalue(), MediaType.JPEG)
    assert b"patient's home" not in pdf
    assert b"comment of the camera" not in pdf


@given(
    st.tuples(*[st.floats(-20_000, 20_000)] * 4),
    st.tuples(*[st.floats(-20_000, 20_000)] * 4) | st.none(),
    st.integers(-1000, 1000),
)
def test_whatever_the_boxes_say_page_and_stamp_lie_on_the_sheet(media, crop, rotate) -> None:
    box = visible_box(media, crop)
    sheet = sheet_for(box, rotate)
    a, b, c, d, e, f = sheet.matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    strip = STRIP * sheet.stamp_scale
    for x, y in corners:
        assert -0.01 <= x <= sheet.width + 0.01
        assert strip - 0.01 <= y <= sheet.height + 0.01
    assert min(sheet.width, sheet.height) >= LEAST_SIDE
    assert strip < sheet.height / 2
