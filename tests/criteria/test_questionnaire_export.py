"""A criteria set as a FHIR R4 Questionnaire: it keeps the standard's rules, and comes back as the same set."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.domain.criteria import CriteriaSet, Group, LicenceClass, Polarity
from desktop.domain.errors import UserFacingError
from desktop.rules.loader import load_library, load_set
from desktop.rules.questionnaire_export import questionnaire_of, version_of
from desktop.rules.questionnaire_import import read_questionnaire
from desktop.rules.questionnaire_json import write_json
from desktop.rules.questionnaire_report import Fate
from desktop.rules.schema import MAX_CRITERIA
from desktop.services.criteria_draft import CriteriaDraft
from desktop.services.criteria_draft_ids import with_ids
from desktop.services.criteria_draft_text import to_yaml
from desktop.services.questionnaire_file import (
    ImportedQuestionnaire,
    import_questionnaire,
    questionnaire_text,
)
from tests.criteria.fhir_r4 import items_of, problems_of
from tests.criteria.forms import reported
from tests.criteria.sets import all_of, any_of, at_least, leaf, none_of, set_of, threshold, unless
from tests.services.draft_strategies import drafts

LIBRARY = load_library(Path(__file__).parents[2] / "criteria")


def exported(criteria_set: CriteriaSet) -> str:
    return questionnaire_text(criteria_set, with_user_text=True)


def as_json(criteria_set: CriteriaSet) -> dict[str, Any]:
    return json.loads(exported(criteria_set), parse_float=Decimal)


def bare(criteria_set: CriteriaSet) -> CriteriaSet:
    return criteria_set.model_copy(update={"content_hash": ""})


def item(document: dict[str, Any], link: str) -> dict[str, Any]:
    return next(found for found in items_of(document) if found["linkId"] == link)


def reread(document: dict[str, Any]) -> ImportedQuestionnaire:
    return import_questionnaire(json.dumps(document, default=str).encode())


@pytest.mark.parametrize("criteria_set", LIBRARY.sets, ids=lambda found: found.id)
def test_every_shipped_set_keeps_the_rules_of_fhir_and_comes_back_as_it_was(
    criteria_set: CriteriaSet,
) -> None:
    assert problems_of(as_json(criteria_set)) == []
    found = import_questionnaire(exported(criteria_set).encode())
    assert bare(found.criteria_set) == bare(criteria_set)
    assert found.report.is_ours
    assert not found.report.dropped
    assert not any(entry.said for entry in found.report.items)


# Now and then an unlucky seed draws many days that a criteria file does not take; they cost little.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(drafts())
def test_any_set_that_can_be_written_comes_back_as_it_was(draft: CriteriaDraft) -> None:
    # Periods that end before they begin, and names of the set itself, are refused by the language.
    criteria_set = load_set(to_yaml(with_ids(draft)), "drawn")
    assert problems_of(as_json(criteria_set)) == []
    text = exported(criteria_set)
    assert bare(read_questionnaire(text.encode()).criteria_set) == bare(criteria_set)
    found = import_questionnaire(text.encode())
    assert bare(found.criteria_set) == bare(criteria_set)
    assert exported(found.criteria_set).replace(found.criteria_set.content_hash, "") == text.replace(
        criteria_set.content_hash, ""
    )


def test_words_that_other_readers_show_say_rule_polarity_and_proof() -> None:
    criteria = (
        leaf(
            "a",
            polarity="absent",
            evidence_types=["lab_report"],
            within={"count": 6, "unit": "weeks"},
            note="N",
        ),
        at_least(1, leaf("b"), leaf("c")),
        none_of(any_of(leaf("d"))),
    )
    document = as_json(set_of(all_of(*criteria)))
    assert item(document, "a/explanation")["text"] == (
        "Must be absent. Proven by: lab report. Not older than 6 weeks on the day of the service. "
        "Closes with: A report. N"
    )
    headings = [found["text"] for found in items_of(document) if found["type"] == "group"]
    assert headings == [
        "All of these must hold",
        "At least 1 of these must hold",
        "This must not hold",
        "One of these is enough",
    ]
    assert [found.get("prefix") for found in items_of(document) if found["type"] == "choice"] == [
        "1",
        "2.1",
        "2.2",
        "3.1.1",
    ]


def test_only_what_every_way_needs_must_be_answered() -> None:
    tree = all_of(leaf("a"), any_of(leaf("b")), none_of(leaf("c")), unless(leaf("d"), leaf("e")))
    document = as_json(set_of(tree))
    required = [found["linkId"] for found in items_of(document) if found.get("required")]
    assert required == ["a", "c", "d"]


def test_a_threshold_asks_for_a_value_with_its_unit() -> None:
    document = as_json(set_of(leaf("a", threshold=threshold(">=", "4.50", "mm"))))
    amount = item(document, "a/amount")
    assert (amount["type"], amount["text"]) == (
        "quantity",
        "Value in mm (meets the criterion when >= 4.50 mm)",
    )
    assert [option["valueCoding"]["code"] for option in item(document, "a")["answerOption"]] == [
        "met",
        "not_met",
        "unclear",
        "not_documented",
        "not_applicable",
        "exception",
    ]


def test_a_very_small_threshold_comes_back_in_plain_digits() -> None:
    own = set_of(leaf("a", threshold=threshold(">", "0.0000001", "mm")), licence=LicenceClass.USER)
    (again,) = import_questionnaire(exported(own).encode()).criteria_set.criteria()
    assert again.threshold == threshold(">", "0.0000001", "mm")


def conditions(document: dict[str, Any], link: str) -> set[tuple[str, str]]:
    return {
        (entry["question"], entry.get("answerCoding", {}).get("code", "unanswered"))
        for entry in item(document, link).get("enableWhen", [])
    }


def test_exceptions_are_asked_when_the_rule_is_answered_otherwise_than_met_or_not_at_all() -> None:
    document = as_json(set_of(unless(leaf("a"), leaf("b"), any_of(leaf("c")))))
    wanted = {("a", word) for word in ("unanswered", "not_met", "unclear", "not_documented")}
    assert conditions(document, "b") == wanted
    assert conditions(document, "any-c") == wanted
    assert item(document, "b")["enableBehavior"] == "any"
    assert conditions(document, "b/waived-by") == {("b", "exception")}


def test_a_denied_or_counted_rule_turns_the_answers_that_let_exceptions_be_asked() -> None:
    denied = as_json(set_of(unless(none_of(leaf("a")), leaf("b"))))
    assert {word for _, word in conditions(denied, "b")} == {
        "unanswered",
        "met",
        "exception",
        "unclear",
        "not_documented",
    }
    counted = as_json(set_of(unless(at_least(2, leaf("a"), leaf("c")), leaf("b"))))
    assert ("c", "not_applicable") in conditions(counted, "b")


def test_exceptions_to_long_rules_and_to_rules_per_level_are_always_asked() -> None:
    long = as_json(set_of(unless(all_of(*(leaf(f"a{n}") for n in range(7))), leaf("b"))))
    per_level = as_json(set_of(unless(leaf("a", per="level"), leaf("b"))))
    assert not conditions(long, "b")
    assert not conditions(per_level, "b")


def test_a_criterion_per_level_or_side_repeats_with_its_place() -> None:
    document = as_json(set_of(all_of(leaf("a", per="level"), leaf("b", per="side"))))
    assert problems_of(document) == []
    assert item(document, "a/asked-per-place")["repeats"] is True
    assert item(document, "a/place")["type"] == "string"
    sides = [option["valueCoding"]["code"] for option in item(document, "b/place")["answerOption"]]
    assert sides == ["left", "right"]


def test_an_edition_in_words_is_a_version_that_can_be_referred_to() -> None:
    assert version_of("revision 12 | 2026 #3") == "revision-12-2026-3"
    document = as_json(set_of(leaf("a"), edition="revision 12, 2026"))
    assert document["version"] == "revision-12,-2026"
    assert import_questionnaire(json.dumps(document).encode()).criteria_set.edition == "revision 12, 2026"


@pytest.mark.parametrize("licence", [LicenceClass.USER, LicenceClass.LICENSED_REFERENCE])
def test_what_is_not_public_leaves_only_when_asked(licence: LicenceClass) -> None:
    own = set_of(leaf("a"), licence=licence)
    with pytest.raises(UserFacingError, match=licence.value) as refusal:
        questionnaire_text(own)
    assert refusal.value.safe == "Nothing was written."
    assert json.loads(questionnaire_text(own, with_user_text=True))["copyright"]


def test_no_code_leaves_with_a_descriptor() -> None:
    for criteria_set in LIBRARY.sets:
        for context in as_json(criteria_set).get("useContext", []):
            for coding in context["valueCodeableConcept"]["coding"]:
                assert set(coding) <= {"code", "system"}


def test_decimals_keep_every_digit() -> None:
    assert write_json({"a": [Decimal("0.10"), Decimal("1E-7"), 3, True, None, "é\n"]}) == (
        '{\n  "a": [\n    0.10,\n    0.0000001,\n    3,\n    true,\n    null,\n    "é\\n"\n  ]\n}\n'
    )


def test_a_file_of_ours_that_was_changed_elsewhere_says_what_was_changed() -> None:
    tree = all_of(
        at_least(2, leaf("a"), leaf("b", threshold=threshold(">", "1", "mm"), measure={"kind": "age"})),
        unless(leaf("c"), leaf("d")),
    )
    document = as_json(set_of(tree))
    group = item(document, "at-least-a-b")
    group["text"] = "Anatomy"
    next(entry for entry in group["extension"] if entry["url"].endswith(":count"))["valuePositiveInt"] = 9
    item(document, "b")["linkId"] = "a"
    item(document, "unless-c-d")["item"].pop()
    document["item"][0]["item"].append({"linkId": "x", "text": "Smokes", "type": "boolean"})
    found = import_questionnaire(json.dumps(document, default=str).encode())
    told = found.report.text
    assert "all 2 are asked for now" in told
    assert "they are its name now" in told
    assert "“a” is used already or is no id; it is `criterion-b` now" in told
    assert "takes no" not in told
    assert "The record gives `age` in years" in told
    assert "the rule stands alone" in told
    assert "x “Smokes” is now the criterion `smokes`" in told
    assert [leaf.id for leaf in found.criteria_set.criteria()] == ["a", "criterion-b", "c", "smokes"]
    counted = found.criteria_set.root.children[0]
    assert getattr(counted, "text", "") == "Anatomy"


def test_an_id_that_the_library_has_is_said_and_kept() -> None:
    public = LIBRARY.sets[0]
    found = import_questionnaire(exported(public).encode(), taken=[public.id])
    assert found.criteria_set.id == public.id
    told = " ".join(found.report.remarks)
    assert "already" in told
    assert "license class is public" in told
    assert found.report.count(Fate.DROPPED) == 0


def test_an_unchanged_import_says_so() -> None:
    own = set_of(leaf("a"), licence=LicenceClass.USER)
    assert "nothing was changed or dropped" in import_questionnaire(exported(own).encode()).report.text
    assert replace(import_questionnaire(exported(own).encode()).report, is_ours=False).text != ""


def test_the_questionnaire_names_what_it_customises_and_when_it_holds() -> None:
    own = set_of(leaf("a"), customises="a.base", effective_from="2026-01-01", retrieved_on="2026-02-02")
    document = questionnaire_of(own)
    assert document["derivedFrom"] == ["urn:indicated:criteria-set:a.base"]
    assert document["effectivePeriod"] == {"start": "2026-01-01"}
    assert document["lastReviewDate"] == "2026-02-02"


def test_a_rule_with_exceptions_is_headed_by_what_waives_it() -> None:
    document = as_json(set_of(unless(leaf("a"), leaf("b"))))
    assert document["item"][0]["text"] == "The first of these must hold, unless one of the others waives it"


def test_a_code_that_fhir_has_no_room_for_is_written_as_words_and_comes_back() -> None:
    own = set_of(leaf("a"), codes=("00000", "any  code"))
    document = as_json(own)
    concepts = [context["valueCodeableConcept"] for context in document["useContext"]]
    assert concepts == [{"coding": [{"code": "00000"}]}, {"text": "any  code"}]
    assert reread(document).criteria_set.codes == own.codes


def test_a_criterion_with_nothing_to_explain_has_no_explanation() -> None:
    links = [found["linkId"] for found in items_of(as_json(set_of(leaf("a", closes_with=""))))]
    assert "a/note" in links
    assert "a/explanation" not in links


# ----------------------------------------------------------------------------- files of ours, changed elsewhere


def test_a_set_that_customises_or_supersedes_itself_names_neither() -> None:
    document = as_json(set_of(leaf("a"), customises="a.base", supersedes="an-earlier.set"))
    own = next(entry for entry in document["extension"] if entry["url"].endswith(":id"))["valueString"]
    for entry in document["extension"]:
        if entry["url"].endswith(":customises"):
            entry["valueString"] = own
    found = reread(document)
    assert (found.criteria_set.customises, found.criteria_set.supersedes) == (None, "an-earlier.set")
    assert "`customises` names the set itself: left out." in found.report.text


def test_an_extension_of_ours_without_a_value_says_nothing() -> None:
    document = as_json(set_of(all_of(leaf("a", polarity="absent"))))
    for entry in item(document, "a")["extension"]:
        if entry["url"].endswith(":polarity"):
            del entry["valueString"]
    (again,) = reread(document).criteria_set.criteria()
    assert again.polarity is Polarity.PRESENT


def test_a_criterion_of_ours_that_lost_its_words_takes_its_number() -> None:
    document = as_json(set_of(all_of(leaf("a"), leaf("b"))))
    del item(document, "b")["text"]
    found = reread(document)
    assert [leaf.text for leaf in found.criteria_set.criteria()] == ["Criterion a", "Item 2"]
    assert "It has no text; its number stands for it." in reported(found, "b").sentence


def test_a_group_of_ours_that_lost_all_its_criteria_is_dropped_and_said() -> None:
    document = as_json(set_of(all_of(leaf("a"), any_of(leaf("b")))))
    item(document, "any-b")["item"] = []
    found = reread(document)
    assert reported(found, "any-b").fate is Fate.DROPPED
    assert "Nothing in it is a criterion" in reported(found, "any-b").sentence
    assert [child.id for child in found.criteria_set.root.children] == ["a"]


def test_a_file_of_ours_that_lost_all_its_criteria_is_refused() -> None:
    document = as_json(set_of(leaf("a")))
    document["item"][0]["item"] = []
    with pytest.raises(UserFacingError, match="Nothing in the questionnaire can become a criterion"):
        reread(document)


def test_a_denial_of_several_denies_each_of_them() -> None:
    document = as_json(set_of(all_of(none_of(leaf("a")), leaf("b"))))
    denied = item(document, "not-a")
    denied["item"].append({"linkId": "x", "text": "Smokes", "type": "boolean"})
    found = reread(document)
    rule = found.criteria_set.root.children[0]
    assert isinstance(rule, Group)
    (either,) = rule.children
    assert isinstance(either, Group)
    assert (rule.kind, either.kind, [child.id for child in either.children]) == (
        "not",
        "any",
        ["a", "smokes"],
    )
    assert "one group of which none may hold" in reported(found, "not-a").sentence


def test_criteria_of_ours_beyond_what_a_set_holds_are_dropped_and_said() -> None:
    document = as_json(set_of(all_of(leaf("a"))))
    root = document["item"][0]
    (first,) = root["item"]
    root["item"] = [{**first, "linkId": f"c{number}", "item": []} for number in range(MAX_CRITERIA + 1)]
    found = reread(document)
    assert sum(1 for _ in found.criteria_set.criteria()) == MAX_CRITERIA
    assert reported(found, f"c{MAX_CRITERIA}").fate is Fate.DROPPED
    assert reported(found, f"c{MAX_CRITERIA - 1}").fate is Fate.CRITERION
