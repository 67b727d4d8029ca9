"""Editions of one document, the one in force on a day, and when a set must be read again."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.criteria import CriteriaSet
from desktop.rules.editions import (
    ReviewState,
    documents,
    edition_on,
    editions_of,
    in_force,
    review_state,
    why_not_in_force,
)
from tests.criteria.sets import leaf, set_of

NEW_YEAR = date(2026, 1, 1)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def edition(set_id: str, first: date | None = None, last: date | None = None, **more: object) -> CriteriaSet:
    fields = {"id": set_id, "publisher": "Plan", "document_number": "P-1", **more}
    return set_of(leaf("a"), effective_from=first, effective_to=last, **fields)


OLD = edition("p.2025", date(2025, 1, 1), date(2025, 12, 31))
NEW = edition("p.2026", NEW_YEAR)


def ids(sets: tuple[CriteriaSet, ...]) -> list[str]:
    return [item.id for item in sets]


def test_editions_share_family_publisher_and_number_whatever_their_case_and_spaces() -> None:
    alike = edition("p.2024", publisher=" PLAN ", document_number="p-1")
    other = edition("q.2026", document_number="P-2")
    found = documents([NEW, other, OLD, alike])
    assert [ids(editions) for editions in found] == [["p.2024", "p.2025", "p.2026"], ["q.2026"]]
    assert ids(editions_of(OLD, [NEW, other])) == ["p.2025", "p.2026"]


def test_superseding_links_editions_whose_number_changed() -> None:
    renumbered = edition("p.2027", date(2027, 1, 1), document_number="R-9", supersedes="p.2026")
    assert ids(editions_of(renumbered, [OLD, NEW])) == ["p.2025", "p.2026", "p.2027"]


def test_editions_that_supersede_each_other_in_a_circle_are_still_listed_once() -> None:
    one = edition("one", document_number="1", supersedes="two")
    two = edition("two", document_number="2", supersedes="one")
    assert ids(editions_of(one, [two])) == ["one", "two"]
    assert edition_on([one, two], NEW_YEAR) is not None


def test_the_last_day_of_an_edition_is_its_own_and_the_next_day_its_successors() -> None:
    assert edition_on([OLD, NEW], date(2025, 12, 31)) is OLD
    assert edition_on([OLD, NEW], NEW_YEAR) is NEW
    assert edition_on([OLD, NEW], date(2024, 12, 31)) is None
    assert edition_on([NEW, OLD], None) is NEW


def test_an_edition_without_an_end_yields_to_its_successor() -> None:
    open_ended = edition("p.2025", date(2025, 1, 1))
    assert edition_on([NEW, open_ended], date(2026, 6, 1)) is NEW
    assert edition_on([NEW, open_ended], date(2025, 6, 1)) is open_ended


def test_a_successor_without_a_first_day_begins_when_its_predecessor_has_ended() -> None:
    undated = edition("p.next", supersedes="p.2025")
    assert edition_on([undated, OLD], date(2025, 6, 1)) is OLD
    assert edition_on([undated, OLD], NEW_YEAR) is undated
    assert "only from 2026-01-01" in why_not_in_force(undated, date(2025, 6, 1), [OLD])


def test_of_two_undated_editions_the_superseding_one_is_in_force() -> None:
    first = edition("p.a", supersedes=None)
    second = edition("p.b", supersedes="p.a")
    assert edition_on([second, first], NEW_YEAR) is second
    assert "p.b" in why_not_in_force(first, None, [second])


def test_in_force_names_one_edition_of_each_document_and_none_where_none_is() -> None:
    other = edition("q.2030", date(2030, 1, 1), document_number="P-2")
    assert ids(in_force([OLD, NEW, other], date(2025, 5, 5))) == ["p.2025"]
    assert ids(in_force([OLD, NEW, other], date(2031, 5, 5))) == ["p.2026", "q.2030"]


def test_why_an_edition_is_not_in_force_names_the_days() -> None:
    assert why_not_in_force(NEW, date(2026, 5, 5), [OLD]) == ""
    assert "only from 2026-01-01" in why_not_in_force(NEW, date(2025, 5, 5), [OLD])
    said = why_not_in_force(OLD, date(2026, 5, 5), [NEW])
    assert "ended on 2025-12-31" in said
    assert "p.2026" in said
    assert "ended on 2025-12-31; the service is on 2026-05-05" in why_not_in_force(OLD, date(2026, 5, 5), [])


def test_a_set_is_fresh_up_to_its_day_then_amber_then_red() -> None:
    due = edition("p", review_by=NEW_YEAR)
    assert review_state(due, NEW_YEAR).state is ReviewState.FRESH
    amber = review_state(due, NEW_YEAR + timedelta(days=1))
    assert amber.state is ReviewState.DUE
    assert "1 day ago" in amber.sentence
    assert review_state(due, NEW_YEAR + timedelta(days=180)).state is ReviewState.DUE
    assert review_state(due, NEW_YEAR + timedelta(days=181)).state is ReviewState.OVERDUE
    assert review_state(edition("p"), NEW_YEAR).state is ReviewState.FRESH


@given(st.lists(DAYS, min_size=1, max_size=5, unique=True), DAYS)
def test_of_editions_in_a_row_the_last_that_has_begun_is_in_force(starts: list[date], day: date) -> None:
    sets = [edition(f"p.{number}", first) for number, first in enumerate(starts)]
    begun = [item for item in sets if item.effective_from is not None and item.effective_from <= day]
    expected = max(begun, key=lambda item: item.effective_from or day, default=None)
    assert edition_on(sets, day) is expected
