"""Folding changes to their net effect, on plain dictionaries instead of a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.row_changes import RowChange, fold, from_json, hash_of, to_json

Table = dict[str, dict[str, str]]
STEPS = st.lists(
    st.tuples(st.sampled_from(["r1", "r2"]), st.sampled_from(["x", "y"]), st.sampled_from(["1", "2", ""])),
    max_size=12,
)


def apply(table: Table, change: RowChange) -> None:
    """Do a change to a table of rows by id; what it expects to find must be there."""
    row_id = str(dict(change.key)["id"])
    if change.before is None:
        assert row_id not in table
        table[row_id] = dict(change.after or {})  # pyright: ignore[reportArgumentType]
        return
    assert {name: table[row_id][name] for name in change.before} == change.before
    if change.after is None:
        del table[row_id]
    else:
        table[row_id].update(change.after)  # pyright: ignore[reportArgumentType, reportCallIssue]


def changed(table: Table, row_id: str, column: str, value: str) -> RowChange | None:
    """The change that a step makes: "" deletes the row, anything else inserts it or updates one column."""
    key = (("id", row_id),)
    old = table.get(row_id)
    if value == "":
        return None if old is None else RowChange("t", key, dict(old), None)
    if old is None:
        return RowChange("t", key, None, {"id": row_id, "x": "0", "y": "0", column: value})
    return None if old[column] == value else RowChange("t", key, {column: old[column]}, {column: value})


@given(first=STEPS, then=STEPS)
def test_the_net_effect_does_the_same_as_the_steps_and_its_inverse_takes_it_back(
    first: list[tuple[str, str, str]], then: list[tuple[str, str, str]]
) -> None:
    table: Table = {}
    for step in first:
        if (change := changed(table, *step)) is not None:
            apply(table, change)
    start = {row_id: dict(row) for row_id, row in table.items()}
    changes: list[RowChange] = []
    for step in then:
        if (change := changed(table, *step)) is not None:
            apply(table, change)
            changes.append(change)
    net = from_json(to_json(fold(changes)))
    assert len(net) <= 2
    assert (net == ()) == (table == start)

    again = {row_id: dict(row) for row_id, row in start.items()}
    for change in net:
        apply(again, change)
    assert again == table
    for change in reversed(net):
        apply(again, change.inverse)
    assert again == start


def test_bytes_are_named_by_their_hash_and_nothing_else_slips_through() -> None:
    pdf = RowChange("letter_pdf", (("sha256", "a"),), None, {"content": b"pdf"})
    assert "sha256:" in to_json([pdf])
    assert hash_of(to_json([pdf])) != hash_of(to_json([]))
    with pytest.raises(TypeError, match="set"):
        to_json([RowChange("t", (), None, {"x": {1}})])  # pyright: ignore[reportArgumentType]


def test_a_change_knows_the_case_whose_row_it_is() -> None:
    assert RowChange("case_row", (("id", "c"),), None, {}).case_id == "c"
    assert RowChange("member", (("case_id", "c"),), None, {}).case_id == "c"
    assert RowChange("criteria_source", (("set_id", "s"),), None, {}).case_id is None
