"""What each kind of letter must hold before it may be issued: a table of blocks and of rules, kind by kind.

The order is that of a strong letter. Every finding says where what is missing is entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.letter import BlockKind, LetterContent, LetterKind
from desktop.domain.letter_check import Fix, FixKind, LetterProblem
from desktop.letters.checking.elements import (
    Rule,
    coded_services,
    destination,
    determination,
    identity,
    member,
    member_name,
    problem,
    quoted_reasons,
    reasons,
    relief,
    services,
    signature,
    signed_determination,
    warning,
    words_of,
)
from desktop.letters.checking.kind_rules import (
    ahead_of_the_service,
    filed_by_itself,
    known_way,
    new_since_first,
    no_call_after_appeal,
    not_an_appeal_everywhere,
    placeholders_of_template,
    preceded_by_appeal,
    template_leaves_out,
    urgent_because,
    withdrawn_as_meant,
)
from desktop.letters.checking.strength import (
    argued_rows,
    history_told,
    imaging_told,
    necessity_told,
    numbers_of_signer,
    treatment_told,
)
from desktop.letters.inputs import LetterInputs

__all__ = ["RULES", "Rule", "problem", "warning", "words_of"]

_NAMES = {
    BlockKind.DATE: ("The letter has no date.", "Compose it again to restore the date."),
    BlockKind.ADDRESSEE: (
        "The letter has no addressee.",
        "Enter where the notice says to appeal, under Denial.",
    ),
    BlockKind.RE: ("The RE block is missing.", "Compose the letter again to restore it."),
    BlockKind.OPENING: ("The opening is missing.", "Compose the letter again to restore it."),
    BlockKind.DENIAL: (
        "The block that answers the denial is missing.",
        "Compose the letter again to restore it.",
    ),
    BlockKind.RELIEF: ("The letter asks for nothing.", "Compose it again to restore the relief requested."),
    BlockKind.REQUESTS: ("The requests are missing.", "Compose the letter again to restore them."),
    BlockKind.SIGNATURE: ("The letter has no signature.", "Enter an ordering provider, under Providers."),
    BlockKind.ENCLOSURES: ("Nothing is enclosed.", "Add the documents of the record, under Documents."),
}

_NAMES_OF = {
    (LetterKind.MEDICAL_NECESSITY, BlockKind.ADDRESSEE): (
        "The letter has no addressee.",
        "Enter the payer, under Coverage.",
    ),
}
"""Where something else has to be entered for one kind than for the others."""

_SENT = (BlockKind.DATE, BlockKind.ADDRESSEE, BlockKind.RE, BlockKind.OPENING)
_APPEAL = (*_SENT, BlockKind.DENIAL, BlockKind.RELIEF, BlockKind.SIGNATURE, BlockKind.ENCLOSURES)
_REQUEST = (*_SENT, BlockKind.REQUESTS, BlockKind.SIGNATURE)

_OF_APPEAL: tuple[Rule, ...] = (
    identity,
    destination,
    reasons,
    services,
    argued_rows,
    history_told,
    imaging_told,
    treatment_told,
    necessity_told,
    determination,
    relief,
    signature,
    numbers_of_signer,
)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a kind of letter cannot do without: its blocks, and the rules that look at what they hold."""

    blocks: tuple[BlockKind, ...]
    rules: tuple[Rule, ...]


NEEDS: dict[LetterKind, Needs] = {
    LetterKind.FIRST_LEVEL: Needs(_APPEAL, (*_OF_APPEAL, known_way)),
    LetterKind.SECOND_LEVEL: Needs(_APPEAL, (*_OF_APPEAL, known_way, new_since_first, filed_by_itself)),
    LetterKind.EXPEDITED: Needs(_APPEAL, (*_OF_APPEAL, known_way, urgent_because, ahead_of_the_service)),
    LetterKind.RECONSIDERATION: Needs(_APPEAL, (*_OF_APPEAL, known_way, not_an_appeal_everywhere)),
    LetterKind.EXTERNAL_REVIEW: Needs(_APPEAL, (*_OF_APPEAL, known_way, preceded_by_appeal)),
    LetterKind.PEER_TO_PEER: Needs(
        _REQUEST, (identity, destination, quoted_reasons, services, signature, no_call_after_appeal)
    ),
    LetterKind.CLAIM_FILE: Needs(_REQUEST, (identity, destination, quoted_reasons, services, signature)),
    LetterKind.MEDICAL_NECESSITY: Needs(
        (*_SENT, BlockKind.RELIEF, BlockKind.SIGNATURE, BlockKind.ENCLOSURES),
        (
            member,
            services,
            argued_rows,
            history_told,
            imaging_told,
            treatment_told,
            necessity_told,
            determination,
            relief,
            signature,
            numbers_of_signer,
        ),
    ),
    LetterKind.WITHDRAWAL: Needs(
        (*_SENT, BlockKind.RELIEF, BlockKind.SIGNATURE),
        (identity, destination, services, signed_determination, signature, withdrawn_as_meant),
    ),
    LetterKind.PATIENT: Needs(
        (BlockKind.DATE, BlockKind.OPENING, BlockKind.SIGNATURE), (member_name, signature)
    ),
    LetterKind.OPINION: Needs((), (member_name, coded_services, signed_determination)),
    LetterKind.PEER_TO_PEER_CARD: Needs((), (member_name, coded_services)),
}
"""Blocks and rules by kind, in the order of a strong letter."""


def needed_blocks(content: LetterContent, _inputs: LetterInputs) -> Iterator[LetterProblem]:
    """The blocks that the kind of letter cannot do without; one that was set aside comes back by one key."""
    kinds = {block.kind for block in content.blocks}
    aside = {block.kind for block in content.set_aside}
    for kind in NEEDS[content.kind].blocks:
        if kind in kinds:
            continue
        what, todo = _NAMES_OF.get((content.kind, kind)) or _NAMES[kind]
        fix = Fix(kind=FixKind.COMPOSE, label="Bring it back") if kind in aside else None
        yield problem(f"missing-{kind.value.replace('_', '-')}", f"{what} {todo}", fix=fix)


def elements(content: LetterContent, inputs: LetterInputs) -> Iterator[LetterProblem]:
    """What the kind of letter needs in its blocks."""
    for rule in NEEDS[content.kind].rules:
        yield from rule(content, inputs)


RULES: tuple[Rule, ...] = (needed_blocks, elements, placeholders_of_template, template_leaves_out)
