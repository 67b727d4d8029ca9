"""An open store with every operation on it: what the window and the command line are handed."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.audit import Actor, AuditEvent
from desktop.domain.clock import Clock
from desktop.letters.references.library import ReferenceLibrary
from desktop.rules.loader import Library
from desktop.services.argument import Argument
from desktop.services.cases import Cases
from desktop.services.catalogue import Catalogue
from desktop.services.criteria_exchange import CriteriaExchange
from desktop.services.determinations import Determinations
from desktop.services.diagnosis_codes import DiagnosisCodes
from desktop.services.editions import Editions
from desktop.services.files import Files
from desktop.services.foreign_letters import ForeignLetters
from desktop.services.history import History
from desktop.services.letter_batch import LetterBatch
from desktop.services.letter_history import LetterHistory
from desktop.services.letters import Letters
from desktop.services.own_topics import OwnTopics
from desktop.services.packets import Packets
from desktop.services.peer_to_peer import PeerToPeers
from desktop.services.reference_library import References, ReferenceShelf
from desktop.services.reviews import Reviews
from desktop.services.set_files import SetFiles
from desktop.services.stationery import Stationery
from desktop.services.tasks import Tasks
from desktop.services.topics import Topics
from desktop.store.engine import Store


class ViewState:
    """Where the reviewer left off (splitters, open nodes, scroll), kept in the encrypted store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def remember(self, key: str, json_text: str) -> None:
        """Keep a screen's state under a key."""
        self._store.remember(key, json_text)

    def recall(self, key: str) -> str | None:
        """The state kept under a key, or None."""
        return self._store.recall(key)


class Services:
    """Every operation, over one open store."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        shipped: Library,
        references: ReferenceLibrary,
        topics: Path | None = None,
    ) -> None:
        self._store = store
        self.clock = clock
        self.shelf = ReferenceShelf(store, references)
        self.references = References(store, clock, self.shelf)
        self.catalogue = Catalogue(store, shipped)
        self.own_topics = OwnTopics(store, self.shelf, self.catalogue)
        self.topics = Topics(topics, references, shipped, self.own_topics)
        self.cases = Cases(store, clock, self.catalogue)
        self.review = Reviews(store, self.catalogue)
        self.editions = Editions(store, self.catalogue)
        self.set_files = SetFiles(self.catalogue)
        self.criteria_exchange = CriteriaExchange(store, self.catalogue, clock)
        self.tasks = Tasks(store, clock, self.review)
        self.determinations = Determinations(store, clock, self.catalogue)
        self.letters = Letters(store, clock, self.catalogue, self.shelf, self.topics)
        self.letter_history = LetterHistory(self.letters)
        self.letter_batch = LetterBatch(self.letters)
        self.foreign_letters = ForeignLetters(self.letters)
        self.argument = Argument(self.letters)
        self.files = Files(store)
        self.packets = Packets(store, clock, self.letters)
        self.stationery = Stationery(store)
        self.peer_to_peer = PeerToPeers(store)
        self.history = History(store)
        self.view_state = ViewState(store)
        self.diagnosis_codes = DiagnosisCodes()

    @property
    def actor(self) -> Actor:
        """Who is signed in to this store."""
        return self._store.actor

    def change_actor(self, actor: Actor) -> None:
        """Change whose name and credential stand beside every operation from now on."""
        self._store.change_actor(actor)

    @property
    def is_read_only(self) -> bool:
        """Whether the store was opened for viewing only."""
        return self._store.is_read_only

    def audit(self, case_id: str | None = None, limit: int = 200) -> tuple[AuditEvent, ...]:
        """The newest audit events."""
        return self._store.audit(case_id, limit)

    def audit_problem(self) -> str | None:
        """What is wrong with the audit chain, in words, or None when it verifies."""
        problem = self._store.verify_audit()
        return str(problem) if problem else None

    def close(self) -> None:
        """Close the store and forget its key."""
        self._store.close()
