"""Criteria sets in and out on the command line: a file whole or not at all, and a report where it can be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.rules.loader import load_set
from desktop.settings.paths import criteria_dir
from tests.criteria.fhir_r4 import problems_of

Command = Callable[..., tuple[int, str, str]]
SET = "spinal-hardware-removal"
OWN = """id: own
family: own
title: Own
publisher: P
edition: "1"
licence: user
criteria:
  all:
    - {id: a, text: Pain limits activity}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, "utf-8")
    return path


def test_a_set_leaves_as_questionnaire_and_comes_back_as_its_text(command: Command, tmp_path: Path) -> None:
    form, text = tmp_path / "form.json", tmp_path / "set.yaml"
    assert command("criteria", "export", SET, "--as", "questionnaire", "--out", form)[:2] == (
        0,
        f"Written: {form}\n",
    )
    assert problems_of(json.loads(form.read_text("utf-8"))) == []
    code, said, _ = command("criteria", "import", form, "--out", text)
    assert code == 0
    assert "Import of" in said
    assert "has a set with the id" in said
    (shipped,) = criteria_dir().rglob(f"{SET}/criteria.yaml")
    again = load_set(text.read_text("utf-8"), "again")
    assert again.root == load_set(shipped.read_text("utf-8"), "shipped").root


def test_a_set_leaves_as_the_very_text_of_its_file(command: Command, tmp_path: Path) -> None:
    (shipped,) = criteria_dir().rglob(f"{SET}/criteria.yaml")
    out = tmp_path / "set.yaml"
    assert command("criteria", "export", SET, "--out", out)[0] == 0
    assert out.read_text("utf-8") == shipped.read_text("utf-8")
    assert command("criteria", "export", shipped)[1] == shipped.read_text("utf-8")


def test_without_out_the_set_stands_on_standard_output_and_the_report_beside(
    command: Command, tmp_path: Path
) -> None:
    form = tmp_path / "form.json"
    form.write_text(
        '{"resourceType": "Questionnaire", "title": "T", "item": [{"type": "boolean", "text": "Oxygen"},'
        ' {"type": "string", "text": "Last name"}]}',
        "utf-8",
    )
    code, said, beside = command("criteria", "import", form)
    assert code == 0
    assert load_set(said, "T").title == "T"
    assert "“Last name” was dropped" in beside


def test_a_response_holds_the_answers_of_the_file(command: Command, tmp_path: Path, own: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"a": "met"}', "utf-8")
    code, said, _ = command("criteria", "response", own, facts, "--with-user-text")
    assert code == 0
    response = json.loads(said)
    assert (response["status"], response["questionnaire"]) == (
        "completed",
        "urn:indicated:criteria-set:own|1",
    )


@pytest.mark.parametrize("words", [("export",), ("export", "--as", "questionnaire"), ("response",)])
def test_an_own_set_leaves_only_when_asked(
    command: Command, tmp_path: Path, own: Path, words: tuple[str, ...]
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text("{}", "utf-8")
    action, *more = words
    arguments = [own, facts] if action == "response" else [own]
    code, said, beside = command("criteria", action, *arguments, *more)
    assert (code, said) == (1, "")
    assert "do not leave unasked" in beside
    assert command("criteria", action, *arguments, *more, "--with-user-text")[0] == 0


def test_a_file_that_is_no_questionnaire_is_a_sentence(command: Command, tmp_path: Path, own: Path) -> None:
    for path in (own, tmp_path / "none.json", tmp_path):
        code, said, beside = command("criteria", "import", path)
        assert (code, said) == (1, "")
        assert "Nothing was imported or changed." in beside


def test_a_place_that_cannot_be_written_leaves_no_half_file(command: Command, tmp_path: Path) -> None:
    code, _, beside = command("criteria", "export", SET, "--out", tmp_path / "missing" / "set.yaml")
    assert code == 1
    assert "cannot be written" in beside
    assert list(tmp_path.glob("*.partial")) == []
