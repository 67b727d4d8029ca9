"""The tabs of an open case in their order; the one place that numbers them. It knows no screen."""

from __future__ import annotations

from enum import IntEnum


class CaseTab(IntEnum):
    """A tab by its place, counted from 0."""

    INTAKE = 0
    REVIEW = 1
    DETERMINATION = 2
    ARGUMENT = 3
    LETTER = 4
    PACKET = 5

    @property
    def label(self) -> str:
        """The word on the tab."""
        return self.name.capitalize()

    @property
    def key(self) -> str:
        """The key that leads to it: `Ctrl+1` for the first."""
        return f"Ctrl+{self.value + 1}"

    @property
    def slug(self) -> str:
        """What it is remembered by, and called on the command line: `intake`."""
        return self.name.lower()

    @classmethod
    def of_slug(cls, slug: object) -> CaseTab | None:
        """The tab with a name, or None: what was remembered may be from another edition of the program."""
        return next((tab for tab in cls if tab.slug == slug), None)
