"""Offsets of the record and positions of the widget name the same characters, whatever the text holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from desktop.ui.review.find_bar import matches_in
from desktop.ui.review.note_text import NoteText

ALPHABET = st.one_of(
    st.sampled_from(
        ["\r\n", "\n", "\r", "😀", "é", "e\u0301", "\u2028", "\u00a0", "\ufdd0", "א", "<b>", "&", " "]
    ),
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"),
)
TEXTS = st.lists(ALPHABET, max_size=30).map("".join)


def words_between(document: QTextDocument, start: int, end: int) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@given(TEXTS)
def test_every_offset_comes_back_from_the_widget(qapp: QApplication, text: str) -> None:
    note = NoteText(text)
    for offset in range(len(text) + 1):
        back = note.offset(note.position(offset))
        is_inside_a_line_end = text[offset - 1 : offset + 1] == "\r\n"
        assert back == (offset - 1 if is_inside_a_line_end else offset)


@given(TEXTS)
def test_positions_are_those_of_the_widgets_own_document(qapp: QApplication, text: str) -> None:
    note = NoteText(text)
    document = QTextDocument()
    document.setPlainText(note.shown)
    assert document.characterCount() - 1 == note.position(len(text))


@given(st.text(alphabet=st.sampled_from("ab 😀é\n"), min_size=1, max_size=20), st.data())
def test_a_selection_in_the_widget_is_the_same_words_in_the_record(
    qapp: QApplication, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    note = NoteText(text)
    document = QTextDocument()
    document.setPlainText(note.shown)
    shown = words_between(document, note.position(start), note.position(end))
    assert shown.replace("\u2029", "\n") == text[start:end]


@pytest.mark.parametrize(("text", "expected"), [("  no bone \n", (2, 9)), ("bone", (0, 4)), (" \n ", (3, 3))])
def test_a_selection_is_trimmed_to_its_words(text: str, expected: tuple[int, int]) -> None:
    assert NoteText(text).trimmed(0, len(text)) == expected


def test_words_are_found_across_line_ends_and_in_any_case() -> None:
    text = "No bridging\n  bone. NO BRIDGING BONE."
    assert [text[start:end] for start, end in matches_in(text, "no bridging bone")] == [
        "No bridging\n  bone",
        "NO BRIDGING BONE",
    ]


def test_signs_of_search_languages_are_plain_characters() -> None:
    text = "BP <120/80 (A&B) .* L5-S1"
    assert [text[a:b] for a, b in matches_in(text, ".*")] == [".*"]
    assert [text[a:b] for a, b in matches_in(text, "(a&b)")] == ["(A&B)"]
    assert matches_in(text, "   ") == []
