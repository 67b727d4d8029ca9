"""Preferences survive, a damaged file does not keep the program from starting, and places are where they should be."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from desktop.settings import paths
from desktop.settings.model import Settings, Theme, load_settings, save_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "settings.json")
    assert settings == Settings()
    assert (settings.theme, settings.text_scale, settings.idle_lock_minutes) == (Theme.SYSTEM, 100, 5)
    assert not settings.privacy_mode
    assert list(tmp_path.iterdir()) == []


@given(
    theme=st.sampled_from(Theme),
    text_scale=st.integers(100, 200),
    minutes=st.integers(1, 15),
    privacy=st.booleans(),
)
def test_any_settings_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    theme: Theme,
    text_scale: int,
    minutes: int,
    privacy: bool,
) -> None:
    path = tmp_path_factory.mktemp("settings") / "new" / "settings.json"
    settings = Settings(
        theme=theme,
        text_scale=text_scale,
        idle_lock_minutes=minutes,
        privacy_mode=privacy,
    )
    save_settings(path, settings)
    assert load_settings(path) == settings
    assert [item.name for item in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "values", [{"text_scale": 99}, {"text_scale": 201}, {"idle_lock_minutes": 0}, {"idle_lock_minutes": 16}]
)
def test_values_out_of_range_are_refused(values: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(values)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"text_scale": 9000}', b'{"theme": "pink"}']
)
def test_a_damaged_file_gives_the_defaults_and_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    (kept,) = tmp_path.iterdir()
    assert kept.name.startswith("settings.json.bad-")
    assert kept.read_bytes() == content


def test_a_folder_in_the_place_of_the_file_does_not_stop_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refuse)
    assert load_settings(path) == Settings()
    assert path.is_dir()


def test_a_setting_of_a_later_version_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"text_scale": 150, "later": True}))
    assert load_settings(path).text_scale == 150


def test_a_disk_that_fails_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(text_scale=150))

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        save_settings(path, Settings(text_scale=200))
    assert load_settings(path).text_scale == 150
    assert [item.name for item in tmp_path.iterdir()] == ["settings.json"]


def test_the_programs_own_files_are_found_in_a_checkout_and_in_a_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(__file__).resolve().parents[2]
    assert paths.resources_dir() == root / "resources"
    assert paths.criteria_dir() == root / "criteria"
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_dir() == tmp_path / "resources"
    assert paths.criteria_dir() == tmp_path / "criteria"


def test_everything_written_lies_in_the_users_own_folder(home_of_its_own: Path) -> None:
    for place in (
        paths.data_dir(),
        paths.store_dir(),
        paths.settings_file(),
        paths.crash_dir(),
    ):
        assert place.is_relative_to(home_of_its_own)
        assert not place.exists()


def test_one_variable_moves_everything_that_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    assert paths.data_dir() == tmp_path
    for place in (paths.store_dir(), paths.settings_file(), paths.crash_dir()):
        assert place.parent == tmp_path
    monkeypatch.setenv(paths.HOME_VARIABLE, "  ")
    assert paths.data_dir() != tmp_path
