"""What stands beside the block being written: the pages, or one of the panels about the paper; one at a time."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.chips import ChipRow
from desktop.ui.panes import first_focusable
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import hairline, pill_button


class SidePane(QWidget):
    """Panels by name, chosen by a row of buttons of which one stays down."""

    panel_shown = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._titles: dict[str, str] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._pages: dict[str, QWidget] = {}
        self._row = ChipRow()
        self._stack = QStackedWidget()
        around = QWidget()
        head = QVBoxLayout(around)
        head.setContentsMargins(12, 6, 12, 6)
        head.addWidget(self._row)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(around)
        rows.addWidget(hairline())
        rows.addWidget(self._stack, 1)

    def minimumSizeHint(self) -> QSize:
        """Room for a line of buttons and a little of a panel: at its narrowest the buttons would be a column."""
        return QSize(self._theme.px(190), self._theme.px(100))

    def add_panel(self, name: str, title: str, panel: QWidget, *, scrolls: bool = True) -> None:
        """Add a panel; one that does not scroll by itself is given a scroll area."""
        made = pill_button(title)
        made.setObjectName(name)
        made.setAutoExclusive(True)
        made.clicked.connect(self._pressed)
        self._row.flow.addWidget(made)
        self._titles[name], self._buttons[name] = title, made
        page = panel
        if scrolls:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(panel)
            page = area
        self._pages[name] = page
        self._stack.addWidget(page)
        if self._buttons[self.current].isHidden():
            self._stack.setCurrentWidget(page)
        made.setChecked(self.current == name)

    @property
    def current(self) -> str:
        """The name of the panel in front."""
        return next(name for name, page in self._pages.items() if page is self._stack.currentWidget())

    def show_panel(self, name: str, *, takes_keyboard: bool = False) -> None:
        """Bring a panel to the front."""
        if self._buttons[name].isHidden():
            return
        self._buttons[name].setChecked(True)
        if takes_keyboard:
            # What hides while it has the keyboard hands it to whatever comes next, which may choose a row for it.
            self._buttons[name].setFocus(Qt.FocusReason.OtherFocusReason)
        if self.current != name:
            self._stack.setCurrentWidget(self._pages[name])
            self.panel_shown.emit(name)
        if takes_keyboard:
            target = first_focusable(self._pages[name])
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_available(self, name: str, is_available: bool) -> None:
        """Offer a panel or not; one that goes while it is in front makes room for the first of the others."""
        self._buttons[name].setVisible(is_available)
        if not is_available and self.current == name:
            first = next((name for name, made in self._buttons.items() if not made.isHidden()), name)
            self.show_panel(first)
        self._row.updateGeometry()

    def set_count(self, name: str, count: int) -> None:
        """Say how many things wait in a panel."""
        words = f"{self._titles[name]} {count}" if count else self._titles[name]
        if self._buttons[name].text() != words:
            self._buttons[name].setText(words)
            self._buttons[name].setAccessibleName(words)

    def button_of(self, name: str) -> QPushButton:
        """The button that brings a panel to the front."""
        return self._buttons[name]

    def _pressed(self) -> None:
        self.show_panel(self.sender().objectName())
