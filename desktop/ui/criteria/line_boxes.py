"""Which service lines of the case are held against the set, one box for each; it changes no case."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.ui.chips import ChipRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label, section_header

SIGNED = "This review is signed: the set can be stored, but what its service lines are held against stays."
NO_LINE = "This case has no service line yet: the set is stored, and can be chosen later."


class LineBoxes(QWidget):
    """Boxes that flow, and a word where there is nothing to choose."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._flow = ChipRow()
        self._hint = label("", "caption", wraps=True)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        line.addWidget(section_header("Hold against it"), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._flow, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self._hint)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the lines whose box is checked."""
        return tuple(line_id for line_id, box in self.boxes.items() if box.isChecked())

    def show_lines(self, case: Case, chosen: tuple[str, ...], *, is_signed: bool) -> None:
        """A box for each service line."""
        for box in self.boxes.values():
            self._flow.flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for line in case.service_lines:
            words = line.caption or line.id
            box = QCheckBox(words.replace("&", "&&"), self._flow)
            box.setAccessibleName(f"Hold this line against it: {words}")
            box.setChecked(line.id in chosen)
            box.setEnabled(not is_signed)
            box.toggled.connect(self._toggled)
            self._flow.flow.addWidget(box)
            box.show()
            self.boxes[line.id] = box
        hint = SIGNED if is_signed else ("" if self.boxes else NO_LINE)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._flow.updateGeometry()

    def _toggled(self, _is_on: bool) -> None:
        self.edited.emit()
