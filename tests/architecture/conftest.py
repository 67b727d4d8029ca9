"""Reports the size of the modules at the end of a run, so that growth is seen before it hits the limit."""

from __future__ import annotations

import pytest

from tests.architecture.source_tree import modules, source

ROOMY_LINES = 250


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lengths = {module: source(module).count("\n") for module in modules()}
    if not lengths:
        return
    longest = max(lengths, key=lambda module: lengths[module])
    small = sum(length <= ROOMY_LINES for length in lengths.values()) / len(lengths)
    terminalreporter.write_line(
        f"modules: {len(lengths)}, {small:.0%} with at most {ROOMY_LINES} lines, "
        f"longest {longest} with {lengths[longest]}"
    )
