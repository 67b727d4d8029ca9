"""The determination page: one panel per service line, saved while typing, and the sign-off that closes it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.audit import Actor
from desktop.domain.case import Case
from desktop.domain.changes import ChangeFlag, Changes
from desktop.domain.determination import Decision, Determination
from desktop.domain.errors import UserFacingError
from desktop.domain.evaluation import EvaluationTrace
from desktop.ui.actions import Command, bind
from desktop.ui.context import UiContext
from desktop.ui.determination.line_panel import LinePanel
from desktop.ui.determination.line_results import results_of
from desktop.ui.determination.reevaluation import Reevaluation
from desktop.ui.determination.sign_card import SignCard
from desktop.ui.widgets.basics import hairline, label

if TYPE_CHECKING:
    from desktop.services.operation import OperationResult

_SHOWS = frozenset(
    {
        ChangeFlag.CASE,
        ChangeFlag.CRITERIA,
        ChangeFlag.ASSESSMENTS,
        ChangeFlag.EVIDENCE,
        ChangeFlag.DETERMINATION,
    }
)
_PAUSE_MS = 700
_LONGEST_WAIT_MS = 1600
_PAGE_WIDTH = 1120


@dataclass(frozen=True, slots=True)
class _Loaded:
    case: Case
    traces: tuple[EvaluationTrace, ...]
    determination: Determination
    actor: Actor


class DeterminationScreen(QWidget):
    """A decision per service line with its reasons; read only once it is signed."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self._loaded: _Loaded | None = None
        self._dirty: dict[str, set[str]] = {}
        self._in_flight: list[tuple[str, frozenset[str]]] = []
        self.panels: dict[str, LinePanel] = {}
        self.card = SignCard()
        self.again = Reevaluation(context)
        self.saved = label("", "caption")
        self.saved.setAccessibleName("Saved")
        self._empty = label(
            "No service line is recorded yet. Add what was asked for in Intake; each line is decided here.",
            "muted",
            wraps=True,
        )
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._longest = QTimer(self, singleShot=True, interval=_LONGEST_WAIT_MS)
        self._pause.timeout.connect(self.flush)
        self._longest.timeout.connect(self.flush)
        self.card.sign_wanted.connect(self._sign)
        self.card.supersede_wanted.connect(self._supersede)
        context.refresh.changes_committed.connect(self._committed)
        context.theme.changed.connect(self._resize_to_text)
        self.setProperty("role", "page")
        bind(self, self.commands())

    # What every screen offers

    def show_case(self, case_id: str) -> None:
        """Load the case's determination; what was typed before is saved first."""
        self.flush()
        if case_id != self._case_id:
            self._dirty.clear()
            self._loaded = None
            self.saved.setText("")
        self._case_id = case_id
        self._load()

    def flush(self) -> None:
        """Start saving what is typed but not saved yet."""
        self._pause.stop()
        self._longest.stop()
        for line_id, names in list(self._dirty.items()):
            self._save_line(line_id, names)

    def commands(self) -> list[Command]:
        """What can be done here."""
        return [
            Command(
                "determination.next",
                "Go to the next service line",
                "Ctrl+PgDown",
                "next_line",
                "Determination",
            ),
            Command(
                "determination.previous",
                "Go to the service line before",
                "Ctrl+PgUp",
                "previous_line",
                "Determination",
            ),
            Command(
                "determination.sign_off",
                "Go to the sign-off",
                "Ctrl+Return",
                "go_to_sign_off",
                "Determination",
            ),
            Command(
                "determination.again",
                "Evaluate a signed case again with the editions of that day",
                "Ctrl+R",
                "evaluate_again",
                "Determination",
            ),
            Command("determination.save", "Save now", "Ctrl+S", "flush", "Determination"),
        ]

    def panes(self) -> list[QWidget]:
        """The parts that F6 walks through."""
        return [*self.panels.values(), self.card, self.again]

    def next_line(self) -> None:
        """Go to the decision of the next service line."""
        self._step(1)

    def previous_line(self) -> None:
        """Go to the decision of the service line before."""
        self._step(-1)

    def go_to_sign_off(self) -> None:
        """Go to the sign-off."""
        is_signed = self._loaded is not None and self._loaded.determination.is_signed
        target = self.card.supersede_button if is_signed else self.card.name.editor
        target.setFocus()
        self._scroll.ensureWidgetVisible(self.card)

    def evaluate_again(self) -> None:
        """Hold the signed review against what its editions give now."""
        self.again.evaluate()
        self._scroll.ensureWidgetVisible(self.again)

    # Loading and showing

    def _load(self) -> None:
        case_id, services = self._case_id, self._context.services

        def job() -> _Loaded:
            view = services.review.view(case_id)
            determination = services.determinations.current(case_id)
            return _Loaded(view.case, view.traces, determination, services.actor)

        self._context.runner.run(
            job, self._show, self._context.notify.failure, key=f"determination-{id(self)}"
        )

    def _show(self, loaded: _Loaded) -> None:
        if loaded.case.id != self._case_id:
            return
        is_first = self._loaded is None
        self._loaded = loaded
        self._match_panels(loaded.case)
        for line in loaded.case.service_lines:
            self.panels[line.id].show_line(line, results_of(loaded.traces, line.id))
        self._order_stops()
        self.card.offer_signer(loaded.actor)
        self._show_decisions()
        if is_first:
            self._begin_with_decisions()

    def _begin_with_decisions(self) -> None:
        """Until the lines were there, the sign-off was the only thing to take the keyboard: it comes last."""
        focused = QApplication.focusWidget()
        first = next((stop for panel in self.panels.values() for stop in panel.stops()), None)
        if first is not None and focused is not None and self.card.isAncestorOf(focused):
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.verticalScrollBar().setValue(0)

    def _show_decisions(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        for line_id, panel in self.panels.items():
            panel.show_decision(loaded.determination.line(line_id), self._protected(line_id))
            panel.set_read_only(loaded.determination.is_signed)
        self._show_card()

    def _show_card(self) -> None:
        if self._loaded is not None:
            today = self._context.clock.today().isoformat()
            self.card.show_determination(self._loaded.determination, today, self._missing(self._loaded))
            self.again.show_determination(self._case_id, self._loaded.determination)

    def _missing(self, loaded: _Loaded) -> tuple[str, ...]:
        """What the signature still waits for, in words, from what stands on the screen."""
        missing: list[str] = []
        for line in loaded.case.service_lines:
            panel = self.panels[line.id]
            title = line.label or line.code or "a service line"
            if panel.decision.read() is Decision.UNDECIDED:
                missing.append(f"a decision on {title}")
            elif panel.rationale.area.document().isEmpty():
                missing.append(f"a rationale for {title}")
        return tuple(missing) if loaded.case.service_lines else ("a service line to decide",)

    def _match_panels(self, case: Case) -> None:
        wanted = [line.id for line in case.service_lines]
        if list(self.panels) == wanted:
            return
        for panel in self.panels.values():
            self._box.removeWidget(panel)
        for line_id in [line_id for line_id in self.panels if line_id not in wanted]:
            gone = self.panels.pop(line_id)
            gone.hide()
            gone.deleteLater()
        panels: dict[str, LinePanel] = {}
        for line_id in wanted:
            panel = self.panels.get(line_id)
            if panel is None:
                panel = LinePanel(line_id, self._context.theme)
                panel.changed.connect(self._changed)
            panels[line_id] = panel
            self._box.addWidget(panel)
            panel.show()
        self.panels = panels
        self._empty.setVisible(not panels)

    def _order_stops(self) -> None:
        """Qt puts every new widget last in the order of Tab, wherever on the page it stands."""
        stops = [stop for panel in self.panels.values() for stop in panel.stops()]
        stops.extend((*self.card.stops(), *self.again.stops()))
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # Saving

    def _protected(self, line_id: str) -> frozenset[str]:
        in_flight = {name for other, names in self._in_flight if other == line_id for name in names}
        return frozenset(self._dirty.get(line_id, set()) | in_flight)

    def _changed(self, line_id: str, name: str) -> None:
        self._dirty.setdefault(line_id, set()).add(name)
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        self._show_card()

    def _save_line(self, line_id: str, names: set[str]) -> None:
        panel = self.panels.get(line_id)
        readable = {name for name in names if panel is not None and panel.field_of(name).check()}
        self._dirty[line_id] = names - readable
        if not self._dirty[line_id]:
            del self._dirty[line_id]
        if panel is None or not readable:
            return
        values: dict[str, Any] = {name: panel.value_of(name) for name in readable}
        case_id, determinations = self._case_id, self._context.services.determinations
        ticket = (line_id, frozenset(readable))
        self._in_flight.append(ticket)

        def job() -> OperationResult[Determination]:
            # Only what was typed is laid over the newest record: nothing newer is overwritten.
            line = determinations.current(case_id).line(line_id)
            return determinations.decide(case_id, line.model_copy(update=values))

        def done(determination: Determination) -> None:
            self._in_flight.remove(ticket)
            self._take(case_id, determination)

        def failed(_error: Exception) -> None:
            self._in_flight.remove(ticket)
            if case_id == self._case_id:
                self._dirty.setdefault(line_id, set()).update(readable)
                self.saved.setText("Not saved yet")

        self._context.commit(job, done, initiator=self, failed=failed)

    def _take(self, case_id: str, determination: Determination) -> None:
        if case_id != self._case_id or self._loaded is None:
            return
        loaded = self._loaded
        self._loaded = _Loaded(loaded.case, loaded.traces, determination, loaded.actor)
        self._show_decisions()
        if not self._dirty:
            self.saved.setText(f"Saved {self._context.clock.now().astimezone():%H:%M}")

    def _sign(self, name: str, credential: str, meaning: str) -> None:
        self.flush()
        if self._dirty:
            self._context.notify.error(
                UserFacingError(
                    "The determination was not signed: a field on this page cannot be saved as it stands.",
                    safe="What you typed is still on the screen.",
                    todo="Put right the field that is marked, then sign.",
                )
            )
            return
        case_id, determinations = self._case_id, self._context.services.determinations

        def job() -> OperationResult[Determination]:
            return determinations.sign(case_id, name=name, credential=credential, meaning=meaning)

        self._context.commit(job, self._closed)

    def _supersede(self) -> None:
        case_id, determinations = self._case_id, self._context.services.determinations

        def job() -> OperationResult[Determination]:
            return determinations.supersede(case_id)

        self._context.commit(job, self._closed)

    def _closed(self, determination: Determination) -> None:
        # The commit announced itself without an initiator, so this screen is already loading it anew.
        words = "signed" if determination.is_signed else "open"
        self._context.notify.info(f"Version {determination.version} is {words}.")

    def _committed(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is not self and self._case_id and changes.touches(_SHOWS, self._case_id):
            self._load()

    # Look

    def _lay_out(self) -> None:
        self._page = QWidget()
        rows = QVBoxLayout(self._page)
        rows.setContentsMargins(24, 16, 24, 64)
        rows.setSpacing(24)
        rows.addWidget(self._empty)
        self._box = QVBoxLayout()
        self._box.setSpacing(40)
        rows.addLayout(self._box)
        rows.addWidget(hairline())
        rows.addWidget(self.card)
        rows.addWidget(self.again)
        rows.addWidget(self.saved)
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._scroll.setWidget(self._page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._resize_to_text()

    def _resize_to_text(self) -> None:
        self._page.setMaximumWidth(self._context.theme.px(_PAGE_WIDTH))

    def _step(self, by: int) -> None:
        panels = list(self.panels.values())
        if not panels:
            return
        focused = QApplication.focusWidget()
        here = next(
            (place for place, panel in enumerate(panels) if focused and panel.isAncestorOf(focused)), None
        )
        place = 0 if here is None else max(0, min(len(panels) - 1, here + by))
        panels[place].decision.stops()[0].setFocus()
        self._scroll.ensureWidgetVisible(panels[place])
