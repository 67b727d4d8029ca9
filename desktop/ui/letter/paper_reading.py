"""Reads everything the letter screen shows of a case in one go; plain data, to be called in the db lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.case import Case
from desktop.domain.letter import BlockKind, Letter, LetterBlock, LetterKind, LetterState
from desktop.domain.letter_check import LetterProblem
from desktop.domain.letter_history import Delivery, LetterComment, LetterVersion
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.severity import Severity
from desktop.domain.stationery import Letterhead, LetterTemplate, Snippet
from desktop.ui.letter.finding_walk import first_placed

if TYPE_CHECKING:
    from desktop.letters.living import StaleBlock
    from desktop.services.letter_session import CheckSession
    from desktop.services.workspace import Services

CALL_KINDS = frozenset({LetterKind.PEER_TO_PEER, LetterKind.PEER_TO_PEER_CARD})
_HEAD = frozenset({BlockKind.LETTERHEAD, BlockKind.DATE, BlockKind.ADDRESSEE, BlockKind.RE})
"""Written by itself from the record; nobody begins there."""


@dataclass(frozen=True, slots=True)
class HouseItems:
    """What papers are written on and with, alike in every case."""

    letterheads: tuple[Letterhead, ...] = ()
    templates: tuple[LetterTemplate, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPapers:
    """The papers of a case, and the one in front with all that is shown of it."""

    case: Case
    letters: tuple[Letter, ...]
    letter: Letter | None
    session: CheckSession | None
    problems: tuple[LetterProblem, ...]
    stale: tuple[StaleBlock, ...]
    calls: tuple[PeerToPeer, ...]
    house: HouseItems
    comments: tuple[LetterComment, ...] = ()
    versions: tuple[LetterVersion, ...] = ()
    deliveries: tuple[Delivery, ...] = ()

    @property
    def is_issued(self) -> bool:
        """Whether the paper in front can only be read."""
        return self.letter is not None and self.letter.state is LetterState.ISSUED

    @property
    def severities(self) -> dict[str, Severity]:
        """The worst that the check says of each block."""
        return severities_of(self.problems)

    @property
    def where_work_begins(self) -> str:
        """The block that a paper opens with: what must be put right, else what follows the head; empty: no paper."""
        blocks = self.letter.content.blocks if self.letter else ()
        errors = [problem for problem in self.problems if problem.severity is Severity.ERROR]
        found = first_placed(errors, [block.id for block in blocks])
        if found is not None and found.block_id is not None:
            return found.block_id
        opening = (block.id for block in blocks if block.kind not in _HEAD)
        return next(opening, blocks[0].id if blocks else "")

    def block(self, block_id: str) -> LetterBlock | None:
        """A block of the paper in front."""
        return self.letter.content.block(block_id) if self.letter else None


def severities_of(problems: tuple[LetterProblem, ...]) -> dict[str, Severity]:
    """The worst of the findings about each block."""
    found: dict[str, Severity] = {}
    for problem in problems:
        if problem.block_id and found.get(problem.block_id) is not Severity.ERROR:
            found[problem.block_id] = problem.severity
    return found


def read_papers(services: Services, case_id: str, letter_id: str) -> ReadPapers:
    """Read the papers of a case with one of them in front: the latest when no id is given, or it is gone."""
    letters = services.letters.all(case_id)
    ids = [letter.id for letter in letters]
    wanted = letter_id if letter_id in ids else ids[-1] if ids else ""
    session = services.letters.check_session(case_id, wanted) if wanted else None
    letter = session.letter if session else None
    stationery, history = services.stationery, services.letter_history
    return ReadPapers(
        case=services.cases.case(case_id),
        letters=tuple(letter if letter and item.id == letter.id else item for item in letters),
        letter=letter,
        session=session,
        problems=session.problems() if session and letter and letter.state is LetterState.DRAFT else (),
        stale=session.stale if session else (),
        calls=services.peer_to_peer.all(case_id),
        house=HouseItems(
            stationery.letterheads(),
            stationery.templates(),
            stationery.snippets(),
            tuple(item.word for item in stationery.words()),
        ),
        comments=history.comments(case_id, wanted) if wanted else (),
        versions=history.versions(case_id, wanted) if wanted else (),
        deliveries=history.deliveries(case_id, wanted) if wanted else (),
    )
