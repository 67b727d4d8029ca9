"""The outline to walk, fold, drag in and type from; it asks for every change and makes none itself."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from desktop.services.criteria_draft import CriteriaDraft
from desktop.ui.criteria.draft_delegate import INDENT, DraftDelegate
from desktop.ui.criteria.draft_model import DraftModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.row_tree import Index

_TEXT_MODIFIERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class DraftTree(QTreeView):
    """Arrows walk and fold; a letter goes on typing in the words of the current row."""

    current_changed = Signal(int)
    """The key of the node that is current now."""
    move_asked = Signal(int, int, int)
    """A node, a group, and before which of its children."""
    typed = Signal(str)
    """A letter typed on a row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = DraftModel(self)
        self._delegate = DraftDelegate(self, self.rows, theme)
        self._folded: set[int] = set()
        self._is_showing = False
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Outline of the criteria")
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(True)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setAnimated(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)  # the model lets in its own rows only
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setDragEnabled(True)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.rows.drop_asked.connect(self.move_asked)
        self.rows.dataChanged.connect(self._row_changed)
        self.collapsed.connect(self._note_folded)
        self.expanded.connect(self._note_unfolded)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def key(self) -> int:
        """The node that is current; 0 for none."""
        return self.rows.key_at(self.currentIndex())

    def show_draft(self, draft: CriteriaDraft, key: int) -> None:
        """Show a draft with a node current; folding and scrolling stay as far as the tree has them."""
        self._is_showing = True
        place = self.verticalScrollBar().value()
        if self.rows.show(draft):
            self.expandAll()
            for folded in tuple(self._folded):
                index = self.rows.index_of(folded)
                if index.isValid():
                    self.collapse(index)
                else:
                    self._folded.discard(folded)
            self.verticalScrollBar().setValue(place)
        self._is_showing = False
        if self.key != key:
            self.go_to(key)

    def go_to(self, key: int) -> None:
        """Make a node current and visible, unfolding what hides it."""
        index = self.rows.index_of(key)
        if not index.isValid():
            index = self.rows.index(0, 0)
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Make the visible row before (-1) or after (1) current."""
        index = self.indexBelow(self.currentIndex()) if by > 0 else self.indexAbove(self.currentIndex())
        if index.isValid():
            self.go_to(self.rows.key_at(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are ours; what writes goes to the words; every other key belongs to the editor around."""
        is_plain = not event.modifiers() & ~_TEXT_MODIFIERS
        text = event.text()
        if is_plain and text and text.isprintable() and not text.isspace():
            self.typed.emit(text)
            return
        if event.key() in _WALKING and is_plain:
            super().keyPressEvent(event)
            return
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the fold mark folds."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        row = self.rows.row_at(index)
        is_on_mark = row is not None and row.is_group and self._delegate.gutter_of(index).contains(point)
        if is_on_mark and event.button() == Qt.MouseButton.LeftButton:
            self.setExpanded(index, not self.isExpanded(index))
        super().mousePressEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 (Qt's name)
        """Carry the first words of the row: Qt's picture of it would be an empty one, for rows paint in the view."""
        row = self.rows.row_at(self.currentIndex())
        if row is None or not self.rows.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsDragEnabled:
            return
        drag = QDrag(self)
        drag.setMimeData(self.rows.mimeData([self.currentIndex()]))
        drag.setPixmap(self._picture_of(row.words or row.rule))
        drag.setHotSpot(QPoint(-self._theme.px(12), self._theme.px(8)))
        drag.exec(Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the words anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring comes with the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes away with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def drawBranches(self, painter: QPainter, rect: object, index: Index) -> None:
        """No branch lines: the delegate paints the fold mark."""

    def _picture_of(self, words: str) -> QPixmap:
        theme, metrics = self._theme, self.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, theme.px(240))
        size = QSize(metrics.horizontalAdvance(shown) + theme.px(24), metrics.height() + theme.px(12))
        picture = QPixmap(size * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(theme.color("accent_soft"))
        painter = QPainter(picture)
        painter.setFont(self.font())
        painter.setPen(theme.color("accent"))
        painter.drawRect(QRect(QPoint(0, 0), size).adjusted(0, 0, -1, -1))
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(QPoint(0, 0), size), int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.end()
        return picture

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if not self._is_showing:
            self.current_changed.emit(self.rows.key_at(current))

    def _row_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        # The view keeps heights as they were; asking for all of them at every letter would be felt while typing.
        if self._delegate.has_grown(first):
            self.scheduleDelayedItemsLayout()

    def _note_folded(self, index: QModelIndex) -> None:
        if not self._is_showing:
            self._folded.add(self.rows.key_at(index))

    def _note_unfolded(self, index: QModelIndex) -> None:
        if not self._is_showing:
            self._folded.discard(self.rows.key_at(index))

    def _restyle(self) -> None:
        self._delegate.forget()
        self.setIndentation(self._theme.px(INDENT))
        self.scheduleDelayedItemsLayout()


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
