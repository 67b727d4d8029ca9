"""Paints the rows of the outline: number or fold mark, words, values, marks and badge; it changes nothing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from desktop.ui.criteria.draft_layout import (
    WRAP,
    DraftLayout,
    Part,
    lay_out,
    rule_font,
    small_font,
    text_font,
)
from desktop.ui.criteria.draft_model import DraftModel
from desktop.ui.criteria.draft_rows import DraftRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon
from desktop.ui.widgets.row_tree import ROW_ROLE, Index
from desktop.ui.widgets.state_badge import paint_badge

INDENT = 18
"""Design pixels for each level of nesting."""
_MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft)


class DraftDelegate(QStyledItemDelegate):
    """One look for groups and criteria; heights follow the width of the view."""

    def __init__(self, view: QTreeView, model: DraftModel, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._theme = theme
        self._known: dict[int, tuple[DraftRow, int, DraftLayout]] = {}

    def layout_of(self, index: Index) -> DraftLayout | None:
        """Where the parts of a row are, relative to its top left corner. Kept until row or width is another."""
        row = self._model.row_at(index)
        if row is None:
            return None
        width = self._width(index)
        known = self._known.get(row.key)
        if known is not None and known[0] == row and known[1] == width:
            return known[2]
        made = lay_out(self._theme, row, width)
        self._known[row.key] = (row, width, made)
        return made

    def has_grown(self, index: Index) -> bool:
        """Whether a row needs another height than it was last laid out with."""
        row = self._model.row_at(index)
        known = self._known.get(row.key) if row else None
        layout = self.layout_of(index)
        return known is None or layout is None or known[2].height != layout.height

    def forget(self) -> None:
        """Lay everything out anew: other fonts, or other rows."""
        self._known = {}

    def gutter_of(self, index: Index) -> QRect:
        """The place of the fold mark in the viewport."""
        layout = self.layout_of(index)
        return layout.gutter.translated(self._rect(index).topLeft()) if layout else QRect()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped words need."""
        layout = self.layout_of(index)
        return QSize(self._width(index), layout.height if layout else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The whole row, from the viewport's left edge on, so that selection covers the indentation."""
        row = index.data(ROW_ROLE)
        layout = self.layout_of(index)
        if not isinstance(row, DraftRow) or layout is None:
            return
        painter.save()
        rect = self._rect(index)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss the members of QStyleOption
        self._paint_ground(painter, rect, is_current=is_current)
        self._paint_gutter(painter, layout.gutter.translated(rect.topLeft()), row, index)
        for part in layout.parts:
            self._paint_part(painter, part, part.rect.translated(rect.topLeft()), row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, *, is_current: bool) -> None:
        theme = self._theme
        whole = QRect(0, rect.top(), self._view.viewport().width(), rect.height())
        if is_current:
            painter.fillRect(whole, theme.color("selection" if self._view.hasFocus() else "accent_soft"))
            painter.fillRect(QRect(0, whole.top(), theme.px(3), whole.height()), theme.color("accent"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(
            rect.left() + theme.px(30), rect.bottom(), whole.right() - theme.px(8), rect.bottom()
        )
        if is_current and self._view.hasFocus():
            paint_focus_ring(painter, whole, theme)

    def _paint_gutter(self, painter: QPainter, rect: QRect, row: DraftRow, index: Index) -> None:
        theme = self._theme
        if row.is_group:
            side = theme.px(12)
            box = QRectF(rect.left() + theme.px(9), rect.center().y() - side / 2, side, side)
            is_open = self._view.isExpanded(index)  # pyright: ignore[reportArgumentType]  # persistent indexes convert
            paint_icon(painter, "down" if is_open else "right", box, theme.color("muted"), 1.2)
            return
        painter.setFont(small_font(theme))
        painter.setPen(theme.color("muted"))
        box = rect.adjusted(0, 0, -theme.px(8), 0)
        painter.drawText(
            box, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignRight), row.number
        )

    def _paint_part(self, painter: QPainter, part: Part, rect: QRect, row: DraftRow) -> None:
        theme = self._theme
        match part.kind:
            case "text" | "faint":
                painter.setFont(text_font(theme, row))
                painter.setPen(theme.color("text" if part.kind == "text" else "muted"))
                painter.drawText(rect, WRAP, part.words)
            case "rule":
                painter.setFont(rule_font(theme))
                painter.setPen(theme.color("muted"))
                painter.drawText(rect, WRAP, part.words)
            case "badge":
                if part.visual:
                    paint_badge(painter, theme, part.visual, QPointF(rect.left(), rect.center().y() + 0.5))
            case "tag" | "part":
                self._paint_tag(painter, part, rect)
            case "wrong" | "advice":
                color = "not_met" if part.kind == "wrong" else "unclear"
                icon, side = ("cross" if part.kind == "wrong" else "dotted"), theme.px(11)
                box = QRectF(rect.left(), rect.center().y() - side / 2 + 0.5, side, side)
                paint_icon(painter, icon, box, theme.color(color), 1.2)
                self._paint_words(painter, rect.adjusted(theme.px(16), 0, 0, 0), part.words, color)

    def _paint_tag(self, painter: QPainter, part: Part, rect: QRect) -> None:
        theme = self._theme
        is_tag = part.kind == "tag"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("border" if is_tag else "exception"))
        painter.setBrush(Qt.BrushStyle.NoBrush if is_tag else theme.color("exception_soft"))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        inner = rect.adjusted(theme.px(6), 0, -theme.px(4), 0)
        self._paint_words(painter, inner, part.words, "text" if is_tag else "exception")

    def _paint_words(self, painter: QPainter, rect: QRect, words: str, color: str) -> None:
        painter.setFont(small_font(self._theme))
        painter.setPen(self._theme.color(color))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.drawText(rect, _MIDDLE_LEFT, shown)

    def _rect(self, index: Index) -> QRect:
        return self._view.visualRect(index)  # pyright: ignore[reportArgumentType]  # persistent indexes convert

    def _width(self, index: Index) -> int:
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return self._view.viewport().width() - depth * self._view.indentation()
