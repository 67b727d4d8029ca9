"""References as RIS and back; what RIS has no place for is named, never squeezed in elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.reference import Bibliography
from desktop.letters.references.csl import date_of, tidied
from desktop.letters.references.parts import ReadEntry, ReadFile, Watch, name_of, name_text, watched
from desktop.letters.references.tagged import TaggedRecord, dropped_tags, read_tagged

_TAG = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")
TYPES: Mapping[str, str] = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "legal_case": "CASE",
    "legislation": "STAT",
    "paper-conference": "CPAPER",
    "regulation": "LEGAL",
    "report": "RPRT",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
    "document": "GEN",
}
_KINDS = {
    **{value: key for key, value in TYPES.items()},
    "EJOUR": "article-journal",
    "JFULL": "article-journal",
    "ABST": "article-journal",
    "INPR": "article-journal",
    "EBOOK": "book",
    "EDBOOK": "book",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "GOVDOC": "report",
    "WEB": "webpage",
    "BLOG": "webpage",
}
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "title": ("TI", "T1"),
    "container_title": ("T2", "JF", "JO", "JA", "BT"),
    "volume": ("VL",),
    "issue": ("IS",),
    "number": ("M1",),
    "edition": ("ET",),
    "section": ("SE",),
    "publisher": ("PB",),
    "publisher_place": ("CY", "PP"),
    "doi": ("DO",),
    "pmid": ("AN",),
    "pmcid": ("C2",),
    "url": ("UR",),
    "note": ("N1",),
}
"""Our field, and the tags it is read from; it is written under the first."""
_AUTHORS = ("AU", "A1")
_DATES = ("DA", "PY", "Y1")
_PAGES = ("SP", "EP")
_KNOWN = {tag for tags in _TEXTS.values() for tag in tags} | {*_AUTHORS, *_DATES, *_PAGES, "TY", "ID"}
NO_PLACE = ("authority", "authors_truncated")
"""Fields that RIS cannot hold."""


def read_ris(text: str, watch: Watch | None = None) -> ReadFile:
    """Every record of a RIS file."""
    found = read_tagged(text, tag=_TAG, opens="TY", closes="ER")
    entries = tuple(_entry(record) for record in watched(found.records, watch))
    return ReadFile(entries, tuple(found.problems))


def write_ris(entry: Bibliography, item_id: str) -> str:
    """One record; the entry holds only what RIS can hold (see `references_exchange.fitting`)."""
    lines = [("TY", TYPES.get(entry.type, "GEN")), ("ID", item_id)]
    lines.extend(("AU", name_text(name)) for name in entry.authors)
    lines.extend((tags[0], text) for name, tags in _TEXTS.items() if (text := getattr(entry, name)))
    if entry.issued:
        lines.append(("PY", f"{entry.issued[0]:04}"))
        lines.append(
            ("DA", "/".join([f"{part:02}" for part in entry.issued] + [""] * (4 - len(entry.issued))))
        )
    if entry.page:
        first, dash, last = entry.page.partition("-")
        is_range = dash and first and last and "-" not in last
        lines.extend((("SP", first), ("EP", last)) if is_range else (("SP", entry.page),))
    return "".join(f"{tag}  - {value}\n" for tag, value in lines) + "ER  - \n\n"


def fits(entry: Bibliography) -> Bibliography:
    """The entry as RIS can hold it."""
    kind = entry.type if entry.type in TYPES else "document"
    return entry.model_copy(update={"type": kind, "authority": "", "authors_truncated": False})


def _entry(record: TaggedRecord) -> ReadEntry:
    dropped = list(dropped_tags(record, _KNOWN))
    fields: dict[str, str] = {}
    for name, tags in _TEXTS.items():
        values = record.all(*tags)
        fields[name] = values[0] if values else ""
        dropped.extend(f"{tags[0]}: a second value" for value in values[1:] if value != values[0])
    # PubMed numbers are digits; an accession number of another kind is no PMID.
    if fields["pmid"] and not fields["pmid"].isdigit():
        dropped.append("AN: not a PubMed number")
        fields["pmid"] = ""
    first, last = record.first("SP"), record.first("EP")
    kind = record.first("TY").upper()
    if kind not in _KINDS:
        dropped.append(f"TY: {kind[:20] or 'no type'} is not a type this program knows; kept as a document")
    written = record.all(*_DATES)
    dates = [date_of(value.split("/")) for value in written]
    issued = max(dates, key=len, default=())
    if not all(dates):
        dropped.append("PY: not a date that can be read")
    bibliography = Bibliography.model_validate(
        {
            "type": _KINDS.get(kind, "document"),
            "authors": tuple(name_of(value) for value in record.all(*_AUTHORS)),
            "issued": issued,
            "page": f"{first}-{last}" if first and last and first != last else first or last,
            **fields,
        }
    )
    return ReadEntry(tidied(bibliography), f"line {record.line}", tuple(dict.fromkeys(dropped)))
