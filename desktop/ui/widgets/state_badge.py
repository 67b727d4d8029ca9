"""States shown as icon, word and colour together, never by colour alone; it must hold no rule about them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.assessment import AssessmentState
from desktop.domain.truth import Truth
from desktop.ui.theme import Theme
from desktop.ui.widgets.icons import paint_icon


@dataclass(frozen=True, slots=True)
class StateVisual:
    """How a state looks: its word, the icon's name, and the theme colours of text and background."""

    word: str
    icon: str
    color: str
    soft: str


_STATES = {
    AssessmentState.MET: StateVisual("Met", "check", "met", "met_soft"),
    AssessmentState.NOT_MET: StateVisual("Not met", "cross", "not_met", "not_met_soft"),
    AssessmentState.UNCLEAR: StateVisual("Unclear", "tilde", "unclear", "unclear_soft"),
    AssessmentState.NOT_DOCUMENTED: StateVisual(
        "Not documented", "dotted", "not_documented", "not_documented_soft"
    ),
    AssessmentState.NOT_APPLICABLE: StateVisual(
        "Not applicable", "dash", "not_applicable", "not_applicable_soft"
    ),
    AssessmentState.EXCEPTION: StateVisual("Exception", "shield", "exception", "exception_soft"),
}
_UNANSWERED = StateVisual("Open", "ring", "muted", "sunken")
_TRUTHS = {
    Truth.TRUE: StateVisual("Met", "check", "met", "met_soft"),
    Truth.FALSE: StateVisual("Not met", "cross", "not_met", "not_met_soft"),
    Truth.UNKNOWN: StateVisual("Not established", "tilde", "unclear", "unclear_soft"),
}


def state_visual(state: AssessmentState | None) -> StateVisual:
    """How a reviewer's answer looks; None is a question nobody has answered yet."""
    return _UNANSWERED if state is None else _STATES[state]


def truth_visual(truth: Truth) -> StateVisual:
    """How a result of the evaluator looks."""
    return _TRUTHS[truth]


def paint_badge(
    painter: QPainter, theme: Theme, visual: StateVisual, at: QPointF, *, outlined: bool = False
) -> float:
    """Paint a badge whose left edge is vertically centred on `at`; returns its width. For delegates."""
    size = badge_size(theme, visual)
    rect = QRectF(at.x(), at.y() - size.height() / 2, size.width(), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color(visual.color) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(visual.soft))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2, rect.height() / 2)
    color = theme.color(visual.color)
    side = theme.px(12)
    gap = theme.px(7)
    paint_icon(
        painter, visual.icon, QRectF(rect.x() + gap, rect.center().y() - side / 2, side, side), color, 1.15
    )
    painter.setFont(_badge_font(theme))
    painter.setPen(color)
    left = gap + side + theme.px(5)
    painter.drawText(rect.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, visual.word)
    painter.restore()
    return rect.width()


def badge_size(theme: Theme, visual: StateVisual) -> QSize:
    """The size of a badge at the user's text scale."""
    metrics = QFontMetrics(_badge_font(theme))
    width = theme.px(7) + theme.px(12) + theme.px(5) + metrics.horizontalAdvance(visual.word) + theme.px(10)
    return QSize(width, metrics.height() + theme.px(6))


def _badge_font(theme: Theme) -> QFont:
    return theme.font(12, QFont.Weight.Medium)


class StateBadge(QWidget):
    """A pill that says one state. It takes no focus: what it says belongs to its neighbour's name."""

    def __init__(self, theme: Theme, visual: StateVisual, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._visual = visual
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(visual.word)
        theme.changed.connect(self._restyle)

    @property
    def visual(self) -> StateVisual:
        """What it shows."""
        return self._visual

    def set_visual(self, visual: StateVisual) -> None:
        """Show another state."""
        self._visual = visual
        self.setAccessibleName(visual.word)
        self._restyle()

    def sizeHint(self) -> QSize:
        return badge_size(self._theme, self._visual)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, self._theme, self._visual, QPointF(0, self.height() / 2))
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def with_alpha(color: QColor, alpha: float) -> QColor:
    """The colour at an opacity from 0 to 1."""
    result = QColor(color)
    result.setAlphaF(alpha)
    return result
