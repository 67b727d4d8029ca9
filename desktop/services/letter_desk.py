"""Where every operation on letters begins: the record as inputs, the fresh composition, and the letter as it reads now.

It must not decide anything about a letter; whoever works at it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.argument import ArgumentChoice, DoubtKind, SetDoubt
from desktop.domain.case import Case
from desktop.domain.clock import Clock
from desktop.domain.errors import SignedRecordError, UserFacingError
from desktop.domain.letter import Letter, LetterContent, LetterKind, LetterSettings, LetterState
from desktop.domain.packet import PacketChoice
from desktop.domain.peer_to_peer import PeerToPeer
from desktop.domain.stationery import Letterhead, LetterTemplate
from desktop.letters.composing.letter import compose_letter
from desktop.letters.inputs import LetterInputs
from desktop.letters.living import followed
from desktop.rules.loader import Library
from desktop.rules.match import WarningKind
from desktop.services.catalogue import Catalogue
from desktop.services.choosing import chosen_for
from desktop.services.determinations import latest
from desktop.services.letter_overrides import reasons_by_rule
from desktop.services.reference_library import ReferenceShelf
from desktop.services.review_view import evaluate_case, offers_of, read_review
from desktop.services.topics import Topics
from desktop.store.engine import Reader, Store

_DOUBTS = {
    WarningKind.WRONG_SET: DoubtKind.WRONG_SET,
    WarningKind.NOT_IN_FORCE: DoubtKind.NOT_IN_FORCE,
    WarningKind.SILENT: DoubtKind.SILENT,
}


@dataclass(frozen=True)
class LivingLetter:
    """A letter as it reads at this moment, with what it was read from."""

    letter: Letter
    """As it reads; an issued one as it was issued."""
    stored: Letter
    """As it was last stored."""
    fresh: LetterContent
    inputs: LetterInputs

    @property
    def content(self) -> LetterContent:
        """What it says."""
        return self.letter.content


class LetterDesk:
    """Reads letters and what they are made from."""

    def __init__(
        self, store: Store, clock: Clock, catalogue: Catalogue, references: ReferenceShelf, topics: Topics
    ) -> None:
        self.store = store
        self.clock = clock
        self.catalogue = catalogue
        self.references = references
        self.topics = topics

    # Letters

    def stored(self, reader: Reader, case_id: str, letter_id: str | None) -> Letter | None:
        """The letter as it was last stored; None: the latest of the case. None when there is no such letter."""
        if letter_id is not None:
            return reader.letters.get(case_id, letter_id)
        letters = reader.letters.all(case_id)
        return letters[-1] if letters else None

    def read(
        self, reader: Reader, case_id: str, letter_id: str | None, *, has_names: bool = False
    ) -> LivingLetter:
        """A letter as it reads now. Raises UserFacingError when there is none."""
        letter = self.stored(reader, case_id, letter_id)
        if letter is None:
            raise nothing_composed()
        return self.living(reader, case_id, letter, has_names=has_names)

    def draft(self, reader: Reader, case_id: str, letter_id: str | None) -> LivingLetter:
        """As `read`; raises SignedRecordError when it was issued."""
        found = self.read(reader, case_id, letter_id)
        if found.letter.state is LetterState.ISSUED:
            raise SignedRecordError("This letter was issued and cannot be edited.")
        return found

    def living(
        self, reader: Reader, case_id: str, letter: Letter, *, has_names: bool = False
    ) -> LivingLetter:
        """A letter that was read from the store, following the record."""
        inputs = self.inputs(reader, case_id, letter.kind, letter.settings, letter, has_names=has_names)
        if letter.state is LetterState.ISSUED:
            return LivingLetter(letter, letter, letter.content, inputs)
        fresh = compose_letter(inputs)
        read = letter.model_copy(update={"content": followed(letter.content, fresh)})
        return LivingLetter(read, letter, fresh, inputs)

    # What a letter is made from

    def inputs(
        self,
        reader: Reader,
        case_id: str,
        kind: LetterKind,
        settings: LetterSettings,
        letter: Letter | None = None,
        *,
        has_names: bool = False,
    ) -> LetterInputs:
        """Everything a letter is composed from. With `has_names` also the members of all other cases, for the check."""
        case = reader.cases.get(case_id)
        determination = latest(reader, case_id)
        assessments, links = read_review(reader, case_id)
        sets = self.catalogue.for_case(case)
        return LetterInputs(
            case=case,
            determination=determination,
            traces=determination.traces or evaluate_case(case, sets, assessments, links),
            sets={criteria_set.id: criteria_set for criteria_set in sets},
            assessments=assessments,
            links=links,
            references=self.references.library(),
            kind=kind,
            today=self.clock.today(),
            offers=offers_of(case, sets),
            topics=self.topics.all(),
            citation_reasons=reasons_by_rule(letter) if letter else {},
            settings=settings,
            letterhead=reader.house.get(Letterhead, settings.letterhead_id)
            if settings.letterhead_id
            else None,
            template=reader.house.get(LetterTemplate, settings.template_id) if settings.template_id else None,
            doubts=tuple(_doubts(self.catalogue.library(), case)),
            choices={item.key: item for item in reader.items.all(case_id, ArgumentChoice)},
            earlier=tuple(_issued_before(reader, case_id, letter)),
            status_history=letter.status_history if letter else (),
            peer_to_peers=reader.items.all(case_id, PeerToPeer),
            overrides={item.key: item for item in letter.overrides} if letter else {},
            other_members=tuple(_other_members(reader, case)) if has_names else (),
            packet_choices=reader.items.all(case_id, PacketChoice),
        )


def nothing_composed() -> UserFacingError:
    """What is said when there is no letter to work on."""
    return UserFacingError(
        "No letter was composed yet.",
        safe="Nothing was changed.",
        todo="Compose the letter first.",
    )


def _doubts(library: Library, case: Case) -> Iterator[SetDoubt]:
    for line in case.service_lines:
        for item in chosen_for(library, case, line):
            for found in item.warnings:
                yield SetDoubt(
                    service_line_id=line.id,
                    set_id=item.criteria_set.id,
                    kind=_DOUBTS[found.kind],
                    sentence=found.sentence,
                )


def _issued_before(reader: Reader, case_id: str, letter: Letter | None) -> Iterator[Letter]:
    for item in reader.letters.all(case_id):
        if letter is not None and item.id == letter.id:
            if letter.state is LetterState.ISSUED:
                return
            continue
        if item.state is LetterState.ISSUED:
            yield item


def _other_members(reader: Reader, case: Case) -> Iterator[str]:
    own = case.member.full_name.casefold()
    for given, family in sorted(reader.cases.member_names(case.id)):
        name = f"{given} {family}".strip()
        # A member may have several cases.
        if name and name.casefold() != own:
            yield name
