"""What can be done with the set in front, as buttons and lists in one row; each only asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.ui.chips import ChipRow
from desktop.ui.library.library_reading import ShownSet
from desktop.ui.library.row_frame import pick_box
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.pick_box import PickBox

EXPORTS = (("yaml", "As a criteria file (YAML)"), ("questionnaire", "As a FHIR Questionnaire"))


class SetActions(ChipRow):
    """Buttons wrap into further lines where there is little room."""

    compare_asked = Signal(str)
    """The id of the other set."""
    export_asked = Signal(str)
    """`yaml` or `questionnaire`."""
    case_asked = Signal(str)
    """The id of a case that uses the set."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = button("Back to the set")
        self.edit = button("Edit", "primary")
        self.customise = button("Customize")
        self.customise.setAccessibleDescription("Make a payer's own form of this set")
        self.edition = button("New edition")
        self.run = button("Run its cases")
        self.compare = pick_box(theme, "Compare with…", room=400)
        self.export = pick_box(theme, "Export…", room=400)
        self.cases = pick_box(theme, "Open cases (99)", room=400)
        self.delete = button("Delete", "quiet")
        self.kept = label("", "muted")
        for part in self.parts():
            self.flow.addWidget(part)
        for code, words in EXPORTS:
            self.export.addItem(words, code)
        self.export.setCurrentIndex(-1)
        self.compare.activated.connect(self._compare_picked)
        self.export.activated.connect(self._export_picked)
        self.cases.activated.connect(self._case_picked)
        self._has_set = self._is_aside = False
        self.show_set(None)

    def parts(self) -> tuple[QWidget, ...]:
        """Everything in the row, in order."""
        return (
            self.back,
            self.edit,
            self.customise,
            self.edition,
            self.run,
            self.compare,
            self.export,
            self.cases,
            self.delete,
            self.kept,
        )

    def show_set(self, shown: ShownSet | None, *, is_read_only: bool = False) -> None:
        """Offer what this set allows; None: nothing."""
        is_own = shown is not None and shown.is_own
        may_write = is_own and not is_read_only
        self._has_set = shown is not None
        self.setVisible(self._has_set and not self._is_aside)
        self.back.hide()
        self.edit.setText("Edit" if may_write else "Open")
        self.edit.setAccessibleName("Edit the set" if may_write else "Open the set in the editor to read")
        self.customise.setVisible(shown is not None and not is_read_only)
        self.edition.setVisible(may_write)
        used_by = shown.use_count if shown is not None else 0
        self.delete.setVisible(may_write and not used_by)
        users = "1 case uses it" if used_by == 1 else f"{used_by} cases use it"
        self.kept.setText(f"Cannot be deleted: {users}.")
        self.kept.setVisible(may_write and used_by > 0)
        _fill(self.compare, shown.others if shown else ())
        if shown is not None and 0 < shown.near_count < len(shown.others):
            self.compare.insertSeparator(shown.near_count)
        _fill(self.cases, shown.cases if shown else ())
        self.cases.setVisible(bool(shown and shown.cases))
        self.cases.setPlaceholderText(f"Open cases ({len(shown.cases)})" if shown else "")
        self.updateGeometry()

    def step_aside(self, is_aside: bool) -> None:
        """Make room for a question, or come back."""
        self._is_aside = is_aside
        self.setVisible(self._has_set and not is_aside)

    def show_back(self, is_shown: bool) -> None:
        """Whether something other than the set itself is in front."""
        self.back.setVisible(is_shown)
        self.updateGeometry()

    def _compare_picked(self, at: int) -> None:
        self._picked(self.compare, at, self.compare_asked)

    def _export_picked(self, at: int) -> None:
        self._picked(self.export, at, self.export_asked)

    def _case_picked(self, at: int) -> None:
        self._picked(self.cases, at, self.case_asked)

    @staticmethod
    def _picked(box: PickBox, at: int, asked: SignalInstance) -> None:
        wanted = str(box.itemData(at) or "")
        box.setCurrentIndex(-1)
        if wanted:
            asked.emit(wanted)


def _fill(box: PickBox, items: Sequence[tuple[str, str]]) -> None:
    box.clear()
    for code, words in items:
        box.addItem(words, code)
    box.setCurrentIndex(-1)
