"""Loads the verified reference library; it never invents, fetches or completes an entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import cast

from desktop.domain.errors import UserFacingError
from desktop.domain.json_mistake import why_not_json
from desktop.domain.reference import (
    Bibliography,
    Claim,
    EvidenceLevel,
    Figure,
    OwnReference,
    Reference,
    ReferenceMark,
    ReferenceStance,
    Standing,
)
from desktop.letters.references.ama import ama_citation
from desktop.letters.references.csl import from_csl, with_printing_hints
from desktop.letters.references.duplicates import KnownSources
from desktop.letters.references.vancouver import vancouver_citation

__all__ = ["EMPTY_LIBRARY", "FORMAT", "Claim", "ReferenceLibrary", "load_references"]

FORMAT = "indicated-references/2"
FILE_NAME = "references.json"
VERIFIED = frozenset({"verified", "verified-field-inferred", "verified-via-quoting-file"})


class ReferenceLibrary:
    """Every citable source, by id and by topic. Immutable once made."""

    def __init__(self, references: Iterable[Reference], claims: Iterable[Claim] = ()) -> None:
        self._by_id = {item.id: item for item in references}
        self._claims = tuple(claims)
        self._claims_of: dict[str, list[Claim]] = {}
        for claim in self._claims:
            self._claims_of.setdefault(claim.reference_id, []).append(claim)
        self.from_own: dict[str, tuple[OwnReference, Reference]] = {}
        """Each of the user's entries as it is stored, and as a reference without a mark."""

    def get(self, reference_id: str) -> Reference | None:
        """The reference with an id, or None."""
        return self._by_id.get(reference_id)

    def all(self) -> tuple[Reference, ...]:
        """Every reference in the order of the file."""
        return tuple(self._by_id.values())

    def for_topics(self, *topics: str) -> tuple[Reference, ...]:
        """References that speak to any of the topics, in the order of the file."""
        wanted = set(topics)
        return tuple(item for item in self._by_id.values() if wanted & set(item.topics))

    def claims(self, *topics: str) -> tuple[Claim, ...]:
        """Claims of the topics, in the order the topics are named; only those of references that may be cited."""
        return tuple(
            claim
            for topic in topics
            for claim in self._claims
            if claim.topic == topic and self._by_id[claim.reference_id].may_be_cited
        )

    def claims_of(self, reference_id: str) -> tuple[Claim, ...]:
        """What one reference supports, in the order of the file."""
        return tuple(self._claims_of.get(reference_id, ()))

    def all_claims(self) -> tuple[Claim, ...]:
        """Every claim in the order of the file."""
        return self._claims

    @cached_property
    def sources(self) -> KnownSources:
        """The library by what its entries share; made when it is first asked for."""
        return KnownSources(self._by_id.values())

    def with_own(
        self,
        own: Iterable[OwnReference],
        marks: Iterable[ReferenceMark],
        earlier: ReferenceLibrary | None = None,
    ) -> ReferenceLibrary:
        """This library with the user's entries behind it, and with what they marked as no longer standing.

        An entry of the user never takes the place of one that is there. `earlier`: what this gave before; citations
        are not written again for entries that are the very same.
        """
        added = [item for item in own if item.id not in self._by_id]
        known = earlier.from_own if earlier is not None else {}
        of_each = {item.id: (item, _known_or_new(item, known.get(item.id))) for item in added}
        references = {**self._by_id, **{name: found for name, (_, found) in of_each.items()}}
        for mark in marks:
            if (marked := references.get(mark.reference_id)) is not None:
                changes = {"standing": mark.standing, "standing_note": mark.note}
                references[marked.id] = marked.model_copy(
                    update={**changes, "superseded_by": mark.superseded_by or marked.superseded_by}
                )
        claims = (*self._claims, *(claim for item in added for claim in item.claims))
        made = ReferenceLibrary(references.values(), claims)
        made.from_own = of_each
        return made


EMPTY_LIBRARY = ReferenceLibrary(())
"""A library with nothing in it."""


def load_references(folder: Path) -> ReferenceLibrary:
    """Read `references.json` in `folder`. Raises UserFacingError when it is missing or not what it should be."""
    try:
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
    except OSError as error:
        raise _unreadable(error.strerror or "no reason given") from error
    except UnicodeDecodeError as error:
        raise _unreadable(why_not_json(error)) from error
    entries = entries_in(text)
    references: list[Reference] = []
    claims: list[Claim] = []
    for place, entry in enumerate(entries, start=1):
        try:
            references.append(_reference(entry))
            claims.extend(_claims(entry))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _unreadable(
                f"entry {place:,} lacks a field, or holds what does not belong there"
            ) from error
    return ReferenceLibrary(references, claims)


def entries_in(text: str) -> list[dict[str, object]]:
    """The entries of a library file. Raises UserFacingError when it is not one."""
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(why_not_json(error)) from error
    content = cast("dict[str, object]", document) if isinstance(document, dict) else {}
    if content.get("format") != FORMAT:
        raise _unreadable(f"its format is not {FORMAT}")
    entries = content.get("references")
    if not isinstance(entries, list):
        raise _unreadable("it holds no list of references")
    return cast("list[dict[str, object]]", entries)


def _unreadable(why: str) -> UserFacingError:
    return UserFacingError(
        f"The reference library could not be read from {FILE_NAME}: {why}.",
        safe="Your cases are not touched by this.",
        todo="If it is the program's own, install the program again; if it is yours, put the file right.",
    )


def of_own(own: OwnReference) -> Reference:
    """An entry of the user as a reference of the library."""
    ama, vancouver = citations_of(own.bibliography)
    return Reference(
        id=own.id,
        kind=own.bibliography.type,
        citation=ama,
        vancouver=vancouver,
        supports=tuple(claim.text for claim in own.claims),
        topics=tuple(dict.fromkeys(claim.topic for claim in own.claims)),
        subjects=own.subjects,
        stance=own.stance,
        evidence=own.evidence,
        is_verified=own.is_verified,
        verified_from=(own.verified_from,) if own.verified_from.strip() else (),
        verified_on=own.verified_on,
        status="verified by the user" if own.is_verified else "not verified",
        bibliography=own.bibliography,
        no_claim_because="" if own.claims else "Added by the user without a claim.",
        is_own=True,
    )


def _known_or_new(own: OwnReference, known: tuple[OwnReference, Reference] | None) -> Reference:
    return known[1] if known is not None and known[0] is own else of_own(own)


def citations_of(entry: Bibliography) -> tuple[str, str]:
    """The entry in AMA and in Vancouver order."""
    fields = with_printing_hints(entry)
    return ama_citation(fields), vancouver_citation(fields)


def _reference(entry: Mapping[str, object]) -> Reference:
    claims = _claims(entry)
    bibliography, _ = from_csl(entry)
    ama, vancouver = citations_of(bibliography)
    checked_on = entry.get("verified_on")
    return Reference(
        id=str(entry["id"]),
        kind=str(entry["type"]),
        citation=ama,
        vancouver=vancouver,
        supports=tuple(claim.text for claim in claims),
        topics=tuple(dict.fromkeys(claim.topic for claim in claims)),
        stance=ReferenceStance(entry["stance"]),
        is_verified=entry["status"] in VERIFIED,
        verified_from=tuple(cast("list[str]", entry["verified_from"])),
        verified_on=date.fromisoformat(checked_on) if isinstance(checked_on, str) else None,
        status=str(entry["status"]),
        bibliography=bibliography,
        subjects=tuple(cast("list[str]", entry["subjects"])),
        evidence=EvidenceLevel(entry["evidence_level"]),
        standing=Standing(entry.get("standing", Standing.CURRENT.value)),
        standing_note=str(entry.get("standing_note", "")),
        superseded_by=str(entry.get("superseded_by", "")),
        same_as=str(entry.get("same_as", "")),
        no_claim_because=str(entry.get("no_claim_because", "")),
    )


def _claims(entry: Mapping[str, object]) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            reference_id=str(entry["id"]),
            id=str(claim["id"]),
            topic=str(claim["topic"]),
            stance=ReferenceStance(claim["stance"]),
            text=str(claim["text"]),
            locator=str(claim.get("locator", "")),
            figures=tuple(
                Figure.model_validate(item)
                for item in cast("list[dict[str, str]]", claim.get("figures") or [])
            ),
        )
        for claim in cast("list[dict[str, object]]", entry["claims"])
    )
