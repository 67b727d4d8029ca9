"""Bibliographic fields to CSL-JSON and back, field by field; it invents no field and keeps none it does not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import cast

from desktop.domain.reference import Bibliography, PersonName

TEXT_FIELDS: Mapping[str, str] = {
    "title": "title",
    "container-title": "container_title",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "number": "number",
    "edition": "edition",
    "section": "section",
    "authority": "authority",
    "publisher": "publisher",
    "publisher-place": "publisher_place",
    "DOI": "doi",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "URL": "url",
    "note": "note",
}
"""CSL name to ours, for every field that is plain text."""

ET_AL = "et al."
LONGEST_FIELD = 20_000
_DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_PAGE_RANGE = re.compile(r"\s*[\u2010-\u2015-]+\s*")
_TYPE = re.compile(r"^[a-z][a-z_-]{0,40}$")


def tidy(text: str) -> str:
    """One line: white space of every kind becomes one space, and control characters go."""
    if text.isprintable():  # nearly every field; the only white space in it is the space
        return " ".join(text.split())
    kept = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or not (unicodedata.category(char) == "Cc" or "\ud800" <= char <= "\udfff")
    )
    return " ".join(kept.split())


def tidied(entry: Bibliography) -> Bibliography:
    """The entry with its texts on one line, its pages with a hyphen, its DOI without an address."""
    fields: dict[str, object] = {name: tidy(getattr(entry, name)) for name in TEXT_FIELDS.values()}
    fields["page"] = _PAGE_RANGE.sub("-", str(fields["page"]))
    fields["doi"] = _DOI_ADDRESS.sub("", str(fields["doi"]))
    names = (
        PersonName(family=tidy(item.family), given=tidy(item.given), literal=tidy(item.literal))
        for item in entry.authors
    )
    fields["authors"] = tuple(item for item in names if item.family or item.given or item.literal)
    return entry.model_copy(update=fields)


def from_csl(entry: Mapping[str, object]) -> tuple[Bibliography, tuple[str, ...]]:
    """The fields of a CSL-JSON item, and the names of those that were not kept, each with the reason."""
    dropped: list[str] = []
    fields: dict[str, object] = {}
    for name, value in entry.items():
        if name in TEXT_FIELDS:
            text = _text_of(value)
            if text is None or len(text) > LONGEST_FIELD:
                dropped.append(f"{name}: {'not a text' if text is None else 'too long'}")
            else:
                fields[TEXT_FIELDS[name]] = tidy(text)
        elif name not in _STRUCTURED and name != "id":
            dropped.append(f"{name}: not a field this program keeps")
    kind = entry.get("type")
    if isinstance(kind, str) and _TYPE.match(kind):
        fields["type"] = kind
    elif kind is not None:
        dropped.append("type: not a CSL type")
    authors, is_cut = _names(entry.get("author"), dropped)
    inferred = entry.get("inferred_fields")
    bibliography = Bibliography(
        authors=authors,
        issued=_date(entry.get("issued"), dropped),
        authors_truncated=is_cut or entry.get("authors_truncated") is True,
        inferred_fields=tuple(item for item in cast("list[object]", inferred) if isinstance(item, str))
        if isinstance(inferred, list)
        else (),
        **fields,  # pyright: ignore[reportArgumentType] - checked by the model
    )
    return tidied(bibliography), tuple(dropped)


_STRUCTURED = frozenset({"type", "author", "issued", "authors_truncated", "inferred_fields"})


def to_csl(entry: Bibliography, item_id: str) -> dict[str, object]:
    """A CSL-JSON item; fields that are empty or were only inferred are left out."""
    item: dict[str, object] = {"id": item_id, "type": entry.type}
    for name, ours in TEXT_FIELDS.items():
        if (text := getattr(entry, ours)) and name not in entry.inferred_fields:
            item[name] = text
    if entry.authors and "author" not in entry.inferred_fields:
        item["author"] = [
            {part: text for part in ("family", "given", "literal") if (text := getattr(name, part))}
            for name in entry.authors
        ]
    if entry.issued and "issued" not in entry.inferred_fields:
        item["issued"] = {"date-parts": [list(entry.issued)]}
    return item


def with_printing_hints(entry: Bibliography) -> dict[str, object]:
    """All fields under their CSL names, inferred ones included, with what a citation style has to know of them."""
    item = to_csl(entry.model_copy(update={"inferred_fields": ()}), "item")
    return {
        **item,
        "authors_truncated": entry.authors_truncated,
        "inferred_fields": list(entry.inferred_fields),
    }


def _text_of(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        # Python refuses to write out numbers of thousands of digits; no field is one.
        return str(value) if abs(value) < 10**18 else None
    return value if isinstance(value, str) else None


def _names(value: object, dropped: list[str]) -> tuple[tuple[PersonName, ...], bool]:
    if value is None:
        return (), False
    if not isinstance(value, list):
        dropped.append("author: not a list of names")
        return (), False
    names: list[PersonName] = []
    is_cut = False
    for item in cast("list[object]", value):
        parts = cast("dict[str, object]", item) if isinstance(item, dict) else {}
        texts = {
            part: tidy(text)
            for part in ("family", "given", "literal")
            if isinstance(text := parts.get(part), str)
        }
        if texts.get("literal") == ET_AL:
            is_cut = True
        elif any(texts.values()):
            names.append(_joined(texts, parts))
        else:
            dropped.append("author: a name without words")
    return tuple(names), is_cut


def _joined(texts: Mapping[str, str], parts: Mapping[str, object]) -> PersonName:
    if texts.get("literal"):
        return PersonName(literal=texts["literal"])
    particle = parts.get("non-dropping-particle") or parts.get("dropping-particle")
    family = f"{particle} {texts.get('family', '')}" if isinstance(particle, str) else texts.get("family", "")
    suffix = parts.get("suffix")
    given = texts.get("given", "") + (f", {suffix}" if isinstance(suffix, str) and suffix else "")
    return PersonName(family=tidy(family), given=tidy(given))


def _date(value: object, dropped: list[str]) -> tuple[int, ...]:
    if value is None:
        return ()
    parts: object = cast("dict[str, object]", value).get("date-parts") if isinstance(value, dict) else None
    first: object = cast("list[object]", parts)[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list):
        texts = [_text_of(item) or "" for item in cast("list[object]", first)]
        if found := date_of(texts):
            return found
    dropped.append("issued: not a date that can be read")
    return ()


def date_of(parts: list[str]) -> tuple[int, ...]:
    """Year, month and day from texts, as far as they are possible; empty without a possible year."""
    found: list[int] = []
    for part, most in zip(parts, (2999, 12, 31), strict=False):
        text = part.strip()
        if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= most):
            break
        if not found and int(text) < 1000:
            break
        found.append(int(text))
    return tuple(found)
