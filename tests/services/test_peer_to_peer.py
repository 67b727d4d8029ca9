"""Peer-to-peer conversations are entered, changed, undone and refused where they contradict the case."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.errors import UserFacingError
from desktop.domain.peer_to_peer import PeerToPeer, PeerToPeerOutcome
from desktop.services.workspace import Services

ASKED = PeerToPeer(id="p1", requested_on=date(2026, 11, 2))


def test_a_conversation_is_entered_completed_and_removed(services: Services, sample_id: str) -> None:
    line = services.cases.case(sample_id).service_lines[0].id
    services.peer_to_peer.put(sample_id, ASKED)
    services.peer_to_peer.put(sample_id, PeerToPeer(id="p2"))
    held = ASKED.model_copy(
        update={
            "held_on": date(2026, 11, 2),
            "outcome": PeerToPeerOutcome.OVERTURNED_IN_PART,
            "overturned_line_ids": (line,),
        }
    )
    done = services.peer_to_peer.put(sample_id, held)
    assert done.changes.case_ids == {sample_id}
    assert services.peer_to_peer.all(sample_id) == (held, PeerToPeer(id="p2"))
    services.peer_to_peer.remove(sample_id, "p1")
    assert services.peer_to_peer.all(sample_id) == (PeerToPeer(id="p2"),)
    services.history.undo(sample_id)
    assert services.peer_to_peer.all(sample_id) == (held, PeerToPeer(id="p2"))


def test_a_call_cannot_be_held_before_it_was_asked_for(services: Services, sample_id: str) -> None:
    with pytest.raises(UserFacingError, match="2026-11-01, before it was asked for on 2026-11-02"):
        services.peer_to_peer.put(sample_id, ASKED.model_copy(update={"held_on": date(2026, 11, 1)}))
    assert services.peer_to_peer.all(sample_id) == ()


def test_an_overturned_line_must_be_one_of_the_case(services: Services, sample_id: str) -> None:
    with pytest.raises(UserFacingError, match="not in the case"):
        services.peer_to_peer.put(sample_id, ASKED.model_copy(update={"overturned_line_ids": ("no-line",)}))
