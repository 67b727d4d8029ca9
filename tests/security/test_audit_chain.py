"""The chain of audit events as such, without a store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.audit import GENESIS, Actor, AuditEvent
from desktop.security.audit_chain import append, named, verify
from desktop.security.chain_head import Head, check_head, read_head, write_head

KEY = bytes(range(32))
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def chain(length: int) -> list[AuditEvent]:
    events: list[AuditEvent] = []
    for number in range(length):
        previous = events[-1] if events else None
        at = NOON + timedelta(minutes=number)
        actor = Actor(name="Ada", credential="RN")
        label = f"Step {number}"
        events.append(
            append(previous, at=at, actor=actor, operation="step", case_id="case-1", label=label, key=KEY)
        )
    return events


@pytest.mark.parametrize("length", [0, 1, 2, 10])
def test_an_untouched_chain_holds(length: int) -> None:
    assert verify(chain(length), KEY) is None


def test_events_are_numbered_from_one_and_joined_by_hash() -> None:
    first, second = chain(2)
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.previous_hash == GENESIS
    assert second.previous_hash == first.hash


@given(
    place=st.integers(0, 5),
    change=st.sampled_from(
        [
            {"label": "other"},
            {"actor": "Grace"},
            {"at": NOON - timedelta(days=1)},
            {"operation": "other"},
            {"case_id": None},
            {"case_id": "case-2"},
            {"detail_hash": "0" * 64},
            {"previous_hash": "0" * 63 + "1"},
            {"hash": "0" * 64},
            {"sequence": 99},
        ]
    ),
)
def test_any_edit_is_found_where_it_was_made(place: int, change: dict[str, object]) -> None:
    events = chain(6)
    events[place] = events[place].model_copy(update=change)
    problem = verify(events, KEY)
    assert problem is not None
    assert problem.sequence == place + 1
    assert str(problem.sequence) in str(problem)


@given(st.permutations(range(6)))
def test_any_reordering_is_found(order: list[int]) -> None:
    events = chain(6)
    assert (verify([events[place] for place in order], KEY) is None) == (order == sorted(order))


@given(place=st.integers(0, 4))
def test_any_event_left_out_before_the_last_is_found(place: int) -> None:
    events = chain(6)
    del events[place]
    assert verify(events, KEY) is not None


def test_a_chain_sealed_with_another_key_does_not_hold() -> None:
    assert verify(chain(3), bytes(32)) is not None


def test_an_event_joined_to_another_chain_is_found() -> None:
    first = chain(1)[0]
    stranger = append(None, at=NOON, actor=Actor(name="X"), operation="x", key=KEY)
    second = append(stranger, at=NOON, actor=Actor(name="X"), operation="x", key=KEY)
    problem = verify([first, second], KEY)
    assert problem is not None
    assert "follow" in str(problem)


def test_text_cannot_be_moved_from_one_field_to_the_next() -> None:
    one = append(None, at=NOON, actor=Actor(name="A"), operation="o", label="1\n2", key=KEY)
    other = one.model_copy(update={"label": "1", "detail_hash": "2"})
    assert verify([other], KEY) is not None


def test_an_instant_needs_a_zone_and_is_kept_in_utc() -> None:
    with pytest.raises(ValueError, match="zone"):
        append(None, at=NOON.replace(tzinfo=None), actor=Actor(name="A"), operation="o", key=KEY)
    west = NOON.astimezone(timezone(timedelta(hours=-7)))
    assert (
        append(None, at=west, actor=Actor(name="A"), operation="o", key=KEY).at.isoformat()
        == NOON.isoformat()
    )


def test_people_are_named_with_their_credential_where_they_have_one() -> None:
    assert named(Actor(name="Ada", credential="RN")) == "Ada, RN"
    assert named(Actor(name="Ada")) == "Ada"


def test_the_note_of_the_newest_event_tells_a_shorter_and_another_chain(tmp_path: Path) -> None:
    events = chain(3)
    path = tmp_path / "head.json"
    write_head(path, events[2], KEY)
    head = read_head(path, KEY)
    assert head == Head(3, events[2].hash)
    assert check_head(head, events[2]) is None
    assert check_head(head, None) is not None
    assert check_head(head, events[2].model_copy(update={"hash": "0" * 64})) is not None
    assert check_head(None, events[2]) is not None


@given(place=st.integers(0, 300), bit=st.integers(0, 7))
def test_a_note_with_a_flipped_bit_is_no_note_or_the_same_note(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    (event,) = chain(1)
    path = tmp_path_factory.mktemp("note") / "head.json"
    write_head(path, event, KEY)
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(bytes(content))
    assert read_head(path, KEY) in {None, Head(1, event.hash)}


def test_a_note_written_with_another_key_is_no_note(tmp_path: Path) -> None:
    (event,) = chain(1)
    write_head(tmp_path / "head.json", event, bytes(32))
    assert read_head(tmp_path / "head.json", KEY) is None
    assert read_head(tmp_path / "nowhere.json", KEY) is None
