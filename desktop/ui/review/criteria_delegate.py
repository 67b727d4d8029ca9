"""Paints rows of the criteria tree: words, answers, level cells and evidence marks; it must not change anything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from desktop.domain.assessment import AssessmentKey
from desktop.ui.review.criteria_model import CriteriaModel
from desktop.ui.review.criteria_rows import AnswerCell, CriteriaRow
from desktop.ui.review.row_layout import WRAP, Part, RowLayout, lay_out, rule_font, small_font, text_font
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon
from desktop.ui.widgets.row_tree import ROW_ROLE, Index
from desktop.ui.widgets.state_badge import paint_badge

INDENT = 10
"""Design pixels for each level of nesting."""


class CriteriaDelegate(QStyledItemDelegate):
    """One look for groups and criteria; heights follow the width of the view."""

    def __init__(self, view: QTreeView, model: CriteriaModel, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._theme = theme
        self.shows_digits = True

    def layout_of(self, index: Index) -> RowLayout | None:
        """Where the parts of a row are, relative to its top left corner."""
        row = self._model.row_at(index)
        return lay_out(self._theme, row, self._width(index)) if row else None

    def cell_at(self, index: Index, point: QPoint) -> AnswerCell | None:
        """The level cell under a point of the viewport."""
        layout = self.layout_of(index)
        top_left = self._rect(index).topLeft()
        return layout.cell_at(point.x() - top_left.x(), point.y() - top_left.y()) if layout else None

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
        if not isinstance(row, CriteriaRow) or layout is None:
            return
        painter.save()
        rect = self._rect(index)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss the members of QStyleOption
        self._paint_ground(painter, rect, row, is_current=is_current)
        self._paint_gutter(painter, layout.gutter.translated(rect.topLeft()), row, index)
        for part in layout.parts:
            self._paint_part(painter, part, part.rect.translated(rect.topLeft()), row, is_current=is_current)
        painter.restore()

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]  # the model is never asked
        """Nothing is edited in place: the view handles clicks and keys."""
        return False

    def _paint_ground(self, painter: QPainter, rect: QRect, row: CriteriaRow, *, is_current: bool) -> None:
        theme = self._theme
        whole = QRect(0, rect.top(), self._view.viewport().width(), rect.height())
        lit = {key.criterion_id for key in self._model.lit}
        if is_current:
            painter.fillRect(whole, theme.color("selection" if self._view.hasFocus() else "accent_soft"))
            painter.fillRect(
                QRect(whole.left(), whole.top(), theme.px(3), whole.height()), theme.color("accent")
            )
        elif row.id in lit:
            painter.fillRect(whole, theme.color("accent_soft"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(
            rect.left() + theme.px(26), rect.bottom(), whole.right() - theme.px(8), rect.bottom()
        )
        if row.id in lit:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(QRectF(whole).adjusted(1, 1, -1, -1))
        if is_current and self._view.hasFocus():
            paint_focus_ring(painter, whole, theme)

    def _paint_gutter(self, painter: QPainter, rect: QRect, row: CriteriaRow, index: Index) -> None:
        theme = self._theme
        if row.is_group:
            side = theme.px(12)
            box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
            is_open = self._view.isExpanded(index)  # pyright: ignore[reportArgumentType]  # persistent indexes convert
            paint_icon(painter, "down" if is_open else "right", box, theme.color("muted"), 1.2)
            return
        number = self._model.numbers.get(row.id)
        if number is None or not self.shows_digits:
            return
        side = theme.px(17)
        box = QRectF(rect.center().x() - side / 2, rect.top() + theme.px(1), side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("border"))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(small_font(theme))
        painter.setPen(theme.color("muted"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))

    def _paint_part(
        self, painter: QPainter, part: Part, rect: QRect, row: CriteriaRow, *, is_current: bool
    ) -> None:
        theme = self._theme
        middle_left = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft)
        match part.kind:
            case "text":
                painter.setFont(text_font(theme, row))
                painter.setPen(theme.color("text"))
                painter.drawText(rect, WRAP, part.words)
            case "rule":
                painter.setFont(rule_font(theme))
                painter.setPen(theme.color("muted"))
                painter.drawText(rect, middle_left, part.words)
            case "badge":
                if part.visual:
                    paint_badge(painter, theme, part.visual, QPointF(rect.left(), rect.center().y() + 0.5))
            case "cell":
                self._paint_cell(painter, part, QRectF(rect), is_current=is_current)
            case "tag":
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(theme.color("border"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
                self._paint_words(painter, rect.adjusted(theme.px(6), 0, 0, 0), part.words, "text")
            case "supports" | "contradicts":
                self._paint_mark(painter, rect, part)
            case "shield":
                paint_icon(painter, "shield", QRectF(rect), theme.color("exception"), 1.15)
            case "record":
                self._paint_record(painter, rect, part.words)
            case "plain":
                self._paint_words(painter, rect, part.words, "muted")
            case "warning":
                self._paint_words(painter, rect, part.words, "not_met")

    def _paint_words(self, painter: QPainter, rect: QRect, words: str, color: str) -> None:
        painter.setFont(small_font(self._theme))
        painter.setPen(self._theme.color(color))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft), words)

    def _paint_mark(self, painter: QPainter, rect: QRect, part: Part) -> None:
        """How many quotations, underlined as they are in the note."""
        color = "met" if part.kind == "supports" else "not_met"
        self._paint_words(painter, rect, part.words, color)
        painter.setPen(underline_pen(self._theme.color(color), is_dashed=part.kind == "contradicts"))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())

    def _paint_record(self, painter: QPainter, rect: QRect, words: str) -> None:
        """A small mark: the record has something to say to this question."""
        theme = self._theme
        side = theme.px(12)
        box = QRectF(rect.left(), rect.center().y() - side / 2 + 1, side, side)
        paint_icon(painter, "info", box, theme.color("accent"), 1.1)
        self._paint_words(painter, rect.adjusted(theme.px(17), 0, 0, 0), words, "accent")

    def _paint_cell(self, painter: QPainter, part: Part, rect: QRectF, *, is_current: bool) -> None:
        theme, visual, cell = self._theme, part.visual, part.cell
        if visual is None or cell is None:
            return
        is_chosen = is_current and cell.caption in {self._model.current_level, self._model.current_side}
        is_lit = _is_lit(cell.key, self._model.lit)
        is_answered = cell.state is not None or cell.decided is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "accent" if is_chosen or is_lit else visual.color if is_answered else "border"
        painter.setPen(QPen(theme.color(edge), 2 if is_chosen or is_lit else 1))
        painter.setBrush(theme.color(visual.soft))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        side, gap = theme.px(12), theme.px(6)
        icon_box = QRectF(rect.left() + gap, rect.center().y() - side / 2, side, side)
        paint_icon(painter, visual.icon, icon_box, theme.color(visual.color), 1.15)
        words = rect.adjusted(gap + side + theme.px(5), 0, 0, 0).toRect()
        self._paint_words(painter, words, cell.caption, visual.color)

    def _rect(self, index: Index) -> QRect:
        return self._view.visualRect(index)  # pyright: ignore[reportArgumentType]  # persistent indexes convert

    def _width(self, index: Index) -> int:
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return self._view.viewport().width() - depth * self._view.indentation()


def underline_pen(color: QColor, *, is_dashed: bool) -> QPen:
    """The line under linked words: whole for what supports, dashed for what contradicts."""
    pen = QPen(color, 2)
    if is_dashed:
        pen.setDashPattern([2.5, 2])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _is_lit(key: AssessmentKey, lit: frozenset[AssessmentKey]) -> bool:
    return key in lit
