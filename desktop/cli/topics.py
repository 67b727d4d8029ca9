"""Commands on the argument topics: what to do with them, and which room does it. No store and no password."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from pathlib import Path

from desktop.cli.criteria_answers import print_json
from desktop.domain.errors import UserFacingError
from desktop.domain.severity import Severity
from desktop.domain.topic import Condition, TopicClaim, TopicSection
from desktop.letters.references.library import load_references
from desktop.rules.loader import load_library
from desktop.rules.topic_known import Known
from desktop.rules.topic_lint import lint_topics
from desktop.rules.topics import TopicLibrary, load_topics, topic_files
from desktop.services.topics import known_in
from desktop.settings.paths import criteria_dir, resources_dir


def run(options: argparse.Namespace) -> int:
    """Carry out a `topics` command; 1 when a check found errors."""
    folder: Path = options.folder
    if not folder.is_dir() or not topic_files(folder):
        raise UserFacingError(
            f"There is no topic file (.yaml) in {folder}.",
            safe="Nothing was checked or changed.",
            todo="Name a folder with argument topics.",
        )
    known = known_in(load_references(resources_dir() / "references"), load_library(criteria_dir()))
    match options.action:
        case "list":
            return _list(_library(folder, known), as_json=options.json)
        case "show":
            return _show(_library(folder, known), options.topic, as_json=options.json)
        case _:
            return _lint(folder, known)


def _library(folder: Path, known: Known) -> TopicLibrary:
    library = load_topics(folder, known)
    for problem in library.problems:
        sys.stderr.write(f"left out: {problem.what}\n")
    return library


def _list(library: TopicLibrary, *, as_json: bool) -> int:
    rows = [
        {
            "id": topic.id,
            "title": topic.title,
            "kind": topic.kind.value,
            "families": list(topic.families),
            "codes": list(topic.codes),
            "claims": len(topic.claims),
            "counters": sum(claim.counter is not None for claim in topic.claims),
            "sections": [section.value for section in topic.sections],
            "empty_sections": [section.value for section in TopicSection if section not in topic.sections],
        }
        for topic in library.topics
    ]
    if as_json:
        print_json(rows)
        return 0
    for row, topic in zip(rows, library.topics, strict=True):
        counted = f"{row['claims']} claims, {row['counters']} counters, {len(topic.sections)} of 9 sections"
        sys.stdout.write(f"{topic.id}\t{counted}\t{topic.title}\n")
    return 0


def _show(library: TopicLibrary, name: str, *, as_json: bool) -> int:
    topic = library.get(name)
    if topic is None:
        near = get_close_matches(name, [item.id for item in library.topics], n=3)
        raise UserFacingError(
            f"There is no topic called {name}.",
            safe="Nothing was changed.",
            todo=f"Did you mean {' or '.join(near)}?" if near else "See `topics list`.",
        )
    if as_json:
        print_json(topic.model_dump(mode="json"))
        return 0
    sys.stdout.write(f"{topic.title}\n{topic.notes}\n")
    for section in TopicSection:
        held = [claim for claim in topic.claims if claim.section is section]
        sys.stdout.write(f"\n{section.label}{'' if held else ': nothing verified is held'}\n")
        for claim in held:
            sys.stdout.write(_outline(claim))
    return 0


def _outline(claim: TopicClaim) -> str:
    lines = [f"- {claim.text} [{claim.id}; {', '.join(item.caption for item in claim.sources)}]"]
    lines.extend(f"    when: {_said(condition)}" for condition in claim.when)
    if claim.counter is not None:
        against = ", ".join(item.caption for item in claim.counter.sources)
        lines.append(f"    against it: {claim.counter.text} [{against}]")
        lines.append(f"    answer: {claim.counter.answer}")
    return "\n".join(lines) + "\n"


def _said(condition: Condition) -> str:
    parts = (
        ("finding", [f"{item.kind.value} {item.assertion.value}" for item in condition.findings]),
        ("fact", [item.value for item in condition.facts]),
        ("code", list(condition.codes)),
        ("family", list(condition.families)),
        ("criterion", [f"{item.topic} {item.truth.value}" for item in condition.criteria]),
        ("plan", [item.value for item in condition.plans]),
        ("denial", [item.value for item in condition.denials]),
    )
    return "; ".join(f"{name} {' or '.join(values)}" for name, values in parts if values)


def _lint(folder: Path, known: Known) -> int:
    problems = lint_topics(folder, known)
    for problem in problems:
        sys.stdout.write(
            f"{problem.file}:{problem.line}: {problem.severity.value} [{problem.rule}] "
            f"{problem.message} {problem.instead}\n"
        )
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    sys.stdout.write(f"topics lint: {errors} error(s), {len(problems) - errors} warning(s).\n")
    return 1 if errors else 0
