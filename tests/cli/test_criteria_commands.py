"""The criteria commands: JSON alone on standard output, everything else in sentences, and an exit code."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.gap import LineGaps
from desktop.rules import gaps
from desktop.rules.loader import load_library
from desktop.settings.paths import criteria_dir

Command = Callable[..., tuple[int, str, str]]

HEAD = """\
family: {family}
title: Removal of the widget
publisher: {publisher}
document_number: W-1
edition: {edition}
licence: user
codes: ["29999"]
terms: [widget removal]
"""
TREE = """\
criteria:
  all:
    - id: duration
      text: Care lasted at least 6 weeks
      threshold: ">= 6 weeks"
      evidence_types: [pt_record]
      closes_with: The therapist's record
    - id: finding
      text: The widget is loose at the level
      per: level
    - id: consent
      text: The patient consented
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of one family with two editions and a customisation by another publisher."""
    root = tmp_path / "criteria"
    for set_id, publisher, edition, more in (
        ("widget.2025", "Acme", "2025", "effective_from: 2025-01-01\neffective_to: 2025-12-31\n"),
        ("widget.2026", "Acme", "2026", "effective_from: 2026-01-01\nsupersedes: widget.2025\n"),
        ("widget.other", "Zenith", "2026", "review_by: 2020-01-01\n"),
    ):
        place = root / set_id
        place.mkdir(parents=True)
        head = HEAD.format(family="widget", publisher=publisher, edition=edition)
        tree = TREE.replace("6 weeks", "12 weeks") if set_id == "widget.2026" else TREE
        (place / "criteria.yaml").write_text(f"id: {set_id}\n{head}{more}{tree}", "utf-8")
    return root


@pytest.fixture
def facts(tmp_path: Path) -> Callable[[object], Path]:
    """A file of facts."""

    def write(document: object) -> Path:
        path = tmp_path / "facts.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
        return path

    return write


def parsed(result: tuple[int, str, str]) -> Any:
    code, out, said = result
    assert code == 0, said
    return json.loads(out)


MET = {"levels": ["L4-5"], "duration": "12 weeks", "finding": "met", "consent": "met"}


# ------------------------------------------------------------------------------------------- list and show


def test_the_list_names_edition_licence_and_whether_a_set_must_be_read_again(
    command: Command, folder: Path
) -> None:
    code, out, _ = command("criteria", "list", "--folder", folder)
    assert code == 0
    assert "widget.2026\tAcme W-1 2026\tuser\tfresh\n" in out
    assert "widget.other\tZenith W-1 2026\tuser\toverdue\n" in out
    rows = parsed(command("criteria", "list", "--folder", folder, "--json"))
    assert [row["id"] for row in rows] == ["widget.2025", "widget.2026", "widget.other"]
    assert rows[0]["effective_to"] == "2025-12-31"
    assert {row["review_state"] for row in rows} == {"fresh", "overdue"}


def test_the_shipped_sets_are_listed_when_no_folder_is_named(command: Command) -> None:
    rows = parsed(command("criteria", "list", "--json"))
    assert [row["id"] for row in rows] == [item.id for item in load_library(criteria_dir()).sets]


def test_a_set_is_shown_by_id_by_family_and_by_file(command: Command, folder: Path) -> None:
    for name in ("widget.2026", folder / "widget.2026" / "criteria.yaml"):
        code, out, said = command("criteria", "show", name, "--folder", folder)
        assert (code, said) == (0, "")
        assert "Care lasted at least 12 weeks [duration;" in out
    code, out, said = command("criteria", "show", "widget", "--folder", folder)
    assert code == 0
    assert "widget is a family; widget.2026 is taken. The others: widget.other, widget.2025." in said
    code, out, _ = command("criteria", "show", "spinal-hardware-removal")
    assert code == 0
    assert "all:" in out


def test_an_unknown_set_is_answered_with_the_nearest_names(command: Command, folder: Path) -> None:
    code, out, said = command("criteria", "show", "widgt", "--folder", folder)
    assert (code, out) == (1, "")
    assert "There is no criteria set called widgt." in said
    assert "Did you mean widget" in said
    assert "See `criteria list`." in command("criteria", "show", "qqqqqq", "--folder", folder)[2]


def test_a_set_file_that_cannot_be_read_is_named_and_the_others_are_still_used(
    command: Command, folder: Path
) -> None:
    (folder / "broken").mkdir()
    (folder / "broken" / "criteria.yaml").write_text("id: [", "utf-8")
    code, out, said = command("criteria", "list", "--folder", folder)
    assert code == 0
    assert "widget.2026" in out
    assert "left out: broken/criteria.yaml:1" in said
    assert command("criteria", "show", folder / "broken" / "criteria.yaml")[0] == 1
    assert command("criteria", "show", folder / "missing.yaml")[0] == 1
    assert command("criteria", "show", folder, "--folder", folder)[0] == 1


def test_a_folder_without_sets_is_refused(command: Command, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        for words in (("list",), ("match", "--text", "x"), ("show", "x")):
            assert command("criteria", *words, "--folder", place)[0] == 1


# -------------------------------------------------------------------------------------------------- diff


def test_the_difference_of_two_editions_is_text_or_json(command: Command, folder: Path) -> None:
    code, out, _ = command("criteria", "diff", "widget.2025", "widget.2026", "--folder", folder)
    assert code == 0
    assert "changed criterion duration" in out
    assert "threshold: >= 6 weeks -> >= 12 weeks" in out
    found = parsed(command("criteria", "diff", "widget.2025", "widget.2026", "--folder", folder, "--json"))
    assert found["may_change_result"] is True
    assert [item["id"] for item in found["nodes"]] == ["duration"]
    same = parsed(command("criteria", "diff", "widget.2025", "widget.2025", "--folder", folder, "--json"))
    assert same["nodes"] == []


# -------------------------------------------------------------------------------------------------- match


def test_a_match_is_a_json_list_with_score_reason_and_ranked_sets(command: Command, folder: Path) -> None:
    given = (
        "--text",
        "widget removal",
        "--code",
        "29999",
        "--payer",
        "Acme Health Plan",
        "--on",
        "2025-06-01",
    )
    (found,) = parsed(command("criteria", "match", *given, "--folder", folder, "--json"))
    assert found["id"] == "widget"
    assert 0 < found["score"] <= 1
    assert found["why"] == "The request names it: “widget removal”. Code 29999 is among its codes."
    assert [item["id"] for item in found["sets"]] == ["widget.2025", "widget.2026", "widget.other"]
    assert [item["in_force"] for item in found["sets"]] == [True, False, True]
    assert found["sets"][1]["edition"] == "2026"
    assert found["sets"][1]["warnings"] == [
        "not in force: This edition is in force only from 2026-01-01; the service is on 2025-06-01."
    ]


def test_a_match_in_words_lists_sets_and_warnings_under_their_family(command: Command) -> None:
    given = ("--text", "C5-6 ACDF", "--diagnosis", "M50.122", "--finding", "spondylolisthesis")
    code, out, _ = command("criteria", "match", *given)
    assert code == 0
    assert out.startswith("cervical-fusion-anterior\t")
    assert "silent: The case shows spondylolisthesis" in out


def test_a_request_that_no_set_is_for_gives_an_empty_list(command: Command, folder: Path) -> None:
    assert parsed(command("criteria", "match", "--text", "ankle", "--folder", folder, "--json")) == []
    assert "No set" in command("criteria", "match", "--text", "ankle", "--folder", folder)[1]


def test_a_match_without_a_request_is_refused(command: Command) -> None:
    code, out, said = command("criteria", "match", "--text", "  ", "--json")
    assert (code, out) == (1, "")
    assert "--text" in said


@pytest.mark.parametrize(
    "words",
    [
        ("match", "--text", "x", "--on", "2026-02-30"),
        ("match", "--text", "x", "--on", "soon"),
        ("match", "--text", "x", "--finding", "zzz"),
        ("gaps", "x", "y", "--limit", "0"),
        ("gaps", "x", "y", "--limit", "many"),
        ("gaps", "x", "y", "--limit", "10000"),
        ("evaluate", "x"),
        ("dif",),
    ],
)
def test_what_the_command_line_does_not_understand_is_misuse(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], command: Command
) -> None:
    with pytest.raises(SystemExit) as ended:
        command("criteria", *words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


# -------------------------------------------------------------------------------------- evaluate and gaps


def test_evaluating_gives_the_trace_with_id_edition_and_hash(
    command: Command, folder: Path, facts: Callable[[object], Path]
) -> None:
    found = parsed(command("criteria", "evaluate", "widget.2026", facts(MET), "--folder", folder, "--json"))
    expected = load_library(folder).get("widget.2026")
    assert expected is not None
    assert (found["id"], found["edition"], found["hash"]) == ("widget.2026", "2026", expected.content_hash)
    assert found["truth"] == "true"
    assert found["levels"][0]["level"] == "L4-L5"
    leaf = found["levels"][0]["root"]["children"][0]
    assert (leaf["id"], leaf["truth"], leaf["amount"]) == ("duration", "true", "12 weeks (needs >= 12 weeks)")


def test_evaluating_in_words_explains_every_criterion(
    command: Command, folder: Path, facts: Callable[[object], Path]
) -> None:
    code, out, _ = command(
        "criteria", "evaluate", "widget.2025", facts({**MET, "consent": "unclear"}), "--folder", folder
    )
    assert code == 0
    assert "12 weeks meets >= 6 weeks" in out
    assert "The patient consented" in out


def test_gaps_are_listed_as_json_and_in_words(
    command: Command, folder: Path, facts: Callable[[object], Path]
) -> None:
    document = {
        "levels": ["L4-5", "L5-S1"],
        "finding": {"L4-5": "met"},
        "consent": "not met",
        "duration": "8 weeks",
    }
    given = ("criteria", "gaps", "widget.2025", facts(document), "--folder", folder)
    found = parsed(command(*given, "--json"))
    assert (found["id"], found["truth"]) == ("widget.2025", "false")
    (way,) = found["ways"]
    assert {(gap["criterion_id"], gap["subject"]) for gap in way["gaps"]} == {
        ("consent", ""),
        ("finding", "L5-S1"),
    }
    code, out, _ = command(*given)
    assert code == 0
    assert "The line is not met." in out
    assert "Way 1 for the whole line: 2 to close" in out
    assert "The record says the opposite." in out
    assert "Way 1 for L4-L5: 1 to close" in out


def test_gaps_say_what_document_of_which_days_closes_them(
    command: Command, folder: Path, facts: Callable[[object], Path]
) -> None:
    document = {**MET, "duration": None}
    _, out, _ = command(
        "criteria", "gaps", "widget.2025", facts(document), "--folder", folder, "--limit", "1"
    )
    assert "Closes with: The therapist's record." in out
    assert "Owed by: " in out


def test_where_nothing_is_missing_or_nothing_can_help_it_is_said(
    command: Command, folder: Path, facts: Callable[[object], Path]
) -> None:
    _, out, _ = command("criteria", "gaps", "widget.2026", facts(MET), "--folder", folder)
    assert "For the whole line nothing is missing." in out
    nothing = {"duration": "n/a", "finding": "n/a", "consent": "n/a", "levels": "L4-5"}
    _, out, _ = command("criteria", "gaps", "widget.2026", facts(nothing), "--folder", folder)
    assert "no open criterion can make the set met" in out


def test_a_search_that_was_cut_off_says_so(
    command: Command,
    folder: Path,
    facts: Callable[[object], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exact = gaps.line_gaps

    def cut_off(*given: Any, **more: Any) -> LineGaps:
        return exact(*given, **more).model_copy(update={"is_exact": False})

    monkeypatch.setattr(gaps, "line_gaps", cut_off)
    _, out, _ = command("criteria", "gaps", "widget.2026", facts({}), "--folder", folder)
    assert "a smaller one may exist" in out


def test_a_family_with_one_set_is_that_set(
    command: Command, folder: Path, facts: Callable[[object], Path]
) -> None:
    only = folder / "widget.other"
    _, out, said = command("criteria", "evaluate", "widget", facts(MET), "--folder", only, "--json")
    assert json.loads(out)["id"] == "widget.other"
    assert said == ""


def test_an_answer_that_was_not_used_is_said_beside_the_json(
    command: Command, folder: Path, facts: Callable[[object], Path]
) -> None:
    path = facts({"finding": "met"})
    code, out, said = command("criteria", "evaluate", "widget.2025", path, "--folder", folder, "--json")
    assert code == 0
    assert json.loads(out)["truth"] == "unknown"
    assert said.startswith("note: finding: `finding` is asked per level")


def test_facts_are_read_from_standard_input(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(MET).encode())))
    found = parsed(command("criteria", "evaluate", "widget.2025", "-", "--folder", folder, "--json"))
    assert found["truth"] == "true"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{", "line 1, column 2: is not JSON"),
        ("", "is empty"),
        ('{"consent": "met", "consent": "not met"}', "consent: is given more than once"),
        ('{"consnt": "met"}', "facts.json: consnt: The set has no criterion"),
        ("[" * 100 + "]" * 100, "nested more than"),
        ('{"duration": NaN}', "not a number"),
        (" " * 1_000_001, "larger than 1,000,000 bytes"),
    ],
)
def test_facts_that_cannot_be_used_are_refused_in_three_sentences(
    command: Command, folder: Path, facts: Callable[[object], Path], document: str, told: str
) -> None:
    for action in ("evaluate", "gaps"):
        code, out, said = command(
            "criteria", action, "widget.2025", facts(document), "--folder", folder, "--json"
        )
        assert (code, out) == (1, "")
        assert told in said
        assert "Nothing was evaluated or changed." in said
        assert "Traceback" not in said


def test_a_file_of_facts_that_is_not_there_is_said(command: Command, folder: Path, tmp_path: Path) -> None:
    for name in (tmp_path / "none.json", tmp_path, "no\x00name"):
        code, _, said = command("criteria", "evaluate", "widget.2025", name, "--folder", folder)
        assert code == 1
        assert "cannot be read" in said or "not the name of a file" in said


def test_lint_and_test_still_take_a_folder(command: Command) -> None:
    assert command("criteria", "test", criteria_dir() / "setting")[0] == 0
