"""A typed set with measured criteria, an exception and a NOT, held against the sample case's lines."""

from __future__ import annotations

from desktop.domain.assessment import AssessmentKey
from desktop.services.workspace import Services

LINE = "line-arthrodesis"
MEASURED = """\
id: measured-set
family: measured-set
title: A set with measured criteria
publisher: Test plan
edition: "1"
licence: user
criteria:
  all:
    - id: therapy
      text: At least six weeks of supervised therapy
      measure: treatment.physical_therapy
      threshold: ">= 6 weeks"
      within: 24 months
    - id: motion
      text: Translation of at least 4 mm
      per: level
      measure: measurement.translation
      threshold: ">= 4 mm"
    - id: asked
      text: The surgeon states the aim of the operation
      closes_with: A note that states the aim
      evidence_types: [clinic_note]
    - not:
        - id: infection
          text: An infection at the site
"""


def key(criterion_id: str, subject: str = "", set_id: str = "measured-set") -> AssessmentKey:
    """A question of the set."""
    return AssessmentKey(set_id=set_id, criterion_id=criterion_id, subject=subject)


def hold_against(services: Services, case_id: str, *set_ids: str) -> None:
    """Choose the sets of the sample's second line."""
    services.review.choose_sets(case_id, LINE, set_ids)


def type_measured(services: Services, case_id: str) -> None:
    """Type the set and hold the sample's second line against it alone."""
    services.catalogue.type_set(MEASURED)
    hold_against(services, case_id, "measured-set")
