"""Benchmark of the start, from process to painted lock screen, against an empty Qt window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.audit import Actor
from desktop.security.vault import FLOOR_PROFILE
from desktop.services.opening import create_workspace
from tests.bench.measure import Measurement, summary

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

ROOT = Path(__file__).resolve().parents[2]
RUNS = 12


def first_paint_ms(*words: str) -> float:
    """Milliseconds from before the process exists to its first painted window."""
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.monotonic_ns()
    result = subprocess.run(
        [sys.executable, "-m", "tests.bench.first_paint", *words],
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=60,
        capture_output=True,
        text=True,
    )
    return (int(result.stdout.split()[-1]) - began) / 1e6


def test_start_to_lock_screen(tmp_path: Path, report: Callable[[Measurement], None]) -> None:
    folder = tmp_path / "store"
    services, _ = create_workspace(
        folder,
        "a password only for measuring",
        Actor(name="R. Reviewer", credential="RN"),
        profile=FLOOR_PROFILE,
    )
    services.close()
    first_paint_ms("lock", str(folder))  # writes bytecode that is missing
    bare = [first_paint_ms("bare") for _ in range(RUNS)]
    taken = [first_paint_ms("lock", str(folder)) for _ in range(RUNS)]
    report(
        summary(
            "start to painted lock screen",
            taken,
            baseline_name="an empty Qt window",
            baseline_ms=statistics.median(bare),
        )
    )
