"""The signed review evaluated again on request, with what differs line by line; it changes nothing in the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.determination import Determination
from desktop.ui.context import UiContext
from desktop.ui.widgets.basics import button, label, set_role

if TYPE_CHECKING:
    from desktop.services.determinations import Reevaluated

ASK = "Evaluate again with the editions of that day"
SAME = "✓ The same result as was signed, to the last criterion."
NOT_SIGNED = "This determination is not signed: the review is evaluated as it stands."
_SHOWN = 12


class Reevaluation(QWidget):
    """One quiet line under the signature; hidden until there is one."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self._signed = ""
        self.ask = button(ASK, "link")
        self.ask.setToolTip("Ctrl+R")
        self.verdict = label("", "ok", wraps=True)
        self.lines = label("", wraps=True)
        for said in (self.verdict, self.lines):
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.verdict)
        column.addWidget(self.lines)
        self.ask.clicked.connect(self.evaluate)
        self.hide()

    def show_determination(self, case_id: str, determination: Determination) -> None:
        """Offer it for a signed determination; what was said of another one goes away."""
        signed = determination.id if determination.is_signed else ""
        if (case_id, signed) != (self._case_id, self._signed):
            self._case_id, self._signed = case_id, signed
            self.verdict.hide()
            self.lines.hide()
        self.setVisible(bool(signed))

    def evaluate(self) -> None:
        """Evaluate again and say what came of it."""
        if not self._signed:
            self._context.notify.info(NOT_SIGNED)
            return
        case_id, signed = self._case_id, self._signed
        determinations = self._context.services.determinations

        def job() -> tuple[Reevaluated, ...]:
            return determinations.held_against_signed(case_id)

        def done(found: tuple[Reevaluated, ...]) -> None:
            if (case_id, signed) == (self._case_id, self._signed):
                self._show(found)

        self._context.runner.run(job, done, self._context.notify.failure, key=f"reevaluation-{id(self)}")

    def stops(self) -> Iterator[QWidget]:
        """Where the keyboard stops."""
        yield self.ask

    def _show(self, found: tuple[Reevaluated, ...]) -> None:
        different = sum(bool(item.differences) for item in found)
        set_role(self.verdict, "warning" if different else "ok")
        self.verdict.setText(f"! {different} of {len(found)} came out otherwise." if different else SAME)
        self.lines.setText("\n".join(line for item in found for line in _lines(item)))
        self.verdict.show()
        self.lines.setVisible(bool(found))
        self.ask.setAccessibleDescription(f"{self.verdict.text()}\n{self.lines.text()}")


def _lines(item: Reevaluated) -> Iterator[str]:
    edition = f" ({item.edition})" if item.edition else ""
    word = "different" if item.differences else "the same"
    yield f"{item.line} – {item.set_title}{edition}: signed as {item.result}; {word}"
    for sentence in item.differences[:_SHOWN]:
        yield f"–  {sentence}"
    if len(item.differences) > _SHOWN:
        yield f"–  and {len(item.differences) - _SHOWN} more"
