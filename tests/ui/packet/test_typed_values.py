"""Page numbers and sizes as people type them, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.field_values import FieldTextError
from desktop.ui.packet.file_size import megabytes, read_megabytes, show_megabytes
from desktop.ui.packet.page_numbers import read_pages, show_pages


@given(st.sets(st.integers(min_value=1, max_value=99_999), max_size=30))
def test_pages_read_back_as_they_are_shown(pages: set[int]) -> None:
    wanted = tuple(sorted(pages))
    assert read_pages(show_pages(wanted)) == wanted


def test_neighbouring_pages_are_joined_and_the_order_of_typing_does_not_matter() -> None:
    assert show_pages((1, 2, 3, 5)) == "1-3, 5"
    assert read_pages(" 5; 1 – 3 ,2") == (1, 2, 3, 5)
    assert read_pages("") == ()


@pytest.mark.parametrize("text", ["0", "3-1", "a", "1-", "-2", "1 2", "123456"])
def test_what_names_no_page_is_refused_in_words(text: str) -> None:
    with pytest.raises(FieldTextError):
        read_pages(text)


@given(st.integers(min_value=500_000, max_value=2_000_000_000))
def test_sizes_read_back_as_they_are_shown(size: int) -> None:
    assert read_megabytes(show_megabytes(size)) == size


def test_sizes_are_typed_with_or_without_their_unit() -> None:
    assert read_megabytes("10 MB") == read_megabytes("10") == 10_000_000
    assert read_megabytes("7,5") == 7_500_000
    assert read_megabytes("") is None
    assert show_megabytes(None) == ""
    assert megabytes(1) == "0.1 MB"


@pytest.mark.parametrize("text", ["0", "0.4", "2001", "ten", "nan", "1e9"])
def test_sizes_that_hold_no_packet_are_refused_in_words(text: str) -> None:
    with pytest.raises(FieldTextError):
        read_megabytes(text)
