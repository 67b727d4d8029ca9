"""Reads an evaluation as a tree: its criteria once each, its groups at each level, and what nobody touched."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import LicenceClass, Polarity
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.truth import Truth
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import one_line

_ABSENCE_WORDS = {AssessmentState.MET: ": shown to be absent", AssessmentState.NOT_MET: ": it is present"}

STANDING = {Truth.TRUE: "established", Truth.FALSE: "not met", Truth.UNKNOWN: "not settled by the record"}
"""How a letter names the truth of a group or a whole set."""


def state_text(node: NodeTrace) -> str:
    """The reviewer's state; where the evaluation does not follow it, or absence is what is asked, that is said."""
    if not node.is_applicable:
        return AssessmentState.NOT_APPLICABLE.label
    if node.state is None:
        return {
            Truth.TRUE: "Met by the recorded value",
            Truth.FALSE: "Not met by the recorded value",
            Truth.UNKNOWN: "Not assessed",
        }[node.truth]
    if node.state.truth is not node.truth:
        return f"{node.state.label}, but {STANDING[node.truth]}"
    if node.polarity is Polarity.ABSENT:
        return f"{node.state.label}{_ABSENCE_WORDS.get(node.state, '')}"
    return node.state.label


def is_untouched(node: NodeTrace) -> bool:
    """Whether nobody said or linked anything for a criterion."""
    return (
        node.state is None
        and node.truth is Truth.UNKNOWN
        and not (node.note.strip() or node.amount.strip() or node.evidence_ids)
    )


def unargued(evaluation: EvaluationTrace) -> frozenset[str]:
    """Ids of the criteria under groups that nobody touched: alternatives this letter does not argue."""
    found: set[str] = set()
    for level in evaluation.levels:
        for node in walk(level.root):
            ids = {leaf.id for leaf in leaves_under(node)}
            same = [leaf for leaf in leaves_of(evaluation) if leaf.id in ids]
            if (
                node.kind != "criterion"
                and node is not level.root
                and all(is_untouched(leaf) for leaf in same)
            ):
                found |= ids
    return frozenset(found)


def leaves_of(evaluation: EvaluationTrace) -> tuple[NodeTrace, ...]:
    """Every criterion asked in an evaluation once, in reading order; one asked per level comes once per level."""
    order: dict[str, None] = {}
    found: dict[tuple[str, str], NodeTrace] = {}
    for level in evaluation.levels:
        for node in leaves_under(level.root):
            order.setdefault(node.id)
            found.setdefault((node.id, node.subject), node)
    return tuple(node for name in order for (node_id, _), node in found.items() if node_id == name)


def nodes_with(evaluation: EvaluationTrace, node_id: str) -> tuple[NodeTrace, ...]:
    """A node as evaluated at each level."""
    return tuple(node for level in evaluation.levels for node in walk(level.root) if node.id == node_id)


def criterion_text(inputs: LetterInputs, evaluation: EvaluationTrace, node_id: str, text: str) -> str:
    """A criterion's words, or its id alone where the set's licence keeps its words on the workstation."""
    found = inputs.sets.get(evaluation.set_id)
    if found is not None and found.licence is LicenceClass.LICENSED_REFERENCE:
        return f"Criterion {node_id} (licensed text, not reproduced)"
    return one_line(text)


def leaves_under(node: NodeTrace) -> Iterator[NodeTrace]:
    """The criteria under a node, in reading order."""
    return (item for item in walk(node) if item.kind == "criterion")


def walk(node: NodeTrace) -> Iterator[NodeTrace]:
    """A node and everything under it."""
    yield node
    for child in node.children:
        yield from walk(child)
