"""A filled review as a FHIR R4 QuestionnaireResponse: every answer where the questionnaire asks it, nobody named."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.assessment import AssessmentKey, AssessmentState, Stance
from desktop.domain.criteria import CriteriaSet, Group, Scope
from desktop.domain.document import Document, span_of
from desktop.domain.service_line import ServiceLine
from desktop.rules.loader import load_library
from desktop.rules.questionnaire_export import questionnaire_of
from desktop.rules.questionnaire_json import write_json
from desktop.rules.questionnaire_response import Response, response_of
from desktop.rules.set_cases import laterality_of
from tests.criteria.fhir_r4 import items_of, response_problems
from tests.criteria.sets import (
    all_of,
    amount,
    answer,
    any_of,
    by_key,
    leaf,
    link,
    links_to,
    none_of,
    set_of,
    threshold,
    unless,
)
from tests.criteria.trees import trees

LINE = ServiceLine(id="line", levels=("L4-L5", "L5-S1"), laterality=laterality_of(("left",)))
MET, NOT_MET, EXCEPTION = AssessmentState.MET, AssessmentState.NOT_MET, AssessmentState.EXCEPTION


def plain(document: Any) -> Any:
    return json.loads(write_json(document), parse_float=Decimal)


def checked(criteria_set: CriteriaSet, response: Response) -> dict[str, Any]:
    document = plain(response.document)
    assert response_problems(document, plain(questionnaire_of(criteria_set))) == []
    return document


def under(document: dict[str, Any]) -> dict[str, list[Any]]:
    """All answers by link id, those below answers included."""
    found: dict[str, list[Any]] = {}

    def take(items: list[dict[str, Any]]) -> None:
        for item in items:
            take(item.get("item", []))
            for given_answer in item.get("answer", []):
                value = next((given_answer[key] for key in given_answer if key.startswith("value")), None)
                found.setdefault(item["linkId"], []).append(value)
                take(given_answer.get("item", []))

    take(document["item"])
    return found


def test_answers_amounts_notes_and_quotations_stand_beside_their_question() -> None:
    report = Document(
        id="report",
        title="CT lumbar",
        dated_on=datetime(2026, 3, 1, tzinfo=UTC).date(),
        text="No bridging bone at L5-S1.",
    )
    own = set_of(all_of(leaf("a", threshold=threshold(">=", "4", "mm")), leaf("b")))
    given_answer = answer(
        MET, "a", amount=amount("4.50", "mm"), note="See CT", arithmetic="4.50 mm on 2026-03-01"
    )
    supporting = link(document=report)
    against = supporting.model_copy(
        update={"id": "2", "stance": Stance.CONTRADICTS, "span": span_of(report, 3, 11)}
    )
    response = response_of(
        own,
        LINE,
        by_key(given_answer),
        links_to("a", supporting, against),
        documents=[report],
        authored=datetime(2026, 4, 1, tzinfo=UTC),
    )
    document = checked(own, response)
    assert document["status"] == "in-progress"
    assert document["authored"] == "2026-04-01T00:00:00+00:00"
    assert "subject" not in document
    answers = under(document)
    assert answers["a"][0]["code"] == "met"
    assert answers["a/amount"] == [{"value": Decimal("4.50"), "unit": "mm"}]
    assert "4.50" in write_json(response.document)
    assert answers["a/note"] == ["See CT"]
    assert answers["a/supporting-words"] == ["“No bridging bone” (CT lumbar, 2026-03-01, page 1)"]
    assert answers["a/contradicting-words"] == ["“bridging” (CT lumbar, 2026-03-01, page 1)"]
    assert "4.50 mm on 2026-03-01" in write_json(response.document)
    assert "b" not in answers
    assert response.remarks == ()


def test_levels_and_sides_repeat_their_question() -> None:
    own = set_of(all_of(leaf("a", per="level"), leaf("b", per="side"), leaf("c", per="service_line")))
    answers = by_key(
        answer(MET, "a", "L4-L5"),
        answer(NOT_MET, "a", "L5-S1"),
        answer(MET, "b", "left"),
        answer(MET, "c", "line"),
    )
    document = checked(own, response_of(own, LINE, answers))
    assert document["status"] == "completed"
    found = under(document)
    assert found["a/place"] == ["L4-L5", "L5-S1"]
    assert [value["code"] for value in found["a"]] == ["met", "not_met"]
    assert found["b/place"][0]["code"] == "left"


def test_a_line_without_levels_leaves_what_is_asked_per_level_open() -> None:
    own = set_of(all_of(leaf("a"), leaf("b", per="level")))
    response = response_of(own, ServiceLine(id="line"), by_key(answer(MET, "a")))
    assert checked(own, response)["status"] == "in-progress"


def test_exceptions_that_are_not_asked_do_not_keep_a_response_open() -> None:
    own = set_of(unless(leaf("a"), leaf("b")))
    met = response_of(own, LINE, by_key(answer(MET, "a")))
    assert checked(own, met)["status"] == "completed"
    failed = response_of(own, LINE, by_key(answer(NOT_MET, "a")))
    assert checked(own, failed)["status"] == "in-progress"
    waived = response_of(own, LINE, by_key(answer(NOT_MET, "a"), answer(MET, "b")))
    assert checked(own, waived)["status"] == "completed"
    alone = response_of(own, LINE, by_key(answer(MET, "b")))
    assert under(checked(own, alone))["b"][0]["code"] == "met"


def test_an_answer_that_the_form_does_not_ask_is_left_out_and_said() -> None:
    own = set_of(unless(leaf("a"), any_of(leaf("b"))))
    response = response_of(own, LINE, by_key(answer(MET, "a"), answer(MET, "b", note="N")))
    assert "b" not in under(checked(own, response))
    assert response.remarks == (
        "The answer to “Criterion b” is left out: the form asks this exception only when the rule is not marked met.",
    )


def test_a_value_alone_answers_and_a_waiver_is_named() -> None:
    own = set_of(all_of(leaf("a", threshold=threshold(">=", "4", "mm")), leaf("b")))
    answers = by_key(
        answer(None, "a", amount=amount("3", "mm")), answer(EXCEPTION, "b", exception_source="Section 4")
    )
    document = checked(own, response_of(own, LINE, answers))
    assert document["status"] == "completed"
    assert under(document)["a"] == [None]
    assert under(document)["b/waived-by"] == ["Section 4"]


def test_the_patient_is_named_only_when_the_caller_names_them() -> None:
    own = set_of(leaf("a"))
    named = response_of(own, LINE, {}, subject={"identifier": {"value": "M1"}})
    assert named.document["subject"] == {"identifier": {"value": "M1"}}
    assert "subject" not in response_of(own, LINE, {}).document


@settings(max_examples=40, deadline=None)
@given(trees(), st.data())
def test_any_answers_to_any_tree_make_a_response_that_keeps_the_rules(
    tree: Group, data: st.DataObject
) -> None:
    own = set_of(tree)
    states = st.sampled_from([None, *AssessmentState])
    answers = by_key(*(answer(data.draw(states), item.id) for item in own.criteria()))
    response = response_of(own, LINE, answers)
    document = checked(own, response)
    told = {key for key in under(document) if "/" not in key}
    left_out = {
        item.id for item in own.criteria() if any(f"“{item.text}”" in remark for remark in response.remarks)
    }
    assert told | left_out == {key.criterion_id for key, found in answers.items() if found.state} | (
        left_out - told
    )


def test_every_shipped_set_can_be_answered() -> None:
    for own in load_library(Path(__file__).parents[2] / "criteria").sets:
        subjects = {
            Scope.CASE: ("",),
            Scope.SERVICE_LINE: ("line",),
            Scope.LEVEL: LINE.levels,
            Scope.SIDE: LINE.sides,
        }
        answers = {
            key: answer(NOT_MET).model_copy(update={"key": key})
            for item in own.criteria()
            for subject in subjects[item.per]
            for key in [AssessmentKey(set_id=own.id, criterion_id=item.id, subject=subject)]
        }
        document = checked(own, response_of(own, LINE, answers))
        assert document["status"] == "completed"
        assert {item.id for item in own.criteria()} <= {item["linkId"] for item in items_of(document)}


def test_a_denied_rule_that_is_met_lets_its_exceptions_be_asked() -> None:
    own = set_of(unless(none_of(leaf("a")), leaf("b")))
    response = response_of(own, LINE, by_key(answer(MET, "a"), answer(MET, "b")))
    assert "b" in under(checked(own, response))


def test_an_exception_asked_per_level_is_left_out_level_by_level_when_the_rule_is_met() -> None:
    own = set_of(unless(leaf("a"), leaf("b", per="level")))
    response = response_of(own, LINE, by_key(answer(MET, "a"), answer(MET, "b", "L5-S1")))
    document = checked(own, response)
    assert document["status"] == "completed"
    assert set(under(document)) == {"a"}
    assert len(response.remarks) == 1
    assert "“Criterion b” for L5-S1 is left out" in response.remarks[0]
