"""Typing a criteria set from paper over an open case: rows or text, judged as they are typed, kept until saved."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.criteria import CriteriaSet
from desktop.rules.loader import FileProblem
from desktop.services.typed_set_check import TypedProblem
from desktop.services.typed_set_text import to_yaml
from desktop.services.typed_sets import TypedGroup, TypedRow, TypedSet
from desktop.ui.actions import Command, bind
from desktop.ui.context import UiContext
from desktop.ui.criteria.panel_frame import PanelFrame
from desktop.ui.criteria.set_operations import Draft, Opening, SetOperations, lines_held, rows_of
from desktop.ui.widgets.basics import set_role

NEW = "A new set"
CHECK_AFTER_MS = 250
DRAFT_AFTER_MS = 600
DEEPER = "This set is nested deeper, or commented further, than rows can show without losing something. Edit it here."

COMMANDS = [
    Command("criteria.save", "Save the criteria set", "Ctrl+Return / Ctrl+Enter", "save", "Criteria set"),
    Command(
        "criteria.text", "Show the set as text or as rows", "Ctrl+Shift+T", "toggle_text", "Criteria set"
    ),
    Command("criteria.close", "Close and keep a draft", "Esc", "close_panel", "Criteria set", is_bound=False),
]


class TypedSetPanel(PanelFrame):
    """Covers its host from edge to edge while it is open; what was under it is untouched."""

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(context.theme, host)
        self._context = context
        self._host = host
        self._operations = SetOperations(context, self)
        self._opening: Opening | None = None
        self._case_id = ""
        self._typed = TypedSet()
        self._wanted_line = ""
        self._tried = False
        self._is_filling = False
        self._is_saving = False
        self._came_from: QWidget | None = None
        self._check_timer = _timer(self, CHECK_AFTER_MS)
        self._draft_timer = _timer(self, DRAFT_AFTER_MS)
        self._connect()
        bind(self, COMMANDS)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it lies over its host."""
        return not self.isHidden()

    def open_for(self, case_id: str, line_id: str = "", set_id: str = "") -> None:
        """Type a new set for a case, or edit one the user typed; `line_id` is the line it is meant for."""
        if self.is_open and case_id == self._case_id and not set_id:
            return
        self.flush()
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused
        self._case_id, self._wanted_line = case_id, line_id
        self._opening = None
        self.setEnabled(False)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self._operations.open(case_id, set_id)

    def close_panel(self) -> None:
        """Go back to what was under it; what is typed is kept as a draft."""
        if not self.is_open:
            return
        self.flush()
        self._opening = None
        came_from, self._came_from = self._came_from, None
        if came_from is not None and came_from.isVisible():
            # Before hiding: Qt would look for the next field inside a panel that is going away.
            came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    def flush(self) -> None:
        """Keep what is typed and not saved."""
        self._draft_timer.stop()
        if self._opening is not None and not self._is_saving:
            draft = self._draft()
            self._operations.keep(
                self._opening.case.id, self._opening.set_id, draft if self._is_worth(draft) else None
            )

    def commands(self) -> list[Command]:
        """What can be done here."""
        return COMMANDS

    def save(self) -> None:
        """Store the set and hold the chosen service lines against it, or go to what is wrong first."""
        if self._opening is None or self._is_saving:
            return
        self._tried = True
        self._check(is_for_saving=True)

    def toggle_text(self) -> None:
        """Rows or text."""
        self.as_text.toggle()

    # Where the keyboard goes

    def stops(self) -> list[QWidget]:
        """Every place where the keyboard stops, in order."""
        inner: list[QWidget] = (
            self.text_view.stops()
            if self.as_text.isChecked()
            else [
                *self.head.stops(),
                *self.rule.stops(),
                *self.rows.stops(),
                self.add_row,
                self.add_group,
            ]
        )
        foot = [*self.lines.boxes.values(), self.put_back, self.afresh, self.close_button, self.save_button]
        return [
            stop
            for stop in (self.picker, self.as_text, *inner, *foot)
            if stop.isVisible() and stop.isEnabled()
        ]

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's name)
        """Tab goes round in the panel: what lies under it cannot be seen."""
        stops, focused = self.stops(), QApplication.focusWidget()
        if self._opening is None or not stops:
            return False
        at = stops.index(focused) if focused in stops else -1
        step = 1 if next else -1
        target = stops[(at + step) % len(stops)]
        target.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        if self.page.isAncestorOf(target):
            self.page.ensureWidgetVisible(target, 0, 60)
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
        operations = self._operations
        operations.opened.connect(self._opened)
        operations.checked.connect(self._rows_checked)
        operations.text_checked.connect(self._text_checked)
        operations.stored.connect(self._stored)
        operations.refused.connect(self._refused)
        self._check_timer.timeout.connect(self._check_quietly)
        self._draft_timer.timeout.connect(self.flush)
        for part in (self.head, self.rule, self.rows, self.text_view, self.lines):
            part.edited.connect(self._edited)
        self.rows.removed.connect(self._row_removed)
        self.picker.activated.connect(self._picked)
        self.as_text.toggled.connect(self._text_toggled)
        self.add_row.clicked.connect(self.rows.add_row)
        self.add_group.clicked.connect(self.rows.add_group)
        self.put_back.clicked.connect(self._put_back)
        self.afresh.clicked.connect(self._start_afresh)
        self.close_button.clicked.connect(self.close_panel)
        self.save_button.clicked.connect(self.save)

    def _opened(self, opening: Opening) -> None:
        if opening.case.id != self._case_id or not self.is_open:
            return
        self._opening = opening
        self._is_saving = False
        self.setEnabled(True)
        self.picker.clear()
        self.picker.addItem(NEW, "")
        for own in opening.own:
            self.picker.addItem(f"Edit: {own.title}", own.id)
        self.picker.setCurrentIndex(max(0, self.picker.findData(opening.set_id)))
        draft = opening.draft
        self.afresh.setVisible(draft is not None)
        self._show(draft or self._untouched(opening))
        if draft is not None:
            self._say("What you had typed is back.", "caption")
        start = self.text_view.area if self.as_text.isChecked() else self.head.title.editor
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _untouched(self, opening: Opening) -> Draft:
        """Where typing begins without a draft."""
        lines = lines_held(opening.case, opening.set_id) if opening.set_id else ()
        known = [line.id for line in opening.case.service_lines]
        wanted = self._wanted_line or (known[0] if len(known) == 1 and not opening.set_id else "")
        if wanted in known and wanted not in lines:
            lines = (*lines, wanted)
        if not opening.set_id:
            return Draft(TypedSet(publisher=opening.case.coverage.payer), None, lines)
        typed = rows_of(opening.stored)
        return Draft(typed or TypedSet(), None if typed else opening.stored, lines)

    def _show(self, draft: Draft) -> None:
        self._is_filling = True
        self._tried = False
        self.put_back.hide()
        self._fill(draft.typed)
        if self._opening is not None:
            self.lines.show_lines(self._opening.case, draft.line_ids, is_signed=self._opening.is_signed)
        self.text_view.show_text(draft.text or "")
        self.as_text.setChecked(draft.text is not None)
        self.views.setCurrentIndex(int(self.as_text.isChecked()))
        self._is_filling = False
        self._check_quietly()

    def _fill(self, typed: TypedSet) -> None:
        self._typed = typed
        self.head.fill(typed)
        self.rule.show_rule(typed.rule, typed.count)
        self.rows.fill(typed.entries)

    def _say(self, words: str, role: str) -> None:
        self.status.setText(words)
        set_role(self.status, role)

    # What is typed

    def _value(self) -> TypedSet:
        rule, count = self.rule.rule()
        return replace(self.head.applied_to(self._typed), rule=rule, count=count, entries=self.rows.value())

    def _draft(self) -> Draft:
        text = self.text_view.text if self.as_text.isChecked() else None
        return Draft(self._value(), text, self.lines.chosen)

    def _is_worth(self, draft: Draft) -> bool:
        """Whether something was typed that opening again would not show anyway."""
        if self._opening is None:
            return False
        untouched = self._untouched(self._opening)
        kept = tuple(_tidy(entry) for entry in draft.typed.entries if not entry.is_blank)
        return (replace(draft.typed, entries=kept), draft.text) != (untouched.typed, untouched.text)

    def _edited(self) -> None:
        if self._is_filling or self._opening is None:
            return
        self._check_timer.start()
        self._draft_timer.start()

    # Judging

    def _check_quietly(self) -> None:
        self._check(is_for_saving=False)

    def _check(self, *, is_for_saving: bool) -> None:
        self._check_timer.stop()
        opening = self._opening
        if opening is None:
            return
        others = opening.taken - {opening.set_id}
        if self.as_text.isChecked():
            self._operations.check_text(self.text_view.text, others, is_for_saving=is_for_saving)
        else:
            self._operations.check(self._value(), others, is_for_saving=is_for_saving)

    def _rows_checked(self, problems: tuple[TypedProblem, ...], is_for_saving: bool) -> None:
        if self._opening is None or self.as_text.isChecked():
            return
        shown = problems if self._tried else tuple(item for item in problems if not item.is_missing)
        self.head.show_problems(shown)
        self.rows.show_problems(shown)
        self._sum_up(len(shown), [item.what for item in problems], is_for_saving)
        if is_for_saving and problems:
            first = problems[0]
            (self.rows if first.path or first.field == "criteria" else self.head).focus_on(first)
            if (focused := QApplication.focusWidget()) is not None:
                self.page.ensureWidgetVisible(focused, 0, 60)
        elif is_for_saving:
            self._store(to_yaml(self._value(), self._opening.taken))

    def _text_checked(self, problems: tuple[FileProblem, ...], is_for_saving: bool) -> None:
        if self._opening is None or not self.as_text.isChecked():
            return
        self.text_view.show_problems(problems)
        self._sum_up(len(problems), [item.problem for item in problems], is_for_saving)
        if is_for_saving and problems:
            self.text_view.focus_on(problems[0].line)
        elif is_for_saving:
            self._store(self.text_view.text)

    def _sum_up(self, shown: int, all_words: list[str], is_for_saving: bool) -> None:
        if shown:
            count = "One thing is" if shown == 1 else f"{shown} things are"
            self._say(f"× {count} to be put right.", "error")
        elif not all_words:
            count = len(self._value().rows)
            rows = "1 criterion" if count == 1 else f"{count} criteria"
            self._say(
                "Ready to be saved." if self.as_text.isChecked() else f"{rows}, ready to be saved.", "ok"
            )
        elif self.status.property("role") != "caption" or is_for_saving:
            self._say("", "caption")

    # Reacting

    def _picked(self, at: int) -> None:
        wanted = str(self.picker.itemData(at) or "")
        if self._opening is not None and wanted != self._opening.set_id:
            self.flush()
            self._opening = None
            self._operations.open(self._case_id, wanted)

    def _text_toggled(self, is_text: bool) -> None:
        if self._is_filling or self._opening is None:
            return
        if is_text:
            self.text_view.show_text(to_yaml(self._value(), self._opening.taken - {self._opening.set_id}))
        else:
            typed = rows_of(self.text_view.text)
            if typed is None:
                self._is_filling = True
                self.as_text.setChecked(True)
                self._is_filling = False
                self._check_quietly()
                self._context.notify.info(DEEPER if not self.text_view.problems.count() else _PUT_RIGHT)
                return
            self._is_filling = True
            self._fill(typed)
            self._is_filling = False
        self.views.setCurrentIndex(int(is_text))
        target = self.text_view.area if is_text else self.head.title.editor
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edited()
        self._check_quietly()

    def _row_removed(self, words: str) -> None:
        self.put_back.show()
        self._say(f"Removed: {words}", "caption")

    def _put_back(self) -> None:
        self.put_back.hide()
        self.rows.put_back()

    def _start_afresh(self) -> None:
        if self._opening is not None:
            self.afresh.hide()
            self._show(self._untouched(self._opening))
            self._operations.keep(self._opening.case.id, self._opening.set_id, None)

    def _store(self, text: str) -> None:
        self._is_saving = True
        self._operations.store(text)

    def _refused(self) -> None:
        self._is_saving = False

    def _stored(self, criteria_set: CriteriaSet) -> None:
        opening = self._opening
        if opening is None:
            return
        self._draft_timer.stop()
        self._operations.keep(opening.case.id, opening.set_id, None)
        if not opening.is_signed:
            self._operations.choose(opening.case, criteria_set.id, self.lines.chosen)
        self._opening = None
        self._is_saving = False
        self._context.notify.info(f"Stored: {criteria_set.title}")
        self.close_panel()


_PUT_RIGHT = "Put the lines named below right first; then the set can be shown as rows."


def _tidy(entry: TypedRow | TypedGroup) -> TypedRow | TypedGroup:
    if isinstance(entry, TypedRow):
        return entry
    return replace(entry, rows=tuple(row for row in entry.rows if not row.is_blank))


def _timer(parent: QObject, after_ms: int) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(after_ms)
    return made
