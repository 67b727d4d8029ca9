"""Checks the record field by field and says in words what does not fit; it never changes a value.

An error is something that cannot be right, or that a letter cannot do without; a warning is worth a second look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from desktop.domain.case import Case
from desktop.domain.clinical import Finding, ImagingStudy, Measurement
from desktop.domain.member import LineOfBusiness, ProviderRole
from desktop.domain.npi import npi_problem
from desktop.domain.quoted_levels import names_other_levels_only
from desktop.domain.service_line import CodeSystem, ServiceLine
from desktop.domain.severity import Severity
from desktop.intake import icd10

_CPT = re.compile(r"[0-9]{4}[0-9A-Z]")
_HCPCS = re.compile(r"[A-V][0-9]{4}")
_ICD10_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_STATE = re.compile(r"[A-Z]{2}")
_OLDEST = date(1900, 1, 1)
# Numbers only: the spinal services that the criteria of this program speak of. A level left out there is what
# reviewers send back most.
_SPINAL_CODES = frozenset(
    (
        *(22551, 22552, 22554, 22558, 22585, 22600, 22612, 22614, 22630, 22632, 22633, 22634, 22830),
        *range(22840, 22851),
        *(22852, 22853, 22854, 22855, 22859, 63005, 63012, 63030, 63047, 63048),
    )
)
# The same for the joints: criteria ask for each side, and a side left out leaves every one of them open.
_SIDED_CODES = frozenset(
    (23410, 23412, 23420, 27130, 27132, 27134, 27137, 27138, 27278, 27279, 27447, 27486, 27487, 29827)
)
_UPPER_BOUND_OF_UNIT = {"%": Decimal(100), "/10": Decimal(10)}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One remark on one field. `steps` lead to it from the case: field names, and ids of items in lists."""

    steps: tuple[str, ...]
    message: str
    severity: Severity = Severity.ERROR
    is_wrong: bool = False
    """Something was entered that cannot be so, rather than nothing: a letter must not repeat it."""

    @property
    def path(self) -> str:
        """The steps as one text, for example `service_lines.line-1.code`."""
        return ".".join(self.steps)


def validate_case(case: Case, today: date) -> tuple[FieldProblem, ...]:
    """Every remark on the record as it stands on `today`, in the order of the form.

    Codes are looked up in the ICD-10-CM table, which takes about two seconds to load the first time.
    """
    return (
        *_member(case, today),
        *_coverage(case),
        *_denial(case, today),
        *_providers(case),
        *_service_lines(case),
        *_diagnoses(case),
        *_history(case, today),
        *_treatments(case, today),
        *_scores(case, today),
        *_imaging(case, today),
        *_documents(case, today),
    )


def impossible_values(case: Case, today: date) -> tuple[FieldProblem, ...]:
    """The remarks on what cannot be so, without the slow look-up of codes."""
    found = (
        *_member(case, today),
        *_denial(case, today),
        *_providers(case),
        *_service_lines(case),
        *_history(case, today),
        *_treatments(case, today),
        *_scores(case, today),
        *_imaging(case, today),
        *_documents(case, today),
    )
    return tuple(problem for problem in found if problem.is_wrong)


def place_in_words(case: Case, steps: tuple[str, ...]) -> str:
    """Where a field stands, for a sentence: `Treatments 3, ended on`."""
    words: list[str] = []
    here: object = case
    for step in steps:
        if isinstance(here, tuple):
            items = cast("tuple[ServiceLine, ...]", here)  # any values with an id
            at = next(index for index, item in enumerate(items) if item.id == step)
            words[-1] += f" {at + 1}"
            here = items[at]
        else:
            words.append(step.replace("_", " "))
            here = getattr(here, step)
    return ", ".join(words).capitalize()


def _wrong(steps: tuple[str, ...], message: str, severity: Severity = Severity.ERROR) -> FieldProblem:
    return FieldProblem(steps, message, severity, is_wrong=True)


def _warning(steps: tuple[str, ...], message: str) -> FieldProblem:
    return FieldProblem(steps, message, Severity.WARNING)


def _past_day(steps: tuple[str, ...], day: date | None, today: date) -> Iterator[FieldProblem]:
    """Remarks on a day that must have come already."""
    if day is None:
        return
    if day > today:
        yield _wrong(steps, f"{day.isoformat()} is in the future.")
    elif day < _OLDEST:
        yield _wrong(steps, f"{day.isoformat()} is before 1900; check the year.")


def _member(case: Case, today: date) -> Iterator[FieldProblem]:
    member, at = case.member, ("member",)
    if not member.family_name.strip():
        yield FieldProblem((*at, "family_name"), "A letter names the member; the family name is missing.")
    if not member.member_id.strip():
        yield FieldProblem((*at, "member_id"), "A letter carries the member ID; it is missing.")
    if member.date_of_birth is None:
        yield FieldProblem((*at, "date_of_birth"), "A letter carries the date of birth; it is missing.")
        return
    yield from _past_day((*at, "date_of_birth"), member.date_of_birth, today)
    notice = case.denial.notice_dated_on
    if notice is not None and member.date_of_birth > notice:
        yield _wrong((*at, "date_of_birth"), "The date of birth is after the date of the notice.")


def _coverage(case: Case) -> Iterator[FieldProblem]:
    coverage, at = case.coverage, ("coverage",)
    if not coverage.payer.strip():
        yield FieldProblem((*at, "payer"), "A letter is addressed to the payer; the name is missing.")
    if coverage.line_of_business is LineOfBusiness.UNKNOWN:
        yield _warning(
            (*at, "line_of_business"),
            "The kind of plan decides every right and every clock. Ask the plan; until then no deadline is shown.",
        )
    if coverage.state and not _STATE.fullmatch(coverage.state):
        yield _warning((*at, "state"), "Write the state as two capital letters, for example OH.")


def _denial(case: Case, today: date) -> Iterator[FieldProblem]:
    denial, at = case.denial, ("denial",)
    printed, received, deadline = denial.notice_dated_on, denial.received_on, denial.deadline_stated_on
    if printed is None:
        yield FieldProblem((*at, "notice_dated_on"), "A letter names the date of the notice; it is missing.")
    yield from _past_day((*at, "notice_dated_on"), printed, today)
    yield from _past_day((*at, "received_on"), received, today)
    if printed and received and received < printed:
        yield _wrong(
            (*at, "received_on"),
            f"Received before it was printed: the notice is dated {printed.isoformat()}.",
        )
    if deadline and printed and deadline <= printed:
        yield _wrong((*at, "deadline_stated_on"), "The deadline is not after the date of the notice.")
    elif deadline and deadline < today:
        yield _warning((*at, "deadline_stated_on"), "The deadline that the notice states has passed.")
    if not (
        denial.reference_number.strip() or denial.claim_number.strip() or denial.authorization_number.strip()
    ):
        yield FieldProblem(
            (*at, "reference_number"),
            "A letter needs a reference, claim or authorization number of the notice.",
        )
    if not denial.reasons:
        yield FieldProblem((*at, "reasons"), "A letter answers the stated reasons; none is recorded.")
    known = {line.id for line in case.service_lines}
    for reason in denial.reasons:
        here = (*at, "reasons", reason.id)
        if not reason.verbatim.strip():
            yield FieldProblem(
                (*here, "verbatim"), "The reason is empty; copy it word for word from the notice."
            )
        if not set(reason.service_line_ids) <= known:
            yield FieldProblem(
                (*here, "service_line_ids"), "Speaks of a service line that is not in the case."
            )
    if not (denial.appeal_address.strip() or denial.appeal_fax.strip() or denial.appeal_portal.strip()):
        yield _warning((*at, "appeal_address"), "No address, fax or portal for the appeal is recorded.")


def _providers(case: Case) -> Iterator[FieldProblem]:
    if case.provider(ProviderRole.ORDERING) is None:
        yield FieldProblem(("providers",), "A letter is signed by the ordering provider; none is recorded.")
    for provider in case.providers:
        at = ("providers", provider.id)
        if not provider.name.strip():
            yield FieldProblem((*at, "name"), "The name is missing.")
        wrong = npi_problem(provider.npi) if provider.npi else None
        if wrong:
            yield _wrong((*at, "npi"), wrong)
        elif not provider.npi and provider.role is ProviderRole.ORDERING:
            yield _warning((*at, "npi"), "The ordering provider's NPI is missing.")


def _service_lines(case: Case) -> Iterator[FieldProblem]:
    if not case.service_lines:
        yield FieldProblem(("service_lines",), "A case needs at least one service line.")
    for line in case.service_lines:
        at = ("service_lines", line.id)
        wrong = _code_problem(line)
        if wrong:
            yield FieldProblem((*at, "code"), wrong, is_wrong=bool(line.code.strip()))
        if not line.label.strip():
            yield FieldProblem((*at, "label"), "Give the service a short name of your own.")
        if _number_of(line) in _SPINAL_CODES and not line.levels:
            yield _wrong((*at, "levels"), "This is a spinal service and names no level, for example L4-L5.")
        if _number_of(line) in _SIDED_CODES and not line.sides:
            yield _warning((*at, "laterality"), "This is a service on one side or both, and names no side.")
        if len(set(line.levels)) != len(line.levels):
            yield _warning((*at, "levels"), "A level is named twice.")
        if not line.criteria_set_ids:
            yield _warning((*at, "criteria_set_ids"), "No criteria set is chosen for this service.")


def _code_problem(line: ServiceLine) -> str | None:
    code = line.code
    if not code.strip():
        return "The code is missing."
    match line.code_system:
        case CodeSystem.CPT:
            is_right = bool(_CPT.fullmatch(code))
            form = "A CPT code is four digits and a digit or capital letter, for example 22849."
        case CodeSystem.HCPCS:
            is_right = bool(_HCPCS.fullmatch(code))
            form = "A HCPCS level II code is a letter A to V and four digits, for example E0748."
        case CodeSystem.ICD10PCS:
            is_right = bool(_ICD10_PCS.fullmatch(code))
            form = "An ICD-10-PCS code is seven digits or capital letters, without I and O."
        case CodeSystem.OTHER:
            return None
    return None if is_right else form


def _number_of(line: ServiceLine) -> int | None:
    """The code as a number, where it is five digits of CPT."""
    is_number = line.code_system is CodeSystem.CPT and line.code.isascii() and line.code.isdigit()
    return int(line.code) if is_number and len(line.code) == 5 else None


def _diagnoses(case: Case) -> Iterator[FieldProblem]:
    if not case.diagnoses:
        yield _warning(("diagnoses",), "No diagnosis is recorded.")
    if sum(item.is_primary for item in case.diagnoses) > 1:
        yield FieldProblem(("diagnoses",), "More than one diagnosis is marked as the primary one.")
    for item in case.diagnoses:
        at = ("diagnoses", item.id)
        wrong = icd10.problem(item.code) if item.code.strip() else "The code is missing."
        if wrong:
            yield FieldProblem((*at, "code"), wrong)
        elif item.title and item.title != icd10.title(item.code):
            yield _warning((*at, "title"), "The title is not the official one of this code.")


def _history(case: Case, today: date) -> Iterator[FieldProblem]:
    for surgery in case.history.prior_surgeries:
        at = ("history", "prior_surgeries", surgery.id, "performed_on")
        if surgery.performed_on is None:
            yield _warning(at, "Criteria count months from this operation; its date is missing.")
        yield from _past_day(at, surgery.performed_on, today)
        yield from _not_before_birth(case, at, surgery.performed_on)
    for fact in case.history.facts:
        at = ("history", "facts", fact.id)
        if fact.dated_on is None:
            yield _warning((*at, "dated_on"), "An undated fact is not counted by most criteria.")
        yield from _past_day((*at, "dated_on"), fact.dated_on, today)
        if fact.amount is not None and not fact.unit.strip():
            yield FieldProblem((*at, "unit"), "The value has no unit.")


def _treatments(case: Case, today: date) -> Iterator[FieldProblem]:
    for item in case.treatments:
        at = ("treatments", item.id)
        if item.started_on is None:
            yield _warning((*at, "started_on"), "Undated care is not counted; the first day is missing.")
        if item.started_on and item.ended_on and item.ended_on < item.started_on:
            yield _wrong((*at, "ended_on"), "Ends before it starts.")
        yield from _past_day((*at, "started_on"), item.started_on, today)
        yield from _past_day((*at, "ended_on"), item.ended_on, today)
        yield from _not_before_birth(case, (*at, "started_on"), item.started_on)


def _scores(case: Case, today: date) -> Iterator[FieldProblem]:
    for item in case.scores:
        at = ("scores", item.id)
        if item.value is None:
            yield FieldProblem((*at, "value"), "The value is missing.")
            continue
        if item.scored_on is None:
            yield _warning((*at, "scored_on"), "An undated score is not counted; its date is missing.")
        yield from _past_day((*at, "scored_on"), item.scored_on, today)
        highest = _UPPER_BOUND_OF_UNIT.get(item.unit.strip())
        if highest is not None and not 0 <= item.value <= highest:
            yield _wrong((*at, "value"), f"A score in {item.unit.strip()} lies between 0 and {highest}.")


def _imaging(case: Case, today: date) -> Iterator[FieldProblem]:
    for study in case.imaging:
        at = ("imaging", study.id)
        if study.performed_on is None:
            yield _warning((*at, "performed_on"), "An undated study is not counted; its date is missing.")
        yield from _past_day((*at, "performed_on"), study.performed_on, today)
        yield from _not_before_birth(case, (*at, "performed_on"), study.performed_on)
        yield from _findings(case, study)


def _findings(case: Case, study: ImagingStudy) -> Iterator[FieldProblem]:
    document = case.document(study.document_id)
    text = document.text if document else ""
    for finding in study.findings:
        if finding.quote and finding.quote not in text:
            at = ("imaging", study.id, "findings", finding.id, "quote")
            yield _wrong(at, "These words do not stand in the report of the study.")
        yield from _elsewhere(("imaging", study.id, "findings", finding.id, "level"), finding)
    for measurement in study.measurements:
        at = ("imaging", study.id, "measurements", measurement.id)
        if measurement.quote and measurement.quote not in text:
            yield _wrong((*at, "quote"), "These words do not stand in the report of the study.")
        yield from _elsewhere((*at, "level"), measurement)
        if measurement.value is not None and not measurement.unit.strip():
            yield FieldProblem((*at, "unit"), "The measurement has no unit.")


def _elsewhere(steps: tuple[str, ...], item: Finding | Measurement) -> Iterator[FieldProblem]:
    if item.level is not None and names_other_levels_only(item.quote, item.level):
        yield _wrong(
            steps,
            f"Recorded at {item.level}, but the quoted words name other levels only; look which is right.",
            Severity.WARNING,
        )


def _documents(case: Case, today: date) -> Iterator[FieldProblem]:
    for document in case.documents:
        at = ("documents", document.id)
        if not document.text.strip():
            # No error: a scan has none, and can be enclosed.
            yield _warning((*at, "text"), "The document has no text, so that no words of it can be linked.")
        if document.dated_on is None:
            yield _warning((*at, "dated_on"), "An undated document is weak evidence; its date is missing.")
        yield from _past_day((*at, "dated_on"), document.dated_on, today)
        if not document.title.strip():
            yield _warning((*at, "title"), "The letter names documents by title; it is missing.")


def _not_before_birth(case: Case, steps: tuple[str, ...], day: date | None) -> Iterator[FieldProblem]:
    born = case.member.date_of_birth
    if day is not None and born is not None and day < born:
        yield _wrong(steps, "Lies before the date of birth.")
