"""What a paper is called: its title, its RE line, and the name that the rules of the plan give its level.

"Reconsideration" has three meanings, so a letter that uses the word says which. No rule is named without a source.
"""

from __future__ import annotations

from desktop.domain.letter import LetterKind
from desktop.domain.member import LineOfBusiness
from desktop.domain.reference import Claim
from desktop.domain.service_line import ServiceTiming
from desktop.letters.inputs import LetterInputs

RE_LINES: dict[LetterKind, str] = {
    LetterKind.FIRST_LEVEL: "Appeal of an adverse determination",
    LetterKind.SECOND_LEVEL: "Second-level appeal of an adverse determination",
    LetterKind.EXPEDITED: "Expedited appeal of an adverse determination",
    LetterKind.RECONSIDERATION: "Request to look again at an adverse determination",
    LetterKind.EXTERNAL_REVIEW: "Request for external review of an adverse determination",
    LetterKind.PEER_TO_PEER: "Request for a peer-to-peer conversation",
    LetterKind.CLAIM_FILE: "Request for the claim file and the criteria",
    LetterKind.MEDICAL_NECESSITY: "Medical necessity of what is requested",
    LetterKind.WITHDRAWAL: "Withdrawal of an appeal",
    LetterKind.PATIENT: "Your request for treatment and the plan’s decision",
    LetterKind.OPINION: "Clinical opinion",
    LetterKind.PEER_TO_PEER_CARD: "Peer-to-peer card",
}

_CALLS_FIRST_LEVEL_SO = (LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.TRICARE)
"""Regimes in which a reconsideration is the first level of appeal."""

_FIRST = (LetterKind.FIRST_LEVEL, LetterKind.EXPEDITED, LetterKind.RECONSIDERATION)
_INDEPENDENT = "law-medicare-advantage-independent-review"

_NAMES: dict[tuple[LetterKind, LineOfBusiness], tuple[str, str]] = {
    **{
        (kind, business): named
        for kind in _FIRST
        for business, named in (
            (
                LineOfBusiness.MEDICARE_ADVANTAGE,
                (
                    "In Medicare Advantage this first level of appeal is called a reconsideration.",
                    "law-medicare-advantage-who-may-ask",
                ),
            ),
            (
                LineOfBusiness.TRICARE,
                (
                    "In TRICARE this first level of appeal is called a reconsideration.",
                    "law-tricare-reconsideration",
                ),
            ),
        )
    },
    **{
        (kind, LineOfBusiness.ORIGINAL_MEDICARE): (
            "In Original Medicare this first level of appeal is called a redetermination.",
            "law-medicare-redetermination",
        )
        for kind in (LetterKind.FIRST_LEVEL, LetterKind.EXPEDITED)
    },
    (LetterKind.RECONSIDERATION, LineOfBusiness.ORIGINAL_MEDICARE): (
        "In Original Medicare a reconsideration is the second level of appeal; that is not what is asked for here.",
        "law-medicare-reconsideration",
    ),
    (LetterKind.SECOND_LEVEL, LineOfBusiness.ORIGINAL_MEDICARE): (
        "In Original Medicare this second level of appeal is called a reconsideration.",
        "law-medicare-reconsideration",
    ),
    (LetterKind.SECOND_LEVEL, LineOfBusiness.TRICARE): (
        "In TRICARE this second level of appeal is called a second reconsideration.",
        "law-tricare-reconsideration",
    ),
    (LetterKind.SECOND_LEVEL, LineOfBusiness.MEDICARE_ADVANTAGE): ("", _INDEPENDENT),
    (LetterKind.EXTERNAL_REVIEW, LineOfBusiness.MEDICARE_ADVANTAGE): ("", _INDEPENDENT),
}
"""A sentence and the topic of the claim it rests on; without a sentence, the claim's own is told."""


def re_line(inputs: LetterInputs) -> str:
    """The subject after `RE:`."""
    if is_statement(inputs):
        return "Statement for the independent review of an adverse determination"
    if inputs.kind is LetterKind.RECONSIDERATION and is_appeal_there(inputs):
        return "Request for reconsideration (first-level appeal) of an adverse determination"
    return RE_LINES[inputs.kind]


def title(inputs: LetterInputs) -> str:
    """The title of the paper: what it is and the case number, no name."""
    number = inputs.case.number.strip()
    return f"{inputs.kind.label}, case {number}" if number else inputs.kind.label


def is_appeal_there(inputs: LetterInputs) -> bool:
    """Whether the plan's rules call an appeal what this kind asks for; true of every appeal but a mere second look."""
    if inputs.kind is LetterKind.RECONSIDERATION:
        return inputs.case.coverage.line_of_business in _CALLS_FIRST_LEVEL_SO
    return inputs.kind.is_appeal


def is_statement(inputs: LetterInputs) -> bool:
    """Whether the review comes by itself, so that the letter is a statement for the file and not a request."""
    is_advantage = inputs.case.coverage.line_of_business is LineOfBusiness.MEDICARE_ADVANTAGE
    return is_advantage and inputs.kind is LetterKind.EXTERNAL_REVIEW


def is_all_past(inputs: LetterInputs) -> bool:
    """Whether every service has been had, so that nothing is left to authorize."""
    return {line.timing for line in inputs.case.service_lines} == {ServiceTiming.POST_SERVICE}


def who_decides(inputs: LetterInputs) -> str:
    """Whom an argument asks to decide: the plan, or at an external review the independent reviewer."""
    return "The independent reviewer" if inputs.kind is LetterKind.EXTERNAL_REVIEW else "The plan"


def name_of_level(inputs: LetterInputs) -> tuple[str, tuple[Claim, ...]]:
    """The sentence (with its citation mark) that names the level as the plan's rules do; empty without a source."""
    sentence, topic = _NAMES.get((inputs.kind, inputs.case.coverage.line_of_business), ("", ""))
    claims = inputs.references.claims(topic)[:1] if topic else ()
    if not claims:
        return "", ()
    return f"{sentence or claims[0].text}[@{claims[0].reference_id}]", claims
