"""Small forms over the page: where and when an entry was checked, and why one no longer stands; they store nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.reference import Standing
from desktop.ui.chips import ChipRow
from desktop.ui.field_grid import FieldGrid
from desktop.ui.field_values import read_date, show_date
from desktop.ui.forms import ChoiceField, Field, LineField
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label


class DeedStrip(QFrame):
    """A heading, fields and two buttons. Enter in a field carries it out, Escape leaves it."""

    ended = Signal()
    """It went away, whatever became of it."""

    def __init__(
        self, theme: Theme, deed: str, fields: Sequence[tuple[Field, int]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fields = tuple(field for field, _ in fields)
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.heading = label("", "strong", wraps=True)
        grid = FieldGrid()
        for field, span in fields:
            grid.add(field, span)
        self.do = button(deed, "primary")
        self.leave = button("Cancel")
        deeds = ChipRow()
        deeds.flow.addWidget(self.do)
        deeds.flow.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(8))
        column.addWidget(self.heading)
        column.addWidget(grid)
        column.addWidget(deeds)
        self.do.clicked.connect(self.carry_out)
        self.leave.clicked.connect(self.end)
        self.hide()

    def carry_out(self) -> None:
        """Say what was typed, once it is whole."""
        raise NotImplementedError

    def end(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.carry_out()
        elif event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def _begin(self, words: str) -> None:
        self.heading.setText(words)
        for field in self._fields:
            field.set_own_problem("")
        self.show()
        self._fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_whole(self) -> bool:
        wrong = [field for field in self._fields if not field.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _lacks(self, field: Field, words: str) -> None:
        field.set_own_problem(words)
        field.setFocus(Qt.FocusReason.OtherFocusReason)


class VerifyStrip(DeedStrip):
    """Where and on which day the user held the entry against its source."""

    verified = Signal(str, object)
    """The place, and the `date`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.where = LineField(
            "Where you checked it", placeholder="PubMed record 31234567, the printed article"
        )
        self.on = LineField("On", read_date, show_date, placeholder="YYYY-MM-DD")
        super().__init__(theme, "Record the check", ((self.where, 3), (self.on, 1)), parent)

    def begin(self, name: str, today: date) -> None:
        """Ask about an entry."""
        self.where.show_value("")
        self.on.show_value(today)
        self._begin(f"You have held {name} against its source: title, authors, place, and every claim.")

    def carry_out(self) -> None:
        """Say place and day."""
        if not self._is_whole():
            return
        if not self.where.read().strip():
            self._lacks(self.where, "Name the page, the copy or the library.")
        elif self.on.read() is None:
            self._lacks(self.on, "Give the day on which it was checked.")
        else:
            self.verified.emit(self.where.read().strip(), self.on.read())


class MarkStrip(DeedStrip):
    """By whose word a source was retracted or superseded."""

    marked = Signal(object, str, str)
    """The `Standing`, the note, and the id of the successor or nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._standing = Standing.RETRACTED
        self.note = LineField("By whose word", placeholder="Retraction notice in the journal, 2026-05-01")
        self.successor = ChoiceField("Superseded by", [("", "Not in the library")])
        self.successor.box.setStyleSheet("QComboBox { combobox-popup: 0; }")
        super().__init__(theme, "Mark it", ((self.note, 2), (self.successor, 1)), parent)

    def begin(self, name: str, standing: Standing, others: Sequence[tuple[str, str]]) -> None:
        """Ask about an entry; `others`: id and name of what may have taken its place."""
        self._standing = standing
        self.note.show_value("")
        self.successor.set_choices([("", "Not in the library"), *others])
        self.successor.fill("")
        self.successor.setVisible(standing is Standing.SUPERSEDED)
        word = "retracted" if standing is Standing.RETRACTED else "superseded"
        self.do.setText(f"Mark as {word}")
        self.do.setAccessibleName(f"Mark as {word}")
        self._begin(f"{name} was {word}: letters that cite it need a reason from now on.")

    def carry_out(self) -> None:
        """Say the note."""
        if not self._is_whole():
            return
        if not self.note.read().strip():
            self._lacks(self.note, "Say by whose word it no longer stands.")
            return
        successor = self.successor.read() if self._standing is Standing.SUPERSEDED else ""
        self.marked.emit(self._standing, self.note.read().strip(), successor or "")
