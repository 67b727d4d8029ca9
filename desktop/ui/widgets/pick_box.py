"""A list of deeds behind one button: it opens before anything is chosen; it must not choose by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from desktop.ui.widgets.basics import plain_tooltip

_OPENING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PickBox(QComboBox):
    """A closed combo box takes the next entry at every arrow, letter and turn of the wheel: here each would write."""

    def paintEvent(self, e: QPaintEvent) -> None:
        """As ever, but what does not fit is shortened with an ellipsis; Qt cuts it through."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        style = self.style()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        is_empty = self.currentIndex() < 0
        words = self.placeholderText() if is_empty else self.currentText()
        option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]
            words, Qt.TextElideMode.ElideRight, room.width() - 4
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        self.setToolTip(plain_tooltip(words) if option.currentText != words else "")  # type: ignore[attr-defined]

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Arrows, Enter and the space bar open the list; letters do nothing until it is open."""
        if e.key() in _OPENING and not e.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.showPopup()
        elif e.text().isprintable() and e.text():
            e.ignore()
        else:
            super().keyPressEvent(e)

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        e.ignore()
