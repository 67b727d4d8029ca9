"""Questionnaires and responses over a store: the sample's review leaves whole, without its patient unless asked."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.criteria import LicenceClass
from desktop.domain.errors import UserFacingError
from desktop.services.workspace import Services
from tests.criteria.fhir_r4 import items_of, problems_of, response_problems
from tests.services.measured_set import MEASURED


def plain(text: str) -> dict[str, Any]:
    return json.loads(text, parse_float=Decimal)


def test_every_line_of_the_sample_leaves_as_a_response_to_its_questionnaire(
    services: Services, sample_id: str
) -> None:
    case = services.cases.case(sample_id)
    view = services.review.view(sample_id)
    number = 0
    for line in case.service_lines:
        for set_id in line.criteria_set_ids:
            form = plain(services.criteria_exchange.export_questionnaire(set_id, with_user_text=True))
            found = services.criteria_exchange.export_response(
                sample_id, line.id, set_id, with_user_text=True
            )
            response = plain(found.text)
            assert problems_of(form) == []
            assert response_problems(response, form) == []
            assert response["authored"] == "2026-11-22T15:00:00+00:00"
            for link in (one for links in view.links.values() for one in links if one.key.set_id == set_id):
                if link.key.subject in {"", line.id, *line.levels}:
                    number += 1
                    assert json.dumps(link.span.quote, ensure_ascii=False)[1:-1] in found.text
    assert number


def test_the_patient_is_named_only_when_asked(services: Services, sample_id: str) -> None:
    case = services.cases.case(sample_id)
    line = case.service_lines[0]
    arguments = (sample_id, line.id, line.criteria_set_ids[0])
    alone = services.criteria_exchange.export_response(*arguments, with_user_text=True)
    assert "subject" not in plain(alone.text)
    assert case.member.member_id not in alone.text
    assert "may name the patient" in " ".join(alone.remarks)
    named = services.criteria_exchange.export_response(*arguments, with_user_text=True, with_subject=True)
    assert plain(named.text)["subject"] == {
        "type": "Patient",
        "identifier": {"value": case.member.member_id},
        "display": case.member.full_name,
    }


def test_an_own_set_leaves_only_when_asked(services: Services, sample_id: str) -> None:
    case = services.cases.case(sample_id)
    library = services.catalogue.library()
    line, own = next(
        (line, set_id)
        for line in case.service_lines
        for set_id in line.criteria_set_ids
        if (found := library.get(set_id)) and found.licence is LicenceClass.USER
    )
    with pytest.raises(UserFacingError, match="do not leave unasked"):
        services.criteria_exchange.export_questionnaire(own)
    with pytest.raises(UserFacingError, match="do not leave unasked"):
        services.criteria_exchange.export_response(sample_id, line.id, own)


def test_what_is_not_there_is_named(services: Services, sample_id: str) -> None:
    with pytest.raises(UserFacingError, match=r"no criteria set called none"):
        services.criteria_exchange.export_questionnaire("none")
    for line_id, set_id in (
        ("none", "x"),
        (services.cases.case(sample_id).service_lines[0].id, "spinal-hardware-removal-x"),
    ):
        with pytest.raises(UserFacingError, match="for this service line"):
            services.criteria_exchange.export_response(sample_id, line_id, set_id)


def test_an_exported_own_set_comes_in_and_is_stored_as_another(services: Services) -> None:
    own = services.catalogue.type_set(MEASURED).value
    text = services.criteria_exchange.export_questionnaire(own.id, with_user_text=True)
    found = services.criteria_exchange.import_questionnaire(text.encode())
    assert "already" in " ".join(found.report.remarks)
    stored = services.catalogue.type_set(
        found.yaml_text.replace(f"id: {own.id}", "id: another.copy", 1)
    ).value
    assert stored.root == own.root
    assert len(list(items_of(plain(text)))) > len(list(own.criteria()))


def test_a_foreign_form_is_stored_as_it_came_in(services: Services) -> None:
    form = {
        "resourceType": "Questionnaire",
        "title": "Oxygen",
        "item": [{"type": "boolean", "text": "Tried"}],
    }
    found = services.criteria_exchange.import_questionnaire(json.dumps(form).encode())
    assert services.catalogue.type_set(found.yaml_text).value == found.criteria_set
    again = services.criteria_exchange.import_questionnaire(json.dumps(form).encode())
    assert again.criteria_set.id != found.criteria_set.id
