"""The order of typed rows and groups as a flat list, and how keys change it; it must not touch Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the list. `key` names its editor; a row with `is_inside` belongs to the group above it."""

    key: int
    is_group: bool = False
    is_inside: bool = False


Slots = tuple[Slot, ...]


def add_row(slots: Slots, at: int, key: int) -> Slots:
    """A new row after place `at` (-1: first), in the same group, or in the group whose heading stands there."""
    here = slots[at] if at >= 0 else Slot(key)
    return _settled(
        (*slots[: at + 1], Slot(key, is_inside=here.is_group or here.is_inside), *slots[at + 1 :])
    )


def add_group(slots: Slots, at: int, key: int, row_key: int) -> Slots:
    """A new group with one row, after the row or the whole group at place `at`."""
    after = _end(slots, _start(slots, at)) if at >= 0 else 0
    return (*slots[:after], Slot(key, is_group=True), Slot(row_key, is_inside=True), *slots[after:])


def leave_group(slots: Slots, at: int) -> Slots:
    """The last row of a group becomes a row of the set; any other stays where it is."""
    is_last = at + 1 == len(slots) or not slots[at + 1].is_inside
    return _with(slots, at, is_inside=False) if slots[at].is_inside and is_last else slots


def remove(slots: Slots, at: int) -> Slots:
    """Without the slot; the rows of a removed group's heading become rows of the set."""
    end = _end(slots, at)
    freed = (
        tuple(replace(slot, is_inside=False) for slot in slots[at + 1 : end]) if slots[at].is_group else ()
    )
    return (*slots[:at], *(freed or slots[at + 1 : end]), *slots[end:])


def move_up(slots: Slots, at: int) -> Slots:
    """One place up: a row steps out of its group at the top and into a group at its end; a group moves whole."""
    here = slots[at]
    if at == 0:
        return slots
    above = slots[at - 1]
    if here.is_group or (above.is_group and here.is_inside):
        start, end = (_start(slots, at - 1), _end(slots, at)) if here.is_group else (at - 1, at + 1)
        moved = slots[at:end] if here.is_group else (replace(here, is_inside=False),)
        return (*slots[:start], *moved, *slots[start:at], *slots[end:])
    if above.is_inside and not here.is_inside:
        return _with(slots, at, is_inside=True)
    return _swapped(slots, at - 1)


def move_down(slots: Slots, at: int) -> Slots:
    """One place down: a row steps out of its group at the end and into a group at its top; a group moves whole."""
    here, end = slots[at], _end(slots, at)
    if here.is_inside and (at + 1 == len(slots) or not slots[at + 1].is_inside):
        return _with(slots, at, is_inside=False)
    if end == len(slots):
        return slots
    if here.is_group:
        after = _end(slots, end)
        return (*slots[:at], *slots[end:after], *slots[at:end], *slots[after:])
    below = slots[at + 1]
    if below.is_group:
        return (*slots[:at], below, replace(here, is_inside=True), *slots[at + 2 :])
    return _swapped(slots, at)


def place_of(slots: Sequence[Slot], key: int) -> int:
    """Where an editor stands; -1 when it does not."""
    return next((at for at, slot in enumerate(slots) if slot.key == key), -1)


def _start(slots: Slots, at: int) -> int:
    """The first slot of the row or group that `at` belongs to."""
    while slots[at].is_inside:
        at -= 1
    return at


def _end(slots: Slots, at: int) -> int:
    """One past the last slot of the row or group that begins at `at`."""
    end = at + 1
    while slots[at].is_group and end < len(slots) and slots[end].is_inside:
        end += 1
    return end


def _with(slots: Slots, at: int, *, is_inside: bool) -> Slots:
    return (*slots[:at], replace(slots[at], is_inside=is_inside), *slots[at + 1 :])


def _swapped(slots: Slots, at: int) -> Slots:
    return (*slots[:at], slots[at + 1], slots[at], *slots[at + 2 :])


def _settled(slots: Slots) -> Slots:
    """No row is inside without a group above it."""
    return (replace(slots[0], is_inside=False), *slots[1:]) if slots and slots[0].is_inside else slots
