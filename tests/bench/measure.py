"""Measures a piece of work and puts it in proportion to a fixed piece of work on the same machine in the same run.

Milliseconds differ from machine to machine, ratios far less: only the ratio is fit to be compared over time.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

WARM_UPS = 3


@dataclass(frozen=True)
class Measurement:
    """Median and 95th percentile in milliseconds, and the median as a multiple of `baseline_name`'s."""

    name: str
    median_ms: float
    p95_ms: float
    runs: int
    baseline_name: str
    baseline_ms: float

    @property
    def ratio(self) -> float:
        return self.median_ms / self.baseline_ms

    def __str__(self) -> str:
        return (
            f"{self.name:<44} {self.median_ms:9.2f} ms  p95 {self.p95_ms:9.2f} ms  "
            f"{self.ratio:8.3f} x {self.baseline_name} ({self.baseline_ms:.2f} ms), {self.runs} runs"
        )


def times_ms(work: Callable[[], object], runs: int, warm_ups: int = WARM_UPS) -> list[float]:
    """How long each of `runs` calls took, after `warm_ups` that are not counted."""
    for _ in range(warm_ups):
        work()
    taken: list[float] = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def p95(times: list[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def fixed_work() -> str:
    """About 20 ms of what the program itself does: text, JSON, sorting, hashing."""
    rows = [
        {"id": f"{number * 7919 % 10007:05d}", "text": "No bridging bone is seen."} for number in range(8000)
    ]
    rows.sort(key=_by_id)
    text = json.dumps(rows)
    return hashlib.sha256(json.dumps(json.loads(text)).encode()).hexdigest()


def _by_id(row: dict[str, str]) -> str:
    return row["id"]


@cache
def fixed_work_ms() -> float:
    return statistics.median(times_ms(fixed_work, runs=15))


def summary(
    name: str,
    taken_ms: list[float],
    *,
    baseline_name: str = "fixed work",
    baseline_ms: float | None = None,
) -> Measurement:
    """The measurement of times taken elsewhere; the baseline is `fixed_work` unless another one is given."""
    return Measurement(
        name=name,
        median_ms=statistics.median(taken_ms),
        p95_ms=p95(taken_ms),
        runs=len(taken_ms),
        baseline_name=baseline_name,
        baseline_ms=baseline_ms if baseline_ms is not None else fixed_work_ms(),
    )


def measure(
    name: str, work: Callable[[], object], *, runs: int = 30, warm_ups: int = WARM_UPS
) -> Measurement:
    """Time `work` in proportion to `fixed_work`."""
    return summary(name, times_ms(work, runs, warm_ups))
