"""A case small enough to know by heart: one line on two levels, two documents, two sets that share a topic."""

from __future__ import annotations

from datetime import date

from desktop.domain.case import Case
from desktop.domain.document import Document, DocumentKind
from desktop.domain.service_line import Laterality, ServiceLine

CT_TEXT = (
    "CT LUMBAR SPINE\n\n"
    "There is lucency around the S1 screws, up to 2 mm. No bridging bone is seen at L5-S1.\n"
    "The fusion at L4-L5 is solid.\n\n"
    "IMPRESSION: nonunion at L5-S1.\n"
)
CLINIC_TEXT = "Clinic note. He smokes. The fusion at L5-S1 looks solid to me. BP <120/80, A&B <3 😀 end.\n"

PAYER_SET = """
id: payer.fusion
family: fusion
title: Fusion, as the plan writes it
publisher: Example Plan
edition: "2026"
licence: user
criteria:
  all:
    - id: pain
      text: Pain for six months
      topic: pain-duration
      source: {document: Plan SP-1, proof: U}
      closes_with: a dated clinic note
    - id: nonunion
      text: Imaging shows nonunion at the level
      per: level
      topic: nonunion-on-imaging
      source: {document: Plan SP-1, proof: U}
      closes_with: a CT report that names the level
    - id: smoking
      text: The patient smokes
      polarity: absent
      source: {document: Plan SP-1, proof: U}
      closes_with: a cotinine report
    - any:
        - id: gap
          text: Motion across the level
          threshold: {comparison: ">=", value: 4, unit: mm}
          source: {document: Plan SP-1, proof: U}
          closes_with: a film report with millimetres
        - id: broken
          text: Broken hardware
          source: {document: Plan SP-1, proof: U}
          closes_with: a film report
      id: unstable
"""

PUBLIC_SET = """
id: public.fusion
family: fusion
title: Fusion, a public rule
publisher: Example Agency
edition: "2025"
licence: user
criteria:
  all:
    - id: failed-fusion
      text: The fusion has failed at the level
      per: level
      topic: nonunion-on-imaging
      source: {document: Rule 7, proof: U}
      closes_with: a CT report
    - id: consent
      text: The patient agreed
      source: {document: Rule 7, proof: U}
      closes_with: a signed form
"""


def small_case(ct_text: str = CT_TEXT) -> Case:
    """Two service lines; the first is held against both sets."""
    return Case(
        id="case-1",
        number="26-0001",
        is_synthetic=True,
        service_lines=(
            ServiceLine(
                id="line-1",
                code="22612",
                label="Revision",
                levels=("L4-L5", "L5-S1"),
                criteria_set_ids=("payer.fusion", "public.fusion"),
            ),
            ServiceLine(id="line-2", code="63047", label="Decompression", criteria_set_ids=("payer.fusion",)),
        ),
        documents=(
            Document(
                id="clinic",
                kind=DocumentKind.CLINIC_NOTE,
                title="Clinic note",
                dated_on=date(2026, 9, 1),
                text=CLINIC_TEXT,
            ),
            Document(
                id="ct",
                kind=DocumentKind.IMAGING_REPORT,
                title="CT lumbar",
                dated_on=date(2026, 9, 14),
                text=ct_text,
                page_starts=(0, ct_text.index("IMPRESSION")),
            ),
        ),
    )


EXCEPTION_SET = """
id: payer.joint
family: joint
title: Joint, as the plan writes it
publisher: Example Plan
edition: "2026"
licence: user
criteria:
  all:
    - id: therapy
      text: Physical therapy for six weeks
      threshold: ">= 6 weeks"
      measure: treatment.physical_therapy
      closes_with: the therapist's record
      evidence_types: [pt_record]
      unless:
        - {id: deficit, text: A deficit is progressing}
        - {id: fracture, text: The bone is broken}
    - {id: arthritis, text: The cartilage is gone, per: side, closes_with: a weight-bearing film}
    - {id: weight, text: The weight is recorded}
"""
"""A rule that two exceptions can waive, a question for each side, and a value that the record may hold."""


def sided_case(laterality: Laterality = Laterality.BILATERAL) -> Case:
    """One line on both sides, held against the set with exceptions."""
    case = small_case()
    line = ServiceLine(
        id="line-1",
        code="27447",
        label="Joint",
        laterality=laterality,
        service_on=date(2026, 10, 1),
        criteria_set_ids=("payer.joint",),
    )
    return case.model_copy(update={"service_lines": (line,)})
