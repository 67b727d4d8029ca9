"""Proves that the lock pins everything that is declared, with hashes, and says nothing about where it was made."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.architecture.source_tree import ROOT

PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-packaging.lock")
every_lock = pytest.mark.parametrize("lock", LOCKS)


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {found["name"]: found["version"] for line in lines if (found := PIN.match(line))}


def declared() -> tuple[set[str], set[str], set[str]]:
    """Normalised names of the runtime, the development and the packaging dependencies in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    def names(requirements: list[str]) -> set[str]:
        heads = (re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0] for requirement in requirements)
        return {re.sub(r"[-_.]+", "-", head).lower() for head in heads}

    groups, extras = project["dependency-groups"], project["project"]["optional-dependencies"]
    packaging = names(groups["packaging"]) | names(extras["signature"])
    return names(project["project"]["dependencies"]), names(groups["dev"]), packaging


@every_lock
def test_every_line_is_a_pin_or_a_hash(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    strange = [line for line in lines if not PIN.match(line) and not HASH.match(line)]
    assert not strange


@every_lock
def test_every_pin_has_hashes(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if PIN.match(line) and not HASH.match(following)
    ]
    assert not bare


def test_everything_declared_is_pinned() -> None:
    run, dev, packaging = declared()
    assert run <= pins("requirements.lock").keys()
    assert run | dev <= pins("requirements-dev.lock").keys()
    assert run | packaging <= pins("requirements-packaging.lock").keys()


@every_lock
def test_every_lock_pins_what_the_program_runs_with_alike(lock: str) -> None:
    run, other = pins("requirements.lock"), pins(lock)
    assert {name: other.get(name) for name in run} == run


def test_neither_the_signature_nor_the_packaging_tools_are_among_what_the_program_runs_with() -> None:
    _, _, packaging = declared()
    assert not packaging & pins("requirements.lock").keys()


def test_the_release_of_qt_that_kills_python_3_11_is_not_pinned() -> None:
    major, minor, *_ = (int(part) for part in pins("requirements.lock")["pyside6-essentials"].split("."))
    assert (major, minor) == (6, 11)
