"""Where a paragraph came from, as small labels: what kind of origin, and which."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.letter import OriginKind, Provenance
from desktop.ui.chips import FlowLayout
from desktop.ui.letter.block_words import ORIGIN_WORDS
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import plain_tooltip

_COLORS = {
    OriginKind.RECORD: ("accent", "accent_soft"),
    OriginKind.QUOTE: ("met", "met_soft"),
    OriginKind.TRACE: ("unclear", "unclear_soft"),
    OriginKind.REFERENCE: ("exception", "exception_soft"),
    OriginKind.TYPED: ("text", "selection"),
    OriginKind.FORM: ("not_applicable", "not_applicable_soft"),
}
_WIDEST = 340
MOST_CHIPS = 40
"""More than a paragraph has; a table's rows are looked at one by one."""


class ProvenanceChip(QWidget):
    """One origin. Its whole text is in the tooltip and for the screen reader."""

    def __init__(self, origin: Provenance, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = ORIGIN_WORDS[origin.kind]
        self._label = "" if origin.label.strip().lower() == self._kind.lower() else origin.label
        self._colors = _COLORS[origin.kind]
        self.setAccessibleName(f"{self._kind}: {origin.label}")
        self.setToolTip(plain_tooltip(f"{self._kind}: {origin.label}"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its words, up to a limit."""
        theme = self._theme
        words = QFontMetrics(theme.font(12)).horizontalAdvance(self._label)
        kind = QFontMetrics(self._kind_font()).horizontalAdvance(self._kind)
        width = kind + (words + theme.px(6) if self._label else 0) + theme.px(18) + 4
        return QSize(min(width, theme.px(_WIDEST)), QFontMetrics(theme.font(12)).height() + theme.px(6))

    def minimumSizeHint(self) -> QSize:
        """Narrower than its words, which are then shortened."""
        return QSize(self._theme.px(60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint kind and label on a soft ground."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._colors[1]))
        rect = QRectF(self.rect())
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(theme.color(self._colors[0]))
        painter.setFont(self._kind_font())
        x = theme.px(9)
        painter.drawText(rect.adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._kind)
        x += QFontMetrics(painter.font()).horizontalAdvance(self._kind) + theme.px(6)
        painter.setFont(theme.font(12))
        room = self.width() - x - theme.px(9)
        line = " ".join(self._label.split())
        shown = QFontMetrics(painter.font()).elidedText(line, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect.adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _kind_font(self) -> QFont:
        return self._theme.font(12, QFont.Weight.DemiBold)


class ProvenanceChips(QWidget):
    """The origins of what the cursor is in."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self, gap=6)
        self._origins: tuple[Provenance, ...] = ()
        self._chips: list[ProvenanceChip] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._rebuild)

    @property
    def origins(self) -> tuple[Provenance, ...]:
        """What is shown."""
        return self._origins

    def show_origins(self, origins: tuple[Provenance, ...]) -> None:
        """Show these origins."""
        unique = tuple(dict.fromkeys(origins))[:MOST_CHIPS]
        if unique != self._origins:
            self._origins = unique
            self._rebuild()

    def _rebuild(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [ProvenanceChip(origin, self._theme, self) for origin in self._origins]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        self.updateGeometry()
