"""Says in one sentence whether a rule holds or which exception waives it; it must not judge either again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.criteria import Polarity
from desktop.domain.evaluation import NodeTrace
from desktop.domain.truth import Truth, any_of, negate

WAIVED_BY = "Waived by: "


def waiver_reason(children: Sequence[NodeTrace]) -> str:
    """The reason of an `unless` node whose rule applies: the first child is the rule, the others its exceptions."""
    rule, exceptions = children[0], [child for child in children[1:] if child.is_applicable]
    if rule.truth is Truth.TRUE:
        return "The rule itself holds."
    waivers = [child for child in exceptions if child.truth is Truth.TRUE]
    if waivers:
        return f"{WAIVED_BY}{'; '.join(_named(child) for child in waivers)}."
    is_open = any_of(child.truth for child in exceptions) is Truth.UNKNOWN
    if rule.truth is Truth.FALSE:
        return (
            "The rule does not hold; whether an exception waives it is not established."
            if is_open
            else "The rule does not hold, and no exception waives it."
        )
    return (
        "Neither the rule nor an exception to it is established."
        if is_open
        else "The rule is not established, and no exception waives it."
    )


def _named(trace: NodeTrace) -> str:
    """An exception in its own words, with where it was read."""
    parts = list(_deciding(trace, Truth.TRUE))
    words = (
        trace.text if trace.kind != "criterion" and trace.text else " and ".join(text for text, _ in parts)
    )
    places = "; ".join(dict.fromkeys(leaf.source.caption for _, leaf in parts if leaf.source))
    return f"{words} ({places})" if places else words


def _deciding(trace: NodeTrace, wanted: Truth) -> Iterator[tuple[str, NodeTrace]]:
    """The criteria by which a node came to a truth, each with its words; `wanted` is turned round under a NOT."""
    if not trace.is_applicable or trace.truth is not wanted:
        return
    if trace.kind == "criterion":
        said = f"{trace.text} [absent]" if trace.polarity is Polarity.ABSENT else trace.text
        yield (said if wanted is Truth.TRUE else f"{said} [not so]"), trace
        return
    below = negate(wanted) if trace.kind == "not" else wanted
    for child in trace.children:
        yield from _deciding(child, below)
