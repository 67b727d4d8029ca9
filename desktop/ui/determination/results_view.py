"""Shows what each criteria set says of a service line and what is still open; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.chips import FlowLayout
from desktop.ui.determination.line_results import LevelResult, OpenPoint, SetResult
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.state_badge import StateBadge, StateVisual, state_visual, truth_visual

_SHOWN_AT_FIRST = 5


class Fold(QWidget):
    """Rows that stay folded away until they are asked for."""

    def __init__(self, words: str, rows: list[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.button = button(f"Show {words}", "link")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._toggled)
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        for row in rows:
            inside.addWidget(row)
        self._inside.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self._inside)
        outer.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _toggled(self, is_open: bool) -> None:
        self._inside.setVisible(is_open)
        self.button.setText(f"{'Hide' if is_open else 'Show'} {self._words}")


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

    def stops(self) -> Iterator[QPushButton]:
        """Where the keyboard stops, in reading order."""
        if self._content is not None:
            for fold in self._content.findChildren(Fold):
                yield fold.button

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
        for point in result.points[:_SHOWN_AT_FIRST]:
            rows.addWidget(self._point(point))
        rest = result.points[_SHOWN_AT_FIRST:]
        if rest:
            rows.addWidget(Fold(f"{len(rest)} more open", [self._point(point) for point in rest]))
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
