"""Making a store and opening it again, also after something went wrong half-way."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.audit import Actor
from desktop.domain.errors import UserFacingError
from desktop.security.vault import TEST_PROFILE, WrongPasswordError
from desktop.services import opening
from desktop.services.opening import create_workspace, has_store, open_with_password
from desktop.store.errors import DiskFullError

PASSWORD = "correct horse battery"
ACTOR = Actor(name="R. Reviewer", credential="RN")


def test_what_was_stored_is_there_when_opened_again(tmp_path: Path) -> None:
    services, recovery_key = create_workspace(tmp_path, PASSWORD, ACTOR, profile=TEST_PROFILE)
    number = services.cases.new_case().value.number
    services.close()
    assert recovery_key
    again = open_with_password(tmp_path, PASSWORD)
    assert again.actor == ACTOR
    assert again.cases.id_of(number) is not None
    again.close()


def test_a_wrong_password_opens_nothing(tmp_path: Path) -> None:
    create_workspace(tmp_path, PASSWORD, ACTOR, profile=TEST_PROFILE)[0].close()
    with pytest.raises(WrongPasswordError):
        open_with_password(tmp_path, "another password")


def test_a_second_store_is_never_made_over_the_first(tmp_path: Path) -> None:
    create_workspace(tmp_path, PASSWORD, ACTOR, profile=TEST_PROFILE)[0].close()
    with pytest.raises(UserFacingError, match="already is a store"):
        create_workspace(tmp_path, PASSWORD, ACTOR, profile=TEST_PROFILE)


def test_a_folder_without_a_store_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="no store in this folder"):
        open_with_password(tmp_path, PASSWORD)


def test_a_start_that_fails_half_way_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DiskFullError

    with monkeypatch.context() as patched:
        patched.setattr(opening, "create_store", refuse)
        with pytest.raises(DiskFullError):
            create_workspace(tmp_path, PASSWORD, ACTOR, profile=TEST_PROFILE)
    assert not has_store(tmp_path)
    create_workspace(tmp_path, PASSWORD, ACTOR, profile=TEST_PROFILE)[0].close()
    open_with_password(tmp_path, PASSWORD).close()


def test_a_key_left_without_its_store_is_set_aside_and_kept(tmp_path: Path) -> None:
    create_workspace(tmp_path, PASSWORD, ACTOR, profile=TEST_PROFILE)[0].close()
    key = (tmp_path / "vault.json").read_bytes()
    for file in tmp_path.glob("indicated.store*"):
        file.unlink()
    (tmp_path / "head.json").unlink()
    create_workspace(tmp_path, "a password of today", ACTOR, profile=TEST_PROFILE)[0].close()
    assert (tmp_path / "vault.json.unused-1").read_bytes() == key


EDITION = """
id: example-rule.{name}
family: example-rule
title: Example rule
publisher: Example Plan
document_number: EX-1
edition: "{name}"
effective_from: {first}
licence: public
sources:
  rule: {{document: Example rule, proof: T}}
criteria:
  all:
    - {{id: pain, text: Pain limits daily life, source: {{use: rule}}}}
"""


def test_what_is_wrong_with_the_library_is_shown_and_keeps_nobody_from_their_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "broken": "id: [",
        "one": EDITION.format(name="one", first="2025-01-01"),
        "two": EDITION.format(name="two", first="2026-01-01"),
    }
    for name, text in files.items():
        (tmp_path / "criteria" / name).mkdir(parents=True)
        (tmp_path / "criteria" / name / "criteria.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(opening, "criteria_dir", lambda: tmp_path / "criteria")
    services, _ = create_workspace(tmp_path / "store", PASSWORD, ACTOR, profile=TEST_PROFILE)
    assert services.cases.new_case().value.number
    library = services.catalogue.library()
    assert [item.id for item in library.sets] == ["example-rule.one", "example-rule.two"]
    told = {problem.origin: (problem.is_left_out, problem.safe) for problem in library.problems}
    assert told == {
        "broken/criteria.yaml": (True, "The file was not used; nothing else changed."),
        "two/criteria.yaml": (False, "The set is there and can be used; nothing was changed."),
    }
    overlap = next(problem for problem in library.problems if not problem.is_left_out)
    assert "begins while `example-rule.one` is still in force" in overlap.what
    assert "supersedes: example-rule.one" in overlap.todo
    services.close()
