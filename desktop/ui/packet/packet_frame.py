"""How the packet tab is laid out: documents, the one in front, and building it; it wires nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.ui.chips import ChipRow
from desktop.ui.letter.side_pane import SidePane
from desktop.ui.letter.two_line_list import ToggleList
from desktop.ui.packet.build_panel import BuildPanel
from desktop.ui.packet.exhibit_rows import EVIDENCE
from desktop.ui.packet.exhibit_view import ExhibitView
from desktop.ui.packet.redaction_panel import RedactionPanel
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label

DOCUMENT, BUILD, REDACTIONS, WARNINGS = "document", "build", "redactions", "warnings"
_LEFT, _MOST_LEFT = 290, 400
_SIDE, _MOST_SIDE = 330, 430
_LEAST_DOCUMENT = 340
"""Narrower than this a document is a column of words: then it takes turns with the panels beside it."""


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
        self.side = SidePane(theme)
        self._turn = QWidget()
        QVBoxLayout(self._turn).setContentsMargins(0, 0, 0, 0)
        self.side.add_panel(DOCUMENT, "Document", self._turn, scrolls=False)
        self.side.add_panel(BUILD, "Build", self.build)
        self.side.add_panel(REDACTIONS, "Blacked out", self.redactions)
        self.side.add_panel(WARNINGS, "Look at", self._warnings())
        self.side.set_available(DOCUMENT, False)
        self.is_folded = False
        """Whether there is too little width for three parts side by side."""
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self._panes.setChildrenCollapsible(False)
        for pane in (self._left(), self.view, self.side):
            self._panes.addWidget(pane)
        self._share()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._panes)
        theme.changed.connect(self._fold)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three parts side by side where there is room, else two."""
        super().resizeEvent(event)
        self._fold()

    def show_document(self) -> None:
        """Bring the document to the front where it takes turns with the panels."""
        if self.is_folded:
            self.side.show_panel(DOCUMENT)

    def _widths(self) -> tuple[int, int]:
        px = self._theme.px
        return min(px(_LEFT), _MOST_LEFT), min(px(_SIDE), _MOST_SIDE)

    def _fold(self) -> None:
        is_folded = self.width() < sum(self._widths()) + self._theme.px(_LEAST_DOCUMENT)
        if is_folded == self.is_folded:
            return
        self.is_folded = is_folded
        if is_folded:
            place = self._turn.layout()
            if place is not None:
                place.addWidget(self.view)
            self.side.set_available(DOCUMENT, True)
            self.side.show_panel(DOCUMENT)
        else:
            self._panes.insertWidget(1, self.view)
            self.side.set_available(DOCUMENT, False)
        self.view.show()
        self._share()

    def _share(self) -> None:
        left, side = self._widths()
        rest = max(self.width(), left + side)
        self._panes.setSizes([left, rest - left] if self.is_folded else [left, rest - left - side, side])
        for place in range(self._panes.count()):
            self._panes.setStretchFactor(place, int(place == 1))

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
