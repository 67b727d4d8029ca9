"""What became of a questionnaire's items when it was imported: kept as what, changed how, dropped why, in words.

It must not read questionnaires; it only holds and tells what reading them found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

_LISTED = 500


class Fate(Enum):
    """What an item became."""

    CRITERION = "criterion"
    GROUP = "group"
    NOTE = "note"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item. `place` is its link id as the file has it; `became_id` the id of its criterion or group."""

    place: str
    text: str
    fate: Fate
    became_id: str = ""
    said: tuple[str, ...] = ()
    """Sentences: what was changed, or why it was dropped."""

    @property
    def sentence(self) -> str:
        """The item in one paragraph."""
        name = f"{self.place} “{self.text}”" if self.text else self.place
        kept = {
            Fate.CRITERION: f" is now the criterion `{self.became_id}`.",
            Fate.GROUP: f" is now the group `{self.became_id}`.",
            Fate.NOTE: " is kept as a note.",
            Fate.DROPPED: " was dropped.",
        }
        return " ".join((f"{name}{kept[self.fate]}", *self.said))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The whole import. `is_ours`: this program wrote the file; it came back as it was, but for what is said."""

    title: str
    is_ours: bool
    remarks: tuple[str, ...]
    """On the questionnaire as a whole."""
    items: tuple[ItemReport, ...]

    def with_remarks(self, more: Iterable[str]) -> ImportReport:
        """The report with further remarks on the whole."""
        return ImportReport(self.title, self.is_ours, (*self.remarks, *more), self.items)

    def count(self, fate: Fate) -> int:
        """How many items had a fate."""
        return sum(item.fate is fate for item in self.items)

    @property
    def dropped(self) -> tuple[ItemReport, ...]:
        """The items of which nothing was kept."""
        return tuple(item for item in self.items if item.fate is Fate.DROPPED)

    @property
    def text(self) -> str:
        """The report as it is read: what counts first, then item by item."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield f"Import of “{self.title}”"
        yield (
            f"{_counted(self.count(Fate.CRITERION), 'criterion', 'criteria')} in "
            f"{_counted(self.count(Fate.GROUP), 'group', 'groups')}; "
            f"{_counted(self.count(Fate.NOTE), 'item', 'items')} kept as notes; "
            f"{_counted(self.count(Fate.DROPPED), 'item', 'items')} dropped."
        )
        if self.remarks:
            yield from ("", "The questionnaire as a whole", *(f"- {remark}" for remark in self.remarks))
        told = [item for item in self.items if item.said or not self.is_ours]
        kept = [item for item in told if item.fate is not Fate.DROPPED]
        for heading, items in (("Dropped", list(self.dropped)), ("Kept", kept)):
            if items:
                yield from ("", heading, *(f"- {item.sentence}" for item in items[:_LISTED]))
            if len(items) > _LISTED:
                yield f"- and {len(items) - _LISTED:,} more."
        if self.is_ours and not told and not self.remarks:
            yield from ("", "It was exported by this program; nothing was changed or dropped.")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
