"""The ICD-10-CM look-up: a line that offers codes for what is typed, searched off the GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from desktop.ui.context import UiContext
from desktop.ui.field_values import read_text
from desktop.ui.forms import LineField, Loudness

SHORTEST_QUERY = 2
MOST_OFFERS = 8
_PAUSE_MS = 120
_CODE = Qt.ItemDataRole.UserRole + 1
_TITLE = Qt.ItemDataRole.UserRole + 2


class OfferList(QListWidget):
    """What is on offer, over the page under the line. The keyboard stays in the line and steers it from there."""

    folded = Signal()
    """It is not shown any more."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Codes found")
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setProperty("role", "popup")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def step(self, by: int) -> None:
        """Move the choice up or down, round the ends."""
        self.setCurrentRow((self.currentRow() + by) % max(1, self.count()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Say so, however it was closed."""
        super().hideEvent(event)
        self.folded.emit()


class DiagnosisCodeField(LineField):
    """Code or words; choosing an offer sets the code, and `chosen_title` to the title that belongs to it."""

    def __init__(
        self, label: str, context: UiContext, *, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, read_text, str, placeholder=placeholder, parent=parent)
        self._context = context
        self.chosen_title = ""
        self._found: tuple[str, Loudness] = ("", Loudness.WARNING)
        self.list = OfferList()
        self.list.setParent(self)
        self.list.clicked.connect(self._clicked)
        self.list.folded.connect(self._show_found)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.line.textEdited.connect(self._typed)

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """The codes and titles on offer now."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple((str(item.data(_CODE)), str(item.data(_TITLE))) for item in items)

    def fill(self, value: Any) -> None:
        """Show a code."""
        self.chosen_title = ""
        super().fill(value)

    def set_remark(self, text: str, loudness: Loudness = Loudness.WARNING) -> None:
        """Say what the validation finds, but not while a code is being looked up: words are no wrong code yet."""
        self._found = (text, loudness)
        self._show_found()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down, Enter and Escape go to the list while it is open; leaving the line closes it."""
        if watched is self.line and self.list.isVisible():
            if event.type() == QEvent.Type.FocusOut:
                self.list.hide()
                self._take_exact(self.offers)
            is_key = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            if is_key and isinstance(event, QKeyEvent) and self._steer(event):
                return True
        return super().eventFilter(watched, event)

    def take(self, code: str, title: str) -> None:
        """Set a code with its title, as chosen by the user."""
        self._pause.stop()
        self._found = ("", Loudness.WARNING)  # it was found about what this code replaces
        self.list.hide()
        self._is_showing = True
        self.line.setText(code)
        self._is_showing = False
        self.chosen_title = title
        self.edited.emit(self)

    def _steer(self, event: QKeyEvent) -> bool:
        keys = Qt.Key
        steps = {keys.Key_Down: 1, keys.Key_Up: -1, keys.Key_Return: 0, keys.Key_Enter: 0, keys.Key_Escape: 0}
        key = Qt.Key(event.key())
        if key not in steps or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if steps[key]:
            self.list.step(steps[key])
            self.line.setAccessibleDescription(self.list.currentItem().text())
        elif key == keys.Key_Escape:
            self.list.hide()
        else:
            self._choose(self.list.currentItem())
        return True

    def _typed(self, _text: str) -> None:
        self.chosen_title = ""
        self._pause.start()

    def _search(self) -> None:
        query = self.line.text().strip()
        if len(query) < SHORTEST_QUERY:
            self.list.hide()
            return
        codes = self._context.services.diagnosis_codes

        def job() -> tuple[str, tuple[tuple[str, str], ...]]:
            return query, codes.search(query, MOST_OFFERS)

        failed = self._context.notify.failure
        self._context.runner.run(job, self._offer, failed, lane="cpu", key=f"diagnosis-{id(self)}")

    def _offer(self, found: tuple[str, tuple[tuple[str, str], ...]]) -> None:
        query, offers = found
        if query != self.line.text().strip():
            return
        self.list.clear()
        for code, title in offers:
            item = QListWidgetItem(f"{code}   {title}")
            item.setData(_CODE, code)
            item.setData(_TITLE, title)
            self.list.addItem(item)
        self.set_hint("" if offers else "No code matches; try other words or the first letters of a code.")
        if offers and self.line.hasFocus():
            self._unfold()
        else:
            self.list.hide()
            self._take_exact(offers)

    def _take_exact(self, offers: tuple[tuple[str, str], ...]) -> None:
        """A code typed whole needs no choosing: its title comes along when the line is left."""
        typed = self.line.text().strip().upper()
        title = next((title for code, title in offers if code == typed), "")
        if title and not self.chosen_title:
            self.take(typed, title)

    def _unfold(self) -> None:
        window = self.window()
        self.list.setParent(window)
        at = self.line.mapTo(window, QPoint(0, self.line.height() + 2))
        width = min(self.fontMetrics().averageCharWidth() * 70, window.width() - at.x() - 8)
        height = self.list.sizeHintForRow(0) * self.list.count() + 2 * self.list.frameWidth() + 2
        if at.y() + height > window.height():
            at.setY(max(0, self.line.mapTo(window, QPoint(0, 0)).y() - height - 2))
        self.list.setGeometry(at.x(), at.y(), width, height)
        self.list.setCurrentRow(0)
        self.list.show()
        self.list.raise_()
        self._show_found()

    def _show_found(self) -> None:
        text, loudness = self._found
        super().set_remark("" if self.list.isVisible() else text, loudness)

    def _clicked(self, index: QModelIndex) -> None:
        self._choose(self.list.item(index.row()))

    def _choose(self, item: QListWidgetItem) -> None:
        self.take(str(item.data(_CODE)), str(item.data(_TITLE)))
