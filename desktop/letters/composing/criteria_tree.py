"""Reads an evaluation as a tree: its criteria once each, its groups at each level, and what nobody touched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.domain.assessment import AssessmentKey, AssessmentState
from desktop.domain.criteria import LicenceClass, Polarity, Source
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth, all_of
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import ended, listed, one_line, where_all, where_asked

_ABSENCE_WORDS = {AssessmentState.MET: ": shown to be absent", AssessmentState.NOT_MET: ": it is present"}
# A typed criterion may say "No infection is active" and ask for absence all the same: it then reads right as it is.
_OPENS_NEGATED = re.compile(r"^(no|not|none|never|neither|without)\b", re.IGNORECASE)

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
            Truth.UNKNOWN: "Not settled by the recorded value" if node.amount.strip() else "Not assessed",
        }[node.truth]
    if node.state.truth is not node.truth:
        return f"{node.state.label}, but {STANDING[node.truth]}"
    if _asks_for_absence(node):
        return f"{node.state.label}{_ABSENCE_WORDS.get(node.state, '')}"
    return node.state.label


def states_text(nodes: Sequence[NodeTrace], subjects: Sequence[str]) -> str:
    """The state of one criterion over levels or sides: `Met at L4-S1`, `Met on the left; unclear on the right`."""
    states: dict[str, list[str]] = {}
    for node in nodes:
        states.setdefault(state_text(node), []).append(node.subject)
    parts = [
        f"{state} {where_asked(at)}" if set(at) <= set(subjects) else state for state, at in states.items()
    ]
    return "; ".join(part if index == 0 else part[0].lower() + part[1:] for index, part in enumerate(parts))


def _asks_for_absence(node: NodeTrace) -> bool:
    return node.polarity is Polarity.ABSENT and not _OPENS_NEGATED.match(node.text)


def is_held_met(node: NodeTrace) -> bool:
    """Whether a letter says that it is met, by the reviewer's answer or by the recorded value; waivers are neither."""
    return node.state is AssessmentState.MET or (node.state is None and node.truth is Truth.TRUE)


def is_untouched(node: NodeTrace) -> bool:
    """Whether nobody said or linked anything for a criterion."""
    return (
        node.state is None
        and node.truth is Truth.UNKNOWN
        and not (node.note.strip() or node.amount.strip() or node.evidence_ids)
    )


def unargued(evaluation: EvaluationTrace) -> frozenset[str]:
    """Ids of the criteria under groups and exceptions that nobody touched: what this letter does not argue."""
    found: set[str] = set()
    touched = {leaf.id for leaf in leaves_of(evaluation) if not is_untouched(leaf)}
    for level in evaluation.levels:
        exceptions = {item.id for node in walk(level.root) for item in exceptions_of(node)}
        for node in walk(level.root):
            ids = {leaf.id for leaf in leaves_under(node)}
            is_limb = node.kind != "criterion" or node.id in exceptions
            if is_limb and node is not level.root and not ids & touched:
                found |= ids
    return frozenset(found)


def rule_of(node: NodeTrace) -> NodeTrace:
    """The rule that exceptions stand beside, or the node itself where there are none."""
    return rule_of(node.children[0]) if node.kind == "unless" else node


def exceptions_of(node: NodeTrace) -> tuple[NodeTrace, ...]:
    """The exceptions to a rule; none of any other node."""
    return node.children[1:] if node.kind == "unless" else ()


def leaves_of(evaluation: EvaluationTrace) -> tuple[NodeTrace, ...]:
    """Every criterion asked in an evaluation once, in reading order; asked per level or side, once for each."""
    return leaves_at(evaluation.levels)


def leaves_at(levels: Sequence[LevelTrace]) -> tuple[NodeTrace, ...]:
    """As `leaves_of`, for some levels."""
    order: dict[str, None] = {}
    found: dict[tuple[str, str], NodeTrace] = {}
    for level in levels:
        for node in leaves_under(level.root):
            order.setdefault(node.id)
            found.setdefault((node.id, node.subject), node)
    return tuple(node for name in order for (node_id, _), node in found.items() if node_id == name)


def levels_argued(
    inputs: LetterInputs, line: ServiceLine, evaluation: EvaluationTrace
) -> tuple[LevelTrace, ...]:
    """The parts of an evaluation for the levels and sides that a line is argued at; all where it names none of them."""
    levels, sides = inputs.levels_argued(line), inputs.sides_argued(line)
    found = tuple(
        item
        for item in evaluation.levels
        if (not item.level or item.level in levels) and (not item.side or item.side in sides)
    )
    return found or evaluation.levels


def nodes_with(levels: Sequence[LevelTrace], node_id: str) -> tuple[NodeTrace, ...]:
    """A node as evaluated at each level."""
    return tuple(node for level in levels for node in walk(level.root) if node.id == node_id)


def standing(levels: Sequence[LevelTrace], node_id: str | None = None) -> str:
    """The truth of a node (the whole set without an id) over levels: `not met at L2-L4 and established at L4-S1`."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for level in levels:
        node = level.root if node_id is None else next(iter(nodes_with((level,), node_id)), level.root)
        words = STANDING[node.truth] if node.is_applicable else "not applicable"
        grouped.setdefault(words, []).append((level.level, level.side))
    if node_id is not None and len(grouped) == 1:
        return next(iter(grouped))
    return listed(f"{words} {where_all(at)}".rstrip() for words, at in grouped.items())


def standing_there(levels: Sequence[LevelTrace]) -> str:
    """As `standing`, after levels and sides were named: without them where all came out alike."""
    truths = {level.truth for level in levels}
    return STANDING[truths.pop()] if len(truths) == 1 else standing(levels)


def truth_over(nodes: Sequence[NodeTrace]) -> Truth:
    """The truth of one criterion over all its levels and sides; what is not applicable does not count."""
    return all_of(node.truth for node in nodes if node.is_applicable)


def criterion_text(inputs: LetterInputs, evaluation: EvaluationTrace, node: NodeTrace) -> str:
    """A criterion's words as a sentence, or its id alone where the licence keeps its words on the workstation."""
    found = inputs.sets.get(evaluation.set_id)
    if found is not None and found.licence is LicenceClass.LICENSED_REFERENCE:
        return f"Criterion {node.id} (licensed text, not reproduced)."
    text = one_line(node.text)
    return f"{text.rstrip('.')} (must be absent)." if _asks_for_absence(node) else ended(text)


def key_of(evaluation: EvaluationTrace, node: NodeTrace) -> AssessmentKey:
    """The key of a criterion's answer."""
    return AssessmentKey(set_id=evaluation.set_id, criterion_id=node.id, subject=node.subject)


def source_text(source: Source) -> str:
    """A rule's document and the place in it: `Example policy 12, Exceptions`."""
    return ", ".join(part for part in map(one_line, (source.document, source.locator)) if part)


def undecided_leaves(levels: Sequence[LevelTrace]) -> tuple[NodeTrace, ...]:
    """As `leaves_at`, without what stands under a group that holds: a rule that is waived is asked for no more."""
    asked = {(leaf.id, leaf.subject) for level in levels for leaf in _undecided(level.root)}
    return tuple(leaf for leaf in leaves_at(levels) if (leaf.id, leaf.subject) in asked)


def _undecided(node: NodeTrace) -> Iterator[NodeTrace]:
    if node.kind in ("criterion", "not"):
        yield from leaves_under(node)
    elif node.truth is not Truth.TRUE:
        for child in node.children:
            yield from _undecided(child)


def leaves_under(node: NodeTrace) -> Iterator[NodeTrace]:
    """The criteria under a node, in reading order."""
    return (item for item in walk(node) if item.kind == "criterion")


def walk(node: NodeTrace) -> Iterator[NodeTrace]:
    """A node and everything under it."""
    yield node
    for child in node.children:
        yield from walk(child)
