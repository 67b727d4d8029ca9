"""Reference files in and out: RIS, BibTeX, NBIB and CSL-JSON, each with a report of what was and was not kept.

A file is refused in words when it is too large, broken or of another kind; nothing in it is executed or followed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import cast

from desktop.domain.errors import UserFacingError
from desktop.domain.json_mistake import why_not_json
from desktop.domain.reference import Bibliography
from desktop.letters.references.bibtex import fits as fits_bibtex
from desktop.letters.references.bibtex import read_bibtex, write_bibtex
from desktop.letters.references.csl import LONGEST_FIELD, TEXT_FIELDS, from_csl, tidied, tidy, to_csl
from desktop.letters.references.markup import without_markup
from desktop.letters.references.nbib import fits as fits_nbib
from desktop.letters.references.nbib import read_nbib, write_nbib
from desktop.letters.references.parts import (
    MOST_ENTRIES,
    ReadEntry,
    ReadFile,
    TooManyEntriesError,
    Watch,
    plain_name,
    watched,
)
from desktop.letters.references.ris import fits as fits_ris
from desktop.letters.references.ris import read_ris, write_ris

MOST_BYTES = 32 * 1024 * 1024
MOST_AUTHORS = 2000


class ReferenceForm(Enum):
    """The forms of a reference file."""

    RIS = "ris"
    BIBTEX = "bibtex"
    NBIB = "nbib"
    CSL_JSON = "csl-json"


SUFFIXES: Mapping[str, ReferenceForm] = {
    ".ris": ReferenceForm.RIS,
    ".bib": ReferenceForm.BIBTEX,
    ".bibtex": ReferenceForm.BIBTEX,
    ".nbib": ReferenceForm.NBIB,
    ".json": ReferenceForm.CSL_JSON,
}
_LOOKS: tuple[tuple[re.Pattern[str], ReferenceForm], ...] = (
    (re.compile(r"^\s*[\[{]"), ReferenceForm.CSL_JSON),
    (re.compile(r"^PMID ?-", re.MULTILINE), ReferenceForm.NBIB),
    (re.compile(r"^TY  ?-", re.MULTILINE), ReferenceForm.RIS),
    (re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE), ReferenceForm.BIBTEX),
)


@dataclass(frozen=True, slots=True)
class ImportedReferences:
    """What was read of a file: entries, and what of the file is in none of them."""

    name: str
    form: ReferenceForm
    entries: tuple[ReadEntry, ...]
    problems: tuple[str, ...]

    @property
    def report(self) -> str:
        """What was kept and what was not, entry by entry, as plain text."""
        count = len(self.entries)
        lines = [f"{self.name} ({self.form.value}): {count} {'entry' if count == 1 else 'entries'} read."]
        for entry in self.entries:
            title = entry.bibliography.title or "without a title"
            lines.append(f"{entry.where}: {title[:100]}")
            lines.extend(f"    not kept: {words}" for words in entry.dropped)
        lines.extend(f"Not kept: {words}" for words in self.problems)
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class ExportedReferences:
    """The text of a file, and what of the entries is not in it."""

    text: str
    remarks: tuple[str, ...]


def read_references(
    content: bytes, name: str, form: ReferenceForm | None = None, watch: Watch | None = None
) -> ImportedReferences:
    """Read a reference file of any of the four forms. Raises UserFacingError for a file that is none of them."""
    text = _decoded(content, name)
    form = form or _form_of(text, name)
    try:
        found = _READERS[form](text, watch)
    except TooManyEntriesError as error:
        raise _refused(
            name, f"it has {error.count:,} entries; at most {MOST_ENTRIES:,} are read at once"
        ) from error
    except (ValueError, TypeError, RecursionError) as error:
        why = why_not_json(error) if form is ReferenceForm.CSL_JSON else "it is damaged"
        raise _refused(name, f"it is not {form.value} that can be read: {why}") from error
    if not found.entries:
        raise _refused(name, f"no entry can be read from it as {form.value}")
    kept = tuple(_bounded(entry) for entry in found.entries)
    return ImportedReferences(name, form, kept, found.problems)


def write_references(entries: Iterable[tuple[str, Bibliography]], form: ReferenceForm) -> ExportedReferences:
    """A file of entries (id, fields), and in words what the form cannot hold of them."""
    texts: list[str] = []
    items: list[dict[str, object]] = []
    remarks: list[str] = []
    for item_id, entry in entries:
        fitted, dropped = fitting(entry, form)
        remarks.extend(f"{item_id}: {words}" for words in dropped)
        if fitted is None:
            continue
        if form is ReferenceForm.CSL_JSON:
            items.append(to_csl(fitted, item_id))
        else:
            texts.append(_WRITERS[form](fitted, item_id))
    text = (
        json.dumps(items, ensure_ascii=False, indent=1) + "\n"
        if form is ReferenceForm.CSL_JSON
        else "".join(texts)
    )
    return ExportedReferences(text, tuple(remarks))


def fitting(entry: Bibliography, form: ReferenceForm) -> tuple[Bibliography | None, tuple[str, ...]]:
    """The entry as a form can hold it, None when it cannot; and in words what is left out."""
    seen = _without_inferred(tidied(entry))
    remarks = [f"{name} was only inferred, so it is left out" for name in entry.inferred_fields]
    if form is ReferenceForm.CSL_JSON:
        fitted: Bibliography | None = seen.model_copy(update={"authors_truncated": False})
    elif form is ReferenceForm.RIS:
        fitted = fits_ris(seen)
    elif form is ReferenceForm.NBIB:
        fitted = fits_nbib(seen)
    else:
        fitted = fits_bibtex(seen)
    if fitted is None:
        return None, (f"a {entry.type} has no place in {form.value}; it is left out",)
    if form is not ReferenceForm.CSL_JSON:
        fitted = tidied(
            fitted.model_copy(update={"authors": tuple(plain_name(name) for name in fitted.authors)})
        )
    for name in Bibliography.model_fields:
        if getattr(seen, name) != getattr(fitted, name):
            words = "is simplified" if name in {"type", "authors"} else "has no place"
            remarks.append(f"{name.replace('_', ' ')} {words} in {form.value}")
    return fitted, tuple(remarks)


def _without_inferred(entry: Bibliography) -> Bibliography:
    changes: dict[str, object] = {
        TEXT_FIELDS[name]: "" for name in entry.inferred_fields if name in TEXT_FIELDS
    }
    if "author" in entry.inferred_fields:
        changes.update(authors=(), authors_truncated=False)
    if "issued" in entry.inferred_fields:
        changes["issued"] = ()
    elif "issued.month-day" in entry.inferred_fields:
        changes["issued"] = entry.issued[:1]
    return entry.model_copy(update={**changes, "inferred_fields": ()})


def _bounded(entry: ReadEntry) -> ReadEntry:
    """The entry without what no bibliography holds: HTML in a title, fields of many pages, thousands of authors."""
    found, dropped = entry.bibliography, list(entry.dropped)
    changes: dict[str, object] = {}
    for name in TEXT_FIELDS.values():
        if len(getattr(found, name)) > LONGEST_FIELD:
            changes[name] = ""
            dropped.append(f"{name.replace('_', ' ')}: too long")
    for name in ("title", "container_title"):
        if name not in changes and (words := tidy(without_markup(text := getattr(found, name)))) != text:
            changes[name] = words
            dropped.append(f"{name.replace('_', ' ')}: its HTML; the words are kept")
    if len(found.authors) > MOST_AUTHORS:
        changes.update(authors=found.authors[:MOST_AUTHORS], authors_truncated=True)
        dropped.append(f"authors after the first {MOST_AUTHORS:,}")
    return ReadEntry(found.model_copy(update=changes), entry.where, tuple(dropped)) if changes else entry


def _decoded(content: bytes, name: str) -> str:
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1024 / 1024:.1f} MB"
        raise _refused(name, f"it is too large ({size}; at most {MOST_BYTES // 1024 // 1024} MB are read)")
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(
            name, "it is not UTF-8 text, so names could come out wrong; save it as UTF-8"
        ) from error
    if "\x00" in text:
        raise _refused(name, "it holds NUL characters, which no text file has")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _form_of(text: str, name: str) -> ReferenceForm:
    suffix = re.search(r"\.[A-Za-z]+$", name)
    by_name = SUFFIXES.get(suffix.group().lower()) if suffix else None
    by_look = next((form for look, form in _LOOKS if look.search(text)), None)
    # PubMed's own export is often saved under another ending.
    found = by_look or by_name
    if found is None:
        raise _refused(name, "it is none of RIS, BibTeX, NBIB and CSL-JSON")
    return found


def _read_csl(text: str, watch: Watch | None = None) -> ReadFile:
    document: object = json.loads(text)
    if isinstance(document, dict):
        content = cast("dict[str, object]", document)
        document = content.get("items", content.get("references", [content]))
    if not isinstance(document, list):
        raise TypeError("not a list of items")
    entries: list[ReadEntry] = []
    problems: list[str] = []
    for number, item in enumerate(watched(cast("list[object]", document), watch), start=1):
        if isinstance(item, dict) and ("title" in item or "type" in item):
            entries.append(ReadEntry(*_placed(from_csl(cast("dict[str, object]", item)), number)))
        elif len(problems) < 200:
            problems.append(f"Item {number}: not a CSL item; it was not kept.")
    return ReadFile(tuple(entries), tuple(problems))


def _placed(
    found: tuple[Bibliography, tuple[str, ...]], number: int
) -> tuple[Bibliography, str, tuple[str, ...]]:
    return found[0], f"item {number}", found[1]


def _refused(name: str, why: str) -> UserFacingError:
    return UserFacingError(
        f"{name} cannot be imported: {why}.",
        safe="Nothing was stored.",
        todo="Export it again from where it comes from, as RIS, BibTeX, NBIB or CSL-JSON in UTF-8.",
    )


_READERS: Mapping[ReferenceForm, Callable[[str, Watch | None], ReadFile]] = {
    ReferenceForm.RIS: read_ris,
    ReferenceForm.BIBTEX: read_bibtex,
    ReferenceForm.NBIB: read_nbib,
    ReferenceForm.CSL_JSON: _read_csl,
}
_WRITERS: Mapping[ReferenceForm, Callable[[Bibliography, str], str]] = {
    ReferenceForm.RIS: write_ris,
    ReferenceForm.BIBTEX: write_bibtex,
    ReferenceForm.NBIB: write_nbib,
}
