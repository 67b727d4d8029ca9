"""Holds every module of the program to the rules that keep it readable and safe; reads source, runs nothing."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import imported_names, modules, source, tree

MOST_LINES = 400
BANNED_NAMES = {"common", "data", "info", "misc"}
BANNED_WORDS = {"helper", "helpers", "manager", "managers", "util", "utils"}
MAY_PRINT = ("desktop/cli.py", "desktop/cli/")
NETWORK = {
    "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets", "asyncio.streams",
    "aiohttp", "ftplib", "http.client", "http.server", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "urllib.request", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
ONLY_IN = {
    "PySide6": ("desktop/ui/",),
    "sqlmodel": ("desktop/store/",),
    "sqlalchemy": ("desktop/store/",),
    "sqlcipher3": ("desktop/store/",),
    "alembic": ("desktop/store/",),
    "sqlite3": (),  # the one in Python has a race that can corrupt a file; ours is inside SQLCipher
    "reportlab": ("desktop/letters/",),
}

every_module = pytest.mark.parametrize("module", modules(), ids=str)


def is_in(module: Path, places: tuple[str, ...]) -> bool:
    return any(module.as_posix().startswith(place) for place in places)


@every_module
def test_a_module_opens_with_a_sentence_that_says_why_it_exists(module: Path) -> None:
    docstring = ast.get_docstring(tree(module))
    assert docstring, f"{module} has no docstring"
    first = docstring.split("\n\n")[0].strip()
    assert first.endswith((".", "!", "?")), (
        f"{module}: the docstring does not open with a sentence: {first!r}"
    )


@every_module
def test_a_module_fits_in_the_head(module: Path) -> None:
    lines = source(module).count("\n")
    assert lines <= MOST_LINES, f"{module} has {lines} lines: two ideas share a room"


@every_module
def test_a_module_is_named_after_what_it_holds(module: Path) -> None:
    names = set(module.with_suffix("").parts)
    words = {word for name in names for word in name.split("_")}
    empty = (names & BANNED_NAMES) | (words & BANNED_WORDS)
    assert not empty, f"{module}: {sorted(empty)} says nothing"


@every_module
def test_only_the_command_line_prints(module: Path) -> None:
    if is_in(module, MAY_PRINT):
        return
    lines = [
        node.lineno
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not lines, f"{module} prints in lines {lines}"


@every_module
def test_nothing_runs_the_event_loop_by_hand(module: Path) -> None:
    lines = [
        node.lineno
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and node.attr == "processEvents"
    ]
    assert not lines, f"{module} calls processEvents in lines {lines}: re-entry is how typed text gets lost"


@every_module
def test_libraries_stay_in_their_rooms(module: Path) -> None:
    strays = [
        f"line {line}: {name}"
        for name, line in imported_names(module)
        if (places := ONLY_IN.get(name.partition(".")[0])) is not None and not is_in(module, places)
    ]
    assert not strays, f"{module}: {strays}"


@every_module
def test_no_module_can_reach_a_network(module: Path) -> None:
    strays = [
        f"line {line}: {name}"
        for name, line in imported_names(module)
        if any(name == banned or name.startswith(f"{banned}.") for banned in NETWORK)
    ]
    assert not strays, f"{module}: {strays}"


def test_the_domain_knows_only_python_and_pydantic() -> None:
    allowed = sys.stdlib_module_names | {"desktop", "pydantic", "__future__"}
    strays = [
        f"{module} line {line}: {name}"
        for module in modules()
        if module.as_posix().startswith("desktop/domain/")
        for name, line in imported_names(module)
        if name.partition(".")[0] not in allowed
        or (name.startswith("desktop") and name != "desktop" and not name.startswith("desktop.domain"))
    ]
    assert not strays


def slots_that_keep_their_owner_alive(code: ast.Module) -> list[int]:
    """Lines that connect a lambda or partial which captures `self`: the owner then outlives its window."""
    lines: list[int] = []
    for node in ast.walk(code):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "connect"
        ):
            continue
        for slot in node.args:
            is_partial = (
                isinstance(slot, ast.Call) and re.search(r"\bpartial$", ast.unparse(slot.func)) is not None
            )
            captures = any(isinstance(inner, ast.Name) and inner.id == "self" for inner in ast.walk(slot))
            if (isinstance(slot, ast.Lambda) or is_partial) and captures:
                lines.append(node.lineno)
    return lines


@every_module
def test_slots_are_bound_methods(module: Path) -> None:
    lines = slots_that_keep_their_owner_alive(tree(module))
    assert not lines, f"{module}: lambda or partial with self connected in lines {lines}"


def test_the_slot_rule_sees_lambdas_and_partials_and_lets_bound_methods_pass() -> None:
    code = ast.parse(
        "a.clicked.connect(lambda: self.close())\n"
        "a.clicked.connect(functools.partial(self.go, 1))\n"
        "a.clicked.connect(self.close)\n"
        "a.clicked.connect(lambda: other())\n"
    )
    assert slots_that_keep_their_owner_alive(code) == [1, 2]
