"""Reads which families have no topic and which claims of the library are not argued with, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.rules.fields import FieldReader
from desktop.rules.file_problem import CriteriaFileError, Problems
from desktop.rules.loader import read_criteria_file
from desktop.rules.topic_known import Known
from desktop.rules.topics import LEFT_OUT_FILE
from desktop.rules.yaml_nodes import MapNode, TextNode, parse_yaml

_KEYS = ("families", "claims", "counters")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Reasons by family, by claim (`forsth-2013/c1`) and by topic that needs no counter; with the line of each."""

    families: Mapping[str, str] = field(default_factory=dict[str, str])
    claims: Mapping[str, str] = field(default_factory=dict[str, str])
    counters: Mapping[str, str] = field(default_factory=dict[str, str])
    lines: Mapping[str, int] = field(default_factory=dict[str, int])


def read_left_out(folder: Path, known: Known) -> LeftOut:
    """What the file beside the topics leaves out; nothing without it. Raises CriteriaFileError with every mistake."""
    path = folder / LEFT_OUT_FILE
    if not path.exists():
        return LeftOut()
    node = parse_yaml(read_criteria_file(path, path.name), path.name)
    problems = Problems()
    if not isinstance(node, MapNode):
        problems.add(1, "The file is not a list of reasons.", f"Use the keys {', '.join(_KEYS)}.")
        raise CriteriaFileError(path.name, problems.found)
    fields = FieldReader(node, problems)
    fields.refuse_unknown(_KEYS, "this file")
    lines: dict[str, int] = {}
    read = {key: _reasons(fields, key, problems, lines) for key in _KEYS}
    for name in read["families"]:
        if name not in known.codes_of:
            problems.add(
                lines[name], f"`{name}` is no family of the criteria library.", "Take the entry out."
            )
    for name in read["claims"]:
        reference_id, _, claim_id = name.partition("/")
        if (reference_id, claim_id) not in known.claims:
            problems.add(
                lines[name], f"`{name}` is no claim of the reference library.", "Take the entry out."
            )
    problems.raise_if_any(path.name)
    return LeftOut(read["families"], read["claims"], read["counters"], lines)


def _reasons(fields: FieldReader, key: str, problems: Problems, lines: dict[str, int]) -> dict[str, str]:
    node = fields.value(key)
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        problems.add(node.line, f"`{key}` must be a mapping.", "Write `name: reason`.")
        return {}
    found: dict[str, str] = {}
    for name, value in node.values.items():
        lines[name] = node.key_lines[name]
        if isinstance(value, TextNode) and value.text.strip():
            found[name] = value.text.strip()
        else:
            problems.add(lines[name], f"No reason is given for `{name}`.", "Say why in words.")
    return found
