"""Whose words a criteria set holds, and whether they may leave; it must not write anything."""

from __future__ import annotations

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.domain.errors import UserFacingError

_WHOSE = {
    LicenceClass.USER: "is your own",
    LicenceClass.LICENSED_REFERENCE: "holds a publisher's licensed criteria",
}
_COPYRIGHT = {
    LicenceClass.PUBLIC: (
        "Facts of a public document in our own words; the document itself belongs to its publisher. Codes stand "
        "without descriptors."
    ),
    LicenceClass.LICENSED_REFERENCE: (
        "Rests on a publisher's licensed criteria: to be used and passed on only as that license allows."
    ),
    LicenceClass.USER: (
        "Typed by a user for their own work: to be passed on only as they and the owners of its sources allow."
    ),
}


def require_may_leave(criteria_set: CriteriaSet, with_user_text: bool) -> None:
    """Raise UserFacingError when a set is not public and the caller has not asked for exactly this one to leave."""
    if criteria_set.licence is LicenceClass.PUBLIC or with_user_text:
        return
    raise UserFacingError(
        f"The set “{criteria_set.title}” {_WHOSE[criteria_set.licence]} (license class "
        f"{criteria_set.licence.value}), so its words do not leave unasked.",
        safe="Nothing was written.",
        todo="Export it only if its license allows that, and say so when you do.",
    )


def copyright_of(licence: LicenceClass) -> str:
    """What stands under `copyright` in an exported questionnaire."""
    return _COPYRIGHT[licence]
