"""One criteria set with its tree: which set, what it comes to, and whether it speaks of this case; answers nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.criteria import CriteriaSet, LicenceClass
from desktop.rules.editions import ReviewState
from desktop.ui.chips import ChipRow
from desktop.ui.review.choice_rows import Fit
from desktop.ui.review.criteria_rows import CriteriaRow
from desktop.ui.review.criteria_tree import CriteriaTree
from desktop.ui.review.result_rows import LineResult
from desktop.ui.theme import Theme
from desktop.ui.widgets.basics import ElidedLabel, WholeText, button, hairline, label, plain_tooltip, set_role
from desktop.ui.widgets.pick_box import PickBox
from desktop.ui.widgets.state_badge import StateBadge, state_visual, truth_visual

_KINDS = {
    LicenceClass.USER: "as typed by you",
    LicenceClass.PUBLIC: "public",
    LicenceClass.LICENSED_REFERENCE: "licensed reference",
}


CHOOSE = "\x1fchoose"
TAKE_OFF = "\x1ftake-off"
TYPE_ONE = "\x1ftype"
EDIT_ONE = "\x1fedit"
"""The picker's last entries; no set can have such an id."""


class CriteriaPane(QWidget):
    """A picker of sets, a line about the set, and its tree."""

    set_chosen = Signal(str)
    """The id of the set to show here."""
    set_removed = Signal(str)
    """The id of the set that the line is no longer to be held against."""
    choosing_asked = Signal()
    """Another set is to be chosen for this pane."""
    warnings_asked = Signal()
    """What speaks against the set is to be read and copied."""
    edition_asked = Signal()
    """The edition that is in force is to take the place of the one shown."""
    typing_asked = Signal(str)
    """A set is to be typed: the id of the own set to edit, or empty for a new one."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._offered: tuple[tuple[str, str], ...] = ()
        self._silence = ""
        self._fit: Fit | None = None
        self._is_low = False
        self._may_edit = False
        self._set_id = ""
        self._was_picked = False
        self.picker = PickBox()
        self.picker.setAccessibleName(f"Criteria set, {name}")
        self.picker.setPlaceholderText("Choose a criteria set")
        self.picker.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.about = ElidedLabel("", "caption")
        self.badge = StateBadge(theme, state_visual(None))
        self.silent = label("", "warning", wraps=True)
        self.silent.setFont(theme.font(12))
        self.silent.setContentsMargins(12, 4, 8, 0)
        self.argue = button("As an argument…", "link")
        self.argue.setToolTip("Read and copy what speaks against this set")
        self.edition = button("Edition in force…", "link")
        self.edition.setToolTip("Take over the edition in force on the day of the service (Shift+P)")
        self.arguments = ChipRow()
        self.arguments.flow.addWidget(self.argue)
        self.arguments.flow.addWidget(self.edition)
        self.due = ElidedLabel("", "warning")
        self.due.setContentsMargins(12, 0, 8, 2)
        self.empty = WholeText("", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(16, 16, 16, 16)
        self.tree = CriteriaTree(theme)
        self.tree.setAccessibleName(f"Criteria, {name}")
        self._build()
        self.picker.activated.connect(self._picked)
        self.argue.clicked.connect(self.warnings_asked)
        self.edition.clicked.connect(self.edition_asked)
        for widget in (self.due, self.silent, self.arguments):
            widget.hide()

    @property
    def silence(self) -> str:
        """Why the evaluation finds the set silent on this case; empty when it speaks of it."""
        return self._silence

    @property
    def set_id(self) -> str:
        """The set shown; empty when there is none."""
        return self._set_id

    def show_set(
        self,
        own: tuple[CriteriaSet, ...],
        chosen: CriteriaSet | None,
        rows: CriteriaRow | None,
        result: LineResult | None,
        fit: Fit | None,
    ) -> None:
        """Show a set of the service line, or say why there is none. `own` are the sets the line is held against."""
        self._set_id = chosen.id if chosen else ""
        self._offer(own)
        self.about.setText(f"{chosen.caption} · {_KINDS[chosen.licence]}" if chosen else "")
        truth = result.truth if result else None
        self.badge.setVisible(truth is not None)
        self.badge.set_visual(state_visual(None) if truth is None else truth_visual(truth))
        self._silence = result.silence_reason if result and result.is_silent else ""
        self.show_fit(fit)
        self.tree.show_rows(rows)
        self.tree.setVisible(chosen is not None)
        self.empty.setVisible(chosen is None)
        if chosen is not None and self._was_picked and self.picker.hasFocus():
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)  # a set is chosen in order to be read
        self._was_picked = False

    def show_fit(self, fit: Fit | None) -> None:
        """Say what speaks against the set for this line, the first of it in full, and whether it must be read again."""
        self._fit = fit
        said = fit.sentences(self._silence) if fit else tuple(item for item in (self._silence,) if item)
        more = f" And {len(said) - 1} more." if len(said) > 1 else ""
        self.silent.setText(f"{said[0]}{more}" if said else "")
        self.silent.setVisible(bool(said) and (not self._is_low or fit is None))
        self.argue.setText("What speaks against it…" if self._is_low else "As an argument…")
        self.edition.setVisible(fit is not None and fit.instead is not None)
        self.arguments.setVisible(bool(said) and fit is not None)
        state = fit.review.state if fit else ReviewState.FRESH
        self.due.setVisible(state is not ReviewState.FRESH)
        if fit is not None and state is not ReviewState.FRESH:
            set_role(self.due, "error" if state is ReviewState.OVERDUE else "warning")
            self.due.setText(f"! Check by {fit.ranked.criteria_set.review_by} has passed")
            self.due.setToolTip(plain_tooltip(fit.review.sentence))
        self._fit_silence()

    def set_low(self, *, is_low: bool) -> None:
        """Where there is little height, keep to one line on what speaks against the set."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.show_fit(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the words about silence anew."""
        super().resizeEvent(event)
        self._fit_silence()

    def _fit_silence(self) -> None:
        # A layout short of room takes it from wrapped text first, which cuts its last line through.
        self.silent.setMinimumHeight(max(0, self.silent.heightForWidth(self.width())))

    def say(self, words: str) -> None:
        """What to do where there is no set."""
        self.empty.setText(words)

    def _offer(self, own: tuple[CriteriaSet, ...]) -> None:
        offered = tuple((item.id, item.title) for item in own)
        may_edit = any(item.id == self._set_id and item.licence is not LicenceClass.PUBLIC for item in own)
        if (offered, may_edit) != (self._offered, self._may_edit) or not self.picker.count():
            self._offered, self._may_edit = offered, may_edit
            self.picker.clear()
            for set_id, title in offered:
                self.picker.addItem(title, set_id)
            if own:
                self.picker.insertSeparator(len(own))
            self.picker.addItem("Choose another set… (P)" if own else "Choose a set… (P)", CHOOSE)
            self.picker.addItem("Type a criteria set…", TYPE_ONE)
            if may_edit:
                self.picker.addItem("Edit this set…", EDIT_ONE)
            if own:
                self.picker.addItem("Take this set off the service line", TAKE_OFF)
        self.picker.setCurrentIndex(self.picker.findData(self._set_id) if self._set_id else -1)

    def _picked(self, at: int) -> None:
        wanted = str(self.picker.itemData(at) or "")
        self.picker.setCurrentIndex(self.picker.findData(self._set_id) if self._set_id else -1)
        if wanted == TAKE_OFF:
            self.set_removed.emit(self._set_id)
        elif wanted == CHOOSE:
            self.choosing_asked.emit()
        elif wanted in (TYPE_ONE, EDIT_ONE):
            self.typing_asked.emit(self._set_id if wanted == EDIT_ONE else "")
        elif wanted:
            self._was_picked = True
            self.set_chosen.emit(wanted)

    def _build(self) -> None:
        about = QHBoxLayout()
        about.setContentsMargins(14, 2, 10, 6)
        about.setSpacing(8)
        about.addWidget(self.about, 1)
        about.addWidget(self.badge)
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 8, 0)
        head.addWidget(self.picker)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(about)
        column.addWidget(self.due)
        column.addWidget(self.silent)
        column.addWidget(self.arguments)
        column.addWidget(hairline())
        column.addWidget(self.tree, 1)
        column.addWidget(self.empty, 1)
