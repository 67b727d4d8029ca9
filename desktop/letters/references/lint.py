"""Checks a library file: no orphan, no duplicate, every claim with its figure and source, every citation complete.

It judges the form of entries, with the line each stands on; whether a claim is true was judged where it was verified.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from desktop.domain.severity import Severity
from desktop.letters.references.csl import TEXT_FIELDS
from desktop.letters.references.duplicates import duplicates_among, plain_title
from desktop.letters.references.library import (
    FILE_NAME,
    VERIFIED,
    ReferenceLibrary,
    entries_in,
    load_references,
)

NO_FIGURE = "none stated"
_PLACE = ("volume", "DOI", "PMID")
_NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "article-journal": (("title",), ("author",), ("container-title",), ("issued",), _PLACE),
    "book": (("title",), ("author",), ("publisher",), ("issued",)),
    "chapter": (("title",), ("author",), ("container-title",)),
    "report": (("title",), ("publisher", "author"), ("issued", "number")),
    "regulation": (("title",), ("section",), ("authority", "container-title")),
    "legislation": (("title",), ("section",)),
    "legal_case": (("title",), ("container-title",), ("volume",), ("page",), ("issued",), ("authority",)),
    "webpage": (("title",), ("URL",)),
}
"""For each type, the fields a citation needs: of each group, one."""
_KNOWN_KEYS = frozenset(TEXT_FIELDS) | {
    "id",
    "type",
    "author",
    "issued",
    "inferred_fields",
    "authors_truncated",
    "status",
    "stance",
    "evidence_level",
    "subjects",
    "verified_from",
    "verified_on",
    "standing",
    "standing_note",
    "superseded_by",
    "same_as",
    "no_claim_because",
    "claims",
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class ReferenceProblem:
    """One finding: where, which rule, how grave, and what to do."""

    line: int
    entry: str
    rule: str
    severity: Severity
    message: str


_Entry = Mapping[str, object]
_Found = Iterator[tuple[str, str]]


def lint_references(folder: Path) -> tuple[ReferenceProblem, ...]:
    """Every finding in a folder's `references.json`, by line. Raises UserFacingError when it cannot be read."""
    library = load_references(folder)
    text = (folder / FILE_NAME).read_text("utf-8")
    entries = entries_in(text)
    places = _Places(text)
    found: list[ReferenceProblem] = []
    ids = Counter(str(entry["id"]) for entry in entries)
    claims = _claims_by_words(entries)
    for entry in entries:
        name = str(entry["id"])
        for rule in _RULES:
            found.extend(places.problem(name, words, rule=code) for code, words in rule(entry, library))
        if ids[name] > 1:
            found.append(
                places.problem(
                    name, "the id stands more than once; give each entry its own", rule="duplicate"
                )
            )
    for words, owners in claims.items():
        if len(owners) > 1:
            message = f"the same claim stands in {', '.join(owners)}: “{words[:60]}”; say it once"
            found.append(places.problem(owners[-1], message, rule="duplicate-claim"))
    for pair in duplicates_among(library.all()):
        second = library.get(pair.second)
        if second is not None and second.same_as != pair.first:
            message = f"looks like {pair.first} ({pair.reason}); keep one, or say so with same_as"
            found.append(places.problem(pair.second, message, rule="duplicate"))
    return tuple(sorted(dict.fromkeys(found), key=lambda item: (item.line, item.rule)))


class _Places:
    """Lines of entries: where the id of each stands."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if found := re.match(r'\s*"id": "([^"]+)"', line):
                self._lines.setdefault(found[1], number)

    def problem(self, entry: str, message: str, *, rule: str) -> ReferenceProblem:
        """A finding at an entry."""
        severity = Severity.WARNING if rule in _WARNINGS else Severity.ERROR
        return ReferenceProblem(self._lines.get(entry, 1), entry, rule, severity, message)


_WARNINGS = frozenset({"incomplete-inferred", "incomplete-noted", "locator"})


def _orphan(entry: _Entry, _library: ReferenceLibrary) -> _Found:
    claims, why = entry.get("claims"), entry.get("no_claim_because")
    if not claims and not why:
        yield "orphan", "supports no claim; give it one, or say why not in no_claim_because"
    if claims and why:
        yield "orphan", "says why it has no claim, and has one; take one of the two out"
    if not entry.get("subjects"):
        yield "orphan", "has no subject by which it could be found"


def _verification(entry: _Entry, _library: ReferenceLibrary) -> _Found:
    if not entry.get("verified_from"):
        yield "verified-from", "does not say where it was verified"
    if entry.get("status") not in VERIFIED and entry.get("claims"):
        yield "unverified-claim", "is not verified and has claims; verify it or take them out"
    if str(entry.get("standing", "current")) != "current" and not entry.get("standing_note"):
        yield "standing", "no longer stands, and standing_note does not say by whose word"


def _links(entry: _Entry, library: ReferenceLibrary) -> _Found:
    for name in ("superseded_by", "same_as"):
        target = entry.get(name)
        if target and (library.get(str(target)) is None or target == entry["id"]):
            yield "dangling", f"{name} names {target}, which is no other entry"


def _claims(entry: _Entry, _library: ReferenceLibrary) -> _Found:
    ids: set[object] = set()
    for claim in cast("list[dict[str, object]]", entry["claims"]):
        name = claim.get("id")
        if name in ids:
            yield "claim-id", f"claim {name} stands more than once"
        ids.add(name)
        if not str(claim.get("text", "")).strip():
            yield "claim-text", f"claim {name} is empty"
        figures = cast("list[dict[str, str]]", claim.get("figures") or [])
        if bool(figures) == (claim.get("figure") == NO_FIGURE):
            yield "figure", f'claim {name} needs its figures, or "figure": "{NO_FIGURE}", and not both'
        for figure in figures:
            if not figure.get("what") or not figure.get("value"):
                yield "figure", f"claim {name} has a figure without what it measures or without its value"
            yield from _figure_in_words(str(name), str(claim.get("text", "")), figure)
        if not claim.get("locator") and figures and entry.get("type") == "article-journal":
            yield "locator", f"claim {name} does not say where in the source its figures stand"


def _figure_in_words(name: str, text: str, figure: Mapping[str, str]) -> _Found:
    """A value that is written in digits stands in its sentence."""
    for number in _NUMBER.findall(figure.get("value", "")):
        if number not in text:
            yield (
                "figure-in-claim",
                f"claim {name} has the figure {number}, which its sentence does not state",
            )


def _complete(entry: _Entry, _library: ReferenceLibrary) -> _Found:
    kind = str(entry["type"])
    inferred = cast("list[str]", entry.get("inferred_fields") or [])
    for group in _NEEDED.get(kind, (("title",),)):
        present = [name for name in group if entry.get(name)]
        if not present and entry.get("note") and group == _PLACE:
            yield "incomplete-noted", f"has no {', '.join(group)}; its note says why"
        elif not present:
            yield (
                "incomplete",
                f"a {kind} needs {' or '.join(group)}; give it, or the citation cannot be found",
            )
        elif all(name in inferred for name in present):
            yield (
                "incomplete-inferred",
                f"{present[0]} was only inferred, so the citation is printed without it",
            )
    for unknown in sorted(entry.keys() - _KNOWN_KEYS):
        yield "unknown-field", f"{unknown} is no field of the library"


_RULES: tuple[Callable[[_Entry, ReferenceLibrary], _Found], ...] = (
    _orphan,
    _verification,
    _links,
    _claims,
    _complete,
)


def _claims_by_words(entries: list[dict[str, object]]) -> dict[str, list[str]]:
    owners: dict[str, list[str]] = {}
    for entry in entries:
        for claim in cast("list[dict[str, object]]", entry["claims"]):
            owners.setdefault(plain_title(str(claim["text"])), []).append(str(entry["id"]))
    return owners
