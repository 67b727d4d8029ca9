"""Which region of the spine a level belongs to; it reads canonical levels only and knows no criteria."""

from __future__ import annotations

from desktop.domain.vertebra import bones_of

_LUMBAR = frozenset("LS")


def is_lumbar(level: str | None) -> bool:
    """Whether every bone of the level is lumbar or sacral."""
    return level is not None and all(bone[0] in _LUMBAR for bone in bones_of(level))
