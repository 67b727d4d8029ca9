"""How much a finding weighs, for every check alike: the record, the criteria files and the letter."""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """An error stops what was checked from being used or issued; a warning does not."""

    ERROR = "error"
    WARNING = "warning"
