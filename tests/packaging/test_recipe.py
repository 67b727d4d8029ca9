"""Holds the recipe of the packaged program to the source, without building it."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path
from typing import Any

import pytest

from desktop.letters.paper import signature
from tests.architecture.source_tree import ROOT, imported_names, modules, source, tracked_files, tree

RECIPE = ast.parse((ROOT / "packaging" / "indicated.spec").read_text(encoding="utf-8"))


def assigned(name: str) -> ast.expr:
    """What the recipe gives to a name."""
    for node in RECIPE.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(to, ast.Name) and to.id == name for to in node.targets
        ):
            return node.value
    pytest.fail(f"the recipe names no {name}")


def value(name: str) -> Any:
    return ast.literal_eval(assigned(name))


def strings(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def argument(name: str) -> ast.expr:
    """An argument that the recipe gives to PyInstaller's analysis."""
    call = assigned("analysis")
    assert isinstance(call, ast.Call)
    return next(keyword.value for keyword in call.keywords if keyword.arg == name)


def test_every_folder_of_resources_is_shipped_or_said_not_to_be() -> None:
    folders = {
        path.parts[1] for path in tracked_files() if path.parts[0] == "resources" and len(path.parts) > 2
    }
    assert set(value("SHIPPED")) | set(value("NOT_SHIPPED")) == folders
    assert not set(value("SHIPPED")) & set(value("NOT_SHIPPED"))


def test_no_code_reads_a_folder_that_is_not_shipped() -> None:
    readers = [
        str(module)
        for module in modules()
        for name in value("NOT_SHIPPED")
        if re.search(rf"""["']{name}["'/]""", source(module))
    ]
    assert not readers


def test_no_file_lies_in_resources_itself() -> None:
    # The recipe ships folders: what lay beside them would be missing in the package.
    assert not [
        str(path) for path in tracked_files() if path.parts[0] == "resources" and len(path.parts) == 2
    ]


def test_every_file_beside_the_code_is_shipped_as_a_file() -> None:
    named = tuple(f"{text}/" for text in strings(assigned("data")) if text.startswith("desktop/"))
    files = [path for path in tracked_files() if path.parts[0] == "desktop" and path.suffix != ".py"]
    unseen = [str(path) for path in files if not path.as_posix().startswith(named)]
    assert named == ("desktop/store/migrations/",)
    assert not unseen, f"PyInstaller takes modules only; name the folder in the recipe: {unseen}"


def test_the_criteria_are_shipped() -> None:
    assert {"criteria", "resources", "LICENSE"} <= strings(assigned("data"))


def words_of_limited_processes() -> set[str]:
    """The words with which a frozen program starts itself as a limited process."""
    found: set[str] = set()
    for module in modules():
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("worker_command"):
                found |= {text for text in strings(node) if "." not in text}
            if isinstance(node, ast.List) and "sys.executable" in ast.unparse(node):
                found |= {text for text in strings(node) if text.endswith("-worker")}
    return found


def words_that_are_served() -> set[str]:
    served = next(
        node
        for node in ast.walk(tree(Path("desktop/bootstrap.py")))
        if isinstance(node, ast.FunctionDef) and node.name == "_serve"
    )
    return {
        str(case.pattern.value.value)
        for node in ast.walk(served)
        if isinstance(node, ast.Match)
        for case in node.cases
        if isinstance(case.pattern, ast.MatchValue) and isinstance(case.pattern.value, ast.Constant)
    }


def test_the_packaged_program_knows_every_word_that_it_starts_itself_with() -> None:
    assert len(words_of_limited_processes()) >= 4
    assert words_of_limited_processes() == words_that_are_served()


def test_nothing_that_the_program_imports_is_taken_out() -> None:
    excluded = strings(argument("excludes"))
    lost = [
        f"{module}:{line}: {name}"
        for module in modules()
        for name, line in imported_names(module)
        if any(name == gone or name.startswith(f"{gone}.") for gone in excluded)
    ]
    assert not lost


def test_the_build_with_signatures_takes_what_signing_loads_by_name() -> None:
    loaded = {f"pyhanko.{name}" for name in signature._PARTS} | set(signature._SIGNER_PARTS)
    assert set(value("SIGNATURE")) == loaded


def test_the_build_without_signatures_holds_no_network_library() -> None:
    assert {"_ssl", "ssl", "PySide6.QtNetwork"} <= strings(argument("excludes"))
    assert "pyhanko" not in " ".join(value("HIDDEN"))


def test_the_desktop_entry_starts_the_program_and_finds_its_icon() -> None:
    desktop = configparser.ConfigParser(interpolation=None)
    desktop.optionxform = str  # type: ignore[method-assign, assignment]  # keys of a desktop entry keep their case
    desktop.read_string((ROOT / "packaging" / "indicated.desktop").read_text(encoding="utf-8"))
    entry = desktop["Desktop Entry"]
    assert entry["Exec"] == entry["Icon"] == entry["StartupWMClass"] == "indicated"
    assert entry["Terminal"] == "false"
    assert (ROOT / "resources" / "icons" / f"{entry['Icon']}.svg").is_file()
