"""A criteria set as a reviewer types it from paper: plain values, ids and drafts; it knows no YAML and no Qt."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import Enum
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from desktop.domain.clinical import FindingKind
from desktop.domain.criteria import LicenceClass, Polarity, Scope, Source
from desktop.domain.document import DocumentKind

Rule = Literal["all", "any", "at_least"]

LONGEST_SLUG = 60
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One criterion. Texts are kept as typed, also half-typed ones; an empty `id` is made up when it is saved."""

    text: str = ""
    polarity: Polarity = Polarity.PRESENT
    per: Scope = Scope.CASE
    threshold: str = ""
    """For example `>= 4 mm`; empty for none."""
    evidence_types: tuple[DocumentKind, ...] = ()
    within: str = ""
    closes_with: str = ""
    note: str = ""
    locator: str = ""
    """Section, limb or page of the document."""
    id: str = ""
    concerns: str = ""
    topic: str = ""
    source: Source | None = None
    """Only when it is another document than the set itself; its locator is `locator`."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: such a row is left out."""
        return not any((self.text, self.threshold, self.within, self.closes_with, self.note)) and (
            not self.id and not self.locator
        )


@dataclass(frozen=True, slots=True)
class TypedGroup:
    """Rows under a rule of their own, one level deep. `count` counts only for `at_least`."""

    text: str = ""
    rule: Rule = "any"
    count: int = 1
    rows: tuple[TypedRow, ...] = ()
    id: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether neither a name nor a criterion was typed."""
        return not self.text and not self.id and all(row.is_blank for row in self.rows)


@dataclass(frozen=True, slots=True)
class TypedSet:
    """The whole set as typed. The fields after `entries` are not in the form; they are carried along unchanged."""

    title: str = ""
    publisher: str = ""
    document_number: str = ""
    edition: str = ""
    licence: LicenceClass = LicenceClass.USER
    codes: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()
    covers: tuple[FindingKind, ...] = ()
    notes: str = ""
    rule: Rule = "all"
    count: int = 1
    entries: tuple[TypedRow | TypedGroup, ...] = ()
    id: str = ""
    family: str = ""
    root_id: str = ""
    root_text: str = ""
    diagnoses: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    retrieved_on: date | None = None
    review_by: date | None = None
    address: str = ""
    preamble: str = ""
    """The comment lines at the top of a text that was written by hand."""

    @property
    def rows(self) -> tuple[TypedRow, ...]:
        """Every criterion in reading order, blank ones left out."""
        found: list[TypedRow] = []
        for entry in self.entries:
            found += entry.rows if isinstance(entry, TypedGroup) else (entry,)
        return tuple(row for row in found if not row.is_blank)


def slug(text: str, fallback: str, longest: int = LONGEST_SLUG) -> str:
    """Words as an id: lower case, joined by hyphens, without accents; `fallback` when no Latin letter is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = _NOT_IN_IDS.sub("-", plain).strip("-")
    if len(words) > longest:
        words = words[: longest + 1].rpartition("-")[0] or words[:longest]
    return words or fallback


def with_ids(typed: TypedSet, taken: Collection[str] = ()) -> TypedSet:
    """The set without blank rows, with an id on everything; ids that are there stay. `taken`: ids of other sets."""
    used = {entry.id for entry in typed.entries} | {typed.root_id}
    used |= {row.id for entry in typed.entries if isinstance(entry, TypedGroup) for row in entry.rows}
    used.discard("")

    def claim(wanted: str, words: str, fallback: str) -> str:
        return wanted or _unique(slug(words, fallback), used)

    def row_with_id(row: TypedRow) -> TypedRow:
        return replace(row, id=claim(row.id, row.text, "criterion"))

    root_id = claim(typed.root_id, "", "whole-set")
    entries: list[TypedRow | TypedGroup] = []
    for entry in typed.entries:
        if entry.is_blank:
            continue
        if isinstance(entry, TypedRow):
            entries.append(row_with_id(entry))
            continue
        group_id = claim(entry.id, entry.text, "group")
        rows = tuple(row_with_id(row) for row in entry.rows if not row.is_blank)
        entries.append(replace(entry, id=group_id, rows=rows))
    return replace(
        typed,
        id=typed.id or _set_id(typed, taken),
        family=typed.family or slug(typed.title, "own-criteria"),
        root_id=root_id,
        entries=tuple(entries),
    )


def to_draft(typed: TypedSet) -> str:
    """A set as JSON, however unfinished. Halves of surrogate pairs, which no store can keep, are replaced."""
    return _LONE_SURROGATE.sub("\ufffd", json.dumps(asdict(typed), ensure_ascii=False, default=_plain))


def from_draft(json_text: str) -> TypedSet | None:
    """The set of a draft; None when it is damaged or was written by another version."""
    try:
        return _TYPED_SET.validate_json(json_text)
    except ValidationError:
        return None


_TYPED_SET = TypeAdapter(TypedSet)


def _set_id(typed: TypedSet, taken: Collection[str]) -> str:
    publisher = slug(typed.publisher, "own", 24)
    return _unique(f"{publisher}.{slug(typed.title, 'criteria', 48)}", set(taken))


def _unique(wanted: str, used: set[str]) -> str:
    found, number = wanted, 1
    while found in used:
        number += 1
        found = f"{wanted}-{number}"
    used.add(found)
    return found


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case Source():
            return value.model_dump()
        case _:
            raise TypeError(f"no draft form for {type(value).__name__}")
