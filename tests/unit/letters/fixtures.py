"""A small synthetic case with its review, and cases unlike it, for the tests of the letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from desktop.domain.assessment import (
    Amount,
    AssessmentKey,
    AssessmentState,
    CriterionAssessment,
    EvidenceLink,
    Stance,
)
from desktop.domain.case import Case
from desktop.domain.clinical import (
    Assertion,
    ClinicalFact,
    ConservativeTreatment,
    FactKind,
    Finding,
    FindingKind,
    FunctionScore,
    History,
    ImagingStudy,
    Measurement,
    PriorSurgery,
    TreatmentKind,
)
from desktop.domain.criteria import CriteriaSet
from desktop.domain.denial import AdverseDetermination, DenialReason
from desktop.domain.determination import Decision, Determination, LineDetermination, SignOff
from desktop.domain.document import Document, DocumentKind, span_of
from desktop.domain.letter import LetterKind
from desktop.domain.member import Coverage, Member, Provider, ProviderRole
from desktop.domain.service_line import CodeSystem, Diagnosis, Laterality, ServiceLine
from desktop.domain.topic import Topic
from desktop.letters.composing.letter import LetterInputs
from desktop.letters.references.library import ReferenceLibrary, load_references
from desktop.rules.evaluate import evaluate
from desktop.rules.loader import load_library, load_set
from desktop.services.topics import Topics
from desktop.settings.paths import criteria_dir, resources_dir

TODAY = date(2026, 11, 22)

PAYER_YAML = """
id: northfield-reinsertion
family: payer-reinsertion
title: Reinsertion of spinal fixation, as typed from the notice
publisher: Northfield Health Plan
edition: 2026 edition
licence: user
codes: ["22849"]
indications: [Scoliosis]
covers: [other]
sources:
  notice: {document: Denial notice of Northfield Health Plan, proof: U}
criteria:
  all:
    - id: scoliosis
      text: Scoliosis is the reason for the operation
      source: {use: notice}
      closes_with: A report that states scoliosis
"""

PUBLIC_YAML = """
id: example-revision
family: lumbar-fusion-revision
title: Revision of a lumbar fusion
publisher: Example Public Rule
document_number: EX-1
edition: 2026
effective_from: 2026-01-01
retrieved_on: 2026-11-01
review_by: 2027-05-01
address: https://rules.example/ex-1
licence: public
codes: ["22849"]
indications: [Nonunion after fusion]
covers: [nonunion]
sources:
  rule: {document: Example rule EX-1, proof: T, address: "https://rules.example/ex-1"}
  told: {document: Example rule EX-1, proof: S, address: "https://rules.example/ex-1"}
criteria:
  all:
    - id: ground
      text: A ground for revision
      any:
        - id: nonunion-limb
          text: Nonunion
          all:
            - id: time-since-fusion
              text: At least 12 months have passed since the fusion
              threshold: ">= 12 months"
              source: {use: rule}
              closes_with: The operative note with its date
            - id: nonunion-on-imaging
              text: Imaging shows nonunion at the level
              per: level
              concerns: nonunion
              source: {use: rule}
              closes_with: A CT report that names the level
        - id: deformity-limb
          text: Deformity
          all:
            - {id: deformity, text: A symptomatic deformity is present, source: {use: rule}, closes_with: A film}
            - {id: curve, text: The curve is measured, source: {use: rule}, closes_with: A film with degrees}
    - id: nicotine-lab
      text: A laboratory nicotine value is 10 ng/mL or less
      threshold: "<= 10 ng/mL"
      source: {use: told}
      closes_with: A laboratory report with value and date
    - id: shared-decision
      text: Shared decision making is documented
      source: {use: rule}
      closes_with: A signed form
    - id: infection
      text: Infection is present
      polarity: absent
      source: {use: rule}
      closes_with: Laboratory values
"""

CT_TEXT = (
    "SYNTHETIC SAMPLE RECORD - not a real patient\nCT LUMBAR SPINE WITHOUT CONTRAST\n\n"
    "Lucency of 2 mm surrounds both S1 screws, consistent with loosening. No bridging bone is seen at\nL5-S1. "
    "Solid bridging bone at L3-L4. No fracture of the hardware. Early nonunion at L4-L5 cannot be excluded."
)
NOTE_TEXT = (
    "SYNTHETIC SAMPLE RECORD - not a real patient\nThe fusion at L5-S1 looks solid on films. "
    "Fused 14 months ago. The options were discussed."
)
LAB_TEXT = "SYNTHETIC SAMPLE RECORD - not a real patient\nCotinine 4 ng/mL, collected 2026-10-28."
DENIAL_TEXT = (
    "SYNTHETIC SAMPLE RECORD - not a real patient\nThe request does not meet our criteria & BP <120/80."
)

DOCUMENTS = (
    Document(
        id="ct",
        kind=DocumentKind.IMAGING_REPORT,
        title="CT lumbar spine",
        dated_on=date(2026, 9, 14),
        text=CT_TEXT,
    ),
    Document(
        id="note",
        kind=DocumentKind.CLINIC_NOTE,
        title="Clinic note",
        dated_on=date(2026, 10, 2),
        text=NOTE_TEXT,
    ),
    Document(
        id="lab", kind=DocumentKind.LAB_REPORT, title="Cotinine", dated_on=date(2026, 10, 28), text=LAB_TEXT
    ),
    Document(
        id="denial",
        kind=DocumentKind.DENIAL_LETTER,
        title="Denial notice",
        dated_on=date(2026, 11, 2),
        text=DENIAL_TEXT,
    ),
)

REINSERTION = ServiceLine(
    id="line-1",
    code="22849",
    label="Reinsertion of fixation",
    levels=("L3-L4", "L4-L5", "L5-S1"),
    criteria_set_ids=("northfield-reinsertion", "example-revision"),
)
DECOMPRESSION = ServiceLine(id="line-2", code="63047", label="Decompression", levels=("L4-L5",))

CASE = Case(
    id="case-1",
    number="26-0142",
    is_synthetic=True,
    member=Member(
        family_name="Example",
        given_name="Morgan",
        date_of_birth=date(1962, 3, 9),
        member_id="NHP-555-0142",
        group_number="G-77",
    ),
    coverage=Coverage(payer="Northfield Health Plan", plan_name="Open Access 500"),
    denial=AdverseDetermination(
        notice_dated_on=date(2026, 11, 2),
        received_on=date(2026, 11, 5),
        reference_number="R-2026-88",
        reasons=(
            DenialReason(id="reason-1", verbatim="The request does not meet our criteria & BP <120/80."),
        ),
        criteria_named="Northfield criteria for reinsertion",
        appeal_addressee="Appeals Unit",
        appeal_address="1 Fictional Way\nSpringfield",
        appeal_fax="555-0100",
    ),
    history=History(
        narrative="Back pain returned after the fusion.\n\nHe walks with a cane.",
        why_this_service="The construct is loose.",
        prior_surgeries=(
            PriorSurgery(
                id="op-1",
                label="Lumbar fusion",
                performed_on=date(2025, 9, 10),
                levels=("L3-L4", "L4-L5", "L5-S1"),
            ),
        ),
        facts=(
            ClinicalFact(
                id="fact-1",
                kind=FactKind.COTININE,
                amount=Decimal(4),
                unit="ng/mL",
                dated_on=date(2026, 10, 28),
                document_id="lab",
            ),
        ),
    ),
    providers=(
        Provider(
            id="doc-1",
            role=ProviderRole.ORDERING,
            name="Dana Sample",
            credential="MD",
            specialty="Orthopedic spine surgery",
            organization="Sample Spine Practice",
            npi="1234567893",
            license_number="X-100",
            address="2 Fictional Way, Springfield",
            phone="555-0101",
            fax="555-0102",
        ),
    ),
    service_lines=(REINSERTION, DECOMPRESSION),
    diagnoses=(
        Diagnosis(
            id="dx-1", code="M96.0", title="Pseudarthrosis after fusion or arthrodesis", is_primary=True
        ),
    ),
    treatments=(
        ConservativeTreatment(
            id="tx-1",
            kind=TreatmentKind.PHYSICAL_THERAPY,
            label="Physical therapy",
            started_on=date(2026, 6, 1),
            ended_on=date(2026, 7, 20),
            visits=12,
            provider="Sample PT",
            outcome="No lasting relief",
        ),
        ConservativeTreatment(id="tx-2", kind=TreatmentKind.MEDICATION, label="Naproxen"),
    ),
    scores=(
        FunctionScore(
            id="s-1",
            instrument="ODI",
            value=Decimal(58),
            unit="%",
            scored_on=date(2026, 10, 2),
            document_id="note",
        ),
    ),
    imaging=(
        ImagingStudy(
            id="study-1",
            modality="CT",
            region="lumbar spine",
            performed_on=date(2026, 9, 14),
            facility="Sample Imaging",
            reader="R. Reader, MD",
            document_id="ct",
            findings=(
                Finding(
                    id="f1",
                    kind=FindingKind.LOOSENING,
                    label="Screw loosening",
                    level="S1",
                    laterality=Laterality.BILATERAL,
                    quote="Lucency of 2 mm surrounds both S1 screws, consistent with loosening.",
                ),
                Finding(
                    id="f2",
                    kind=FindingKind.NONUNION,
                    level="L5-S1",
                    quote="No bridging bone is seen at\nL5-S1.",
                ),
                Finding(
                    id="f3",
                    kind=FindingKind.SOLID_FUSION,
                    level="L3-L4",
                    quote="Solid bridging bone at L3-L4.",
                ),
                Finding(
                    id="f4",
                    kind=FindingKind.HARDWARE_FRACTURE,
                    assertion=Assertion.NEGATED,
                    quote="No fracture of the hardware.",
                ),
                Finding(
                    id="f5",
                    kind=FindingKind.NONUNION,
                    level="L4-L5",
                    assertion=Assertion.UNCERTAIN,
                    quote="Early nonunion at L4-L5 cannot be excluded.",
                ),
            ),
            measurements=(
                Measurement(
                    id="m1", label="Lucency", value=Decimal(2), unit="mm", level="S1", quote="Lucency of 2 mm"
                ),
            ),
        ),
    ),
    documents=DOCUMENTS,
)


def key(set_id: str, criterion_id: str, subject: str = "") -> AssessmentKey:
    return AssessmentKey(set_id=set_id, criterion_id=criterion_id, subject=subject)


def link(
    link_id: str, where: AssessmentKey, document: Document, words: str, stance: Stance = Stance.SUPPORTS
) -> EvidenceLink:
    start = document.text.index(words)
    return EvidenceLink(
        id=link_id, key=where, span=span_of(document, start, start + len(words)), stance=stance
    )


def answer(where: AssessmentKey, state: AssessmentState | None, **more: Any) -> CriterionAssessment:
    return CriterionAssessment(key=where, state=state, **more)


PUBLIC = "example-revision"
ANSWERS = (
    answer(key("northfield-reinsertion", "scoliosis"), AssessmentState.NOT_MET, note="No scoliosis."),
    answer(key(PUBLIC, "time-since-fusion"), None, amount=Amount(value=Decimal(14), unit="months")),
    answer(key(PUBLIC, "nonunion-on-imaging", "L3-L4"), AssessmentState.NOT_MET),
    answer(key(PUBLIC, "nonunion-on-imaging", "L4-L5"), AssessmentState.UNCLEAR),
    answer(key(PUBLIC, "nonunion-on-imaging", "L5-S1"), AssessmentState.MET),
    answer(key(PUBLIC, "nicotine-lab"), AssessmentState.MET, amount=Amount(value=Decimal(4), unit="ng/mL")),
    answer(key(PUBLIC, "shared-decision"), AssessmentState.NOT_DOCUMENTED),
    answer(
        key(PUBLIC, "infection"),
        AssessmentState.EXCEPTION,
        exception_source="Waiver in the plan document, page 12",
    ),
)
LINKS = (
    link(
        "e1", key(PUBLIC, "nonunion-on-imaging", "L5-S1"), DOCUMENTS[0], "No bridging bone is seen at\nL5-S1."
    ),
    link(
        "e2",
        key(PUBLIC, "nonunion-on-imaging", "L5-S1"),
        DOCUMENTS[1],
        "The fusion at L5-S1 looks solid on films.",
        Stance.CONTRADICTS,
    ),
    link("e3", key(PUBLIC, "nonunion-on-imaging", "L3-L4"), DOCUMENTS[0], "Solid bridging bone at L3-L4."),
    link("e4", key(PUBLIC, "nicotine-lab"), DOCUMENTS[2], "Cotinine 4 ng/mL"),
    link("e5", key(PUBLIC, "time-since-fusion"), DOCUMENTS[1], "Fused 14 months ago."),
)
LINES = (
    LineDetermination(
        service_line_id="line-1",
        decision=Decision.NECESSARY_IN_PART,
        rationale="CT shows loosening at S1 and nonunion at L5-S1. L3-L4 is healed.",
        levels=("L5-S1",),
    ),
    LineDetermination(
        service_line_id="line-2",
        decision=Decision.CANNOT_DETERMINE,
        rationale="No report states compression at L4-L5.",
    ),
)


@lru_cache(maxsize=1)
def library() -> ReferenceLibrary:
    return load_references(resources_dir() / "references")


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    return Topics(resources_dir() / "topics", library(), load_library(criteria_dir())).all()


@lru_cache(maxsize=1)
def criteria_sets() -> dict[str, CriteriaSet]:
    made = [load_set(PAYER_YAML, "payer.yaml"), load_set(PUBLIC_YAML, "public.yaml")]
    return {item.id: item for item in made}


def inputs_for(
    case: Case = CASE,
    *,
    answers: Sequence[CriterionAssessment] = ANSWERS,
    links: Sequence[EvidenceLink] = LINKS,
    lines: Sequence[LineDetermination] = LINES,
    is_signed: bool = True,
    references: ReferenceLibrary | None = None,
) -> LetterInputs:
    """Letter inputs for a case, evaluated with the real rules."""
    sets = criteria_sets()
    assessments = {item.key: item for item in answers}
    linked: dict[AssessmentKey, tuple[EvidenceLink, ...]] = {}
    for item in links:
        linked[item.key] = (*linked.get(item.key, ()), item)
    traces = tuple(
        evaluate(sets[set_id], line, assessments, linked, imaging=case.imaging, documents=case.documents)
        for line in case.service_lines
        for set_id in line.criteria_set_ids
    )
    sign_off = SignOff(
        name="Robin Reviewer",
        credential="RN",
        meaning="I reviewed the record and made this determination.",
        signed_at=datetime(2026, 11, 20, 15, 0, tzinfo=UTC),
        content_hash="0" * 64,
    )
    determination = Determination(
        id="det-1",
        version=1,
        lines=tuple(lines),
        traces=traces if is_signed else (),
        sign_off=sign_off if is_signed else None,
    )
    return LetterInputs(
        case=case,
        determination=determination,
        traces=traces,
        sets=sets,
        assessments=assessments,
        links=linked,
        references=references or library(),
        kind=LetterKind.FIRST_LEVEL,
        today=TODAY,
        topics=topics(),
    )


CERVICAL_CASE = CASE.model_copy(
    update={
        "id": "case-2",
        "number": "26-0200",
        "service_lines": (
            ServiceLine(id="acdf", code="22551", label="Anterior cervical fusion", levels=("C5-C6",)),
        ),
        "diagnoses": (
            Diagnosis(
                id="dx-1", code="M50.122", title="Cervical disc disorder at C5-C6 level with radiculopathy"
            ),
        ),
        "history": History(narrative="Arm pain."),
        "imaging": (
            ImagingStudy(
                id="mri",
                modality="MRI",
                region="cervical spine",
                findings=(
                    Finding(
                        id="c1", kind=FindingKind.NONUNION, level="C5-C6", quote="No bridging bone at C5-C6."
                    ),
                ),
            ),
        ),
        "documents": (),
        "scores": (),
        "treatments": (),
    }
)

KNEE_CASE = CASE.model_copy(
    update={
        "id": "case-3",
        "number": "26-0300",
        "service_lines": (
            ServiceLine(id="tka", code="27447", label="Knee replacement", laterality=Laterality.RIGHT),
        ),
        "diagnoses": (),
        "history": History(),
        "imaging": (),
        "documents": (),
        "scores": (),
        "treatments": (),
    }
)

EMPTY_CASE = Case(id="case-4", service_lines=(ServiceLine(id="x", code_system=CodeSystem.OTHER),))
