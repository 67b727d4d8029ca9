"""Says how two evaluations of one line under one set differ, sentence by sentence; it must not judge which is right."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.evaluation import EvaluationTrace, LevelTrace, NodeTrace
from desktop.domain.text import shortened
from desktop.domain.truth import Truth
from desktop.rules.explain import place_of

_SHOWN = 90
_OTHERWISE = "Something differs that changes no result: the wording, the sources or what is listed as open."
_SILENT_NOW = "The set spoke of this case and is now silent on it."
_SPEAKS_NOW = "The set was silent on this case and now speaks of it."
_Place = tuple[str, str]


def changes_of(before: EvaluationTrace, after: EvaluationTrace) -> tuple[str, ...]:
    """What the second trace says otherwise than the first: the line, its levels and sides, every node. Empty: nothing.

    Both must be of one service line and set; ValueError when they are not.
    """
    if (before.service_line_id, before.set_id) != (after.service_line_id, after.set_id):
        raise ValueError("the two traces are not of one service line and set")
    if before == after:
        return ()
    return tuple(_changes(before, after)) or (_OTHERWISE,)


def _changes(before: EvaluationTrace, after: EvaluationTrace) -> Iterator[str]:
    if before.truth is not after.truth:
        yield f"The line {_was_is(before.truth, after.truth)}."
    if before.set_hash != after.set_hash:
        yield "The text of the set is another one."
    if before.is_silent != after.is_silent:
        yield _SILENT_NOW if after.is_silent else _SPEAKS_NOW
    old, new = _by_place(before), _by_place(after)
    for place in dict.fromkeys((*old, *new)):
        yield from _of_place(old.get(place), new.get(place))


def _by_place(trace: EvaluationTrace) -> dict[_Place, LevelTrace]:
    return {(level.level, level.side): level for level in trace.levels}


def _of_place(before: LevelTrace | None, after: LevelTrace | None) -> Iterator[str]:
    if before is None or after is None:
        there = before or after
        name = place_of(there) if there else ""
        said = "is not evaluated any more" if after is None else "was not evaluated then"
        yield f"{name or 'The line as a whole'} {said}."
        return
    name = place_of(before)
    if name and before.truth is not after.truth:
        yield f"{name} {_was_is(before.truth, after.truth)}."
    old = {(node.id, node.subject): node for node in before.root.nodes()}
    new = {(node.id, node.subject): node for node in after.root.nodes()}
    where = f" at {name}" if name else ""
    for key in dict.fromkeys((*old, *new)):
        yield from _of_node(old.get(key), new.get(key), where)


def _of_node(before: NodeTrace | None, after: NodeTrace | None, where: str) -> Iterator[str]:
    node = before or after
    if node is None or node.kind != "criterion":
        return  # a group only follows from its criteria
    name = f"“{shortened(node.text, _SHOWN)}”{where}"
    if before is None or after is None:
        yield f"{name} {'is not asked any more' if after is None else 'was not asked then'}."
        return
    said = [
        f"{what}: {was or 'none'}, now {now or 'none'}"
        for what, was, now in (
            ("result", _result(before), _result(after)),
            ("answer", _answer(before), _answer(after)),
            ("value", before.amount, after.amount),
            ("linked passages", str(len(before.evidence_ids)), str(len(after.evidence_ids))),
        )
        if was != now
    ]
    if not said and before.reason != after.reason:  # otherwise it only repeats what was said
        said = [f"reason: {before.reason.removesuffix('.') or 'none'}, now {after.reason or 'none'}"]
    if said:
        yield f"{name} – {'; '.join(said).removesuffix('.')}."


def _result(node: NodeTrace) -> str:
    return node.truth.verdict if node.is_applicable else "does not apply"


def _answer(node: NodeTrace) -> str:
    return node.state.label.lower() if node.state else ""


def _was_is(before: Truth, after: Truth) -> str:
    return f"was {before.verdict} and is now {after.verdict}"
