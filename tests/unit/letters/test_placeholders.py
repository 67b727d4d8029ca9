"""A closed table of fields fills the words of a house: once, from left to right, and nothing else is ever read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.domain.member import Member
from desktop.letters.inputs import LetterInputs
from desktop.letters.placeholders import FIELDS, fill, nearest, unknown_in
from desktop.settings.paths import resources_dir
from tests.unit.letters.fixtures import CASE, EMPTY_CASE, inputs_for

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("{}\\@[]%$<>&;.()_"),
        st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"),
    ),
    max_size=60,
)


def named(given_name: str, family_name: str = "") -> LetterInputs:
    member = Member(given_name=given_name, family_name=family_name)
    return inputs_for(CASE.model_copy(update={"member": member}))


def bare(case: Case = EMPTY_CASE) -> LetterInputs:
    return inputs_for(case, answers=(), links=(), lines=(), is_signed=False)


def test_a_field_is_put_in_and_says_where_it_came_from() -> None:
    filled = fill("On {{member.name}} ({{ member.id }}).", inputs_for())
    assert filled.text == "On Morgan Example (NHP-555-0142)."
    assert [origin.ref for origin in filled.provenance] == ["member", "member.member_id"]
    assert filled.unknown == ()
    assert filled.empty == ()


def test_a_field_without_a_value_says_so_and_is_named() -> None:
    filled = fill("Group {{member.group}}.", bare())
    assert filled.text == "Group not recorded."
    assert filled.empty == ("member.group",)


@pytest.mark.parametrize("path", FIELDS)
def test_every_field_reads_from_a_full_case_and_from_an_empty_one(path: str) -> None:
    for inputs in (inputs_for(), bare()):
        filled = fill(f"{{{{{path}}}}}", inputs)
        assert filled.unknown == ()
        assert filled.text.strip()


@pytest.mark.parametrize(
    "typed",
    [
        "{{membr.name}}",
        "{{member.name.__class__}}",
        "{{member}}",
        "{{}}",
        "{{ }}",
        "{{member.full_name}}",
        "{{i.case.member}}",
        "{{'a'}}",
        "{{MEMBER.NAME}}",
    ],
)
def test_what_is_no_field_stays_as_typed_and_is_named(typed: str) -> None:
    filled = fill(f"a {typed} b", inputs_for())
    assert filled.text == f"a {typed} b"
    assert filled.unknown == (typed.strip("{}").strip(),)
    assert filled.provenance == ()


def test_braces_do_not_nest_and_a_backslash_prints_them() -> None:
    inputs = inputs_for()
    assert fill("{{{{member.name}}}}", inputs).text == "{{Morgan Example}}"
    assert fill("{{member.{{name}}}}", inputs).unknown == ("name",)
    assert fill("\\{{member.name}}", inputs).text == "{{member.name}}"


def test_the_record_is_never_read_as_a_placeholder() -> None:
    inputs = named("{{member.id}}", "\\{{x")
    assert fill("{{member.name}}.", inputs).text == "{{member.id}} \\{{x."


def test_the_record_is_never_read_as_a_citation() -> None:
    assert fill("{{member.name}}", named("[@29cfr-2560-503-1]")).text == "\\[@29cfr-2560-503-1]"


@given(text=HOSTILE)
def test_text_without_a_field_comes_out_as_it_went_in(text: str) -> None:
    filled = fill(text, inputs_for())
    if "{{" not in text:
        assert filled.text == text
    assert not filled.provenance or any(f"{{{{{path}" in text.replace(" ", "") for path in FIELDS)


@given(name=HOSTILE, before=HOSTILE, after=HOSTILE)
def test_hostile_values_stand_in_the_text_exactly_once(name: str, before: str, after: str) -> None:
    before, after = before.replace("{", "("), after.replace("{", "(").replace("}", ")")
    before = before.replace("\\", "/")
    inputs = named(name)
    value = inputs.case.member.full_name
    filled = fill(f"{before}{{{{member.name}}}}{after}", inputs)
    shown = value.replace("[@", "\\[@") if value else "not recorded"
    assert filled.text == f"{before}{shown}{after}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("membr.name", "member.name"), ("Member.Name", "member.name"), ("denial.refrence", "denial.reference")],
)
def test_the_nearest_field_is_named_for_a_misspelt_one(typed: str, meant: str) -> None:
    assert nearest(typed) == meant
    assert unknown_in(f"{{{{{typed}}}}} and {{{{member.id}}}}") == (typed,)


def test_nothing_is_near_to_nonsense() -> None:
    assert nearest("xyzzy") == ""


def test_the_read_me_of_the_templates_names_every_field() -> None:
    said = Path(resources_dir() / "templates" / "README.md").read_text("utf-8")
    assert [path for path in FIELDS if f"`{{{{{path}}}}}`" not in said] == []
