"""The spine and the result of every service line, beside the note; choosing a line or level is all it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.review.result_rows import LineResult
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, button, label, paint_focus_ring, section_header
from desktop.ui.widgets.spine_model import SpineModel, spine_model
from desktop.ui.widgets.spine_picture import SpinePicture
from desktop.ui.widgets.state_badge import badge_size, paint_badge, state_visual, truth_visual

if TYPE_CHECKING:
    from desktop.domain.evaluation import EvaluationTrace
    from desktop.services.reviews import ReviewView

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class ResultModel(QAbstractListModel):
    """Service lines with their results."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[LineResult, ...] = ()

    def show(self, rows: tuple[LineResult, ...]) -> None:
        """Show results; the same lines keep their rows."""
        if [row.line_id for row in rows] == [row.line_id for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many service lines."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The result for the delegate; words for a screen reader."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.caption
        return row.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None


class ResultDelegate(QStyledItemDelegate):
    """Code and label, and under them the truth as a badge."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same height for every row."""
        return QSize(self._theme.px(120), self._theme.px(54))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The current line has a bar at its edge."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, LineResult):
            return
        theme = self._theme
        rect = self._view.visualRect(index)  # pyright: ignore[reportArgumentType]  # persistent indexes convert
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # pyright: ignore[reportAttributeAccessIssue]
            painter.fillRect(rect, theme.color("selection" if self._view.hasFocus() else "accent_soft"))
            painter.fillRect(rect.left(), rect.top(), theme.px(3), rect.height(), theme.color("accent"))
        painter.setFont(theme.font(13, tabular=True))
        painter.setPen(theme.color("text"))
        box = rect.adjusted(theme.px(12), theme.px(5), -theme.px(8), 0)
        words = painter.fontMetrics().elidedText(row.caption, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignTop), words)
        visual = state_visual(None) if row.truth is None else truth_visual(row.truth)
        middle = rect.bottom() - theme.px(6) - badge_size(theme, visual).height() / 2
        if row.truth is None:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("muted"))
            painter.drawText(box.left(), round(middle) + theme.px(5), row.word)
        else:
            width = paint_badge(painter, theme, visual, QPointF(box.left(), middle))
            self._paint_count(painter, row, QPointF(box.left() + width + theme.px(8), middle + theme.px(4)))
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():  # pyright: ignore[reportAttributeAccessIssue]
            paint_focus_ring(painter, rect, theme)
        painter.restore()

    def _paint_count(self, painter: QPainter, row: LineResult, at: QPointF) -> None:
        words = "silent" if row.is_silent else f"{len(row.missing)} open" if row.missing else ""
        painter.setFont(self._theme.font(12, tabular=True))
        painter.setPen(self._theme.color("muted"))
        painter.drawText(at, words)


class SidePanel(QWidget):
    """The picture above, the lines below."""

    line_chosen = Signal(str)
    level_chosen = Signal(str)
    tasks_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.spine = SpinePicture(theme)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.spine)
        self._no_spine = label("No spinal level is named in this case.", "muted", wraps=True)
        self._no_spine.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.lines = QListView()
        self.lines.setAccessibleName("Result by service line")
        self._model = ResultModel(self)
        self.lines.setModel(self._model)
        self.lines.setItemDelegate(ResultDelegate(self.lines, theme))
        self.lines.setUniformItemSizes(True)
        self.lines.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self._picture = SpineModel()
        self._line_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(4)
        for heading in (spine_heading := section_header("Spine"), by_line := section_header("By line")):
            heading.setContentsMargins(12, 0, 0, 0)
        column.addWidget(spine_heading)
        column.addWidget(self._area, 1)
        column.addWidget(self._no_spine, 1)
        column.addWidget(by_line)
        column.addWidget(self.lines)
        column.addLayout(self._tasks_row(theme))
        self._no_spine.setContentsMargins(12, 0, 12, 0)
        self.spine.level_clicked.connect(self.level_chosen)
        self.lines.selectionModel().currentChanged.connect(self._line_changed)
        theme.changed.connect(self._fit)

    def show_view(self, view: ReviewView, results: tuple[LineResult, ...], line_id: str, level: str) -> None:
        """Show levels and the results given, which are those of the same sets."""
        self._picture = spine_model(view.case, _shown_traces(view, results))
        self._line_id = line_id
        self._show_picture()
        self.spine.set_current_level(level)
        self._area.setVisible(not self._picture.is_empty)
        self._no_spine.setVisible(self._picture.is_empty)
        self._model.show(results)
        at = next((at for at, row in enumerate(results) if row.line_id == line_id), -1)
        if at >= 0 and self.lines.currentIndex().row() != at:
            self.lines.selectionModel().setCurrentIndex(
                self._model.index(at), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self._fit()

    def show_tasks(self, words: str) -> None:
        """Say how many tasks are open and when the next is due."""
        self._tasks.setText(words)

    def _tasks_row(self, theme: Theme) -> QHBoxLayout:
        self._tasks = ElidedLabel("", "muted")
        self.tasks = button("Tasks", "link")
        self.tasks.setToolTip("The tasks of the case (Shift+K)")
        self.tasks.clicked.connect(self.tasks_asked)
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 8, 4)
        row.setSpacing(4)
        row.addWidget(self.tasks)
        row.addWidget(self._tasks, 1)
        return row

    def show_level(self, level: str) -> None:
        """Highlight a level in the picture."""
        self.spine.set_current_level(level)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With more room, more service lines stand beside the spine."""
        super().resizeEvent(event)
        self._show_picture()

    def _show_picture(self) -> None:
        """All lines beside the spine where there is room for their columns, else only the current one."""
        level = self.spine.current_level
        self.spine.set_model(self._picture)
        if self.spine.sizeHint().width() > self.width() - self._theme.px(14):
            lines = tuple(line for line in self._picture.lines if line.service_line_id == self._line_id)
            self.spine.set_model(replace(self._picture, lines=lines))
        self.spine.set_current_level(level)

    def _line_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if 0 <= current.row() < len(self._model.rows):
            self.line_chosen.emit(self._model.rows[current.row()].line_id)

    def _fit(self) -> None:
        """As many lines as there are, up to four before it scrolls."""
        shown = max(1, min(4, len(self._model.rows)))
        self.lines.setFixedHeight(shown * self._theme.px(54) + 4)
        self.lines.scheduleDelayedItemsLayout()


def _shown_traces(view: ReviewView, results: tuple[LineResult, ...]) -> tuple[EvaluationTrace, ...]:
    """The evaluations that the list names, so that picture and list never say different things."""
    shown = {(row.line_id, row.set_id) for row in results}
    return tuple(trace for trace in view.traces if (trace.service_line_id, trace.set_id) in shown)
