"""Text files from outside come in exactly, or are refused with the character named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake import text_file
from desktop.intake.text_file import TextFileRefusedError, read_text_file, text_of

WORDS = "Größe ≥ 4 mm – שלום 😀 BP <120/80 A&B <3"
_kept = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r"), min_size=1)


def refusal(data: bytes) -> str:
    with pytest.raises(TextFileRefusedError) as caught:
        text_of(data, "note.txt")
    return caught.value.what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_encoding_is_read_exactly(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(WORDS.encode(encoding))
    read = read_text_file(path)
    assert (read.text, read.notices) == (WORDS, ())


def test_big_endian_utf16_is_read() -> None:
    assert text_of(b"\xfe\xff" + WORDS.encode("utf-16-be"), "n").text == WORDS


def test_windows_text_is_read_and_said_to_be_windows_text() -> None:
    read = text_of("4 mm – Größe".encode("cp1252"), "n")
    assert read.text == "4 mm – Größe"
    assert "Windows-1252" in read.notices[0]


def test_line_ends_become_one_kind() -> None:
    assert text_of(b"a\r\nb\rc\nd", "n").text == "a\nb\nc\nd"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "'note.txt' is empty: it has 0 bytes."),
        (b" \n\t", "'note.txt' holds nothing but blank space."),
        (
            b"abc\x00d",
            "'note.txt' was refused: U+0000 (NUL) at character 4 cannot be stored or printed; remove it.",
        ),
        (b"\xff\xfea", "'note.txt' says it is UTF-16, but is not at byte 3."),
        (b"abc\x81", "'note.txt' is neither UTF-8 nor Windows-1252 text (byte 4 is 0x81)."),
    ],
)
def test_what_cannot_be_read_faithfully_is_refused(data: bytes, words: str) -> None:
    assert refusal(data) == words


def test_a_file_over_the_cap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_file, "MAX_BYTES", 10)
    assert "is larger than" in refusal(b"x" * 11)


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(TextFileRefusedError, match="could not be read"):
        read_text_file(tmp_path / "none.txt")


@given(_kept)
def test_any_text_comes_in_exactly(text: str) -> None:
    data = text.encode("utf-8")
    if not text.strip() or data.startswith(b"\xef\xbb\xbf"):
        return
    assert text_of(data, "n").text == text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text_of(data, "n").text.encode("utf-8")
    except TextFileRefusedError as error:
        refused = error
    else:
        return
    assert refused.todo


def test_a_pdf_under_another_name_is_not_taken_for_text() -> None:
    with pytest.raises(TextFileRefusedError, match="is a PDF, not a text file"):
        text_of(b"%PDF-1.4\n1 0 obj", "note.txt")
