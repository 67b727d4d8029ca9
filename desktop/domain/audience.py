"""For whom a clinical opinion or letter is written: the same facts, in the words that reader works with."""

from __future__ import annotations

from enum import Enum


class Audience(Enum):
    """The reader. It changes wording and what is left out, never a fact."""

    MEDICAL_DIRECTOR = "medical_director"
    EXTERNAL_REVIEWER = "external_reviewer"
    ATTORNEY = "attorney"
    PATIENT = "patient"
    """Plain language: at most the eighth grade of school, measured."""

    @property
    def label(self) -> str:
        """The words shown to a reviewer."""
        return self.value.replace("_", " ").capitalize()
