"""Commands on argument topics of the house's own: taking one in, writing one out, taking one out of the store."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from desktop.cli.cases import require_store
from desktop.rules.loader import read_criteria_file
from desktop.security.atomic_file import write_whole
from desktop.services.opening import open_with_password
from desktop.services.workspace import Services

Password = Callable[[Path | None], str]


def run(options: argparse.Namespace, password: Password) -> int:
    """Carry out `topics import`, `export` or `remove`."""
    require_store(options.store)
    services = open_with_password(options.store, password(options.password_file))
    try:
        match options.action:
            case "import":
                return _import(services, options.file, is_only_checked=options.check)
            case "export":
                return _export(services, options.topic, options.out)
            case _:
                services.own_topics.remove(options.topic)
                sys.stdout.write(f"Removed: {options.topic}\n")
                return 0
    finally:
        services.close()


def _import(services: Services, path: Path, *, is_only_checked: bool) -> int:
    text = read_criteria_file(path, path.name)
    found = services.own_topics.check(text, path.name)
    for item in found.warnings:
        sys.stdout.write(f"{item.file}:{item.line}: warning [{item.rule}] {item.message} {item.instead}\n")
    if is_only_checked:
        sys.stdout.write("No error. Nothing was stored.\n")
        return 0
    stored = services.own_topics.store(text).value
    word = "Replaced" if found.replaces else "Stored"
    sys.stdout.write(f"{word}: {stored.id} ({len(stored.claims)} claims)\n")
    return 0


def _export(services: Services, topic_id: str, out: Path | None) -> int:
    text = services.topics.text(topic_id)
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        return 0
    write_whole(out, text, "The topic is unchanged")
    return 0
