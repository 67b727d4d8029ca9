"""The case as facts: the people, the denial, what was asked for; with what the clinical record and the review state.

It derives only what anybody can recount: ages, durations, intervals, sums of visits. It reads no meaning into words.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.member import ProviderRole
from desktop.domain.service_line import level_range
from desktop.letters.checking.clinical_facts import clinical_facts
from desktop.letters.checking.fact_making import day_words, field_fact, text_facts, with_levels
from desktop.letters.checking.facts import Fact
from desktop.letters.checking.review_facts import review_facts
from desktop.letters.inputs import LetterInputs
from desktop.letters.wording import code_text, one_line, short_date


def record_facts(inputs: LetterInputs) -> Iterator[Fact]:
    """Every fact of the case, the review and the letter's setting."""
    yield from _people(inputs)
    yield from _denial(inputs)
    yield from _services(inputs)
    yield from clinical_facts(inputs)
    yield from review_facts(inputs)


def _people(inputs: LetterInputs) -> Iterator[Fact]:
    case = inputs.case
    member = case.member
    if member.date_of_birth is not None:
        yield field_fact(
            "the member’s date of birth", f"Date of birth {day_words(member.date_of_birth)}", "#born"
        )
        days = {
            inputs.today,
            *(item.dated_on for item in case.documents),
            *(item.performed_on for item in case.imaging),
        }
        days |= {line.service_on for line in case.service_lines} | {
            item.performed_on for item in case.history.prior_surgeries
        }
        for day in filter(None, days):
            age = member.age_on(day)
            if age is not None:
                now = ("#age", f"amount:{age}:") if day == inputs.today else ("#age",)
                yield field_fact(
                    f"the member’s age on {short_date(day)}",
                    f"{age}-year-old, aged on {day_words(day)}",
                    f"amount:{age}:year",  # found when asked for, and never put forward for a length of time
                    *now,
                )
    yield field_fact("the member", f"Member {member.full_name}. Member ID {member.member_id}")
    yield field_fact("the group number", f"Group number {member.group_number}")
    coverage = case.coverage
    yield field_fact(
        "the plan",
        f"{coverage.payer} {coverage.plan_name} {coverage.state} {coverage.line_of_business.label}",
    )
    for item in case.providers:
        role = {ProviderRole.ORDERING: "ordering provider", ProviderRole.RENDERING: "rendering provider"}.get(
            item.role, "facility"
        )
        who = f"{item.name} {item.credential} {item.specialty} {item.organization}"
        label = item.name or role
        yield field_fact(f"NPI of {label}", f"NPI {item.npi} of {role} {who}", "#npi", "#license")
        yield field_fact(f"license of {label}", f"License {item.license_number} {who}")
        yield field_fact(f"address of {label}", f"{one_line(item.address)} {who}")
        yield field_fact(f"telephone of {label}", f"Tel {item.phone} {who}", "#phone")
        yield field_fact(f"fax of {label}", f"Fax {item.fax} {who}", "#fax")


def _denial(inputs: LetterInputs) -> Iterator[Fact]:
    denial = inputs.case.denial
    payer = inputs.case.coverage.payer
    numbers = f"{denial.reference_number} {denial.authorization_number} {denial.claim_number}"
    services = " ".join(f"{line.label} {code_text(line)}" for line in inputs.case.service_lines)
    yield field_fact(
        "the date of the notice",
        f"{numbers} {services} Notice of denial dated {day_words(denial.notice_dated_on)} {payer} denied",
        "#notice",
    )
    yield field_fact(
        "the day the notice was received",
        f"Notice received {day_words(denial.received_on)}",
        "#notice",
        "#received",
        *([f"date:{denial.notice_dated_on.isoformat()}"] if denial.notice_dated_on else []),
    )
    yield field_fact(
        "the stated deadline",
        "Notice states as last day: appeal must reach the plan no later than deadline "
        f"{day_words(denial.deadline_stated_on)}",
        "#deadline",
    )
    yield field_fact(
        "the reference number", f"Reference number {denial.reference_number} of the denial notice"
    )
    yield field_fact(
        "the authorization number", f"Authorization request number {denial.authorization_number}"
    )
    yield field_fact("the claim number", f"Claim number {denial.claim_number}")
    yield field_fact("the case number", f"Case number {inputs.case.number}")
    yield field_fact(
        "the appeal address",
        f"Appeal to {denial.appeal_addressee}, {one_line(denial.appeal_address)} {payer}",
    )
    yield field_fact("the appeal fax", f"Appeal fax {denial.appeal_fax} {payer}", "#fax")
    yield field_fact(
        "the peer-to-peer telephone", f"Peer-to-peer call telephone {denial.peer_to_peer_phone}", "#phone"
    )
    yield from text_facts(denial.criteria_named, "the criteria named in the notice", "#notice")
    yield from text_facts(f"{denial.reviewer_name}, {denial.reviewer_credential}", "the plan’s reviewer")
    for number, reason in enumerate(denial.reasons, start=1):
        yield from text_facts(reason.verbatim, f"denial reason {number}", "#notice")


def _services(inputs: LetterInputs) -> Iterator[Fact]:
    for line in inputs.case.service_lines:
        side = " ".join(line.sides)
        planned = f" planned for {day_words(line.service_on)} date of service" if line.service_on else ""
        name = f"{line.label} {code_text(line)}"
        place = next((item.name for item in inputs.case.providers if item.role is ProviderRole.FACILITY), "")
        surgeon = inputs.author.name if inputs.author is not None else ""
        planned = f"{planned} scheduled surgery operation operate {place} {surgeon}" if planned else ""
        units = f"{line.units} units" if line.units > 1 else ""
        words = f"{name} requested {side} {line.device} {line.place_of_service} {units}{planned}"
        levels = tuple(f"level:{level}" for level in line.levels)
        label = f"the request for {line.label or line.code}"
        yield with_levels(
            field_fact(
                label, f"{words} at {level_range(line.levels)}", *levels, f"code:{line.code}", "#planned"
            ),
            line.levels,
            "#requested",
            line.sides,
        )
        granted = inputs.granted_levels(line)
        for counted in {len(line.levels), len(granted), len(line.levels) - len(granted)}:
            yield field_fact("the number of levels", f"{counted} levels {name}")
        sides = " ".join(inputs.granted_sides(line))
        if granted or sides or line in inputs.granted_lines:
            text = (
                f"{name} necessary authorize asked overturn reverse approve {sides} at {level_range(granted)}"
            )
            yield with_levels(
                field_fact(
                    f"the determination on {line.label or line.code}",
                    text,
                    *(f"level:{level}" for level in granted),
                    f"code:{line.code}",
                ),
                granted,
                "#asked",
                inputs.granted_sides(line),
            )
        left_out = tuple(level for level in line.levels if level not in granted)
        if (left_out or inputs.sides_left_out(line)) and line in inputs.granted_lines:
            text = f"{name} not asked not necessary at {level_range(left_out)}"
            yield with_levels(
                field_fact(f"the determination on {line.label or line.code}", text, stance="negated"),
                left_out,
                "#asked",
                inputs.sides_left_out(line),
            )
            yield with_levels(
                field_fact(label, f"{name} requested", f"code:{line.code}"), left_out, "#requested"
            )
    for item in inputs.case.diagnoses:
        yield field_fact(
            f"the diagnosis {item.code}", f"diagnosis {item.code} {item.title}", f"code:{item.code}"
        )
