"""What of a record has one owner is found under that owner, and nothing else is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.clinical import FunctionScore
from desktop.domain.determination import Decision, LineDetermination
from desktop.domain.document import Document, DocumentKind
from desktop.domain.member import Provider, ProviderRole
from desktop.letters.checking.owners import Owned, digits_of
from tests.unit.letters.fixtures import CASE, DOCUMENTS, LINES, inputs_for

FACILITY = Provider(
    id="facility",
    role=ProviderRole.FACILITY,
    name="Sample Hospital",
    organization="Sample Hospital",
    phone="555-0109",
)
NOTE = Document(
    id="pain",
    kind=DocumentKind.CLINIC_NOTE,
    title="Pain visit",
    dated_on=date(2026, 9, 22),
    author="Corwin Abel, DO",
    text="Back to Dr. Sample on 10/06/2026. The injection of 08/11/2026 helped.",
)


SECOND_NOTICE = Document(
    id="again",
    kind=DocumentKind.DENIAL_LETTER,
    title="Second notice",
    dated_on=date(2026, 11, 3),
    text="The hospital was told on 11/01/2026.",
)


@pytest.fixture(scope="module")
def owned() -> Owned:
    """What has an owner in the small case, with a hospital, a visit and a planned day more."""
    scores = (
        *CASE.scores,
        FunctionScore(
            id="s-2", instrument="ODI", value=Decimal("44.0"), unit="%", scored_on=date(2026, 10, 2)
        ),
        FunctionScore(
            id="s-3", instrument="NRS back pain", value=Decimal(8), unit="/10", scored_on=date(2026, 10, 2)
        ),
        FunctionScore(
            id="s-4", instrument="Grip strength", value=Decimal(30), unit="kg", scored_on=date(2026, 10, 2)
        ),
        FunctionScore(id="s-5", instrument="ODI", value=Decimal(30), unit="%"),
    )
    first, second = CASE.service_lines
    lines = (first.model_copy(update={"service_on": date(2026, 12, 15)}), second)
    denial = CASE.denial.model_copy(update={"peer_to_peer_phone": "555-0110"})
    changed = {
        "providers": (*CASE.providers, FACILITY),
        "scores": scores,
        "service_lines": lines,
        "documents": (*DOCUMENTS, NOTE, SECOND_NOTICE),
        "denial": denial,
    }
    return Owned.of(inputs_for(CASE.model_copy(update=changed)))


def test_the_members_day_of_birth_and_the_days_of_notices(owned: Owned) -> None:
    assert owned.born == "1962-03-09"
    assert owned.notices == ("2026-11-02", "2026-11-03")


def test_each_number_belongs_to_a_person_and_to_where_they_work_or_to_the_plan(owned: Owned) -> None:
    assert owned.numbers["5550101"] == "dana sample|sample spine practice"
    assert owned.numbers["5550109"] == "sample hospital"
    assert owned.numbers["5550100"] == owned.numbers["5550110"] == "northfield health plan"
    assert owned.of_owner["dana sample", "fax"] == "555-0102"
    assert owned.of_owner["sample spine practice", "tel"] == "555-0101"
    assert owned.of_owner["northfield health plan", "fax"] == "555-0100"
    assert owned.of_owner["northfield health plan", "tel"] == "555-0110"
    assert owned.author == "dana sample"


def test_a_person_owns_the_days_of_their_papers_and_those_named_beside_them(owned: Owned) -> None:
    assert owned.days_of["abel"] == {"2026-09-22", "2026-10-06", "2026-08-11"}
    assert owned.days_of["sample"] == {"2026-10-06"}
    assert "hospital" not in owned.days_of


def test_scores_are_found_by_part_unit_and_day(owned: Owned) -> None:
    assert owned.scores == {
        ("#odi", "%", "2026-10-02"): frozenset({"58", "44"}),
        ("#back", "/10", "2026-10-02"): frozenset({"8"}),
    }


def test_an_operation_and_what_is_planned_own_their_levels(owned: Owned) -> None:
    assert owned.operations == {"2025-09-10": "L3-S1"}
    assert owned.planned == {"2026-12-15": frozenset({"L3-L4", "L4-L5", "L5-S1"})}


def test_codes_are_refused_only_beside_others_that_are_asked_for(owned: Owned) -> None:
    assert owned.refused_codes == {"63047"}
    none = [line.model_copy(update={"decision": Decision.CANNOT_DETERMINE, "levels": ()}) for line in LINES]
    assert Owned.of(inputs_for(lines=none)).refused_codes == frozenset()
    assert isinstance(none[0], LineDetermination)


def test_a_record_without_anything_owns_nothing() -> None:
    bare = CASE.model_copy(update={"providers": (), "scores": (), "documents": (), "service_lines": ()})
    found = Owned.of(inputs_for(bare, answers=(), links=()))
    assert (found.author, found.days_of, found.scores, found.planned) == ("", {}, {}, {})
    assert digits_of("614-555-0188 ext.") == "6145550188"
