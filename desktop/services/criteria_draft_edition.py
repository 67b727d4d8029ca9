"""A draft for the next edition of a set, or for a payer's customisation of one; it touches neither."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from desktop.domain.criteria import LicenceClass
from desktop.rules.made_ids import slug, unique
from desktop.services.criteria_draft import CriteriaDraft

_YEAR = re.compile(r"(.+-)(20[0-9]{2})")
_NUMBERED = re.compile(r"(.+)-([1-9][0-9]*)")

LICENCE_WORDS = {
    LicenceClass.USER: (
        "My plan's or my own criteria",
        "They stay in your store: they leave in an export only when you say so each time.",
    ),
    LicenceClass.LICENSED_REFERENCE: (
        "A publisher's, under license",
        (
            "The publisher's words (MCG, InterQual and the like): they never leave in an export unless you say so, "
            "and your license must allow it."
        ),
    ),
    LicenceClass.PUBLIC: (
        "Public",
        "Facts from a public document in our own words: they come with the program and may be passed on.",
    ),
}
"""What to call each class, and what it means for an export, in a plain sentence."""


def new_edition(draft: CriteriaDraft, taken: Collection[str]) -> CriteriaDraft:
    """The next edition of a stored set: an id of its own, the same criteria with their ids, dates to be filled in."""
    return replace(
        draft,
        id=_next_id(draft, taken),
        supersedes=draft.id,
        edition="",
        effective_from="",
        effective_to="",
        retrieved_on="",
        review_by="",
        # What comes with the program is public; an edition of it that a user writes is the user's own.
        licence=LicenceClass.USER if draft.licence is LicenceClass.PUBLIC else draft.licence,
        preamble="",
    )


def customisation(draft: CriteriaDraft, payer: str, taken: Collection[str]) -> CriteriaDraft:
    """A payer's own form of a set: the same criteria with their ids and sources, as the user's own set."""
    publisher = slug(payer, "own", 24)
    return replace(
        draft,
        id=unique(f"{publisher}.{slug(draft.family or draft.title, 'criteria', 48)}", set(taken)),
        publisher=payer,
        document_number="",
        edition="",
        effective_from="",
        effective_to="",
        retrieved_on="",
        review_by="",
        licence=LicenceClass.USER,
        customises=draft.id,
        supersedes="",
        preamble="",
        cases="",
    )


def _next_id(draft: CriteriaDraft, taken: Collection[str]) -> str:
    """`plan.set-2026` is followed by `plan.set-2027`, a second edition by a third, anything else by a 2 behind it.

    A number is an edition's only when the set follows another edition: `aetna-0743` and `sp-22` are documents' numbers.
    """
    year, numbered = _YEAR.fullmatch(draft.id), _NUMBERED.fullmatch(draft.id)
    stem, number = f"{draft.id}-", 2
    if year:
        stem, number = year[1], int(year[2]) + 1
    elif numbered and draft.supersedes in {numbered[1], f"{numbered[1]}-{int(numbered[2]) - 1}"}:
        stem, number = f"{numbered[1]}-", int(numbered[2]) + 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
