"""The words of the fax cover, from the case: to whom and from whom, and no more of the patient than is needed."""

from __future__ import annotations

from desktop.domain.member import ProviderRole
from desktop.letters.packet.front_pages import Cover
from desktop.letters.packet.numbering import NumberedPart
from desktop.letters.packet.sources import PacketInputs
from desktop.letters.wording import long_date, one_line

_BLANK = "not recorded"


def cover_of(inputs: PacketInputs, part: NumberedPart, total: int) -> Cover:
    """The cover of a packet. It carries the plan's reference number and neither name nor diagnosis."""
    case = inputs.case
    denial = case.denial
    author = case.provider(ProviderRole.ORDERING)
    to = _lines(denial.appeal_addressee or case.coverage.payer, denial.appeal_address)
    sender = _lines(author.name, author.credential, sep=", ") if author else ""
    rows = [
        ("To", to or _BLANK),
        ("Fax", one_line(denial.appeal_fax) or _BLANK),
        ("From", _lines(sender, author.organization if author else "") or _BLANK),
        ("Telephone", (one_line(author.phone) if author else "") or _BLANK),
        ("Reply fax", (one_line(author.fax) if author else "") or _BLANK),
        ("Date", long_date(inputs.today)),
        ("Pages", _pages(part, total)),
        ("Re", _lines(inputs.letter_label, _reference(inputs))),
    ]
    return Cover(tuple(rows), part.name, case.is_synthetic)


def _pages(part: NumberedPart, total: int) -> str:
    if part.of == 1:
        return f"{total}, with this one"
    return f"{part.page_count} in this part, with this one; {total} in all {part.of} parts"


def _reference(inputs: PacketInputs) -> str:
    denial = inputs.case.denial
    for words, number in (
        ("Reference number", denial.reference_number),
        ("Claim number", denial.claim_number),
        ("Authorization number", denial.authorization_number),
    ):
        if number.strip():
            return f"{words} {one_line(number)}"
    return "Reference number not recorded"


def _lines(*texts: str, sep: str = "\n") -> str:
    return sep.join(text.strip() for text in texts if text.strip())
