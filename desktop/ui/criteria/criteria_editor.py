"""Writing a criteria set over an open case or the library: outline and form, or text, judged and tried while typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.criteria import CriteriaSet
from desktop.ui.actions import Command, bind
from desktop.ui.context import UiContext
from desktop.ui.criteria.editor_commands import COMMANDS
from desktop.ui.criteria.editor_operations import Opening, Purpose
from desktop.ui.criteria.editor_work import EditorWork

NEW = "A new set"
_TITLES: dict[Purpose, str] = {
    "new": "Write a criteria set",
    "edit": "Edit a criteria set",
    "edition": "New edition",
    "customise": "A payer's customization",
    "look": "To read",
}


class CriteriaEditor(EditorWork):
    """Covers its host from edge to edge while it is open; what was under it is untouched."""

    closed = Signal()
    held = Signal(str, object)
    """A set was stored, and these lines (their ids) are being held against it."""

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(context, host)
        self._host = host
        self._case_id = ""
        self._is_saving = False
        self._is_sized = False
        self._came_from: QWidget | None = None
        self._connect()
        bind(self, COMMANDS)
        self.hide()

    # Opening and closing

    @property
    def is_open(self) -> bool:
        """Whether it lies over its host."""
        return not self.isHidden()

    def open_for(self, case_id: str, line_id: str = "", set_id: str = "") -> None:
        """Write a new set for a case, or edit one the user wrote; `line_id` is the line it is meant for."""
        if self.is_open and case_id == self._case_id and not set_id:
            return
        self._open(case_id, set_id, "edit" if set_id else "new", line_id=line_id)

    def open_set(self, set_id: str, case_id: str = "") -> None:
        """Edit an own set, read a shipped one, or begin a new one (no id); without a case it is tried on none."""
        self._open(case_id, set_id, "edit" if set_id else "new")

    def open_edition(self, set_id: str, case_id: str = "") -> None:
        """Begin, or go on with, the edition that takes the place of a set."""
        self._open(case_id, set_id, "edition")

    def open_customisation(self, set_id: str, case_id: str = "", payer: str = "") -> None:
        """Begin, or go on with, a payer's own form of a set."""
        self._open(case_id, set_id, "customise", payer)

    def close_panel(self) -> None:
        """Go back to what was under it; what is typed is kept as a draft."""
        if not self.is_open:
            return
        self.flush()
        self._opening = None
        self.trial_side.end()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and came_from.isVisible():
            # Before hiding: Qt would look for the next field inside a panel that is going away.
            came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.closed.emit()

    def flush(self) -> None:
        """Keep what is typed and not saved; while it is being stored there is nothing to keep."""
        if not self._is_saving:
            super().flush()

    def commands(self) -> list[Command]:
        """What can be done here."""
        return COMMANDS

    # What commands and buttons do

    def save(self) -> None:
        """Store the set and hold the chosen service lines against it, or go to what is wrong first."""
        if self._opening is None or self._is_saving or self.desk.is_read_only:
            return
        self._has_tried_to_save = True
        self._check(is_for_saving=True)

    def new_edition(self) -> None:
        """Begin the edition that takes the place of the one at hand."""
        opening = self._opening
        if opening is not None and opening.stored is not None and opening.purpose == "edit":
            self.open_edition(opening.set_id, self._case_id)

    def make_customisation(self) -> None:
        """Begin a payer's own form of the set at hand."""
        opening = self._opening
        if opening is not None and opening.stored is not None:
            self.open_customisation(opening.set_id, self._case_id)

    # Where the keyboard goes

    def stops(self) -> list[QWidget]:
        """Every place where the keyboard stops, in order."""
        top: list[QWidget] = [self.customise, self.edition, self.picker, self.as_text]
        inner = self.text_view.stops() if self.as_text.isChecked() else self.sheet_stops()
        foot: list[QWidget] = [self.afresh, self.undo_button, self.close_button, self.save_button]
        every = (*top, *inner, *self.lines.boxes.values(), *foot)
        return [stop for stop in every if stop.isVisible() and stop.isEnabled()]

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's name)
        """Tab goes round in the panel: what lies under it cannot be seen."""
        stops, focused = self.stops(), QApplication.focusWidget()
        if self._opening is None or not stops:
            return False
        at = stops.index(focused) if focused in stops else -1
        target = stops[(at + (1 if next else -1)) % len(stops)]
        target.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        self.reveal(target)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the host."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)

    # Showing

    def _connect(self) -> None:
        self._host.installEventFilter(self)
        operations = self.operations
        operations.opened.connect(self._opened)
        operations.stored.connect(self._stored)
        operations.refused.connect(self._refused)
        self.ready.connect(self._store)
        self.picker.activated.connect(self._picked)
        self.edition.clicked.connect(self.new_edition)
        self.customise.clicked.connect(self.make_customisation)
        self.afresh.clicked.connect(self._start_afresh)
        self.close_button.clicked.connect(self.close_panel)
        self.save_button.clicked.connect(self.save)

    def _open(
        self, case_id: str, set_id: str, purpose: Purpose, payer: str = "", *, line_id: str = ""
    ) -> None:
        self.flush()
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused
        self._case_id, self._wanted_line = case_id, line_id
        self._opening = None
        self.trial_side.end()
        self.setEnabled(False)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        if not self._is_sized:
            self._is_sized = True  # once: afterwards the parts are as wide as the reviewer made them
            self.sized()
        self.operations.open(case_id, set_id, purpose, payer)

    def _opened(self, opening: Opening) -> None:
        if not self.is_open or (opening.case.id if opening.case else "") != self._case_id:
            return
        self._opening = opening
        self._is_saving = False
        self.setEnabled(True)
        self._offer(opening)
        self.afresh.setVisible(opening.kept is not None)
        self._show(opening.kept or self._untouched(opening))
        if opening.kept is not None:
            self._say("What you had typed is back.", "caption")
        start = self.text_view.area if self.as_text.isChecked() else self.head.stops()[0]
        (self.tree if opening.purpose == "look" else start).setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, opening: Opening) -> None:
        is_reading = opening.purpose == "look"
        self.title.setText(_TITLES[opening.purpose])
        self.picker.clear()
        self.picker.addItem(NEW, "")
        for own in opening.own:
            self.picker.addItem(f"Edit: {own.title}", own.id)
        if self.picker.findData(opening.set_id) < 0 and opening.stored is not None:
            self.picker.addItem(opening.stored.title, opening.set_id)
        self.picker.setCurrentIndex(max(0, self.picker.findData(opening.set_id)))
        self.set_read_only(is_reading)
        self.customise.setVisible(is_reading)
        self.picker.setVisible(not is_reading)
        self.edition.setVisible(opening.purpose == "edit" and opening.stored is not None)
        for part in (
            self.save_button,
            self.undo_button,
            self.as_text,
            self.below,
            self.deeds,
            self.keys_hint,
        ):
            part.setVisible(not is_reading)
        self.lines.setVisible(opening.case is not None and not is_reading)

    # Reacting

    def _picked(self, at: int) -> None:
        wanted = str(self.picker.itemData(at) or "")
        opening = self._opening
        is_here = (
            opening is not None and wanted == opening.set_id and opening.purpose in {"new", "edit", "look"}
        )
        if opening is not None and not is_here:
            self._open(self._case_id, wanted, "edit" if wanted else "new", line_id=self._wanted_line)

    def _start_afresh(self) -> None:
        if self._opening is not None:
            self.afresh.hide()
            self._show(self._untouched(self._opening))
            self.operations.keep(self._opening.key, None)

    def _store(self, text: str) -> None:
        if self._opening is not None:
            self._is_saving = True
            self.operations.store(self._opening, text, self.desk.draft.cases)

    def _refused(self) -> None:
        self._is_saving = False

    def _stored(self, criteria_set: CriteriaSet) -> None:
        opening = self._opening
        if opening is None:
            return
        self._draft_timer.stop()
        self.operations.keep(opening.key, None)
        if opening.view is not None and not opening.view.is_signed:
            self.operations.choose(opening, criteria_set.id, self.lines.chosen)
            self.held.emit(criteria_set.id, self.lines.chosen)
        self._opening = None
        self._is_saving = False
        self._context.notify.info(f"Stored: {criteria_set.title}")
        self.close_panel()
