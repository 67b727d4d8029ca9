"""Finds reference material that is not part of the project, so that tests which want it run where it exists.

It must not be used by the program itself, and a test that uses it skips when the material is not there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ENVIRONMENT_VARIABLE = "INDICATED_SHARED"
"""Path of the folder that holds `data/` and `content/`; by default a folder beside the checkout."""


def shared_folder() -> Path | None:
    """The folder with the reference material, or None when this machine has none."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named is not None:
        folder = Path(named)
        return folder if folder.is_dir() else None
    beside = Path(__file__).resolve().parents[2] / "shared"
    return beside if beside.is_dir() else None


def shared_file(relative: str) -> Path:
    """The file at `relative` (such as `data/cql/CqlLogicalOperatorsTest.xml`); skips the test when absent."""
    folder = shared_folder()
    if folder is None or not (folder / relative).exists():
        pytest.skip(f"reference material not on this machine: {relative}")
    return folder / relative
