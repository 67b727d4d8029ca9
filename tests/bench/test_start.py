"""Benchmark of the start, from process to painted lock screen, against an empty Qt window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.audit import Actor
from desktop.security.vault import FLOOR_PROFILE
from desktop.services.opening import create_workspace
from tests.bench.measure import Measurement, measure, times_ms

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

ROOT = Path(__file__).resolve().parents[2]
RUNS = 12


def first_paint(*words: str) -> None:
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [sys.executable, "-m", "tests.bench.first_paint", *words],
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=60,
        capture_output=True,
    )


def test_start_to_lock_screen(tmp_path: Path, report: Callable[[Measurement], None]) -> None:
    folder = tmp_path / "store"
    services, _ = create_workspace(
        folder,
        "a password only for measuring",
        Actor(name="R. Reviewer", credential="RN"),
        profile=FLOOR_PROFILE,
    )
    services.close()

    def bare() -> None:
        first_paint("bare")

    def lock_screen() -> None:
        first_paint("lock", str(folder))

    bare_ms = statistics.median(times_ms(bare, RUNS))
    report(
        measure(
            "start to lock screen",
            lock_screen,
            runs=RUNS,
            baseline_name="an empty Qt window",
            baseline_ms=bare_ms,
        )
    )
