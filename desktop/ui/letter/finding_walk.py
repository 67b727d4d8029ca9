"""In which order the findings of the letter check are gone to: a pure walk, without Qt, that settles nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.domain.letter_check import LetterProblem, Place
from desktop.domain.severity import Severity

Position = tuple[int, int, int, int]
"""Where something stands in the letter: block, text (0) or table (1), paragraph or row, character or column."""
_SEVERITIES = (Severity.ERROR, Severity.WARNING)


def position_of(problem: LetterProblem, block_ids: Sequence[str]) -> Position | None:
    """Where a finding stands; None for one about the whole letter, or about a block that is not printed."""
    if problem.block_id is None or problem.block_id not in block_ids:
        return None
    block, place = block_ids.index(problem.block_id), problem.place
    if place is None:
        return (block, 0, 0, 0)
    if place.row is not None:
        return (block, 1, place.row, place.column or 0)
    return (block, 0, place.paragraph or 0, place.start)


def first_placed(problems: Sequence[LetterProblem], block_ids: Sequence[str]) -> LetterProblem | None:
    """The finding that work begins with: the first in the letter that must be put right, else the first of all."""
    return _after(_placed(problems, block_ids), (0, 0, 0, 0))


@dataclass
class FindingWalk:
    """Each finding once: those with a place in the letter from the cursor on, errors first; then those about the
    whole letter; then all over again.
    """

    _seen: set[tuple[str, Place | None]] = field(default_factory=set[tuple[str, Place | None]])
    """The same words may be found twice in a block: their places tell them apart."""

    def visit(self, problem: LetterProblem) -> None:
        """It was gone to, by this walk or by hand."""
        self._seen.add((problem.key, problem.place))

    def forget(self) -> None:
        """Another paper: nothing of it was gone to."""
        self._seen.clear()

    def next(
        self, problems: Sequence[LetterProblem], block_ids: Sequence[str], at: Position
    ) -> LetterProblem | None:
        """The finding to go to from the cursor's position; it counts as visited. None where there is none."""
        if all((problem.key, problem.place) in self._seen for problem in problems):
            self._seen.clear()
        fresh = [problem for problem in problems if (problem.key, problem.place) not in self._seen]
        whole = [problem for problem in fresh if position_of(problem, block_ids) is None]
        found = _after(_placed(fresh, block_ids), at) or next(
            (item for severity in _SEVERITIES for item in whole if item.severity is severity), None
        )
        if found is not None:
            self.visit(found)
        return found


def _placed(
    problems: Sequence[LetterProblem], block_ids: Sequence[str]
) -> list[tuple[Position, LetterProblem]]:
    found = ((position_of(problem, block_ids), problem) for problem in problems)
    return [(position, problem) for position, problem in found if position is not None]


def _after(placed: Sequence[tuple[Position, LetterProblem]], at: Position) -> LetterProblem | None:
    """The first error at or behind a position, round the end of the letter; a warning only where no error is left."""
    for severity in _SEVERITIES:
        found = [
            (position < at, position, problem) for position, problem in placed if problem.severity is severity
        ]
        if found:
            return min(found, key=lambda item: item[:2])[2]
    return None
