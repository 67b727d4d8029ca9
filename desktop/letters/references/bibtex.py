"""References as BibTeX and back: bibtexparser finds the entries, and what is kept of them is decided here."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from desktop.domain.reference import Bibliography, PersonName
from desktop.letters.references.csl import LONGEST_FIELD, date_of, tidied, tidy
from desktop.letters.references.latex import latex_text, plain_text
from desktop.letters.references.parts import ReadEntry, ReadFile, Watch, watched

TYPES: Mapping[str, str] = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "online",
    "legislation": "legislation",
    "regulation": "legal",
    "legal_case": "jurisdiction",
    "document": "misc",
}
_KINDS = {**{value: key for key, value in TYPES.items()}, "inbook": "chapter", "conference": "paper-conference",
          "report": "report", "mastersthesis": "thesis", "thesis": "thesis", "electronic": "webpage", "www": "webpage",
          "manual": "book", "collection": "book", "periodical": "article-journal"}  # fmt: skip
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "container_title": ("journal", "booktitle", "journaltitle"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages",),
    "number": ("report-number", "reportnumber"),
    "edition": ("edition",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher_place": ("address", "location"),
    "doi": ("doi",),
    "pmid": ("pmid",),
    "pmcid": ("pmcid",),
    "url": ("url",),
    "note": ("note",),
    "section": ("section",),
    "authority": ("authority",),
}
_DATES = ("year", "month", "day", "date")
_KNOWN = {name for names in _TEXTS.values() for name in names} | {*_DATES, "author"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_OTHERS = "others"
_LONGEST_AUTHORS = 40 * LONGEST_FIELD
"""A collaboration of thousands stands in one field; a name that is no name is kept as it is written."""
_LONGEST_NAME = 500


def read_bibtex(text: str, watch: Watch | None = None) -> ReadFile:
    """Every entry of a BibTeX file."""
    # Imported here: it costs 25 ms, and only an import of references needs it.
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry, ParsingFailedBlock

    # What it would log quotes the file; what could not be read is said in the report instead.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text)
    entries: list[ReadEntry] = []
    problems: list[str] = []
    for block in watched(library.blocks, watch):
        line = f"line {(block.start_line or 0) + 1}"
        if isinstance(block, ParsingFailedBlock):
            inner = block.ignore_error_block
            if isinstance(inner, Entry):
                entries.append(_entry(inner, line))
                problems.append(
                    f"{line.capitalize()}: a key stands twice in the file or in the entry; it was kept."
                )
            else:
                problems.append(f"{line.capitalize()}: an entry that cannot be read; it was not kept.")
        elif isinstance(block, Entry):
            entries.append(_entry(block, line))
    return ReadFile(tuple(entries), tuple(problems))


def write_bibtex(entry: Bibliography, item_id: str) -> str:
    """One entry; it holds only what BibTeX can hold (see `references_exchange.fitting`)."""
    fields: list[tuple[str, str]] = []
    names = [_written(name) for name in entry.authors] + ([_OTHERS] if entry.authors_truncated else [])
    if names:
        fields.append(("author", " and ".join(names)))
    fields.extend(
        (_field_name(entry, name, names), latex_text(text))
        for name, names in _TEXTS.items()
        if (text := getattr(entry, name))
    )
    fields.extend(
        (name, str(part)) for name, part in zip(("year", "month", "day"), entry.issued, strict=False)
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@{TYPES.get(entry.type, 'misc')}{{{item_id},\n{lines}}}\n\n"


def fits(entry: Bibliography) -> Bibliography:
    """The entry as BibTeX can hold it: a suffix behind a given name has no place of its own."""
    kind = entry.type if entry.type in TYPES else "document"
    names = tuple(
        name.model_copy(update={"given": tidy(name.given.replace(",", " "))}) for name in entry.authors
    )
    return entry.model_copy(update={"type": kind, "authors": names})


def _field_name(entry: Bibliography, name: str, names: tuple[str, ...]) -> str:
    if name == "container_title" and TYPES.get(entry.type) in {"incollection", "inproceedings"}:
        return "booktitle"
    return names[0]


def _entry(entry: Any, line: str) -> ReadEntry:
    fields: dict[str, str] = {}
    dropped: list[str] = []
    for field in entry.fields:
        name, value = str(field.key).lower(), field.value
        longest = _LONGEST_AUTHORS if name == "author" else LONGEST_FIELD
        if not isinstance(value, str) or len(value) > longest:
            dropped.append(f"{name[:40]}: too long")
        elif name in fields:
            dropped.append(f"{name[:40]}: a second value")
        elif name not in _KNOWN:
            dropped.append(f"{name[:40]}: not a field this program keeps")
        else:
            fields[name] = value
    texts = {name: _chosen(fields, names, dropped) for name, names in _TEXTS.items()}
    kind = str(entry.entry_type).lower()
    if kind not in _KINDS:
        dropped.append(f"@{kind[:20]}: not a type this program knows; kept as a document")
    authors = list(_names(fields.get("author", ""), dropped))
    is_cut = bool(authors) and authors[-1].literal.lower() == _OTHERS
    bibliography = Bibliography.model_validate(
        {
            "type": _KINDS.get(kind, "document"),
            "authors": tuple(authors[:-1] if is_cut else authors),
            "authors_truncated": is_cut,
            "issued": _date(fields, dropped),
            **texts,
        }
    )
    return ReadEntry(tidied(bibliography), line, tuple(dict.fromkeys(dropped)))


def _chosen(fields: Mapping[str, str], names: tuple[str, ...], dropped: list[str]) -> str:
    values = [(name, fields[name]) for name in names if fields.get(name, "").strip()]
    dropped.extend(f"{name}: {values[0][0]} was kept" for name, _ in values[1:])
    if not values:
        return ""
    chosen = values[0][1]
    # The tilde and the per cent sign of an address are no LaTeX.
    if values[0][0] in {"url", "doi"} and not any(char in chosen for char in "\\{}"):
        return chosen
    return _plain(chosen, dropped)


def _plain(latex: str, dropped: list[str]) -> str:
    text, unknown = plain_text(latex)
    dropped.extend(f"{command[:20]}: an unknown command, kept as written" for command in unknown)
    return text


def _date(fields: Mapping[str, str], dropped: list[str]) -> tuple[int, ...]:
    month = fields.get("month", "").strip(" {}").lower()
    if month[:3] in _MONTHS:
        month = str(_MONTHS.index(month[:3]) + 1)
    parts = [fields.get("year", "").strip(" {}"), month, fields.get("day", "").strip(" {}")]
    found = date_of(parts) if any(parts) else date_of(fields.get("date", "").split("-"))
    if not found and any(fields.get(name, "").strip() for name in _DATES):
        dropped.append("year: not a date that can be read")
    return found


def _names(latex: str, dropped: list[str]) -> Iterator[PersonName]:
    for name in _split(" ".join(latex.split()), _AND):
        if name.strip():
            yield _name(name.strip(), dropped)


def _name(latex: str, dropped: list[str]) -> PersonName:
    parts = [part.strip() for part in _split(latex, re.compile(","))]
    if len(parts) > 1:
        # `Family, Jr, Given` has its suffix in the middle.
        texts = [tidy(_plain(part, dropped)) for part in (parts[0], parts[-1], *parts[1:-1])]
        return PersonName(family=texts[0], given=", ".join(text for text in texts[1:] if text))
    if (latex.startswith("{") and latex.endswith("}")) or " " not in latex or len(latex) > _LONGEST_NAME:
        return PersonName(literal=tidy(_plain(latex, dropped)))
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    found = parse_single_name_into_parts(latex, strict=False)
    family = " ".join(found.von + found.last + found.jr)
    given = " ".join(found.first)
    return PersonName(family=tidy(_plain(family, dropped)), given=tidy(_plain(given, dropped)))


def _split(latex: str, border: re.Pattern[str]) -> Iterator[str]:
    """The text cut at borders that stand outside braces."""
    depth = start = place = 0
    while place < len(latex):
        char = latex[place]
        if char in "{}":
            depth = max(0, depth + (1 if char == "{" else -1))
        elif depth == 0 and (found := border.match(latex, place)):
            yield latex[start:place]
            start = place = found.end()
            continue
        place += 1
    yield latex[start:]


def _written(name: PersonName) -> str:
    """A name in braces wherever BibTeX would take it apart."""
    if name.literal:
        return f"{{{latex_text(name.literal)}}}"
    return f"{{{latex_text(name.family)}}}, {{{latex_text(name.given)}}}"
