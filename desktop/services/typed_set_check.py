"""What is wrong with a set as typed, in words and by row; the loader is the judge, this only finds the place again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import yaml

from desktop.rules.loader import CriteriaFileError, load_set
from desktop.services.typed_set_text import ORIGIN, to_yaml
from desktop.services.typed_sets import TypedGroup, TypedRow, TypedSet

Path = tuple[int, ...]
"""Place among the entries as typed, blank ones counted: `()` the head, `(2,)` an entry, `(2, 0)` a row of a group."""

_HEAD_WORDS = {
    "title": "Give the set a title.",
    "publisher": "Name the publisher: the plan, or whoever wrote the criteria.",
    "edition": "Say which edition this is: a year, a date or a revision.",
}


@dataclass(frozen=True, slots=True)
class TypedProblem:
    """One mistake: where, in which field, what is wrong. `is_missing`: nothing is there yet, so it can wait."""

    path: Path
    field: str
    what: str
    is_missing: bool = False


def check(typed: TypedSet, taken: Collection[str] = ()) -> tuple[TypedProblem, ...]:
    """Everything that keeps the set from being saved, in reading order; empty when it can be."""
    found = [*_missing(typed)]
    said = {(problem.path, problem.field) for problem in found}
    text = to_yaml(typed, taken)
    try:
        load_set(text, ORIGIN)
    except CriteriaFileError as error:
        places = _places(typed, text)
        for item in error.problems:
            path, field = _place_of(item.line, places)
            if (path, field) not in said and not _is_empty(typed, path, field):
                found.append(TypedProblem(path, field, _unquoted(f"{item.problem} {item.fix}")))
    return tuple(sorted(found, key=_reading_order))


def _unquoted(words: str) -> str:
    """Words without the marks of YAML, which the rows do not show."""
    return words.replace('`"', "").replace('"`', "").replace("`", "")


def _reading_order(problem: TypedProblem) -> Path:
    return problem.path


def _missing(typed: TypedSet) -> Iterator[TypedProblem]:
    for field, words in _HEAD_WORDS.items():
        if not str(getattr(typed, field)).strip():
            yield TypedProblem((), field, words, is_missing=True)
    if not typed.rows:
        yield TypedProblem((), "criteria", "Type at least one criterion.", is_missing=True)
    shown = [entry for entry in typed.entries if not entry.is_blank]
    if typed.rows and typed.rule == "at_least" and typed.count > len(shown):
        yield _unreachable((), typed.count, len(shown))
    for at, entry in enumerate(typed.entries):
        if isinstance(entry, TypedRow):
            yield from _unworded(entry, (at,))
            continue
        rows = [row for row in entry.rows if not row.is_blank]
        if not rows and not entry.is_blank:
            yield TypedProblem((at,), "rule", "This group has no criterion yet.", is_missing=True)
        elif rows and entry.rule == "at_least" and entry.count > len(rows):
            yield _unreachable((at,), entry.count, len(rows))
        for inner, row in enumerate(entry.rows):
            yield from _unworded(row, (at, inner))


def _unworded(row: TypedRow, path: Path) -> Iterator[TypedProblem]:
    if not row.is_blank and not row.text.strip():
        yield TypedProblem(path, "text", "Write what must hold, in one sentence.", is_missing=True)


def _unreachable(path: Path, count: int, rows: int) -> TypedProblem:
    there = "there is 1 criterion" if rows == 1 else f"there are {rows} criteria"
    return TypedProblem(path, "rule", f"At least {count} can never be reached: {there} here.")


def _is_empty(typed: TypedSet, path: Path, field: str) -> bool:
    """Whether the loader only repeats that nothing is there: said already, in our own words."""
    if not typed.rows and field == "criteria":
        return True
    entry = typed.entries[path[0]] if path else None
    return isinstance(entry, TypedGroup) and len(path) == 1 and all(row.is_blank for row in entry.rows)


# ---------------------------------------------------------------------------------------- lines to places

_Places = list[tuple[int, Path, str]]
"""First line (from 1), path and field, in line order."""


def _places(typed: TypedSet, text: str) -> _Places:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    places: _Places = [(1, (), "title")]
    for key, node in _pairs(root):
        places.append((_line(key), (), _text(key)))
        if _text(key) == "criteria":
            _tree(node, typed, places)
    return places


def _tree(node: yaml.Node, typed: TypedSet, places: _Places) -> None:
    shown = [(at, entry) for at, entry in enumerate(typed.entries) if not entry.is_blank]
    for child, (at, entry) in zip(_children(node, places, ()), shown, strict=True):
        if isinstance(entry, TypedRow):
            _fields(child, (at,), places)
            continue
        rows = [inner for inner, row in enumerate(entry.rows) if not row.is_blank]
        for leaf, inner in zip(_children(child, places, (at,)), rows, strict=True):
            _fields(leaf, (at, inner), places)


def _children(group: yaml.Node, places: _Places, path: Path) -> list[yaml.Node]:
    for key, node in _pairs(group):
        is_text = _text(key) == "text"
        places.append((_line(key), path, "text" if is_text and path else "rule" if path else "criteria"))
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
    return []


def _fields(node: yaml.Node, path: Path, places: _Places) -> None:
    for key, _ in _pairs(node):
        name = _text(key)
        places.append((_line(key), path, {"id": "text", "source": "locator"}.get(name, name)))


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _text(node: yaml.Node) -> str:
    return str(node.value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _place_of(line: int, places: _Places) -> tuple[Path, str]:
    """The place that a line belongs to: the last one that begins on it or before it."""
    path, field = places[0][1:]
    for first, candidate, name in places:
        if first <= line:
            path, field = candidate, name
    return path, field
