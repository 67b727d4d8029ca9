"""The criteria tree to walk with arrows and mouse; it says which question is current and must answer none itself."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from desktop.domain.assessment import AssessmentKey
from desktop.ui.review.criteria_delegate import INDENT, CriteriaDelegate
from desktop.ui.review.criteria_model import CriteriaModel
from desktop.ui.review.criteria_rows import SIDES, CriteriaRow, key_numbers
from desktop.ui.theme import Theme
from desktop.ui.widgets.row_tree import Index

_WALKING = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class CriteriaTree(QTreeView):
    """Up and Down walk, Left and Right choose the level or side of a criterion or fold a group."""

    question_changed = Signal()
    """Another row or level became current."""
    level_chosen = Signal(str)
    """A level or a side."""
    folded = Signal()
    focused = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = CriteriaModel(self)
        self._delegate = CriteriaDelegate(self, self._model, theme)
        self._collapsed: set[str] = set()
        self._is_current_in_sight = False
        self._sight = QTimer(self, singleShot=True, interval=0)
        self._sight.timeout.connect(self._keep_in_sight)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Criteria")
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setAnimated(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.collapsed.connect(self._group_collapsed)
        self.expanded.connect(self._group_expanded)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def root(self) -> CriteriaRow | None:
        """The tree shown."""
        return self._model.root

    @property
    def numbers(self) -> dict[str, int]:
        """The digits painted beside the criteria."""
        return self._model.numbers

    @property
    def current_level(self) -> str:
        """The level whose cells the keys act on."""
        return self._model.current_level

    def show_rows(self, root: CriteriaRow | None) -> None:
        """Show a tree; folding and the current row stay where they were as far as the tree has them."""
        kept = self.current_row_id()
        if self._model.show(root):
            self.restore_collapsed(tuple(self._collapsed))
            self.go_to_row(kept)
            if not self.currentIndex().isValid():
                self.go_to_row(self._first_criterion_id())
        self._number()

    def show_digits(self, *, is_shown: bool) -> None:
        """Paint the digit keys, or not because they act on another tree."""
        if self._delegate.shows_digits != is_shown:
            self._delegate.shows_digits = is_shown
            self.viewport().update()

    def light(self, keys: Iterable[AssessmentKey]) -> None:
        """Light the criteria whose words are being pointed at."""
        self._model.light(frozenset(keys))

    @property
    def current_side(self) -> str:
        """The side whose cells the keys act on."""
        return self._model.current_side

    def choose_level(self, level: str) -> None:
        """Make a level current in this tree."""
        self._model.choose_level(level)

    def choose_side(self, side: str) -> None:
        """Make a side current in this tree."""
        self._model.choose_side(side)

    def current_row_id(self) -> str:
        """The id of the current node; empty when there is none."""
        row = self.current_row()
        return row.id if row else ""

    def current_row(self) -> CriteriaRow | None:
        """The current node, or None."""
        return self._model.row_at(self.currentIndex())

    def current_key(self) -> AssessmentKey | None:
        """The question that keys act on; None on a group or where the line names no place."""
        cell = self._model.current_cell(self.current_row())
        return cell.key if cell else None

    def key_of_row(self, row_id: str) -> AssessmentKey | None:
        """The question of a criterion at the current level."""
        cell = self._model.current_cell(self._model.row_at(self._model.index_of(row_id)))
        return cell.key if cell else None

    def go_to(self, key: AssessmentKey) -> None:
        """Make a question current: its row, and its level where it has one."""
        index = self._model.index_of(key.criterion_id)
        row = self._model.row_at(index)
        if row is not None and row.is_per_place:
            self._choose(key.subject)
        self.go_to_row(key.criterion_id)

    def go_to_row(self, row_id: str) -> None:
        """Make a node current and visible, unfolding what hides it."""
        index = self._model.index_of(row_id)
        if not index.isValid():
            return
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def collapsed_ids(self) -> tuple[str, ...]:
        """The ids of the folded groups."""
        return tuple(sorted(self._collapsed))

    def restore_collapsed(self, row_ids: Iterable[str]) -> None:
        """Fold exactly these groups."""
        wanted = set(row_ids)
        if self._model.root is not None:
            self.expandAll()
            self._fold(wanted)
        self._collapsed = wanted
        self._number()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; every other key belongs to the screen."""
        if event.key() not in _WALKING or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        row = self.current_row()
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row is not None and not row.is_group:
            self._step_level(row, -1 if event.key() == Qt.Key.Key_Left else 1)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a level's cell chooses that level, one on the fold mark folds."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        row = self._model.row_at(index)
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            if row.is_group and self._delegate.gutter_of(index).contains(point):
                self.setExpanded(index, not self.isExpanded(index))
            elif (cell := self._delegate.cell_at(index, point)) is not None:
                self._choose(cell.caption)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click folds a group."""
        index = self.indexAt(event.position().toPoint())
        row = self._model.row_at(index)
        if row is not None and row.is_group:
            self.setExpanded(index, not self.isExpanded(index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the words anew; the current question stays in sight in less room."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
        if self._is_current_in_sight:
            self._sight.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Remember whether the current question is seen: who scrolled away from it is not taken back."""
        super().paintEvent(event)
        if not self._sight.isActive():
            seen = self.viewport().rect().contains(self.visualRect(self.currentIndex()).center())
            self._is_current_in_sight = seen

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the screen which tree the keys act on now."""
        super().focusInEvent(event)
        self.viewport().update()
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes away with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def drawBranches(self, painter: QPainter, rect: object, index: Index) -> None:
        """No branch lines: the delegate paints the fold mark."""

    def _step_level(self, row: CriteriaRow, step: int) -> None:
        places = [cell.caption for cell in row.cells if cell.caption]
        if not places:
            return
        current = self._model.current_cell(row)
        here = places.index(current.caption) if current else 0
        self._choose(places[max(0, min(here + step, len(places) - 1))])

    def _choose(self, place: str) -> None:
        if place in SIDES and place != self._model.current_side:
            self._model.choose_side(place)
        elif place and place not in SIDES and place != self._model.current_level:
            self._model.choose_level(place)
        else:
            return
        self.level_chosen.emit(place)
        self.question_changed.emit()

    def _first_criterion_id(self) -> str:
        numbers = key_numbers(self._model.root) if self._model.root else {}
        return next(iter(numbers), "")

    def _fold(self, row_ids: set[str]) -> None:
        for row_id, index in self._model.group_indexes():
            if row_id in row_ids:
                self.collapse(index)

    def _number(self) -> None:
        root = self._model.root
        self._model.number(key_numbers(root, self._collapsed) if root else {})

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.question_changed.emit()

    def _group_collapsed(self, index: QModelIndex) -> None:
        if (row := self._model.row_at(index)) is not None:
            self._collapsed.add(row.id)
            self._number()
            self.folded.emit()

    def _group_expanded(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None and row.id in self._collapsed:
            self._collapsed.discard(row.id)
            self._number()
            self.folded.emit()

    def _keep_in_sight(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _restyle(self) -> None:
        self.setIndentation(self._theme.px(INDENT))
        self.scheduleDelayedItemsLayout()
