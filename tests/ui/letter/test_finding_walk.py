"""Where the key for the next finding goes: what stands in the letter first, from the cursor, errors before warnings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.letter_check import LetterProblem, Place
from desktop.domain.severity import Severity
from desktop.ui.letter.finding_walk import FindingWalk, Position, first_placed, position_of

BLOCKS = ("letterhead", "opening", "history", "relief")
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def finding(
    block_id: str | None,
    start: int = 0,
    severity: Severity = ERROR,
    *,
    row: int | None = None,
    words: str = "",
) -> LetterProblem:
    place = Place(row=row, column=0) if row is not None else Place(paragraph=0, start=start, end=start + 1)
    return LetterProblem(
        rule="rule",
        severity=severity,
        message=f"{block_id} {start} {row} {words}",
        block_id=block_id,
        place=place if block_id else None,
        words=words,
    )


findings = st.lists(
    st.builds(
        finding,
        st.sampled_from((*BLOCKS, None, "left.out")),
        st.integers(0, 4),
        st.sampled_from((ERROR, WARNING)),
        row=st.none() | st.integers(0, 2),
    ),
    max_size=8,
    unique_by=lambda problem: (problem.key, problem.place),
)
positions = st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 2), st.integers(0, 5))


def walked(problems: list[LetterProblem], at: Position) -> list[LetterProblem]:
    """One round, with the cursor going along."""
    walk, found = FindingWalk(), list[LetterProblem]()
    for _ in problems:
        problem = walk.next(problems, BLOCKS, at)
        assert problem is not None
        at = position_of(problem, BLOCKS) or at
        found.append(problem)
    return found


@given(findings, positions)
def test_one_round_goes_to_each_finding_once(problems: list[LetterProblem], at: Position) -> None:
    found = walked(problems, at)
    assert sorted(map(str, found)) == sorted(map(str, problems))


@given(findings, positions)
def test_a_round_ends_with_what_stands_nowhere_and_has_errors_first(
    problems: list[LetterProblem], at: Position
) -> None:
    found = walked(problems, at)
    weights = [(position_of(problem, BLOCKS) is None, problem.severity is WARNING) for problem in found]
    assert weights == sorted(weights)


def test_the_walk_begins_at_the_cursor_and_goes_round_the_end() -> None:
    first, second, third = finding("letterhead"), finding("opening", 3), finding("history", 2)
    assert walked([first, second, third], (1, 0, 0, 4)) == [third, first, second]


def test_a_row_of_the_table_comes_after_the_text_of_its_block() -> None:
    row, words = finding("opening", row=0), finding("opening", 4)
    assert walked([row, words], (1, 0, 0, 0)) == [words, row]


def test_a_new_finding_is_gone_to_although_the_round_was_walked() -> None:
    walk, old, new = FindingWalk(), finding("opening"), finding("history", words="65")
    assert walk.next([old], BLOCKS, (0, 0, 0, 0)) == old
    assert walk.next([old, new], BLOCKS, (3, 0, 0, 0)) == new


def test_the_same_words_twice_in_a_block_are_two_findings() -> None:
    walk, twice = FindingWalk(), [finding("opening", 1, words="65"), finding("opening", 9, words="65")]
    assert [walk.next(twice, BLOCKS, (1, 0, 0, at)) for at in (0, 1)] == twice


def test_another_paper_begins_a_new_round() -> None:
    walk, problems = FindingWalk(), [finding("opening", 1), finding("history", 1)]
    assert walk.next(problems, BLOCKS, (0, 0, 0, 0)) == problems[0]
    walk.forget()
    assert walk.next(problems, BLOCKS, (0, 0, 0, 0)) == problems[0]


def test_without_findings_there_is_nowhere_to_go() -> None:
    assert FindingWalk().next([], BLOCKS, (0, 0, 0, 0)) is None


def test_work_begins_with_what_must_be_put_right() -> None:
    problems = [finding(None), finding("opening", severity=WARNING), finding("relief"), finding("history")]
    assert first_placed(problems, BLOCKS) == problems[3]
    assert first_placed(problems[:1], BLOCKS) is None
