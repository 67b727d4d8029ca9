"""More evidence never moves a decided criterion back to unknown, unless it conflicts; nor a decided set."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentState as State
from desktop.domain.assessment import CriterionAssessment, EvidenceLink, Stance
from desktop.domain.criteria import Group, leaves
from desktop.domain.document import Document
from desktop.domain.truth import Truth
from desktop.domain.window import TimeUnit, Window
from desktop.rules.leaf import judge
from tests.criteria.sets import amount, answer, leaf, link, run, threshold
from tests.criteria.trees import trees

SERVICE = date(2026, 11, 20)
BEGINS = date(2026, 5, 20)
CRITERION = leaf("a", threshold=threshold(">=", "6", "weeks"), within=Window(count=6, unit=TimeUnit.MONTHS))
TEXT = "Seven weeks of care, and more words."
OPEN = (None, State.UNCLEAR, State.NOT_DOCUMENTED)


def _document(number: int, day: date | None) -> Document:
    return Document(id=f"d{number}", text=TEXT, dated_on=day)


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1))
STANCES = st.sampled_from(Stance)
LINKED = st.lists(st.tuples(STANCES, DAYS), max_size=4)
VALUES = st.sampled_from([None, "4", "6", "7"])


def _judged(assessment: CriterionAssessment, linked: list[tuple[Stance, date | None]]) -> Truth:
    documents = {f"d{number}": _document(number, day) for number, (_, day) in enumerate(linked)}
    links: list[EvidenceLink] = [
        link(stance, documents[f"d{number}"], f"link-{number}") for number, (stance, _) in enumerate(linked)
    ]
    return judge(CRITERION, assessment, links, documents, SERVICE).truth


def _answered(state: State | None, value: str | None) -> CriterionAssessment:
    return answer(state, amount=amount(value, "weeks") if value else None)


def _is_outdated(linked: list[tuple[Stance, date | None]]) -> bool:
    """Whether there are supporting words, and none of them of the time that the criterion asks for."""
    days = [day for stance, day in linked if stance is Stance.SUPPORTS]
    return bool(days) and not any(day is not None and BEGINS <= day <= SERVICE for day in days)


@given(st.sampled_from([*OPEN, State.MET, State.NOT_MET]), VALUES, LINKED, LINKED)
def test_words_that_are_added_undecide_nothing_unless_they_are_all_of_another_time(
    state, value, linked, added
) -> None:
    assessment = _answered(state, value)
    before, after = _judged(assessment, linked), _judged(assessment, [*linked, *added])
    if before is not Truth.UNKNOWN and after is not before:
        assert after is Truth.UNKNOWN
        assert _is_outdated([*linked, *added])
        assert not any(stance is Stance.SUPPORTS for stance, _ in linked)


@given(st.sampled_from([State.MET, State.NOT_MET]), VALUES.filter(bool), LINKED)
def test_a_value_that_is_added_undecides_an_answer_only_when_it_says_the_opposite(
    state, value, linked
) -> None:
    before = _judged(_answered(state, None), linked)
    after = _judged(_answered(state, value), linked)
    conflicts = (state is State.MET) is not (value in {"6", "7"})
    assert after is (Truth.UNKNOWN if conflicts else before)


@given(st.sampled_from(OPEN), st.sampled_from([State.MET, State.NOT_MET]), VALUES, LINKED)
def test_an_answer_to_what_was_open_agrees_with_the_value_or_is_a_conflict(
    first, then, value, linked
) -> None:
    before = _judged(_answered(first, value), linked)
    after = _judged(_answered(then, value), linked)
    if before is not Truth.UNKNOWN:
        assert after in {before, Truth.UNKNOWN}
        if after is Truth.UNKNOWN:
            assert value is not None  # the answer and the value contradict each other


@given(trees(), st.data())
def test_settling_open_criteria_never_turns_or_undecides_a_decided_set(
    tree: Group, data: st.DataObject
) -> None:
    states = st.sampled_from([State.MET, State.NOT_MET, State.UNCLEAR, State.NOT_APPLICABLE, None])
    given_now = {item.id: data.draw(states) for item in leaves(tree)}
    settled = {
        name: state if state not in OPEN else data.draw(st.sampled_from([State.MET, State.NOT_MET, state]))
        for name, state in given_now.items()
    }
    before = run(tree, {name: state for name, state in given_now.items() if state}).truth
    after = run(tree, {name: state for name, state in settled.items() if state}).truth
    assert before in {after, Truth.UNKNOWN}
