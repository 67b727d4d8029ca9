"""Everything a letter is composed from, as one frozen value with the look-ups that blocks need."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from desktop.domain.argument import ArgumentChoice, SetDoubt
from desktop.domain.assessment import AssessmentKey, CriterionAssessment, EvidenceLink, Stance
from desktop.domain.case import Case
from desktop.domain.criteria import CriteriaSet
from desktop.domain.determination import Decision, Determination, LineDetermination
from desktop.domain.document import Document
from desktop.domain.evaluation import EvaluationTrace, NodeTrace
from desktop.domain.letter import BlockKind, Letter, LetterKind, LetterSettings, StatusEntry
from desktop.domain.letter_check import CheckOverride
from desktop.domain.member import Provider, ProviderRole
from desktop.domain.offer import Offer
from desktop.domain.packet import PacketChoice
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.service_line import ServiceLine
from desktop.domain.stationery import Letterhead, LetterTemplate
from desktop.domain.topic import Topic
from desktop.letters.enclosures import Enclosure, enclosures_of
from desktop.letters.references.library import ReferenceLibrary
from desktop.letters.wording import short_date, where

_GRANTED = (Decision.NECESSARY, Decision.NECESSARY_IN_PART)


@dataclass(frozen=True)
class LetterInputs:
    """The case, its review and the library, as they are at the moment of composing."""

    case: Case
    determination: Determination | None
    traces: tuple[EvaluationTrace, ...]
    sets: Mapping[str, CriteriaSet]
    assessments: Mapping[AssessmentKey, CriterionAssessment]
    links: Mapping[AssessmentKey, Sequence[EvidenceLink]]
    references: ReferenceLibrary
    kind: LetterKind
    today: date
    offers: Mapping[AssessmentKey, Offer] = field(default_factory=dict[AssessmentKey, Offer])
    """What the record gives for measured criteria now, by which a value that was taken leads back to its documents."""
    topics: tuple[Topic, ...] = ()
    """What may be argued with, in the order to argue in."""
    citation_reasons: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """Why a source in doubt is cited all the same, by reference id and rule of the letter check."""
    settings: LetterSettings = field(default_factory=LetterSettings)
    letterhead: Letterhead | None = None
    template: LetterTemplate | None = None
    doubts: tuple[SetDoubt, ...] = ()
    """What speaks against the sets that lines are held against, as the choice of criteria words it."""
    choices: Mapping[str, ArgumentChoice] = field(default_factory=dict[str, ArgumentChoice])
    """The reviewer's choices about claims and exception arguments, by key."""
    earlier: tuple[Letter, ...] = ()
    """Letters of the case that were issued before, oldest first: a second level must differ from the first."""
    status_history: tuple[StatusEntry, ...] = ()
    peer_to_peers: tuple[PeerToPeer, ...] = ()
    overrides: Mapping[str, CheckOverride] = field(default_factory=dict[str, CheckOverride])
    """Recorded reasons against findings of the letter check, by the finding's key."""
    other_members: tuple[str, ...] = ()
    """Full names of the members of other cases: none of them may stand in this letter."""
    packet_choices: tuple[PacketChoice, ...] = ()
    """What the reviewer decided about documents of the packet, by which the letter names its enclosures."""

    @property
    def author(self) -> Provider | None:
        """Who heads and signs the letter of an appeal: the ordering provider, and nobody in their place."""
        return self.case.provider(ProviderRole.ORDERING)

    @property
    def is_urgent(self) -> bool:
        """Whether an expedited decision is asked for: by the kind of letter, or because the case was marked so."""
        return self.kind is LetterKind.EXPEDITED or self.case.denial.is_expedited

    @property
    def reasons(self) -> tuple[EvaluationTrace, ...]:
        """The evaluation the letter argues from: that of the day of signing, once signed."""
        signed = self.determination
        return signed.traces if signed is not None and signed.is_signed and signed.traces else self.traces

    def decision(self, line: ServiceLine) -> LineDetermination:
        """What was decided on a line; undecided without a determination."""
        if self.determination is None:
            return LineDetermination(service_line_id=line.id)
        return self.determination.line(line.id)

    def granted_levels(self, line: ServiceLine) -> tuple[str, ...]:
        """The levels found necessary; all requested ones when the decision is for the line and names none."""
        decided = self.decision(line)
        if decided.decision is Decision.NECESSARY and not decided.levels:
            return line.levels
        return decided.levels if decided.decision in _GRANTED else ()

    def granted_sides(self, line: ServiceLine) -> tuple[str, ...]:
        """The sides found necessary; all requested ones where the decision is about the line or its levels only."""
        decided = self.decision(line)
        if decided.decision not in _GRANTED:
            return ()
        is_whole = decided.decision is Decision.NECESSARY or line.levels or len(line.sides) < 2
        return decided.sides or (line.sides if is_whole else ())

    def named_sides(self, line: ServiceLine) -> tuple[str, ...]:
        """The granted sides where they have to be said: of a line for both that has no levels, or grants one."""
        sides = self.granted_sides(line)
        return sides if len(line.sides) > 1 and (not line.levels or sides != line.sides) else ()

    def sides_left_out(self, line: ServiceLine) -> tuple[str, ...]:
        """Requested sides that a granted line is not asked for on; none while no side is named."""
        granted = self.granted_sides(line)
        return tuple(side for side in line.sides if granted and side not in granted)

    def where_granted(self, line: ServiceLine) -> str:
        """`at L5-S1`, `on the left`; empty for a line that is asked for as a whole."""
        return where(self.granted_levels(line), self.named_sides(line))

    def where_left_out(self, line: ServiceLine) -> str:
        """Where a granted line was requested and is not asked for; empty when it is asked for everywhere."""
        levels = [level for level in line.levels if level not in self.granted_levels(line)]
        parts = (where(levels), where((), self.sides_left_out(line)))
        return " and ".join(part for part in parts if part)

    def sides_argued(self, line: ServiceLine) -> tuple[str, ...]:
        """The sides that the letter argues for: those asked for, or all while none is."""
        return self.granted_sides(line) or line.sides

    def taken_offer(self, key: AssessmentKey) -> Offer | None:
        """What of the record an answer was worked out from; None when it was not, or the record has changed since."""
        answer, offer = self.assessments.get(key), self.offers.get(key)
        if answer is None or offer is None or not answer.arithmetic:
            return None
        return offer if (answer.amount, answer.arithmetic) == (offer.amount, offer.arithmetic) else None

    def levels_argued(self, line: ServiceLine) -> tuple[str, ...]:
        """Where the letter argues for a line: where it is asked for, or everywhere while nothing is asked for."""
        return self.granted_levels(line) or line.levels

    @property
    def argued_lines(self) -> tuple[ServiceLine, ...]:
        """Lines asked for, and those still undecided: a line decided otherwise is not argued."""
        return tuple(
            line
            for line in self.case.service_lines
            if self.decision(line).decision in (*_GRANTED, Decision.UNDECIDED)
        )

    @property
    def granted_lines(self) -> tuple[ServiceLine, ...]:
        """Lines determined necessary, wholly or in part: what the letter asks for."""
        return tuple(line for line in self.case.service_lines if self.decision(line).decision in _GRANTED)

    @property
    def other_lines(self) -> tuple[ServiceLine, ...]:
        """Lines that the letter does not ask for."""
        granted = {line.id for line in self.granted_lines}
        return tuple(line for line in self.case.service_lines if line.id not in granted)

    def traces_of(self, line: ServiceLine) -> tuple[EvaluationTrace, ...]:
        """The line's evaluations in the order its criteria sets are listed, the payer's first."""
        order = {set_id: index for index, set_id in enumerate(line.criteria_set_ids)}
        mine = [item for item in self.reasons if item.service_line_id == line.id]
        return tuple(sorted(mine, key=lambda item: order.get(item.set_id, len(order))))

    @cached_property
    def _links_by_id(self) -> dict[str, EvidenceLink]:
        return {link.id: link for links in self.links.values() for link in links}

    def evidence(self, ids: Sequence[str]) -> tuple[EvidenceLink, ...]:
        """The evidence links with these ids, in this order; unknown ids are left out."""
        return tuple(self._links_by_id[item] for item in ids if item in self._links_by_id)

    def supports(self, node: NodeTrace) -> bool:
        """Whether words of the record are linked for a criterion, not only against it."""
        return any(link.stance is Stance.SUPPORTS for link in self.evidence(node.evidence_ids))

    @cached_property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """Every enclosed document of the case with the letter it is enclosed under."""
        return enclosures_of(self.case.documents, self.packet_choices)

    @cached_property
    def _letters_by_document(self) -> dict[str, str]:
        return {item.document.id: item.letter for item in self.enclosures}

    def short_mark(self, document_id: str | None) -> str:
        """`Encl. B`, for cells beside which the date stands."""
        letter = self._letters_by_document.get(document_id or "")
        if letter is None:
            return "not enclosed" if self.case.document(document_id) else "source not recorded"
        return f"Encl. {letter}"

    def source_mark(self, document_id: str | None, page: int | None = None) -> str:
        """`Encl. B, Sep 14, 2026, p. 1`, for table cells; the title stands in the list of enclosures."""
        document = self.case.document(document_id)
        if document is None:
            return "source not recorded"
        at = f", p. {page}" if page is not None else ""
        return f"{self.short_mark(document.id)}, {short_date(document.dated_on)}{at}"

    def source_text(self, document: Document | None, page: int | None = None) -> str:
        """`CT lumbar spine, Sep 14, 2026, p. 1 (Enclosure C)`; words that say so when there is no document."""
        if document is None:
            return "source document not recorded"
        parts = [document.title.strip() or document.kind.label, short_date(document.dated_on)]
        if page is not None:
            parts.append(f"p. {page}")
        letter = self._letters_by_document.get(document.id)
        return f"{', '.join(parts)} ({f'Enclosure {letter}' if letter else 'not enclosed'})"


def block_id(kind: BlockKind, *parts: str) -> str:
    """A stable id for a block; ids that would grow too long end in a hash."""
    name = ".".join((kind.value, *parts))
    if len(name) <= 80:
        return name
    return f"{name[:60]}.{hashlib.sha256(name.encode()).hexdigest()[:16]}"
