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
