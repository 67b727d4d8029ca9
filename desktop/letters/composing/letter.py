"""Composes a letter from a case and its review, block by block; it writes no sentence without an origin."""

from __future__ import annotations

from desktop.domain.audience import Audience
from desktop.domain.letter import LetterContent, LetterKind
from desktop.letters.composing.criteria import criteria_tables
from desktop.letters.composing.kinds import blocks_of
from desktop.letters.composing.naming import title
from desktop.letters.inputs import LetterInputs
from desktop.letters.templates import apply_template
from desktop.letters.wording import NOT_RECORDED

__all__ = ["LetterInputs", "compose_letter"]


def compose_letter(inputs: LetterInputs) -> LetterContent:
    """The whole letter in the order of its kind. Pure: the same inputs give the same content."""
    # The numbered rows come first, because most other blocks refer to them.
    tables = criteria_tables(inputs)
    head = inputs.letterhead
    has_logo = head is not None and bool(head.logo_sha256)
    content = LetterContent(
        kind=inputs.kind,
        title=title(inputs),
        running_head=_running_head(inputs),
        is_synthetic=inputs.case.is_synthetic,
        audience=Audience.PATIENT if inputs.kind is LetterKind.PATIENT else inputs.settings.audience,
        citation_style=inputs.settings.citation_style,
        logo_sha256=head.logo_sha256 if head is not None and has_logo else "",
        logo_alternative=head.logo_alternative if head is not None and has_logo else "",
        signature_sha256=_signature(inputs),
        blocks=blocks_of(inputs, tables),
    )
    template = inputs.template
    # A template is written for one kind; on another it would leave out what that kind needs.
    if template is None or template.kind is not inputs.kind:
        return content
    return apply_template(content, template, inputs)


def _signature(inputs: LetterInputs) -> str:
    """The picture of the signature, if it is that of the person who signs this letter; else none."""
    head, author = inputs.letterhead, inputs.author
    if head is None or author is None or not head.signature_sha256:
        return ""
    signer = head.signer.strip().casefold()
    return head.signature_sha256 if signer and signer == author.name.strip().casefold() else ""


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
