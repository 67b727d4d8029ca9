"""Which documents a denial of each category calls for, and those that the record itself names; missing ones with why.

The table is this program's own reading of what decides such denials, not a rule of any plan or law: it reminds, and
holds nothing back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.case import Case
from desktop.domain.clinical import FactKind, TreatmentKind
from desktop.domain.denial import DenialCategory
from desktop.domain.document import DocumentKind
from desktop.domain.packet import MissingExhibit
from desktop.letters.enclosures import PACKET_ORDER, Enclosure

_NOTICE = "Every appeal encloses the notice it answers."
_CRITERIA = (
    "The criteria or policy that the notice applies, so that the record can be held against its words."
)
_NOTES = "Notes of the visit that show the present findings: many denials stand because these were not sent."
_ASKED_FOR = "The notice says that information was missing: the notes are where it is looked for first."
_TRIED = "Notes that show what was tried before, with dates, and how it ended."

REQUIRED: dict[DenialCategory, tuple[tuple[DocumentKind, str], ...]] = {
    DenialCategory.MEDICAL_NECESSITY: (
        (DocumentKind.POLICY, _CRITERIA),
        (DocumentKind.CLINIC_NOTE, _NOTES),
    ),
    DenialCategory.EXPERIMENTAL: (
        (DocumentKind.POLICY, _CRITERIA),
        (DocumentKind.CLINIC_NOTE, _NOTES),
    ),
    DenialCategory.LEVEL_OF_CARE: (
        (DocumentKind.POLICY, _CRITERIA),
        (DocumentKind.CLINIC_NOTE, _NOTES),
    ),
    DenialCategory.NOT_COVERED: ((DocumentKind.POLICY, _CRITERIA),),
    DenialCategory.MISSING_INFORMATION: ((DocumentKind.CLINIC_NOTE, _ASKED_FOR),),
    DenialCategory.NO_PRIOR_AUTHORIZATION: ((DocumentKind.CLINIC_NOTE, _NOTES),),
    DenialCategory.CODING: ((DocumentKind.POLICY, _CRITERIA),),
    DenialCategory.OUT_OF_NETWORK: (),
    DenialCategory.STEP_THERAPY: (
        (DocumentKind.POLICY, _CRITERIA),
        (DocumentKind.CLINIC_NOTE, _TRIED),
    ),
    DenialCategory.COSMETIC: (
        (DocumentKind.POLICY, _CRITERIA),
        (DocumentKind.CLINIC_NOTE, _NOTES),
    ),
    DenialCategory.FREQUENCY: (
        (DocumentKind.POLICY, _CRITERIA),
        (DocumentKind.CLINIC_NOTE, _TRIED),
    ),
    DenialCategory.TIMELY_FILING: (),
    DenialCategory.OTHER: (),
}
_LABORATORY = frozenset({FactKind.COTININE, FactKind.HBA1C})


def missing_exhibits(case: Case, enclosures: Sequence[Enclosure]) -> tuple[MissingExhibit, ...]:
    """Kinds that are called for and not enclosed, in packet order, each once with every reason."""
    held = {item.document.kind for item in enclosures}
    enclosed = {item.document.id for item in enclosures}
    reasons: dict[DocumentKind, list[str]] = {}
    for kind, why in (*_of_categories(case), *_of_record(case, enclosed)):
        if kind not in held and why not in reasons.setdefault(kind, []):
            reasons[kind].append(why)
    there = {item.kind for item in case.documents}
    return tuple(
        MissingExhibit(kind=kind, why=" ".join([*reasons[kind], *_left_out(kind, there)]))
        for kind in PACKET_ORDER
        if reasons.get(kind)
    )


def _left_out(kind: DocumentKind, there: set[DocumentKind]) -> Iterator[str]:
    if kind in there:
        yield "The case holds one; it is left out of the packet."


def _of_categories(case: Case) -> Iterator[tuple[DocumentKind, str]]:
    yield DocumentKind.DENIAL_LETTER, _NOTICE
    for category in dict.fromkeys(reason.category for reason in case.denial.reasons):
        yield from REQUIRED[category]


def _of_record(case: Case, enclosed: set[str]) -> Iterator[tuple[DocumentKind, str]]:
    """What the record names with another document than an enclosed one, or with none."""
    named: list[tuple[DocumentKind, str, str | None]] = [
        (DocumentKind.IMAGING_REPORT, "an imaging study", study.document_id) for study in case.imaging
    ]
    for item in case.treatments:
        if item.kind is TreatmentKind.PHYSICAL_THERAPY:
            named.append((DocumentKind.PT_RECORD, "physical therapy", item.document_id))
        if item.kind is TreatmentKind.INJECTION:
            named.append((DocumentKind.INJECTION_RECORD, "an injection", item.document_id))
    named += [
        (DocumentKind.OPERATIVE_NOTE, "an earlier operation", item.document_id)
        for item in case.history.prior_surgeries
    ]
    named += [
        (DocumentKind.LAB_REPORT, "a laboratory value", item.document_id)
        for item in case.history.facts
        if item.kind in _LABORATORY
    ]
    for kind, what, document_id in named:
        if document_id not in enclosed:
            yield kind, f"The record tells of {what}, and the document that shows it is not enclosed."
