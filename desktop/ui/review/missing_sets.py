"""Says which sets of the service line in front are not in the library, and offers to take them off; it takes none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.chips import ChipRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

_SHOWN = 3


class MissingSets(QWidget):
    """Hidden while every set that the line names is there."""

    removal_asked = Signal(str)
    """The id of a set that the line is no longer to be held against."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing: tuple[str, ...] = ()
        self.words = label("", "warning", wraps=True)
        self.words.setFont(theme.font(12))
        self.words.setContentsMargins(12, 2, 8, 0)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.take_off = button("Take it off the line", "link")
        row = ChipRow()
        row.flow.addWidget(self.take_off)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(row)
        self.take_off.clicked.connect(self._take_off)
        self.hide()

    def show_missing(self, missing: tuple[str, ...], *, is_editable: bool) -> None:
        """Name the sets that the line is held against and that are not there."""
        self._missing = missing
        self.setVisible(bool(missing))
        named = ", ".join(missing[:_SHOWN])
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        self.words.setText(
            f"! Not in the library, or not readable: {named}{more}. This line is not evaluated under "
            f"{'it' if len(missing) == 1 else 'them'}."
            if missing
            else ""
        )
        first = missing[0] if missing else ""
        self.take_off.setText("Take it off the line" if len(missing) == 1 else "Take the first off the line")
        self.take_off.setAccessibleName(f"Take {first} off the service line")
        self.take_off.setVisible(bool(missing) and is_editable)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the words anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # A layout short of room takes it from wrapped text first, which cuts its last line through.
        self.words.setMinimumHeight(max(0, self.words.heightForWidth(self.width())))

    def _take_off(self) -> None:
        if self._missing:
            self.removal_asked.emit(self._missing[0])
