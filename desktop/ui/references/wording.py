"""The words in which references are shown; it decides nothing about them."""

from __future__ import annotations

from desktop.domain.reference import Figure, PersonName, Reference, ReferenceStance, Standing

STANCES = {
    ReferenceStance.FOR: "Neutral or for",
    ReferenceStance.MIXED: "Mixed",
    ReferenceStance.AGAINST: "Against",
}
STANDINGS = {
    Standing.CURRENT: "Stands",
    Standing.SUPERSEDED: "Superseded",
    Standing.RETRACTED: "Retracted",
}
TYPES = {
    "article-journal": "Journal article",
    "book": "Book",
    "chapter": "Chapter",
    "report": "Report",
    "regulation": "Regulation",
    "legislation": "Law",
    "legal_case": "Court decision",
    "webpage": "Web page",
    "document": "Other document",
}
"""The CSL types that can be chosen."""
_STATUSES = {
    "verified": "Checked against its source",
    "verified-field-inferred": "Checked; some fields of the citation were inferred and are not printed",
    "verified-via-quoting-file": "Checked through a document that quotes it",
    "secondary-source-only": "Known from a secondary source only: not verified",
    "verified by the user": "Checked by you or a colleague",
    "not verified": "Not verified",
}


def type_word(kind: str) -> str:
    """A CSL type in words."""
    return TYPES.get(kind, kind.replace("-", " ").replace("_", " ").capitalize())


def status_sentence(status: str) -> str:
    """How an entry was verified, in words."""
    return _STATUSES.get(status, status.replace("-", " ").capitalize())


def short_name(reference: Reference) -> str:
    """First author and year: `Spirig et al. 2019`; without an author, what the source calls itself."""
    entry = reference.bibliography
    named = [name for name in entry.authors if name.literal != "et al."]
    if reference.kind == "legal_case":
        who, named = entry.title, []
    else:
        who = surname(named[0]) if named else entry.section or entry.authority or entry.publisher
    who = who.strip() or entry.title or reference.id
    if len(entry.authors) > 2 or entry.authors_truncated or len(named) < len(entry.authors):
        who = f"{who} et al." if named else who
    elif len(named) == 2:
        who = f"{who}, {surname(named[1])}"
    return f"{who} {entry.year}" if entry.year else who


def surname(name: PersonName) -> str:
    """The part of a name by which a source is called."""
    return name.family or name.literal or name.given


def figure_value(figure: Figure) -> str:
    """The value with its unit, as the source states it; no space before a percent sign."""
    gap = "" if figure.unit in {"", "%"} else " "
    return f"{figure.value}{gap}{figure.unit}"


def figure_rest(figure: Figure) -> str:
    """What belongs to a figure besides what it measures and its value."""
    parts = (
        f"against {figure.comparator}" if figure.comparator else "",
        f"n: {figure.n}" if figure.n else "",
        f"follow-up: {figure.follow_up}" if figure.follow_up else "",
    )
    return "; ".join(part for part in parts if part)
