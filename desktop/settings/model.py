"""The user's preferences as a typed value; a damaged file must never keep the program from starting."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Theme(Enum):
    """The colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Settings(BaseModel):
    """Preferences of this workstation. `text_scale` is in percent."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    theme: Theme = Theme.SYSTEM
    text_scale: int = Field(default=100, ge=100, le=200)
    idle_lock_minutes: int = Field(default=5, ge=1, le=15)
    privacy_mode: bool = False
    """Mask names in lists until they are asked for."""


def load_settings(path: Path) -> Settings:
    """Read the preferences. No file gives the defaults; so does a damaged one, which is kept beside as `.bad-…`."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError):
        return _set_aside(path)
    try:
        return Settings.model_validate_json(text)
    except ValidationError:
        return _set_aside(path)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the preferences so that after a crash the file is the old one or the new one, never half of each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(settings.model_dump_json(indent=2))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _set_aside(path: Path) -> Settings:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    try:
        path.replace(path.with_name(f"{path.name}.bad-{stamp}"))
    except OSError:
        # It cannot be moved (read-only disk, a folder in its place): the defaults still let the program start, and
        # the bad copy stays where it is.
        return Settings()
    return Settings()
