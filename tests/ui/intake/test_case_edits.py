"""Edits by path: they change what they name, and only that, on whatever the case has become."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.domain.clinical import Finding
from desktop.domain.member import Provider
from desktop.ui.intake.case_edits import AddItem, RemoveItem, SetField, apply_edits, is_blank, value_at
from desktop.ui.intake.field_specs import FieldKind, FieldSpec, ListSpec, SectionSpec
from desktop.ui.intake.sections import SECTIONS
from tests.ui.intake.sample import sample_case


def test_an_edit_changes_its_field_and_nothing_else() -> None:
    before = sample_case()
    after = apply_edits(before, [SetField(("imaging", "i1", "findings", "n2", "label"), "as typed")])
    assert value_at(after, ("imaging", "i1", "findings", "n2", "label")) == "as typed"
    assert apply_edits(after, [SetField(("imaging", "i1", "findings", "n2", "label"), "")]) == before


def test_edits_of_two_people_in_one_section_both_stay() -> None:
    elsewhere = apply_edits(sample_case(), [SetField(("member", "member_id"), "NEW-9")])
    both = apply_edits(elsewhere, [SetField(("member", "family_name"), "Changed")])
    assert (both.member.member_id, both.member.family_name) == ("NEW-9", "Changed")


def test_an_edit_of_an_item_that_is_gone_is_left_out() -> None:
    case = apply_edits(sample_case(), [RemoveItem(("providers", "p1"))])
    assert apply_edits(case, [SetField(("providers", "p1", "name"), "Ghost")]) == case


def test_items_are_added_at_the_end_and_removed_by_id() -> None:
    case = apply_edits(
        sample_case(),
        [
            AddItem(("imaging", "i1", "findings"), Finding(id="n9")),
            RemoveItem(("imaging", "i1", "findings", "n1")),
            AddItem(("providers",), Provider(id="p2")),
        ],
    )
    assert [finding.id for finding in case.imaging[0].findings] == ["n2", "n3", "n9"]
    assert [provider.id for provider in case.providers] == ["p1", "p2"]


def test_a_value_that_the_domain_refuses_is_refused() -> None:
    with pytest.raises(ValueError, match="units"):
        apply_edits(sample_case(), [SetField(("service_lines", "l1", "units"), 0)])


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40))
def test_any_text_arrives_unchanged(text: str) -> None:
    case = apply_edits(sample_case(), [SetField(("history", "facts", "f1", "text"), text)])
    assert case.history.facts[0].text == text


def _every_field() -> list[tuple[type[Any], FieldSpec]]:
    found: list[tuple[type[Any], FieldSpec]] = []

    def walk(owner: type[Any], lists: tuple[ListSpec, ...]) -> None:
        for spec in lists:
            item = type(spec.make())
            found.extend((item, field) for field in spec.fields)
            walk(item, spec.lists)

    for section in SECTIONS:
        value = getattr(sample_case(), section.root)
        if section.root == "review_question":
            found.append((Case, section.fields[0]))
            continue
        found.extend((type(value), field) for field in section.fields)
        walk(type(value), section.lists)
    return found


@pytest.mark.parametrize(("owner", "field"), _every_field(), ids=lambda item: getattr(item, "name", None))
def test_every_field_of_the_form_exists_in_the_domain(owner: type[Any], field: FieldSpec) -> None:
    assert field.name in owner.model_fields
    if field.kind is FieldKind.CHOICE:
        assert {type(value) for value, _ in field.choices} == {owner.model_fields[field.name].annotation}


def test_the_form_asks_for_everything_a_case_can_hold() -> None:
    asked = {(owner, field.name) for owner, field in _every_field()}
    kept_elsewhere = {
        "id",
        "criteria_set_ids",
        "reasons",
        "prior_surgeries",
        "facts",
        "findings",
        "measurements",
    }
    of_documents = {"origin", "text", "page_starts"}
    for owner in {owner for owner, _ in asked if owner is not Case}:
        missing = set(owner.model_fields) - {name for kind, name in asked if kind is owner} - kept_elsewhere
        assert missing <= (of_documents if owner.__name__ == "Document" else set()), owner.__name__


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_a_section_is_blank_until_something_is_typed_into_it(section: SectionSpec) -> None:
    empty = Case(id="c1")
    assert is_blank(value_at(empty, (section.root,)))
    for spec in section.lists:
        path = (section.root,) if spec.name == section.root else (section.root, spec.name)
        added = apply_edits(empty, [AddItem(path, spec.make())])
        # An item of a section that is one list says nothing yet; beside fields it is already something.
        assert is_blank(value_at(added, (section.root,))) is (path == (section.root,))
    assert not is_blank(value_at(sample_case(), (section.root,)))
