"""Collects what the benchmarks measured and prints it as one table at the end of the run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.bench.measure import Measurement

_measured: list[Measurement] = []


@pytest.fixture
def report() -> Callable[[Measurement], None]:
    """Put a measurement into the table."""
    return _measured.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _measured:
        return
    terminalreporter.section("benchmarks")
    for measurement in _measured:
        terminalreporter.write_line(str(measurement))
