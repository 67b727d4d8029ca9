"""A small library of invented sources and one topic over it, for the tests of topics."""

from __future__ import annotations

from desktop.domain.reference import Claim, Figure, Reference, ReferenceStance, Standing
from desktop.rules.loader import load_set
from desktop.rules.topic_known import Known, known_of

SET = """
id: widget.acme
family: widget
title: Widget
publisher: Acme
edition: "1"
licence: user
codes: ["22849"]
criteria:
  all:
    - id: union
      text: No bone bridges the level
      per: level
      topic: nonunion-on-imaging
    - id: care
      text: Care failed
      topic: conservative-care
"""

TOPIC = """
id: widget
title: Widgets
families: [widget]
codes: ["22849"]
subjects: [widgets]
claims:
  - id: loose
    section: imaging
    text: In 41 patients CT had a specificity of 96.7% for a loose widget.
    references: [good-2019/c1]
    when:
      findings: [hardware_loosening]
    counter:
      text: Its sensitivity was 64.8%.
      references: [good-2019/c2]
      answer: What is relied on is a finding that the report states.
"""


def reference(
    reference_id: str, *, is_verified: bool = True, standing: Standing = Standing.CURRENT
) -> Reference:
    return Reference(
        id=reference_id,
        kind="article-journal",
        citation="A citation.",
        supports=(),
        topics=(),
        stance=ReferenceStance.FOR,
        is_verified=is_verified,
        verified_from=(),
        subjects=("widgets",),
        standing=standing,
    )


def claim(
    claim_id: str,
    text: str,
    stance: ReferenceStance = ReferenceStance.FOR,
    *figures: Figure,
    of: str = "good-2019",
) -> Claim:
    return Claim(reference_id=of, id=claim_id, topic="widgets-ct", stance=stance, text=text, figures=figures)


REFERENCES = (
    reference("good-2019"),
    reference("draft-2020", is_verified=False),
    reference("old-2001", standing=Standing.SUPERSEDED),
)
CLAIMS = (
    claim("c1", "In 41 patients CT had a specificity of 96.7%."),
    claim("c2", "Its sensitivity was 64.8%.", ReferenceStance.MIXED),
    claim("c1", "A draft.", of="draft-2020"),
    claim("c1", "Superseded.", of="old-2001"),
)


def known() -> Known:
    return known_of(REFERENCES, CLAIMS, (load_set(SET, "set.yaml"),))
