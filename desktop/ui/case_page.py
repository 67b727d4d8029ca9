"""An open case: its header line and its tabs; it must leave everything inside a tab to that tab's screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.domain.audience import Audience
from desktop.domain.case import Case, CaseStatus
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.letter import LetterKind
from desktop.domain.member import Sex
from desktop.domain.service_line import ServiceLine
from desktop.ui.actions import Command, run_by_key
from desktop.ui.case_tabs import CaseTab
from desktop.ui.context import UiContext
from desktop.ui.down_scroll import DownScroll
from desktop.ui.panes import first_focusable
from desktop.ui.widgets.basics import ElidedLabel, button, hairline, label, set_role
from desktop.ui.widgets.state_badge import StateBadge, StateVisual

if TYPE_CHECKING:
    from desktop.ui.criteria.criteria_editor import CriteriaEditor

URGENT_DAYS = 7

_STATUS = {
    CaseStatus.DRAFT: StateVisual("Draft", "ring", "muted", "sunken"),
    CaseStatus.UNDER_REVIEW: StateVisual("Under review", "tilde", "accent", "accent_soft"),
    CaseStatus.DETERMINED: StateVisual("Determined", "check", "accent", "accent_soft"),
    CaseStatus.LETTER_ISSUED: StateVisual("Letter issued", "check", "met", "met_soft"),
    CaseStatus.CLOSED: StateVisual("Closed", "dash", "muted", "sunken"),
}


class CaseScreen(Protocol):
    """What every tab's screen can do."""

    def show_case(self, case_id: str) -> None:
        """Load and show a case."""
        ...

    def flush(self) -> None:
        """Start saving what is typed but not yet saved."""
        ...

    def commands(self) -> list[Command]:
        """What can be done there."""
        ...


class CasePage(QWidget):
    """Screens are made when their tab is first shown, and told of another case only then."""

    tab_changed = Signal(int)
    case_loaded = Signal(object)
    """The `Case` as it was just read."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self._case: Case | None = None
        self._screens: dict[int, QWidget] = {}
        self._places: dict[int, DownScroll] = {}
        self._shown: dict[int, str] = {}
        self._typing: CriteriaEditor | None = None
        self._number = label("", "strong")
        self._about = label("", "muted")
        self._question = ElidedLabel("")
        self._whole = label("", wraps=True)
        self._whole.hide()
        self._more = button("Whole question", "link")
        self._more.setCheckable(True)
        keeps_room = self._more.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)  # else the page under it jumps at the first letter typed
        self._more.setSizePolicy(keeps_room)
        self._more.toggled.connect(self._show_whole)
        self._status = StateBadge(context.theme, _STATUS[CaseStatus.DRAFT])
        self._due = label("", "strong")
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Parts of the case")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        for tab in CaseTab:
            self._tabs.addTab(tab.label)
            self._tabs.setTabToolTip(tab, tab.key)
        self._stack = QStackedWidget()
        self._lay_out()
        self._tabs.currentChanged.connect(self._show_tab)
        context.refresh.changes_committed.connect(self._on_changes)

    @property
    def case_id(self) -> str:
        """The case that is open; empty when none is."""
        return self._case_id

    @property
    def number(self) -> str:
        """The number of the case that is open; empty until it was read."""
        return self._case.number if self._case is not None and self._case.id == self._case_id else ""

    @property
    def tab(self) -> CaseTab:
        """The present tab."""
        return CaseTab(self._tabs.currentIndex())

    @property
    def screen_in_front(self) -> QWidget | None:
        """The screen of the present tab, once it was made."""
        return self._screens.get(self.tab)

    def open_case(self, case_id: str, tab: CaseTab | None = None) -> None:
        """Show a case, on a tab or on the one in front."""
        if self._case_id and self._case_id != case_id:
            self.flush()
        self._case_id = case_id
        self._load_header()
        if tab is not None and tab != self.tab:
            self._tabs.setCurrentIndex(tab)
        else:
            self._show_tab(self.tab)

    def flush(self) -> None:
        """Have every screen save what is typed."""
        for screen in self._screens.values():
            cast("CaseScreen", screen).flush()
        if self._typing is not None:
            self._typing.flush()

    def type_criteria_set(self, line_id: str = "", set_id: str = "") -> None:
        """Write a criteria set over the case, for one of its lines; or edit one that the user wrote."""
        if self._typing is None:
            from desktop.ui.criteria.criteria_editor import CriteriaEditor

            self._typing = CriteriaEditor(self._context, self)
            self._typing.held.connect(self._set_held)
        if self._case_id:
            in_front: object = getattr(self.screen_in_front, "line", None)
            if not line_id and isinstance(in_front, ServiceLine):
                line_id = in_front.id
            self._typing.open_for(self._case_id, line_id, set_id)

    def commands(self) -> list[tuple[Command, QWidget]]:
        """The commands of the screen in front, each with that screen."""
        if self._typing is not None and self._typing.is_open:
            return [(item, self._typing) for item in self._typing.commands()]
        screen = self.screen_in_front
        return [] if screen is None else [(item, screen) for item in cast("CaseScreen", screen).commands()]

    def take_key(self, event: QKeyEvent, beside: Sequence[QWidget]) -> bool:
        """Let a key of the screen in front work also while the keyboard is in the tabs or in a part `beside` it."""
        focused = QApplication.focusWidget()
        if not self.isVisible() or focused is None:
            return False
        is_beside = any(part is focused or part.isAncestorOf(focused) for part in (self._tabs, *beside))
        return is_beside and run_by_key(self.commands(), QKeySequence(event.keyCombination()))

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through: the tabs, then what the screen offers."""
        if self._typing is not None and self._typing.is_open:
            return [self._typing]
        screen = self.screen_in_front
        if screen is None:
            return [self._tabs]
        inner: object = getattr(screen, "panes", None)
        parts = cast("list[QWidget]", inner()) if callable(inner) else [screen]
        return [self._tabs, *parts]

    def focus_screen(self, *, is_other_case: bool = False) -> None:
        """Give the keyboard to the screen in front, unless it has it already; in another case always at its start."""
        screen, focused = self.screen_in_front, QApplication.focusWidget()
        has_keyboard = screen is not None and focused is not None and screen.isAncestorOf(focused)
        if screen is None or (has_keyboard and not is_other_case):
            return
        for pane in self.panes()[1:]:
            target = first_focusable(pane)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _lay_out(self) -> None:
        theme = self._context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(2))
        head.setSpacing(theme.px(12))
        font = theme.font(15, QFont.Weight.DemiBold, tabular=True)
        self._number.setFont(font)
        head.addWidget(self._number)
        head.addWidget(self._about)
        head.addWidget(self._question, 1)
        head.addWidget(self._more)
        head.addWidget(self._status)
        head.addWidget(self._due)
        column.addLayout(head)
        self._whole.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(6))
        column.addWidget(self._whole)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        tabs.addWidget(self._tabs, 1)
        column.addLayout(tabs)
        column.addWidget(hairline())
        column.addWidget(self._stack, 1)

    def _show_tab(self, index: int) -> None:
        if not self._case_id:
            return
        if self._typing is not None:
            self._typing.close_panel()
        screen = self._screens.get(index)
        if screen is None:
            screen = make_screen(CaseTab(index), self._context)
            self._screens[index] = screen
            # With large letters a screen may need more height than a small window has: it scrolls in its place.
            self._stack.addWidget(place := DownScroll(screen))
            self._places[index] = place
            self._follow_wishes(screen)
        self._stack.setCurrentWidget(self._places[index])
        if self._shown.get(index) != self._case_id:
            self._shown[index] = self._case_id
            cast("CaseScreen", screen).show_case(self._case_id)
        self.tab_changed.emit(index)

    def _follow_wishes(self, screen: QWidget) -> None:
        """A screen asks for what lies outside it by signals that it may have."""
        for name, deed in (
            ("set_typing_asked", self.type_criteria_set),
            ("tab_asked", self._go_to_tab),
            ("paper_asked", self.compose_paper),
        ):
            asked: object = getattr(screen, name, None)
            if isinstance(asked, SignalInstance):
                asked.connect(deed)

    def show_tab(self, tab: CaseTab) -> None:
        """Go to a tab."""
        self._tabs.setCurrentIndex(tab)

    def compose_paper(self, kind: LetterKind) -> None:
        """Compose a paper of a kind, or go on with its draft, in front of the reviewer."""
        self.flush()
        self._go_to_tab(CaseTab.LETTER)
        compose: object = getattr(self.screen_in_front, "compose_kind", None)
        if callable(compose):
            compose(kind, Audience.MEDICAL_DIRECTOR)

    def _go_to_tab(self, tab: CaseTab) -> None:
        self.show_tab(tab)
        self.focus_screen()

    def _load_header(self) -> None:
        self._context.runner.run(
            partial(self._context.services.cases.case, self._case_id), self._show_header, key="case.header"
        )

    def _show_header(self, case: Case) -> None:
        if case.id != self._case_id:
            return
        self._case = case
        today = self._context.clock.today()
        is_private = self._context.preferences.settings.privacy_mode
        sex = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.OTHER: "X"}.get(case.member.sex, "")
        age = case.member.age_on(today)
        about = ", ".join(part for part in (sex, "" if age is None else str(age)) if part)
        self._number.setText(case.number)
        self._about.setText("••" if is_private else about)
        self._question.setText(case.review_question or "No review question yet")
        self._whole.setText(case.review_question)
        self._more.setVisible(bool(case.review_question))
        self._status.set_visual(_STATUS[case.status])
        due = case.denial.deadline_stated_on
        is_running = due is not None and case.status not in {CaseStatus.LETTER_ISSUED, CaseStatus.CLOSED}
        left = (due - today).days if due is not None else 0
        words = f"{left} d left" if left > 0 else ("Due today" if left == 0 else f"{-left} d overdue")
        self._due.setText(words if is_running else "")
        set_role(self._due, "error" if left < 0 else ("warning" if left <= URGENT_DAYS else "strong"))
        self.case_loaded.emit(case)

    def _set_held(self, set_id: str, line_ids: tuple[str, ...]) -> None:
        """A set just written is what the reviewer wants to see next, where its line is in front."""
        for screen in self._screens.values():
            bring: object = getattr(screen, "bring_set", None)
            if callable(bring):
                bring(set_id, line_ids)

    def _show_whole(self, is_shown: bool) -> None:
        self._whole.setVisible(is_shown)
        self._more.setText("Less" if is_shown else "Whole question")

    def _on_changes(self, changes: Changes, initiator: object) -> None:
        if self._case_id and changes.touches(
            frozenset({ChangeFlag.CASE, ChangeFlag.CASE_LIST}), self._case_id
        ):
            self._load_header()


def make_screen(tab: CaseTab, context: UiContext) -> QWidget:
    """The screen of a tab. Imported when first needed, so that the desk is there sooner."""
    match tab:
        case CaseTab.INTAKE:
            from desktop.ui.intake.intake_screen import IntakeScreen

            return IntakeScreen(context)
        case CaseTab.REVIEW:
            from desktop.ui.review.review_screen import ReviewScreen

            return ReviewScreen(context)
        case CaseTab.DETERMINATION:
            from desktop.ui.determination.determination_screen import DeterminationScreen

            return DeterminationScreen(context)
        case CaseTab.ARGUMENT:
            from desktop.ui.argument.argument_screen import ArgumentScreen

            return ArgumentScreen(context)
        case CaseTab.LETTER:
            from desktop.ui.letter.letter_screen import LetterScreen

            return LetterScreen(context)
        case CaseTab.PACKET:
            from desktop.ui.packet.packet_screen import PacketScreen

            return PacketScreen(context)
