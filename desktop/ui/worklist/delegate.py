"""Paints a line of the desk: columns that give way when text is large; it must format nothing but what it is given."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.case import CaseStatus
from desktop.domain.worklist import WorklistRow
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import paint_focus_ring
from desktop.ui.widgets.icons import paint_icon
from desktop.ui.worklist.model import ENTRY_ROLE, Heading, WorklistModel
from desktop.ui.worklist.views import days_left, is_urgent, open_text, person, service_text

# Name, width in design pixels, and how much of the spare width it takes.
_COLUMNS = (
    ("number", 70, 0),
    ("person", 78, 0),
    ("payer", 90, 1),
    ("service", 140, 4),
    ("levels", 58, 0),
    ("status", 104, 0),
    ("open", 54, 0),
    ("due", 84, 0),
)
_FIRST_TO_GO = ("payer", "person", "levels", "open", "status")

_STATUS = {
    CaseStatus.DRAFT: ("ring", "muted"),
    CaseStatus.UNDER_REVIEW: ("tilde", "accent"),
    CaseStatus.DETERMINED: ("check", "accent"),
    CaseStatus.LETTER_ISSUED: ("check", "met"),
    CaseStatus.CLOSED: ("dash", "muted"),
}


def column_places(theme: Theme, width: int) -> dict[str, tuple[int, int]]:
    """Left edge and width of each column that fits; the least telling ones give way first."""
    margin, gap = theme.px(12), theme.px(10)
    shown = list(_COLUMNS)
    fixed = 0
    for name in ("", *_FIRST_TO_GO):
        shown = [column for column in shown if column[0] != name]
        fixed = sum(theme.px(column[1]) for column in shown) + gap * (len(shown) - 1) + 2 * margin
        if fixed <= width:
            break
    spare = width - fixed
    shares = sum(column[2] for column in shown) or 1
    places: dict[str, tuple[int, int]] = {}
    left = margin
    for name, base, share in shown:
        # The service takes what is missing as well: the days left must never be cut off.
        room = max(theme.px(base) + spare * share // shares, gap)
        places[name] = (left, room)
        left += room + gap
    return places


class WorklistDelegate(QStyledItemDelegate):
    """One case a line; headings are small and quiet."""

    def __init__(self, theme: Theme, model: WorklistModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = QFontMetrics(self._theme.font(13)).height()
        is_heading = isinstance(index.data(ENTRY_ROLE), Heading)
        return QSize(self._theme.px(200), height + self._theme.px(20 if is_heading else 16))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: object = index.data(ENTRY_ROLE)
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if isinstance(entry, Heading):
            self._paint_heading(painter, area, entry)
        elif isinstance(entry, WorklistRow):
            state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
            self._paint_row(painter, area, entry, state)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRect, heading: Heading) -> None:
        theme = self._theme
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        is_late = heading.text == "Overdue"
        painter.setPen(theme.color("not_met" if is_late else "muted"))
        box = area.adjusted(theme.px(12), theme.px(6), -theme.px(12), -theme.px(3))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), heading.text)
        painter.setPen(theme.color("hairline"))
        painter.drawLine(
            area.left() + theme.px(12), area.bottom(), area.right() - theme.px(12), area.bottom()
        )

    def _paint_row(self, painter: QPainter, area: QRect, row: WorklistRow, state: QStyle.StateFlag) -> None:
        theme, today = self._theme, self._model.today
        is_private, is_waiting = self._model.is_private, self._model.is_waiting
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected or state & QStyle.StateFlag.State_MouseOver:
            is_selected = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if is_selected else "accent_soft"))
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
            paint_focus_ring(painter, area.adjusted(4, 1, -4, -1), theme)
        places = column_places(theme, area.width())
        texts = {
            "number": row.number,
            "person": person(row, today, is_private=is_private),
            "payer": "••••••" if is_private else row.payer,
            "service": service_text(row),
            "levels": row.levels,
            "open": open_text(row, is_waiting=is_waiting),
            "due": days_left(row, today, is_waiting=is_waiting),
        }
        strong = theme.font(13, QFont.Weight.DemiBold, tabular=True)
        plain = theme.font(13, tabular=True)
        for name, text in texts.items():
            if name not in places:
                continue
            color, font = theme.color("text"), plain
            if name == "number":
                font = strong
            elif name == "due" and is_urgent(row, today, is_waiting=is_waiting):
                is_late = text.endswith("overdue")
                color, font = theme.color("not_met" if is_late else "unclear"), strong
            elif name == "open":
                color = theme.color("unclear")
            elif name != "service":
                color = theme.color("muted")
            self._paint_cell(painter, area, places[name], text, font, color, ends_right=name == "due")
        if "status" in places:
            self._paint_status(painter, area, places["status"], row)

    def _paint_status(self, painter: QPainter, area: QRect, place: tuple[int, int], row: WorklistRow) -> None:
        name, color_name = _STATUS[row.status]
        side = self._theme.px(12)
        color = self._theme.color(color_name)
        left = area.left() + place[0]
        paint_icon(painter, name, QRectF(left, area.center().y() - side / 2 + 1, side, side), color, 1.1)
        shift = side + self._theme.px(5)
        font = self._theme.font(13)
        self._paint_cell(
            painter,
            area,
            (place[0] + shift, place[1] - shift),
            row.status.label,
            font,
            color,
            ends_right=False,
        )

    @staticmethod
    def _paint_cell(
        painter: QPainter,
        area: QRect,
        place: tuple[int, int],
        text: str,
        font: QFont,
        color: QColor,
        *,
        ends_right: bool,
    ) -> None:
        if not text:
            return
        painter.setFont(font)
        painter.setPen(color)
        box = QRect(area.left() + place[0], area.top(), place[1], area.height())
        side = Qt.AlignmentFlag.AlignRight if ends_right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place[1])
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
