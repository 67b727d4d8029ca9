"""Paints a set of the shelf: publisher, title, how it was read, and what to beware of; it decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.criteria import LicenceClass
from desktop.rules.editions import ReviewState
from desktop.ui.library.model import ENTRY_ROLE
from desktop.ui.library.shelf import Heading, SetRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon
from desktop.ui.widgets.state_badge import StateVisual, badge_size, paint_badge

_OWN = {
    LicenceClass.USER: StateVisual("Own", "case", "accent", "accent_soft"),
    LicenceClass.LICENSED_REFERENCE: StateVisual("Licensed", "lock", "exception", "exception_soft"),
}
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


def licence_visual(licence: LicenceClass) -> StateVisual:
    """How a licence class looks; public sets are quiet."""
    return _OWN.get(licence, StateVisual("Public", "eye", "muted", "sunken"))


def proof_visual(row: SetRow) -> StateVisual:
    """How the way looks in which a set was read."""
    if row.is_weak:
        return StateVisual(row.proof, "tilde", "unclear", "unclear_soft")
    return StateVisual(row.proof, "check", "met", "met_soft")


def review_visual(row: SetRow) -> StateVisual | None:
    """How a review date looks that is past; None while it is not."""
    if not row.review_word:
        return None
    if row.review.state is ReviewState.OVERDUE:
        return StateVisual(row.review_word, "warning", "not_met", "not_met_soft")
    return StateVisual(row.review_word, "warning", "unclear", "unclear_soft")


class ShelfDelegate(QStyledItemDelegate):
    """Three lines for a set; a family is small and quiet, with the reason why it was found."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        entry: object = index.data(ENTRY_ROLE)
        width = self._view.viewport().width()
        if isinstance(entry, Heading):
            return QSize(0, self._heading_height(entry, width))
        line, small = self._line(), self._small_line()
        return QSize(0, 2 * line + small + self._theme.px(20))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: object = index.data(ENTRY_ROLE)
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss the members of QStyleOption
        painter.save()
        if isinstance(entry, Heading):
            self._paint_heading(painter, area, entry)
        elif isinstance(entry, SetRow):
            state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
            self._paint_row(painter, area, entry, state)
        painter.restore()

    # Headings

    def _heading_height(self, entry: Heading, width: int) -> int:
        height = self._small_line() + self._theme.px(18)
        return height + (self._why_rect(entry, width).height() + self._theme.px(2) if entry.why else 0)

    def _why_rect(self, entry: Heading, width: int) -> QRect:
        room = QRect(0, 0, width - self._theme.px(28), 10_000)
        return QFontMetrics(self._theme.font(12)).boundingRect(room, _WRAP, entry.why)

    def _paint_heading(self, painter: QPainter, area: QRect, entry: Heading) -> None:
        theme = self._theme
        left, right = theme.px(12), -theme.px(12)
        top = area.top() + theme.px(12)
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.color("muted"))
        box = QRect(area.left() + left, top, area.width() - left + right, self._small_line())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), entry.text)
        if entry.why:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("accent"))
            why = self._why_rect(entry, area.width())
            painter.drawText(why.translated(area.left() + left, box.bottom() + theme.px(2)), _WRAP, entry.why)
        painter.setPen(theme.color("hairline"))
        painter.drawLine(area.left() + left, area.bottom(), area.right() + right, area.bottom())

    # Sets

    def _paint_row(self, painter: QPainter, area: QRect, row: SetRow, state: QStyle.StateFlag) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if is_selected else "accent_soft"))
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and is_selected:
            paint_focus_ring(painter, area.adjusted(4, 1, -4, -1), theme)
        inner = area.adjusted(theme.px(12), theme.px(7), -theme.px(12), 0)
        is_past = bool(row.force)
        y = inner.top()
        room = inner.width() - self._paint_own(painter, row, inner.right(), y)
        name = QRect(inner.left(), y, room, self._line())
        strong = theme.font(13, QFont.Weight.DemiBold, tabular=True)
        self._write(painter, name, row.name, strong, theme.color("muted" if is_past else "text"))
        y += self._line() + theme.px(2)
        title = QRect(inner.left(), y, inner.width(), self._line())
        self._write(
            painter,
            title,
            row.criteria_set.title,
            theme.font(13),
            theme.color("muted" if is_past else "text"),
        )
        y += self._line() + theme.px(3)
        self._paint_marks(painter, row, QRect(inner.left(), y, inner.width(), self._small_line()))

    def _paint_own(self, painter: QPainter, row: SetRow, right: int, top: int) -> int:
        """The chip of a set that is not public; returns the width that it takes."""
        if row.criteria_set.licence is LicenceClass.PUBLIC:
            return 0
        visual = licence_visual(row.criteria_set.licence)
        size = badge_size(self._theme, visual)
        paint_badge(
            painter,
            self._theme,
            visual,
            QPointF(right - size.width(), top + self._line() / 2 - 1),
            outlined=True,
        )
        return size.width() + self._theme.px(8)

    def _paint_marks(self, painter: QPainter, row: SetRow, box: QRect) -> None:
        """How it was read, what to beware of, and with what room is left the edition."""
        theme = self._theme
        marks: list[tuple[str, str, str]] = []
        if (review := review_visual(row)) is not None:
            marks.append((review.icon, review.word, review.color))
        if row.force:
            marks.append(("dash", row.force, "muted"))
        proof = proof_visual(row)
        marks.append((proof.icon, proof.word, proof.color if row.is_weak else "muted"))
        font = theme.font(12, tabular=True)
        metrics = QFontMetrics(font)
        left, side, gap = box.left(), theme.px(11), theme.px(4)
        for name, word, color in marks:
            if box.right() - left < theme.px(48):
                return  # a sign without its word would say it by colour alone
            paint_icon(
                painter,
                name,
                QRectF(left, box.center().y() - side / 2 + 1, side, side),
                theme.color(color),
                1.1,
            )
            left += side + gap
            place = QRect(left, box.top(), box.right() - left, box.height())
            self._write(painter, place, word, font, theme.color(color))
            left += metrics.horizontalAdvance(word) + theme.px(12)
        if row.criteria_set.edition and box.right() - left > theme.px(60):
            place = QRect(left, box.top(), box.right() - left, box.height())
            self._write(painter, place, row.criteria_set.edition, font, theme.color("muted"))

    @staticmethod
    def _write(painter: QPainter, box: QRect, words: str, font: QFont, color: QColor) -> None:
        if box.width() <= 0:
            return
        painter.setFont(font)
        painter.setPen(color)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _line(self) -> int:
        return QFontMetrics(self._theme.font(13, QFont.Weight.DemiBold)).height()

    def _small_line(self) -> int:
        return QFontMetrics(self._theme.font(12)).height()
