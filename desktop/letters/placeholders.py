"""Fills `{{member.name}}` in the words of a house from the record; a closed table of fields, never code.

A text is read once, from left to right: what a field holds is put in as it stands and is not read again, so that words
of the record which look like a placeholder stay what they are. A backslash before the braces, `\\{{`, prints them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from desktop.domain.letter import Provenance
from desktop.domain.member import Provider
from desktop.letters.composing.earlier import first_appeal, printed_day
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import record
from desktop.letters.references.numbering import literal
from desktop.letters.wording import NOT_RECORDED, listed, long_date, one_line, service_phrase

PLACEHOLDER = re.compile(r"\\\{\{|\{\{([^{}\n]{0,80})\}\}")

_Read = Callable[[LetterInputs], str]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that words may name: what it is called, its path in the record, and how it is read."""

    label: str
    path: str
    read: _Read


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its fields filled in, and what was left over."""

    text: str
    unknown: tuple[str, ...]
    """Names that no field has; they stand in the text as they were typed."""
    empty: tuple[str, ...]
    """Fields that the record does not hold; the text says `not recorded` there."""
    provenance: tuple[Provenance, ...]


def fill(text: str, inputs: LetterInputs) -> Filled:
    """The text with every known field put in. Without a placeholder, the text is returned as it is."""
    unknown: dict[str, None] = {}
    empty: dict[str, None] = {}
    origins: dict[Provenance, None] = {}

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            return "{{"
        name = match[1].strip()
        field = FIELDS.get(name)
        if field is None:
            unknown.setdefault(name)
            return match.group()
        value = field.read(inputs).strip()
        if not value:
            empty.setdefault(name)
        origins.setdefault(record(field.path, field.label))
        return literal(value or NOT_RECORDED)

    filled = PLACEHOLDER.sub(put, text)
    return Filled(filled, tuple(unknown), tuple(empty), tuple(origins))


def unknown_in(text: str) -> tuple[str, ...]:
    """Names in braces that no field has, in order."""
    names = (match[1].strip() for match in PLACEHOLDER.finditer(text) if match[1] is not None)
    return tuple(dict.fromkeys(name for name in names if name not in FIELDS))


def nearest(name: str) -> str:
    """The field whose name is most like a misspelt one; empty when none is like it."""
    found = get_close_matches(name.casefold(), FIELDS, n=1, cutoff=0.6)
    return found[0] if found else ""


def _day(day: date | None) -> str:
    return long_date(day) if day is not None else ""


def _of_author(read: Callable[[Provider], str]) -> _Read:
    def of(inputs: LetterInputs) -> str:
        return read(inputs.author) if inputs.author is not None else ""

    return of


def _age(inputs: LetterInputs) -> str:
    age = inputs.case.member.age_on(inputs.today)
    return str(age) if age is not None else ""


def _reasons(inputs: LetterInputs) -> str:
    told = (one_line(item.verbatim) for item in inputs.case.denial.reasons)
    return " ".join(f"“{words}”" for words in told if words)


def _requested(inputs: LetterInputs) -> str:
    return listed(map(service_phrase, inputs.case.service_lines))


def _asked(inputs: LetterInputs) -> str:
    return listed(
        service_phrase(line, inputs.granted_levels(line), inputs.granted_sides(line))
        for line in inputs.granted_lines
    )


def _diagnoses(inputs: LetterInputs) -> str:
    told = (f"{item.code.strip()} {one_line(item.title)}".strip() for item in inputs.case.diagnoses)
    return "; ".join(filter(None, told))


def _signer(author: Provider) -> str:
    return ", ".join(part for part in (author.name.strip(), author.credential.strip()) if part)


def _first_letter(inputs: LetterInputs) -> str:
    first = first_appeal(inputs)
    return printed_day(first) if first is not None else ""


def _window(inputs: LetterInputs) -> str:
    days = [item.window_ends_on for item in inputs.peer_to_peers if item.window_ends_on is not None]
    return long_date(days[-1]) if days else ""


FIELDS: Mapping[str, Field] = {
    "member.name": Field("Member’s name", "member", lambda i: i.case.member.full_name),
    "member.given_name": Field(
        "Member’s given name", "member.given_name", lambda i: i.case.member.given_name
    ),
    "member.family_name": Field(
        "Member’s family name", "member.family_name", lambda i: i.case.member.family_name
    ),
    "member.birth_date": Field(
        "Date of birth", "member.date_of_birth", lambda i: _day(i.case.member.date_of_birth)
    ),
    "member.age": Field("Age on the day of the letter", "member.date_of_birth", _age),
    "member.id": Field("Member ID", "member.member_id", lambda i: i.case.member.member_id),
    "member.group": Field("Group number", "member.group_number", lambda i: i.case.member.group_number),
    "plan.payer": Field("Payer", "coverage.payer", lambda i: i.case.coverage.payer),
    "plan.name": Field("Plan", "coverage.plan_name", lambda i: i.case.coverage.plan_name),
    "plan.kind": Field(
        "Line of business", "coverage.line_of_business", lambda i: i.case.coverage.line_of_business.label
    ),
    "denial.notice_date": Field(
        "Date of the notice", "denial.notice_dated_on", lambda i: _day(i.case.denial.notice_dated_on)
    ),
    "denial.received_date": Field(
        "Day the notice came", "denial.received_on", lambda i: _day(i.case.denial.received_on)
    ),
    "denial.deadline": Field(
        "Deadline the notice states",
        "denial.deadline_stated_on",
        lambda i: _day(i.case.denial.deadline_stated_on),
    ),
    "denial.reference": Field(
        "Reference number", "denial.reference_number", lambda i: i.case.denial.reference_number
    ),
    "denial.authorization": Field(
        "Authorization number", "denial.authorization_number", lambda i: i.case.denial.authorization_number
    ),
    "denial.claim": Field("Claim number", "denial.claim_number", lambda i: i.case.denial.claim_number),
    "denial.reasons": Field("Denial reasons, word for word", "denial.reasons", _reasons),
    "denial.criteria": Field(
        "Criteria named in the notice",
        "denial.criteria_named",
        lambda i: one_line(i.case.denial.criteria_named),
    ),
    "denial.reviewer": Field(
        "Reviewer named in the notice", "denial.reviewer_name", lambda i: i.case.denial.reviewer_name
    ),
    "denial.peer_to_peer_phone": Field(
        "Peer-to-peer number", "denial.peer_to_peer_phone", lambda i: i.case.denial.peer_to_peer_phone
    ),
    "peer_to_peer.until": Field("Last day a conversation is offered", "peer_to_peers", _window),
    "services.requested": Field("Services as requested", "service_lines", _requested),
    "services.asked_for": Field("Services this letter asks for", "determination.lines", _asked),
    "diagnoses": Field("Diagnoses", "diagnoses", _diagnoses),
    "provider.name": Field("Ordering provider", "providers", _of_author(lambda who: who.name)),
    "provider.signature": Field("Ordering provider with credential", "providers", _of_author(_signer)),
    "provider.specialty": Field("Specialty", "providers", _of_author(lambda who: who.specialty)),
    "provider.practice": Field("Practice", "providers", _of_author(lambda who: who.organization)),
    "provider.phone": Field("Telephone", "providers", _of_author(lambda who: who.phone)),
    "provider.fax": Field("Fax", "providers", _of_author(lambda who: who.fax)),
    "provider.npi": Field("NPI", "providers", _of_author(lambda who: who.npi)),
    "case.number": Field("Case number", "number", lambda i: i.case.number),
    "letter.date": Field("Day of the letter", "letter.date", lambda i: long_date(i.today)),
    "letter.kind": Field("Kind of letter", "letter.kind", lambda i: i.kind.label),
    "letter.first_level_date": Field("Day of the first-level letter", "letters", _first_letter),
}
"""Every field that words may name; nothing else is ever read."""
