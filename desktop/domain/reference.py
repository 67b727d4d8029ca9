"""Verified literature and law: what may be cited, what it supports, and where that was checked."""

from __future__ import annotations

from enum import Enum

from desktop.domain.text import Text
from desktop.domain.value import Identifier, Value


class ReferenceStance(Enum):
    """Whether a source helps, hurts or does both."""

    FOR = "neutral-or-for"
    MIXED = "mixed"
    AGAINST = "against"


class Reference(Value):
    """A citable source with its formatted citation."""

    id: Identifier
    kind: str
    """CSL type: article-journal, book, legislation, webpage, and so on."""
    citation: Text
    """The full reference as printed in the list (AMA order)."""
    supports: tuple[Text, ...]
    topics: tuple[Text, ...]
    stance: ReferenceStance
    is_verified: bool
    verified_from: tuple[Text, ...]
