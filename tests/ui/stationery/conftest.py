"""The letter page over the sample case, which the stationery belongs to."""

from __future__ import annotations

from tests.ui.letter.conftest import open_letter, sample_file, services

__all__ = ["open_letter", "sample_file", "services"]
