"""YAML texts of criteria sets for tests; it must not test anything itself."""

from __future__ import annotations

MINIMAL = """\
id: a-plan.reinsertion
family: spinal-fixation-reinsertion
title: Reinsertion of spinal fixation
publisher: Example Health Plan
edition: "2026"
licence: user
criteria:
  all:
    - id: scoliosis
      text: The patient has scoliosis
"""

PUBLIC = """\
id: a-set.a-number
family: a-set
title: A public set
publisher: A publisher
document_number: N1
edition: first
effective_from: 2024-09-12
effective_to: 2026-12-31
retrieved_on: 2026-11-01
review_by: 2027-05-01
address: https://example.org/rule
licence: public
codes: ["22849"]
diagnoses: [M96.0]
indications: [Nonunion]
covers: [nonunion]
notes: Some notes
sources:
  main: {document: The rule, locator: Section 1, proof: T, address: "https://example.org/rule"}
  other: {document: Another rule, proof: T, address: "https://example.org/other"}
criteria:
  all:
    - any:
        - id: wait
          text: At least 12 months have passed
          threshold: ">= 12 months"
          topic: time-since-fusion
          evidence_types: [operative_note, clinic_note]
          within_months: 24
          closes_with: The operative note
          note: A note
        - id: failure
          text: The implant has failed at the level
          per: level
          concerns: hardware_fracture
          source: other
          closes_with: A CT report
    - at_least: 1
      id: either
      text: One of two
      of:
        - id: nicotine
          text: Cotinine is 10 ng/mL or less
          concerns: cotinine
          threshold: {comparison: "<=", value: 10, unit: ng/mL}
          source: {use: main, locator: Section 2}
          closes_with: A laboratory report
        - id: never-smoker
          text: The patient never smoked
          source: {document: A third rule, locator: Section 3, proof: S, address: "https://example.org/third"}
          closes_with: A clinic note
    - not:
        id: infection
        text: An infection is active
        polarity: present
        closes_with: Laboratory reports
"""


def case(name: str, answers: str = "", expect: str = "unknown", more: str = "") -> str:
    """One entry of a tests.yaml."""
    lines = [f"- name: {name}", f"  answers: {{{answers}}}", f"  expect: {expect}"]
    return "\n".join([*lines, *([f"  {more}"] if more else [])]) + "\n"
