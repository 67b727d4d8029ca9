"""Checks that the parts of a case file fit each other: ids, what they point at, and quotes that must stand verbatim.

It must not judge the case; what is merely incomplete is an open point, not a problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from desktop.domain.assessment import AssessmentState
from desktop.domain.case import Case
from desktop.domain.case_file import CaseFile, FileAssessment, FileEvidence
from desktop.domain.clinical import ImagingStudy
from desktop.domain.document import Document
from desktop.domain.service_line import is_side
from desktop.domain.vertebra import is_level

_WIDEST_EXPONENT = 12
_MOST_DIGITS = 20


def coherence_problems(case_file: CaseFile) -> tuple[str, ...]:
    """Everything that keeps the file from being one coherent case, as `path: problem`."""
    case = case_file.case
    return (
        *_repeated_ids(case),
        *_dangling_documents(case),
        *_dangling_lines(case_file),
        *_implausible_numbers(case_file),
        *_quotes_of_imaging(case),
        *_assessment_problems(case_file),
        *_misplaced_files(case_file),
    )


def open_points(case_file: CaseFile) -> tuple[str, ...]:
    """What a reviewer should know of a coherent file, as `path: point`."""
    return tuple(_open_points(case_file))


def _repeated_ids(case: Case) -> Iterator[str]:
    groups: dict[str, list[str]] = {
        "denial.reasons": [item.id for item in case.denial.reasons],
        "history.prior_surgeries": [item.id for item in case.history.prior_surgeries],
        "history.facts": [item.id for item in case.history.facts],
        "providers": [item.id for item in case.providers],
        "service_lines": [item.id for item in case.service_lines],
        "diagnoses": [item.id for item in case.diagnoses],
        "treatments": [item.id for item in case.treatments],
        "scores": [item.id for item in case.scores],
        "imaging": [item.id for item in case.imaging],
        "imaging[].findings": [item.id for study in case.imaging for item in study.findings],
        "imaging[].measurements": [item.id for study in case.imaging for item in study.measurements],
        "documents": [item.id for item in case.documents],
    }
    for group, ids in groups.items():
        for name, count in Counter(ids).items():
            if count > 1:
                yield f"case.{group}: the id '{name}' is used {count} times"


def _dangling_documents(case: Case) -> Iterator[str]:
    known = {document.id for document in case.documents}
    groups: dict[str, Iterable[str | None]] = {
        "history.prior_surgeries": [item.document_id for item in case.history.prior_surgeries],
        "history.facts": [item.document_id for item in case.history.facts],
        "treatments": [item.document_id for item in case.treatments],
        "scores": [item.document_id for item in case.scores],
        "imaging": [item.document_id for item in case.imaging],
    }
    for group, ids in groups.items():
        for index, name in enumerate(ids):
            if name is not None and name not in known:
                yield f"case.{group}[{index}].document_id: no document has the id '{name}'"


def _dangling_lines(case_file: CaseFile) -> Iterator[str]:
    case = case_file.case
    lines = {line.id: line for line in case.service_lines}
    for index, reason in enumerate(case.denial.reasons):
        for name in reason.service_line_ids:
            if name not in lines:
                yield f"case.denial.reasons[{index}].service_line_ids: no service line has the id '{name}'"
    seen: set[str] = set()
    for index, decision in enumerate(case_file.determinations):
        path = f"determinations[{index}]"
        line = lines.get(decision.service_line_id)
        if line is None:
            yield f"{path}.service_line_id: no service line has the id '{decision.service_line_id}'"
            continue
        if line.id in seen:
            yield f"{path}.service_line_id: '{line.id}' is decided more than once"
        seen.add(line.id)
        for level in decision.levels:
            if level not in line.levels:
                yield f"{path}.levels: {level} is not a level of '{line.id}'"
        for side in decision.sides:
            if side not in line.sides:
                yield f"{path}.sides: '{line.id}' is not asked for on the {side}"


def _implausible_numbers(case_file: CaseFile) -> Iterator[str]:
    case = case_file.case
    numbers: list[tuple[str, Decimal | None]] = [
        *((f"case.history.facts[{i}].amount", item.amount) for i, item in enumerate(case.history.facts)),
        *((f"case.scores[{i}].value", item.value) for i, item in enumerate(case.scores)),
        *(
            (f"case.imaging[{i}].measurements[{j}].value", item.value)
            for i, study in enumerate(case.imaging)
            for j, item in enumerate(study.measurements)
        ),
        *(
            (f"assessments[{i}].amount.value", item.amount.value)
            for i, item in enumerate(case_file.assessments)
            if item.amount
        ),
    ]
    for path, number in numbers:
        if number is None:
            continue
        if abs(number.adjusted()) > _WIDEST_EXPONENT or len(number.as_tuple().digits) > _MOST_DIGITS:
            yield f"{path}: is not a number that a measurement can have"


def _quotes_of_imaging(case: Case) -> Iterator[str]:
    for index, study in enumerate(case.imaging):
        document = case.document(study.document_id)
        if document is None:
            continue
        for path, quote in _quotes(study):
            if quote and quote not in document.text:
                yield f"case.imaging[{index}].{path}.quote: does not stand in document '{document.id}'"


def _quotes(study: ImagingStudy) -> Iterator[tuple[str, str]]:
    for index, finding in enumerate(study.findings):
        yield f"findings[{index}]", finding.quote
    for index, measurement in enumerate(study.measurements):
        yield f"measurements[{index}]", measurement.quote


def _assessment_problems(case_file: CaseFile) -> Iterator[str]:
    documents = {document.id: document for document in case_file.case.documents}
    seen: set[tuple[str, str, str]] = set()
    for index, item in enumerate(case_file.assessments):
        path = f"assessments[{index}]"
        key = (item.set_id, item.criterion_id, item.subject)
        if key in seen:
            asked = f" for '{item.subject}'" if item.subject else ""
            yield f"{path}: '{item.criterion_id}' of '{item.set_id}' is answered more than once{asked}"
        seen.add(key)
        if item.arithmetic.strip() and item.amount is None:
            yield f"{path}.arithmetic: says how an amount was worked out, and there is no amount"
        for number, evidence in enumerate(item.evidence):
            yield from _evidence_problem(f"{path}.evidence[{number}]", evidence, documents)


def _evidence_problem(path: str, evidence: FileEvidence, documents: dict[str, Document]) -> Iterator[str]:
    document = documents.get(evidence.document_id)
    if document is None:
        yield f"{path}.document_id: no document has the id '{evidence.document_id}'"
        return
    count = document.text.count(evidence.quote)
    if count == 0:
        yield f"{path}.quote: does not stand in document '{document.id}'"
    elif count > 1 and "occurrence" not in evidence.model_fields_set:
        yield (
            f"{path}.quote: stands {count} times in document '{document.id}'; "
            "say which with occurrence, or quote more of the sentence"
        )
    elif evidence.occurrence > count:
        times = "once" if count == 1 else f"{count} times"
        yield f"{path}.occurrence: is {evidence.occurrence}, but the words stand {times} in '{document.id}'"


def _open_points(case_file: CaseFile) -> Iterator[str]:
    case = case_file.case
    for index, study in enumerate(case.imaging):
        quoted = any(quote for _, quote in _quotes(study))
        if quoted and case.document(study.document_id) is None:
            yield f"case.imaging[{index}]: names no document, so its quotes were not checked"
        for path, quote in _quotes(study):
            if not quote:
                yield f"case.imaging[{index}].{path}: has no quote from its report"
    for index, document in enumerate(case.documents):
        if not document.text.strip():
            yield f"case.documents[{index}]: has no text"
        if "\r" in document.text:
            yield f"case.documents[{index}]: has carriage returns; they count as characters of its quotes"
    sides = {side for line in case.service_lines for side in (*line.sides, line.id)}
    for index, item in enumerate(case_file.assessments):
        if is_level(item.subject) and item.subject not in case.levels:
            yield f"assessments[{index}].subject: {item.subject} is a level of no service line, so it is not used"
        elif is_side(item.subject) and item.subject not in sides:
            yield f"assessments[{index}].subject: {item.subject} is a side of no service line, so it is not used"
        yield from _open_answer(f"assessments[{index}]", item)
    if case_file.sign_off is not None and not case_file.determinations:
        yield "sign_off: signs no determination"


def _open_answer(path: str, item: FileAssessment) -> Iterator[str]:
    if item.state is AssessmentState.EXCEPTION and not item.exception_source.strip():
        yield f"{path}: is an exception without a source, so it does not count as met"
    if item.state is None and item.amount is None and item.evidence:
        yield f"{path}: has words linked but no answer"


def _misplaced_files(case_file: CaseFile) -> Iterator[str]:
    documents = {document.id for document in case_file.case.documents}
    taken: set[str] = set()
    for number, item in enumerate(case_file.files):
        if item.document_id not in documents:
            yield f"files[{number}].document_id: there is no document '{item.document_id}'"
        elif item.document_id in taken:
            yield f"files[{number}].document_id: the document '{item.document_id}' has a file already"
        taken.add(item.document_id)
