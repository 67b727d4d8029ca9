"""The draft being worked on, with its undo and the node at hand: every way to change it; it shows nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.services.criteria_draft import (
    CriteriaDraft,
    CriterionDraft,
    GroupDraft,
    NodeDraft,
    new_draft,
    node_of,
    place_of,
)
from desktop.services.criteria_draft_history import DraftHistory, history_of
from desktop.services.criteria_draft_tree import (
    MoveRefusedError,
    Step,
    add_after,
    add_exception,
    change,
    change_head,
    dissolve,
    duplicate,
    indent,
    move,
    move_down,
    move_up,
    outdent,
    remove,
    wrap,
)

_SHORT = 32
_HEAD_LABELS = {
    "title": "title",
    "publisher": "publisher",
    "edition": "edition",
    "licence": "whose words these are",
    "cases": "test cases",
}


class DraftDesk(QObject):
    """One draft at a time. `changed` follows every step and every other node at hand."""

    changed = Signal()
    refused = Signal(str)
    """Why something cannot be done, in words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history: DraftHistory = history_of(new_draft())
        self._key = self.draft.root.key
        self.is_read_only = False

    @property
    def draft(self) -> CriteriaDraft:
        """The draft as it is."""
        return self._history.draft

    @property
    def key(self) -> int:
        """The node at hand."""
        return self._key

    @property
    def node(self) -> NodeDraft:
        """The node at hand itself."""
        return node_of(self.draft, self._key) or self.draft.root

    @property
    def undo_label(self) -> str:
        """What undoing would take back; empty when there is nothing."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str:
        """What would be done again; empty when there is nothing."""
        return self._history.redo_label

    def open(self, draft: CriteriaDraft, key: int = 0) -> None:
        """Work on another draft; what was done to the one before cannot be undone any more."""
        self._history = history_of(draft)
        self._key = key or draft.root.key
        self.changed.emit()

    def select(self, key: int) -> None:
        """Take another node in hand."""
        if key != self._key and node_of(self.draft, key) is not None:
            self._key = key
            self._history = self._history.pause()
            self.changed.emit()

    def pause(self) -> None:
        """What is typed from now on is a step of its own."""
        self._history = self._history.pause()

    def write(self, values: dict[str, object]) -> None:
        """Other values in the node at hand, as they are typed."""
        key, name = self._key, next(iter(values))
        made = change(self.draft, key, **values)
        self._did(made, f"Change “{_short(node_of(made, key))}”", key, f"{key}.{name}")

    def write_head(self, values: dict[str, object]) -> None:
        """Other values of the set itself, as they are typed."""
        name = next(iter(values))
        words = _HEAD_LABELS.get(name, name.replace("_", " "))
        self._did(change_head(self.draft, **values), f"Change {words}", self._key, f"head.{name}")

    def write_rule(self, values: dict[str, object]) -> None:
        """Another rule of the whole set."""
        self._did(change(self.draft, self.draft.root.key, **values), "Change the rule", self._key)

    def replace(self, draft: CriteriaDraft, label: str) -> None:
        """A whole other draft as one step, as after its text was edited."""
        key = self._key if node_of(draft, self._key) else draft.root.key
        self._did(draft, label, key)

    # Steps in the tree

    def add(self) -> None:
        """A criterion after the node at hand, or the blank one that waits there already."""
        waiting = self._waiting()
        if waiting:
            self.select(waiting)
        else:
            self._step(add_after(self.draft, self._key), "Add a criterion")

    def add_group(self) -> None:
        """A group after the node at hand with a criterion to write in it."""
        group = GroupDraft(rule="any", children=(CriterionDraft(),))
        step = add_after(self.draft, self._key, group)
        self._step(Step(step.draft, step.key + 1), "Add a group")

    def group(self) -> None:
        """Put the node at hand into a group of its own."""
        if self._key == self.draft.root.key:
            self.add_group()
        else:
            self._on_node(wrap, "Group")

    def exception(self) -> None:
        """Add an exception that waives the node at hand."""
        if self._key == self.draft.root.key:
            self.refused.emit(
                "An exception waives one criterion or one group: choose it in the outline first."
            )
        else:
            self._on_node(add_exception, "Add an exception to")

    def remove(self) -> None:
        """Take the node at hand out, with what is under it."""
        self._on_node(remove, "Remove")

    def dissolve(self) -> None:
        """Take the group at hand out and leave its entries."""
        self._on_node(dissolve, "Dissolve")

    def duplicate(self) -> None:
        """A copy of the node at hand beside it."""
        self._on_node(duplicate, "Copy")

    def move_up(self) -> None:
        """One place up."""
        self._on_node(move_up, "Move")

    def move_down(self) -> None:
        """One place down."""
        self._on_node(move_down, "Move")

    def indent(self) -> None:
        """Into the group above."""
        self._on_node(indent, "Indent")

    def outdent(self) -> None:
        """Out of its group."""
        self._on_node(outdent, "Move out")

    def move_to(self, key: int, parent: int, index: int) -> None:
        """Where it was dragged to."""
        try:
            step = move(self.draft, key, parent, index)
        except MoveRefusedError as error:
            self.refused.emit(str(error))
        else:
            self._step(step, f"Move “{_short(node_of(self.draft, key))}”")

    def undo(self) -> None:
        """Take the last step back."""
        words = self._history.undo_label
        self._go_back(self._history.undo(), f"Taken back: {words}" if words else "")

    def redo(self) -> None:
        """Do the step taken back again."""
        words = self._history.redo_label
        self._go_back(self._history.redo(), f"Done again: {words}" if words else "")

    def _go_back(self, history: DraftHistory, said: str) -> None:
        if self.is_read_only or history is self._history:
            return
        self._history = history
        self._key = history.key if node_of(history.draft, history.key) else history.draft.root.key
        self.changed.emit()
        self.refused.emit(said)

    def _waiting(self) -> int:
        """The blank criterion that stands where a new one would be put; 0 for none."""
        here = self.node
        if isinstance(here, CriterionDraft) and here.is_blank:
            return here.key
        place = place_of(self.draft, here.key)
        siblings = place.parent.children if place else ()
        following = siblings[place.at + 1 : place.at + 2] if place else ()
        there = here.children[-1:] if isinstance(here, GroupDraft) else following
        return next((node.key for node in there if isinstance(node, CriterionDraft) and node.is_blank), 0)

    def _on_node(self, operation: Callable[[CriteriaDraft, int], Step], words: str) -> None:
        self._step(operation(self.draft, self._key), f"{words} “{_short(self.node)}”")

    def _step(self, step: Step, label: str) -> None:
        self._did(step.draft, label, step.key)

    def _did(self, draft: CriteriaDraft, label: str, key: int, typing_in: str = "") -> None:
        if self.is_read_only:
            return
        self._history = self._history.did(draft, label, key, typing_in)
        self._key = key
        self.changed.emit()


def _short(node: NodeDraft | None) -> str:
    words = " ".join(node.text.split()) if node else ""
    if not words:
        return "a group" if isinstance(node, GroupDraft) else "a criterion"
    return words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"
