"""Reads the program's own source for the architecture tests; it never imports or runs it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "desktop"


@cache
def modules() -> tuple[Path, ...]:
    """Every module of the program, relative to the checkout."""
    return tuple(
        path.relative_to(ROOT) for path in sorted(PACKAGE.rglob("*.py")) if "__pycache__" not in path.parts
    )


@cache
def source(module: Path) -> str:
    return (ROOT / module).read_text(encoding="utf-8")


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(source(module), filename=str(module))


def imported_names(module: Path) -> Iterator[tuple[str, int]]:
    """Every absolute dotted name that the module imports anywhere, with the line."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def tracked_files() -> tuple[Path, ...]:
    """Every file under version control, relative to the checkout; skips the test outside a git checkout."""
    try:
        listing = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    names = [name for name in listing.decode("utf-8").split("\0") if name]
    return tuple(Path(name) for name in names if (ROOT / name).is_file())
