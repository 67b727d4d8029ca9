"""What an issued letter rests on and the record says otherwise is named, field by field, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.assessment import Amount, AssessmentState
from desktop.domain.case import Case
from desktop.domain.clinical import Assertion
from desktop.domain.letter import Letter
from desktop.domain.value import Value
from desktop.letters.changed_since import changed_since
from desktop.letters.composing.letter import compose_letter
from desktop.letters.evidence_map import EvidenceMap, evidence_map
from desktop.letters.inputs import LetterInputs
from desktop.letters.references.library import ReferenceLibrary
from tests.unit.letters.fixtures import ANSWERS, CASE, inputs_for


@lru_cache(maxsize=1)
def issued() -> tuple[Letter, EvidenceMap]:
    inputs = inputs_for()
    letter = Letter(id="l", content=compose_letter(inputs))
    return letter, evidence_map(letter, inputs)


def since(inputs: LetterInputs) -> tuple[str, ...]:
    letter, then = issued()
    today = letter.model_copy(update={"content": compose_letter(inputs)})
    return changed_since(then, evidence_map(letter, inputs), evidence_map(today, inputs))


def with_case(case: Case) -> LetterInputs:
    return replace(inputs_for(), case=case)


def put(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    """The value with one field below it changed; places in a list are numbers."""
    head, rest = path[0], path[1:]
    if isinstance(head, int):
        return (*value[:head], put(value[head], rest, new), *value[head + 1 :])
    return value.model_copy(update={head: put(getattr(value, head), rest, new) if rest else new})


def leaves(value: Value, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], object]]:
    found: list[tuple[tuple[str | int, ...], object]] = []
    for name in type(value).model_fields:
        item = getattr(value, name)
        if isinstance(item, Value):
            found += leaves(item, (*path, name))
        elif isinstance(item, tuple) and item and isinstance(item[0], Value):
            for place, below in enumerate(item):
                found += leaves(below, (*path, name, place))
        elif name not in {"id", "document_id", "text", "page_starts", "level"}:
            found.append(((*path, name), item))
    return found


def other(value: object) -> object:
    if isinstance(value, str) and value:
        return f"{value} otherwise"
    if isinstance(value, date):
        return value - timedelta(days=1)
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return value + 1
    return None


CHANGED = [(path, new) for path, value in leaves(CASE) if (new := other(value)) is not None]


def test_nothing_is_named_while_the_record_says_the_same() -> None:
    assert since(inputs_for()) == ()


@pytest.mark.parametrize(
    ("path", "new", "said"),
    [
        (
            ("denial", "reference_number"),
            "R-2026-89",
            "Denial, reference number: was “R-2026-88” and is now “R-2026-89” (in: RE: ",
        ),
        (
            ("denial", "appeal_fax"),
            "",
            "Denial, appeal fax: was “555-0100” and is now not recorded (in: Date).",
        ),
        (
            ("denial", "appeal_portal"),
            "portal.example",
            "",  # nothing was said of a portal, so nothing that was said has changed
        ),
        (
            ("treatments", 0, "visits"),
            9,
            "Treatment “Physical therapy”, visits: was “12” and is now “9” (in: ",
        ),
        (("treatments", 0, "outcome"), "", "outcome: was “No lasting relief” and is now not recorded (in: "),
        (
            ("imaging", 0, "findings", 0, "assertion"),
            Assertion.UNCERTAIN,
            "finding “Screw loosening at S1”, assertion: was “affirmed” and is now “uncertain” (in: ",
        ),
        (("history", "narrative"), "Otherwise.", "History, narrative: was “Back pain returned after"),
        (("service_lines", 1, "code"), "63030", "Service line “Decompression”, code: was “63047” and is now"),
        (("documents", 0, "title"), "Other", "title: was "),
        (
            ("providers", 0, "npi"),
            "",
            "Provider “Dana Sample”, NPI: was “1234567893” and is now not recorded",
        ),
        (("status",), CASE.status, ""),
    ],
)
def test_a_changed_field_is_named_with_both_values_and_where_it_stands(
    path: tuple[str | int, ...], new: object, said: str
) -> None:
    found = since(with_case(put(CASE, path, new)))
    if said:
        assert [item for item in found if said in item]
    else:
        assert found == ()


def test_a_long_text_that_changed_at_its_end_is_named_though_its_beginning_is_the_same() -> None:
    story = "Back pain returned after the fusion. " * 9
    before = with_case(put(CASE, ("history", "narrative"), story))
    letter = Letter(id="l", content=compose_letter(before))
    after = with_case(put(CASE, ("history", "narrative"), f"{story}He walks."))
    today = letter.model_copy(update={"content": compose_letter(after)})
    then = evidence_map(letter, before)
    assert changed_since(then, evidence_map(letter, after), evidence_map(today, after)) == (
        "History, narrative: the text is no longer the same (in: Clinical history).",
    )


def test_a_removed_treatment_is_named_by_its_fields() -> None:
    found = since(with_case(CASE.model_copy(update={"treatments": CASE.treatments[1:]})))
    assert [
        item
        for item in found
        if "Treatment “Physical therapy”, visits: was “12” and is now not recorded" in item
    ]


def test_an_answer_that_was_changed_is_named_by_state_note_and_value() -> None:
    first, second, *others = ANSWERS
    noted = first.model_copy(update={"note": "Otherwise.", "state": AssessmentState.UNCLEAR})
    measured = second.model_copy(update={"amount": Amount(value=Decimal(15), unit="months")})
    found = since(inputs_for(answers=(noted, measured, *others), is_signed=False))
    assert found[0] == "The determination was superseded or changed since."
    assert [item for item in found if "”: was “not met” and is now “not established” (in: " in item]
    assert [item for item in found if "”, note: was “No scoliosis.” and is now “Otherwise.” (in: " in item]
    assert [
        item for item in found if "”, value: was “14 months (needs >= 12 months)” and is now “15 " in item
    ]


def test_a_source_that_left_the_library_is_named() -> None:
    found = since(replace(inputs_for(), references=ReferenceLibrary(())))
    assert [item for item in found if item.startswith("The source “") and "no longer in the library" in item]


def test_a_map_without_fields_says_that_they_cannot_be_told() -> None:
    letter, then = issued()
    older = then.model_copy(update={"fields": ()})
    assert changed_since(older, then, then) == (
        "Which fields have changed cannot be told: an older program issued this letter and kept none.",
    )
    assert letter.content.blocks


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(CHANGED))
def test_whatever_field_changes_a_composed_sentence_is_named(
    change: tuple[tuple[str | int, ...], object],
) -> None:
    path, new = change
    inputs = with_case(put(CASE, path, new))
    _, then = issued()
    said = {item.text for block in then.blocks for item in block.sentences}
    fresh = evidence_map(Letter(id="l", content=compose_letter(inputs)), inputs)
    now = {item.text for block in fresh.blocks for item in block.sentences}
    if said - now:
        assert since(inputs)
