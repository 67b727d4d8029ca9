"""Six buttons for the six answers, each with icon, word and key; they ask for an answer and record none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.domain.assessment import AssessmentState
from desktop.ui.chips import FlowLayout
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring, press_on_enter
from desktop.ui.widgets.icons import paint_icon
from desktop.ui.widgets.state_badge import state_visual

STATE_KEYS: dict[AssessmentState, str] = {
    AssessmentState.MET: "M",
    AssessmentState.NOT_MET: "N",
    AssessmentState.UNCLEAR: "U",
    AssessmentState.NOT_DOCUMENTED: "D",
    AssessmentState.NOT_APPLICABLE: "A",
    AssessmentState.EXCEPTION: "E",
}


GAP = 6


class StateButton(QAbstractButton):
    """One answer. Checked means that it is the answer given."""

    def __init__(self, theme: Theme, state: AssessmentState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._visual = state_visual(state)
        self.state = state
        self.is_compact = False
        """Without the key, where there is no room for it."""
        self.setCheckable(True)
        self.setText(self._visual.word)
        self.setAccessibleName(f"{self._visual.word}, key {STATE_KEYS[state]}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for icon, word and key."""
        theme = self._theme
        words = QFontMetrics(self._words_font()).horizontalAdvance(self.text())
        return QSize(
            theme.px(10 + 14 + 6) + words + theme.px(10 if self.is_compact else 8 + 18 + 6), theme.px(30)
        )

    def nextCheckState(self) -> None:
        """The record decides which one is checked, not the click."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pill: soft and outlined in its colour when it is the answer."""
        theme, visual = self._theme, self._visual
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_on, is_over = self.isChecked(), self.underMouse() and self.isEnabled()
        edge = theme.color(visual.color if is_on else "border" if self.isEnabled() else "hairline")
        painter.setPen(QPen(edge, 2 if is_on else 1))
        ground = visual.soft if is_on else "accent_soft" if is_over else "surface"
        painter.setBrush(theme.color(ground if self.isEnabled() or is_on else "sunken"))
        painter.drawRoundedRect(box, 6, 6)
        color = theme.color(visual.color if self.isEnabled() or is_on else "muted")
        side = theme.px(14)
        icon_box = QRectF(box.left() + theme.px(9), box.center().y() - side / 2, side, side)
        paint_icon(painter, visual.icon, icon_box, color, 1.2)
        painter.setFont(self._words_font())
        painter.setPen(color if is_on else theme.color("text" if self.isEnabled() else "muted"))
        middle = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft)
        painter.drawText(box.adjusted(theme.px(9 + 14 + 6), 0, 0, 0), middle, self.text())
        if not self.is_compact:
            self._paint_key(painter, box)
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), theme)
        painter.end()

    def _paint_key(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        key = QRectF(box.right() - theme.px(24), box.center().y() - theme.px(9), theme.px(18), theme.px(18))
        painter.setPen(theme.color("hairline" if not self.isEnabled() else "border"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(key.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("muted"))
        painter.drawText(key, int(Qt.AlignmentFlag.AlignCenter), STATE_KEYS[self.state])

    def _words_font(self) -> QFont:
        return self._theme.font(13, QFont.Weight.Medium)


class StateButtons(QWidget):
    """All six in a row that wraps."""

    chosen = Signal(object)
    """The AssessmentState asked for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {state: StateButton(theme, state, self) for state in STATE_KEYS}
        self._row = row = FlowLayout(self, GAP)
        for made in self.buttons.values():
            row.addWidget(made)
            made.clicked.connect(self._clicked)
            press_on_enter(made)

    def show_state(self, state: AssessmentState | None) -> None:
        """Check the answer given, or none."""
        for own, made in self.buttons.items():
            made.setChecked(own is state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out rather than go on in a second row."""
        super().resizeEvent(event)
        buttons = list(self.buttons.values())
        for made in buttons:
            made.is_compact = False
        wanted = sum(made.sizeHint().width() + GAP for made in buttons)
        for made in buttons:
            made.is_compact = wanted > self.width()
            made.updateGeometry()
        # A layout short of room takes it from a row that wraps first, which cuts its last line through.
        self.setMinimumHeight(self._row.heightForWidth(self.width()))

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, StateButton):
            self.chosen.emit(sender.state)
