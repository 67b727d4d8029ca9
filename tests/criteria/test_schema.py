"""The JSON schema under `criteria/schema` is the one that the loader reads by."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from desktop.domain.criteria import CriteriaSet, Criterion
from desktop.rules.schema import (
    CRITERION_FIELDS,
    ID_PATTERN,
    SET_FIELDS,
    THRESHOLD_PATTERN,
    json_schema,
    schema_text,
)

FOLDER = Path(__file__).parents[2] / "criteria"


def test_the_schema_file_is_in_step_with_the_program() -> None:
    written = (FOLDER / "schema" / "criteria-set.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(), "write desktop.rules.schema.schema_text() to the file"


def test_the_form_has_every_field_of_the_domain() -> None:
    assert set(SET_FIELDS) - {"sources", "criteria"} == set(CriteriaSet.model_fields) - {
        "root",
        "content_hash",
    }
    assert set(CRITERION_FIELDS) - {"within_months", "unless"} == set(Criterion.model_fields) - {"kind"}


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    schema = json_schema()
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    named = set(re.findall(r'"#/\$defs/([a-z]+)"', json.dumps(schema)))
    assert named == set(definitions)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("criteria.yaml")), ids=lambda path: path.parent.name)
def test_ids_and_thresholds_of_shipped_sets_fit_the_patterns(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ids = re.findall(r"^\s*-? *id: (.+)$", text, re.MULTILINE)
    thresholds = re.findall(r'^\s*threshold: "(.+)"$', text, re.MULTILINE)
    assert ids
    assert all(re.fullmatch(ID_PATTERN, found) for found in ids)
    assert all(re.fullmatch(THRESHOLD_PATTERN, found) for found in thresholds)
