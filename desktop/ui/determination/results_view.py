"""Shows what each criteria set says of a service line and what is still open; it decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.chips import FlowLayout
from desktop.ui.determination.line_results import LevelResult, OpenPoint, SetResult
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.state_badge import StateBadge, StateVisual, state_visual, truth_visual


class ResultsView(QWidget):
    """One block per criteria set: the result, each level, and every criterion that is still open."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[SetResult, ...] | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(16)
        self._content: QWidget | None = None

    def show_results(self, results: tuple[SetResult, ...]) -> None:
        """Show these results; the same ones again cost nothing."""
        if results == self._shown:
            return
        self._shown = results
        if self._content is not None:
            self._rows.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        rows = QVBoxLayout(self._content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        for result in results:
            rows.addWidget(self._block(result))
        if not results:
            rows.addWidget(
                label("No criteria set is chosen for this line. Choose one in Review.", "muted", wraps=True)
            )
        rows.addStretch(1)
        self._rows.addWidget(self._content)
        self._content.show()

    def _block(self, result: SetResult) -> QWidget:
        block = QWidget()
        rows = QVBoxLayout(block)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._badge(truth_visual(result.truth)), 0, Qt.AlignmentFlag.AlignTop)
        title = QVBoxLayout()
        title.setSpacing(0)
        title.addWidget(label(result.title, "strong", wraps=True))
        if result.caption:
            title.addWidget(label(result.caption, "caption", wraps=True))
        head.addLayout(title, 1)
        rows.addLayout(head)
        if result.silence:
            rows.addWidget(label(f"Silent on this indication: {result.silence}", "warning", wraps=True))
        if len(result.levels) > 1:
            rows.addWidget(self._levels(result.levels))
        for point in result.points:
            rows.addWidget(self._point(point))
        return block

    def _levels(self, levels: tuple[LevelResult, ...]) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=8)
        for level in levels:
            pair = QWidget()
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 4, 0)
            line.setSpacing(4)
            line.addWidget(label(level.level))
            line.addWidget(self._badge(truth_visual(level.truth)))
            flow.addWidget(pair)
        return row

    def _point(self, point: OpenPoint) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 6, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._badge(state_visual(point.state)), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        text = f"{point.levels}: {point.text}" if point.levels else point.text
        words.addWidget(label(text, wraps=True))
        if point.closes_with:
            words.addWidget(label(f"Would close it: {point.closes_with}", "caption", wraps=True))
        line.addLayout(words, 1)
        return row

    def _badge(self, visual: StateVisual) -> StateBadge:
        return StateBadge(self._theme, visual)
