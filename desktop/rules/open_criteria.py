"""Which criteria still decide something at a level, in reading order; it must not judge any of them again.

A node is asked for a goal: the root for TRUE, what stands under a NOT for the opposite of its parent's goal. Then

* a node that already has its goal needs nothing, and nothing under it is listed;
* where every child is needed (ALL for TRUE, ANY for FALSE), every child without its goal is followed;
* where some children are enough (ANY, UNLESS, AT LEAST n, and ALL for FALSE), the children that are still UNKNOWN are
  followed if they are enough to reach the goal; children that have failed are followed only if those are not enough.
  So a limb that is closed is not asked for while another is open, and all are listed when every one is closed;
* a node that can no longer reach its goal (AT LEAST n with fewer than n that apply) is not followed, nor is a node that
  needs it;
* what is not applicable is never listed, nor are the exceptions of a rule that is not;
* a criterion that is followed and lacks its goal is listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.criteria import CriteriaSet, Criterion, Group
from desktop.domain.evaluation import NodeTrace, OpenCriterion
from desktop.domain.truth import Truth, negate

_Pair = tuple[Criterion | Group, NodeTrace]


def open_criteria(root: Group, trace: NodeTrace) -> tuple[OpenCriterion, ...]:
    """The criteria whose answer can still make the level TRUE; empty when it is TRUE or cannot become it."""
    return tuple(_wanted((root, trace), Truth.TRUE))


def _wanted(pair: _Pair, goal: Truth) -> list[OpenCriterion]:
    node, trace = pair
    if trace.truth is goal or not trace.is_applicable or not _can_reach(pair, goal):
        return []
    if isinstance(node, Criterion):
        return [_open(node, trace)]
    child_goal = negate(goal) if node.kind == "not" else goal
    found: list[OpenCriterion] = []
    children = _applicable(node, trace)
    for child in _followed(children, child_goal, needed(node, len(children), goal)):
        found.extend(_wanted(child, child_goal))
    return found


def goal_of(criteria_set: CriteriaSet, criterion_id: str) -> Truth | None:
    """What a criterion must become for the set to be met: FALSE under an odd number of NOTs; None when not in it."""
    return next(
        (goal for leaf, goal in _goals(criteria_set.root, Truth.TRUE) if leaf.id == criterion_id), None
    )


def _goals(node: Criterion | Group, goal: Truth) -> Iterator[tuple[Criterion, Truth]]:
    if isinstance(node, Criterion):
        yield node, goal
        return
    for child in node.children:
        yield from _goals(child, negate(goal) if node.kind == "not" else goal)


def _open(criterion: Criterion, trace: NodeTrace) -> OpenCriterion:
    return OpenCriterion(
        criterion_id=criterion.id,
        subject=trace.subject,
        text=criterion.text,
        state=trace.state,
        truth=trace.truth,
        evidence_types=criterion.evidence_types,
        closes_with=criterion.closes_with,
    )


def _applicable(group: Group, trace: NodeTrace) -> list[_Pair]:
    pairs = zip(group.children, trace.children, strict=True)
    return [(child, result) for child, result in pairs if result.is_applicable]


def needed(group: Group, size: int, goal: Truth) -> int:
    """How many of a group's `size` children that count must have the children's goal for the group to have its own."""
    match group.kind, goal:
        case ("all", Truth.TRUE) | ("any" | "unless", Truth.FALSE) | ("not", _):
            return size
        case "at_least", Truth.TRUE:
            return group.count or 1
        case "at_least", _:
            return size - (group.count or 1) + 1
        case _:
            return 1


def _followed(children: list[_Pair], goal: Truth, enough: int) -> list[_Pair]:
    have = [pair for pair in children if pair[1].truth is goal]
    lacking = [pair for pair in children if pair[1].truth is not goal and _can_reach(pair, goal)]
    undecided = [pair for pair in lacking if pair[1].truth is Truth.UNKNOWN]
    return undecided if len(have) + len(undecided) >= enough else lacking


def _can_reach(pair: _Pair, goal: Truth) -> bool:
    """Whether answering open criteria anew could give the node its goal."""
    node, trace = pair
    if trace.truth is goal or isinstance(node, Criterion):
        return True
    child_goal = negate(goal) if node.kind == "not" else goal
    children = _applicable(node, trace)
    able = sum(_can_reach(child, child_goal) for child in children)
    return able >= needed(node, len(children), goal)
