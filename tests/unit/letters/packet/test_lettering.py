"""Lines of our own pages: nothing is lost when they are wrapped, and a very long one takes time with its length."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.letters.packet.lettering import fitted, printable, width_of, wrapped
from desktop.letters.paper.fonts import REGULAR, missing_characters

ROOM = 200.0


@given(st.text(st.sampled_from("ab  L5-S1█≥Wi"), max_size=400))
@settings(max_examples=50)
def test_wrapping_keeps_every_character_and_every_line_fits(text: str) -> None:
    lines = list(wrapped(text, REGULAR, 10, ROOM))
    assert "".join(lines) == text
    assert all(width_of(line.rstrip(), REGULAR, 10) <= ROOM + 0.01 for line in lines)


def test_a_line_of_a_hundred_thousand_letters_is_wrapped_in_time() -> None:
    began = time.perf_counter()
    lines = list(wrapped("x" * 100_000, REGULAR, 10, 492))
    assert sum(map(len, lines)) == 100_000
    assert time.perf_counter() - began < 5


@given(st.text(max_size=80))
@settings(max_examples=50)
def test_a_printable_text_has_a_glyph_for_everything(text: str) -> None:
    assert missing_characters(printable(text)[0]) == ()


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=300))
@settings(max_examples=50)
def test_a_fitted_line_fits(text: str) -> None:
    line, _ = printable(text)
    shown, size = fitted(line, REGULAR, 9, ROOM)
    assert width_of(shown, REGULAR, size) <= ROOM + 0.01
