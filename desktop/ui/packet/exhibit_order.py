"""Moves an exhibit within its group, as the choices that make it stand there; pure, and it stores nothing."""

from __future__ import annotations

from desktop.domain.packet import PacketChoice
from desktop.ui.packet.packet_reading import ReadPacket


def moved(read: ReadPacket, document_id: str, offset: int) -> tuple[PacketChoice, ...]:
    """The choices to record; none where it is at the end of its group already."""
    exhibit = read.exhibit(document_id)
    if exhibit is None:
        return ()
    group = [item.document_id for item in read.plan.exhibits if item.kind is exhibit.kind]
    here = group.index(document_id)
    there = here + offset
    if not 0 <= there < len(group):
        return ()
    group.insert(there, group.pop(here))
    # A place counts among those of its kind, so whoever has one is told its new one; the others follow their dates.
    wanted = [
        read.choice(item).model_copy(update={"position": place})
        for place, item in enumerate(group)
        if item == document_id or read.choice(item).position is not None
    ]
    return tuple(choice for choice in wanted if choice != read.choice(choice.document_id))


def by_date(read: ReadPacket, document_id: str) -> PacketChoice | None:
    """The choice that puts an exhibit back by its date; None where it stands so."""
    choice = read.choice(document_id)
    return None if choice.position is None else choice.model_copy(update={"position": None})
