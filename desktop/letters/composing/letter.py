"""Composes a letter from a case and its review, block by block; it writes no sentence without an origin."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.letter import LetterBlock, LetterContent
from desktop.letters.composing.adverse import adverse
from desktop.letters.composing.clinical import history, necessity, scores, treatments
from desktop.letters.composing.closing import enclosures, reference_list, relief, requests, signature
from desktop.letters.composing.concession import concession
from desktop.letters.composing.criteria import criteria_blocks, criteria_tables
from desktop.letters.composing.denial import denial_block, opening
from desktop.letters.composing.heading import addressee, date_block, letterhead, re_block
from desktop.letters.composing.imaging import imaging_table
from desktop.letters.composing.support import silence, support
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import NOT_RECORDED

__all__ = ["LetterInputs", "compose_letter"]


def compose_letter(inputs: LetterInputs) -> LetterContent:
    """The whole letter in the order of BlockKind. Pure: the same inputs give the same content."""
    number = inputs.case.number.strip()
    return LetterContent(
        kind=inputs.kind,
        title=f"Appeal letter, case {number}" if number else "Appeal letter",
        running_head=_running_head(inputs),
        is_synthetic=inputs.case.is_synthetic,
        blocks=tuple(_blocks(inputs)),
    )


def _blocks(inputs: LetterInputs) -> Iterator[LetterBlock]:
    # The numbered rows come first, because most other blocks refer to them.
    tables = criteria_tables(inputs)
    parts = (
        letterhead(inputs),
        date_block(inputs),
        addressee(inputs),
        re_block(inputs),
        opening(inputs, tables),
        denial_block(inputs, tables),
        *criteria_blocks(inputs, tables),
        history(inputs),
        imaging_table(inputs),
        adverse(inputs, tables),
        treatments(inputs),
        scores(inputs),
        necessity(inputs),
        silence(inputs, tables),
        support(inputs),
        concession(inputs, tables),
        requests(inputs),
        relief(inputs),
        signature(inputs),
        enclosures(inputs),
        reference_list(),
    )
    yield from (block for block in parts if block is not None)


def _running_head(inputs: LetterInputs) -> str:
    """Member and number as printed on every page."""
    member, denial = inputs.case.member, inputs.case.denial
    numbers = (
        ("Ref.", denial.reference_number),
        ("Auth.", denial.authorization_number),
        ("Claim", denial.claim_number),
    )
    found = next((f"{label} {value.strip()}" for label, value in numbers if value.strip()), "")
    parts = [f"Member {member.full_name or NOT_RECORDED}"]
    if member.member_id.strip():
        parts.append(f"ID {member.member_id.strip()}")
    parts.append(found or f"Reference number {NOT_RECORDED}")
    return " · ".join(parts)
