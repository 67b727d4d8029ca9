"""Reads where rules were read: the sources named at the top of a criteria file and those of each criterion."""

from __future__ import annotations

from typing import Literal

from desktop.domain.criteria import LicenceClass, Source
from desktop.rules.fields import FieldReader
from desktop.rules.file_problem import Problems
from desktop.rules.schema import PROOF_TAGS, SOURCE_FIELDS
from desktop.rules.yaml_nodes import MapNode, TextNode

_UNKNOWN_SOURCE = Source(document="", proof="U")


class SourceReader:
    """The sources of one file by their keys. A user's own set needs none: its title then stands for the document."""

    def __init__(self, problems: Problems, head: FieldReader, licence: LicenceClass) -> None:
        self._problems = problems
        self._title = head.text("title")
        self._licence = licence
        self._known = self._read_known(head)

    def _read_known(self, head: FieldReader) -> dict[str, Source]:
        node = head.value("sources")
        if node is None:
            return {}
        if not isinstance(node, MapNode):
            self._problems.add(
                head.line("sources"),
                "`sources` must be a mapping.",
                "Write `sources:` and, under it, `key:` with its fields.",
            )
            return {}
        found: dict[str, Source] = {}
        for key, entry in node.values.items():
            if isinstance(entry, MapNode):
                found[key] = _read(FieldReader(entry, self._problems), None, self._licence)
            else:
                self._problems.add(
                    node.key_lines[key],
                    f"The source `{key}` has no fields.",
                    "Add `document`, `proof` and `address` under it.",
                )
        return found

    def of(self, fields: FieldReader) -> Source:
        """The source of a criterion; where none can be told, a note goes to the problems."""
        node = fields.value("source")
        if node is None:
            return self._default_source(fields)
        if isinstance(node, TextNode):
            return self._named_source(node.text.strip(), node.line)
        if isinstance(node, MapNode):
            inner = FieldReader(node, self._problems)
            base = self._named_source(inner.text("use"), inner.line("use")) if inner.value("use") else None
            return _read(inner, base, self._licence)
        self._problems.add(
            node.line, "`source` must be a key of `sources` or a mapping.", "Write `source: key`."
        )
        return _UNKNOWN_SOURCE

    def _default_source(self, fields: FieldReader) -> Source:
        if self._known:
            return next(iter(self._known.values()))
        if self._licence is LicenceClass.USER:
            return Source(document=self._title, proof="U")
        self._problems.add(
            fields.node.line,
            "The criterion has no source.",
            "Add `source:` with document, locator, proof and address, or a `sources:` list at the top of the file.",
        )
        return _UNKNOWN_SOURCE

    def _named_source(self, key: str, line: int) -> Source:
        found = self._known.get(key)
        if found is not None:
            return found
        known = ", ".join(self._known) or "none is defined"
        self._problems.add(
            line,
            f"There is no source `{key}`.",
            f"Define it under `sources:` at the top, or use one of: {known}.",
        )
        return _UNKNOWN_SOURCE


def _read(fields: FieldReader, base: Source | None, licence: LicenceClass) -> Source:
    """A source mapping; what it leaves out comes from `base`. Notes a missing document or an unknown proof tag."""
    fields.refuse_unknown(SOURCE_FIELDS, "a source")
    filled = base or _UNKNOWN_SOURCE
    document = fields.text("document") or filled.document
    written = fields.text("proof")
    tag = written or (filled.proof if base is not None or licence is LicenceClass.USER else "")
    proof = _proof(tag)
    if proof is None:
        known = "; ".join(f"{name}: {words}" for name, words in PROOF_TAGS.items())
        said = f"The proof tag `{tag}` is unknown." if tag else "The source has no `proof` tag."
        fields.problems.add(fields.line("proof"), said, f"Write one of {known}.")
    if not document:
        fields.problems.add(fields.line("document"), "The source names no document.", "Add `document: ...`.")
    return Source(
        document=document,
        locator=fields.text("locator") or filled.locator,
        proof=proof or "U",
        address=fields.text("address") or filled.address,
    )


def _proof(tag: str) -> Literal["T", "O", "S", "H", "U"] | None:
    match tag:
        case "T" | "O" | "S" | "H" | "U":
            return tag
        case _:
            return None
