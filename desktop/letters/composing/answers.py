"""The answer to each stated reason, from what is recorded; a reason that nothing recorded answers stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.clinical import ConservativeTreatment, Finding, FindingKind, affirmed_findings
from desktop.domain.denial import DenialCategory, DenialReason
from desktop.domain.determination import Decision
from desktop.domain.letter import LetterParagraph, Provenance
from desktop.domain.service_line import ServiceLine
from desktop.letters.composing.clinical import NECESSITY_HEADING
from desktop.letters.composing.concession import CONCESSION_HEADING
from desktop.letters.composing.criteria import SILENCE_HEADING, CriteriaTables, publisher_of, tally, waivers
from desktop.letters.composing.criteria_tree import standing
from desktop.letters.composing.exceptions_argument import tells_silence
from desktop.letters.composing.exceptions_record import STRUCTURAL
from desktop.letters.composing.imaging import is_on_side, study_name
from desktop.letters.composing.open_points import open_points
from desktop.letters.composing.patient_words import place_of_findings
from desktop.letters.composing.support import coding_paragraphs, has_support
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import form, paragraph, record, trace
from desktop.letters.wording import (
    counted,
    date_span,
    listed,
    lowered,
    one_line,
    service_name,
    service_phrase,
    short_date,
)

MOST_NAMED = 12
"""Treatments named in an answer; the table of treatments has them all."""

_OF_TREATMENT = re.compile(r"treat|therap|conservative|exercis|inject|medicat|brac", re.IGNORECASE)
_OF_IMAGING = re.compile(r"imag|radiograph|x-ray|scan|\b(?:CT|MRI|film|films)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{6,}")
_MEDICAL = (
    DenialCategory.MEDICAL_NECESSITY,
    DenialCategory.EXPERIMENTAL,
    DenialCategory.LEVEL_OF_CARE,
    DenialCategory.MISSING_INFORMATION,
    DenialCategory.STEP_THERAPY,
    DenialCategory.COSMETIC,
)
_Said = tuple[str, tuple[Provenance, ...]]


def answer_to(
    inputs: LetterInputs, tables: CriteriaTables, reason: DenialReason
) -> Iterator[LetterParagraph]:
    """The paragraphs below a quoted reason; none where it is not clinical and nothing recorded answers it."""
    if reason.category is DenialCategory.CODING:
        yield from coding_paragraphs(inputs)
    elif reason.category is DenialCategory.NO_PRIOR_AUTHORIZATION:
        yield _authorization(inputs)
    elif reason.category in _MEDICAL:
        for line in _lines_of(inputs, reason):
            said = list(_line_answer(inputs, tables, reason, line))
            text = f"In answer, for {service_name(line)}: {' '.join(words for words, _ in said)}"
            origins = [origin for _, several in said for origin in several]
            yield paragraph(text, form(f"denial.answer.{reason.id}"), *origins)


def _lines_of(inputs: LetterInputs, reason: DenialReason) -> tuple[ServiceLine, ...]:
    ids = set(reason.service_line_ids)
    return tuple(line for line in inputs.case.service_lines if not ids or line.id in ids)


def _line_answer(
    inputs: LetterInputs, tables: CriteriaTables, reason: DenialReason, line: ServiceLine
) -> Iterator[_Said]:
    if line not in inputs.argued_lines:
        yield from _not_appealed(inputs, line)
        return
    is_of_records = reason.category in (DenialCategory.MISSING_INFORMATION, DenialCategory.STEP_THERAPY)
    if is_of_records:
        yield from _records(inputs, reason)
    if reason.category is DenialCategory.EXPERIMENTAL and has_support(inputs):
        text = "The published evidence, for and against, is set out under “Guidelines and literature”."
        yield text, (form("denial.answer.evidence"),)
    yield from _other_services(inputs, reason, line)
    # A reason that misses records of another kind is not answered by what the imaging shows.
    if not is_of_records or _OF_IMAGING.search(reason.verbatim):
        yield from _reported(inputs, line)
    yield from _results(inputs, tables, line)
    yield _decided(inputs, line)


def _reported(inputs: LetterInputs, line: ServiceLine) -> Iterator[_Said]:
    """What the reports of imaging state of structure where the service is asked for, in short, study by study."""
    told: list[str] = []
    origins: list[Provenance] = []
    for study in inputs.case.imaging:
        kinds: dict[FindingKind, list[Finding]] = {}
        for finding in affirmed_findings((study,), inputs.granted_levels(line)):
            if finding.kind in STRUCTURAL and is_on_side(finding, inputs.granted_sides(line)):
                kinds.setdefault(finding.kind, []).append(finding)
        if not kinds or inputs.case.document(study.document_id) is None:
            continue
        names = listed(
            f"{lowered(kind.label)} {place_of_findings(found)}".rstrip() for kind, found in kinds.items()
        )
        what = one_line(study.modality) or "imaging"
        told.append(
            f"{names} ({what}, {short_date(study.performed_on)}, {inputs.short_mark(study.document_id)})"
        )
        origins += [
            record(f"imaging.{study.id}.findings.{item.id}", study_name(study))
            for found in kinds.values()
            for item in found
        ]
    if told:
        yield f"Reported where it is asked for: {'; '.join(told)}.", tuple(origins)


def _decided(inputs: LetterInputs, line: ServiceLine) -> _Said:
    origin = record(f"determination.{line.id}", "Determination")
    decided = inputs.decision(line)
    if decided.decision is Decision.UNDECIDED:
        return "It is not decided yet.", (origin,)
    place = f"medically necessary {inputs.where_granted(line)}".rstrip()
    see = f"; see “{NECESSITY_HEADING}”" if decided.rationale.strip() else ""
    signed = inputs.determination.sign_off if inputs.determination is not None else None
    if signed is None:
        return f"On the whole record it was determined to be {place}{see}.", (origin,)
    # The plan's own determination is spoken of in the same breath: whose this one is has to be said.
    who = f"{signed.name}, {signed.credential}," if signed.credential.strip() else signed.name
    by = record("determination.sign_off", "Sign-off")
    return f"On the whole record {who} determined it to be {place}{see}.", (origin, by)


def _results(inputs: LetterInputs, tables: CriteriaTables, line: ServiceLine) -> Iterator[_Said]:
    """How each set came out where the line is argued; of a silent one first that it gives no answer."""
    for evaluation in sorted(inputs.traces_of(line), key=lambda item: not item.is_silent):
        table = tables.of(evaluation)
        if table is None:
            continue
        name = f"{table.name}, {publisher_of(evaluation)}"
        rows = f", {tally(table)}" if table.rows else ""
        came_out = f"{standing(table.layout.levels)}{rows}"
        text = f"{name}: {came_out}."
        if evaluation.is_silent:
            see = f" (see “{SILENCE_HEADING}”)" if tells_silence(inputs, line) else ""
            text = (
                f"{name}, does not speak of what the imaging shows{see}; its result "
                f"({came_out}) gives no answer for this indication."
            )
        yield text, (trace(evaluation, "root"),)
        if waived := waivers(inputs, table):
            yield f"{'; '.join(waived)}.", (trace(evaluation, "root"),)


def _records(inputs: LetterInputs, reason: DenialReason) -> Iterator[_Said]:
    """The dated treatments and the imaging that a reason misses; which of them, by the reason's own words."""
    is_treatment = bool(_OF_TREATMENT.search(reason.verbatim))
    is_imaging = bool(_OF_IMAGING.search(reason.verbatim))
    is_either = is_treatment or is_imaging
    if is_treatment or not is_either or reason.category is DenialCategory.STEP_THERAPY:
        yield from _treatments(inputs)
    if is_imaging or not is_either:
        studies = [item for item in inputs.case.imaging if inputs.case.document(item.document_id) is not None]
        named = [f"{study_name(item)} ({inputs.short_mark(item.document_id)})" for item in studies]
        if named:
            origins = tuple(record(f"imaging.{item.id}", study_name(item)) for item in studies)
            yield f"Enclosed reports of imaging: {'; '.join(named)}.", origins
    if not is_either and inputs.case.documents:
        count = counted(len(inputs.case.documents), "document")
        verb = "is" if len(inputs.case.documents) == 1 else "are"
        text = f"In all, {count} of the record {verb} enclosed and listed at the end of this letter."
        yield text, (record("documents", "Documents of the case"),)


def _treatments(inputs: LetterInputs) -> Iterator[_Said]:
    dated = [item for item in inputs.case.treatments if item.started_on or item.ended_on]
    undated = [item for item in inputs.case.treatments if item not in dated]
    shown = dated[:MOST_NAMED]
    if shown:
        more = f"; and {len(dated) - len(shown)} more" if len(dated) > len(shown) else ""
        named = "; ".join(_treatment(inputs, item) for item in shown)
        text = (
            f"The record holds these treatments with their dates: {named}{more}. Their outcome is given under "
            "“Treatment before this request”."
        )
        yield text, _treatment_origins(shown)
    if undated:
        names = listed(dict.fromkeys(lowered(_name(item)) for item in undated[:MOST_NAMED]))
        yield f"Recorded without dates, and so not counted here: {names}.", _treatment_origins(undated)


def _treatment(inputs: LetterInputs, item: ConservativeTreatment) -> str:
    is_counted = item.visits is not None and item.started_on != item.ended_on
    visits = f", {counted(item.visits or 0, 'visit')}" if is_counted else ""
    mark = f" ({inputs.short_mark(item.document_id)})" if item.document_id else ""
    return f"{lowered(_name(item))}{visits}, {date_span(item.started_on, item.ended_on)}{mark}"


def _name(item: ConservativeTreatment) -> str:
    return one_line(item.label) or item.kind.label


def _treatment_origins(items: list[ConservativeTreatment]) -> tuple[Provenance, ...]:
    return tuple(record(f"treatments.{item.id}", _name(item)) for item in items)


def _other_services(inputs: LetterInputs, reason: DenialReason, line: ServiceLine) -> Iterator[_Said]:
    """Where a reason speaks of another service of this request: how that one stands."""
    own = {word.casefold() for word in _WORD.findall(line.label)}
    said = {word.casefold() for word in _WORD.findall(reason.verbatim)}
    for other in inputs.granted_lines:
        words = {word.casefold() for word in _WORD.findall(other.label)} - own
        code = other.code.strip()
        if other is line or not (words & said or (code and code in reason.verbatim)):
            continue
        phrase = service_phrase(other, inputs.granted_levels(other), inputs.granted_sides(other))
        text = f"{phrase}, of which the reason also speaks, is appealed here."
        yield text, (record(f"determination.{other.id}", "Determination"),)


def _not_appealed(inputs: LetterInputs, line: ServiceLine) -> Iterator[_Said]:
    """A line decided otherwise: that it is not appealed, and which documents would settle it."""
    is_open = inputs.decision(line).decision is Decision.CANNOT_DETERMINE
    why = (
        "on this record it cannot be determined"
        if is_open
        else "it was determined not to be medically necessary"
    )
    text = f"This letter does not appeal the refusal of this service: {why}."
    yield text, (record(f"determination.{line.id}", "Determination"),)
    points = list(open_points(inputs, line))
    closes = dict.fromkeys(one_line(point.closes_with) for point in points if point.closes_with.strip())
    if closes:
        text = f"What would settle it: {'; '.join(map(lowered, closes))}. See “{CONCESSION_HEADING}”."
        yield text, tuple(trace(point.evaluation, point.node.id, point.node.subject) for point in points)


def _authorization(inputs: LetterInputs) -> LetterParagraph:
    """What is recorded of an authorization; no rule is claimed, because none is recorded."""
    number = inputs.case.denial.authorization_number.strip()
    origins = (
        form("denial.answer.authorization"),
        record("denial.authorization_number", "Authorization number"),
    )
    held = (
        f"The record of this case holds the authorization number {number}, which the plan is asked to check against "
        "the service."
        if number
        else "No authorization number is recorded for this service, and this letter does not say that there was one."
    )
    text = (
        f"In answer: {held} The plan is asked to name the provision on which it refuses for want of an authorization, "
        "with any exception to it, and to decide the medical necessity on the record enclosed."
    )
    return paragraph(text, *origins)
