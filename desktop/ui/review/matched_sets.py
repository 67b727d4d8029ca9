"""Which criterion of another set asks about the same thing, worked out once for each two sets; it shows nothing."""

from __future__ import annotations

from desktop.domain.criteria import CriteriaSet
from desktop.rules.side_by_side import side_by_side


class MatchedSets:
    """Remembers the matches of two editions, so that walking the tree costs nothing."""

    def __init__(self) -> None:
        self._matches: dict[tuple[str, str], dict[str, str]] = {}

    def about(self, mine: CriteriaSet | None, other: CriteriaSet | None, criterion_id: str) -> str:
        """The criterion of the other set about the same thing as one of mine; empty when there is none."""
        if mine is None or other is None:
            return ""
        pair = (mine.content_hash or mine.id, other.content_hash or other.id)
        if pair not in self._matches:
            self._matches[pair] = {
                item.id: row.right[0].id
                for row in side_by_side(mine, other)
                if row.right
                for item in row.left
            }
        return self._matches[pair].get(criterion_id, "")
