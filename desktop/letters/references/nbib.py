"""References as NBIB (PubMed) and back; it holds journal articles, and says so of everything else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.reference import Bibliography, PersonName
from desktop.letters.references.csl import date_of, tidied
from desktop.letters.references.parts import ReadEntry, ReadFile, Watch, name_of, name_text, watched
from desktop.letters.references.tagged import TaggedRecord, dropped_tags, read_tagged

_TAG = re.compile(r"^([A-Z]{2,4}) {0,2}- ?(.*)$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DOI = re.compile(r"^(.+?)\s*\[doi\]$", re.IGNORECASE)
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "pmid": ("PMID",),
    "title": ("TI",),
    "container_title": ("JT", "TA"),
    "volume": ("VI",),
    "issue": ("IP",),
    "page": ("PG",),
    "pmcid": ("PMC",),
    "publisher_place": ("PL",),
    "note": ("GN",),
}
_KNOWN = {tag for tags in _TEXTS.values() for tag in tags} | {"FAU", "AU", "CN", "DP", "LID", "AID", "PT"}
NO_PLACE = (
    "number", "edition", "section", "authority", "publisher", "url", "authors_truncated",
)  # fmt: skip
"""Fields that NBIB cannot hold."""
ARTICLE = "article-journal"


def read_nbib(text: str, watch: Watch | None = None) -> ReadFile:
    """Every record of an NBIB file."""
    found = read_tagged(text, tag=_TAG, opens="PMID", closes=None)
    entries = tuple(_entry(record) for record in watched(found.records, watch))
    return ReadFile(entries, tuple(found.problems))


def write_nbib(entry: Bibliography, _item_id: str) -> str:
    """One record; the entry holds only what NBIB can hold (see `references_exchange.fitting`)."""
    lines = [("PMID", entry.pmid)]
    lines.extend(
        (tags[0], text) for name, tags in _TEXTS.items() if name != "pmid" and (text := getattr(entry, name))
    )
    lines.extend(("CN" if name.literal else "FAU", name_text(name)) for name in entry.authors)
    if entry.issued:
        year, *more = entry.issued
        words = [
            f"{year:04}",
            *(_MONTHS[part - 1].title() for part in more[:1]),
            *(str(part) for part in more[1:]),
        ]
        lines.append(("DP", " ".join(words)))
    if entry.doi:
        lines.append(("LID", f"{entry.doi} [doi]"))
    lines.append(("PT", "Journal Article"))
    return "".join(f"{tag:<4}- {value}\n" for tag, value in lines) + "\n"


def fits(entry: Bibliography) -> Bibliography | None:
    """The entry as NBIB can hold it; None for what is not a journal article."""
    if entry.type != ARTICLE:
        return None
    return entry.model_copy(update={**dict.fromkeys(NO_PLACE[:-1], ""), "authors_truncated": False})


def _entry(record: TaggedRecord) -> ReadEntry:
    dropped = list(dropped_tags(record, _KNOWN))
    fields = {name: record.first(*tags) for name, tags in _TEXTS.items()}
    if fields["pmid"] and not fields["pmid"].isdigit():
        dropped.append("PMID: not a number")
        fields["pmid"] = ""
    dois = [found[1] for value in record.all("LID", "AID") if (found := _DOI.match(value))]
    # The short form of each name stands beside the full one; it is read only where there is no full one.
    full = "FAU" if record.first("FAU") else "AU"
    names = [(tag, value) for tag, value in record.tags if tag in {full, "CN"} and value]
    day = record.first("DP")
    issued = _date(day)
    if day and not issued:
        dropped.append("DP: not a date that can be read")
    bibliography = Bibliography.model_validate(
        {
            "type": ARTICLE,
            "authors": tuple(_name(tag, value) for tag, value in names),
            "issued": issued,
            "doi": dois[0] if dois else "",
            **fields,
        }
    )
    return ReadEntry(tidied(bibliography), f"line {record.line}", tuple(dropped))


def _name(tag: str, value: str) -> PersonName:
    if tag == "CN":
        return PersonName(literal=value.replace(",", " "))
    family, _, initials = value.rpartition(" ")
    # The short form has no comma: `Choudhri TF`.
    return (
        PersonName(family=family, given=initials)
        if tag == "AU" and family and "," not in value
        else name_of(value)
    )


def _date(text: str) -> tuple[int, ...]:
    """`2014 Jul 3`, as far as it can be read."""
    parts = text.split()
    if len(parts) > 1:
        month = parts[1][:3].lower()
        parts[1] = str(_MONTHS.index(month) + 1) if month in _MONTHS else ""
    return date_of(parts[:3])
