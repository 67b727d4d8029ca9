"""Says a trace in plain sentences: what had to hold, what was found, why, and where the rule was read.

It must not judge anything again, and it must never say "no" of what is only unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.assessment import AssessmentState
from desktop.domain.criteria import Polarity
from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.text import listed
from desktop.domain.truth import Truth
from desktop.rules.leaf import NOT_APPLICABLE

_NO_PASSAGES: Mapping[str, str] = {}
_TITLES = {
    "all": "All of these",
    "any": "One of these",
    "not": "What must not hold",
    "unless": "A rule and what waives it",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said of one node, of a level or of the whole line; `depth` counts how far in it stands."""

    depth: int
    text: str
    truth: Truth | None
    """None for what does not count, and for a remark."""
    node_id: str = ""
    """Empty for a sentence about a level or about the line."""
    subject: str = ""
    """For a criterion: what it was asked of, as in its answer's key."""


def explain(trace: EvaluationTrace, passages: Mapping[str, str] = _NO_PASSAGES) -> tuple[Sentence, ...]:
    """The sentences in reading order: the line, then level after level, every node of its tree.

    `passages` gives the linked words to be quoted by link id (`CT 2026-01-12, page 2: "no bridging bone"`); links that
    are not in it are only counted.
    """
    edition = ", ".join(part for part in (trace.publisher, trace.edition) if part)
    found = [Sentence(0, f"{trace.set_title} ({edition}): {_of_line(trace)}", trace.truth)]
    if trace.is_silent:
        found.append(Sentence(0, trace.silence_reason, None))
    for level in trace.levels:
        name = place_of(level)
        if name:
            found.append(Sentence(1, f"{name}: {level.truth.verdict}.", level.truth))
        found.extend(_of_node(level.root, 2 if name else 1, passages))
    return tuple(found)


def explain_text(trace: EvaluationTrace, passages: Mapping[str, str] = _NO_PASSAGES) -> str:
    """The sentences as lines of text, indented by two spaces per step, ending in a line feed."""
    return "".join(f"{'  ' * sentence.depth}{sentence.text}\n" for sentence in explain(trace, passages))


def place_of(level: LevelTrace) -> str:
    """A level and side in words: `L4-L5, left`; empty where the line names neither."""
    return ", ".join(part for part in (level.level, level.side) if part)


def _of_line(trace: EvaluationTrace) -> str:
    verdict = trace.truth.verdict
    named = [(level, place_of(level)) for level in trace.levels]
    if len(named) < 2:
        return f"{verdict}."
    if trace.truth is Truth.TRUE:
        return "met, because every level is."
    deciding = [name for level, name in named if level.truth is trace.truth]
    return f"{verdict}, because of {listed(deciding)}."


def _of_node(
    node: NodeTrace, depth: int, passages: Mapping[str, str], *, is_negated: bool = False
) -> Iterator[Sentence]:
    truth = node.truth if node.is_applicable else None
    said = _of_criterion(node, passages) if node.kind == "criterion" else _of_group(node)
    if is_negated and node.is_applicable:
        said = f"{said} {_UNDER_NOT[node.truth]}"
    yield Sentence(depth, said, truth, node.id, node.subject)
    for child in node.children:
        yield from _of_node(child, depth + 1, passages, is_negated=node.kind == "not")


_UNDER_NOT = {
    Truth.TRUE: "It must not hold here, and it does.",
    Truth.FALSE: "It must not hold here, and it does not.",
    Truth.UNKNOWN: "It must not hold here; as long as it is unknown, that is open.",
}


def _of_group(node: NodeTrace) -> str:
    title = node.text or (
        f"At least {node.count} of these" if node.kind == "at_least" else _TITLES[node.kind]
    )
    if not node.is_applicable:
        return f"{title}: does not apply. {node.reason}"
    verdict = node.truth.verdict
    match node.kind:
        case "all":
            return f"{title}: {verdict}. All must hold: {_tally(node.children)}."
        case "any":
            return f"{title}: {verdict}. One is enough: {_tally(node.children)}."
        case "at_least":
            return f"{title}: {verdict}. At least {node.count} must hold: {_tally(node.children)}."
        case _:
            return f"{title}: {verdict}. {node.reason if node.kind == 'unless' else _NEGATED[node.truth]}"


_NEGATED = {
    Truth.TRUE: "What stands below must not hold, and it does not.",
    Truth.FALSE: "What stands below must not hold, and it does.",
    Truth.UNKNOWN: "What stands below must not hold; whether it does is not established.",
}


def _tally(children: Sequence[NodeTrace]) -> str:
    counts = [
        (sum(child.is_applicable and child.truth is truth for child in children), truth.verdict)
        for truth in (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)
    ]
    aside = sum(not child.is_applicable for child in children)
    told = [f"{number} {words}" for number, words in counts if number]
    if aside:
        told.append(f"{aside} that {'does' if aside == 1 else 'do'} not apply")
    return listed(told)


def _of_criterion(node: NodeTrace, passages: Mapping[str, str]) -> str:
    title = f"{node.text} (must be absent)" if node.polarity is Polarity.ABSENT else node.text
    parts = [f"{title}: {_verdict(node)}.", _why(node)]
    if node.note.strip():
        parts.append(f"The reviewer notes: “{node.note.strip()}”.")
    quoted = [passages[link] for link in node.evidence_ids if link in passages]
    if quoted:
        parts.append(f"Linked words: {'; '.join(quoted)}.")
    rest = len(node.evidence_ids) - len(quoted)
    if rest:
        parts.append(f"{rest} {'more ' if quoted else ''}passage{'' if rest == 1 else 's'} linked.")
    sentence = " ".join(part for part in parts if part)
    place = node.source.caption if node.source else ""
    return f"{sentence.removesuffix('.')} ({place})." if place else sentence


def _verdict(node: NodeTrace) -> str:
    if not node.is_applicable:
        return "does not apply"
    if node.state is AssessmentState.EXCEPTION and node.truth is Truth.TRUE:
        return "waived"
    return node.truth.verdict


def _why(node: NodeTrace) -> str:
    """The recorded reason without what the verdict has said already."""
    reason = node.reason
    if not node.is_applicable:
        return "Marked not applicable." if reason == NOT_APPLICABLE else reason
    if node.state not in {AssessmentState.MET, AssessmentState.NOT_MET}:
        return reason
    label = node.state.label
    for mark in (".", ":"):
        if reason.startswith(f"{label}{mark}"):
            rest = reason[len(label) + 1 :].strip()
            if node.truth is Truth.UNKNOWN:
                return f"Answered as {label.lower()}{mark} {rest}".strip()
            return rest[:1].upper() + rest[1:] if mark == ":" else rest
    return reason
