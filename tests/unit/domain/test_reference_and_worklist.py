"""References and worklist rows are plain records; a row does not put a patient into a log."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desktop.domain.case import CaseStatus
from desktop.domain.member import Sex
from desktop.domain.reference import Reference, ReferenceStance
from desktop.domain.worklist import WorklistOrder, WorklistQuery, WorklistRow


def test_a_worklist_row_shows_its_number_and_hides_the_patient() -> None:
    row = WorklistRow(
        case_id="c",
        number="26-0001",
        status=CaseStatus.DRAFT,
        initials="QX",
        date_of_birth=date(1962, 3, 10),
        sex=Sex.MALE,
        payer="Hidden Health",
        service="Hidden service",
        levels="L2-S1",
        line_count=1,
        open_count=0,
        deadline_stated_on=None,
        updated_at=datetime(2026, 11, 22, tzinfo=UTC),
        is_synthetic=True,
    )
    shown = repr(row)
    assert "26-0001" in shown
    assert not any(word in shown for word in ("QX", "1962", "Hidden", "L2-S1", "MALE"))


def test_a_worklist_is_asked_for_newest_first_unless_told_otherwise() -> None:
    assert WorklistQuery().order is WorklistOrder.UPDATED


def test_a_reference_says_whether_it_helps_or_hurts() -> None:
    fields = {
        "id": "a-2020",
        "kind": "article-journal",
        "citation": "A. B. 2020.",
        "supports": ("A claim",),
        "topics": ("nonunion",),
        "stance": "mixed",
        "is_verified": True,
        "verified_from": ("https://example.org",),
    }
    assert Reference.model_validate(fields).stance is ReferenceStance.MIXED
