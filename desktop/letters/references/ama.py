"""Formats a bibliographic entry in AMA order from its CSL fields; it prints no field that was only inferred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LEGAL = ("regulation", "legislation")
IN_A_BOOK = ("chapter", "paper-conference", "entry-encyclopedia")
MOST_AUTHORS = 6


def ama_citation(entry: Mapping[str, object]) -> str:
    """The printed reference. `entry` holds CSL fields; a field named in `inferred_fields` is left out.

    Journal titles stay in full, because abbreviating them would add what nobody verified.
    """
    if entry.get("type") in LEGAL:
        return _legal(entry)
    if entry.get("type") == "legal_case":
        return legal_case(entry)
    parts = [_authors(entry), sentence(field(entry, "title")), _source(entry), _doi(entry)]
    return " ".join(part for part in parts if part)


def legal_case(entry: Mapping[str, object]) -> str:
    """`Name, 241 Cal. App. 4th 1074 (Court 2015).`, the form that both styles take from legal citation."""
    reporter = " ".join(
        part for name in ("volume", "container-title", "page") if (part := field(entry, name))
    )
    year = date_parts(entry)[:1]
    court = " ".join(part for part in (field(entry, "authority"), str(year[0]) if year else "") if part)
    text = ", ".join(part for part in (field(entry, "title"), reporter) if part)
    return sentence(f"{text} ({court})" if court else text)


def field(entry: Mapping[str, object], name: str) -> str:
    """A field that was seen; empty for one that is missing or was only inferred."""
    inferred = entry.get("inferred_fields")
    if isinstance(inferred, list) and name in cast("list[object]", inferred):
        return ""
    value = entry.get(name)
    return value.strip() if isinstance(value, str) else ""


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    return text if not text or text[-1] in ".?!" else f"{text}."


def _legal(entry: Mapping[str, object]) -> str:
    authority = field(entry, "authority") or field(entry, "container-title")
    parts = (field(entry, "section"), field(entry, "title"), authority, _date(entry))
    return " ".join(sentence(part) for part in parts if part)


def _authors(entry: Mapping[str, object]) -> str:
    # A source whose authors were only inferred stands under its title.
    if "author" in cast("list[str]", entry.get("inferred_fields") or []):
        return ""
    listed = cast("Sequence[Mapping[str, str]]", entry.get("author") or ())
    names = [author_name(item) for item in listed]
    names = [name for name in names if name and name != "et al."]
    if not names:
        return ""
    # AMA 11th edition: six authors are all named; of more, the first three.
    is_cut = bool(entry.get("authors_truncated")) or len(names) > MOST_AUTHORS
    shown = names[:3] if len(names) > MOST_AUTHORS else names
    return f"{', '.join(shown)}, et al." if is_cut else f"{', '.join(shown)}."


def author_name(item: Mapping[str, str]) -> str:
    """`Family AB`, or an organisation as it is called."""
    if item.get("literal"):
        return item["literal"]
    family, given = item.get("family", "").strip(), item.get("given", "")
    initials = "".join(
        piece[0].upper()
        for word in given.replace(".", " ").split()
        for piece in word.split("-")
        if piece and piece[0].isalpha() and piece[0].isupper()
    )
    return f"{family} {initials}".strip()


def _source(entry: Mapping[str, object]) -> str:
    journal = field(entry, "container-title")
    if entry.get("type") == "article-journal":
        return " ".join(part for part in (sentence(journal), _issue(entry)) if part)
    number, publisher = field(entry, "number"), field(entry, "publisher")
    where = f"In: {journal}" if journal and entry.get("type") in IN_A_BOOK else journal
    edition = field(entry, "edition")
    edition = f"{edition} ed" if edition.isdigit() else edition
    page = f"Pages {field(entry, 'page')}" if field(entry, "page") else ""
    address = "" if field(entry, "DOI") else field(entry, "URL")
    parts = (where, edition, publisher, number, _date(entry), page)
    text = " ".join(sentence(part) for part in parts if part)
    # Without a full stop, which a reader would take for a part of the address.
    return f"{text} {address}".strip()


def _issue(entry: Mapping[str, object]) -> str:
    year = date_parts(entry)[:1]
    volume, issue, page = field(entry, "volume"), field(entry, "issue"), field(entry, "page")
    number = f"{volume}({issue})" if volume and issue else volume or (f"({issue})" if issue else "")
    text = str(year[0]) if year else ""
    if number:
        text = f"{text};{number}" if text else number
    if page:
        text = f"{text}:{page}" if text else page
    return sentence(text)


def _date(entry: Mapping[str, object]) -> str:
    parts = date_parts(entry)
    if not parts:
        return ""
    if len(parts) == 1:
        return str(parts[0])
    month = _MONTHS[parts[1] - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{month} {parts[2]}, {parts[0]}"


def date_parts(entry: Mapping[str, object]) -> list[int]:
    """Year, month and day as far as they were seen."""
    issued = entry.get("issued")
    inferred = cast("list[str]", entry.get("inferred_fields") or [])
    if not isinstance(issued, dict) or "issued" in inferred:
        return []
    parts = cast("dict[str, list[list[int]]]", issued).get("date-parts") or [[]]
    return parts[0][:1] if "issued.month-day" in inferred else parts[0]


def _doi(entry: Mapping[str, object]) -> str:
    doi = field(entry, "DOI")
    return f"doi:{doi}" if doi else ""
