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
_LEGAL = ("regulation", "legislation")


def ama_citation(entry: Mapping[str, object]) -> str:
    """The printed reference. `entry` holds CSL fields; a field named in `inferred_fields` is left out.

    Journal titles stay in full, because abbreviating them would add what nobody verified.
    """
    if entry.get("type") in _LEGAL:
        return _legal(entry)
    parts = [_authors(entry), _sentence(_field(entry, "title")), _source(entry), _doi(entry)]
    return " ".join(part for part in parts if part)


def _field(entry: Mapping[str, object], name: str) -> str:
    inferred = entry.get("inferred_fields")
    if isinstance(inferred, list) and name in cast("list[object]", inferred):
        return ""
    value = entry.get(name)
    return value.strip() if isinstance(value, str) else ""


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text}."


def _legal(entry: Mapping[str, object]) -> str:
    authority = _field(entry, "authority") or _field(entry, "container-title")
    parts = (_field(entry, "section"), _field(entry, "title"), authority)
    return " ".join(_sentence(part) for part in parts if part)


def _authors(entry: Mapping[str, object]) -> str:
    listed = cast("Sequence[Mapping[str, str]]", entry.get("author") or ())
    names = [_author(item) for item in listed]
    names = [name for name in names if name and name != "et al."]
    if not names:
        return ""
    # AMA 11th edition: six authors are all named; of more, the first three.
    is_cut = bool(entry.get("authors_truncated")) or len(names) > 6
    shown = names[:3] if len(names) > 6 else names
    return f"{', '.join(shown)}, et al." if is_cut else f"{', '.join(shown)}."


def _author(item: Mapping[str, str]) -> str:
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
    journal = _field(entry, "container-title")
    if entry.get("type") == "article-journal":
        return " ".join(part for part in (_sentence(journal), _issue(entry)) if part)
    number, publisher = _field(entry, "number"), _field(entry, "publisher")
    where = f"In: {journal}" if journal and entry.get("type") == "chapter" else journal
    parts = (where, publisher, number, _date(entry))
    return " ".join(_sentence(part) for part in parts if part)


def _issue(entry: Mapping[str, object]) -> str:
    year = _date_parts(entry)[:1]
    volume, issue, page = _field(entry, "volume"), _field(entry, "issue"), _field(entry, "page")
    number = f"{volume}({issue})" if volume and issue else volume or (f"({issue})" if issue else "")
    text = str(year[0]) if year else ""
    if number:
        text = f"{text};{number}" if text else number
    if page:
        text = f"{text}:{page}" if text else page
    return _sentence(text)


def _date(entry: Mapping[str, object]) -> str:
    parts = _date_parts(entry)
    if not parts:
        return ""
    if len(parts) == 1:
        return str(parts[0])
    month = _MONTHS[parts[1] - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{month} {parts[2]}, {parts[0]}"


def _date_parts(entry: Mapping[str, object]) -> list[int]:
    issued = entry.get("issued")
    inferred = cast("list[str]", entry.get("inferred_fields") or [])
    if not isinstance(issued, dict) or "issued" in inferred:
        return []
    parts = cast("dict[str, list[list[int]]]", issued).get("date-parts") or [[]]
    return parts[0]


def _doi(entry: Mapping[str, object]) -> str:
    doi = _field(entry, "DOI")
    return f"doi:{doi}" if doi else ""
