"""Loads the verified reference library; it never invents, fetches or completes an entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from desktop.domain.errors import UserFacingError
from desktop.domain.reference import Reference, ReferenceStance
from desktop.letters.citation import ama_citation

FORMAT = "indicated-references/1"
_VERIFIED = frozenset({"verified", "verified-field-inferred", "verified-via-quoting-file"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence that a source supports, in our own words, with the topic it speaks to and its stance."""

    reference_id: str
    topic: str
    stance: ReferenceStance
    text: str

    @property
    def cited_text(self) -> str:
        """The sentence with its citation mark behind it, as it stands in a letter."""
        return f"{self.text}[@{self.reference_id}]"


class ReferenceLibrary:
    """Every citable source, by id and by topic. Immutable once made."""

    def __init__(self, references: Iterable[Reference], claims: Iterable[Claim] = ()) -> None:
        self._by_id = {item.id: item for item in references}
        self._claims = tuple(claims)

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
        """Claims of the topics, in the order the topics are named; only those of verified references."""
        return tuple(
            claim
            for topic in topics
            for claim in self._claims
            if claim.topic == topic and self._by_id[claim.reference_id].is_verified
        )

    def all_claims(self) -> tuple[Claim, ...]:
        """Every claim in the order of the file."""
        return self._claims


EMPTY_LIBRARY = ReferenceLibrary(())
"""A library with nothing in it."""


def load_references(folder: Path) -> ReferenceLibrary:
    """Read `references.json` in `folder`. Raises UserFacingError when it is missing or not what it should be."""
    try:
        document: object = json.loads((folder / "references.json").read_text(encoding="utf-8"))
        if not isinstance(document, dict):
            raise TypeError("the file must hold one object")
        content = cast("dict[str, object]", document)
        if content.get("format") != FORMAT:
            raise ValueError(f"the format is not {FORMAT}")
        entries = cast("list[dict[str, object]]", content["references"])
        references = tuple(_reference(entry) for entry in entries)
        claims = tuple(claim for entry in entries for claim in _claims(entry))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserFacingError(
            f"The reference library could not be read ({type(error).__name__}: {error}).",
            safe="Your cases are not touched by this.",
            todo="Install the program again; its file references.json is damaged or missing.",
        ) from error
    return ReferenceLibrary(references, claims)


def _reference(entry: Mapping[str, object]) -> Reference:
    claims = _claims(entry)
    return Reference(
        id=str(entry["id"]),
        kind=str(entry["type"]),
        citation=ama_citation(entry),
        supports=tuple(claim.text for claim in claims),
        topics=tuple(dict.fromkeys(claim.topic for claim in claims)),
        stance=ReferenceStance(entry["stance"]),
        is_verified=entry["status"] in _VERIFIED,
        verified_from=tuple(cast("list[str]", entry["verified_from"])),
    )


def _claims(entry: Mapping[str, object]) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            reference_id=str(entry["id"]),
            topic=claim["topic"],
            stance=ReferenceStance(claim["stance"]),
            text=claim["text"],
        )
        for claim in cast("list[dict[str, str]]", entry["claims"])
    )
