"""The set as its YAML text in the editor: shown, judged by line, and taken back into the outline; it stores nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.rules.loader import FileProblem
from desktop.services.criteria_draft import CriteriaDraft
from desktop.ui.criteria.editor_operations import read_text
from desktop.ui.criteria.text_view import TextView

PUT_RIGHT = "Put the lines named below right first, or go back to the outline as it was: below the text."


class TextSide(QObject):
    """Between a draft and the text view."""

    accepted = Signal()
    """The reviewer lets go what the outline has no place for."""
    refused = Signal(str)

    def __init__(self, view: TextView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._accepted: tuple[str, ...] = ()
        self._losses: tuple[str, ...] = ()
        view.drop_losses.clicked.connect(self._accept)

    @property
    def losses(self) -> tuple[str, ...]:
        """What the text has and the outline would not."""
        return self._losses

    def draft_of(self, before: CriteriaDraft) -> CriteriaDraft | None:
        """The text as a draft; None, and said why, while it has mistakes or would lose something unasked."""
        reading = read_text(self._view.text)
        if reading is None:
            self.refused.emit(PUT_RIGHT)
            return None
        self._losses = reading.losses
        if reading.losses and reading.losses != self._accepted:
            self._view.show_losses(reading.losses)
            self.refused.emit(f"The outline has no place for this: {'; '.join(reading.losses)}.")
            return None
        self._view.show_losses(())
        return replace(reading.draft, cases=before.cases)

    def show_problems(self, problems: Sequence[FileProblem]) -> None:
        """Mark and list what is wrong by line."""
        self._view.show_problems(tuple(problems))

    def begin(self, losses: tuple[str, ...]) -> None:
        """Another text: what the outline has no place for is named, and nothing was accepted yet."""
        self._accepted, self._losses = (), losses
        self._view.show_losses(losses)

    def _accept(self) -> None:
        self._accepted = self._losses
        self.accepted.emit()
