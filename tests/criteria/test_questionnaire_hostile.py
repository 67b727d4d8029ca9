"""Whatever stands in a file: it comes in with a report or is refused in three parts, and nothing else happens."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import UserFacingError
from desktop.rules.loader import load_set
from desktop.rules.questionnaire_export import questionnaire_of
from desktop.rules.questionnaire_json import MAX_BYTES, write_json
from desktop.services.questionnaire_file import ImportedQuestionnaire, import_questionnaire
from tests.criteria.sets import all_of, at_least, leaf, none_of, set_of, threshold, unless
from tests.shared_data import shared_file

FORM: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "title": "A form",
    "status": "draft",
    "extension": [
        {"url": "http://example.org/x", "valueExpression": {"language": "text/cql", "expression": "E"}}
    ],
    "effectivePeriod": {"start": "2026-01-01"},
    "useContext": [{"code": {"code": "focus"}, "valueCodeableConcept": {"coding": [{"code": "J44.9"}]}}],
    "contained": [
        {"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"concept": [{"code": "a"}]}]}}
    ],
    "item": [
        {"linkId": "0", "type": "display", "text": "Read me"},
        {
            "linkId": "1",
            "type": "group",
            "text": "Tests",
            "item": [
                {"linkId": "1.1", "type": "boolean", "text": "Tried?", "required": False, "repeats": True},
                {
                    "linkId": "1.2",
                    "type": "decimal",
                    "text": "Saturation <= 88 %",
                    "enableWhen": [{"question": "1.1", "operator": "=", "answerBoolean": True}],
                    "enableBehavior": "all",
                    "extension": [
                        {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0}
                    ],
                },
                {"linkId": "1.3", "type": "choice", "text": "Place", "answerValueSet": "#v"},
                {
                    "linkId": "1.4",
                    "type": "choice",
                    "answerOption": [{"valueCoding": {"code": "x"}, "initialSelected": True}],
                },
            ],
        },
    ],
}
OURS: dict[str, Any] = json.loads(
    write_json(
        questionnaire_of(
            set_of(
                all_of(
                    at_least(1, leaf("a", threshold=threshold(">=", "4", "mm")), leaf("b", per="level")),
                    unless(none_of(leaf("c", per="side")), leaf("d", within={"count": 6, "unit": "weeks"})),
                ),
                codes=("00000",),
                supersedes="an-earlier.set",
                effective_from="2026-01-01",
            )
        )
    )
)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        ["\0", "\ud800", "1.1", "group", "unless", "2026-99-01", "1e999999", "urn:indicated:criteria:rule"]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["item", "text", "url", "valueString"]), inner)
    ),
    max_leaves=6,
)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        found += paths(child, (*path, key))
    return found


def put(document: Any, path: tuple[Any, ...], value: Any, *, is_removed: bool) -> None:
    for key in path[:-1]:
        document = document[key]
    if is_removed:
        del document[path[-1]]
    else:
        document[path[-1]] = value


@st.composite
def mutated(draw: st.DrawFn, base: dict[str, Any]) -> dict[str, Any]:
    document = copy.deepcopy(base)
    for _ in range(draw(st.integers(1, 4))):
        there = paths(document)
        if not there:
            break
        path = draw(st.sampled_from(there))
        value = copy.deepcopy(draw(st.one_of(values, st.sampled_from([base["item"], base["item"][0]]))))
        put(document, path, value, is_removed=draw(st.booleans()))
    return document


def survives(data: bytes) -> ImportedQuestionnaire | None:
    """The import, or None for a refusal in three parts; anything else fails the test."""
    try:
        found = import_questionnaire(data)
    except UserFacingError as error:
        refused = error
    else:
        assert load_set(found.yaml_text, "again") == found.criteria_set
        assert found.report.text.encode("utf-8")
        return found
    assert all((refused.what, refused.safe, refused.todo))
    assert "Traceback" not in refused.what
    return None


@settings(max_examples=150, deadline=None)
@given(st.one_of(mutated(FORM), mutated(OURS)))
def test_a_form_with_anything_in_any_place_is_read_or_refused(document: dict[str, Any]) -> None:
    survives(json.dumps(document).encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_sample_with_anything_in_any_place_is_read_or_refused(data: st.DataObject) -> None:
    sample = json.loads(shared_file("data/fhir-questionnaire/home-oxygen-dtr.json").read_bytes())
    survives(json.dumps(data.draw(mutated(sample))).encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), values.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
    )
)
def test_any_bytes_and_any_json_are_refused_in_words(data: bytes) -> None:
    assert survives(data) is None


def refusal(data: bytes) -> str:
    with pytest.raises(UserFacingError) as error:
        import_questionnaire(data)
    assert error.value.safe == "Nothing was imported or changed."
    assert error.value.todo
    return error.value.what


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<Questionnaire/>", "XML"),
        (b"{", "not JSON"),
        (b"\xff\xfe{\x00", "not UTF-8"),
        (b"[]", "no JSON object"),
        (b'"Questionnaire"', "no JSON object"),
        (b'{"a": NaN}', "NaN"),
        (b"{}", "no FHIR resource"),
        (b'{"resourceType": ["Questionnaire"]}', "no FHIR resource"),
        (b'{"resourceType": "StructureMap"}', "a StructureMap, not a Questionnaire"),
        (b'{"resourceType": "QuestionnaireResponse", "item": [{}]}', "a QuestionnaireResponse"),
        (
            b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Questionnaire"}}]}',
            "It holds 1 of them",
        ),
        (b'{"resourceType": "Questionnaire"}', "has no items"),
        (b'{"resourceType": "Questionnaire", "item": "many"}', "has no items"),
        (b'{"resourceType": "Questionnaire", "group": {"question": []}}', "DSTU2"),
        (
            b'{"resourceType": "Questionnaire", "item": [{"type": "string", "text": "Last name"}]}',
            "who someone is",
        ),
        (
            b'{"resourceType": "Questionnaire", "item": [{"type": "group", "text": "Nothing"}]}',
            "can become a criterion",
        ),
    ],
)
def test_what_is_no_usable_questionnaire_is_refused_by_what_it_is(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_items_nested_ten_thousand_deep_are_refused_in_words() -> None:
    deep = (
        b'{"resourceType":"Questionnaire","item":['
        + b'{"type":"group","item":[' * 10_000
        + b"]}" * 10_000
        + b"]}"
    )
    assert "nested too deep" in refusal(deep)


def test_items_as_deep_as_json_can_be_read_are_dissolved() -> None:
    depth = 400
    deep = b'{"linkId":"q","type":"boolean","text":"Oxygen"}'
    for _ in range(depth):
        deep = b'{"type":"group","text":"G","item":[' + deep + b"]}"
    found = survives(b'{"resourceType":"Questionnaire","item":[' + deep + b"]}")
    assert found is not None
    assert [item.text for item in found.criteria_set.criteria()] == ["Oxygen"]


def test_a_file_of_a_hundred_megabytes_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 100_000_000)  # a hole: it takes no room on disk
    with pytest.raises(UserFacingError, match="larger than"):
        import_questionnaire(path)
    assert "larger than" in refusal(b" " * (MAX_BYTES + 1))


def test_a_set_too_large_for_a_criteria_file_is_refused_with_what_to_do() -> None:
    items = [{"linkId": str(n), "type": "boolean", "text": "x" * 900 + str(n)} for n in range(1_500)]
    with pytest.raises(UserFacingError, match="cannot be kept as one criteria set") as error:
        import_questionnaire(json.dumps({"resourceType": "Questionnaire", "item": items}).encode())
    assert "Split" in error.value.todo


def test_a_missing_file_and_an_impossible_name_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path, Path("a\0b")):
        with pytest.raises(UserFacingError):
            import_questionnaire(path)


def test_a_key_given_twice_keeps_the_first_and_says_so() -> None:
    data = b'{"resourceType":"Questionnaire","item":[{"type":"boolean","text":"Oxygen","text":"Hydrogen"}]}'
    found = survives(data)
    assert found is not None
    assert [item.text for item in found.criteria_set.criteria()] == ["Oxygen"]
    assert "“text” is given more than once" in found.report.text


def test_characters_that_cannot_be_stored_are_replaced_and_said() -> None:
    data = b'{"resourceType":"Questionnaire","item":[{"type":"boolean","text":"Oxy\\ud800gen\\u0000"}]}'
    found = survives(data)
    assert found is not None
    assert [item.text for item in found.criteria_set.criteria()] == ["Oxy\ufffdgen\ufffd"]
    assert "neither stored nor printed" in found.report.text


def test_fields_of_the_wrong_type_are_named() -> None:
    item = {
        "linkId": {"a": 1},
        "type": "boolean",
        "text": "Oxygen",
        "required": "S",
        "item": "x",
        "enableWhen": [1],
        "code": {"code": "a"},
    }
    found = survives(json.dumps({"resourceType": "Questionnaire", "item": [item]}).encode())
    assert found is not None
    told = found.report.items[0].sentence
    assert "`linkId` is no text" in told
    assert "`required` is “S”, which is neither true nor false" in told
    assert "`item` is “x”, which is no list" in told
    assert "Entries of its `enableWhen` that are no objects" in told
    assert "`code` is not a list" in told


def test_numbers_without_measure_are_words_and_nothing_more() -> None:
    data = (
        b'{"resourceType":"Questionnaire","item":[{"type":"decimal","text":"Saturation","linkId":1e999999,'
        b'"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueDecimal":'
        + b"9" * 5_000
        + b"}]}]}"
    )
    assert survives(data) is not None
