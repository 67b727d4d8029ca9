"""Compares the branch coverage of the last run with the floors beside this file; ./test calls it after the suite.

It must not run tests itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FLOORS_FILE = Path(__file__).with_name("coverage_floors.toml")
RAISE_FROM = 1.0
"""Percentage points above a floor from which the gate suggests to raise it."""


@dataclass(frozen=True)
class Verdict:
    """How one part of the program stands against its floor, both in per cent."""

    part: str
    covered: float
    floor: float

    @property
    def is_met(self) -> bool:
        return self.covered >= self.floor

    def __str__(self) -> str:
        mark = "ok    " if self.is_met else "BELOW "
        hint = ""
        if self.is_met and self.covered >= self.floor + RAISE_FROM:
            hint = f"   (the floor may rise to {int(self.covered)})"
        return f"{mark} {self.part:<20} {self.covered:6.2f} % of {self.floor:g} %{hint}"


def coverage_of(part: str, files: Mapping[str, Mapping[str, Any]]) -> float:
    """Lines and branches covered in `part`, in per cent; 100 for a part without code."""
    covered = total = 0
    for name, report in files.items():
        if name.startswith(f"{part}/"):
            summary = report["summary"]
            covered += summary["covered_lines"] + summary.get("covered_branches", 0)
            total += summary["num_statements"] + summary.get("num_branches", 0)
    return 100.0 * covered / total if total else 100.0


def uncovered_lines(part: str, files: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """For each file of `part` with a hole: its missing lines and branches, as `path: 12, 40->44`."""
    holes: list[str] = []
    for name, report in sorted(files.items()):
        if not name.startswith(f"{part}/"):
            continue
        missing = [str(line) for line in report["missing_lines"]]
        missing += [f"{start}->{end}" for start, end in report.get("missing_branches", [])]
        if missing:
            holes.append(f"{name}: {', '.join(missing)}")
    return holes


def lowered(old: Mapping[str, float], new: Mapping[str, float]) -> list[str]:
    """Floors that are lower than they were, or gone."""
    return [part for part, floor in old.items() if new.get(part, -1.0) < floor]


def committed_floors() -> Mapping[str, float]:
    """The floors of the last commit; empty outside a git checkout or before the first one."""
    shown = subprocess.run(
        ["git", "-C", str(ROOT), "show", f"HEAD:{FLOORS_FILE.relative_to(ROOT).as_posix()}"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return tomllib.loads(shown.stdout).get("floors", {}) if shown.returncode == 0 else {}


def measured_files() -> Mapping[str, Mapping[str, Any]]:
    """coverage's own report of the last run, by file."""
    target = ROOT / "coverage.json"
    subprocess.run(
        [sys.executable, "-m", "coverage", "json", "-q", "-o", str(target)], cwd=ROOT, check=True, timeout=120
    )
    return json.loads(target.read_text(encoding="utf-8"))["files"]


def main() -> int:
    """Prints one line a part; 0 when every floor holds."""
    floors: Mapping[str, float] = tomllib.loads(FLOORS_FILE.read_text(encoding="utf-8"))["floors"]
    sunk = lowered(committed_floors(), floors)
    for part in sunk:
        print(f"LOWERED {part}: a floor may only rise")
    files = measured_files()
    verdicts = [Verdict(part, coverage_of(part, files), floor) for part, floor in floors.items()]
    for verdict in verdicts:
        print(verdict)
        if not verdict.is_met:
            for hole in uncovered_lines(verdict.part, files):
                print(f"         {hole}")
    return 0 if not sunk and all(verdict.is_met for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
