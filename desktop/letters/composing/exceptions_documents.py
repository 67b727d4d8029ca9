"""The argument that what the notice misses is enclosed; it must not say what the plan did or did not hold before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.argument import ExceptionKind
from desktop.domain.assessment import AssessmentState, EvidenceLink, Stance
from desktop.domain.clinical import ConservativeTreatment
from desktop.domain.denial import DenialCategory, DenialReason
from desktop.domain.letter import LetterParagraph
from desktop.domain.service_line import ServiceLine
from desktop.domain.truth import Truth
from desktop.letters.composing.criteria import CriteriaTables
from desktop.letters.composing.criteria_tree import criterion_text, leaves_at, levels_argued
from desktop.letters.composing.evidence_words import Place, place_of, quotation
from desktop.letters.composing.exceptions_argument import ExceptionArgument
from desktop.letters.composing.open_points import open_points
from desktop.letters.inputs import LetterInputs
from desktop.letters.origins import form, paragraph, quote, record
from desktop.letters.wording import date_span, lowered, one_line, service_name

_OF_TREATMENT = re.compile(r"treat|therap|conservative|exercis|inject|medicat|brac", re.IGNORECASE)
_OF_IMAGING = re.compile(r"imag|radiograph|x-ray|scan|\b(?:CT|MRI|film|films)\b", re.IGNORECASE)


def document_supplied(inputs: LetterInputs, _: CriteriaTables, line: ServiceLine) -> ExceptionArgument | None:
    """What the notice says is missing and the packet now holds: each document with date, page and enclosure."""
    reasons = [
        item
        for item in inputs.case.denial.reasons
        if item.category is DenialCategory.MISSING_INFORMATION
        and (not item.service_line_ids or line.id in item.service_line_ids)
    ]
    shown: dict[str, LetterParagraph] = {}
    for reason in reasons:
        for name, item in _supplied(inputs, line, reason):
            shown.setdefault(name, item)
    if shown:
        text = f"The notice refuses {service_name(line)} for missing information. Enclosed for that point:"
        origins = [record(f"denial.reasons.{item.id}", "Denial reason") for item in reasons]
        numbered = [
            item.model_copy(update={"text": f"{number}. {item.text}"})
            for number, item in enumerate(shown.values(), start=1)
        ]
        last = "Whether the plan held these documents when it decided is not known to the writer."
        return ExceptionArgument(
            kind=ExceptionKind.DOCUMENT_SUPPLIED,
            line=line,
            grounds=tuple(shown),
            # The answer to the reason names them already, if in fewer words.
            is_included=False,
            paragraphs=(
                paragraph(text, form("exception.document_supplied"), *origins),
                *numbered,
                paragraph(last, form("exception.document_supplied")),
            ),
        )
    return _newly_come(inputs, line)


def _supplied(
    inputs: LetterInputs, line: ServiceLine, reason: DenialReason
) -> Iterator[tuple[str, LetterParagraph]]:
    """The enclosed documents that a reason misses: by its own words treatment, imaging, or what was linked."""
    is_treatment = bool(_OF_TREATMENT.search(reason.verbatim))
    is_imaging = bool(_OF_IMAGING.search(reason.verbatim))
    if is_treatment:
        yield from _treatment_records(inputs)
    if is_imaging or not is_treatment:
        yield from _linked_documents(inputs, line, is_imaging=is_imaging)


def _treatment_records(inputs: LetterInputs) -> Iterator[tuple[str, LetterParagraph]]:
    by_document: dict[str, list[ConservativeTreatment]] = {}
    for item in inputs.case.treatments:
        if (item.started_on or item.ended_on) and inputs.case.document(item.document_id) is not None:
            by_document.setdefault(item.document_id or "", []).append(item)
    for document_id, items in by_document.items():
        named = [
            f"{lowered(one_line(item.label) or item.kind.label)}, {date_span(item.started_on, item.ended_on)}"
            for item in items
        ]
        source = inputs.source_text(inputs.case.document(document_id))
        origins = [record(f"treatments.{item.id}", item.label) for item in items]
        text = f"{source}: {'; '.join(named)}."
        yield source, paragraph(text, *origins, record(f"documents.{document_id}", "Document"))


def _linked_documents(
    inputs: LetterInputs, line: ServiceLine, *, is_imaging: bool
) -> Iterator[tuple[str, LetterParagraph]]:
    """Documents whose words support criteria of the line that are met, with those words."""
    reports = {study.document_id for study in inputs.case.imaging}
    found: dict[str, dict[Place, EvidenceLink]] = {}
    for evaluation in inputs.traces_of(line):
        for node in leaves_at(levels_argued(inputs, line, evaluation)):
            for link in inputs.evidence(node.evidence_ids) if node.truth is Truth.TRUE else ():
                is_meant = not is_imaging or link.span.document_id in reports
                if link.stance is Stance.SUPPORTS and is_meant:
                    found.setdefault(link.span.document_id, {}).setdefault(place_of(link), link)
    for document_id, links in found.items():
        document = inputs.case.document(document_id)
        first = next(iter(links.values()))
        source = inputs.source_text(document, first.span.page)
        yield source, paragraph(f"{source}: {quotation(first)}.", quote(first, document))


def _newly_come(inputs: LetterInputs, line: ServiceLine) -> ExceptionArgument | None:
    """Documents dated after the notice that could close a point still open: offered until the point is answered."""
    notice = inputs.case.denial.notice_dated_on
    needs: list[str] = []
    for point in open_points(inputs, line):
        found = inputs.sets.get(point.evaluation.set_id)
        criterion = found.criterion(point.node.id) if found is not None else None
        kinds = criterion.evidence_types if criterion is not None else ()
        for item in inputs.enclosures:
            day = item.document.dated_on
            is_new = notice is not None and day is not None and day > notice
            if is_new and item.document.kind in kinds and point.node.state is not AssessmentState.NOT_MET:
                words = criterion_text(inputs, point.evaluation, point.node)
                needs.append(f"Read {inputs.source_text(item.document)} and answer “{words}” from it.")
    if not needs:
        return None
    return ExceptionArgument(
        kind=ExceptionKind.DOCUMENT_SUPPLIED,
        line=line,
        grounds=("A document dated after the notice is enclosed that could close an open point.",),
        paragraphs=(),
        needs=tuple(dict.fromkeys(needs)),
        is_included=False,
    )
