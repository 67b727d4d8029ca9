"""The topics commands: JSON alone on standard output, sentences otherwise, and an exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from desktop.settings.paths import resources_dir
from tests.services.test_own_topics import TOPIC

Command = Callable[..., tuple[int, str, str]]


def test_the_list_tells_claims_counters_and_empty_sections(command: Command) -> None:
    code, out, _ = command("topics", "list", "--json")
    rows = {row["id"]: row for row in json.loads(out)}
    assert code == 0
    assert rows["lumbar-fusion-revision"]["empty_sections"] == []
    assert rows["lumbar-fusion-revision"]["counters"] >= 8
    assert "lumbar-fusion-revision\t" in command("topics", "list")[1]


def test_a_topic_is_shown_with_its_counter_evidence_and_what_is_empty(command: Command) -> None:
    code, out, _ = command("topics", "show", "epidural-injection")
    assert code == 0
    assert "against it: " in out
    assert "answer: " in out
    assert "Expected outcomes: nothing verified is held" in out
    shown = json.loads(command("topics", "show", "nicotine", "--json")[1])
    assert shown["id"] == "nicotine"


def test_a_topic_that_is_not_there_is_asked_for_again(command: Command) -> None:
    code, _, error = command("topics", "show", "nicotin")
    assert code == 1
    assert "Did you mean nicotine" in error


def test_the_shipped_topics_pass_and_a_changed_figure_fails(command: Command, tmp_path: Path) -> None:
    assert command("topics", "lint")[:2] == (0, "topics lint: 0 error(s), 0 warning(s).\n")
    for path in (resources_dir() / "topics").glob("*.yaml"):
        text = path.read_text("utf-8").replace("96.7% in one series", "97.6% in one series")
        (tmp_path / path.name).write_text(text, "utf-8")
    code, out, _ = command("topics", "lint", str(tmp_path))
    assert code == 1
    assert "lumbar-fusion-revision.yaml:" in out
    assert "97.6 %" in out


def test_a_folder_without_topics_is_refused(command: Command, tmp_path: Path) -> None:
    code, _, error = command("topics", "lint", str(tmp_path))
    assert code == 1
    assert "no topic file" in error


def test_an_own_topic_goes_in_out_and_away(
    command: Command, tmp_path: Path, store: Path, password_file: Path
) -> None:
    def topics(action: str, *words: str | Path) -> tuple[int, str, str]:
        return command("--store", store, "topics", action, *words, "--password-file", password_file)

    path = tmp_path / "mine.yaml"
    path.write_text(TOPIC)
    code, out, _ = topics("import", path, "--check")
    assert (code, out) == (0, "No error. Nothing was stored.\n")
    assert topics("import", path)[1] == "Stored: own-loosening (1 claims)\n"
    assert topics("import", path)[1].startswith("Replaced")
    assert topics("export", "own-loosening")[1] == TOPIC
    out_file = tmp_path / "out.yaml"
    assert topics("export", "own-loosening", "--out", out_file)[0] == 0
    assert out_file.read_text() == TOPIC
    assert topics("remove", "own-loosening")[0] == 0
    assert topics("remove", "own-loosening")[0] != 0
    path.write_text(TOPIC.replace("96.7", "97.6"))
    code, _, error = topics("import", path)
    assert code != 0
    assert "mine.yaml:6" in error
