"""What differs between two sets, and what that does to open cases, as lines to read; it compares nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.truth import Truth
from desktop.rules.diff import ChangeKind, FieldChange, NodeChange, SetDifference
from desktop.services.editions import CaseChange, LineChange

_KINDS = {
    ChangeKind.ADDED: "Added",
    ChangeKind.REMOVED: "Removed",
    ChangeKind.MOVED: "Moved",
    ChangeKind.CHANGED: "Changed",
}
_TRUTHS = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "not established", None: "not asked"}
_NOTHING = "nothing"
SAME = "Nothing differs from the set as it is stored."
NO_OPEN_CASE = "No open case is held against it."


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line. `is_heading`: it says what the lines under it are about; `is_loud`: a result would be another."""

    words: str
    is_heading: bool = False
    is_loud: bool = False


def change_lines(difference: SetDifference, cases: Sequence[CaseChange] | None) -> tuple[ChangeLine, ...]:
    """First the open cases that would come out otherwise (None: no case is concerned), then what differs."""
    return (*(() if cases is None else _case_lines(cases)), *_difference_lines(difference))


def changed_cases(cases: Sequence[CaseChange]) -> int:
    """How many open cases would come out otherwise."""
    return sum(case.is_changed for case in cases)


def _case_lines(cases: Sequence[CaseChange]) -> Iterator[ChangeLine]:
    changed = [case for case in cases if case.is_changed]
    yield ChangeLine(_counted(len(changed), len(cases)), is_heading=True)
    for case in changed:
        for line in case.lines:
            if line.is_changed:
                yield ChangeLine(f"{case.number} · {_line(line)}", is_loud=True)


def _counted(changed: int, every: int) -> str:
    if not every:
        return NO_OPEN_CASE
    held = "1 open case is" if every == 1 else f"{every} open cases are"
    if not changed:
        return f"{held} held against it; none would come out otherwise."
    would = "1 would" if changed == 1 else f"{changed} would"
    return f"{held} held against it; {would} come out otherwise."


def _line(line: LineChange) -> str:
    words = line.caption or "a service line"
    if line.before is not line.after:
        words += f": {_TRUTHS[line.before]} → {_TRUTHS[line.after]}"
    places = [
        f"{' '.join(part for part in (place.level, place.side) if part)} "
        f"{_TRUTHS[place.before]} → {_TRUTHS[place.after]}"
        for place in line.places
        if place.before is not place.after and (place.level or place.side)
    ]
    if places:
        words += f" ({'; '.join(places)})"
    if line.lost_questions:
        words += f". Answers that would stay behind: {len(line.lost_questions)}"
    return words


def _difference_lines(difference: SetDifference) -> Iterator[ChangeLine]:
    if difference.is_empty:
        yield ChangeLine(SAME, is_heading=True)
        return
    yield ChangeLine(f"What differs from {difference.old_caption}", is_heading=True)
    for field in difference.head:
        yield ChangeLine(f"{_named(field).capitalize()}: {_from_to(field)}")
    for node in difference.nodes:
        yield from _node_lines(node)


def _node_lines(node: NodeChange) -> Iterator[ChangeLine]:
    what = "group " if node.is_group else ""
    where = ""
    if node.is_moved:
        where = (
            " (another place in its group)"
            if node.is_reordered
            else f" (from {node.was_under} to {node.now_under})"
        )
    yield ChangeLine(f"{_KINDS[node.kind]}: {what}“{node.text}”{where}", is_loud=node.may_change_result)
    for field in node.fields:
        yield ChangeLine(f"    {_named(field)}: {_from_to(field)}")


def _named(field: FieldChange) -> str:
    return field.field.replace("_", " ")


def _from_to(field: FieldChange) -> str:
    return f"{field.before or _NOTHING} → {field.after or _NOTHING}"
