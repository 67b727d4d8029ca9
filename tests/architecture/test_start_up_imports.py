"""Keeps the start quick: what is not needed to paint the lock screen is not imported before it is painted."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.architecture.source_tree import ROOT

HEAVY = ("alembic", "pypdfium2", "reportlab", "simple_icd_10_cm", "sqlalchemy", "sqlmodel")
"""Measured: sqlmodel with sqlalchemy 350 ms, reportlab 140 ms, pypdfium2 64 ms; an empty Qt window 100 ms."""


def heavy_modules_after(statement: str) -> list[str]:
    code = f"{statement}\nimport json, sys\nprint(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    "statement",
    [
        "import desktop.__main__",
        "import desktop.bootstrap",
        "import desktop.ui.app",
        "import desktop.ui.lock_screen",
    ],
)
def test_the_lock_screen_waits_for_no_heavy_library(statement: str) -> None:
    assert heavy_modules_after(statement) == []


def test_the_start_up_rule_sees_a_heavy_library() -> None:
    assert heavy_modules_after("import reportlab") == ["reportlab"]
