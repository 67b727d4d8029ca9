"""The command line as a shell sees it: words in, exit code and output back, on a store of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.audit import Actor
from desktop.settings.paths import HOME_VARIABLE, resources_dir
from tests.made_store import lay_store

PASSWORD = "correct horse battery"

Command = Callable[..., tuple[int, str, str]]
Mutate = Callable[[dict[str, Any]], None]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Run one command; returns exit code, standard output and standard error."""
    from desktop import bootstrap
    from desktop.security import redact

    # It would forbid this whole test process to be looked at, which other tests do.
    monkeypatch.setattr(redact, "harden_process", lambda: None)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "own-home"))

    def run(*words: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = bootstrap.start([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The folder of a fresh store."""
    folder = tmp_path / "store"
    lay_store(folder, actor=Actor(name="R. Reviewer"))
    return folder


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    """A file that holds the store's password."""
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\n", "utf-8")
    return path


@pytest.fixture
def case_file(tmp_path: Path) -> Callable[[Mutate], Path]:
    """The sample case as a file, changed by a function."""

    def write(mutate: Mutate) -> Path:
        source = resources_dir() / "sample" / "revision-fusion-l2-s1.json"
        document = json.loads(source.read_text("utf-8"))
        mutate(document)
        path = tmp_path / "changed.json"
        path.write_text(json.dumps(document), "utf-8")
        return path

    return write
