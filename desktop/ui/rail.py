"""The rail at the left edge: the places of the program; it must know nothing of what they show."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import press_on_enter
from desktop.ui.widgets.icons import themed_icon

PLACES = (
    ("desk", "Desk", "desk"),
    ("case", "Case", "case"),
    ("library", "Library", "library"),
    ("settings", "Settings", "settings"),
)


class Rail(QFrame):
    """One button a place; arrows walk them, as in any group of which one is chosen."""

    place_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(4)
        self._buttons: dict[str, QToolButton] = {}
        for place, text, _ in PLACES:
            made = QToolButton()
            made.setObjectName(place)
            made.setText(text)
            made.setCheckable(True)
            made.setProperty("kind", "quiet")
            made.setProperty("role", "place")
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setAccessibleName(text)
            press_on_enter(made)
            self._group.addButton(made)
            self._buttons[place] = made
            column.addWidget(made)
        column.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_place(self, place: str) -> None:
        """Mark a place as the present one."""
        self._buttons[place].setChecked(True)
        self._restyle()

    def set_case_enabled(self, is_enabled: bool) -> None:
        """Whether there is a case to go to."""
        self._buttons["case"].setEnabled(is_enabled)

    def _clicked(self, made: QToolButton) -> None:
        self._restyle()
        self.place_chosen.emit(made.objectName())

    def _restyle(self) -> None:
        side = self._theme.px(18)
        for place, _, name in PLACES:
            made = self._buttons[place]
            made.setIconSize(QSize(side, side))
            made.setIcon(themed_icon(self._theme, name, "accent" if made.isChecked() else "muted", 18))
            made.setFixedWidth(self._theme.px(72))
