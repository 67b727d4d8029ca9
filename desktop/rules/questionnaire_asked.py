"""When the exceptions of a rule are asked: once the rule is answered otherwise than met, or not answered at all.

It must not decide whether a rule holds; it may ask once too often, never once too seldom, for answers as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import Criterion, Group, Scope, leaves

_MOST_LEAVES = 6
"""A longer list of conditions says less than the exception itself."""
_OPEN = (AssessmentState.UNCLEAR, AssessmentState.NOT_DOCUMENTED)


@dataclass(frozen=True, slots=True)
class Condition:
    """One answer to one criterion that lets the exceptions be asked; `state` None: it has no answer."""

    criterion_id: str
    state: AssessmentState | None


def conditions_of(rule: Criterion | Group) -> tuple[Condition, ...]:
    """The conditions of which one is enough; none when the exceptions are better asked always.

    That is so for long rules, and for rules asked level by level: one answer would then switch off all levels.
    """
    found = tuple(leaves(rule))
    if len(found) > _MOST_LEAVES or any(leaf.per in {Scope.LEVEL, Scope.SIDE} for leaf in found):
        return ()
    return tuple(_conditions(rule, is_negated=False, is_counted=False))


def is_asked(conditions: tuple[Condition, ...], state: Callable[[str], AssessmentState | None]) -> bool:
    """Whether the answers (by criterion id) let the exceptions be asked."""
    return not conditions or any(state(item.criterion_id) is item.state for item in conditions)


def _conditions(node: Criterion | Group, *, is_negated: bool, is_counted: bool) -> Iterator[Condition]:
    if isinstance(node, Group):
        turned = is_negated is not (node.kind == "not")
        for child in node.children:
            # What does not apply leaves the number of `at least` as it is, and can make it fail.
            yield from _conditions(child, is_negated=turned, is_counted=is_counted or node.kind == "at_least")
        return
    failing = (AssessmentState.MET, AssessmentState.EXCEPTION) if is_negated else (AssessmentState.NOT_MET,)
    more = (AssessmentState.NOT_APPLICABLE,) if is_counted else ()
    yield Condition(node.id, None)
    for state in (*failing, *_OPEN, *more):
        yield Condition(node.id, state)
