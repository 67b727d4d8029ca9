"""Says in one sentence whether a rule holds or which exception waives it; it must not judge either again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.criteria import Polarity
from desktop.domain.evaluation import NodeTrace
from desktop.domain.truth import Truth, any_of

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
    texts = [trace.text] if trace.text else list(dict.fromkeys(_text_of(leaf) for leaf in _deciding(trace)))
    words = _text_of(trace) if trace.kind == "criterion" else " and ".join(texts)
    places = "; ".join(dict.fromkeys(place for leaf in _deciding(trace) if (place := _place(leaf))))
    return f"{words} ({places})" if places else words


def _text_of(trace: NodeTrace) -> str:
    return f"{trace.text} [absent]" if trace.polarity is Polarity.ABSENT else trace.text


def _deciding(trace: NodeTrace) -> Iterator[NodeTrace]:
    """The criteria under a node that have its truth; where it stands on their opposite, all that apply."""
    found = [leaf for leaf in _leaves(trace) if leaf.truth is trace.truth]
    yield from found or _leaves(trace)


def _leaves(trace: NodeTrace) -> Iterator[NodeTrace]:
    if trace.kind == "criterion":
        yield trace
        return
    for child in trace.children:
        if child.is_applicable:
            yield from _leaves(child)


def _place(leaf: NodeTrace) -> str:
    if leaf.source is None:
        return ""
    return ", ".join(part for part in (leaf.source.document, leaf.source.locator) if part)
