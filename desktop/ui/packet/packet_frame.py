"""How the packet tab is laid out: documents, the one in front, and building it; it wires nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.chips import ChipRow
from desktop.ui.letter.three_panes import ThreePanes
from desktop.ui.letter.two_line_list import ToggleList
from desktop.ui.packet.build_panel import BuildPanel
from desktop.ui.packet.exhibit_rows import EVIDENCE
from desktop.ui.packet.exhibit_view import ExhibitView
from desktop.ui.packet.redaction_panel import RedactionPanel
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

BUILD, REDACTIONS, WARNINGS = "build", "redactions", "warnings"


class PacketFrame(QWidget):
    """Holds the parts; the screen connects them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.list = ToggleList(theme, "Documents of the packet; Space encloses or leaves out")
        self.up_button = button("↑", "quiet")
        self.up_button.setAccessibleName("Move up in its group")
        self.up_button.setToolTip("Move up in its group, Alt+Up")
        self.down_button = button("↓", "quiet")
        self.down_button.setAccessibleName("Move down in its group")
        self.down_button.setToolTip("Move down in its group, Alt+Down")
        self.intake_button = button("Add a document", "link")
        self.view = ExhibitView(theme)
        self.build = BuildPanel(theme)
        self.redactions = RedactionPanel(theme)
        self.warnings = label("", "warning", wraps=True)
        self.panes = ThreePanes(theme, "Document", left=290, most_left=400)
        self.side = self.panes.side
        self.side.add_panel(BUILD, "Build", self.build)
        self.side.add_panel(REDACTIONS, "Blacked out", self.redactions)
        self.side.add_panel(WARNINGS, "Look at", self._warnings())
        self.panes.hold(self._left(), self.view)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.panes)

    def show_warnings(self, warnings: tuple[str, ...]) -> None:
        """List what to look at before anything is sent."""
        self.warnings.setText(
            "\n\n".join(f"! {item}" for item in warnings)
            if warnings
            else "Nothing stands out: what the review rests on is enclosed and can be read."
        )
        self.side.set_count(WARNINGS, len(warnings))

    def _left(self) -> QWidget:
        side = QWidget()
        rows = QVBoxLayout(side)
        rows.setContentsMargins(8, 8, 0, 8)
        rows.setSpacing(self._theme.px(6))
        rows.addWidget(label(f"Space encloses or leaves out. ✓ {EVIDENCE}.", "caption", wraps=True))
        rows.addWidget(self.list, 1)
        deeds = ChipRow()
        for part in (self.up_button, self.down_button, self.intake_button):
            deeds.flow.addWidget(part)
        rows.addWidget(deeds)
        return side

    def _warnings(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 12, 16, 16)
        rows.addWidget(self.warnings)
        rows.addStretch(1)
        return page
