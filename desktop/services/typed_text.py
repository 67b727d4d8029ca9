"""Reads a set that the user wrote, and refuses what a set of their own cannot be; it must not store anything."""

from __future__ import annotations

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.domain.errors import UserFacingError
from desktop.rules.loader import Library, load_set


def parse_typed(yaml_text: str, shipped: Library) -> CriteriaSet:
    """Read a set the user typed.

    Raises CriteriaFileError with the line, or UserFacingError for a shipped set's id and for the class public.
    """
    criteria_set = load_set(yaml_text, "typed set")
    if shipped.get(criteria_set.id) is not None:
        raise UserFacingError(
            f"The id {criteria_set.id} belongs to a set that comes with the program.",
            safe="Your text is still in the editor; nothing was stored.",
            todo="Give your set an id of its own.",
        )
    if criteria_set.licence is LicenceClass.PUBLIC:
        raise UserFacingError(
            "A set that you type cannot carry the license class public.",
            safe="Your text is still in the editor; nothing was stored.",
            todo="Write `licence: user`, or `licensed-reference` for a publisher's criteria.",
        )
    return criteria_set
