"""The fields of the record that words may name: chosen from a list, unknown ones named; it fills none of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.letters.placeholders import FIELDS, Filled, nearest, unknown_in
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.pick_box import PickBox


class FieldChooser(PickBox):
    """Says which field was chosen, as it is written: `{{member.name}}`."""

    field_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Insert a field of the record")
        self.setPlaceholderText("Insert a field of the record…")
        for name, field in FIELDS.items():
            self.addItem(f"{field.label}   {{{{{name}}}}}", name)
        self.setCurrentIndex(-1)
        self.setFixedWidth(theme.px(260))
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")
        self.setMaxVisibleItems(16)
        self.view().setMinimumWidth(theme.px(420))
        self.activated.connect(self._chosen)

    def _chosen(self, at: int) -> None:
        name = str(self.itemData(at) or "")
        self.setCurrentIndex(-1)
        if name:
            self.field_chosen.emit(f"{{{{{name}}}}}")


class FilledPreview(QWidget):
    """Words with their fields filled from the open case, and what of them the record does not hold."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", wraps=True)
        self.lacks = label("", "warning", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(label("As it reads in this case", "caption"))
        column.addWidget(self.words)
        column.addWidget(self.lacks)
        self.hide()

    def show_filled(self, filled: Filled) -> None:
        """Show what came of it."""
        self.words.setText(filled.text)
        names = ", ".join(FIELDS[name].label for name in filled.empty if name in FIELDS)
        self.lacks.setText(f"! Not recorded in this case: {names}." if names else "")
        self.lacks.setVisible(bool(names))
        self.show()


def unknown_words(text: str) -> str:
    """Which fields a text names that there are not, with the nearest that there is; empty for none."""
    told: list[str] = []
    for name in unknown_in(text):
        near = nearest(name)
        told.append(f"There is no field {{{{{name}}}}}" + (f"; do you mean {{{{{near}}}}}?" if near else "."))
    return " ".join(told)
