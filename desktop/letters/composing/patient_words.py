"""Plain words for patients: findings, tests, places, reasons, decisions; it must not advise or forecast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop.domain.clinical import Finding, FindingKind, ImagingStudy
from desktop.domain.denial import DenialCategory
from desktop.domain.determination import Decision
from desktop.domain.document import DocumentKind
from desktop.domain.service_line import Laterality, ServiceLine, is_side
from desktop.domain.topic import SpineRegion
from desktop.domain.topic_offer import region_of
from desktop.domain.vertebra import level_order
from desktop.letters.wording import code_text, listed, long_date, one_line, where

FINDINGS = {
    FindingKind.LOOSENING: "a loose screw or implant",
    FindingKind.HARDWARE_FRACTURE: "a broken screw, rod or implant",
    FindingKind.HARDWARE_DISPLACEMENT: "a screw, rod or implant that has moved",
    FindingKind.NONUNION: "bones that have not grown together",
    FindingKind.SOLID_FUSION: "bones that have grown together",
    FindingKind.STENOSIS: "too little room for the nerves",
    FindingKind.INSTABILITY: "bones that move too much",
    FindingKind.INFECTION: "an infection",
    FindingKind.DISC_HERNIATION: "a disc that has pushed out of place",
    FindingKind.SPONDYLOLISTHESIS: "a bone in the spine that has slipped",
    FindingKind.CORD_COMPRESSION: "pressure on the spinal cord",
    FindingKind.SCOLIOSIS: "a sideways curve of the spine",
    FindingKind.VERTEBRAL_FRACTURE: "a broken bone in the spine",
    FindingKind.OSTEOARTHRITIS: "wear in the joint",
    FindingKind.OSTEONECROSIS: "bone that has lost its blood supply",
    FindingKind.ROTATOR_CUFF_TEAR: "a torn tendon in the shoulder",
}

REASONS = {
    DenialCategory.MEDICAL_NECESSITY: "the plan does not agree that you need this care",
    DenialCategory.EXPERIMENTAL: "the plan says that this care is not proven yet",
    DenialCategory.LEVEL_OF_CARE: "the plan says that you could be cared for in another setting",
    DenialCategory.NOT_COVERED: "the plan says that it does not pay for this kind of care",
    DenialCategory.MISSING_INFORMATION: "the plan says that it did not get all the records it needs",
    DenialCategory.NO_PRIOR_AUTHORIZATION: "the plan says that nobody asked it first",
    DenialCategory.CODING: "the plan does not agree with the codes on the request",
    DenialCategory.OUT_OF_NETWORK: "the plan says that it does not work with this doctor or clinic",
    DenialCategory.STEP_THERAPY: "the plan wants another treatment to be tried first",
    DenialCategory.COSMETIC: "the plan says that this care is only for looks",
    DenialCategory.FREQUENCY: "the plan says that this is more care than it pays for",
    DenialCategory.TIMELY_FILING: "the plan says that it was asked too late",
}

DECISIONS = {
    Decision.NECESSARY: "We think that you need this care.",
    Decision.NECESSARY_IN_PART: "We think that you need part of this care.",
    Decision.NOT_NECESSARY: "Your records do not show that you need this care.",
    Decision.CANNOT_DETERMINE: "Your records do not tell us enough yet.",
    Decision.UNDECIDED: "We have not decided yet.",
}

PAPERS = {
    DocumentKind.IMAGING_REPORT: "reports of scans or X-rays",
    DocumentKind.OPERATIVE_NOTE: "reports of past surgery",
    DocumentKind.CLINIC_NOTE: "notes from other doctors you saw",
    DocumentKind.PT_RECORD: "records of physical therapy, with the dates",
    DocumentKind.INJECTION_RECORD: "records of shots for the pain, with the dates",
    DocumentKind.LAB_REPORT: "lab results",
    DocumentKind.PHYSICIAN_STATEMENT: "a letter from your doctor",
    DocumentKind.SCORE_FORM: "forms about your pain and what you can do",
    DocumentKind.SIGNED_FORM: "forms that you signed for your care",
}

_REGIONS = {
    SpineRegion.CERVICAL: "in your neck",
    SpineRegion.THORACIC: "in your upper and middle back",
    SpineRegion.LUMBAR: "in your lower back",
}

_TESTS = (
    (re.compile(r"\bCT\b", re.IGNORECASE), "CT scan"),
    (re.compile(r"\bMRI?\b", re.IGNORECASE), "MRI scan"),
    (re.compile(r"radiograph|x-ray", re.IGNORECASE), "X-rays"),
)


def plain_findings(findings: Iterable[Finding]) -> list[str]:
    """Findings that have a plain word, each kind once with its places: `bones that move too much at L5-S1`."""
    kinds: dict[FindingKind, list[Finding]] = {}
    for item in findings:
        if item.kind in FINDINGS:
            kinds.setdefault(item.kind, []).append(item)
    return [f"{FINDINGS[kind]} {place_of_findings(items)}".rstrip() for kind, items in kinds.items()]


def place_of_findings(findings: Iterable[Finding]) -> str:
    """`at L5 and S1`, or `on the left` where they name no level; the levels from the head down."""
    items = list(findings)
    levels = tuple(sorted({item.level for item in items if item.level}, key=level_order))
    both = {Laterality.BILATERAL: (Laterality.LEFT.value, Laterality.RIGHT.value)}
    sides = [side for item in items for side in both.get(item.laterality, (item.laterality.value,))]
    named = tuple(dict.fromkeys(side for side in sides if is_side(side)))
    return where(levels, () if levels else named)


def plain_study(study: ImagingStudy) -> str:
    """`CT scan of September 14, 2026`; the test as recorded where there is no plainer word."""
    name = one_line(study.modality)
    plain = next((word for pattern, word in _TESTS if pattern.search(name)), name or "test")
    return f"{plain} of {long_date(study.performed_on)}" if study.performed_on else plain


def plain_place(levels: Sequence[str], sides: Sequence[str] = ()) -> str:
    """`at L4-L5 and L5-S1 in your lower back`, `on the left`; empty for neither."""
    return " ".join(part for part in (where(levels, sides), region_words(levels)) if part)


def plain_service(line: ServiceLine) -> str:
    """The service by its own label in quotation marks, with its code."""
    label, code = one_line(line.label), code_text(line)
    name = f"“{label}”" if label else "this care"
    return f"{name} ({code})" if code else name


def region_words(levels: Sequence[str]) -> str:
    """`in your lower back`; empty where no level is named."""
    return listed(
        dict.fromkeys(_REGIONS[found] for level in levels if (found := region_of(level)) is not None)
    )
