"""A foreign questionnaire as a checklist: what asks what must be so stays; the report says what became of the rest."""

from __future__ import annotations

import json

import pytest

from desktop.domain.criteria import Group, LicenceClass
from desktop.rules.questionnaire_report import Fate
from desktop.rules.schema import MAX_CRITERIA
from desktop.services.criteria_draft_text import from_yaml
from desktop.services.questionnaire_file import ImportedQuestionnaire, import_questionnaire
from tests.criteria.forms import imported, only, question, reported
from tests.shared_data import shared_file

SDC = "http://hl7.org/fhir/StructureDefinition/"


# ------------------------------------------------------------------------------------------------ the sample


@pytest.fixture
def oxygen() -> ImportedQuestionnaire:
    return import_questionnaire(shared_file("data/fhir-questionnaire/home-oxygen-dtr.json"))


def test_the_home_oxygen_form_becomes_a_checklist_a_reviewer_can_answer(
    oxygen: ImportedQuestionnaire,
) -> None:
    found = oxygen.criteria_set
    assert (found.title, found.publisher, found.edition) == (
        "Home Oxygen Therapy Order Template",
        "Da Vinci DTR",
        "2019-03-11",
    )
    assert found.licence is LicenceClass.USER
    assert [(leaf.id, leaf.text) for leaf in found.criteria()] == [
        ("name-of-favorite-pet", "Name of Favorite Pet is documented"),
        ("o2-saturation", "O2 Saturation is documented"),
        ("recieved-x-ray", "Recieved X-ray"),
        ("mile-time", "Mile Time is documented"),
        ("website", "Website is documented"),
        ("favorite-color", "Favorite Color is documented"),
        ("heartbeat", "Heartbeat is documented"),
        ("blood-pressure", "The document asked for is in the record: Blood Pressure"),
        ("he-is-havin-a-good-time", "The record answers: He is havin a good time?"),
    ]
    for leaf in found.criteria():
        assert (leaf.source.document, leaf.source.proof) == (found.title, "U")
        assert leaf.source.locator.startswith("Item ")
        assert leaf.closes_with
    colors = found.criterion("favorite-color")
    assert colors is not None
    assert "Answers that the form offers: Red; Blue; Green." in colors.note


def test_the_home_oxygen_report_says_what_was_dropped_and_why(oxygen: ImportedQuestionnaire) -> None:
    assert [entry.place for entry in oxygen.report.dropped] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
    assert all("who someone is" in entry.sentence for entry in oxygen.report.dropped)
    assert "`answerBoolean` “S”, which is neither true nor false" in reported(oxygen, "1.2").sentence
    text = oxygen.report.text
    assert "9 criteria in 3 groups; 0 items kept as notes; 6 items dropped." in text
    assert "todo/Library/home-oxygen-logic" in text
    assert "“PatientO2Saturation” (text/cql) is not run" in text
    assert "An answer that the form fills in beforehand was dropped" in reported(oxygen, "2.5").sentence
    assert "Its status is draft." in text
    every = {entry.place for entry in oxygen.report.items}
    assert every >= {"1", "1.7", "2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.6.1", "2.6.2", "2.6.3"}


def test_the_home_oxygen_text_opens_in_the_editor_without_loss(oxygen: ImportedQuestionnaire) -> None:
    assert from_yaml(oxygen.yaml_text).losses == ()


# ------------------------------------------------------------------------------------------------- questions


def test_a_yes_or_no_question_is_a_criterion_as_it_stands() -> None:
    assert only(imported(question("Oxygen was tried"))).text == "Oxygen was tried"
    asked = only(imported(question("does the patient smoke?")))
    assert (asked.text, asked.note) == ("Does the patient smoke?", "Met when the answer is yes.")
    options = [{"valueString": word} for word in ("Yes", "No", "Unknown")]
    assert (
        only(imported(question("Oxygen was tried", "choice", answerOption=options))).text
        == "Oxygen was tried"
    )


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Saturation <= 88 %", "<= 88 %"),
        ("Arterial PO2 at rest (≤ 55 mm Hg)", "<= 55 mm Hg"),
        ("Therapy lasted at least 6 weeks", ">= 6 weeks"),
        ("Is the BMI greater than or equal to 35.5 kg/m^2?", ">= 35.5 kg/m^2"),
        ("Hemoglobin A1c less than 8 %", "< 8 %"),
        ("PO2 56 to 59 mm Hg", ""),
        ("Saturation <= 88 % or PO2 <= 55 mm Hg", ""),
        ("Index > 0.9 or < 0.4", ""),
        ("Saturation at least 5", ""),
        ("Saturation", ""),
        ("Falls in more than 2 of the last 4 weeks", ""),
    ],
)
def test_only_a_comparison_that_the_words_state_is_a_threshold(text: str, caption: str) -> None:
    found = imported(question(text, "decimal"))
    threshold = only(found).threshold
    assert (threshold.caption if threshold else "") == caption
    assert ("state the threshold" in reported(found, "1").sentence) is bool(caption)


def test_a_unit_beside_the_question_completes_a_threshold_and_limits_of_entry_are_none() -> None:
    unit = {"url": f"{SDC}questionnaire-unit", "valueCoding": {"code": "%"}}
    low = {"url": f"{SDC}minValue", "valueInteger": 0}
    high = {"url": f"{SDC}maxValue", "valueInteger": 100}
    stated = only(imported(question("Saturation at most 88", "decimal", extension=[unit])))
    assert stated.threshold is not None
    assert stated.threshold.caption == "<= 88 %"
    found = imported(question("Saturation", "quantity", extension=[unit, low, high]))
    assert only(found).threshold is None
    assert only(found).note == "The form asks for a number in %. The form takes numbers from 0 to 100."
    assert "are no threshold" in reported(found, "1").sentence


@pytest.mark.parametrize(
    "kind", ["string", "text", "date", "dateTime", "time", "url", "reference", "open-choice"]
)
def test_an_open_question_asks_for_documentation(kind: str) -> None:
    assert only(imported(question("Qualifying test:", kind))).text == "Qualifying test is documented"
    assert only(imported(question("Describe the test", kind))).text == "The record answers: Describe the test"


def test_offered_answers_are_found_wherever_the_file_keeps_them() -> None:
    held = {
        "resourceType": "ValueSet",
        "id": "kinds",
        "compose": {"include": [{"concept": [{"code": "a", "display": "Home"}, {"code": "b"}]}]},
    }
    inside = imported(question("Place", "choice", answerValueSet="#kinds"), contained=[held])
    assert "Answers that the form offers: Home; b." in only(inside).note
    outside = imported(question("Place", "choice", answerValueSet="http://example.org/kinds"))
    assert "http://example.org/kinds" in only(outside).note
    older = imported(question("Place", "choice", option=[{"valueCoding": {"display": "Home"}}]))
    assert "Home" in only(older).note


def test_descriptors_of_procedure_codes_are_left_out() -> None:
    coding = {"system": "http://www.ama-assn.org/go/cpt", "code": "00000", "display": "Words of the owner"}
    found = imported(question("Service", "choice", answerOption=[{"valueCoding": coding}]))
    assert "Words of the owner" not in found.yaml_text + found.report.text
    assert "00000" in only(found).note
    assert "Descriptors" in reported(found, "1").sentence


def test_what_a_form_says_beside_a_question_is_in_the_note_or_the_report() -> None:
    media = {"url": "http://example.org/itemMedia", "valueUrl": "x"}
    hidden = {"url": f"{SDC}questionnaire-hidden", "valueBoolean": True}
    found = imported(
        question(
            "Oxygen",
            required=False,
            repeats=True,
            readOnly=True,
            initial=[{"valueBoolean": True}],
            extension=[media, hidden],
        )
    )
    note = only(found).note
    for words in ("several answers", "not insist", "by itself", "does not show"):
        assert words in note
    assert "fills in beforehand was dropped" in reported(found, "1").sentence
    assert "Not used: itemMedia." in reported(found, "1").sentence


def test_an_unknown_type_is_kept_and_named() -> None:
    found = imported(question("Signature", "signature"), {"linkId": "2", "text": "Untyped"})
    assert [leaf.text for leaf in found.criteria_set.criteria()] == [
        "Signature is documented",
        "Untyped is documented",
    ]
    assert "“signature”, which FHIR R4 does not have" in reported(found, "1").sentence
    assert "It has no type" in reported(found, "2").sentence


def test_an_attachment_asks_for_its_document() -> None:
    asked = only(imported(question("Sleep study report", "attachment")))
    assert asked.closes_with == "Sleep study report"


def test_a_question_without_words_takes_those_of_its_code_or_number() -> None:
    code = {"system": "http://loinc.org", "code": "0-0", "display": "Oxygen test"}
    found = imported(
        {"linkId": "7", "type": "boolean", "code": [code]},
        {"linkId": "8", "type": "boolean"},
        {"type": "boolean"},
    )
    assert [leaf.text for leaf in found.criteria_set.criteria()] == [
        "Oxygen test",
        "Item 8",
        "An item without words",
    ]
    assert "One item has no link id" in found.report.text


def test_a_code_without_words_leaves_the_question_to_the_next_code_or_its_number() -> None:
    named = {"display": "Oxygen test"}
    found = imported(
        {"linkId": "1", "type": "boolean", "code": [{"system": "http://loinc.org"}, named]},
        {"linkId": "2", "type": "boolean", "code": [{"system": "http://loinc.org"}]},
    )
    assert [leaf.text for leaf in found.criteria_set.criteria()] == ["Oxygen test", "Item 2"]


def test_a_text_too_long_for_a_criterion_is_cut_and_said() -> None:
    whole, long = "a" * 1_000, "b" * 1_001
    found = imported(question(whole), question(long, link="2"))
    assert [leaf.text for leaf in found.criteria_set.criteria()] == [f"A{'a' * 999}", f"B{'b' * 998}…"]
    assert "the first 1,000 were kept" not in reported(found, "1").sentence
    assert "Its text has 1,001 characters; the first 1,000 were kept" in reported(found, "2").sentence


def test_offered_quantities_are_listed_with_their_unit() -> None:
    values = [{"value": 2, "unit": "L/min"}, {"value": 4, "code": "L"}]
    options = [{"valueQuantity": value} for value in values]
    found = imported(question("Flow", "choice", answerOption=options))
    assert "Answers that the form offers: 2 L/min; 4 L." in only(found).note


# ------------------------------------------------------------------------------------------------- structure


def test_a_group_that_repeats_says_so_in_its_name() -> None:
    found = imported(question("Tests", "group", repeats=True, item=[question("Oxygen", link="1.1")]))
    (group,) = found.criteria_set.root.children
    assert isinstance(group, Group)
    assert group.text == "Tests (The form takes it several times)"


def test_a_lone_item_where_a_list_belongs_is_read_as_a_list_of_one() -> None:
    found = imported(question("Tests", "group", item=question("Oxygen", link="1.1")))
    assert only(found).text == "Oxygen"
    assert "Its `item` is not a list; it was read as a list of one." in reported(found, "1").sentence


def test_an_instruction_without_words_is_dropped_and_said() -> None:
    found = imported({"linkId": "0", "type": "display"}, question("Oxygen"))
    assert reported(found, "0").fate is Fate.DROPPED
    assert "It has no words" in reported(found, "0").sentence


def test_questions_under_a_question_stay_with_it() -> None:
    found = imported(question("Oxygen", item=[question("At night", link="1.1")]))
    (group,) = found.criteria_set.root.children
    assert isinstance(group, Group)
    assert [leaf.id for leaf in group.children] == ["oxygen", "at-night"]
    assert group.text == "Oxygen"


def test_instructions_stand_in_the_notes_of_the_set() -> None:
    found = imported(question("Fill in all", "display"), question("Oxygen", link="2"))
    assert found.criteria_set.notes.endswith("Fill in all")
    assert reported(found, "1").fate is Fate.NOTE


def test_link_ids_used_twice_make_two_criteria() -> None:
    found = imported(question("Oxygen"), question("Oxygen"))
    assert [leaf.id for leaf in found.criteria_set.criteria()] == ["oxygen", "oxygen-2"]
    assert "used more than once: 1." in found.report.text


def test_words_that_would_be_an_id_of_the_reader_get_another() -> None:
    found = imported(question("Unless 1"), question("Whole set", link="2"))
    assert [leaf.id for leaf in found.criteria_set.criteria()] == ["unless-1-asked", "whole-set-2"]


def test_what_a_set_has_no_room_for_is_dropped_and_said() -> None:
    found = imported(*(question(f"Q{n}", link=str(n)) for n in range(MAX_CRITERIA + 3)))
    assert sum(1 for _ in found.criteria_set.criteria()) == MAX_CRITERIA
    assert found.report.count(Fate.DROPPED) == 3
    assert "at most 2,000 criteria" in found.report.text


def test_groups_too_deep_for_a_criteria_file_are_dissolved_and_said() -> None:
    item = question("Deepest", link="q")
    for number in range(40):
        item = question(f"Group {number}", "group", f"g{number}", item=[item])
    found = imported(item)
    assert only(found).text == "Deepest"
    assert "too deep to stay a group" in found.report.text


def test_the_head_says_where_it_came_from() -> None:
    context = {
        "code": {"code": "focus"},
        "valueCodeableConcept": {
            "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "J44.9"}]
        },
    }
    found = imported(
        question("Oxygen"),
        url="http://example.org/q",
        version="2",
        publisher="A plan",
        identifier=[{"value": "OX-1"}],
        effectivePeriod={"start": "2026-01-01T00:00:00Z", "end": "2026-13-40"},
        useContext=[context],
        description="About\noxygen.",
        contained=[{"resourceType": "Library", "id": "lib"}],
    )
    head = found.criteria_set
    assert (head.document_number, head.edition, head.address) == ("OX-1", "2", "http://example.org/q")
    assert (str(head.effective_from), head.effective_to) == ("2026-01-01", None)
    assert head.diagnoses == ("J44.9",)
    assert head.notes.endswith("About\noxygen.")
    assert only(found).source.address == "http://example.org/q"
    assert "2026-13-40" in found.report.text
    assert "The contained Library lib was dropped." in found.report.text


def test_a_foreign_form_gets_an_id_that_is_not_taken() -> None:
    document = json.dumps({"resourceType": "Questionnaire", "item": [question("Oxygen")]}).encode()
    first = import_questionnaire(document)
    second = import_questionnaire(document, taken=[first.criteria_set.id])
    assert first.criteria_set.id == "not-stated.imported-questionnaire"
    assert second.criteria_set.id == "not-stated.imported-questionnaire-2"
    assert "It names no title" in first.report.text


def test_a_period_that_ends_before_it_begins_is_left_out_and_said() -> None:
    found = imported(question("Oxygen"), effectivePeriod={"start": "2026-02-01", "end": "2026-01-31"})
    assert (found.criteria_set.effective_from, found.criteria_set.effective_to) == (None, None)
    assert "ends on 2026-01-31 before it begins on 2026-02-01: left out." in found.report.text
    one_day = imported(question("Oxygen"), effectivePeriod={"start": "2026-02-01", "end": "2026-02-01"})
    assert str(one_day.criteria_set.effective_to) == "2026-02-01"


def test_notes_too_long_for_a_set_are_cut_and_said() -> None:
    found = imported(question("Oxygen"), description="a" * 9_000)
    assert len(found.criteria_set.notes) == 8_000
    assert found.criteria_set.notes.endswith("a…")
    assert "The notes were cut after 8,000 characters." in found.report.text


def test_what_the_head_names_and_no_set_can_keep_is_said() -> None:
    found = imported(
        question("Oxygen"),
        extension=[
            {"url": f"{SDC}cqf-library", "valueCanonical": "http://example.org/rules"},
            {"url": "http://example.org/theme", "valueString": "blue"},
            {"url": f"{SDC}variable", "valueExpression": {"language": "text/cql", "expression": "Age"}},
        ],
        derivedFrom=["http://example.org/base"],
    )
    told = found.report.text
    assert "Expressions of the whole form are not run: “Age” (text/cql)." in told
    assert "The library of rules that it names (http://example.org/rules) is neither read nor run." in told
    assert "Not used: theme." in told
    assert "What it is derived from was dropped" in told


def test_only_codes_of_procedures_and_diagnoses_are_taken_from_what_a_form_is_for() -> None:
    codings = [
        {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "J44.9"},
        {"system": "http://hl7.org/fhir/sid/icd-10-cm"},
        {"system": "http://snomed.info/sct", "code": "13645005"},
        {"system": "http://www.ama-assn.org/go/cpt", "code": "00000"},
    ]
    context = {"code": {"code": "focus"}, "valueCodeableConcept": {"coding": codings}}
    head = imported(question("Oxygen"), useContext=[context]).criteria_set
    assert (head.diagnoses, head.codes) == (("J44.9",), ("00000",))
