"""What the record gives to one owner: a person's numbers and days, an operation's levels; it judges nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from desktop.domain.document import DocumentKind
from desktop.letters.checking.names import plain
from desktop.letters.checking.reading import sentences_in
from desktop.letters.checking.tokens import TokenKind, tokens_in
from desktop.letters.inputs import LetterInputs

SCORED_PARTS = frozenset({"#back", "#leg", "#odi", "#koos", "#oxford", "#ndi"})


@dataclass(frozen=True)
class Owned:
    """What the record gives to an owner: looked up by the owner that a sentence names."""

    born: str = ""
    notices: tuple[str, ...] = ()
    numbers: dict[str, str] = field(default_factory=dict[str, str])
    """Every telephone and fax number, and who it belongs to as they are named (`plain`)."""
    of_owner: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """The number of an owner by the sort of it (`fax` or `tel`), as written."""
    author: str = ""
    days_of: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """The days that the record names together with a person."""
    scores: dict[tuple[str, str, str], frozenset[str]] = field(
        default_factory=dict[tuple[str, str, str], frozenset[str]]
    )
    """Values by what was scored (`#back`), unit and day."""
    operations: dict[str, str] = field(default_factory=dict[str, str])
    """The levels of an earlier operation, first bone to last, by its day."""
    planned: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """The levels of what is planned for a day."""
    refused_codes: frozenset[str] = frozenset()
    """The codes of services that are not found necessary, where others are."""

    @classmethod
    def of(cls, inputs: LetterInputs) -> Owned:
        """Everything of the record that has one owner."""
        case, denial = inputs.case, inputs.case.denial
        numbers: dict[str, str] = {}
        of_owner: dict[tuple[str, str], str] = {}
        for item in case.providers:
            for sort, words in (("tel", item.phone), ("fax", item.fax)):
                if words.strip():
                    owners = [plain(name) for name in (item.name, item.organization) if name.strip()]
                    numbers.setdefault(digits_of(words), "|".join(dict.fromkeys(owners)))
                    for owner in owners:
                        of_owner.setdefault((owner, sort), words)
        payer = plain(case.coverage.payer)
        for sort, words in (("fax", denial.appeal_fax), ("tel", denial.peer_to_peer_phone)):
            if words.strip():
                numbers.setdefault(digits_of(words), payer)
                of_owner.setdefault((payer, sort), words)
        notices = [denial.notice_dated_on]
        notices.extend(item.dated_on for item in case.documents if item.kind is DocumentKind.DENIAL_LETTER)
        planned: dict[str, set[str]] = defaultdict(set)
        for line in case.service_lines:
            if line.service_on and line.levels:
                planned[line.service_on.isoformat()].update(line.levels)
        granted = {line.code for line in inputs.granted_lines}
        return cls(
            born=case.member.date_of_birth.isoformat() if case.member.date_of_birth else "",
            notices=tuple(dict.fromkeys(day.isoformat() for day in notices if day)),
            numbers=numbers,
            of_owner=of_owner,
            author=plain(inputs.author.name) if inputs.author is not None else "",
            days_of=_days_of_people(inputs),
            scores=_scores(inputs),
            operations={
                item.performed_on.isoformat(): f"{item.levels[0].split('-')[0]}-{item.levels[-1].split('-')[-1]}"
                for item in case.history.prior_surgeries
                if item.performed_on and item.levels
            },
            planned={day: frozenset(levels) for day, levels in planned.items()},
            refused_codes=frozenset(line.code for line in case.service_lines if line.code) - granted
            if granted
            else frozenset(),
        )


def digits_of(words: str) -> str:
    """The digits of a number as typed."""
    return re.sub(r"\D", "", words)


def _days_of_people(inputs: LetterInputs) -> dict[str, frozenset[str]]:
    people = [item.name for item in inputs.case.providers if item.credential.strip()]
    people.extend(item.author.split(",")[0] for item in inputs.case.documents if "," in item.author)
    found: dict[str, set[str]] = {plain(name.split()[-1]): set() for name in people if name.strip()}
    for item in inputs.case.documents:
        written = plain(item.author)
        for name, days in found.items():
            if name in written and item.dated_on:
                days.add(item.dated_on.isoformat())
        for _, sentence in sentences_in(item.text):
            dates = {token.value for token in tokens_in(sentence) if token.kind is TokenKind.DATE}
            if dates:
                said = plain(sentence)
                for name in found:
                    if name in said or name in written:
                        found[name] |= dates
    return {name: frozenset(days) for name, days in found.items() if days}


def _scores(inputs: LetterInputs) -> dict[tuple[str, str, str], frozenset[str]]:
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for item in inputs.case.scores:
        part = next((part for part in sorted(SCORED_PARTS) if part[1:] in item.instrument.lower()), "")
        if part and item.value is not None and item.scored_on is not None:
            value = format(item.value.normalize(), "f")
            found[part, item.unit, item.scored_on.isoformat()].add(value)
    return {key: frozenset(values) for key, values in found.items()}
