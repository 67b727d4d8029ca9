"""Operations on the conversations with the plan's physician: asked for, held, and what came of each."""

from __future__ import annotations

from desktop.domain.changes import ChangeFlag
from desktop.domain.errors import UserFacingError
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.typed import require_keepable_value
from desktop.services.operation import OperationResult, result
from desktop.store.engine import Store


class PeerToPeers:
    """The conversations of a case. They stay open to change after signing: a signature does not speak of them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, case_id: str) -> tuple[PeerToPeer, ...]:
        """Every conversation, in the order they were entered."""
        with self._store.read() as reader:
            return reader.items.all(case_id, PeerToPeer)

    def put(self, case_id: str, conversation: PeerToPeer) -> OperationResult[PeerToPeer]:
        """Enter a conversation, or save it anew under its id.

        Raises UserFacingError when it was held before it was asked for, or names a service line that is not there.
        """
        require_keepable_value(conversation)
        asked, held = conversation.requested_on, conversation.held_on
        if asked is not None and held is not None and held < asked:
            raise _refused(
                f"The call is said to be held on {held.isoformat()}, before it was asked for on {asked.isoformat()}.",
                "Correct one of the two days.",
            )
        with self._store.write("peer_to_peer_saved", "Edit peer-to-peer", case_id=case_id) as work:
            lines = {line.id for line in work.cases.get(case_id).service_lines}
            if not set(conversation.overturned_line_ids) <= lines:
                raise _refused(
                    "A service line that it overturned is not in the case any more.",
                    "Choose among the lines that the case has now.",
                )
            work.typing_in = f"peer_to_peer {conversation.id}"
            work.items.put(case_id, conversation)
        return result(conversation, case_id, ChangeFlag.PEER_TO_PEER, ChangeFlag.LETTER)

    def remove(self, case_id: str, conversation_id: str) -> OperationResult[None]:
        """Remove a conversation; nothing happens when there is none."""
        with self._store.write("peer_to_peer_removed", "Remove peer-to-peer", case_id=case_id) as work:
            work.items.remove(case_id, PeerToPeer, conversation_id)
        return result(None, case_id, ChangeFlag.PEER_TO_PEER, ChangeFlag.LETTER)


def _refused(what: str, todo: str) -> UserFacingError:
    return UserFacingError(what, safe="Nothing was changed.", todo=todo)
