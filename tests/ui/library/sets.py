"""Texts of own sets for the library's tests: a payer's set in two editions, with an exception and a polarity."""

from __future__ import annotations

OWN = """\
id: summit-plan.revision
family: lumbar-fusion-revision
title: Revision of a lumbar fusion
publisher: Summit Plan
document_number: SP-22
edition: "2026"
effective_from: 2026-01-01
review_by: 2026-10-01
licence: user
codes: ["22849"]
criteria:
  all:
    - id: pt
      text: Physical therapy lasted at least 6 weeks
      threshold: ">= 6 weeks"
      measure: treatment.physical_therapy
      within: 12 months
      closes_with: The therapist's record with its dates
      evidence_types: [pt_record]
      unless:
        - id: deficit
          text: A neurological deficit is progressing
    - id: tobacco
      text: Tobacco is used
      polarity: absent
    - id: nonunion
      text: Imaging shows nonunion at the level
      per: level
"""
LATER = (
    OWN.replace("id: summit-plan.revision", "id: summit-plan.revision-2027\nsupersedes: summit-plan.revision")
    .replace('"2026"', '"2027"')
    .replace("2026-01-01", "2027-01-01")
    .replace("review_by: 2026-10-01\n", "")
    .replace('">= 6 weeks"', '">= 12 weeks"')
    .replace("at least 6 weeks", "at least 12 weeks")
)
CASES = """\
- name: exactly six weeks is enough
  levels: [L5-S1]
  answers:
    pt: {amount: 6 weeks}
    deficit: not met
    tobacco: met
    nonunion: met
  expect: true
- name: a deficit waives it, and this case is wrong on purpose
  levels: [L5-S1]
  answers: {pt: not met, deficit: met, tobacco: met, nonunion: met}
  expect: false
"""
