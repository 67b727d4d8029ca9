"""What formulas of several levels have in common: conjuncts, those that hang together, and parts that stand in several.

It must not know what anything costs: the search decides what to try.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop.rules.gaps_formula import ALWAYS, Formula, at_least, settled


def bits_of(mask: int) -> Iterator[int]:
    """The single bits of a mask, lowest first."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def conjuncts_of(formulas: Iterable[Formula]) -> tuple[list[Formula], int]:
    """What must hold, each thing once and without the questions that must be closed anyhow; and those questions."""
    forced = 0
    open_ones = list(formulas)
    while True:
        flat: dict[Formula, None] = {}
        for formula in open_ones:
            flat.update(dict.fromkeys(formula.parts if formula.is_all else (formula,)))
        flat.pop(ALWAYS, None)
        alone = 0
        for formula in flat:
            if not formula.parts:
                alone |= formula.mask
        if not alone:
            return list(flat), forced
        forced |= alone
        open_ones = [settled(formula, alone) for formula in flat]


def components_of(conjuncts: Sequence[Formula]) -> list[tuple[Formula, ...]]:
    """Conjuncts that hang together by shared questions, each group in a fixed order so that it is known again."""
    groups: list[tuple[int, list[Formula]]] = []
    for formula in conjuncts:
        mask, members = formula.mask, [formula]
        apart: list[tuple[int, list[Formula]]] = []
        for other_mask, others in groups:
            if other_mask & mask:
                mask |= other_mask
                members += others
            else:
                apart.append((other_mask, others))
        groups = [*apart, (mask, members)]
    return [tuple(sorted(members, key=_fixed_order)) for _, members in groups]


def _fixed_order(formula: Formula) -> tuple[int, int]:
    return (-formula.mask, formula.need)


def shared_part(component: tuple[Formula, ...]) -> Formula:
    """The part to try: of those that several conjuncts hold in common, the one in most of them, then the largest.

    Of equal ones the last to be read: it is the dearest, so trying first without it soon shows that it is not needed.
    """
    holders: dict[int, int] = {}
    for number, formula in enumerate(component):
        for bit in bits_of(formula.mask):
            holders[bit] = holders.get(bit, 0) | 1 << number
    unseen = sum(bit for bit, held_by in holders.items() if held_by.bit_count() > 1)
    candidates: list[tuple[Formula, int]] = []
    for formula in component:
        for part in _common_parts(formula, component, holders, unseen):
            candidates.append((part, holders[part.mask & -part.mask]))
            unseen &= ~part.mask
    best, _ = max(candidates, key=_most_shared)
    return best


def _most_shared(candidate: tuple[Formula, int]) -> tuple[int, int, int]:
    part, held_by = candidate
    return (held_by.bit_count(), part.mask.bit_count(), -part.mask)


def _common_parts(
    formula: Formula, component: tuple[Formula, ...], holders: dict[int, int], unseen: int
) -> Iterator[Formula]:
    """The largest parts of a formula that stand in one form in every conjunct that holds any of their questions.

    What holds none of the shared questions in the mask `unseen` is passed over.
    """
    if not formula.mask & unseen:
        return
    held_by = {holders[bit] for bit in bits_of(formula.mask)}
    if len(held_by) == 1 and _is_common(formula, next(iter(held_by)), component):
        yield formula
        return
    rest = list(formula.parts)
    if formula.is_all or formula.is_any:
        for part in _joined(formula, holders):
            if _is_common(part, holders[part.mask & -part.mask], component):
                yield part
                rest = [item for item in rest if not item.mask & part.mask]
    for item in rest:
        yield from _common_parts(item, component, holders, unseen)


def _joined(formula: Formula, holders: dict[int, int]) -> list[Formula]:
    """The children of an ALL or ANY that the same conjuncts hold, two or more joined to one part."""
    alike: dict[int, list[Formula]] = {}
    for part in formula.parts:
        held_by = {holders[bit] for bit in bits_of(part.mask)}
        if len(held_by) == 1:
            alike.setdefault(held_by.pop(), []).append(part)
    return [
        at_least(len(parts) if formula.is_all else 1, parts) for parts in alike.values() if len(parts) > 1
    ]


def _is_common(part: Formula, held_by: int, component: tuple[Formula, ...]) -> bool:
    if held_by.bit_count() < 2:
        return False
    return all(_stands_in(part, item) for number, item in enumerate(component) if held_by >> number & 1)


def _stands_in(part: Formula, formula: Formula) -> bool:
    if part.mask & ~formula.mask:
        return False
    if not part.parts:  # a question stands in one form wherever it stands
        return True
    return (
        part == formula
        or _is_share_of(part, formula)
        or any(_stands_in(part, item) for item in formula.parts)
    )


def _is_share_of(part: Formula, formula: Formula) -> bool:
    """Whether an ALL (or ANY) is made of some of the children of another."""
    alike = (part.is_all and formula.is_all) or (part.is_any and formula.is_any)
    return alike and set(part.parts) <= set(formula.parts)


def with_part(formula: Formula, part: Formula, value: Formula) -> Formula:
    """The formula with a part of it that `_stands_in` it, wherever it stands, taken as `value`."""
    if not formula.mask & part.mask:
        return formula
    if formula == part:
        return value
    if _is_share_of(part, formula):
        rest = [item for item in formula.parts if not item.mask & part.mask]
        return at_least(len(rest) + 1 if formula.is_all else 1, [*rest, value])
    return at_least(formula.need, [with_part(item, part, value) for item in formula.parts])
