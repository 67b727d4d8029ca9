"""Reads everything the argument tab shows of a case in one go; plain data, to be called in the db lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.argument import ExceptionKind, OfferedException
from desktop.domain.case import Case
from desktop.domain.letter import BlockKind, Letter, LetterKind, LetterState
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.topic_offer import OfferedClaim

if TYPE_CHECKING:
    from desktop.letters.references.library import ReferenceLibrary
    from desktop.services.argument import ArgumentView
    from desktop.services.operation import OperationResult
    from desktop.services.workspace import Services

_ARGUING = frozenset({LetterKind.MEDICAL_NECESSITY, LetterKind.OPINION})


@dataclass(frozen=True)
class ReadArgument:
    """What is offered for a case, what it stands on, and the papers that are written with it."""

    case: Case
    view: ArgumentView
    library: ReferenceLibrary
    papers: tuple[Letter, ...]
    """The latest of each kind that argues, as it reads now."""
    calls: tuple[PeerToPeer, ...]

    def offered(self, key: str) -> OfferedClaim | OfferedException | None:
        """What has a key, or None when it is not offered any more."""
        everything = (*self.view.exceptions, *self.view.claims)
        return next((item for item in everything if item.key == key), None)

    def papers_with(self, offered: OfferedClaim | OfferedException) -> tuple[str, ...]:
        """The papers in which it stands now, by name."""
        return tuple(paper_name(paper) for paper in self.papers if _is_in(paper, offered))


@dataclass(frozen=True)
class Chosen:
    """A choice with what it changed in the papers of the case."""

    read: ReadArgument
    key: str
    before: tuple[Letter, ...]


def read_argument(services: Services, case_id: str) -> ReadArgument:
    """Read what a case can be argued with."""
    return ReadArgument(
        case=services.cases.case(case_id),
        view=services.argument.view(case_id),
        library=services.references.library(),
        papers=arguing_papers(services, case_id),
        calls=services.peer_to_peer.all(case_id),
    )


def arguing_papers(services: Services, case_id: str) -> tuple[Letter, ...]:
    """The latest paper of each kind that argues, as it reads now."""
    latest = {item.kind: item.id for item in services.letters.all(case_id) if is_arguing(item.kind)}
    return tuple(services.letters.letter(case_id, letter_id) for letter_id in latest.values())


def choose(
    services: Services, case_id: str, key: str, is_included: bool, note: str
) -> OperationResult[Chosen]:
    """Choose, and read the papers before and after, so that the screen can say what changed."""
    from desktop.services.operation import OperationResult

    before = arguing_papers(services, case_id)
    chosen = services.argument.choose(case_id, key, is_included, note)
    return OperationResult(Chosen(read_argument(services, case_id), key, before), chosen.changes)


def is_arguing(kind: LetterKind) -> bool:
    """Whether a kind of paper is written with claims and exceptions."""
    return kind.is_appeal or kind in _ARGUING


def paper_name(paper: Letter) -> str:
    """`first-level appeal, draft`."""
    label = paper.kind.label[:1].lower() + paper.kind.label[1:]
    return label if paper.state is LetterState.ISSUED else f"{label}, draft"


def _is_in(paper: Letter, offered: OfferedClaim | OfferedException) -> bool:
    if isinstance(offered, OfferedException):
        # Sets that are silent have one block for all lines together.
        is_silence = offered.kind is ExceptionKind.SILENT_SET
        return any(
            block.id == offered.key or (is_silence and block.kind is BlockKind.SILENCE)
            for block in paper.content.blocks
        )
    wanted = offered.claim.cited_text
    return any(wanted in item.text for block in paper.content.blocks for item in block.paragraphs)
