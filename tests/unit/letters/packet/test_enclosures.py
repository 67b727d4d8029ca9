"""The letters of exhibits: one function for the letter and the packet, whatever the reviewer leaves out or moves."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.document import Document, DocumentKind
from desktop.domain.packet import PacketChoice
from desktop.letters.enclosures import PACKET_ORDER, enclosures_of, exhibit_letter


@st.composite
def documents_and_choices(draw: st.DrawFn) -> tuple[tuple[Document, ...], tuple[PacketChoice, ...]]:
    count = draw(st.integers(0, 40))
    documents = tuple(
        Document(
            id=f"doc-{index}",
            kind=draw(st.sampled_from(DocumentKind)),
            dated_on=draw(st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1))),
            text="one\ntwo\nthree\n",
            page_starts=(0, 4, 8),
        )
        for index in range(count)
    )
    named = st.sampled_from([f"doc-{index}" for index in range(count + 1)])
    choices = draw(
        st.lists(
            st.builds(
                PacketChoice,
                document_id=named,
                is_left_out=st.booleans(),
                pages=st.lists(st.integers(1, 5), max_size=3).map(tuple),
                position=st.none() | st.integers(-2, 60),
            ),
            unique_by=lambda choice: choice.document_id,
        )
    )
    return documents, tuple(choices)


def test_every_kind_of_document_has_its_place_in_the_packet() -> None:
    assert set(PACKET_ORDER) == set(DocumentKind)


@settings(max_examples=40)
@given(documents_and_choices())
def test_what_is_not_left_out_is_enclosed_once_under_letters_without_a_gap(made) -> None:
    documents, choices = made
    left_out = {choice.document_id for choice in choices if choice.is_left_out}
    found = enclosures_of(documents, choices)
    assert {item.document.id for item in found} == {item.id for item in documents} - left_out
    assert [item.letter for item in found] == [exhibit_letter(index) for index in range(len(found))]
    kinds = [PACKET_ORDER.index(item.document.kind) for item in found]
    assert kinds == sorted(kinds)
    assert all(item.pages and set(item.pages) <= {1, 2, 3} for item in found)


@settings(max_examples=40)
@given(documents_and_choices())
def test_the_order_does_not_depend_on_the_order_of_the_choices(made) -> None:
    documents, choices = made
    assert enclosures_of(documents, choices) == enclosures_of(documents, tuple(reversed(choices)))


def test_a_document_given_a_place_stands_there_among_its_kind() -> None:
    documents = tuple(
        Document(id=name, kind=DocumentKind.CLINIC_NOTE, dated_on=date(2026, month, 1))
        for month, name in enumerate(("a", "b", "c"), start=1)
    )
    first_c = PacketChoice(document_id="c", position=0)
    assert [item.document.id for item in enclosures_of(documents, (first_c,))] == ["c", "a", "b"]


def test_only_the_chosen_pages_count() -> None:
    document = Document(id="a", text="1\n2\n3\n", page_starts=(0, 2, 4))
    (found,) = enclosures_of((document,), (PacketChoice(document_id="a", pages=(3, 1, 9)),))
    assert found.pages == (1, 3)
    assert found.page_count == 2
