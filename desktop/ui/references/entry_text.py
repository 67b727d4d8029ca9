"""Turns what is typed about a source into values and back: authors, dates, lists, names of topics; no widget."""

from __future__ import annotations

import re
import unicodedata

from desktop.domain.reference import PersonName
from desktop.ui.field_values import FieldTextError, read_text

_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$", re.ASCII)
_MOST_TOPIC = 80


def authors_text(authors: tuple[PersonName, ...]) -> str:
    """One author a line: `Spirig, Jose M`; an organisation, or a name that is one piece, in braces."""
    return "\n".join(_name_text(name) for name in authors)


def read_authors(text: str) -> tuple[PersonName, ...]:
    """Authors from lines: family name, comma, given names; a line without a comma, or in braces, is one piece."""
    found: list[PersonName] = []
    for raw in read_text(text).splitlines():
        line = raw.strip()
        if not line:
            continue
        if line.startswith("{") and line.endswith("}") and len(line) > 2:
            found.append(PersonName(literal=line[1:-1].strip()))
        elif "," in line:
            family, _, given = line.partition(",")
            found.append(PersonName(family=family.strip(), given=given.strip()))
        else:
            found.append(PersonName(literal=line))
    return tuple(name for name in found if name.family or name.given or name.literal)


def issued_text(issued: tuple[int, ...]) -> str:
    """`2019`, `2019-05` or `2019-05-03`."""
    return "-".join(f"{part:0{4 if at == 0 else 2}}" for at, part in enumerate(issued))


def read_issued(text: str) -> tuple[int, ...]:
    """Year, month and day as far as typed. Raises FieldTextError for what is no date."""
    words = read_text(text).strip()
    if not words:
        return ()
    found = _DATE.match(words)
    if found is None:
        raise FieldTextError("Write 2019, 2019-05 or 2019-05-03.")
    parts = tuple(int(part) for part in found.groups() if part is not None)
    if parts[0] < 1000 or any(not 1 <= part <= most for part, most in zip(parts[1:], (12, 31), strict=False)):
        raise FieldTextError(f"There is no such day as {words}.")
    return parts


def read_list(text: str) -> tuple[str, ...]:
    """Words between commas or on lines of their own, each once."""
    parts = re.split(r"[,\n]", read_text(text))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def list_text(words: tuple[str, ...]) -> str:
    """The words with commas between them."""
    return ", ".join(words)


def read_topic(text: str) -> str:
    """A topic as claims name it: `Bone loosening` is `bone-loosening`. Raises FieldTextError for nothing."""
    plain = unicodedata.normalize("NFKD", read_text(text).casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    if not words:
        raise FieldTextError("Say in a word or two what the claim is about, for example nonunion-imaging.")
    return "-".join(words)[:_MOST_TOPIC].strip("-")


def _name_text(name: PersonName) -> str:
    if name.family or name.given:
        return f"{name.family}, {name.given}".strip()
    needs_braces = "," in name.literal or name.literal.startswith("{")
    return f"{{{name.literal}}}" if needs_braces else name.literal
