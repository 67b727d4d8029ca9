"""The single keys of the review screen, in one table for handling and for showing; it acts on nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.assessment import Stance
from desktop.ui.actions import Command
from desktop.ui.review.state_buttons import STATE_KEYS

_STATE_BY_KEY = {Qt.Key[f"Key_{letter}"]: state for state, letter in STATE_KEYS.items()}
_SHIFTED_DIGITS = "!@#$%^&*("
"""Shift and a digit on a US keyboard; other layouts are told by the place of the key."""
_SCAN_CODE_OF_ZERO = {"xcb": 9, "wayland": 9, "windows": 1}


@dataclass(frozen=True, slots=True)
class Handled:
    """A key with what the key sheet and the palette say of it."""

    key: Qt.Key
    text: str
    handler_name: str
    is_shifted: bool = False

    @property
    def key_text(self) -> str:
        """The key as the key sheet writes it."""
        word = "\\" if self.key is Qt.Key.Key_Backslash else chr(self.key)
        return f"Shift+{word}" if self.is_shifted else word


KEYS = (
    Handled(Qt.Key.Key_G, "Go to the next open question", "next_gap"),
    Handled(Qt.Key.Key_W, "Show the next way to met", "next_way"),
    Handled(Qt.Key.Key_W, "Show the way to met before", "previous_way", is_shifted=True),
    Handled(Qt.Key.Key_Y, "Ways to met for this level, or for the whole line", "change_reach"),
    Handled(Qt.Key.Key_K, "Make a task of what is missing", "make_task"),
    Handled(Qt.Key.Key_K, "Show the tasks of the case", "show_tasks", is_shifted=True),
    Handled(Qt.Key.Key_L, "Link words to this criterion", "start_linking"),
    Handled(Qt.Key.Key_Slash, "Find in this note", "find_in_note"),
    Handled(Qt.Key.Key_BracketLeft, "Previous document", "previous_document"),
    Handled(Qt.Key.Key_BracketRight, "Next document", "next_document"),
    Handled(Qt.Key.Key_C, "Write a note on this criterion", "write_note"),
    Handled(Qt.Key.Key_V, "Record the measured value", "write_value"),
    Handled(Qt.Key.Key_R, "Take the value that the record gives", "take_offer"),
    Handled(Qt.Key.Key_R, "Take every answer that the record gives", "take_every_offer", is_shifted=True),
    Handled(Qt.Key.Key_S, "Go to the other criteria set", "other_set"),
    Handled(Qt.Key.Key_P, "Choose a criteria set for this service line", "choose_a_set"),
    Handled(Qt.Key.Key_P, "Take over the edition in force for this set", "take_edition", is_shifted=True),
    Handled(Qt.Key.Key_F, "Save this review as a FHIR response…", "save_response"),
    Handled(Qt.Key.Key_I, "Explain this result in words", "explain"),
    Handled(Qt.Key.Key_I, "Differences of the two sets in words", "differ", is_shifted=True),
    Handled(Qt.Key.Key_T, "Type a criteria set", "type_set"),
    Handled(Qt.Key.Key_Backslash, "Show one criteria set or two side by side", "toggle_compare"),
)


_DIGITS = (
    Command(
        "review.digit",
        "Link the selected words to the criterion with this number; without a selection, go to it",
        "1 – 9",
        group="Review",
        is_bound=False,
    ),
    Command(
        "review.digit_against",
        "Link the selected words to that criterion as contradicting",
        "Shift+1 – 9",
        group="Review",
        is_bound=False,
    ),
)
"""Keys that mean something only together with what stands on the screen: to be read about, not to be chosen."""


def review_commands() -> list[Command]:
    """Every command of the screen; single keys are handled by `ReviewKeys`, so they are only shown."""
    group = "Review"
    states = [
        Command(
            f"review.state.{state.value}",
            f"Answer: {state.label.lower()}",
            letter,
            f"answer_{state.value}",
            group,
            is_bound=False,
        )
        for state, letter in STATE_KEYS.items()
    ]
    keys = [
        Command(
            f"review.{item.handler_name}",
            item.text,
            item.key_text,
            item.handler_name,
            group,
            is_bound=False,
        )
        for item in KEYS
    ]
    return [
        *states,
        Command("review.clear", "Clear the answer", "Backspace", "clear_answer", group, is_bound=False),
        Command("review.link", "Link the selected words", "Return", "link_supporting", group, is_bound=False),
        Command(
            "review.link_against",
            "Link the selected words as contradicting",
            "Shift+Return",
            "link_contradicting",
            group,
            is_bound=False,
        ),
        *_DIGITS,
        *keys,
    ]


def handled_key(key: Qt.Key, *, is_shifted: bool) -> Handled | None:
    """What a key does; Shift matters only to keys that mean something else with it."""
    found = [item for item in KEYS if item.key is key]
    return next((item for item in found if item.is_shifted == is_shifted), found[0] if found else None)


def digit_of(event: QKeyEvent) -> int | None:
    """The digit 1 to 9 on a key, with or without Shift and whatever the layout; None for any other key."""
    key = event.key()
    if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
        return key - Qt.Key.Key_0
    text = event.text()
    if text and text in _SHIFTED_DIGITS:
        return _SHIFTED_DIGITS.index(text) + 1
    base = _SCAN_CODE_OF_ZERO.get(QGuiApplication.platformName())
    if base is not None and 1 <= event.nativeScanCode() - base <= 9:
        return event.nativeScanCode() - base
    return None


class ReviewKeys(QObject):
    """Watches the tree, the note and the evidence, and says which key was meant. Fields are typed in undisturbed."""

    pressed = Signal(str)
    """The handler's name of a key in `KEYS`."""
    state_pressed = Signal(object)
    """An AssessmentState."""
    cleared = Signal()
    linked = Signal(object)
    """Enter: the Stance."""
    digit_pressed = Signal(int, object)
    """The digit, and the Stance that Shift gives it."""
    escaped = Signal()
    tabbed = Signal(int)
    """Tab: 1, Shift+Tab: -1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clearing: list[QObject] = []
        self._linking: list[QObject] = []

    def watch(self, widget: QWidget, *, clears: bool = False, links: bool = False) -> None:
        """Handle a widget's keys. `clears`: Delete takes the answer back there; `links`: Enter links there."""
        widget.installEventFilter(self)
        if clears:
            self._clearing.append(widget)
        if links:
            self._linking.append(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of this screen, leave all others."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
                event.accept()
                return False
            if event.type() == QEvent.Type.KeyPress:
                return self._handle(watched, event)
        return False

    def _is_ours(self, event: QKeyEvent) -> bool:
        """Single keys belong to the screen before any shortcut of the window."""
        keys = {item.key for item in KEYS} | _STATE_BY_KEY.keys()
        return event.key() in keys and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier

    def _handle(self, watched: QObject, event: QKeyEvent) -> bool:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        key = Qt.Key(event.key())
        stance = Stance.CONTRADICTS if shift else Stance.SUPPORTS
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.tabbed.emit(-1 if key is Qt.Key.Key_Backtab or shift else 1)
        elif key is Qt.Key.Key_Escape:
            self.escaped.emit()
        elif (digit := digit_of(event)) is not None:
            self.digit_pressed.emit(digit, stance)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched in self._linking:
            self.linked.emit(stance)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and watched in self._clearing:
            self.cleared.emit()
        elif (state := _STATE_BY_KEY.get(key)) is not None:
            self.state_pressed.emit(state)
        elif (handled := handled_key(key, is_shifted=shift)) is not None:
            self.pressed.emit(handled.handler_name)
        else:
            return False
        return True
