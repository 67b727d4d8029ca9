"""Loads criteria sets from YAML text and from a folder, with every mistake named by file and line.

It must not evaluate anything, and a broken file never keeps the others from loading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict

from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.domain.text import sha256_of
from desktop.rules.fields import FieldReader
from desktop.rules.file_problem import CriteriaFileError, FileProblem, Problems
from desktop.rules.lineage import lineage_problems
from desktop.rules.schema import REQUIRED_SET_FIELDS, SET_FIELDS
from desktop.rules.source_reader import SourceReader
from desktop.rules.tree_reader import TreeReader
from desktop.rules.yaml_nodes import MAX_BYTES, MapNode, parse_yaml

__all__ = [
    "CriteriaFileError",
    "FileProblem",
    "Library",
    "ReadSet",
    "load_library",
    "load_set",
    "read_criteria_file",
]

FILE_NAME = "criteria.yaml"


@dataclass(frozen=True, slots=True)
class ReadSet:
    """A set as read, with the line of every id in its tree and of every top-level key."""

    criteria_set: CriteriaSet
    id_lines: Mapping[str, int]
    key_lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Library:
    """The sets that can be chosen, in order of their ids, and the files that could not be read."""

    sets: tuple[CriteriaSet, ...] = ()
    problems: tuple[CriteriaFileError, ...] = ()

    def get(self, set_id: str) -> CriteriaSet | None:
        """The set with an id, or None."""
        return next((item for item in self.sets if item.id == set_id), None)

    def with_user_sets(self, user_sets: Iterable[CriteriaSet]) -> Library:
        """A library that also has the user's own sets. A shipped set keeps its id; of two own ones the later counts.

        What contradicts itself between own sets and others is among the problems; the sets are there all the same.
        """
        shipped = {item.id for item in self.sets}
        own = {item.id: item for item in user_sets}
        clashes = tuple(
            _whole_file_error(
                f"user set {set_id}",
                f"The id `{set_id}` belongs to a set that comes with the program.",
                "Give your set an id of its own, for example with the plan's name in front.",
            )
            for set_id in own
            if set_id in shipped
        )
        added = tuple(item for set_id, item in own.items() if set_id not in shipped)
        sets = self.sets + added
        names = {item.id for item in added}
        contradictions = tuple(
            _whole_file_error(_whose(found.set_id, names), found.problem, found.fix, is_left_out=False)
            for found in lineage_problems(sets)
            if found.set_id in names or found.other_id in names
        )
        return Library(sets, self.problems + clashes + contradictions)


def load_set(yaml_text: str, origin: str) -> CriteriaSet:
    """The set in a YAML text; `origin` names it in messages. Raises CriteriaFileError with every mistake."""
    return read_set(yaml_text, origin).criteria_set


def load_library(folder: Path) -> Library:
    """Every `criteria.yaml` under a folder. Files that cannot be read become `problems`; the rest loads.

    So does what sets say of each other and cannot be right (editions that overlap, circles); these sets do load.
    """
    sets: dict[str, ReadSet] = {}
    origins: dict[str, str] = {}
    problems: list[CriteriaFileError] = []
    for path in criteria_files(folder):
        origin = path.relative_to(folder).as_posix()
        try:
            read = read_set(read_criteria_file(path, origin), origin)
        except CriteriaFileError as error:
            problems.append(error)
            continue
        set_id = read.criteria_set.id
        if set_id in sets:
            problems.append(
                _whole_file_error(
                    origin, f"The set id `{set_id}` is used by another file.", "Give it its own id."
                )
            )
        sets.setdefault(set_id, read)
        origins.setdefault(set_id, origin)
    found = tuple(sets[set_id].criteria_set for set_id in sorted(sets))
    for item in lineage_problems(found):
        line = sets[item.set_id].key_lines.get(item.key, 1)
        problem = FileProblem(line=line, problem=item.problem, fix=item.fix)
        problems.append(CriteriaFileError(origins[item.set_id], (problem,), is_left_out=False))
    return Library(found, tuple(problems))


def criteria_files(folder: Path) -> tuple[Path, ...]:
    """Every criteria file under a folder, in a fixed order. A pipe or a device of that name is none: it never ends.

    A folder of that name and a link that leads nowhere, or round in a circle, are there to be told of.
    """
    # By a pattern: looking for the very name, `rglob` passes over links that lead nowhere.
    found = folder.rglob(f"*{Path(FILE_NAME).suffix}")
    return tuple(sorted(path for path in found if path.name == FILE_NAME and _is_to_be_read(path)))


def _is_to_be_read(path: Path) -> bool:
    return path.is_file() or path.is_dir() or (path.is_symlink() and not path.exists())


def file_of(criteria_set: CriteriaSet, paths: Iterable[Path]) -> tuple[Path, str] | None:
    """The file that a set was read from, with its text, or None; found by its hash, wherever it lies in a library.

    A file that cannot be read is passed over: it is another set's, and loading the library has named it.
    """
    for path in paths:
        try:
            text = read_criteria_file(path, path.name)
        except CriteriaFileError:
            continue
        if sha256_of(text) == criteria_set.content_hash:
            return path, text
    return None


def read_criteria_file(path: Path, origin: str) -> str:
    """A file's text as UTF-8. Raises CriteriaFileError when it cannot be read, is too large or is not UTF-8."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise _whole_file_error(
            origin, f"The file cannot be read: {said}.", "Check that it is there."
        ) from error
    if len(data) > MAX_BYTES:
        raise _whole_file_error(
            origin,
            f"The file is larger than {MAX_BYTES:,} bytes, the most a criteria file may have.",
            "Split it into several sets.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = FileProblem(line=line, problem="The file is not UTF-8 text.", fix="Save it as UTF-8.")
        raise CriteriaFileError(origin, (problem,)) from error


def read_set(yaml_text: str, origin: str) -> ReadSet:
    """The set with the lines that its parts stand on. Raises CriteriaFileError with every mistake."""
    node = parse_yaml(yaml_text, origin)
    problems = Problems()
    if not isinstance(node, MapNode):
        problems.add(
            node.line,
            "The file is not a criteria set.",
            "Begin with `id:`, `title:` and the other keys of a set.",
        )
        raise CriteriaFileError(origin, problems.found)
    fields = FieldReader(node, problems)
    fields.refuse_unknown(SET_FIELDS, "a criteria set")
    fields.require(REQUIRED_SET_FIELDS, "the set")
    licence = fields.word("licence", LicenceClass, LicenceClass.USER)
    tree = TreeReader(problems, SourceReader(problems, fields, licence))
    criteria = fields.value("criteria")
    root = None if criteria is None else tree.root(criteria)
    draft = _read_head(fields)
    if root is None or problems.found:
        raise CriteriaFileError(origin, problems.found)
    found = CriteriaSet(**draft, licence=licence, root=root, content_hash=sha256_of(yaml_text))
    return ReadSet(found, tree.lines, dict(node.key_lines))


class _Head(TypedDict):
    """The fields of a set other than its tree."""

    id: str
    family: str
    title: str
    publisher: str
    document_number: str
    edition: str
    effective_from: date | None
    effective_to: date | None
    retrieved_on: date | None
    review_by: date | None
    address: str
    customises: str | None
    supersedes: str | None
    terms: tuple[str, ...]
    codes: tuple[str, ...]
    diagnoses: tuple[str, ...]
    indications: tuple[str, ...]
    covers: tuple[FindingKind, ...]
    notes: str


def _read_head(fields: FieldReader) -> _Head:
    head = _Head(
        id=fields.identifier("id", "unnamed"),
        family=fields.identifier("family", "unnamed"),
        title=fields.text("title"),
        publisher=fields.text("publisher"),
        document_number=fields.text("document_number"),
        edition=fields.text("edition"),
        effective_from=fields.day("effective_from"),
        effective_to=fields.day("effective_to"),
        retrieved_on=fields.day("retrieved_on"),
        review_by=fields.day("review_by"),
        address=fields.text("address"),
        customises=fields.identifier("customises", "") or None,
        supersedes=fields.identifier("supersedes", "") or None,
        terms=fields.plain_texts("terms"),
        codes=fields.plain_texts("codes"),
        diagnoses=fields.plain_texts("diagnoses"),
        indications=fields.plain_texts("indications"),
        covers=fields.words("covers", FindingKind),
        notes=fields.text("notes"),
    )
    for key, named in (("customises", head["customises"]), ("supersedes", head["supersedes"])):
        if named is not None and named == head["id"]:
            fields.problems.add(
                fields.line(key),
                f"`{key}` names the set itself.",
                f"Write the id of the other set, or leave `{key}` out; a new edition needs an id of its own.",
            )
    first, last = head["effective_from"], head["effective_to"]
    if first is not None and last is not None and last < first:
        fields.problems.add(
            fields.line("effective_to"),
            f"The edition ends on {last} before it begins on {first}.",
            "Correct one of the two dates.",
        )
    return head


def _whose(set_id: str, own: set[str]) -> str:
    return f"user set {set_id}" if set_id in own else f"set {set_id}"


def _whole_file_error(origin: str, problem: str, fix: str, *, is_left_out: bool = True) -> CriteriaFileError:
    found = (FileProblem(line=1, problem=problem, fix=fix),)
    return CriteriaFileError(origin, found, is_left_out=is_left_out)
