"""What was done to a draft and what was undone, as a stack of states with words for each; it must not change any."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.services.criteria_draft import CriteriaDraft

MOST_STEPS = 300


@dataclass(frozen=True, slots=True)
class _State:
    """A draft, the words of the step that led to it, where the eye was, and the field it was typed into."""

    draft: CriteriaDraft
    label: str
    key: int
    typing_in: str = ""


@dataclass(frozen=True, slots=True)
class DraftHistory:
    """States before, the present one, and those that were undone, the next to come back last."""

    now: _State
    before: tuple[_State, ...] = ()
    undone: tuple[_State, ...] = ()

    @property
    def draft(self) -> CriteriaDraft:
        """The draft as it is."""
        return self.now.draft

    @property
    def key(self) -> int:
        """The node that the last step was about."""
        return self.now.key

    @property
    def undo_label(self) -> str:
        """What undoing would take back; empty when there is nothing."""
        return self.now.label if self.before else ""

    @property
    def redo_label(self) -> str:
        """What would be done again; empty when there is nothing."""
        return self.undone[-1].label if self.undone else ""

    def did(self, draft: CriteriaDraft, label: str, key: int, typing_in: str = "") -> DraftHistory:
        """The history with one step more. Typing on in the same field goes on with the same step."""
        if draft == self.now.draft:
            return self
        state = _State(draft, label, key, typing_in)
        if typing_in and typing_in == self.now.typing_in and self.before:
            return DraftHistory(state, self.before)
        return DraftHistory(state, (*self.before, self.now)[-MOST_STEPS:])

    def pause(self) -> DraftHistory:
        """Typing that follows is a step of its own, in whichever field."""
        return replace(self, now=replace(self.now, typing_in=""))

    def undo(self) -> DraftHistory:
        """The state before the last step; the same history when there is none."""
        if not self.before:
            return self
        came_from = replace(self.before[-1], typing_in="")
        return DraftHistory(came_from, self.before[:-1], (*self.undone, replace(self.now, typing_in="")))

    def redo(self) -> DraftHistory:
        """The state that was undone last; the same history when there is none."""
        if not self.undone:
            return self
        return DraftHistory(self.undone[-1], (*self.before, self.now), self.undone[:-1])


def history_of(draft: CriteriaDraft) -> DraftHistory:
    """A history that begins with a draft."""
    return DraftHistory(_State(draft, "", draft.root.key))
