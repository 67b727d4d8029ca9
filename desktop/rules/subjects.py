"""What a criterion is asked of: the case, the service line, each of its levels or each of its sides.

It must not know answers: which question was answered is the business of whoever reads the record.
"""

from __future__ import annotations

from desktop.domain.criteria import CriteriaSet, Criterion, Scope
from desktop.domain.service_line import ServiceLine


def sides_of(criteria_set: CriteriaSet, line: ServiceLine) -> tuple[str, ...]:
    """The sides that a set is evaluated for: those of the line when a criterion is asked per side, else one empty."""
    is_asked = any(leaf.per is Scope.SIDE for leaf in criteria_set.criteria())
    return (line.sides if is_asked else ()) or ("",)


def places_of(criteria_set: CriteriaSet, line: ServiceLine) -> tuple[tuple[str, str], ...]:
    """The levels and sides that a set is evaluated for, level after level; an empty text where the line names none."""
    sides = sides_of(criteria_set, line)
    return tuple((level, side) for level in line.levels or ("",) for side in sides)


def subject_of(criterion: Criterion, line_id: str, level: str, side: str = "") -> str:
    """What an answer is recorded for: the level, the side, the line's id, or empty for the whole case."""
    subjects = {Scope.LEVEL: level, Scope.SIDE: side, Scope.SERVICE_LINE: line_id, Scope.CASE: ""}
    return subjects[criterion.per]


def subjects_of(criterion: Criterion, line: ServiceLine) -> tuple[str, ...]:
    """Everything that answers to a criterion are recorded for on one line; none where it names no level or side."""
    match criterion.per:
        case Scope.CASE:
            return ("",)
        case Scope.SERVICE_LINE:
            return (line.id,)
        case Scope.LEVEL:
            return line.levels
        case _:
            return line.sides
