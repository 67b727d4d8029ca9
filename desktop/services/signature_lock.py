"""The rule that a signed determination closes the review it stands on, in one place for every operation."""

from __future__ import annotations

from desktop.domain.errors import SignedRecordError
from desktop.store.engine import Reader


def require_open_review(reader: Reader, case_id: str) -> None:
    """Raise SignedRecordError when the case's latest determination is signed."""
    versions = reader.determinations.all(case_id)
    if versions and versions[-1].is_signed:
        raise SignedRecordError("The determination of this case is signed, so its review cannot be edited.")
