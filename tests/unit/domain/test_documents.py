"""Spans are sealed to their words, their place and their document."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from desktop.domain.document import Document, DocumentKind, SpanState, check_span, span_of

REPORT = Document(
    id="ct", title="CT", dated_on=date(2026, 9, 1), text="Page one.\nPage two.", page_starts=(0, 10)
)


def test_a_span_holds_the_exact_words_and_their_page() -> None:
    span = span_of(REPORT, 10, 18)
    assert (span.quote, span.page) == ("Page two", 2)
    assert check_span(span, REPORT) is SpanState.INTACT


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 4), (-1, 4), (0, 20)])
def test_a_span_needs_words_of_the_document(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        span_of(REPORT, start, end)


@given(st.text(alphabet="abc \n", min_size=2, max_size=30), st.data())
def test_any_change_to_document_or_place_is_seen(text: str, data: st.DataObject) -> None:
    document = Document(id="d", text=text)
    start = data.draw(st.integers(0, len(text) - 1))
    span = span_of(document, start, data.draw(st.integers(start + 1, len(text))))
    assert check_span(span, document) is SpanState.INTACT
    assert check_span(span, document.model_copy(update={"text": text + "x"})) is SpanState.CHANGED
    assert check_span(span.model_copy(update={"quote": span.quote + "x"}), document) is SpanState.CHANGED
    assert check_span(span, document.model_copy(update={"id": "other"})) is SpanState.MISSING
    assert check_span(span, None) is SpanState.MISSING


def test_a_forged_seal_is_seen() -> None:
    span = span_of(REPORT, 0, 4)
    assert check_span(span.model_copy(update={"seal": "0" * 64}), REPORT) is SpanState.CHANGED


@pytest.mark.parametrize("starts", [(), (1,), (0, 0), (0, 5, 3), (0, 99)])
def test_pages_lie_in_the_text(starts: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError):
        Document(id="d", text="words", page_starts=starts)


def test_a_document_is_cited_by_title_and_date_where_it_has_one() -> None:
    assert REPORT.citation == "CT, 2026-09-01"
    assert Document(id="d", title="A note").citation == "A note"
    assert (DocumentKind.PT_RECORD.label, DocumentKind.LAB_REPORT.label) == ("PT record", "Lab report")
