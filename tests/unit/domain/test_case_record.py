"""The case and its parts answer the small questions that screens and letters ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum

import pytest

from desktop.domain.audit import GENESIS, AuditEvent
from desktop.domain.case import Case, CaseStatus
from desktop.domain.case_file import FORMAT, CaseFile
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.clinical import ConservativeTreatment, FactKind, FindingKind, ImagingStudy, TreatmentKind
from desktop.domain.clock import FixedClock, SystemClock
from desktop.domain.denial import DenialCategory
from desktop.domain.determination import Decision
from desktop.domain.document import Document
from desktop.domain.member import LineOfBusiness, Member, Provider, ProviderRole
from desktop.domain.service_line import ServiceLine

CASE = Case(
    id="case",
    providers=(Provider(id="p1", role=ProviderRole.FACILITY), Provider(id="p2"), Provider(id="p3")),
    service_lines=(
        ServiceLine(id="a", levels=("L4-5", "L5-S1")),
        ServiceLine(id="b", levels=("L3-4", "L5-S1")),
    ),
    documents=(Document(id="ct"), Document(id="note")),
)


def test_a_case_finds_its_parts_by_id_or_says_none() -> None:
    assert CASE.document("note") is CASE.documents[1]
    assert CASE.document(None) is None
    assert CASE.service_line("b") is CASE.service_lines[1]
    assert CASE.service_line("c") is None
    assert CASE.provider(ProviderRole.ORDERING) is CASE.providers[1]
    assert CASE.provider(ProviderRole.RENDERING) is None


def test_levels_of_a_case_are_named_once_in_the_order_first_named() -> None:
    assert CASE.levels == ("L4-L5", "L5-S1", "L3-L4")


def test_a_case_file_is_a_case_with_its_review() -> None:
    assert CaseFile.model_validate({"format": FORMAT, "case": {"id": "x"}}).case == Case(id="x")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 1, 1), date(2026, 2, 19), "7 weeks 0 days"),
        (date(2026, 1, 1), date(2026, 1, 9), "1 week 1 day"),
        (date(2026, 1, 1), date(2026, 1, 5), "4 days"),
        (date(2026, 1, 1), date(2026, 1, 1), "0 days"),
        (date(2026, 1, 5), date(2026, 1, 1), ""),
        (None, date(2026, 1, 1), ""),
        (date(2026, 1, 1), None, ""),
    ],
)
def test_care_is_counted_in_weeks_and_days_and_never_guessed(first, last, words) -> None:
    assert ConservativeTreatment(id="t", started_on=first, ended_on=last).duration == words


def test_a_member_is_named_by_initials_and_ages_by_completed_years() -> None:
    member = Member(given_name="ada ", family_name="Lovelace", date_of_birth=date(1962, 3, 10))
    assert (member.full_name, member.initials) == ("ada Lovelace", "AL")
    assert (member.age_on(date(2026, 3, 9)), member.age_on(date(2026, 3, 10))) == (63, 64)
    assert member.age_on(date(1962, 3, 9)) is None
    assert Member().age_on(date(2026, 1, 1)) is None
    assert (Member().full_name, Member().initials) == ("", "")


def test_a_study_is_captioned_with_what_is_known_of_it() -> None:
    known = ImagingStudy(id="a", modality="CT", region="lumbar spine", performed_on=date(2026, 9, 1))
    assert known.caption == "CT lumbar spine 2026-09-01"
    assert ImagingStudy(id="b", region="lumbar spine").caption == "lumbar spine"


@pytest.mark.parametrize(
    "kind", [CaseStatus, DenialCategory, Decision, FactKind, FindingKind, LineOfBusiness, TreatmentKind]
)
def test_every_word_shown_to_a_reviewer_is_plain_and_its_own(kind: type[Enum]) -> None:
    labels = [str(getattr(member, "label", "")) for member in kind]
    assert all(label and "_" not in label for label in labels)
    assert len(set(labels)) == len(labels)


def test_abbreviations_keep_their_capitals() -> None:
    assert [FactKind.HBA1C.label, FactKind.BMI.label, FactKind.INFECTION_WORKUP.label] == [
        "HbA1c",
        "BMI",
        "Infection work-up",
    ]


def test_a_screen_refreshes_for_its_flags_and_its_case_only() -> None:
    changes = Changes(frozenset({ChangeFlag.CASE}), frozenset({"a"}))
    wanted = frozenset({ChangeFlag.CASE, ChangeFlag.LETTER})
    assert changes.touches(wanted, "a")
    assert changes.touches(wanted, None)
    assert not changes.touches(wanted, "b")
    assert not changes.touches(frozenset({ChangeFlag.LETTER}), "a")


def test_a_fixed_clock_stands_still_in_utc() -> None:
    clock = FixedClock(datetime(2026, 11, 22, 1, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == datetime(2026, 11, 21, 23, tzinfo=UTC)
    assert clock.today() == date(2026, 11, 21)


def test_the_machines_clock_gives_an_instant_with_a_zone_and_a_local_day() -> None:
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    local = datetime.now().astimezone().date()
    assert abs((clock.today() - local).days) <= 1


def _event(**more: object) -> AuditEvent:
    fields = {
        "sequence": 1,
        "at": datetime(2026, 11, 22, tzinfo=UTC),
        "actor": "R. Reviewer",
        "operation": "link-evidence",
        "previous_hash": GENESIS,
        "hash": "",
        **more,
    }
    return AuditEvent.model_validate(fields)


def test_no_two_different_events_give_the_same_bytes_to_hash() -> None:
    assert _event(label="a\n1:b").payload() != _event(label="a", detail_hash="1:b").payload()
    assert _event(actor="x\n1:y").payload() != _event(actor="x", operation="1:y").payload()
    assert _event().payload() == _event(hash="ff").payload()
