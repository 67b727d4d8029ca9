"""Which blocks each kind of letter has, in which order: one table, read by the composer and by nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.domain.letter import LetterBlock, LetterKind
from desktop.letters.composing.adverse import adverse
from desktop.letters.composing.asking import relief, requests, withdrawal
from desktop.letters.composing.card import card_blocks
from desktop.letters.composing.clinical import history, necessity, scores, treatments
from desktop.letters.composing.closing import (
    carbon_copy,
    disclaimer,
    enclosures,
    made,
    reference_list,
    signature,
)
from desktop.letters.composing.concession import concession
from desktop.letters.composing.criteria import CriteriaTables, criteria_blocks
from desktop.letters.composing.denial import denial_block, denial_quoted
from desktop.letters.composing.exceptions import exception_blocks
from desktop.letters.composing.heading import addressee, date_block, letterhead, re_block
from desktop.letters.composing.imaging import imaging_table
from desktop.letters.composing.level_map import level_map
from desktop.letters.composing.new_evidence import new_evidence
from desktop.letters.composing.opening import opening, short_opening
from desktop.letters.composing.opinion import opinion_blocks
from desktop.letters.composing.patient import patient_blocks
from desktop.letters.composing.silence import silence
from desktop.letters.composing.support import support
from desktop.letters.composing.talking import to_talk_about, urgency
from desktop.letters.composing.timeline import timeline
from desktop.letters.inputs import LetterInputs

Made = LetterBlock | Iterable[LetterBlock] | None
FromInputs = Callable[[LetterInputs], Made]
FromTables = Callable[[LetterInputs, CriteriaTables], Made]
FromBlocks = Callable[[LetterInputs, tuple[LetterBlock, ...]], Made]


@dataclass(frozen=True, slots=True)
class Plain:
    """A part made from the record alone."""

    make: FromInputs


@dataclass(frozen=True, slots=True)
class Referring:
    """A part that refers to the numbered rows of the criteria tables."""

    make: FromTables


@dataclass(frozen=True, slots=True)
class Comparing:
    """A part made from all the other blocks, once they are there."""

    make: FromBlocks


Part = Plain | Referring | Comparing

_HEAD: tuple[Part, ...] = (Plain(letterhead), Plain(date_block), Plain(addressee), Plain(re_block))
_OPENING: tuple[Part, ...] = (Referring(opening),)
_CRITERIA: tuple[Part, ...] = (Referring(denial_block), Referring(criteria_blocks))
_RECORD: tuple[Part, ...] = (
    Plain(history),
    Plain(imaging_table),
    Referring(level_map),
    Referring(adverse),
    Plain(treatments),
    Plain(scores),
    Referring(timeline),
)
_ARGUMENT: tuple[Part, ...] = (
    Plain(necessity),
    Referring(silence),
    Referring(exception_blocks),
    Plain(support),
    Referring(concession),
)
_ASKED: tuple[Part, ...] = (Referring(requests), Plain(relief))
_SIGNED: tuple[Part, ...] = (Plain(signature), Plain(carbon_copy))
_ENCLOSED: tuple[Part, ...] = (Plain(enclosures), Plain(reference_list))
_NOTES: tuple[Part, ...] = (Plain(disclaimer), Plain(made))

_CLOSE: tuple[Part, ...] = (*_ASKED, *_SIGNED, *_ENCLOSED, *_NOTES)
_APPEAL: tuple[Part, ...] = (*_CRITERIA, *_RECORD, *_ARGUMENT, *_CLOSE)
_SHORT_CLOSE: tuple[Part, ...] = (Referring(requests), *_SIGNED, Plain(reference_list), *_NOTES)

PARTS: dict[LetterKind, tuple[Part, ...]] = {
    LetterKind.FIRST_LEVEL: (*_HEAD, *_OPENING, *_APPEAL),
    LetterKind.SECOND_LEVEL: (*_HEAD, *_OPENING, Comparing(new_evidence), *_APPEAL),
    LetterKind.EXPEDITED: (*_HEAD, *_OPENING, Referring(urgency), *_APPEAL),
    LetterKind.RECONSIDERATION: (*_HEAD, *_OPENING, *_APPEAL),
    LetterKind.EXTERNAL_REVIEW: (*_HEAD, *_OPENING, *_APPEAL),
    LetterKind.PEER_TO_PEER: (
        *_HEAD,
        Referring(short_opening),
        Referring(to_talk_about),
        Referring(denial_quoted),
        *_SHORT_CLOSE,
    ),
    LetterKind.CLAIM_FILE: (*_HEAD, Referring(short_opening), Referring(denial_quoted), *_SHORT_CLOSE),
    LetterKind.MEDICAL_NECESSITY: (
        *_HEAD,
        *_OPENING,
        *_RECORD,
        Plain(necessity),
        Referring(criteria_blocks),
        Referring(silence),
        Referring(exception_blocks),
        Plain(support),
        Referring(concession),
        *_CLOSE,
    ),
    LetterKind.WITHDRAWAL: (*_HEAD, Referring(short_opening), Plain(withdrawal), *_SHORT_CLOSE),
    LetterKind.PATIENT: (Plain(patient_blocks),),
    LetterKind.OPINION: (Plain(opinion_blocks),),
    LetterKind.PEER_TO_PEER_CARD: (Plain(card_blocks),),
}
"""The parts of each kind, in the order in which they stand."""


def blocks_of(inputs: LetterInputs, tables: CriteriaTables) -> tuple[LetterBlock, ...]:
    """The blocks of the inputs' kind of letter, in order; what has nothing to say is left out."""
    parts = PARTS[inputs.kind]
    made_first = [
        () if isinstance(part, Comparing) else _several(_made(part, inputs, tables)) for part in parts
    ]
    others = tuple(block for blocks in made_first for block in blocks)
    return tuple(
        block
        for part, blocks in zip(parts, made_first, strict=True)
        for block in (_several(part.make(inputs, others)) if isinstance(part, Comparing) else blocks)
    )


def _made(part: Plain | Referring, inputs: LetterInputs, tables: CriteriaTables) -> Made:
    return part.make(inputs) if isinstance(part, Plain) else part.make(inputs, tables)


def _several(found: Made) -> tuple[LetterBlock, ...]:
    if found is None:
        return ()
    return (found,) if isinstance(found, LetterBlock) else tuple(found)
