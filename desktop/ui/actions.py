"""Commands as data: what can be done, under which name and key; it must not do any of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do here. The handler is a method of the screen, named, taking no arguments."""

    id: str
    """Stable, for example `review.next_gap`."""
    text: str
    """What the palette says, as an imperative: "Go to the next gap"."""
    shortcut: str = ""
    """Portable key text, for example `Ctrl+K` or `G`."""
    handler_name: str = ""
    """Empty for keys that are only to be read about: the key sheet lists them, the palette does not."""
    group: str = ""
    """The heading under which the key sheet lists it."""
    is_bound: bool = True
    """False when the screen handles the key itself (single letters in a tree): the key is then only shown."""
    is_for_leaving: bool = False
    """True when the key must work whatever lies over the window: whoever walks away has pressed it blindly."""

    @property
    def key_text(self) -> str:
        """The key as this platform writes it."""
        native = QKeySequence(self.shortcut).toString(QKeySequence.SequenceFormat.NativeText) or self.shortcut
        return native.replace("Return", "Enter")  # as it stands on the key, and in every hint


@dataclass(frozen=True, slots=True)
class OwnedCommand:
    """A command with the object whose method carries it out."""

    command: Command
    owner: QObject

    def run(self) -> None:
        """Carry it out now."""
        handler_of(self.owner, self.command)()


def handler_of(owner: QObject, command: Command) -> Callable[[], None]:
    """The bound method that carries a command out. Raises AttributeError when the owner has none."""
    return cast("Callable[[], None]", getattr(owner, command.handler_name))


def run_by_key(commands: Iterable[tuple[Command, QObject]], pressed: QKeySequence) -> bool:
    """Carry out the command with this key; False when none has it. For keys pressed beside their screen."""
    for command, owner in commands:
        keys = [QKeySequence(part.strip()) for part in command.shortcut.split(" / ") if part.strip()]
        if command.is_bound and command.handler_name and pressed in keys:
            handler_of(owner, command)()
            return True
    return False


def is_key_of(commands: Iterable[Command], event: QKeyEvent) -> bool:
    """Whether the key just pressed is one of these commands'."""
    # As the platform says it and without Shift: "?" needs Shift on most keyboards, and its command does not say so.
    pressed = (QKeySequence(event.keyCombination()), QKeySequence(event.key()))
    plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    candidates = pressed if plain and event.text().strip() else pressed[:1]
    return any(
        QKeySequence(part.strip()) in candidates
        for command in commands
        for part in command.shortcut.split(" / ")
        if part.strip()
    )


def bind(
    owner: QWidget,
    commands: Iterable[Command],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> list[QAction]:
    """Give `owner` an action for each command with a key that it does not handle itself."""
    actions: list[QAction] = []
    for command in commands:
        if not command.shortcut or not command.is_bound:
            continue
        action = QAction(command.text, owner)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(part.strip()) for part in command.shortcut.split(" / ")])
        action.setShortcutContext(context)
        action.triggered.connect(handler_of(owner, command))
        owner.addAction(action)
        actions.append(action)
    return actions
