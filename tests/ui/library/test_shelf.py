"""What the list shows of sets, and what a search finds among them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.editions import ReviewState
from desktop.rules.loader import Library, load_library, load_set
from desktop.settings.paths import criteria_dir
from desktop.ui.library.shelf import Entry, Heading, SetRow, Shelf, ShelfView, listing
from desktop.ui.library.wording import not_in_force, short_name
from tests.ui.library.sets import LATER, OWN

TODAY = date(2026, 11, 22)
OWN_SETS = (load_set(OWN, "own"), load_set(LATER, "later"))
LIBRARY = load_library(criteria_dir()).with_user_sets(OWN_SETS)


def shelf_on(today: date, library: Library = LIBRARY) -> Shelf:
    return Shelf(library, frozenset(item.id for item in OWN_SETS), today)


SHELF = shelf_on(TODAY)


def sets_of(entries: tuple[Entry, ...]) -> list[SetRow]:
    return [entry for entry in entries if isinstance(entry, SetRow)]


def test_without_a_search_every_set_stands_once_under_its_family() -> None:
    found = listing(SHELF, ShelfView.ALL, "  ")
    assert sorted(row.id for row in sets_of(found.entries)) == sorted(item.id for item in LIBRARY.sets)
    family = ""
    for entry in found.entries:
        if isinstance(entry, Heading):
            family = entry.family
        else:
            assert entry.criteria_set.family == family


def test_a_request_finds_its_family_first_and_says_why() -> None:
    found = listing(
        SHELF, ShelfView.ALL, "reinsertion of fixation, screws are loose after an L4-S1 fusion, 22849"
    )
    headings = [entry for entry in found.entries if isinstance(entry, Heading)]
    assert {"lumbar-fusion-revision", "spinal-fixation-reinsertion"} <= {
        entry.family for entry in headings[:2]
    }
    assert all(entry.why for entry in headings[:2])


@pytest.mark.parametrize("words", ["aetna 0743", "CPB 0743", "Aetna bulletin 0743"])
def test_a_publisher_with_its_number_is_found_though_it_is_no_request(words: str) -> None:
    found = sets_of(listing(SHELF, ShelfView.ALL, words).entries)
    assert "lumbar-fusion-revision.aetna-0743" in {row.id for row in found}


def test_of_a_family_that_is_asked_for_the_sets_with_every_word_come_first() -> None:
    found = sets_of(listing(SHELF, ShelfView.ALL, "lumbar fusion premera").entries)
    assert found[0].criteria_set.publisher.startswith("Premera")


def test_a_code_finds_the_sets_that_list_it() -> None:
    found = {row.id for row in sets_of(listing(SHELF, ShelfView.ALL, "22849").entries)}
    assert {"lumbar-fusion-revision.cms-l37848", "summit-plan.revision"} <= found


def test_words_that_nothing_contains_find_nothing() -> None:
    assert listing(SHELF, ShelfView.ALL, "zzzzz").set_count == 0


def test_own_sets_can_be_seen_alone() -> None:
    found = sets_of(listing(SHELF, ShelfView.OWN, "").entries)
    assert {row.id for row in found} == {"summit-plan.revision", "summit-plan.revision-2027"}
    assert all(row.is_own and row.licence == "Own" for row in found)


def test_sets_past_their_day_can_be_seen_alone_amber_and_later_red() -> None:
    (due,) = [row for row in sets_of(listing(SHELF, ShelfView.TO_CHECK, "").entries) if row.is_own]
    assert (due.review.state, due.review_word) == (ReviewState.DUE, "Check by 2026-10-01")
    later = shelf_on(date(2027, 9, 1))
    overdue = next(row for row in sets_of(listing(later, ShelfView.TO_CHECK, "").entries) if row.is_own)
    assert (overdue.review.state, overdue.review_word) == (ReviewState.OVERDUE, "Overdue 2026-10-01")


def test_an_edition_that_is_not_in_force_says_from_or_until_when() -> None:
    early, late = OWN_SETS
    assert not_in_force(early, TODAY, LIBRARY.sets) == ""
    assert not_in_force(late, TODAY, LIBRARY.sets) == "In force from 2027-01-01"
    assert not_in_force(early, date(2027, 2, 1), LIBRARY.sets) == "Superseded on 2027-01-01"
    ended = load_set(OWN.replace("effective_from: 2026-01-01", "effective_to: 2026-03-31"), "ended")
    assert not_in_force(ended, TODAY, (ended,)) == "Ended 2026-03-31"


def test_what_is_in_force_stands_before_what_is_not() -> None:
    rows = sets_of(listing(SHELF, ShelfView.OWN, "").entries)
    assert [row.id for row in rows] == ["summit-plan.revision", "summit-plan.revision-2027"]


def test_a_row_is_spoken_with_everything_that_its_colours_say() -> None:
    row = SHELF.row(next(item for item in LIBRARY.sets if item.id == "lumbar-fusion-revision.aetna-0743"))
    assert "reported" in row.spoken
    assert "license public" in row.spoken
    due = SHELF.row(OWN_SETS[0])
    assert "confirm it before relying on it" in due.spoken


def test_a_long_row_of_numbers_is_shortened_in_the_list() -> None:
    many = load_set(OWN.replace("SP-22", "L39741, L39758, L39762, L39773, L39788"), "many")
    assert short_name(many) == "Summit Plan L39741 +4"


@given(st.text(max_size=60), st.sampled_from(ShelfView))
def test_any_search_lists_each_set_at_most_once_and_never_an_empty_family(
    words: str, view: ShelfView
) -> None:
    entries = listing(SHELF, view, words).entries
    ids = [row.id for row in sets_of(entries)]
    assert len(ids) == len(set(ids))
    for at, entry in enumerate(entries):
        if isinstance(entry, Heading):
            assert at + 1 < len(entries)
            assert isinstance(entries[at + 1], SetRow)
