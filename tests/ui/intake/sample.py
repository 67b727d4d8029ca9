"""A small synthetic case with something in every section of the intake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
from desktop.domain.denial import AdverseDetermination, DenialReason
from desktop.domain.document import Document, DocumentKind
from desktop.domain.member import Coverage, LineOfBusiness, Member, Provider, ProviderRole, Sex
from desktop.domain.service_line import Diagnosis, ServiceLine
from desktop.domain.vertebra import segments_between

CT_TEXT = (
    "SYNTHETIC RECORD, not a real patient.\nCT lumbar spine without contrast.\n"
    "There is lucency surrounding the bilateral S1 screws, up to 2 mm.\n"
    "No bridging bone is seen at L5-S1. The fusion at L3-L4 is solid.\n"
)


def sample_case() -> Case:
    return Case(
        id="case1",
        number="26-0142",
        is_synthetic=True,
        review_question="Is revision of the L2-S1 fusion medically necessary, level by level?",
        member=Member(
            given_name="Sam", family_name="Sample", sex=Sex.MALE, member_id="SYN-001", group_number="G-77"
        ),
        coverage=Coverage(
            payer="Fictional Health Plan", plan_name="Choice", line_of_business=LineOfBusiness.UNKNOWN
        ),
        denial=AdverseDetermination(
            notice_dated_on=date(2026, 11, 2),
            received_on=date(2026, 11, 5),
            reference_number="REF-1",
            reasons=(DenialReason(id="r1", verbatim="The criteria for reinsertion were not met."),),
        ),
        providers=(
            Provider(
                id="p1",
                role=ProviderRole.ORDERING,
                name="Robin Example",
                credential="MD",
                specialty="Orthopedic surgery",
                npi="1234567890",
            ),
        ),
        service_lines=(
            ServiceLine(
                id="l1", code="22849", label="Reinsertion of fixation", levels=segments_between("L2", "S1")
            ),
            ServiceLine(id="l2", code="22612", label="Revision arthrodesis", levels=("L4-L5", "L5-S1")),
        ),
        diagnoses=(
            Diagnosis(
                id="d1", code="M96.0", title="Pseudarthrosis after fusion or arthrodesis", is_primary=True
            ),
        ),
        history=History(
            narrative="Worsening low back pain after an L2-S1 fusion.",
            prior_surgeries=(
                PriorSurgery(
                    id="s1",
                    label="Posterior fusion",
                    performed_on=date(2024, 3, 4),
                    levels=segments_between("L2", "S1"),
                ),
            ),
            facts=(
                ClinicalFact(
                    id="f1",
                    kind=FactKind.COTININE,
                    amount=Decimal("4.2"),
                    unit="ng/mL",
                    dated_on=date(2026, 9, 28),
                ),
            ),
        ),
        treatments=(
            ConservativeTreatment(
                id="t1",
                kind=TreatmentKind.PHYSICAL_THERAPY,
                label="Lumbar stabilisation",
                started_on=date(2026, 5, 4),
                ended_on=date(2026, 6, 22),
                visits=14,
            ),
        ),
        scores=(
            FunctionScore(
                id="o1", instrument="ODI", value=Decimal(52), unit="%", scored_on=date(2026, 9, 14)
            ),
            FunctionScore(
                id="o2", instrument="NRS back", value=Decimal(8), unit="/10", scored_on=date(2026, 9, 14)
            ),
        ),
        imaging=(
            ImagingStudy(
                id="i1",
                modality="CT",
                region="lumbar spine",
                performed_on=date(2026, 9, 8),
                facility="Example Imaging",
                reader="Pat Reader, MD",
                document_id="doc1",
                findings=(
                    Finding(
                        id="n1",
                        kind=FindingKind.LOOSENING,
                        level="S1",
                        quote="lucency surrounding the bilateral S1 screws, up to 2 mm",
                    ),
                    Finding(
                        id="n2",
                        kind=FindingKind.NONUNION,
                        level="L5-S1",
                        quote="No bridging bone is seen at L5-S1",
                    ),
                    Finding(id="n3", kind=FindingKind.NONUNION, level="L3-L4", assertion=Assertion.NEGATED),
                ),
                measurements=(
                    Measurement(
                        id="m1", label="Lucency around the S1 screws", value=Decimal(2), unit="mm", level="S1"
                    ),
                ),
            ),
        ),
        documents=(
            Document(
                id="doc1",
                kind=DocumentKind.IMAGING_REPORT,
                title="CT lumbar spine",
                dated_on=date(2026, 9, 8),
                text=CT_TEXT,
            ),
        ),
    )
