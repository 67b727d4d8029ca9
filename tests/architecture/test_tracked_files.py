"""Keeps what is committed free of traces of the machine it was written on, and tidy for every editor."""

from __future__ import annotations

import os
import pwd
import re
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, tracked_files

# The character classes keep this file from holding what it looks for.
REGISTRIES = re.compile(r"py[p]i\.(?:org|python)|files\.python[h]osted|registry\.np[m]js")
ORDINARY_PLACES = {
    "/",
    "/tmp",
    "/home",
    "/usr",
    "/usr/src",
    "/opt",
    "/srv",
    "/src",
    "/app",
    "/var/tmp",
    "/mnt",
}


AS_THE_PROGRAM_WROTE_THEM = ("tests/store/samples/",)
"""Files of earlier releases that must stay byte for byte as they were written."""


def text_of(path: Path) -> str | None:
    """The file's text, or None for a binary file."""
    content = (ROOT / path).read_bytes()
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def machine_paths() -> re.Pattern[str]:
    """The places of this machine that must not stand in a file: the checkout, the home, the interpreter."""
    places = {str(ROOT), str(ROOT.parent), pwd.getpwuid(os.getuid()).pw_dir, sys.base_prefix}
    return re.compile(
        "|".join(rf"(?<![\w.~:/-]){re.escape(place)}/" for place in sorted(places - ORDINARY_PLACES))
    )


def test_no_tracked_file_names_this_machine_or_a_package_registry() -> None:
    places = machine_paths()
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in tracked_files()
        if (text := text_of(path)) is not None
        for number, line in enumerate(text.splitlines(), start=1)
        if places.search(line) or REGISTRIES.search(line)
    ]
    assert not found, "\n".join(found)


def test_every_text_file_ends_with_a_newline() -> None:
    unfinished = [
        str(path)
        for path in tracked_files()
        if (text := text_of(path))
        and not text.endswith("\n")
        and not path.as_posix().startswith(AS_THE_PROGRAM_WROTE_THEM)
    ]
    assert not unfinished


def test_no_text_file_has_windows_line_ends() -> None:
    found = [str(path) for path in tracked_files() if (text := text_of(path)) and "\r\n" in text]
    assert not found


@pytest.mark.parametrize("script", ["run", "test", ".ci/run", "packaging/build.sh"])
def test_the_commands_of_the_readme_can_be_called(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


def test_nothing_that_is_built_or_installed_is_tracked() -> None:
    unwanted = {".venv", "build", "dist", "out", "__pycache__", ".setup"}
    assert not [str(path) for path in tracked_files() if unwanted & set(path.parts)]
