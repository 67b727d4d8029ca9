"""The conversation with the plan's physician: when it was asked for and held, with whom, and what came of it."""

from __future__ import annotations

from datetime import date
from enum import Enum

from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class PeerToPeerOutcome(Enum):
    """What came of it. `Reversed` here is of the plan's first decision, before any appeal."""

    PENDING = "pending"
    OVERTURNED = "overturned"
    OVERTURNED_IN_PART = "overturned_in_part"
    UPHELD = "upheld"
    NOT_HELD = "not_held"

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return self.value.replace("_", " ").capitalize()


class PeerToPeer(Value):
    """One peer-to-peer conversation, asked for or held."""

    id: Identifier
    requested_on: date | None = None
    window_ends_on: date | None = None
    """The last day the plan offers it, as its notice or its staff says."""
    scheduled_for: Text = ""
    """Day, hour and zone as agreed, as typed."""
    held_on: date | None = None
    physician_name: Text = ""
    physician_npi: Text = ""
    physician_specialty: Text = ""
    our_speaker: Text = ""
    outcome: PeerToPeerOutcome = PeerToPeerOutcome.PENDING
    overturned_line_ids: tuple[Identifier, ...] = ()
    reference: Text = ""
    notes: Text = ""
