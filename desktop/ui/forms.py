"""Labelled fields that all forms share: each reads a value, shows one, and says beside itself what is wrong.

They must not save anything: a form listens to `edited` and asks for the value when it is time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.field_values import FieldTextError, read_text
from desktop.ui.text_area import TextArea
from desktop.ui.widgets.basics import label as plain_text
from desktop.ui.widgets.basics import set_role

LONGEST_LINE = 2_000_000
"""Qt would cut a longer text without a word at 32,767 characters."""


class Loudness(Enum):
    """How a remark beside a field is shown; the value is the label's role in the stylesheet."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "caption"


MARKS = {Loudness.ERROR: "× ", Loudness.WARNING: "! ", Loudness.HINT: ""}


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class ChoiceBox(QComboBox):
    """A combo box that a turning wheel passes by: scrolling the page must not change a record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        e.ignore()


class Field(QWidget):
    """A label, an editor and a remark under it. Subclasses say how the editor is read and filled."""

    edited = Signal(object)
    """The user changed it; carries the field."""
    left = Signal(object)
    """The keyboard left it; carries the field."""

    def __init__(self, label: str, editor: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.editor = editor
        self._hint = hint
        self._own_problem = ""
        self._doubt = ""
        self._remark: tuple[str, Loudness] | None = None
        self._is_showing = False
        self._has_shown = False
        editor.setAccessibleName(label)
        self.caption = plain_text(label, "caption")
        self.caption.setBuddy(editor)
        self._message: QLabel | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        if not isinstance(editor, QCheckBox):
            self._rows.addWidget(self.caption)
        self._rows.addWidget(editor)
        self._rows.addStretch(1)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        editor.setAcceptDrops(False)  # a file dropped here is meant for the page
        editor.installEventFilter(self)
        self._show_message()

    def sizeHint(self) -> QSize:
        """No width of its own: the grid gives every column the same."""
        return QSize(0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """No width of its own."""
        return QSize(0, super().minimumSizeHint().height())

    def read(self) -> Any:
        """The value in the editor. Raises FieldTextError when what stands there is none."""
        raise NotImplementedError

    def fill(self, value: Any) -> None:
        """Put a value into the editor."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a value without counting as an edit; an equal one leaves cursor and selection alone."""
        try:
            if self._has_shown and self.read() == value and not self._own_problem:
                return
        except FieldTextError:
            pass
        self._is_showing = self._has_shown = True
        try:
            self.fill(value)
        finally:
            self._is_showing = False
        self.set_own_problem("")

    def stops(self) -> Sequence[QWidget]:
        """Where the keyboard stops in it, in order."""
        return (self.editor,)

    def check(self) -> bool:
        """Whether the editor holds a value; says beside the field why not."""
        try:
            self.read()
        except FieldTextError as error:
            self.set_own_problem(str(error))
            return False
        self.set_own_problem("")
        return True

    def set_own_problem(self, text: str) -> None:
        """Say that what was typed makes no value; empty when it does."""
        self._own_problem = text
        self._show_message()

    def set_doubt(self, text: str) -> None:
        """Say what looks wrong about a value that is kept all the same; empty for nothing."""
        self._doubt = text
        self._show_message()

    def set_remark(self, text: str, loudness: Loudness = Loudness.WARNING) -> None:
        """Say what the record's validation finds about the value; empty for nothing."""
        self._remark = (text, loudness) if text else None
        self._show_message()

    def set_hint(self, text: str) -> None:
        """A quiet line under the field, shown while nothing is wrong."""
        self._hint = text
        self._show_message()

    @property
    def message(self) -> str:
        """What the line under the field says; empty when there is none."""
        return self._message.text() if self._message and not self._message.isHidden() else ""

    def set_read_only(self, value: bool) -> None:
        """Stop or allow editing, leaving the text readable and selectable where the editor can."""
        setter = getattr(self.editor, "setReadOnly", None)
        if setter is not None:
            setter(value)
            restyle(self.editor)
        else:
            self.editor.setEnabled(not value)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Tell the form when the keyboard leaves the editor."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            gone = event.reason() != Qt.FocusReason.PopupFocusReason
            if gone and watched is self.editor:
                self.left.emit(self)
        return super().eventFilter(watched, event)

    def _changed(self) -> None:
        if not self._is_showing:
            self.edited.emit(self)

    def _show_message(self) -> None:
        if self._own_problem or self._doubt:
            text, loudness = self._own_problem or self._doubt, Loudness.ERROR
        elif self._remark:
            text, loudness = self._remark
        else:
            text, loudness = self._hint, Loudness.HINT
        if text and self._message is None:
            self._message = plain_text(wraps=True)
            self._rows.insertWidget(self._rows.count() - 1, self._message)
        if self._message is not None:
            self._message.setText(MARKS[loudness] + text)
            self._message.setVisible(bool(text))
            set_role(self._message, loudness.value)
        self.editor.setAccessibleDescription(text)
        is_wrong = bool(text) and loudness is Loudness.ERROR
        if bool(self.editor.property("problem")) != is_wrong:
            self.editor.setProperty("problem", is_wrong)
            restyle(self.editor)


class LineField(Field):
    """One line of text, read by a function: plain text, a date, a number, levels."""

    def __init__(
        self,
        label: str,
        read: Callable[[str], Any] = read_text,
        show: Callable[[Any], str] = str,
        *,
        placeholder: str = "",
        problem: Callable[[str], str | None] | None = None,
        spell: Callable[[Any], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._read = read
        self._show = show
        self._problem = problem
        self._spell = spell
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST_LINE)
        self.line.setPlaceholderText(placeholder)
        super().__init__(label, self.line, parent=parent)
        self.line.textChanged.connect(self._changed)

    def read(self) -> Any:
        """The value in the line."""
        return self._read(self.line.text())

    def fill(self, value: Any) -> None:
        """Show a value as text, from its beginning."""
        self.line.setText(self._show(value))
        self.line.setCursorPosition(0)
        self._comment_on(value)

    def check(self) -> bool:
        """Whether the line holds a value; a doubt about its form is said as well, but the value is kept."""
        if not super().check():
            return False
        self._comment_on(self.read())
        return True

    def tidy(self) -> None:
        """Write a readable value the way it is stored (`5/11/2026` becomes `2026-05-11`)."""
        if not self.check():
            return
        self._is_showing = True
        self.line.setText(self._show(self.read()))
        self._is_showing = False

    def _comment_on(self, value: Any) -> None:
        if self._problem is not None:
            self.set_doubt(self._problem(str(value)) or "")
        if self._spell is not None:
            self.set_hint(self._spell(value))


class TextField(Field):
    """Several lines of text that grow with what is written."""

    def __init__(
        self, label: str, *, placeholder: str = "", least_lines: int = 3, parent: QWidget | None = None
    ) -> None:
        self.area = TextArea(least_lines=least_lines)
        self.area.setPlaceholderText(placeholder)
        super().__init__(label, self.area, parent=parent)
        self.area.textChanged.connect(self._changed)

    def read(self) -> str:
        """The text, exactly."""
        return read_text(self.area.exact_text())

    def fill(self, value: Any) -> None:
        """Replace the text."""
        self.area.setPlainText(str(value))


class ChoiceField(Field):
    """One of several values."""

    def __init__(self, label: str, choices: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        self.box = ChoiceBox()
        super().__init__(label, self.box, parent=parent)
        self._values: list[Any] = []
        self.set_choices(choices)
        self.box.currentIndexChanged.connect(self._changed)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other values, keeping the chosen one where it is still among them."""
        offered = [value for value, _ in choices]
        words = [text for _, text in choices]
        if offered == self._values and words == [self.box.itemText(i) for i in range(self.box.count())]:
            return
        chosen = self.read() if self._values else None
        self._is_showing = True
        self.box.clear()
        self.box.addItems(words)
        self._values = offered
        self.fill(chosen)
        self._is_showing = False

    def read(self) -> Any:
        """The chosen value."""
        index = self.box.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def fill(self, value: Any) -> None:
        """Choose a value."""
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else 0)


class CheckField(Field):
    """Yes or no."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self.box = QCheckBox(label)
        super().__init__(label, self.box, parent=parent)
        self.box.toggled.connect(self._changed)

    def read(self) -> bool:
        """Whether it is checked."""
        return self.box.isChecked()

    def fill(self, value: Any) -> None:
        """Check or uncheck it."""
        self.box.setChecked(bool(value))
