"""How old linked words may be: calendar months before the service, exact at month ends, and said in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.assessment import Stance
from desktop.domain.document import Document
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.domain.window import TimeUnit, Window, months_before
from desktop.rules.currency import currency_of
from desktop.rules.evaluate import evaluate
from desktop.rules.leaf import LeafResult, judge
from tests.criteria.sets import amount, answer, by_key, leaf, link, links_to, missing, set_of, threshold

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(1, 600)
SERVICE = date(2026, 3, 31)


def months_of(count: int) -> Window:
    return Window(count=count, unit=TimeUnit.MONTHS)


YEARLY = leaf("a", within=months_of(12))


def report(dated_on: date | None, name: str = "report") -> Document:
    return Document(id=name, dated_on=dated_on, text="No bridging bone at L5-S1.")


def judged(criterion, assessment, *documents: Document, service_on: date | None = SERVICE) -> LeafResult:
    links = [link(document=document, link_id=document.id) for document in documents]
    return judge(criterion, assessment, links, {item.id: item for item in documents}, service_on)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2024-02-29", 48, "2020-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 6, "2026-06-30"),
        ("2026-12-15", 12, "2025-12-15"),
        ("2026-12-15", 600, "1976-12-15"),
        ("0030-05-05", 600, "0001-01-01"),
        ("0001-01-31", 0, "0001-01-31"),
    ],
)
def test_months_are_counted_by_the_calendar(day: str, months: int, expected: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(expected)


@given(DAYS, MONTHS)
def test_the_day_is_kept_or_is_the_last_of_a_shorter_month(day: date, months: int) -> None:
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    last = monthrange(earlier.year, earlier.month)[1]
    assert earlier.day == day.day or (earlier.day == last < day.day)


@given(DAYS, DAYS, MONTHS)
def test_a_later_service_never_lets_older_words_in(one: date, other: date, months: int) -> None:
    earlier, later = sorted((one, other))
    assert months_before(earlier, months) <= months_before(later, months)


@given(DAYS, MONTHS, st.lists(st.none() | DAYS, min_size=1, max_size=4))
def test_one_document_of_the_time_asked_for_is_enough_and_none_is_not(
    service_on: date, months: int, days: list[date | None]
) -> None:
    found = currency_of(months_of(months), service_on, [report(day) for day in days])
    within = [day for day in days if day and months_before(service_on, months) <= day <= service_on]
    assert found.is_outdated is not bool(within)
    assert bool(found.remark) is found.is_outdated


@given(MONTHS, st.lists(st.none() | DAYS, max_size=3), st.sampled_from(list(State)))
def test_without_a_limit_no_age_changes_anything(months: int, days: list[date | None], state: State) -> None:
    documents = [report(day, f"d{number}") for number, day in enumerate(days)]
    assessment = answer(state, exception_source="plan")
    free = judged(leaf("a"), assessment, *documents)
    assert free == judged(leaf("a"), assessment, *documents, service_on=None)
    limited = judged(leaf("a", within=months_of(months)), assessment, *documents)
    assert limited.truth in {free.truth, Truth.UNKNOWN}
    if free.truth is not Truth.TRUE or state is State.EXCEPTION:
        assert limited == free


@pytest.mark.parametrize(
    ("day", "truth"),
    [
        (date(2025, 3, 31), Truth.TRUE),
        (date(2025, 3, 30), Truth.UNKNOWN),
        (SERVICE, Truth.TRUE),
        (SERVICE + timedelta(days=1), Truth.UNKNOWN),
        (None, Truth.UNKNOWN),
    ],
)
def test_the_first_and_the_last_day_count(day: date | None, truth: Truth) -> None:
    assert judged(YEARLY, answer(State.MET), report(day)).truth is truth


def test_the_reason_names_the_limit_the_service_and_every_date() -> None:
    result = judged(YEARLY, answer(State.MET), report(date(2024, 9, 14), "old"), report(None, "bare"))
    assert result.truth is Truth.UNKNOWN
    assert result.reason == (
        "Met. None of the linked words dates from the 12 months before the service on 2026-03-31 "
        "(2025-03-31 or later is needed; linked: 2024-09-14, undated)."
    )


def test_old_words_beside_recent_ones_do_no_harm() -> None:
    result = judged(YEARLY, answer(State.MET), report(date(2020, 1, 1), "old"), report(SERVICE, "new"))
    assert (result.truth, result.reason) == (Truth.TRUE, "Met.")


def test_without_a_day_of_service_the_answer_stands_and_the_reason_says_what_cannot_be_checked() -> None:
    result = judged(leaf("a", within=months_of(1)), answer(State.MET), report(SERVICE), service_on=None)
    assert result.truth is Truth.TRUE
    assert result.reason == (
        "Met. Whether the linked words date from the 1 month before the service cannot be checked: "
        "the service line has no date."
    )


def test_an_answer_without_linked_words_has_no_age() -> None:
    assert judged(YEARLY, answer(State.MET)) == LeafResult(Truth.TRUE, "Met. No words linked.")


def test_contradicting_words_do_not_make_old_ones_current() -> None:
    documents = (report(date(2020, 1, 1), "old"), report(SERVICE, "new"))
    links = [link(document=documents[0]), link(Stance.CONTRADICTS, documents[1], "against")]
    result = judge(YEARLY, answer(State.MET), links, {item.id: item for item in documents}, SERVICE)
    assert result.truth is Truth.UNKNOWN


def test_a_document_that_is_not_in_the_record_counts_as_undated() -> None:
    result = judge(YEARLY, answer(State.MET), [link()], {}, SERVICE)
    assert result.truth is Truth.UNKNOWN
    assert "linked: undated" in result.reason


def test_a_recorded_value_from_old_words_decides_nothing_either() -> None:
    criterion = leaf("a", within=months_of(12), threshold=threshold("<=", "10", "ng/mL"))
    assessment = answer(None, amount=amount("3", "ng/mL"))
    assert judged(criterion, assessment, report(date(2020, 1, 1))).truth is Truth.UNKNOWN
    assert judged(criterion, assessment, report(SERVICE)).truth is Truth.TRUE


@pytest.mark.parametrize(("service_on", "truth"), [("2026-03-31", Truth.TRUE), ("2026-04-01", Truth.UNKNOWN)])
def test_each_line_is_held_against_its_own_day_and_an_outdated_answer_stays_open(service_on, truth) -> None:
    document = report(date(2025, 3, 31))
    line = ServiceLine(id="line", service_on=date.fromisoformat(service_on))
    trace = evaluate(
        set_of(YEARLY),
        line,
        by_key(answer(State.MET)),
        links_to("a", link(document=document)),
        documents=[document],
    )
    assert trace.truth is truth
    assert missing(trace) == ([] if truth is Truth.TRUE else ["a"])
