"""What a foreign form asks of a person's identity, and under which conditions: dropped or kept in words, and said."""

from __future__ import annotations

import pytest

from desktop.domain.criteria import Group
from desktop.rules.questionnaire_identity import asks_identity
from desktop.rules.questionnaire_report import Fate
from tests.criteria.forms import imported, only, question, reported


@pytest.mark.parametrize(
    "text",
    [
        "Patient's last name",
        "DOB",
        "Date of Birth:",
        "Medicare ID",
        "Member #",
        "NPI",
        "Home phone number",
        "ZIP code",
        "Ordering physician name",
    ],
)
def test_what_asks_who_someone_is_is_no_criterion(text: str) -> None:
    found = imported(question("Oxygen"), question(text, "string", "2"))
    assert reported(found, "2").fate is Fate.DROPPED
    assert only(found).text == "Oxygen"


@pytest.mark.parametrize(
    "text",
    [
        "Name of the drug",
        "Age",
        "Date of the test",
        "Patient weight",
        "State of consciousness",
        "Signature of the physician",
        "Blood group",
    ],
)
def test_what_asks_of_the_illness_is_not_taken_for_identity(text: str) -> None:
    assert not asks_identity(text)


def test_a_group_of_which_nothing_is_left_goes_too() -> None:
    found = imported(
        question("Patient", "group", "1", item=[question("Sex", "choice", "1.1")]),
        question("Oxygen", link="2"),
    )
    assert reported(found, "1").fate is Fate.DROPPED
    assert [child.id for child in found.criteria_set.root.children] == ["oxygen"]


def test_a_condition_is_kept_in_words_and_skips_nothing() -> None:
    first = {"question": "1", "operator": "=", "answerBoolean": True}
    second = {"question": "2", "operator": "<=", "answerQuantity": {"value": 88, "unit": "%"}}
    found = imported(
        question("Mobile"),
        question("Saturation", "quantity", "2"),
        question("Distance", "string", "3", enableWhen=[first, second], enableBehavior="any"),
        question(
            "Rest",
            "group",
            "4",
            item=[question("Sleeps", link="4.1")],
            enableWhen=[{**first, "operator": "exists"}],
        ),
    )
    asked = found.criteria_set.criterion("distance")
    assert asked is not None
    assert "asks it only when “Mobile” is yes or “Saturation” is at most “88 %”" in asked.note
    assert "nothing is skipped" in reported(found, "3").sentence
    rest = found.criteria_set.root.children[3]
    assert isinstance(rest, Group)
    assert rest.text == "Rest (The form asks it only when “Mobile” is answered)"


def test_conditions_that_cannot_be_are_named() -> None:
    found = imported(
        question("A", link="a", enableWhen=[{"question": "b", "operator": "=", "answerBoolean": "S"}]),
        question("B", link="b", enableWhen=[{"question": "a", "operator": "~", "answerString": "x"}]),
        question(
            "C",
            link="c",
            enableWhen=[{"question": "zz", "operator": "="}, {"question": "a", "operator": "="}],
        ),
        question("D", link="d", enableWhen="never"),
        question("E", link="e", enableWhen=[{"question": "e", "operator": "exists", "answerBoolean": True}]),
    )
    assert "wait for one another in a circle: a, b, e" in found.report.text
    assert "neither true nor false" in reported(found, "a").sentence
    assert "“~”, which is no comparison" in reported(found, "b").sentence
    assert "item zz, which is not in the file" in reported(found, "c").sentence
    assert "names no answer" in reported(found, "c").sentence
    assert "whether all of its conditions must be so, or one" in reported(found, "c").sentence
    assert "not one and was dropped" in reported(found, "d").sentence


def test_a_long_chain_of_conditions_is_no_circle() -> None:
    chain = [
        question(
            f"Q{n}",
            link=str(n),
            enableWhen=[{"question": str(n + 1), "operator": "exists", "answerBoolean": True}],
        )
        for n in range(1_500)
    ]
    assert "circle" not in imported(*chain, question("Q1500", link="1500")).report.text


def test_a_condition_on_a_coded_answer_names_it_by_its_words_its_code_or_what_it_refers_to() -> None:
    answers = [
        {"answerCoding": {"code": "h", "display": "Home"}},
        {"answerCoding": {"code": "h"}},
        {"answerReference": {"reference": "Location/1"}},
    ]
    waiting = [{"question": "1", "operator": "=", **found} for found in answers]
    found = imported(
        question("Place", "choice"), question("Mobile", link="2", enableWhen=waiting, enableBehavior="any")
    )
    mobile = found.criteria_set.criterion("mobile")
    assert mobile is not None
    assert "“Place” is “Home” or “Place” is “h” or “Place” is “Location/1”" in mobile.note


def test_a_condition_in_the_spelling_of_the_version_before_is_kept_in_words() -> None:
    found = imported(
        question("Oxygen"),
        question("Hours", link="2", enableWhen=[{"question": "1", "hasAnswer": False}]),
        question("Place", link="3", enableWhen=[{"question": "1", "answerString": "at night"}]),
    )
    notes = [leaf.note for leaf in found.criteria_set.criteria()]
    assert notes[1] == "The form asks it only when “Oxygen” is not answered."
    assert notes[2] == "The form asks it only when “Oxygen” is “at night”."
    assert "no comparison" not in found.report.text
