"""The rights of a patient in plain words, each tied to a claim of the library; none where the kind of plan is unknown.

Only rules whose source was read, for the kind of plan they govern. It must not add a right, a day or a promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.letter import LetterParagraph
from desktop.domain.member import LineOfBusiness
from desktop.domain.service_line import ServiceTiming
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import cited, citing, form, paragraph, record
from desktop.letters.wording import long_date


@dataclass(frozen=True, slots=True)
class Right:
    """A right in plain words, the claim it restates, and for whom: `when` is a timing, or "urgent"."""

    text: str
    reference_id: str
    claim_id: str
    when: str = ""


_FIGURE = re.compile(r"\d|\bfour\b")
_BEFORE, _AFTER, _URGENT = ServiceTiming.PRE_SERVICE.value, ServiceTiming.POST_SERVICE.value, "urgent"
_FILE = Right(
    "Some older plans do not have to follow this rule. If yours does, you may look at your file. You may send in "
    "proof. And you keep the coverage you have until the plan has decided.",
    "42usc-300gg-19",
    "c1",
)
_OUTSIDE = Right(
    "Some older plans do not have to follow this rule either. The others let someone outside the plan take a look. "
    "Under the federal rule you have four months to ask for this. The answer then takes up to 45 days, or 72 hours if "
    "it is urgent. Your state may have a rule of its own.",
    "45cfr-147-136",
    "c2",
)

RIGHTS: dict[LineOfBusiness, tuple[Right, ...]] = {
    LineOfBusiness.SELF_FUNDED_ERISA: (
        Right(
            "You have at least 180 days to ask the plan to look again. They run from the day you got the notice.",
            "29cfr-2560-503-1",
            "c6",
        ),
        Right(
            "When you appeal a medical decision, the plan must ask a health expert who is trained in that field.",
            "29cfr-2560-503-1",
            "c1",
        ),
        Right(
            "If the care is still to come, the plan has 30 days to answer. If it has two steps, it has 15 days for "
            "each.",
            "29cfr-2560-503-1",
            "c2",
            _BEFORE,
        ),
        Right(
            "If you have had the care, the plan has 60 days to answer. If it has two steps, it has 30 days for each.",
            "29cfr-2560-503-1",
            "c3",
            _AFTER,
        ),
        Right("If it is urgent, the plan has 72 hours to answer.", "29cfr-2560-503-1", "c4", _URGENT),
        _FILE,
    ),
    LineOfBusiness.INSURED_GROUP: (_FILE, _OUTSIDE),
    LineOfBusiness.INDIVIDUAL_ACA: (_FILE, _OUTSIDE),
    LineOfBusiness.MEDICARE_ADVANTAGE: (
        Right(
            "You have 60 days to ask the plan to look again. They run from the day you got the notice. The rule counts "
            "5 days for the mail.",
            "42cfr-422-582",
            "c1",
        ),
        Right(
            "Your doctor may ask the plan to look again before you get the care. You will be told.",
            "42cfr-422-578",
            "c1",
            _BEFORE,
        ),
        Right(
            "If the care is still to come, the plan has 30 days to answer.", "42cfr-422-590", "c1", _BEFORE
        ),
        Right("If you have had the care, the plan has 60 days to answer.", "42cfr-422-590", "c3", _AFTER),
        Right("If it is urgent, the plan has 72 hours.", "42cfr-422-590", "c2", _URGENT),
        Right("If the plan still says no, someone outside the plan looks at it.", "42cfr-422-592", "c1"),
    ),
    LineOfBusiness.ORIGINAL_MEDICARE: (
        Right(
            "You have 120 days to ask for a new look. They run from the day you got the notice. The rule counts 5 days "
            "for the mail.",
            "42cfr-405-942",
            "c1",
        ),
    ),
    LineOfBusiness.MEDICAID_MCO: (
        Right(
            "You have 60 days to ask the plan to look again. They run from the date on the notice.",
            "42cfr-438-402",
            "c1",
        ),
        Right("The plan has 30 days to answer.", "42cfr-438-408", "c1"),
        Right("If it is urgent, the plan has 72 hours.", "42cfr-438-408", "c2", _URGENT),
        Right(
            "You may want to keep care that you get now. Then ask within 10 days after the plan sent the notice, or "
            "before the change starts. The later of the two days counts.",
            "42cfr-438-420",
            "c1",
        ),
        Right(
            "If the plan still says no, you can ask your state for a hearing. States give 90 to 120 days for that.",
            "42cfr-438-408",
            "c3",
        ),
    ),
}
"""By kind of plan. For every other kind no rule was read well enough to be told as fact."""


def rights(inputs: LetterInputs) -> Iterator[LetterParagraph]:
    """What the rules give this patient; where none can be told, where to look. The earlier day counts."""
    business = inputs.case.coverage.line_of_business
    origin = record("coverage.line_of_business", "Line of business")
    told = [right for right in RIGHTS.get(business, ()) if _is_told(inputs, right)]
    if told:
        yield paragraph("These are rules for your kind of plan:", origin, form("patient.rights"))
        for number, right in enumerate(told, start=1):
            yield citing(f"{number}. {_cited_text(right)}", cited(right.reference_id), origin)
    elif business is LineOfBusiness.UNKNOWN:
        text = "We do not know yet what kind of plan you have. Your rights turn on that. Please ask the plan."
        yield paragraph(text, origin, form("patient.rights"))
    yield from _days(inputs, has_other_days=bool(told))


def _cited_text(right: Right) -> str:
    """The text with its source behind the last sentence and behind each that states a figure."""
    mark = f"[@{right.reference_id}]"
    sentences = [f"{part}." for part in right.text.removesuffix(".").split(". ")]
    told = [f"{part}{mark}" if _FIGURE.search(part) else part for part in sentences[:-1]]
    return " ".join((*told, f"{sentences[-1]}{mark}"))


def _days(inputs: LetterInputs, *, has_other_days: bool) -> Iterator[LetterParagraph]:
    """The last day as the notice states it, and what to do where days differ, or where it has gone by."""
    stated = inputs.case.denial.deadline_stated_on
    text = "Your notice says what you can do and by when."
    if stated is None and has_other_days:
        text += " If the days differ, act by the earlier one."
    elif stated is not None and stated < inputs.today:
        text = (
            f"Your notice gave {long_date(stated)} as the last day to appeal. That day has gone by. Ask us or the plan "
            "right away what you can still do."
        )
    elif stated is not None:
        text = (
            f"Your notice gives {long_date(stated)} as the last day to appeal. If another day comes first, act by that "
            "one."
        )
    yield paragraph(
        text, record("denial.deadline_stated_on", "Last day stated in the notice"), form("patient.rights")
    )


def _is_told(inputs: LetterInputs, right: Right) -> bool:
    """Whether a right is for this request, and its source holds the claim and may be cited."""
    reference = inputs.references.get(right.reference_id)
    claims = {claim.id for claim in inputs.references.claims_of(right.reference_id)}
    if reference is None or not reference.may_be_cited or right.claim_id not in claims:
        return False
    timings = {line.timing.value for line in inputs.case.service_lines}
    if right.when == _URGENT:
        return inputs.case.denial.is_expedited
    return not right.when or timings == {right.when}
