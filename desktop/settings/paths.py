"""Where the program's own files and the user's files lie; it must not create, read or write any of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import user_data_dir

APPLICATION = "Indicated"
HOME_VARIABLE = "INDICATED_HOME"
"""Environment variable that names another folder for everything the program writes."""


def _program_dir() -> Path:
    # A PyInstaller bundle unpacks its data beside the code and says where in `sys._MEIPASS`.
    bundle: object = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if isinstance(bundle, str) else Path(__file__).resolve().parents[2]


def resources_dir() -> Path:
    """Icons, fonts, letter wording, references and the sample case."""
    return _program_dir() / "resources"


def criteria_dir() -> Path:
    """The criteria sets that come with the program."""
    return _program_dir() / "criteria"


def _own_home() -> Path | None:
    named = os.environ.get(HOME_VARIABLE, "").strip()
    return Path(named).expanduser() if named else None


def data_dir() -> Path:
    """The user's folder for the store and the settings."""
    return _own_home() or Path(user_data_dir(APPLICATION, appauthor=False))


def store_dir() -> Path:
    """The folder of the encrypted store and its vault."""
    return data_dir() / "store"


def settings_file() -> Path:
    """The preferences."""
    return data_dir() / "settings.json"


def crash_dir() -> Path:
    """Crash reports that wait to be shown."""
    return data_dir() / "crashes"


def store_file(folder: Path) -> Path:
    """The encrypted database of a store folder: where it is, a store was made."""
    return folder / "indicated.store"


def vault_file(folder: Path) -> Path:
    """The wrapped key of a store folder."""
    return folder / "vault.json"
