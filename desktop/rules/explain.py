"""Turns a trace into plain sentences for the command line and for tooltips; it must not evaluate anything."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import Polarity
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace, OpenCriterion
from desktop.domain.truth import Truth

_WORDS = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not established"}
_MARKS = {Truth.TRUE: "[met]", Truth.FALSE: "[not met]", Truth.UNKNOWN: "[open]"}
_GROUP_WORDS = {"all": "all of", "any": "any of", "not": "none of"}


def truth_words(truth: Truth) -> str:
    """A truth value as a reviewer says it."""
    return _WORDS[truth]


def explain(trace: EvaluationTrace) -> tuple[str, ...]:
    """The result, level by level, what is missing, and whether the set is silent: one sentence an entry."""
    sentences = [f"{_name(trace)}: {truth_words(trace.truth)}."]
    for level in trace.levels:
        if level.level:
            sentences.append(f"{level.level}: {truth_words(level.truth)}.")
        sentences.extend(f"Open{_at(level.level)}: {explain_open(item)}" for item in level.missing)
    if trace.is_silent:
        sentences.append(f"The set is silent on this indication. {trace.silence_reason}")
    return tuple(sentences)


def explain_open(item: OpenCriterion) -> str:
    """One open criterion: its text, its state, and what would close it."""
    state = _state_words(item.state, item.truth)
    closes = f" It closes with: {_sentence(item.closes_with)}" if item.closes_with else ""
    return f"{item.text} ({state}).{closes}"


def explain_node(node: NodeTrace) -> str:
    """One node for a tooltip: what it asks, how it came out, and why."""
    if node.kind != "criterion":
        return f"{_group_words(node)}: {_outcome(node)}. {node.reason}"
    absent = " Must be absent." if node.polarity is Polarity.ABSENT else ""
    amount = f" Recorded: {_sentence(node.amount)}" if node.amount else ""
    return f"{_sentence(node.text)}{absent} {node.reason}{amount}"


def outline(level: LevelTrace) -> tuple[str, ...]:
    """The whole tree of one level, a line a node, indented by two spaces a step."""
    return tuple(_outline(level.root, 0))


def _outline(node: NodeTrace, depth: int) -> Iterator[str]:
    mark = _MARKS[node.truth] if node.is_applicable else "[does not apply]"
    name = _group_words(node) if node.kind != "criterion" else f"{node.text}: {node.reason}"
    yield f"{'  ' * depth}{mark} {name}"
    for child in node.children:
        yield from _outline(child, depth + 1)


def _name(trace: EvaluationTrace) -> str:
    return f"{trace.set_title} ({trace.edition})"


def _at(level: str) -> str:
    return f" at {level}" if level else ""


def _outcome(node: NodeTrace) -> str:
    return truth_words(node.truth) if node.is_applicable else "does not apply"


def _group_words(node: NodeTrace) -> str:
    combination = f"at least {node.count} of" if node.kind == "at_least" else _GROUP_WORDS[node.kind]
    return f"{node.text} ({combination})" if node.text else combination.capitalize()


def _state_words(state: AssessmentState | None, truth: Truth) -> str:
    if state is None:
        return "not answered" if truth is Truth.UNKNOWN else truth_words(truth)
    said = state.label.lower()
    return said if state.truth is truth else f"marked {said}, {truth_words(truth)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
