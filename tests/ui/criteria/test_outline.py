"""Where rows and groups go when keys move them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.criteria import outline
from desktop.ui.criteria.outline import Slot, Slots


def read(slots: Slots) -> str:
    """`a [b c] d`: capital letters are groups."""
    return " ".join(
        ("." if slot.is_inside else "") + chr((65 if slot.is_group else 97) + slot.key) for slot in slots
    )


def write(text: str) -> Slots:
    return tuple(
        Slot(ord(word[-1].lower()) - 97, is_group=word[-1].isupper(), is_inside=word.startswith("."))
        for word in text.split()
    )


def test_a_row_steps_into_a_group_at_its_end_and_out_at_its_top() -> None:
    slots = write("a B .c d")
    steps = []
    for at in (3, 3, 2, 1):
        slots = outline.move_up(slots, at)
        steps.append(read(slots))
    assert steps == ["a B .c .d", "a B .d .c", "a d B .c", "d a B .c"]


def test_a_row_steps_into_a_group_at_its_top_and_out_at_its_end() -> None:
    slots = write("a B .c d")
    steps = []
    for at in (0, 1, 2, 2, 3):
        slots = outline.move_down(slots, at)
        steps.append(read(slots))
    assert steps == ["B .a .c d", "B .c .a d", "B .c a d", "B .c d a", "B .c d a"]


def test_a_group_moves_with_its_rows_past_whole_groups() -> None:
    slots = write("A .b C .d .e f")
    assert read(outline.move_up(slots, 2)) == "C .d .e A .b f"
    assert read(outline.move_down(slots, 0)) == "C .d .e A .b f"
    assert read(outline.move_down(slots, 2)) == "A .b f C .d .e"


def test_new_rows_stay_in_their_group_and_new_groups_come_after_it() -> None:
    slots = write("a B .c d")
    assert read(outline.add_row(slots, 2, 25)) == "a B .c .z d"
    assert read(outline.add_row(slots, 1, 25)) == "a B .z .c d"
    assert read(outline.add_group(slots, 2, 24, 25)) == "a B .c Y .z d"
    assert read(outline.add_group((), -1, 24, 25)) == "Y .z"


def test_a_removed_heading_sets_its_rows_free() -> None:
    assert read(outline.remove(write("a B .c .d e"), 1)) == "a c d e"
    assert read(outline.remove(write("a B .c .d e"), 2)) == "a B .d e"


def test_only_the_last_row_of_a_group_leaves_it_by_enter() -> None:
    assert read(outline.leave_group(write("B .c .d e"), 2)) == "B .c d e"
    assert read(outline.leave_group(write("B .c .d e"), 1)) == "B .c .d e"


@given(st.lists(st.tuples(st.sampled_from("udgrx"), st.integers(0, 30)), max_size=30))
def test_whatever_is_pressed_no_row_is_inside_without_a_group_and_none_is_lost(
    presses: list[tuple[str, int]],
) -> None:
    slots: Slots = (Slot(0),)
    for number, (press, place) in enumerate(presses, start=1):
        at, before = place % len(slots), {slot.key for slot in slots}
        match press:
            case "u":
                slots = outline.move_up(slots, at)
            case "d":
                slots = outline.move_down(slots, at)
            case "g":
                slots = outline.add_group(slots, at, 2 * number, 2 * number + 1)
            case "r":
                slots = outline.add_row(slots, at, 2 * number)
            case _:
                slots = outline.remove(slots, at) or slots
        keys = [slot.key for slot in slots]
        assert len(set(keys)) == len(keys)
        if press in "ud":
            assert set(keys) == before
        inside_of = False
        for slot in slots:
            inside_of = slot.is_group or (slot.is_inside and inside_of)
            assert slot.is_group or not slot.is_inside or inside_of
